"""From words to rows, over a small act on both databases."""

from datetime import date

import pytest

from handlers.answers.resolve import resolve
from handlers.question import Intent, Pick, Question
from storage.engine import Database
from storage.load import load_act
from storage.matrix import find_codes
from storage.records import AsOf, MeansFilter, TopicWord
from tests.support.acts import GivenMeans, act

AS_OF = AsOf(date(2021, 6, 15))


@pytest.fixture
async def small(database: Database) -> Database:
    """Three means, due in May, June and December."""
    given = [
        GivenMeans("1.1", text="Plan de salud mental", due_on=date(2021, 5, 31)),
        GivenMeans("1.2", text="Informe de salud escolar", due_on=date(2021, 6, 30)),
        GivenMeans("2.1", text="Malla curricular", due_on=date(2021, 12, 31)),
    ]
    async with database.write() as session:
        await load_act(session, act(*given))
    return database


def topic(*words: str) -> MeansFilter:
    return MeansFilter(topic=tuple(TopicWord(word, (word,)) for word in words))


async def codes(database: Database, question: Question) -> tuple[list[str], Question]:
    async with database.session() as session:
        resolved = await resolve(session, question, AS_OF)
        return await find_codes(session, resolved.wanted, AS_OF), resolved


async def test_every_word_of_a_topic_must_occur(small: Database) -> None:
    found, _ = await codes(small, Question(intent=Intent.LIST, wanted=topic("salud", "mental")))

    assert found == ["1.1"]


async def test_one_word_too_many_is_left_out_and_said(small: Database) -> None:
    wanted = topic("plan", "salud", "mental", "taller")

    found, resolved = await codes(small, Question(intent=Intent.LIST, wanted=wanted))

    assert found == ["1.1"]
    assert resolved.ignored == ("taller",)


async def test_of_two_words_none_is_left_out(small: Database) -> None:
    found, _ = await codes(small, Question(intent=Intent.LIST, wanted=topic("salud", "taller")))

    assert found == []


@pytest.mark.parametrize(
    ("pick", "found"),
    [
        pytest.param(Pick.NEXT, ["1.2"], id="next-from-today"),
        pytest.param(Pick.EARLIEST, ["1.1"], id="earliest-of-all"),
        pytest.param(Pick.LATEST, ["2.1"], id="latest-of-all"),
    ],
)
async def test_a_superlative_becomes_its_day(
    small: Database, pick: Pick, found: list[str]
) -> None:
    assert (await codes(small, Question(intent=Intent.LIST, pick=pick)))[0] == found


@pytest.mark.parametrize(
    ("nth", "found"),
    [
        pytest.param((2,), ["1.2"], id="second"),
        pytest.param((-1,), ["2.1"], id="last"),
        pytest.param((1, 3), ["1.1", "2.1"], id="two"),
        pytest.param((9,), [], id="beyond"),
    ],
)
async def test_a_place_in_the_list_becomes_its_code(
    small: Database, nth: tuple[int, ...], found: list[str]
) -> None:
    assert (await codes(small, Question(intent=Intent.DETAIL, nth=nth)))[0] == found


async def test_a_mark_of_nothing_marks_nothing(small: Database) -> None:
    assert (await codes(small, Question(intent=Intent.MARK)))[0] == []
