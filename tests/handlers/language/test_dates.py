import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language import date_words as words
from handlers.language.dates import DateSpan, find_dates, next_years
from handlers.language.tokens import clean, tokenize
from storage.records import DateRange
from tests.bench.dates import answer

TODAY = date(2021, 5, 20)  # a Thursday
PEER_SUITES = Path(__file__).parents[2] / "eval" / "dates_peer_suites.jsonl"
PEER_SHARE = 0.95


def found_in(text: str) -> tuple[DateSpan, ...]:
    return find_dates(tokenize(clean(text)), TODAY, next_years(TODAY))


def written(span: DateRange) -> str:
    """«05-01..05-31»; the year is told where it is not 2021, an open end is left empty."""
    return "..".join(
        end.isoformat().removeprefix("2021-") if end else "" for end in (span.start, span.end)
    )


def ranges_in(text: str) -> list[str]:
    return [written(one) for span in found_in(text) for one in span.ranges]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a month
        pytest.param("qué vence en junio", "06-01..06-30", id="month-to-come"),
        pytest.param("mayo", "05-01..05-31", id="month-that-is-not-over"),
        pytest.param("enero", "2022-01-01..2022-01-31", id="month-that-is-over"),
        pytest.param("mayo de 2024", "2024-05-01..2024-05-31", id="month-of-a-year"),
        pytest.param("junio 2021", "06-01..06-30", id="month-and-year"),
        pytest.param("mayo del 21", "05-01..05-31", id="short-year-after-of"),
        pytest.param("Set-21", "09-01..09-30", id="printed-form"),
        pytest.param("ene 22", "2022-01-01..2022-01-31", id="short-year-near-today"),
        pytest.param("jun/21", "06-01..06-30", id="short-year-after-slash"),
        pytest.param("06/2021", "06-01..06-30", id="month-in-digits"),
        pytest.param("2021-06", "06-01..06-30", id="iso-month"),
        pytest.param("en el mes de junio", "06-01..06-30", id="month-named-so"),
        pytest.param("julio del año en curso", "07-01..07-31", id="of-the-present-year"),
        pytest.param("junio del año pasado", "2020-06-01..2020-06-30", id="of-last-year"),
        pytest.param("tercer mes de 2021", "03-01..03-31", id="month-by-its-place"),
        pytest.param("junio pasado", "2020-06-01..2020-06-30", id="month-gone-by"),
        # a day
        pytest.param("30 de setiembre", "09-30..09-30", id="day"),
        pytest.param("setiembre 30", "09-30..09-30", id="day-behind"),
        pytest.param("15Sep", "09-15..09-15", id="day-glued"),
        pytest.param("1ro de junio", "06-01..06-01", id="first"),
        pytest.param("veintidos de junio", "06-22..06-22", id="day-in-words"),
        pytest.param("30/09", "09-30..09-30", id="digits"),
        pytest.param("30-09-21", "09-30..09-30", id="digits-short-year"),
        pytest.param("2021-06-30", "06-30..06-30", id="iso"),
        pytest.param("el 30", "05-30..05-30", id="day-of-this-month"),
        pytest.param("el 15", "06-15..06-15", id="day-of-next-month"),
        pytest.param("29 de febrero", "2024-02-29..2024-02-29", id="leap-day"),
        pytest.param("lunes 21", "06-21..06-21", id="weekday-decides-the-month"),
        pytest.param("el primer viernes de julio", "07-02..07-02", id="nth-weekday"),
        pytest.param("último día de junio", "06-30..06-30", id="last-day"),
        # told from today
        pytest.param("hoy", "05-20..05-20", id="today"),
        pytest.param("pasado mañana", "05-22..05-22", id="day-after-tomorrow"),
        pytest.param("antes de ayer", "05-18..05-18", id="day-before-yesterday"),
        pytest.param("el lunes", "05-24..05-24", id="weekday"),
        pytest.param("el jueves", "05-20..05-20", id="weekday-of-today"),
        pytest.param("el próximo jueves", "05-27..05-27", id="next-weekday-is-not-today"),
        pytest.param("esta semana", "05-17..05-23", id="this-week"),
        pytest.param("la próxima semana", "05-24..05-30", id="next-week"),
        pytest.param("semana del 7 de junio", "06-07..06-13", id="week-of-a-day"),
        pytest.param("fin de semana", "05-22..05-23", id="weekend"),
        pytest.param("mes en curso", "05-01..05-31", id="this-month"),
        pytest.param("el otro mes", "06-01..06-30", id="other-month-is-the-next"),
        pytest.param("mes pasado", "04-01..04-30", id="last-month"),
        pytest.param("este año", "01-01..12-31", id="this-year"),
        pytest.param("el año que viene", "2022-01-01..2022-12-31", id="next-year"),
        pytest.param("en todo el 2021", "01-01..12-31", id="year"),
        pytest.param("PROXIMOS 10 DIAS", "05-20..05-30", id="days-include-both-ends"),
        pytest.param("dentro de los 30 días siguientes", "05-20..06-19", id="within-days"),
        pytest.param("de acá a 5 días", "05-20..05-25", id="from-here-to-days"),
        pytest.param("en 5 días", "05-25..05-25", id="in-days-is-one-day"),
        pytest.param("dentro de un par de semanas", "06-03..06-03", id="in-weeks-is-one-day"),
        pytest.param("hace 3 días", "05-17..05-17", id="days-ago"),
        pytest.param("3 días después de mañana", "05-24..05-24", id="days-after-a-day"),
        pytest.param("próximos 5 días hábiles", "05-21..05-27", id="business-days-begin-next"),
        pytest.param("los próximos dos meses", "06-01..07-31", id="whole-months-to-come"),
        pytest.param("las próximas 2 semanas", "05-20..06-03", id="weeks-roll-from-today"),
        pytest.param("últimos 10 días", "05-10..05-20", id="days-back"),
        # parts
        pytest.param("primer trimestre", "2022-01-01..2022-03-31", id="quarter-that-is-over"),
        pytest.param("II trimestre", "04-01..06-30", id="roman-quarter-under-way"),
        pytest.param("T3", "07-01..09-30", id="quarter-sign"),
        pytest.param("2021-T4", "10-01..12-31", id="year-and-quarter"),
        pytest.param("último trimestre de 2021", "10-01..12-31", id="last-quarter"),
        pytest.param("trimestre que viene", "07-01..09-30", id="next-quarter"),
        pytest.param("2do semestre", "07-01..12-31", id="semester"),
        pytest.param("tercer cuatrimestre", "09-01..12-31", id="four-months"),
        pytest.param("primera quincena de junio", "06-01..06-15", id="fortnight"),
        pytest.param("esta quincena", "05-16..05-31", id="this-fortnight"),
        pytest.param("segunda mitad de agosto", "08-16..08-31", id="half"),
        pytest.param("inicios de setiembre", "09-01..09-10", id="start-of-month"),
        pytest.param("mediados de agosto", "08-11..08-20", id="middle-of-month"),
        pytest.param("a fines de junio", "06-21..06-30", id="end-of-month"),
        pytest.param("a fin de año", "12-01..12-31", id="end-of-year-is-its-last-month"),
        pytest.param("primeros 10 días de julio", "07-01..07-10", id="first-days"),
        pytest.param("primera semana de junio", "06-01..06-06", id="week-cut-to-its-month"),
        pytest.param("última semana de mayo", "05-31..05-31", id="last-week-cut-to-its-month"),
        pytest.param("lo que queda del año", "05-20..12-31", id="rest-of-year"),
        pytest.param("en lo que va del mes", "05-01..05-20", id="month-so-far"),
        # open ends
        pytest.param("hasta junio", "..06-30", id="until-includes"),
        pytest.param("hasta fin de mes", "..05-31", id="until-end-of-month"),
        pytest.param("antes de fin de junio", "..06-30", id="before-the-end-includes"),
        pytest.param("antes de que acabe junio", "..06-30", id="before-it-ends-includes"),
        pytest.param("a más tardar el 30 de junio", "..06-30", id="at-the-latest"),
        pytest.param("junio como máximo", "..06-30", id="at-the-latest-behind"),
        pytest.param("hasta la fecha", "..05-20", id="to-date"),
        pytest.param("antes de junio", "..05-31", id="before-excludes"),
        pytest.param("antes del 15 de junio", "..06-14", id="before-a-day-excludes"),
        pytest.param("desde junio", "06-01..", id="since-includes"),
        pytest.param("a partir del 7 de junio", "06-07..", id="from-includes"),
        pytest.param("de junio en adelante", "06-01..", id="onwards-includes"),
        pytest.param("2022 o posterior", "2022-01-01..", id="or-later-includes"),
        pytest.param("después de junio", "07-01..", id="after-excludes"),
        pytest.param("luego de junio", "07-01..", id="later-than-excludes"),
        pytest.param("pasado junio", "07-01..", id="past-excludes"),
        # ranges
        pytest.param("entre setiembre y diciembre", "09-01..12-31", id="between-includes-both"),
        pytest.param("entre noviembre y febrero", "11-01..2022-02-28", id="across-the-year"),
        pytest.param("de mayo a setiembre", "05-01..09-30", id="from-to"),
        pytest.param("desde julio hasta setiembre", "07-01..09-30", id="since-until"),
        pytest.param("jun-dic", "06-01..12-31", id="dash"),
        pytest.param("ene - mar 2022", "2022-01-01..2022-03-31", id="year-of-the-end-counts"),
        pytest.param("mayo 2021 - julio 2021", "05-01..07-31", id="two-years-named"),
        pytest.param("del 1 al 15 de junio", "06-01..06-15", id="month-of-the-end-counts"),
        pytest.param("4-23 de junio", "06-04..06-23", id="days-glued"),
        pytest.param("esta semana de martes a jueves", "05-18..05-20", id="within-a-week"),
        pytest.param("de hoy a fin de año", "05-20..12-31", id="from-today"),
        # holidays
        pytest.param("navidad", "12-25..12-25", id="christmas"),
        pytest.param("nochebuena", "12-24..12-24", id="christmas-eve"),
        pytest.param("hasta navidad", "..12-25", id="until-a-holiday-includes"),
        pytest.param("antes de fiestas patrias", "..07-27", id="before-a-holiday-excludes"),
        pytest.param("año nuevo", "2022-01-01..2022-01-01", id="new-year-is-the-next"),
        pytest.param("día del trabajo", "2022-05-01..2022-05-01", id="holiday-that-is-over"),
        pytest.param("san pedro y san pablo", "06-29..06-29", id="holiday-with-and"),
        pytest.param("Santa Rosa de Lima", "08-30..08-30", id="holiday-of-a-saint"),
        pytest.param("todos los santos", "11-01..11-01", id="all-saints"),
        pytest.param("mes de navidad", "12-01..12-31", id="month-of-a-holiday"),
        pytest.param("en el mes de fiestas patrias", "07-01..07-31", id="month-of-another"),
        pytest.param("la semana de navidad", "12-20..12-26", id="week-of-a-holiday"),
        # hours
        pytest.param("las próximas 48 horas", "05-20..05-22", id="hours-are-days"),
        pytest.param("próximas 24 hrs", "05-20..05-21", id="one-day-in-hours"),
        pytest.param("dentro de 72 horas", "05-23..05-23", id="in-hours-is-one-day"),
        # more ends and beginnings
        pytest.param("con posterioridad a junio", "07-01..", id="subsequently-excludes"),
        pytest.param("con posterioridad al 15 de junio", "06-16..", id="subsequently-to-a-day"),
        pytest.param("con anterioridad a junio", "..05-31", id="previously-excludes"),
        pytest.param("pasando junio", "07-01..", id="passing-excludes"),
        pytest.param("hasta que termine junio", "..06-30", id="until-it-ends"),
        pytest.param("hasta que acabe el año", "..12-31", id="until-the-year-ends"),
        pytest.param("hasta terminar junio", "..06-30", id="until-ending"),
        pytest.param("antes que termine junio", "..06-30", id="before-it-ends-without-of"),
        pytest.param("antes de que se acabe junio", "..06-30", id="before-it-is-over"),
        pytest.param("sin pasar de junio", "..06-30", id="without-passing"),
        pytest.param("desde que empiece junio", "06-01..", id="since-it-begins"),
        pytest.param("de aquí en adelante", "05-20..", id="from-here-on"),
        pytest.param("de acá para adelante", "05-20..", id="from-here-forward"),
        pytest.param("desde ahora en adelante", "05-20..", id="from-now-on"),
        pytest.param("desde hoy en adelante", "05-20..", id="from-today-on"),
        pytest.param("de junio para adelante", "06-01..", id="forward-includes"),
        pytest.param("de junio pa lante", "06-01..", id="forward-as-it-is-spoken"),
        pytest.param("de junio para atrás", "..06-30", id="backward-includes"),
        pytest.param("de mayo para julio", "05-01..07-31", id="from-for"),
        # gone by
        pytest.param("la semana antepasada", "05-03..05-09", id="week-before-last"),
        pytest.param("el mes antepasado", "03-01..03-31", id="month-before-last"),
        pytest.param("el mes que acaba de pasar", "04-01..04-30", id="month-just-over"),
        pytest.param("el mes de la navidad", "12-01..12-31", id="month-of-a-holiday"),
        pytest.param("el mes de fiestas patrias", "07-01..07-31", id="month-of-a-feast"),
        pytest.param("el mes de la madre", "05-01..05-31", id="month-by-its-name"),
        pytest.param(
            "la quincena de junio", "06-01..06-15", id="fortnight-of-a-month-is-its-first"
        ),
    ],
)
def test_a_date_expression_means_these_days(text: str, expected: str) -> None:
    assert ranges_in(text) == [expected]


