"""The words of the acts, arranged for looking up."""

import pytest

from handlers.language.vocabulary import Name, Named, begun, content_keys
from seed.act import bundled_acts, read_act
from storage.acts import matrix_words
from storage.engine import Database
from storage.load import load_act
from tests.support.vocabulary import signed_speller, signed_words


async def test_the_words_are_those_of_the_database(sqlite_database: Database) -> None:
    [path] = bundled_acts()
    async with sqlite_database.write() as session:
        await load_act(session, read_act(path))

    async with sqlite_database.session() as session:
        stored = await matrix_words(session)

    assert signed_words() == stored


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("Unidad Territorial", ("unidad", "territorial"), id="words"),
        pytest.param("unidades territoriales", ("unidad", "territorial"), id="plural"),
        pytest.param("coordinación de la gestión", ("coordinacion", "gestion"), id="joiners"),
        pytest.param("¡UTAI!", ("utai",), id="signs"),
        pytest.param("de la", (), id="joiners-alone"),
        pytest.param("12.1", (), id="numbers"),
    ],
)
def test_a_phrase_is_looked_up_by_its_content(text: str, keys: tuple[str, ...]) -> None:
    assert content_keys(text) == keys


def test_a_begun_phrase_may_become_several() -> None:
    phrases = {
        ("unidad", "territorial"): (Name(Named.UNIT, "UT"),),
        ("unidad", "tecnica", "de"): (Name(Named.UNIT, "UTAI"),),
        ("unidad", "minima"): (Name(Named.TERM, "UM"),),
    }

    assert begun(phrases, Named.UNIT) == {
        ("unidad",): ("UT", "UTAI"),
        ("unidad", "tecnica"): ("UTAI",),
    }


@pytest.mark.parametrize("word", ["curricular", "blandas", "voluntariado", "territorial", "utai"])
def test_a_word_of_the_act_is_known(word: str) -> None:
    assert signed_speller().vocabulary.has(word)


@pytest.mark.parametrize("word", ["futbol", "xyzzy", "junio", ""])
def test_other_words_are_not(word: str) -> None:
    assert not signed_speller().vocabulary.has(word)


def test_a_term_is_told_from_a_unit_without_one() -> None:
    assert signed_speller().vocabulary.is_term("saf")
    assert not signed_speller().vocabulary.is_term("curricular")
