"""The lexicon."""

import pytest

from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.language.words import NOTHING, entry, inflected, plain


@pytest.mark.parametrize(
    ("written", "found"),
    [
        pytest.param("vencido~", ["vencido", "vencida", "vencidos", "vencidas"], id="adjective"),
        pytest.param("plan~", ["plan", "planes"], id="consonant"),
        pytest.param("informe~", ["informe", "informes"], id="vowel"),
        pytest.param("vez~", ["vez", "veces"], id="z"),
        pytest.param("ya", ["ya"], id="unmarked"),
    ],
)
def test_a_marked_word_stands_for_its_forms(written: str, found: list[str]) -> None:
    assert list(inflected(written)) == found


@pytest.mark.parametrize(
    ("word", "found"),
    [
        pytest.param("q", "que", id="phone"),
        pytest.param("pdtes", "pendientes", id="cut-short"),
        pytest.param("holaaaa", "hola", id="drawn-out"),
        pytest.param("holaa", "hola", id="doubled-at-its-end"),
        pytest.param("pendienttes", "pendientes", id="doubled-within"),
        pytest.param("hoola", "hola", id="doubled-vowel"),
        pytest.param("carro", "carro", id="doubled-as-spanish-doubles"),
        pytest.param("nadita", "nada", id="little-nothing"),
        pytest.param("avisito", "avisito", id="diminutive-of-the-lexicon"),
        pytest.param("cortitas", "cortas", id="diminutive"),
        pytest.param("pendientes", "pendientes", id="plain"),
        pytest.param("ambito", "ambito", id="no-diminutive"),
        pytest.param("zzyzx", "zzyzx", id="unknown"),
    ],
)
def test_a_word_is_reduced_to_one_that_is_known(word: str, found: str) -> None:
    assert plain(word) == found


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        pytest.param("venceran", Tag.DUE, id="future"),
        pytest.param("presentaron", Tag.DELIVER, id="past"),
        pytest.param("entregue", Tag.DELIVER, id="changed-spelling"),
        pytest.param("muestrame", Tag.SHOW, id="changed-stem-with-pronoun"),
        pytest.param("avisenme", Tag.NOTIFY, id="plural-command"),
        pytest.param("marcalo", Tag.MARK, id="pronoun"),
        pytest.param("vencidas", Tag.OVERDUE, id="adjective"),
        pytest.param("compromisos", Tag.COMMITMENT, id="noun"),
    ],
)
def test_each_form_says_what_its_word_says(word: str, tag: Tag) -> None:
    assert tag in entry(word).tags


@pytest.mark.parametrize("word", ["blandas", "voluntariado", "zzyzx", "utai", "junio", ""])
def test_other_words_are_not_in_the_lexicon(word: str) -> None:
    assert entry(word) == NOTHING


@pytest.mark.parametrize(
    ("word", "form"),
    [
        pytest.param("presentar", Form.INFINITIVE, id="infinitive"),
        pytest.param("presentado", Form.PARTICIPLE, id="participle"),
        pytest.param("presentando", Form.GERUND, id="gerund"),
        pytest.param("presentaron", Form.PAST, id="past"),
        pytest.param("presentan", Form.PRESENT, id="present"),
        pytest.param("presentalo", Form.CLITIC, id="pronoun"),
    ],
)
def test_the_form_of_a_verb_is_known(word: str, form: Form) -> None:
    assert form in entry(word).forms


@pytest.mark.parametrize(
    ("word", "form"),
    [
        pytest.param("presentaron", Form.PRESENT, id="past-is-not-present"),
        pytest.param("presentan", Form.PAST, id="present-is-not-past"),
        pytest.param("presentar", Form.CLITIC, id="no-pronoun"),
    ],
)
def test_a_form_is_no_other(word: str, form: Form) -> None:
    assert form not in entry(word).forms


def test_a_function_word_is_no_verb_form() -> None:
    assert entry("sobre").forms == frozenset()
