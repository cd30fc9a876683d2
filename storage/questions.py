"""The questions of each chat, kept as JSON for the next question and for buttons."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.engine import Session
from storage.models import SavedQuestion

KEPT_QUESTIONS = 200  # in each chat; a button older than these says that it has lapsed


async def saved_question(session: Session, question_id: int, chat_id: int) -> str | None:
    """The JSON of a question of this chat; None for another chat's and for a lapsed one."""
    query = select(SavedQuestion.question).where(
        SavedQuestion.id == question_id, SavedQuestion.chat_id == chat_id
    )
    return await session.scalar(query)


async def last_question(session: Session, chat_id: int) -> str | None:
    """The JSON of the chat's newest question; None before its first."""
    query = (
        select(SavedQuestion.question)
        .where(SavedQuestion.chat_id == chat_id)
        .order_by(SavedQuestion.id.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def save_question(session: Session, chat_id: int, json_text: str, now: datetime) -> int:
    """Keep a question, let the oldest beyond the limit lapse, and return its id."""
    added = insert(SavedQuestion).values(chat_id=chat_id, question=json_text, created_at=now)
    question_id = (await session.execute(added.returning(SavedQuestion.id))).scalar_one()
    newest_lapsed = (
        select(SavedQuestion.id)
        .where(SavedQuestion.chat_id == chat_id)
        .order_by(SavedQuestion.id.desc())
        .offset(KEPT_QUESTIONS)
        .limit(1)
        .scalar_subquery()
    )
    lapsed = delete(SavedQuestion).where(
        SavedQuestion.chat_id == chat_id, SavedQuestion.id <= newest_lapsed
    )
    await session.execute(lapsed.execution_options(synchronize_session=False))
    return question_id
