from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.language.document_days import document_days
from tests.handlers.language.texts import long_junk, texts

TODAY = date(2021, 6, 1)  # a Tuesday
MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre"
).split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # in words
        pytest.param("del 5 de mayo", "2021-05-05", id="day"),
        pytest.param("cinco de mayo", "2021-05-05", id="in-words"),
        pytest.param("1º de mayo", "2021-05-01", id="first"),
        pytest.param("5 may 2021", "2021-05-05", id="short-month"),
        pytest.param("5 de mayo del 2020", "2020-05-05", id="year"),
        pytest.param("1 de junio", "2021-06-01", id="today-has-come"),
        pytest.param("2 de junio", "2020-06-02", id="not-come-yet"),
        pytest.param("2 de junio de 2021", "2021-06-02", id="to-come-with-its-year"),
        pytest.param("12 de diciembre", "2020-12-12", id="of-last-year"),
        pytest.param("29 de febrero", "2020-02-29", id="leap-day"),
        pytest.param("lunes 3 de mayo", "2021-05-03", id="weekday-and-day"),
        pytest.param("hoy", "2021-06-01", id="today"),
        pytest.param("ayer", "2021-05-31", id="yesterday"),
        pytest.param("anteayer", "2021-05-30", id="before-yesterday"),
        pytest.param("mañana lo envío", "2021-06-02", id="tomorrow"),
        pytest.param("hace 3 días", "2021-05-29", id="days-ago"),
        pytest.param("el viernes", "2021-05-28", id="weekday-is-the-last"),
        pytest.param("el martes", "2021-06-01", id="weekday-of-today"),
        pytest.param("el próximo viernes", "2021-06-04", id="next-weekday"),
        pytest.param("el día 5", "2021-05-05", id="day-of-the-month"),
        # in digits
        pytest.param("05/05/2021", "2021-05-05", id="slashes"),
        pytest.param("5/5", "2021-05-05", id="without-year"),
        pytest.param("31/12", "2020-12-31", id="without-year-of-last-year"),
        pytest.param("5-5-21", "2021-05-05", id="dashes"),
        pytest.param("5.5.21", "2021-05-05", id="dots"),
        pytest.param("2021-05-05", "2021-05-05", id="iso"),
        pytest.param("2021-05-05 10:30", "2021-05-05", id="hour-behind"),
        # file names
        pytest.param("20210505.pdf", "2021-05-05", id="compact"),
        pytest.param("05052021.pdf", "2021-05-05", id="compact-year-last"),
        pytest.param("IMG_20210505_143022.jpg", "2021-05-05", id="camera"),
        pytest.param("IMG-20210505-WA0001.jpg", "2021-05-05", id="messenger"),
        pytest.param("WhatsApp Image 2021-05-05 at 10.05.22.jpeg", "2021-05-05", id="clock"),
        pytest.param("Captura 2021-05-05 a las 10.05.22.png", "2021-05-05", id="clock-in-spanish"),
        pytest.param("Screenshot_2021-05-05-10-05-22.png", "2021-05-05", id="clock-in-dashes"),
        pytest.param("acta_05_05_2021.pdf", "2021-05-05", id="underscores"),
        pytest.param("2021_05_05_acta.pdf", "2021-05-05", id="underscores-year-first"),
        pytest.param("2021-05-05-acta.pdf", "2021-05-05", id="word-glued-behind"),
        pytest.param("acta-del-5-de-mayo.pdf", "2021-05-05", id="words-in-dashes"),
        pytest.param("acta_5_mayo_2021.pdf", "2021-05-05", id="words-in-underscores"),
        pytest.param("acta-12-mayo-2021.pdf", "2021-05-12", id="number-in-dashes"),
        pytest.param("5.mayo.2021.pdf", "2021-05-05", id="words-in-dots"),
        pytest.param("05MAY2021.pdf", "2021-05-05", id="words-glued"),
        pytest.param("05-MAY-21", "2021-05-05", id="short-year"),
        pytest.param("medio_4.1_05-05-2021.pdf", "2021-05-05", id="behind-a-code"),
        pytest.param("4.1-05-05-2021.pdf", "2021-05-05", id="glued-to-a-code"),
        # beside documents and codes
        pytest.param("informe 045-2021 del 5 de mayo", "2021-05-05", id="of-a-document"),
        pytest.param("RDE 123-2021-MIDIS, 05/05/2021", "2021-05-05", id="behind-a-document"),
        pytest.param("Oficio N° 12 de 2021-05-05", "2021-05-05", id="year-of-the-day"),
        pytest.param("informe 2021-05-05", "2021-05-05", id="day-in-place-of-a-number"),
        pytest.param("el 12.1 5 de mayo", "2021-05-05", id="after-a-code"),
        pytest.param("compromiso 4, 5 de mayo", "2021-05-05", id="after-a-commitment"),
        pytest.param("compromiso del 5 de mayo", "2021-05-05", id="of-a-commitment"),
    ],
)
def test_a_day_is_the_last_such_day(text: str, expected: str) -> None:
    assert [day.isoformat() for day in document_days(text, TODAY)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("15 de julio", "2021-07-15", id="to-come"),
        pytest.param("1 de junio", "2021-06-01", id="today"),
        pytest.param("31 de mayo", "2022-05-31", id="over-this-year"),
        pytest.param("30/06", "2021-06-30", id="digits"),
        pytest.param("15/5", "2022-05-15", id="digits-over-this-year"),
        pytest.param("29 de febrero", "2024-02-29", id="leap-day"),
        pytest.param("15 de mayo de 2021", "2021-05-15", id="over-with-its-year"),
        pytest.param("30/07/2022", "2022-07-30", id="digits-with-their-year"),
        pytest.param("el día 5", "2021-06-05", id="day-of-the-month"),
        pytest.param("el viernes", "2021-06-04", id="weekday"),
        pytest.param("el martes", "2021-06-01", id="weekday-of-today"),
        pytest.param("el próximo viernes", "2021-06-04", id="next-weekday"),
        pytest.param("en 15 días", "2021-06-16", id="in-days"),
        pytest.param("dentro de un mes", "2021-07-01", id="in-a-month"),
        pytest.param("mañana", "2021-06-02", id="tomorrow"),
        pytest.param("ayer", "2021-05-31", id="yesterday"),
        pytest.param("al 30 de julio", "2021-07-30", id="to-a-day"),
        pytest.param("RDE 123-2021-MIDIS, 30 de julio", "2021-07-30", id="behind-a-document"),
    ],
)
def test_a_day_ahead_is_the_next_such_day(text: str, expected: str) -> None:
    assert [day.isoformat() for day in document_days(text, TODAY, ahead=True)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("julio", id="month"),
        pytest.param("el 15", id="bare-number"),
        pytest.param("del 5 al 7 de julio", id="range"),
        pytest.param("hasta el 5 de julio", id="open-end"),
        pytest.param("antes del 5 de julio", id="the-day-after-it"),
        pytest.param("31 de junio", id="no-such-day"),
        pytest.param("los viernes", id="habit"),
    ],
)
def test_no_day_ahead_is_seen_where_there_is_none(text: str) -> None:
    assert document_days(text, TODAY, ahead=True) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ayer y hoy", ["05-31", "06-01"], id="told-from-today"),
        pytest.param("5 de mayo y 7 de mayo", ["05-05", "05-07"], id="two"),
        pytest.param("días 5 y 6 de mayo", ["05-05", "05-06"], id="one-month"),
        pytest.param("7/5/2021, 5/5/2021, 7/5/2021", ["05-07", "05-05"], id="in-order-once"),
        pytest.param("x " * 1_000 + "5 de mayo", ["05-05"], id="at-the-end-of-a-long-text"),
    ],
)
def test_several_days_are_each_told(text: str, expected: Sequence[str]) -> None:
    found = [f"{day:%m-%d}" for day in document_days(text, TODAY)]

    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("123-2021", id="number-of-a-document"),
        pytest.param("0045-2021-05-05", id="day-glued-to-a-number"),
        pytest.param("oficio N° 05-2021", id="number-like-a-month"),
        pytest.param("el 12.1", id="code"),
        pytest.param("5.5 listo", id="code-like-a-day"),
        pytest.param("medio 4.1 de mayo", id="code-before-a-month"),
        pytest.param("compromiso 4 de mayo", id="commitment-before-a-month"),
        pytest.param("compromiso N° 4 de mayo", id="marked-commitment"),
        pytest.param("compromisos 4 y 5 de mayo", id="commitments"),
        pytest.param("c4 de mayo", id="letter-and-number"),
        pytest.param("medio_12_1_mayo.pdf", id="code-of-a-file-name"),
        pytest.param("12-1", id="dashed-code"),
        pytest.param("el 5", id="bare-number"),
        pytest.param("Informe N° 4 de mayo", id="document-before-a-month"),
        pytest.param("mayo de 2021", id="month"),
        pytest.param("Set-21", id="printed-month"),
        pytest.param("del 5 al 7 de mayo", id="range"),
        pytest.param("05/05/2021-07/05/2021", id="range-in-digits"),
        pytest.param("hasta el 5 de mayo", id="open-end"),
        pytest.param("31 de junio", id="no-such-day"),
        pytest.param("20211399", id="no-such-compact-day"),
        pytest.param("DNI 45678912", id="eight-digits"),
        pytest.param("parte 1/2", id="part"),
        pytest.param("31/06/2021", id="no-such-day-in-digits"),
        pytest.param("20051998.pdf", id="far-from-now"),
        pytest.param("00000000000000", id="zeros"),
        pytest.param("los viernes", id="habit"),
        pytest.param("turno de la mañana", id="morning"),
        pytest.param("ahora", id="now"),
        pytest.param("192.168.1.1", id="address"),
        pytest.param("https://a.pe/2021/05/05/20210505", id="link"),
        pytest.param("፩ de mayo", id="other-digits"),
    ],
)
def test_no_day_is_seen_where_there_is_none(text: str) -> None:
    assert document_days(text, TODAY) == ()


