"""Words of the act's texts, and words that nothing explains."""

import pytest

from storage.text import fold, word_key
from tests.handlers.language.asking import JUNE, asked, wanted
from tests.support.vocabulary import signed_speller


def topic(text: str) -> list[str]:
    return [word.typed for word in wanted(text).topic]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("¿qué hay de habilidades blandas?", ["habilidades", "blandas"], id="near"),
        pytest.param("salud mental", ["salud", "mental"], id="alone"),
        pytest.param("¿y lo de las madres cuidadoras?", ["madres", "cuidadoras"], id="lo-de"),
        pytest.param(
            "necesidades de capacitación", ["necesidades", "capacitación"], id="area-word"
        ),
        pytest.param("la malla curricular", ["malla", "curricular"], id="article"),
        pytest.param("MALLA CURRICULAR", ["MALLA", "CURRICULAR"], id="as-typed"),
        pytest.param("los estipendios", ["estipendios"], id="word-of-a-specification"),
        pytest.param("¿qué dicen del voluntariado?", ["voluntariado"], id="deep-word"),
        pytest.param("el tablero de control", ["tablero", "control"], id="word-of-the-lexicon"),
        pytest.param("¿qué hay del SINEACE?", ["SINEACE"], id="acronym"),
        pytest.param("medios sobre el MINSA", ["MINSA"], id="acronym-after-a-noun"),
    ],
)
def test_a_topic_is_its_words_as_typed(text: str, words: list[str]) -> None:
    assert topic(text) == words


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿qué vence en junio?", id="month"),
        pytest.param("pendientes de UTAI", id="status-and-unit"),
        pytest.param("compromiso 12", id="number"),
        pytest.param("área de monitoreo", id="area"),
        pytest.param("unidad técnica de atención integral", id="unit-name"),
        pytest.param("por favor, ¿me podrías decir qué vence este mes?", id="courtesy"),
        pytest.param("ya pues causa, q falta", id="slang"),
    ],
)
def test_there_is_no_topic_where_all_is_explained(text: str) -> None:
    assert topic(text) == []


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        pytest.param("habilidad", "habilidades", id="singular"),
        pytest.param("habilidades", "habilidades", id="plural"),
        pytest.param("blanda", "blandas", id="feminine"),
        pytest.param("certificar", "certificación", id="verb-of-the-family"),
        pytest.param("capacitarán", "capacitación", id="another-verb"),
        pytest.param("reconocimientos", "reconocimiento", id="plural-of-another"),
    ],
)
def test_a_word_stands_for_its_family(typed: str, key: str) -> None:
    assert word_key(fold(key)) in signed_speller().vocabulary.topic_keys(fold(typed))


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("salsa", id="salud"),
        pytest.param("menta", id="mental"),
        pytest.param("plato", id="plan"),
        pytest.param("comida", id="comite"),
    ],
)
def test_a_word_of_no_family_stands_for_nothing(typed: str) -> None:
    assert signed_speller().vocabulary.topic_keys(typed) == ()


def test_an_own_word_comes_before_its_family() -> None:
    keys = signed_speller().vocabulary.topic_keys("certificacion")

    assert keys[0] == word_key("certificacion")


def test_a_topic_stands_beside_the_other_parts() -> None:
    found = wanted("lo de habilidades blandas de UTAI en junio")

    assert [word.typed for word in found.topic] == ["habilidades", "blandas"]
    assert (found.units, found.due) == (("UTAI",), (JUNE,))


@pytest.mark.parametrize(
    ("text", "soft"),
    [
        pytest.param("las acciones planificadas de salud mental", ["planificadas"], id="between"),
        pytest.param("el informe final de reconocimiento", ["final"], id="behind"),
        pytest.param("salud mental", [], id="none"),
        pytest.param("¿qué hay de habilidades blandas?", [], id="question-words"),
    ],
)
def test_an_ordinary_word_beside_a_topic_narrows_it_softly(text: str, soft: list[str]) -> None:
    assert [word.typed for word in wanted(text).topic if word.is_soft] == soft


def test_a_kind_of_means_is_a_topic_where_no_other_is() -> None:
    found = wanted("los informes de junio")

    assert ([word.typed for word in found.topic], found.due) == (["informes"], (JUNE,))


@pytest.mark.parametrize(
    ("text", "ignored"),
    [
        pytest.param("compromisos de UTAI para xyzzy", ("xyzzy",), id="unknown-word"),
        pytest.param("compromisos de UTAI en junio", (), id="none"),
    ],
)
def test_words_left_out_of_account_are_told(text: str, ignored: tuple[str, ...]) -> None:
    question = asked(text)

    assert (question.wanted.units, question.ignored) == (("UTAI",), ignored)
