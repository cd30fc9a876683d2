"""Durable reception: an update is kept before Telegram is told that we have it."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, insert, select, update

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


async def unfinished(session: Session) -> list[InboxRow]:
    """What is not done, in the order in which it came."""
    query = select(InboxUpdate.id, InboxUpdate.raw, InboxUpdate.attempts)
    rows = await session.execute(
        query.where(InboxUpdate.state == InboxState.NEW).order_by(InboxUpdate.id)
    )
    return [InboxRow(*row) for row in rows]


async def finish(session: Session, row_id: int) -> bool:
    """Mark an update as done, together with its effect; False when somebody else has done it."""
    done = (
        update(InboxUpdate)
        .where(InboxUpdate.id == row_id, InboxUpdate.state == InboxState.NEW)
        .values(state=InboxState.DONE, raw="", error=None)
    )
    return bool((await session.execute(done)).rowcount)  # type: ignore[attr-defined]


async def count_attempt(session: Session, row_id: int) -> None:
    """Note that a run of the program found an update unfinished."""
    found = update(InboxUpdate).where(InboxUpdate.id == row_id)
    await session.execute(found.values(attempts=InboxUpdate.attempts + 1))


async def set_aside(session: Session, row_id: int, error: str) -> None:
    """Give an update up, with the ticket under which the log tells why; it is kept."""
    given_up = update(InboxUpdate).where(
        InboxUpdate.id == row_id, InboxUpdate.state == InboxState.NEW
    )
    await session.execute(given_up.values(state=InboxState.ASIDE, error=error))


async def purge(session: Session, before: datetime) -> None:
    """Forget what was done before an instant."""
    await session.execute(
        delete(InboxUpdate).where(
            InboxUpdate.state == InboxState.DONE, InboxUpdate.received_at < before
        )
    )
