"""Messages to be sent: committed with what they tell of, sent after, by any of several programs.

An answer waits until it is sent, and what may have arrived is sent again. A notice is composed
when it is about to be sent; its attempt is committed before the call, so that a digest that may
have arrived is held and not repeated.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from storage.engine import Session
from storage.models import OutboxMessage
from storage.traffic import UNFINISHED, Held, Notice, OutboxRow, OutboxState, Outgoing, Sort

INTERRUPTED = "interrupted"  # the program ended between the attempt and its outcome


async def add(
    session: Session, messages: Sequence[Outgoing], now: datetime, owner: int | None
) -> list[OutboxRow]:
    """Keep answers in order; the first attempt counts from here, since it follows the commit.

    Args:
        session: in which they are written.
        messages: what is to be sent.
        now: when.
        owner: the program that sends them, as long as it lives; None for any.
    """
    if not messages:
        return []
    values = [
        {
            "chat_id": message.chat_id,
            "thread_id": message.thread_id,
            "reply_to": message.reply_to,
            "edits": message.edits,
            "text": message.text,
            "buttons": _as_json(message),
            "evidence_id": message.evidence_id,
            "is_secret": message.is_secret,
            "sort": Sort.REPLY,
            "state": OutboxState.WAITING,
            "attempts": 1,
            "owner": owner,
            "created_at": now,
        }
        for message in messages
    ]
    added = insert(OutboxMessage).returning(OutboxMessage.id, sort_by_parameter_order=True)
    ids = await session.scalars(added, values)
    return [OutboxRow(row_id, message, 1) for row_id, message in zip(ids, messages, strict=True)]


async def notices_for(
    session: Session, wanted: Iterable[Notice], now: datetime
) -> dict[Notice, int]:
    """Give the message that is to bring each notice, composed when it is sent.

    One that waits already brings what is missed since, too.
    """
    lacking = dict.fromkeys(wanted)
    query = (
        select(OutboxMessage)
        .where(
            OutboxMessage.state == OutboxState.WAITING,
            OutboxMessage.sort != Sort.REPLY,
            OutboxMessage.chat_id.in_({notice.chat_id for notice in lacking}),
        )
        .order_by(OutboxMessage.id.desc())
        .with_for_update()
    )
    waiting = {
        Notice(Sort(row.sort), row.chat_id, row.thread_id, row.subscription_id): row.id
        for row in await session.scalars(query)
    }
    found = {notice: waiting[notice] for notice in lacking if notice in waiting}
    new = [notice for notice in lacking if notice not in found]
    if new:
        values: list[dict[str, Any]] = [
            {
                "chat_id": notice.chat_id,
                "thread_id": notice.thread_id,
                "text": "",
                "buttons": [],
                "is_secret": False,
                "sort": notice.sort,
                "subscription_id": notice.subscription_id,
                "state": OutboxState.WAITING,
                "attempts": 0,
                "created_at": now,
            }
            for notice in new
        ]
        added = insert(OutboxMessage).returning(OutboxMessage.id, sort_by_parameter_order=True)
        found |= zip(new, await session.scalars(added, values), strict=True)
    return found


def _as_json(message: Outgoing) -> list[list[list[str]]]:
    return [[list(button) for button in row] for row in message.buttons]


# Who sends what.


async def release(session: Session, alive: Collection[int]) -> None:
    """Let go of what programs were to send that live no more.

    A digest whose attempt was under way may have arrived: it is held.
    """
    lost = OutboxMessage.owner.is_not(None) & OutboxMessage.owner.not_in(alive)
    sending = update(OutboxMessage).where(lost, OutboxMessage.state == OutboxState.SENDING)
    held = sending.where(OutboxMessage.sort == Sort.DIGEST)
    await session.execute(held.values(state=OutboxState.HELD, error=INTERRUPTED))
    await session.execute(sending.values(state=OutboxState.WAITING))
    waiting = update(OutboxMessage).where(lost, OutboxMessage.state == OutboxState.WAITING)
    await session.execute(waiting.values(owner=None))


async def has_unclaimed(session: Session, alive: Collection[int]) -> bool:
    """Whether anything is left that no living program is to send."""
    nobodys = OutboxMessage.owner.is_(None) | OutboxMessage.owner.not_in(alive)
    query = select(OutboxMessage.id).where(OutboxMessage.state.in_(UNFINISHED), nobodys)
    return (await session.execute(query.limit(1))).first() is not None


async def claim(
    session: Session, owner: int, limit: int | None, *, is_start: bool = False
) -> list[OutboxRow]:
    """Take messages that nobody is to send yet; no other program gets them.

    Of each chat only its first unfinished message is taken, so that they go out in order. At the
    start of a program it takes all answers at once, of chats at which no other program is.
    """
    earlier = aliased(OutboxMessage)
    unfinished = select(earlier.id).where(
        earlier.chat_id == OutboxMessage.chat_id, earlier.state.in_(UNFINISHED)
    )
    before = (
        unfinished.where(earlier.owner.is_not(None))
        if is_start
        else unfinished.where(earlier.id < OutboxMessage.id)
    )
    query = (
        select(OutboxMessage)
        .where(
            OutboxMessage.state == OutboxState.WAITING,
            OutboxMessage.owner.is_(None),
            ~before.exists(),
        )
        .order_by(OutboxMessage.id)
        .with_for_update(skip_locked=True)
    )
    answers = OutboxMessage.sort == Sort.REPLY
    query = query.where(answers) if is_start else query.limit(limit)
    rows = [_row(row) for row in await session.scalars(query)]
    taken = update(OutboxMessage).where(OutboxMessage.id.in_([row.id for row in rows]))
    await session.execute(taken.values(owner=owner))
    return rows


def _row(row: OutboxMessage) -> OutboxRow:
    message = Outgoing(
        chat_id=row.chat_id,
        text=row.text,
        thread_id=row.thread_id,
        reply_to=row.reply_to,
        edits=row.edits,
        buttons=tuple(tuple((label, data) for label, data in buttons) for buttons in row.buttons),
        evidence_id=row.evidence_id,
        is_secret=row.is_secret,
    )
    return OutboxRow(row.id, message, row.attempts, Sort(row.sort), row.subscription_id)


async def is_ours(session: Session, row_id: int, owner: int) -> bool:
    """Whether a program is still to send a notice; till the end of the transaction it stays so."""
    query = select(OutboxMessage.id).where(
        OutboxMessage.id == row_id,
        OutboxMessage.state == OutboxState.WAITING,
        OutboxMessage.owner == owner,
    )
    return (await session.scalar(query.with_for_update())) is not None


async def begin(session: Session, row_id: int, message: Outgoing, told_event: int | None) -> None:
    """Commit the attempt to send a notice, as it is composed now."""
    begun = update(OutboxMessage).where(OutboxMessage.id == row_id)
    await session.execute(
        begun.values(
            state=OutboxState.SENDING,
            text=message.text,
            buttons=_as_json(message),
            told_event=told_event,
            attempts=OutboxMessage.attempts + 1,
        )
    )


async def postpone(session: Session, row_id: int) -> None:
    """Note that a notice was surely not sent, or may be sent once more."""
    later = update(OutboxMessage).where(
        OutboxMessage.id == row_id, OutboxMessage.state == OutboxState.SENDING
    )
    await session.execute(later.values(state=OutboxState.WAITING))


async def count_attempt(session: Session, row_id: int) -> None:
    """Note another attempt to send an answer, before it is made."""
    tried = update(OutboxMessage).where(OutboxMessage.id == row_id)
    await session.execute(tried.values(attempts=OutboxMessage.attempts + 1))


# What becomes of them.


async def end(
    session: Session, row_id: int, state: OutboxState, now: datetime, error: str = ""
) -> int | None:
    """Note what became of a message; the words of a secret one go with that.

    Gives the last event that it told of, of a digest.
    """
    text = case((OutboxMessage.is_secret, ""), else_=OutboxMessage.text)
    ended = update(OutboxMessage).where(OutboxMessage.id == row_id)
    values = {"state": state, "ended_at": now, "error": error or None, "text": text}
    return await session.scalar(ended.values(values).returning(OutboxMessage.told_event))


async def repeat(session: Session, row_id: int) -> bool:
    """Send a held or failed message once more; False when there is none to repeat."""
    over = OutboxMessage.state.in_([OutboxState.HELD, OutboxState.FAILED])
    again = update(OutboxMessage).where(OutboxMessage.id == row_id, over)
    values = {"state": OutboxState.WAITING, "owner": None, "error": None, "ended_at": None}
    return (await session.scalar(again.values(values).returning(OutboxMessage.id))) is not None


async def drop(session: Session, row_id: int, now: datetime) -> bool:
    """Let a held message be, as if it had arrived; False when there is none."""
    held = update(OutboxMessage).where(
        OutboxMessage.id == row_id, OutboxMessage.state == OutboxState.HELD
    )
    values = {"state": OutboxState.SENT, "ended_at": now}
    return (await session.scalar(held.values(values).returning(OutboxMessage.id))) is not None


async def move_chat(session: Session, old: int, new: int) -> None:
    """Follow a group that became a supergroup."""
    moved = update(OutboxMessage).where(
        OutboxMessage.chat_id == old, OutboxMessage.state.in_(UNFINISHED)
    )
    await session.execute(moved.values(chat_id=new))


async def counts(session: Session) -> dict[tuple[Sort, OutboxState], int]:
    """How many messages of each sort are in each state."""
    query = select(OutboxMessage.sort, OutboxMessage.state, func.count()).group_by(
        OutboxMessage.sort, OutboxMessage.state
    )
    return {
        (Sort(sort), OutboxState(state)): number
        for sort, state, number in await session.execute(query)
    }


async def in_trouble(session: Session, limit: int) -> list[Held]:
    """What is held or failed, the newest first."""
    over = OutboxMessage.state.in_([OutboxState.HELD, OutboxState.FAILED])
    query = select(OutboxMessage).where(over).order_by(OutboxMessage.id.desc()).limit(limit)
    return [
        Held(
            row.id,
            row.chat_id,
            Sort(row.sort),
            OutboxState(row.state),
            row.error or "",
            row.attempts,
            row.ended_at or row.created_at,
        )
        for row in await session.scalars(query)
    ]


async def purge(session: Session, before: datetime) -> None:
    """Forget what came to its end before an instant."""
    await session.execute(
        delete(OutboxMessage).where(
            OutboxMessage.state.not_in(UNFINISHED), OutboxMessage.ended_at < before
        )
    )