MAY, JUNE, JULY = "05-01..05-31", "06-01..06-30", "07-01..07-31"
SEPTEMBER, NOVEMBER = "09-01..09-30", "11-01..11-30"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("junio y julio", [JUNE, JULY], id="two"),
        pytest.param("junio/julio", [JUNE, JULY], id="slash"),
        pytest.param("meses de mayo, junio y julio", [MAY, JUNE, JULY], id="three"),
        pytest.param("setiembre y noviembre de 2021", [SEPTEMBER, NOVEMBER], id="one-year"),
        pytest.param("días 5 y 6 de junio", ["06-05..06-05", "06-06..06-06"], id="one-month"),
        pytest.param("este mes y el próximo", [MAY, JUNE], id="noun-left-out"),
        pytest.param(
            "segundo y tercer trimestre", ["04-01..06-30", "07-01..09-30"], id="one-unit"
        ),
        pytest.param("lo de junio y tambien lo de julio", [JUNE, JULY], id="two-spans"),
    ],
)
def test_a_list_means_each_of_its_dates(text: str, expected: list[str]) -> None:
    assert ranges_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("cuanto mide el nevado, el mayor del peru", id="mayor"),
        pytest.param("segundo", id="ordinal"),
        pytest.param("ya quedo entregado el tercero", id="ordinal-with-article"),
        pytest.param("la primera", id="feminine-ordinal"),
        pytest.param("compromiso doce", id="number-word"),
        pytest.param("quiero ver el compromiso 31", id="number"),
        pytest.param("rec 7 y rec 6 juntas", id="numbers"),
        pytest.param("el medio 12,1", id="code-with-comma"),
        pytest.param("Acta N° 002-2021-MIDIS", id="act-number"),
        pytest.param("oficio 123/2021", id="document-number"),
        pytest.param("EXP-2021-0045", id="file-number"),
        pytest.param("el mar", id="sea"),
        pytest.param("sale en la mañana", id="morning"),
        pytest.param("de qué mes, qué día, qué fecha", id="bare-units"),
        pytest.param("cuántos días faltan", id="counted-units"),
        pytest.param("13/13", id="no-month"),
        pytest.param("cuántas horas faltan", id="counted-hours"),
        pytest.param("la nochebuenísima", id="no-holiday"),
        pytest.param("más adelante", id="further-on"),
        pytest.param("próximas 36 horas", id="hours-that-make-no-days"),
    ],
)
def test_no_date_is_seen_where_there_is_none(text: str) -> None:
    assert found_in(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("el 15", id="day-number"),
        pytest.param("del 4 al 8", id="day-numbers"),
        pytest.param("hasta el 4", id="day-number-after-until"),
        pytest.param("el lunes", id="weekday"),
        pytest.param("mañana", id="tomorrow"),
        pytest.param("semana 31", id="week-number"),
        pytest.param("2021", id="year"),
        pytest.param("4.1", id="code"),
        pytest.param("12-2", id="pair"),
        pytest.param("el segundo de agosto", id="ordinal-of-a-month"),
        pytest.param("uno de mayo", id="one-of-a-month"),
        pytest.param("los del mes", id="bare-unit"),
    ],
)
def test_what_could_be_no_date_is_weak(text: str) -> None:
    assert [span.weak for span in found_in(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("el 15 de junio", id="day"),
        pytest.param("del 1 al 15 de junio", id="days"),
        pytest.param("en 2022", id="year-after-in"),
        pytest.param("hasta 2022", id="year-after-until"),
        pytest.param("lunes de esta semana", id="weekday-of-a-week"),
        pytest.param("hoy y mañana", id="tomorrow-beside-today"),
    ],
)
def test_what_stands_beside_it_makes_a_date_certain(text: str) -> None:
    assert [span.weak for span in found_in(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("31 de junio", id="day-of-month"),
        pytest.param("30 de febrero", id="never-in-february"),
        pytest.param("29 de febrero de 2021", id="no-leap-year"),
        pytest.param("31/06", id="digits"),
        pytest.param("32/05", id="no-such-day"),
        pytest.param("30/2/2021", id="digits-with-year"),
        pytest.param("hasta el 31 de junio", id="after-until"),
    ],
)
def test_a_day_that_does_not_exist_is_impossible(text: str) -> None:
    assert [(span.impossible, span.ranges) for span in found_in(text)] == [(True, ())]


