"""Messages to be sent: committed with what they tell of, sent after."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from storage.engine import Session
from storage.models import OutboxMessage
from storage.traffic import OutboxRow, OutboxState, Outgoing


async def add(session: Session, messages: Sequence[Outgoing], now: datetime) -> list[OutboxRow]:
    """Keep messages in order; the first attempt counts from here, since it follows the commit."""
    if not messages:
        return []
    values = [
        {
            "chat_id": message.chat_id,
            "thread_id": message.thread_id,
            "reply_to": message.reply_to,
            "edits": message.edits,
            "text": message.text,
            "buttons": [[list(button) for button in row] for row in message.buttons],
            "evidence_id": message.evidence_id,
            "state": OutboxState.WAITING,
            "attempts": 1,
            "created_at": now,
        }
        for message in messages
    ]
    added = insert(OutboxMessage).returning(OutboxMessage.id, sort_by_parameter_order=True)
    ids = await session.scalars(added, values)
    return [OutboxRow(row_id, message, 1) for row_id, message in zip(ids, messages, strict=True)]


async def waiting(session: Session) -> list[OutboxRow]:
    """What is not sent yet, in order."""
    query = select(OutboxMessage).where(OutboxMessage.state == OutboxState.WAITING)
    return [
        OutboxRow(
            row.id,
            Outgoing(
                chat_id=row.chat_id,
                text=row.text,
                thread_id=row.thread_id,
                reply_to=row.reply_to,
                edits=row.edits,
                buttons=tuple(
                    tuple((label, data) for label, data in buttons) for buttons in row.buttons
                ),
                evidence_id=row.evidence_id,
            ),
            row.attempts,
        )
        for row in await session.scalars(query.order_by(OutboxMessage.id))
    ]


async def count(session: Session, state: OutboxState) -> int:
    """How many messages are in a state."""
    query = select(func.count()).where(OutboxMessage.state == state)
    return (await session.execute(query)).scalar_one()


async def count_attempt(session: Session, row_id: int) -> None:
    """Note an attempt, before it is made."""
    tried = update(OutboxMessage).where(OutboxMessage.id == row_id)
    await session.execute(tried.values(attempts=OutboxMessage.attempts + 1))


async def end(
    session: Session, row_id: int, state: OutboxState, now: datetime, error: str = ""
) -> None:
    """Note what became of a message; the words of one that is sent are not kept."""
    values: dict[str, object] = {"state": state, "ended_at": now, "error": error or None}
    if state is OutboxState.SENT:
        values |= {"text": "", "buttons": []}
    await session.execute(update(OutboxMessage).where(OutboxMessage.id == row_id).values(values))


async def purge(session: Session, before: datetime) -> None:
    """Forget what was sent, or given up, before an instant."""
    await session.execute(
        delete(OutboxMessage).where(
            OutboxMessage.state != OutboxState.WAITING, OutboxMessage.ended_at < before
        )
    )
