"""A follow-up changes just the part it names."""

from datetime import date

import pytest

from handlers.question import Intent, Pick
from storage.records import DateRange, Level, MeansFilter, Ref, StatusFilter
from tests.handlers.language.asking import (
    JULY,
    JUNE,
    MAY,
    TODAY,
    asked,
    commitments,
    means,
    recommendations,
    wanted,
)

JUNE_OF_UTAI = "¿qué vence en junio de UTAI?"
PENDING = StatusFilter.PENDING


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("¿y en julio?", MeansFilter(units=("UTAI",), due=(JULY,)), id="month"),
        pytest.param("y julio", MeansFilter(units=("UTAI",), due=(JULY,)), id="month-alone"),
        pytest.param("¿y los de UTI?", MeansFilter(units=("UTI",), due=(JUNE,)), id="unit"),
        pytest.param("¿y UTI?", MeansFilter(units=("UTI",), due=(JUNE,)), id="unit-alone"),
        pytest.param(
            "solo los pendientes",
            MeansFilter(units=("UTAI",), due=(JUNE,), status=PENDING),
            id="status",
        ),
        pytest.param(
            "¿y los vencidos?",
            MeansFilter(units=("UTAI",), due=(JUNE,), status=StatusFilter.OVERDUE),
            id="other-status",
        ),
        pytest.param(
            "también los de UTI", MeansFilter(units=("UTAI", "UTI"), due=(JUNE,)), id="unit-more"
        ),
        pytest.param(
            "y también mayo", MeansFilter(units=("UTAI",), due=(JUNE, MAY)), id="month-more"
        ),
        pytest.param(
            "¿y los de capacitación?",
            MeansFilter(units=("UTAI",), due=(JUNE,), areas=("capacitacion",)),
            id="area",
        ),
        pytest.param("¿y de todas las unidades?", MeansFilter(due=(JUNE,)), id="all-units"),
        pytest.param(
            "menos los de capacitación",
            MeansFilter(
                units=("UTAI",), due=(JUNE,), without=(MeansFilter(areas=("capacitacion",)),)
            ),
            id="exclusion",
        ),
        pytest.param("perdón, era UTI", MeansFilter(units=("UTI",), due=(JUNE,)), id="taken-back"),
        pytest.param(
            "lo mismo pero de julio", MeansFilter(units=("UTAI",), due=(JULY,)), id="the-same-but"
        ),
        pytest.param(
            "lo mismo pero de UTI", MeansFilter(units=("UTI",), due=(JUNE,)), id="the-same-unit"
        ),
        pytest.param("de cualquier mes", MeansFilter(units=("UTAI",)), id="any-month"),
        pytest.param("¿y de todas las fechas?", MeansFilter(units=("UTAI",)), id="all-days"),
        pytest.param(
            "¿y las demás unidades?",
            MeansFilter(due=(JUNE,), without=(MeansFilter(units=("UTAI",)),)),
            id="the-other-units",
        ),
        pytest.param(
            "déjame solo los que faltan",
            MeansFilter(units=("UTAI",), due=(JUNE,), status=PENDING),
            id="keep-only",
        ),
        pytest.param(
            "menos los del área de monitoreo",
            MeansFilter(
                units=("UTAI",), due=(JUNE,), without=(MeansFilter(areas=("monitoreo",)),)
            ),
            id="without-an-area",
        ),
        pytest.param(
            "¿y el siguiente?", MeansFilter(units=("UTAI",), due=(JULY,)), id="next-month"
        ),
        pytest.param(
            "¿y el mes siguiente?", MeansFilter(units=("UTAI",), due=(JULY,)), id="month-after-it"
        ),
        pytest.param(
            "¿y el mes anterior?", MeansFilter(units=("UTAI",), due=(MAY,)), id="month-before-it"
        ),
        pytest.param(
            "¿y para el otro?", MeansFilter(units=("UTAI",), due=(JULY,)), id="the-other-one"
        ),
        pytest.param("el siguiente", MeansFilter(units=("UTAI",), due=(JULY,)), id="next-alone"),
        pytest.param(
            "¿y los demás?",
            MeansFilter(due=(JUNE,), without=(MeansFilter(units=("UTAI",)),)),
            id="the-others",
        ),
        pytest.param(
            "los otros de UTAI",
            MeansFilter(units=("UTAI",), without=(MeansFilter(units=("UTAI",), due=(JUNE,)),)),
            id="others-of-the-unit",
        ),
        pytest.param(
            "¿y los otros meses?",
            MeansFilter(units=("UTAI",), without=(MeansFilter(due=(JUNE,)),)),
            id="other-months",
        ),
        pytest.param(
            "los de UC no me los pongas",
            MeansFilter(units=("UTAI",), due=(JUNE,), without=(MeansFilter(units=("UC",)),)),
            id="not-to-be-shown",
        ),
        pytest.param(
            "me equivoqué, julio", MeansFilter(units=("UTAI",), due=(JULY,)), id="mistaken"
        ),
        pytest.param(
            "digo UTI, no UTAI", MeansFilter(units=("UTI",), due=(JUNE,)), id="not-the-one-before"
        ),
    ],
)
def test_just_the_named_part_changes(text: str, expected: MeansFilter) -> None:
    question = asked(JUNE_OF_UTAI, text)

    assert question.wanted == expected
    assert question.intent is Intent.LIST
    assert question.is_follow_up


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("compromisos de UTI", MeansFilter(units=("UTI",)), id="unit-with-noun"),
        pytest.param("¿qué vence en julio?", MeansFilter(due=(JULY,)), id="month-with-verb"),
        pytest.param("lista todos los compromisos", MeansFilter(), id="all"),
        pytest.param("medio 12.1", MeansFilter(refs=means("12.1")), id="number"),
        pytest.param(
            "recomendación 4", MeansFilter(refs=recommendations("4")), id="recommendation"
        ),
    ],
)
def test_a_whole_question_starts_afresh(text: str, expected: MeansFilter) -> None:
    question = asked(JUNE_OF_UTAI, text)

    assert question.wanted == expected
    assert not question.is_follow_up