@pytest.mark.parametrize(
    ("text", "yearless"),
    [
        pytest.param("junio", True, id="month"),
        pytest.param("hasta el 15 de junio", True, id="day"),
        pytest.param("de mayo a setiembre", True, id="range"),
        pytest.param("junio de 2021", False, id="month-of-a-year"),
        pytest.param("entre mayo y junio de 2021", False, id="year-of-the-end"),
        pytest.param("setiembre y noviembre de 2021", False, id="year-of-the-last"),
        pytest.param("fin de año", False, id="present-year"),
        pytest.param("este mes", False, id="present-month"),
    ],
)
def test_a_date_tells_whether_its_year_was_chosen(text: str, *, yearless: bool) -> None:
    assert [span.yearless for span in found_in(text)] == [yearless]


def test_a_month_without_a_year_means_each_year_of_the_rule() -> None:
    spans = find_dates(tokenize("hasta junio"), TODAY, lambda month, day: (2022, 2021))

    assert [one.end for one in spans[0].ranges] == [date(2022, 6, 30), date(2021, 6, 30)]


def test_a_rule_that_knows_no_year_leaves_the_next_one() -> None:
    spans = find_dates(tokenize("junio"), TODAY, lambda month, day: ())

    assert spans[0].ranges == (DateRange(date(2021, 6, 1), date(2021, 6, 30)),)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        pytest.param("para junio a más tardar", "junio a más tardar", id="edge-behind"),
        pytest.param("lo del mes de junio sin utai", "mes de junio", id="noun"),
        pytest.param("uti antes de fin de año", "antes de fin de año", id="edge-before"),
        pytest.param("junio 12.1", "junio", id="a-code-is-not-its-day"),
        pytest.param("los 3 de junio", "junio", id="counted-not-dated"),
        pytest.param("hasta junio inclusive", "hasta junio inclusive", id="inclusive"),
    ],
)
def test_a_span_takes_its_words_and_no_more(text: str, taken: str) -> None:
    tokens = tokenize(text)

    spans = [tokens[span.first : span.last + 1] for span in found_in(text) if not span.weak]

    assert [" ".join(token.text for token in span) for span in spans] == [taken]


