"""Numbers of the matrix."""

import pytest

from storage.records import Ref
from tests.handlers.language.asking import commitments, means, recommendations, wanted


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        # means
        pytest.param("medio 12.1", means("12.1"), id="means"),
        pytest.param("medio de verificación 12.1", means("12.1"), id="means-in-full"),
        pytest.param("MV 12.1", means("12.1"), id="means-initials"),
        pytest.param("mv12.1", means("12.1"), id="means-initials-glued"),
        pytest.param("12.1", means("12.1"), id="bare-code"),
        pytest.param("¿quién ve el 12.1?", means("12.1"), id="bare-code-in-a-question"),
        pytest.param("detalle del 12,1", means("12.1"), id="comma"),
        pytest.param("medio 12-1", means("12.1"), id="dash-after-its-noun"),
        pytest.param("el 12 punto 1", means("12.1"), id="point-in-words"),
        pytest.param("el doce punto uno", means("12.1"), id="code-in-words"),
        pytest.param("medio cuatro punto dos", means("4.2"), id="noun-and-code-in-words"),
        pytest.param("12.1 y 12.2", means("12.1", "12.2"), id="two-codes"),
        pytest.param("medios 4.1, 4.2 y 19.1", means("4.1", "4.2", "19.1"), id="list-of-codes"),
        pytest.param("medio N° 12.1", means("12.1"), id="number-sign"),
        pytest.param("12.1?", means("12.1"), id="question-mark"),
        pytest.param("(12.1)", means("12.1"), id="brackets"),
        pytest.param("¿cuándo vence el 12.1.", means("12.1"), id="full-stop"),
        pytest.param("medio 25.1", means("25.1"), id="unknown-code-is-kept"),
        # commitments
        pytest.param("compromiso 12", commitments("12"), id="commitment"),
        pytest.param("compromiso doce", commitments("12"), id="commitment-in-words"),
        pytest.param("compromiso dieciséis", commitments("16"), id="words-with-accent"),
        pytest.param("compromiso n.° 7", commitments("7"), id="commitment-sign"),
        pytest.param("compromiso número 7", commitments("7"), id="commitment-number"),
        pytest.param("compromiso #7", commitments("7"), id="commitment-hash"),
        pytest.param("compromiso 07", commitments("7"), id="leading-zero"),
        pytest.param("c12", commitments("12"), id="commitment-letter"),
        pytest.param("C-12", commitments("12"), id="commitment-letter-dash"),
        pytest.param("compromisos 3 y 5", commitments("3", "5"), id="two"),
        pytest.param("compromisos 3, 4 y 5", commitments("3", "4", "5"), id="three"),
        pytest.param("compromisos tres y cinco", commitments("3", "5"), id="two-in-words"),
        pytest.param("compromisos del 3 al 5", commitments("3", "4", "5"), id="range"),
        pytest.param("compromiso 3 y compromiso 5", commitments("3", "5"), id="noun-twice"),
        pytest.param("el quinto compromiso", commitments("5"), id="ordinal"),
        pytest.param("el décimo segundo compromiso", commitments("12"), id="ordinal-of-two-words"),
        pytest.param("el 3er compromiso", commitments("3"), id="ordinal-in-digits"),
        pytest.param("compromiso 40", commitments("40"), id="unknown-number-is-kept"),
        pytest.param("medios del compromiso 4", commitments("4"), id="means-of-a-commitment"),
        pytest.param("medio 12", commitments("12"), id="means-without-its-part"),
        # recommendations
        pytest.param("recomendación 4", recommendations("4"), id="recommendation"),
        pytest.param("recomendacion cuatro", recommendations("4"), id="recommendation-in-words"),
        pytest.param("la tercera recomendación", recommendations("3"), id="recommendation-nth"),
        pytest.param("la 3ra recomendación", recommendations("3"), id="recommendation-3ra"),
        pytest.param("rec. 2", recommendations("2"), id="recommendation-short"),
        pytest.param("R4", recommendations("4"), id="recommendation-letter"),
        pytest.param("rec 6 y rec 7", recommendations("6", "7"), id="two-recommendations"),
        # levels mixed
        pytest.param(
            "medio 4.1 y compromiso 9", (*means("4.1"), *commitments("9")), id="two-levels"
        ),
        pytest.param(
            "compromiso 3 de la recomendación 2",
            (*commitments("3"), *recommendations("2")),
            id="one-under-another",
        ),
        # numerals of other kinds
        pytest.param("compromiso XIV", commitments("14"), id="roman"),
        pytest.param("recomendación IV", recommendations("4"), id="roman-recommendation"),
        pytest.param("recomendación V", recommendations("5"), id="roman-of-one-letter"),
        pytest.param("recomendación iii", recommendations("3"), id="roman-in-small-letters"),
        pytest.param("compromisos II y IX", commitments("2", "9"), id="two-roman"),
        pytest.param("compromiso catorse", commitments("14"), id="another-mistyped"),
        pytest.param("compromiso quinse", commitments("15"), id="one-more-mistyped"),
        pytest.param("la tersera recomendación", recommendations("3"), id="ordinal-mistyped"),
        # from one to another
        pytest.param("rec 5 en adelante", recommendations("5", "6", "7"), id="onwards"),
        pytest.param(
            "de la recomendación 6 en adelante", recommendations("6", "7"), id="from-onwards"
        ),
        pytest.param(
            "compromisos del 17 para adelante", commitments("17", "18", "19"), id="forward"
        ),
        pytest.param(
            "recomendaciones de la 5 a la 7",
            recommendations("5", "6", "7"),
            id="range-with-articles",
        ),
        pytest.param(
            "recomendaciones de la 2 hasta la 4", recommendations("2", "3", "4"), id="range-until"
        ),
        # put right in one breath
        pytest.param("compromiso 5, perdón, compromiso 7", commitments("7"), id="put-right"),
        pytest.param("el 4.1, digo, el 4.2", means("4.2"), id="means-put-right"),
        pytest.param(
            "medios de la 4ta recomendación", recommendations("4"), id="ordinal-in-digits"
        ),
        pytest.param("compromiso dose", commitments("12"), id="a-number-by-its-sound"),
        pytest.param("compromiso 0", commitments("0"), id="zero-is-a-number-too"),
        pytest.param("16-1 pa cuando", means("16.1"), id="dash-and-when"),
        pytest.param("¿quién ve el 12-2?", means("12.2"), id="dash-and-who"),
        pytest.param("12-1", means("12.1"), id="dash-alone"),
    ],
)
def test_a_number_names_its_thing(text: str, refs: tuple[Ref, ...]) -> None:
    assert wanted(text).refs == refs


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("compromisos de junio", id="month"),
        pytest.param("compromisos 2021", id="year"),
        pytest.param("los 3 compromisos de UTI", id="how-many"),
        pytest.param("próximos 5 días", id="days"),
        pytest.param("compromisos del 5 de junio", id="day-of-a-month"),
        pytest.param("13.5.2021", id="date-with-points"),
        pytest.param("¿cuánto es 12.2 por 3?", id="product"),
        pytest.param("5.1 grados", id="measure"),
        pytest.param("S/ 12.1", id="money"),
        pytest.param("acta 002-2021", id="act"),
        pytest.param("12.2%", id="share"),
        pytest.param("compromisos", id="noun-alone"),
        pytest.param("primer trimestre", id="ordinal-of-a-period"),
        pytest.param("los tres primeros que vencen", id="ordinal-of-no-noun"),
        pytest.param("los dos primeros compromisos", id="first-two"),
        pytest.param("compromisos y recomendaciones", id="and-is-no-roman"),
        pytest.param("¿qué vence el 7-1?", id="day-with-a-dash"),
        pytest.param("¿qué vence el 12-2021?", id="month-with-a-dash"),
        pytest.param("06-21", id="no-such-code"),
    ],
)
def test_no_number_of_the_matrix_is_seen_where_there_is_none(text: str) -> None:
    assert wanted(text).refs == ()