@pytest.mark.parametrize(
    ("text", "nth"),
    [
        pytest.param("el segundo", (2,), id="second"),
        pytest.param("detalle del primero", (1,), id="detail-of-the-first"),
        pytest.param("el último", (-1,), id="last"),
        pytest.param("el 3", (3,), id="digit"),
        pytest.param("¿quién ve el segundo?", (2,), id="who"),
        pytest.param("el primero y el tercero", (1, 3), id="two"),
        pytest.param("los dos últimos", (-2, -1), id="last-two"),
        pytest.param("los últimos 2", (-2, -1), id="last-two-in-digits"),
        pytest.param("los tres primeros", (1, 2, 3), id="first-three"),
        pytest.param("las primeras 3", (1, 2, 3), id="first-three-in-digits"),
        pytest.param("el penúltimo", (-2,), id="last-but-one"),
    ],
)
def test_a_place_points_into_the_last_answer(text: str, nth: tuple[int, ...]) -> None:
    question = asked(JUNE_OF_UTAI, text)

    assert (question.intent, question.nth) == (Intent.DETAIL, nth)
    assert question.wanted == MeansFilter(units=("UTAI",), due=(JUNE,))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿qué vence en el segundo trimestre?", id="period"),
        pytest.param("la segunda recomendación", id="recommendation"),
        pytest.param("el 12.1", id="code"),
        pytest.param("en los próximos 3 días", id="days"),
        pytest.param("en primer lugar, ¿cuántos son?", id="in-the-first-place"),
    ],
)
def test_other_numbers_are_no_places(text: str) -> None:
    assert asked(JUNE_OF_UTAI, text).nth == ()