VOCABULARY = sorted(
    {
        *words.MONTHS, *words.WEEKDAYS, *words.UNITS, *words.THIS, *words.NEXT, *words.PAST,
        *words.PARTS_OF, *words.PREFIXES, *words.THE, *words.OF, *words.AND, *words.BUSINESS,
        *words.EDGES.starts, *words.TRAILING.starts, *words.ROMAN, *words.LINKS, "partir", "que",
        "viene", "queda", "lo", "aca", "de", "a", "al", "entre", "y", "despues", "primer",
        "ultimo", "segunda", "doce", "mil", "dos", "1", "2", "4.1", "31", "30/02", "29", "99",
        "2021", "1900", "2100", "999", "0", "00/00", "21", "t3", ".", "hoy", "manana", "mitad",
    }
)  # fmt: skip


@given(st.lists(st.sampled_from(VOCABULARY), max_size=9))
def test_any_words_give_ordered_spans_of_real_ranges(chosen: Sequence[str]) -> None:
    tokens = tokenize(clean(" ".join(chosen)))

    spans = find_dates(tokens, TODAY, next_years(TODAY))

    edges = [edge for span in spans for edge in (span.first, span.last)]
    assert edges == sorted(edges)
    for span in spans:
        assert span.impossible is not bool(span.ranges)
        assert all(not one.start or not one.end or one.start <= one.end for one in span.ranges)


