from datetime import UTC, datetime

from sqlalchemy import select

from storage.engine import Database
from storage.models import SavedQuestion
from storage.questions import KEPT_QUESTIONS, last_question, save_question, saved_question

NOW = datetime(2021, 6, 30, 23, 15, tzinfo=UTC)
CHAT = 7
GROUP = -1_001_234_567_890  # beyond 32 bits


async def test_a_question_is_found_by_its_chat_and_id(database: Database) -> None:
    async with database.write() as session:
        question_id = await save_question(session, GROUP, '{"q": "ñ"}', NOW)

    async with database.session() as session:
        assert await saved_question(session, question_id, GROUP) == '{"q": "ñ"}'


async def test_a_question_of_another_chat_is_not_shown(database: Database) -> None:
    async with database.write() as session:
        question_id = await save_question(session, CHAT, "{}", NOW)

    async with database.session() as session:
        assert await saved_question(session, question_id, GROUP) is None


async def test_the_last_question_is_the_chats_own(database: Database) -> None:
    async with database.write() as session:
        await save_question(session, CHAT, "1", NOW)
        await save_question(session, CHAT, "2", NOW)
        await save_question(session, GROUP, "3", NOW)

    async with database.session() as session:
        assert await last_question(session, CHAT) == "2"
        assert await last_question(session, 8) is None


async def test_the_oldest_questions_of_a_chat_lapse(database: Database) -> None:
    async with database.write() as session:
        other = await save_question(session, GROUP, "kept", NOW)
        ids = [
            await save_question(session, CHAT, str(turn), NOW)
            for turn in range(KEPT_QUESTIONS + 2)
        ]

    async with database.session() as session:
        kept = [await saved_question(session, question_id, CHAT) for question_id in ids[:3]]
        assert kept == [None, None, "2"]
        assert await saved_question(session, other, GROUP) == "kept"


async def test_an_instant_comes_back_aware_and_in_utc(database: Database) -> None:
    async with database.write() as session:
        await save_question(session, CHAT, "{}", NOW)

    async with database.session() as session:
        found = (await session.scalars(select(SavedQuestion.created_at))).one()

    assert (found, found.tzinfo) == (NOW, UTC)