@pytest.mark.parametrize(
    ("turns", "intent"),
    [
        pytest.param(
            ("¿cuántos vencen en junio?", "¿y en julio?"), Intent.COUNT, id="count-stays"
        ),
        pytest.param(("¿cuántos vencen en junio?", "¿cuáles son?"), Intent.LIST, id="which"),
        pytest.param(("¿qué vence en junio?", "¿cuántos son?"), Intent.COUNT, id="how-many"),
        pytest.param(("avance de UTAI", "¿y UTI?"), Intent.SUMMARY, id="summary-stays"),
        pytest.param(("medio 12.1", "¿quién lo ve?"), Intent.DETAIL, id="who"),
        pytest.param(("medio 12.1", "¿cuándo vence?"), Intent.DETAIL, id="when"),
        pytest.param(("medio 12.1", "márcalo como presentado"), Intent.MARK, id="mark-it"),
        pytest.param(("compromiso 12", "¿y el siguiente?"), Intent.DETAIL, id="next-commitment"),
        pytest.param(("¿qué vence en junio?", "marca los dos"), Intent.MARK, id="mark-both"),
        pytest.param(("marca el 4.1", "perdón, el 4.2"), Intent.MARK, id="mark-put-right"),
        pytest.param(
            ("¿qué debe UTAI?", "¿cuántos ya entregó?"), Intent.COUNT, id="how-many-it-did"
        ),
        pytest.param(
            ("¿qué vence en junio?", "más información de ese"), Intent.DETAIL, id="more-about-it"
        ),
    ],
)
def test_the_intent_stays_unless_another_is_named(turns: tuple[str, ...], intent: Intent) -> None:
    question = asked(*turns)

    assert (question.intent, question.is_follow_up) == (intent, True)


def test_one_thing_stays_the_one_spoken_of() -> None:
    for text in (
        "¿quién lo ve?",
        "¿cuándo vence?",
        "márcalo como presentado",
        "¿ya se presentó?",
        "dale por entregado",
        "dar por presentado",
        "dalo por hecho",
    ):
        assert asked("medio 12.1", text).wanted == MeansFilter(refs=means("12.1"))


@pytest.mark.parametrize(
    ("turns", "terms"),
    [
        pytest.param(("¿qué es RDE?", "¿y SAF?"), ("SAF",), id="term"),
        pytest.param(("¿qué es UOAI?", "¿y UC?"), ("UC",), id="unit"),
    ],
)
def test_another_meaning_can_be_asked(turns: tuple[str, ...], terms: tuple[str, ...]) -> None:
    question = asked(*turns)

    assert (question.intent, question.terms) == (Intent.DEFINE, terms)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿y qué tiene q presentar esa unidad?", id="has-to-submit"),
        pytest.param("¿y esa oficina qué debe entregar?", id="must-hand-in"),
        pytest.param("¿y ellos qué presentan?", id="they"),
    ],
)
def test_the_unit_explained_can_be_asked_for_what_it_submits(text: str) -> None:
    question = asked("¿qué significa UPPM?", text)

    assert (question.intent, question.wanted) == (Intent.LIST, MeansFilter(units=("UPPM",)))


def test_the_unit_explained_can_be_asked_on() -> None:
    question = asked("¿qué es UOAI?", "¿y qué tareas tiene?")

    assert (question.intent, question.wanted) == (Intent.LIST, MeansFilter(units=("UOAI",)))


