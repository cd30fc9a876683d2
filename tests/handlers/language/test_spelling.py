"""Typing errors: corrected strictly, and said."""

from dataclasses import replace

import pytest

from handlers.question import Correction, Intent
from storage.records import MeansFilter, StatusFilter
from tests.handlers.language.asking import JULY, JUNE, asked
from tests.support.vocabulary import signed_speller


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("juunio", "junio", id="doubled"),
        pytest.param("jnio", "junio", id="left-out"),
        pytest.param("juino", "junio", id="swapped"),
        pytest.param("setiemre", "setiembre", id="month-left-out"),
        pytest.param("dicienbre", "diciembre", id="month-by-sound"),
        pytest.param("marso", "marzo", id="sound-of-a-month"),
        pytest.param("otubre", "octubre", id="as-it-is-spoken"),
        pytest.param("pendietes", "pendientes", id="status"),
        pytest.param("vensidos", "vencidos", id="sound-of-a-status"),
        pytest.param("compromizos", "compromisos", id="sound-of-a-noun"),
        pytest.param("rezumen", "resumen", id="sound-of-another-verb"),
    ],
)
def test_the_nearest_known_word_is_meant(typed: str, meant: str) -> None:
    corrected, right = asked(f"UTAI: {typed}"), asked(f"UTAI: {meant}")

    assert corrected == replace(right, corrections=(Correction(typed, meant),))


@pytest.mark.parametrize(
    "word",
    [
        "abrir",
        "enteros",
        "junior",
        "junto",
        "mano",
        "marco",
        "martes",
        "mayor",
        "mayores",
        "menos",
    ],
)
def test_no_ordinary_word_becomes_a_month(word: str) -> None:
    question = asked(f"{word} pendientes de UTAI")

    assert (question.corrections, question.options) == ((), ())
    assert question.wanted.due == ()


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("uta", id="near-several-units"),
        pytest.param("uit", id="near-a-unit-of-three-letters"),
        pytest.param("ago", id="abbreviation"),
        pytest.param("setiembre", id="right-in-peru"),
        pytest.param("septiembre", id="right-elsewhere"),
        pytest.param("semana", id="time"),
        pytest.param("usted", id="ordinary"),
        pytest.param("humanos", id="noun-near-a-verb"),
        pytest.param("podrian", id="verb-without-its-accent"),
        pytest.param("podrían", id="verb"),
        pytest.param("derechos", id="plural"),
        pytest.param("huanta", id="name"),
        pytest.param("cuentame", id="verb-with-pronoun"),
    ],
)
def test_a_short_or_a_right_word_has_no_nearest(word: str) -> None:
    assert signed_speller().guess(word) is None


@pytest.mark.parametrize(
    ("text", "expected", "corrections"),
    [
        pytest.param(
            "q venze en juino d uoia",
            MeansFilter(units=("UOAI",), due=(JUNE,)),
            [("venze", "vence"), ("juino", "junio"), ("uoia", "UOAI")],
            id="three",
        ),
        pytest.param(
            "pendietes de UTAI",
            MeansFilter(units=("UTAI",), status=StatusFilter.PENDING),
            [("pendietes", "pendientes")],
            id="status",
        ),
        pytest.param("qué vence en junio", MeansFilter(due=(JUNE,)), [], id="none"),
        pytest.param("que vence en JUNIO", MeansFilter(due=(JUNE,)), [], id="no-accents"),
        pytest.param("q vence en jun xfa", MeansFilter(due=(JUNE,)), [], id="abbreviations"),
    ],
)
def test_each_correction_is_told(
    text: str, expected: MeansFilter, corrections: list[tuple[str, str]]
) -> None:
    question = asked(text)

    assert question.wanted == expected
    assert [(one.typed, one.meant) for one in question.corrections] == corrections


@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        pytest.param("recomendasion 4", "recomendasion", "recomendación", id="noun"),
        pytest.param("certificasion de actores", "certificasion", "certificación", id="topic"),
        pytest.param("área de capasitacion", "capasitacion", "capacitación", id="area"),
        pytest.param("la maya curricular", "maya", "malla", id="by-sound"),
        pytest.param("¿qué vence el miercolez?", "miercolez", "miércoles", id="weekday"),
        pytest.param("compromiso diesiseis", "diesiseis", "dieciséis", id="number"),
    ],
)
def test_a_correction_is_shown_as_a_dictionary_writes_it(
    text: str, typed: str, meant: str
) -> None:
    assert asked(text).corrections == (Correction(typed, meant),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿podrían decirme qué vence en junio?", id="verb"),
        pytest.param("¿nos enviarían lo que vence en junio?", id="another-verb"),
        pytest.param("estimados, ¿qué vence en junio?", id="address"),
    ],
)
def test_an_ordinary_word_stays_what_it_is(text: str) -> None:
    question = asked(text)

    assert (question.corrections, question.wanted) == ((), MeansFilter(due=(JUNE,)))


@pytest.mark.parametrize("typed", ["julnio", "jumio"])
def test_two_readings_equally_near_are_both_offered(typed: str) -> None:
    question = asked(f"¿qué vence en {typed}?")

    found = {option.corrections: option.wanted for option in question.options}
    assert found == {
        (Correction(typed, "junio"),): MeansFilter(due=(JUNE,)),
        (Correction(typed, "julio"),): MeansFilter(due=(JULY,)),
    }
    assert question.wanted == MeansFilter()


def test_a_code_of_the_matrix_is_not_corrected() -> None:
    question = asked("medio 21.1")

    assert [ref.number for ref in question.wanted.refs] == ["21.1"]
    assert (question.intent, question.corrections) == (Intent.DETAIL, ())