@given(texts, st.dates(date(1999, 1, 1), date(2060, 12, 31)))
@example("1/1/" + "1" * 5_000, TODAY)
def test_any_text_gives_days_each_once(text: str, today: date) -> None:
    found = document_days(text, today)

    assert len(set(found)) == len(found)


@given(st.dates(date(2012, 1, 1), TODAY))
def test_a_day_is_read_from_each_way_of_writing_it(day: date) -> None:
    written = [
        f"{day.day} de {MONTHS[day.month - 1]} de {day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%y}",
        f"acta_{day:%Y%m%d}.pdf",
        f"acta_{day:%d%m%Y}.pdf",
        f"acta_{day:%d_%m_%Y}.pdf",
        f"{day}-acta.pdf",
    ]

    assert [document_days(text, TODAY) for text in written] == [(day,)] * len(written)


@given(st.integers(0, 364))
def test_a_day_without_a_year_is_within_the_last_one(back: int) -> None:
    day = TODAY - timedelta(days=back)

    assert document_days(f"{day.day} de {MONTHS[day.month - 1]}", TODAY) == (day,)


@given(st.integers(0, 364))
def test_a_day_ahead_without_a_year_is_within_the_next_one(count: int) -> None:
    day = TODAY + timedelta(days=count)

    assert document_days(f"{day:%d/%m}", TODAY, ahead=True) == (day,)


@pytest.mark.parametrize(
    "junk",
    long_junk(
        "1-",
        "1/1/",
        "12.1 ",
        "5 de mayo y ",
        "viernes ",
        "compromisos 4 y ",
        "20210505",
        "05.05.21 ",
    ),
    ids=lambda junk: ascii(junk[:9]),
)
def test_long_junk_is_read(junk: str) -> None:
    found = document_days(junk, TODAY)

    assert len(set(found)) == len(found)
