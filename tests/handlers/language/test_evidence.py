"""What is out of scope, and what is not although it sounds so."""

import pytest

from handlers.question import Intent, Trouble
from storage.records import MeansFilter
from tests.handlers.language.asking import JUNE, asked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿quién ganó el mundial?", id="football"),
        pytest.param("¿cuánto cuesta el dólar?", id="price"),
        pytest.param("¿cuándo vence mi DNI?", id="due-day-of-something-else"),
        pytest.param("mi DNI se vence en junio", id="month-and-verb"),
        pytest.param("la UC juega en junio", id="unit-and-month"),
        pytest.param("¿va a llover en junio?", id="weather"),
        pytest.param("cuéntame un chiste", id="joke"),
        pytest.param("receta de ceviche", id="recipe"),
        pytest.param("¿quién es el presidente del Perú?", id="president"),
        pytest.param("¿cuánto es 12 por 3?", id="sum"),
        pytest.param("el canal de televisión", id="word-of-the-act-in-another-sense"),
        pytest.param("¿qué feriados hay en julio?", id="holidays"),
        pytest.param("¿cuándo vence el SOAT?", id="insurance"),
        pytest.param("asdfgh qwerty", id="no-words"),
        pytest.param("xyzzy plugh en junio", id="month-among-unknown-words"),
        pytest.param("el zarandajo plugh vence en junio", id="unknown-things-that-fall-due"),
        pytest.param("what is due in June?", id="another-language"),
        pytest.param("¿quién es el ministro de salud?", id="minister"),
        pytest.param("¿quién fue la alcaldesa?", id="mayor"),
        pytest.param("¿qué compromisos tienen dos medios?", id="number-of-means"),
        pytest.param("los compromisos con tres medios", id="three-means"),
        pytest.param("los medios sin fecha", id="without-something-unread"),
        pytest.param("¿qué medios cambiaron antes?", id="time-unread"),
        pytest.param("el programa Juntos deposita en noviembre?", id="another-programme"),
        pytest.param("contrata monitoreo de alarmas para su casa", id="an-advertisement"),
    ],
)
def test_what_is_out_of_scope_is_said_so(text: str) -> None:
    question = asked(text)

    assert (question.intent, question.trouble) == (Intent.UNKNOWN, Trouble.OUT_OF_SCOPE)
    assert question.wanted == MeansFilter()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿y cuándo vence mi DNI?", id="another-paper"),
        pytest.param("¿y quién ganó el partido?", id="football"),
    ],
)
def test_after_a_question_too(text: str) -> None:
    question = asked("¿qué vence en junio?", text)

    assert question.trouble is Trouble.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("¿qué le toca a la UC en junio?", ("UC",), id="short-unit"),
        pytest.param("ando manejando, ¿qué vence de UTAI?", ("UTAI",), id="situation"),
        pytest.param("mi jefe pregunta qué debe UTAI", ("UTAI",), id="boss"),
        pytest.param("pa la reu de mañana, q debe utai", ("UTAI",), id="slang"),
    ],
)
def test_everyday_talk_around_a_question_does_not_hide_it(
    text: str, expected: tuple[str, ...]
) -> None:
    question = asked(text)

    assert (question.intent, question.wanted.units) == (Intent.LIST, expected)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("estoy en reunión, ¿qué vence en junio?", id="where-i-am"),
        pytest.param("soy nuevo, ¿qué vence en junio?", id="who-i-am"),
        pytest.param("mi jefe me llamó en mayo, ¿qué vence en junio?", id="another-month"),
        pytest.param("¿qué vence en junio?, que tengo comité el jueves", id="plans"),
        pytest.param("que tengo reunión el lunes, ¿qué vence en junio?", id="plans-first"),
        pytest.param("¿qué vence en junio?, para la nota que sale mañana", id="purpose"),
    ],
)
def test_what_only_tells_of_the_person_narrows_nothing(text: str) -> None:
    assert asked(text).wanted == MeansFilter(due=(JUNE,))


def test_who_i_am_tells_the_unit_where_no_other_is_named() -> None:
    assert asked("soy de UTAI, ¿qué me toca?").wanted == MeansFilter(units=("UTAI",))
    assert asked("soy de UTAI, ¿qué le toca a UTI?").wanted == MeansFilter(units=("UTI",))
