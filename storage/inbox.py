"""Durable reception: an update is kept before Telegram is told that we have it."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, func, insert, select, update

from storage.engine import Session
from storage.models import InboxUpdate
from storage.traffic import InboxRow, InboxState


async def store(
    session: Session, updates: Sequence[tuple[int, str]], now: datetime
) -> list[InboxRow]:
    """Keep updates, as their id and their JSON; give those that were not there before.

    One that comes twice has the same id and the same text; ids alone begin anew some day.
    """
    wanted = {(update_id, _digest(raw)): raw for update_id, raw in updates}
    known = select(InboxUpdate.update_id, InboxUpdate.digest).where(
        InboxUpdate.update_id.in_([update_id for update_id, _ in wanted])
    )
    for update_id, digest in await session.execute(known):
        wanted.pop((update_id, digest), None)
    if not wanted:
        return []
    values = [
        {
            "update_id": update_id,
            "digest": digest,
            "raw": raw,
            "state": InboxState.NEW,
            "attempts": 0,
            "received_at": now,
        }
        for (update_id, digest), raw in wanted.items()
    ]
    added = insert(InboxUpdate).returning(InboxUpdate.id, sort_by_parameter_order=True)
    ids = await session.scalars(added, values)
    return [InboxRow(row_id, raw, 0) for row_id, raw in zip(ids, wanted.values(), strict=True)]


def _digest(raw: str) -> str:
    return sha256(raw.encode()).hexdigest()


async def take_up(session: Session) -> list[InboxRow]:
    """Count one more attempt for all that is not done, and give it in the order it came.

    An update that ends the program each time is known by its many attempts.
    """
    is_new = InboxUpdate.state == InboxState.NEW
    await session.execute(
        update(InboxUpdate).where(is_new).values(attempts=InboxUpdate.attempts + 1)
    )
    query = select(InboxUpdate.id, InboxUpdate.raw, InboxUpdate.attempts).where(is_new)
    return [InboxRow(*row) for row in await session.execute(query.order_by(InboxUpdate.id))]


async def has_more_of_album(session: Session, album: str) -> bool:
    """Whether other pictures of an album have come and are not handled yet."""
    part = f'"media_group_id": {json.dumps(album)}'
    waiting = select(InboxUpdate.id).where(
        InboxUpdate.state == InboxState.NEW, InboxUpdate.raw.contains(part, autoescape=True)
    )
    return (await session.execute(waiting.limit(1))).first() is not None


async def unfinished_count(session: Session) -> int:
    """How many updates are not done."""
    query = select(func.count()).where(InboxUpdate.state == InboxState.NEW)
    return (await session.execute(query)).scalar_one()


async def tickets_aside(session: Session) -> list[str]:
    """The tickets of what was given up, in the order in which it came."""
    query = select(InboxUpdate.error).where(InboxUpdate.state == InboxState.ASIDE)
    return [error or "" for error in await session.scalars(query.order_by(InboxUpdate.id))]


async def finish(session: Session, row_id: int) -> bool:
    """Mark an update as done, together with its effect; False when somebody else has done it."""
    done = (
        update(InboxUpdate)
        .where(InboxUpdate.id == row_id, InboxUpdate.state == InboxState.NEW)
        .values(state=InboxState.DONE, raw="", error=None)
    )
    return bool((await session.execute(done)).rowcount)  # type: ignore[attr-defined]


async def set_aside(session: Session, row_id: int, error: str) -> bool:
    """Give an update up, with the ticket under which the log tells why; it is kept.

    False for one that is done: what failed was only to hear that its effect is committed.
    """
    given_up = update(InboxUpdate).where(
        InboxUpdate.id == row_id, InboxUpdate.state == InboxState.NEW
    )
    changed = await session.execute(given_up.values(state=InboxState.ASIDE, error=error))
    return bool(changed.rowcount)  # type: ignore[attr-defined]


async def purge(session: Session, before: datetime) -> None:
    """Forget what was done before an instant."""
    await session.execute(
        delete(InboxUpdate).where(
            InboxUpdate.state == InboxState.DONE, InboxUpdate.received_at < before
        )
    )
