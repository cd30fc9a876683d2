from handlers.answers.answer import answer
from handlers.question import Listing
from handlers.reader import Readers
from storage.engine import Database
from storage.load import every_means
from storage.matrix import count_means
from storage.records import AsOf, MeansFilter
from tests.bench.latency import QUESTIONS, TODAY, talks
from tests.bench.synthetic import load_synthetic, synthetic_acts


async def test_a_small_made_up_store_answers_a_question(sqlite_database: Database) -> None:
    await load_synthetic(sqlite_database, means=50, units=20)

    async with sqlite_database.session() as session:
        reader = await Readers().newest(session)
        question = reader.read("¿qué vence en junio?", TODAY)
        found = await answer(session, question, AsOf(TODAY))
        total = await count_means(session, MeansFilter(), AsOf(TODAY))

    assert total == 50
    assert isinstance(found, Listing)
    assert found.total > 0
    assert {row.due_on.month for row in found.rows} == {6}


def test_made_up_acts_are_the_same_each_time() -> None:
    assert list(synthetic_acts(means=50, units=20)) == list(synthetic_acts(means=50, units=20))


def test_made_up_acts_share_out_all_the_means() -> None:
    sizes = [sum(1 for _ in every_means(act)) for act in synthetic_acts(means=2_600, units=20)]

    assert sizes == [2_500, 100]


def test_the_mix_has_at_least_two_hundred_unlike_questions() -> None:
    asked = talks()

    assert len({talk.turns for talk in asked}) == len(asked) >= 200
    assert {talk.kind for talk in asked} == set(QUESTIONS)