@pytest.mark.parametrize("word", ["el", "en", "este", "mes", "1", "1/", "dia", "junio y"])
def test_a_word_repeated_without_end_is_read_all_the_same(word: str) -> None:
    tokens = tokenize(f"{word} " * 1_000)

    spans = find_dates(tokens, TODAY, next_years(TODAY))

    assert all(span.first <= span.last < len(tokens) for span in spans)


def test_a_list_longer_than_a_month_goes_on_as_another() -> None:
    tokens = tokenize(" y ".join(["1 de enero de 2021"] * 32))

    spans = find_dates(tokens, TODAY, next_years(TODAY))

    assert len(spans) == 2


def test_a_number_too_long_to_be_counted_is_no_part_of_a_date() -> None:
    tokens = tokenize("1/1/" + "1" * 5_000)

    spans = find_dates(tokens, TODAY, next_years(TODAY))

    assert spans == ()


@pytest.mark.parametrize("field", ["text", "sentence"])
def test_the_peer_suites_are_read_as_they_say(field: str) -> None:
    cases = [json.loads(line) for line in PEER_SUITES.read_text("utf-8").splitlines()]

    right = 0
    for case in cases:
        found = answer(case.get(field, case["text"]), date.fromisoformat(case["today"]))
        days = tuple(end and end.isoformat() for end in (found.start, found.end))
        right += days == (case["start"], case["end"])

    print(f"{right} of {len(cases)} exact")
    assert right / len(cases) >= PEER_SHARE
