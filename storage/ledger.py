"""The append-only record: each event carries the hash of the one before."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, update

from storage.engine import Session
from storage.events import Action, EventRow
from storage.models import Event, RecordHead
from storage.roles import Actor

BATCH = 500  # events read at a time
NOTHING_YET = "0" * 64  # the hash before the first event


async def append(  # noqa: PLR0913 - what an event tells
    session: Session,
    action: Action,
    *,
    actor: Actor,
    role: str,
    now: datetime,
    means: tuple[str, str] | None = None,
    note: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> EventRow:
    """Add an event to the end of the chain; others who add wait for this transaction.

    Args:
        session: in which the effect is written too.
        action: what happened.
        actor: who did it.
        role: by which it was allowed.
        now: when.
        means: the number of the act and the code in it, where it is about a means.
        note: words of the actor.
        details: more, as JSON.
    """
    last_event, previous = await lock(session)
    act, code = means or (None, None)
    event = EventRow(
        id=last_event + 1,
        at=now,
        actor_id=actor.user_id,
        actor_name=actor.name,
        role=role,
        action=action,
        update_id=actor.update_id,
        act=act,
        code=code,
        note=note,
        details=dict(details or {}),
        previous=previous,
        hash="",
    )
    event = replace(event, hash=hash_of(event))
    await session.execute(insert(Event).values(asdict(event)))
    await session.execute(update(RecordHead).values(last_event=event.id, hash=event.hash))
    return event


async def lock(session: Session) -> tuple[int, str]:
    """Let nobody else add to the record before the end of this transaction; give its end."""
    head = select(RecordHead.last_event, RecordHead.hash).with_for_update()
    last_event, hashed = (await session.execute(head)).one()
    return last_event, hashed


def hash_of(event: Event | EventRow) -> str:
    """Count the SHA-256 of everything in an event but its own hash, in one canonical form."""
    parts = [
        event.id,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.actor_name,
        event.role,
        event.action,
        event.update_id,
        event.act,
        event.code,
        event.note,
        event.details,
        event.previous,
    ]
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


async def history(
    session: Session, means: tuple[str, str] | None = None, *, limit: int | None = None
) -> list[EventRow]:
    """The newest events, of one means or of all, the oldest of them first."""
    query = select(Event).order_by(Event.id.desc()).limit(limit)
    if means is not None:
        query = query.where(Event.act == means[0], Event.code == means[1])
    return [event_row(event) for event in await session.scalars(query)][::-1]


async def events_since(session: Session, event_id: int) -> list[EventRow]:
    """The events later than one, in order."""
    query = select(Event).where(Event.id > event_id).order_by(Event.id)
    return [event_row(event) for event in await session.scalars(query)]


async def last_event(session: Session) -> int:
    """The number of the newest event; 0 before the first."""
    return await session.scalar(select(RecordHead.last_event)) or 0


class Break(StrEnum):
    """How a chain breaks."""

    MISSING = "missing"  # the event is not there
    ALTERED = "altered"  # it says something else than its hash
    UNLINKED = "unlinked"  # it does not follow the one before
    CUT = "cut"  # the end is not the one that was written last


@dataclass(frozen=True, slots=True)
class Chain:
    """What a look at the whole chain found; `broken_at` None where it holds."""

    events: int
    broken_at: int | None = None
    how: Break | None = None


async def verify(session: Session) -> Chain:
    """Follow the chain from its first event to its end."""
    previous, last = NOTHING_YET, 0
    async for event in _every_row(session):
        if event.id != last + 1:
            return Chain(last, last + 1, Break.MISSING)
        if event.previous != previous:
            return Chain(last, event.id, Break.UNLINKED)
        if event.hash != hash_of(event):
            return Chain(last, event.id, Break.ALTERED)
        previous, last = event.hash, event.id
    head = (await session.execute(select(RecordHead.last_event, RecordHead.hash))).one_or_none()
    if head is None or tuple(head) != (last, previous):
        return Chain(last, last + 1, Break.CUT)
    return Chain(last)


async def every_event(session: Session) -> AsyncIterator[EventRow]:
    """Read all events in order, some at a time."""
    async for event in _every_row(session):
        yield event_row(event)


async def _every_row(session: Session) -> AsyncIterator[Event]:
    last = -1
    while True:
        query = select(Event).where(Event.id > last).order_by(Event.id).limit(BATCH)
        rows = list(await session.scalars(query))
        for row in rows:
            yield row
        if len(rows) < BATCH:
            return
        last = rows[-1].id


def event_row(event: Event) -> EventRow:
    """An event out of its row."""
    return EventRow(
        id=event.id,
        at=event.at,
        actor_id=event.actor_id,
        actor_name=event.actor_name,
        role=event.role,
        action=Action(event.action),
        update_id=event.update_id,
        act=event.act,
        code=event.code,
        note=event.note,
        details=event.details,
        previous=event.previous,
        hash=event.hash,
    )