@pytest.mark.parametrize(
    ("turns", "refs"),
    [
        pytest.param(("compromiso 12", "¿y el siguiente?"), commitments("13"), id="next"),
        pytest.param(("compromiso 12", "¿y el anterior?"), commitments("11"), id="previous"),
        pytest.param(
            ("recomendación 4", "¿y la siguiente?"), recommendations("5"), id="next-recommendation"
        ),
        pytest.param(("marca el 4.1", "perdón, el 4.2"), means("4.2"), id="put-right"),
    ],
)
def test_another_number_takes_the_place_of_the_one_before(
    turns: tuple[str, ...], refs: tuple[Ref, ...]
) -> None:
    question = asked(*turns)

    assert question.wanted == MeansFilter(refs=refs)
    assert question.is_follow_up


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        pytest.param(
            "presentados de UTAI",
            "¿y los que no?",
            MeansFilter(units=("UTAI",), status=PENDING),
            id="those-that-were-not",
        ),
        pytest.param(
            "pendientes de mayo",
            "lo mismo pero de junio",
            MeansFilter(due=(JUNE,), status=PENDING),
            id="the-same-of-another-month",
        ),
        pytest.param(
            "¿qué vence desde noviembre?",
            "pero solo hasta diciembre",
            MeansFilter(due=(DateRange(date(2021, 11, 1), date(2021, 12, 31)),)),
            id="days-of-both",
        ),
        pytest.param(
            "¿qué vence en junio?",
            "menos los de UTAI",
            MeansFilter(due=(JUNE,), without=(MeansFilter(units=("UTAI",)),)),
            id="without-a-unit",
        ),
        pytest.param(
            "¿qué vence en junio?",
            "menos el 12.2",
            MeansFilter(due=(JUNE,), without=(MeansFilter(refs=means("12.2")),)),
            id="without-a-means",
        ),
        pytest.param(
            "¿qué vence este mes?", "¿y el que viene?", MeansFilter(due=(JUNE,)), id="coming-month"
        ),
        pytest.param(
            "¿qué vence el segundo trimestre?",
            "¿y el siguiente?",
            MeansFilter(due=(DateRange(date(2021, 7, 1), date(2021, 9, 30)),)),
            id="next-quarter",
        ),
        pytest.param(
            "¿qué vence en junio?", "marca los dos", MeansFilter(due=(JUNE,)), id="all-shown"
        ),
        pytest.param(
            "¿qué debe UTAI?",
            "¿cuántos ya entregó?",
            MeansFilter(units=("UTAI",), status=StatusFilter.SUBMITTED),
            id="the-unit-did",
        ),
    ],
)
def test_the_question_before_decides_what_is_meant(
    before: str, text: str, expected: MeansFilter
) -> None:
    question = asked(before, text)

    assert question.wanted == expected
    assert question.is_follow_up


def test_one_acronym_takes_the_place_of_another() -> None:
    question = asked("el plan de certificación del SCD", "¿y el del SAF?")

    assert [word.typed for word in question.wanted.topic] == ["plan", "certificación", "SAF"]


def test_the_unit_spoken_of_can_be_explained() -> None:
    question = asked(JUNE_OF_UTAI, "¿y qué significa esa sigla?")

    assert (question.intent, question.terms) == (Intent.DEFINE, ("UTAI",))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿ya almorzaste?", id="lunch"),
        pytest.param("¿dormiste bien?", id="sleep"),
        pytest.param("¿quién es el ministro de salud?", id="minister"),
    ],
)
def test_what_is_said_to_the_bot_follows_nothing(text: str) -> None:
    question = asked("¿qué vence en junio?", text)

    assert (question.intent, question.is_follow_up) == (Intent.UNKNOWN, False)
    assert question.wanted == MeansFilter()


def test_parts_add_up_over_several_turns() -> None:
    question = asked("¿qué vence en junio?", "¿y de UTAI?", "solo los pendientes", "¿y en mayo?")

    assert question.wanted == MeansFilter(units=("UTAI",), due=(MAY,), status=PENDING)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿y qué almorzamos hoy?", id="lunch"),
        pytest.param("y dónde cenamos en julio", id="dinner"),
        pytest.param("¿y cuándo jugamos?", id="game"),
        pytest.param("mejor en 60", id="number-of-nothing"),
        pytest.param("14", id="number-after-a-month"),
    ],
)
def test_what_speaks_of_something_else_follows_nothing(text: str) -> None:
    question = asked("¿qué vence en junio?", text)

    assert (question.intent, question.wanted) == (Intent.UNKNOWN, MeansFilter())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿y qué hacemos en julio?", id="do"),
        pytest.param("¿y qué nos toca en julio?", id="falls-to-us"),
        pytest.param("¿y qué presentamos en julio?", id="submit"),
    ],
)
def test_what_speaks_of_the_matrix_follows(text: str) -> None:
    question = asked("¿qué vence en junio?", text)

    assert (question.intent, question.wanted) == (Intent.LIST, MeansFilter(due=(JULY,)))


