"""A follow-up changes just the part it names."""

from datetime import date

import pytest

from handlers.question import Intent, Pick
from storage.records import DateRange, MeansFilter, StatusFilter
from tests.handlers.language.asking import (
    JULY,
    JUNE,
    MAY,
    asked,
    means,
    recommendations,
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
    ],
)
def test_the_intent_stays_unless_another_is_named(turns: tuple[str, ...], intent: Intent) -> None:
    question = asked(*turns)

    assert (question.intent, question.is_follow_up) == (intent, True)


def test_one_thing_stays_the_one_spoken_of() -> None:
    for text in ("¿quién lo ve?", "¿cuándo vence?", "márcalo como presentado", "¿ya se presentó?"):
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


def test_the_unit_explained_can_be_asked_on() -> None:
    question = asked("¿qué es UOAI?", "¿y qué tareas tiene?")

    assert (question.intent, question.wanted) == (Intent.LIST, MeansFilter(units=("UOAI",)))


def test_parts_add_up_over_several_turns() -> None:
    question = asked("¿qué vence en junio?", "¿y de UTAI?", "solo los pendientes", "¿y en mayo?")

    assert question.wanted == MeansFilter(units=("UTAI",), due=(MAY,), status=PENDING)


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
