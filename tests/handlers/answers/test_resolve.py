"""From words to rows, over a small act on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.answers.resolve import resolve
from handlers.question import Intent, Pick, Question
from storage.engine import Database
from storage.load import load_act
from storage.matrix import find_codes
from storage.records import AsOf, MeansFilter, TopicWord
from storage.text import word_key
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


def with_soft(wanted: MeansFilter, *words: str) -> MeansFilter:
    """The same topic with words that narrow it only where something is found with them."""
    soft = tuple(TopicWord(word, (word,), is_soft=True) for word in words)
    return replace(wanted, topic=(*wanted.topic, *soft))


async def test_a_soft_word_narrows_where_something_is_found(small: Database) -> None:
    wanted = with_soft(topic("salud"), "mental")

    found, _ = await codes(small, Question(intent=Intent.LIST, wanted=wanted))

    assert found == ["1.1"]


async def test_a_soft_word_is_dropped_where_nothing_is_found(small: Database) -> None:
    wanted = with_soft(topic("salud", "mental"), "taller")

    found, resolved = await codes(small, Question(intent=Intent.LIST, wanted=wanted))

    assert found == ["1.1"]
    assert resolved.wanted.topic == topic("salud", "mental").topic


async def test_a_soft_word_does_not_let_a_firm_one_go(small: Database) -> None:
    wanted = with_soft(topic("salud", "taller"), "plan")

    found, _ = await codes(small, Question(intent=Intent.LIST, wanted=wanted))

    assert found == []


async def test_a_soft_word_is_not_looked_for_in_recommendations(database: Database) -> None:
    given = [
        GivenMeans("1.1", text="Plan de salud", recommendation_text="Dictar talleres"),
        GivenMeans("2.1", text="Informe de salud", recommendation="2"),
    ]
    async with database.write() as session:
        await load_act(session, act(*given))
    wanted = with_soft(topic("salud"), "taller")

    found, _ = await codes(database, Question(intent=Intent.LIST, wanted=wanted))

    assert found == ["1.1", "2.1"]


def keyed(*words: str) -> MeansFilter:
    """A topic by the keys of its words, as the texts are kept."""
    return MeansFilter(topic=tuple(TopicWord(word, (word_key(word),)) for word in words))


PHRASE, SCATTERED = (
    "Plan de salud mental",
    "Registro escolar, informe mental, plan y taller de salud",
)


@pytest.mark.parametrize(
    ("texts", "words", "found"),
    [
        pytest.param(
            (PHRASE, "Informe mental del plan de salud"),
            ("salud", "mental"),
            ["1.1"],
            id="phrase-over-its-scattered-words",
        ),
        pytest.param(
            ("Plan de la salud mental", "Plan mental para la salud"),
            ("salud", "mental"),
            ["1.1"],
            id="articles-do-not-part-it",
        ),
        pytest.param(
            (PHRASE, "Informe de salud mental"),
            ("salud", "mental"),
            ["1.1", "2.1"],
            id="both-have-the-phrase",
        ),
        pytest.param(
            (f"{PHRASE}, con registro escolar", SCATTERED),
            ("plan", "salud", "mental", "escolar"),
            ["1.1"],
            id="most-of-the-phrase",
        ),
        pytest.param(
            (f"{PHRASE}, con registro escolar", "Plan de salud con registro escolar y mental"),
            ("plan", "salud", "mental", "escolar"),
            ["1.1", "2.1"],
            id="the-other-has-a-part-too",
        ),
        pytest.param(
            ("Salud y registro mental", "Informe mental de la salud"),
            ("salud", "mental"),
            ["1.1", "2.1"],
            id="none-has-it",
        ),
    ],
)
async def test_the_longest_run_of_words_is_preferred(
    database: Database, texts: tuple[str, str], words: tuple[str, ...], found: list[str]
) -> None:
    given = [GivenMeans(f"{at}.1", text=text) for at, text in enumerate(texts, start=1)]
    async with database.write() as session:
        await load_act(session, act(*given))

    question = Question(intent=Intent.LIST, wanted=keyed(*words))

    assert (await codes(database, question))[0] == found


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


async def test_a_recommendation_is_searched_where_nothing_nearer_is_found(
    database: Database,
) -> None:
    given = [
        GivenMeans("1.1", text="Plan de salud", recommendation_text="Mejorar la infraestructura"),
        GivenMeans("2.1", text="Malla curricular", recommendation="2", recommendation_text="Otra"),
    ]
    async with database.write() as session:
        await load_act(session, act(*given))
    asked = Question(intent=Intent.LIST, wanted=topic("infraestructura"))

    found, resolved = await codes(database, asked)

    assert found == ["1.1"]
    assert resolved.wanted.deep