@pytest.mark.parametrize(
    ("before", "text", "refs"),
    [
        pytest.param("¿qué dice el compromiso 13?", "14", commitments("14"), id="commitment"),
        pytest.param("¿qué dice el compromiso 4?", "¿y 5?", commitments("5"), id="and-another"),
        pytest.param("explica el compromiso 7", "ocho", commitments("8"), id="in-words"),
        pytest.param("compromiso 13", "15 porfa", commitments("15"), id="with-a-courtesy"),
        pytest.param("compromiso 13", "14 y 15", commitments("14", "15"), id="two"),
        pytest.param(
            "¿qué dice la recomendación 2?", "3", recommendations("3"), id="recommendation"
        ),
        pytest.param("¿cuándo vence el 12.1?", "14.1", means("14.1"), id="means"),
    ],
)
def test_a_number_alone_is_of_the_same_level(
    before: str, text: str, refs: tuple[Ref, ...]
) -> None:
    question = asked(before, text)

    assert (question.intent, question.wanted) == (Intent.DETAIL, MeansFilter(refs=refs))


def test_what_was_left_out_stays_left_out() -> None:
    question = asked("los de junio menos los de UTAI", "solo los pendientes")

    assert question.wanted == MeansFilter(
        due=(JUNE,), status=PENDING, without=(MeansFilter(units=("UTAI",)),)
    )


def test_what_was_left_out_can_be_asked_for_after_all() -> None:
    question = asked("los de junio menos los de UTAI", "¿y los de UTAI?")

    assert question.wanted == MeansFilter(units=("UTAI",), due=(JUNE,))


@pytest.mark.parametrize(
    ("turns", "intent"),
    [
        pytest.param(("activa los avisos", "mejor no"), Intent.UNSUBSCRIBE, id="rather-not"),
        pytest.param(("desactiva los avisos", "mejor sí"), Intent.SUBSCRIBE, id="rather-yes"),
    ],
)
def test_notices_can_be_taken_back(turns: tuple[str, ...], intent: Intent) -> None:
    assert asked(*turns).intent is intent


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("¿quién ganó el mundial?", id="unknown"),
        pytest.param("hola", id="help"),
        pytest.param("", id="empty"),
    ],
)
def test_nothing_follows_what_was_no_question(before: str) -> None:
    assert asked(before, "¿qué vence en junio?") == asked("¿qué vence en junio?")
    assert not asked(before, "¿y en junio?").is_follow_up
    assert asked(before, "márcalo") == asked("márcalo")


def test_a_superlative_stays_with_an_aspect() -> None:
    question = asked("¿cuál es el próximo en vencer?", "¿quién lo ve?")

    assert question.pick is Pick.NEXT


def test_a_month_that_follows_has_a_year_of_its_own() -> None:
    question = asked("¿qué vence en junio de 2021?", "¿y en enero?")

    assert question.wanted.due == (DateRange(date(2022, 1, 1), date(2022, 1, 31)),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("mejor en 30", id="number-alone"),
        pytest.param("¿y en los próximos 30?", id="next-so-many"),
        pytest.param("mejor 30 días", id="with-its-unit"),
    ],
)
def test_days_are_counted_on_from_the_same_day(text: str) -> None:
    assert wanted("¿qué vence en los próximos 10 días?", text).due == (
        DateRange(TODAY, date(2021, 6, 19)),
    )


def test_what_was_handed_in_today_is_the_thing_spoken_of() -> None:
    question = asked("medio 12.1", "ya lo presenté hoy")

    assert question.intent is Intent.MARK
    assert question.wanted.refs == means("12.1")
    assert question.wanted.due == ()


def test_a_place_may_stand_within_a_commitment() -> None:
    question = asked("¿qué vence en junio?", "dame el segundo medio del compromiso 4")

    assert (question.intent, question.nth) == (Intent.DETAIL, (2,))
    assert question.wanted.refs == commitments("4")


def test_what_was_counted_is_counted_on() -> None:
    assert asked("¿cuántos compromisos tiene UTAI?", "¿y UTI?").counted is Level.COMMITMENT


def test_what_only_leaves_out_follows() -> None:
    found = wanted("¿qué vence en diciembre?", "sácale los de UTI")

    assert found.without == (MeansFilter(units=("UTI",)),)
    assert found.due == wanted("¿qué vence en diciembre?").due
