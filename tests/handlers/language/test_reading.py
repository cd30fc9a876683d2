"""The entry: any text gives a question."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.language.reading import read
from handlers.language.spelling import MONTHS, Speller
from handlers.language.vocabulary import build_vocabulary
from handlers.language.words import lexicon
from handlers.question import Intent, Question, Trouble
from storage.records import DateRange, MeansFilter
from tests.handlers.language.asking import JUNE, TODAY, asked
from tests.support.vocabulary import signed_speller, signed_words

EXAMPLES = 150  # a second or two; the same ones at each run
BEFORE = (
    "¿qué vence en junio de UTAI?",
    "¿cuántos vencen en junio?",
    "medio 12.1",
    "marca el compromiso 7",
    "avance por unidad",
    "¿qué es UTAI?",
    "activa los avisos",
    "recomendación 4",
    "¿quién firmó el acta?",
)
SIGNS = (
    *"12.1 4,1 99.99 0 002-2021 30/06 31/02 2021 ² ٣ Ⅳ".split(),
    *"? ¿ . , - / # % n° & <b> </b> &lt; *_`[ \\".split(),
    *("👍", "👨\u200d👩\u200d👧", "✅", "\u202eUTAI", "מה", "ما", "\u0301", "\x00", "\ud800", "ß"),
    *("\n", "1" * 30, "a" * 300),
)


def words_of_the_act() -> list[str]:
    """Words of names, texts and the lexicon, months, numbers and what else people send."""
    words = signed_words()
    names = [unit.code for unit in words.units]
    names += [unit.name for unit in words.units if unit.name]
    names += [area.name for area in words.areas] + [term.term for term in words.terms]
    return [*names, *sorted(words.near_keys), *sorted(lexicon()), *MONTHS, *SIGNS]


# half of the pieces steer the reading: the lexicon is long, and most of it is filler
STEERING = (
    *"el la los de y ni no menos sin que qué cómo solo ya hasta entre mes 5 junio jumio".split(),
    *"medio compromiso recomendación área unidad acta doce punto segundo UTAI UTI uoia".split(),
    *"vence pendientes marca avísame cuántos quién cuándo próximo último".split(),
    *SIGNS,
)
PIECES = st.one_of(
    st.sampled_from(STEERING), st.deferred(lambda: st.sampled_from(words_of_the_act()))
)


@given(text=st.text(max_size=80), before=st.sampled_from((None, *BEFORE)))
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None)
def test_any_text_gives_a_question(text: str, before: str | None) -> None:
    previous = None if before is None else asked(before)

    assert isinstance(read(text, TODAY, signed_speller(), previous), Question)


@given(pieces=st.lists(PIECES, max_size=12), before=st.sampled_from((None, *BEFORE)))
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None)
def test_any_words_of_the_act_give_a_question(pieces: list[str], before: str | None) -> None:
    previous = None if before is None else asked(before)

    question = read(" ".join(pieces), TODAY, signed_speller(), previous)

    units = {unit.code for unit in signed_words().units}
    assert set(question.wanted.units) <= units
    assert question.trouble is None or question.intent is Intent.UNKNOWN
    for one in question.wanted.due:
        assert one.start is None or one.end is None or one.start <= one.end


@pytest.mark.parametrize(
    "word", ["UTAI", "12.1", "menos", "medio", "el segundo", "y", "no", "u te i"]
)
def test_a_word_repeated_without_end_is_read_all_the_same(word: str) -> None:
    assert isinstance(asked("¿qué vence en junio?", f"{word} " * 1_000), Question)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \n\t ", id="white-space"),
        pytest.param("\u200b\u202e", id="nothing-to-see"),
    ],
)
def test_nothing_said_is_told_so(text: str) -> None:
    assert asked(text) == Question(intent=Intent.UNKNOWN, trouble=Trouble.EMPTY)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿QUÉ VENCE EN JUNIO DE UTAI?", id="capitals"),
        pytest.param("que vence en junio de utai", id="without-accents-and-marks"),
        pytest.param("  ¿qué   vence\nen junio de UTAI?  ", id="white-space"),
        pytest.param("¿que\u0301 vence en junio de UTAI?", id="decomposed"),
        pytest.param("¿qué vence en junio de UTAI? 🙏", id="emoji"),
        pytest.param("¿¿qué vence en junio de UTAI??!!", id="marks-twice"),
        pytest.param("q vence en junio d utai", id="phone"),
    ],
)
def test_how_it_is_written_changes_nothing(text: str) -> None:
    assert asked(text) == Question(
        intent=Intent.LIST, wanted=MeansFilter(units=("UTAI",), due=(JUNE,))
    )


def test_a_month_of_several_years_tells_them_nearest_first() -> None:
    words = replace(signed_words(), due_months=frozenset({(2020, 6), (2021, 6), (2023, 6)}))

    question = read("¿qué vence en junio?", TODAY, Speller(build_vocabulary(words)))

    assert question.years == (2021, 2020, 2023)
    assert question.wanted.due == tuple(
        DateRange(date(year, 6, 1), date(year, 6, 30)) for year in (2021, 2020, 2023)
    )


def test_a_month_of_one_year_offers_none() -> None:
    assert asked("¿qué vence en junio?").years == ()
