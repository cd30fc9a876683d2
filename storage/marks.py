"""What is done about a means: each change with its event, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import select, update

from storage.engine import Session
from storage.errors import ConflictError
from storage.events import TRANSITIONS, Action, EventRow, State, state_after, state_in
from storage.ledger import append, event_row, every_event
from storage.models import Act, Event, VerificationMeans
from storage.records import Status
from storage.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be done about a means, by whom, and what was known of it.

    `seen` is the last event of the means when the person saw it: another one since then makes
    the change a conflict.
    """

    means_id: int
    seen: int
    action: Action
    actor: Actor
    role: str
    note: str | None = None
    due_on: date | None = None  # REPROGRAMMED: the new one
    details: Mapping[str, Any] | None = None


async def change(session: Session, wanted: Change, now: datetime) -> EventRow:
    """Change a means and record it.

    Raises:
        ConflictError: the means is gone, has changed since, or does not stand so that it can be.
    """
    query = (
        select(
            Act.number,
            VerificationMeans.code,
            VerificationMeans.status,
            VerificationMeans.due_on,
            VerificationMeans.last_event,
        )
        .join(Act, Act.id == VerificationMeans.act_id)
        .where(VerificationMeans.id == wanted.means_id)
        .with_for_update(of=VerificationMeans)
    )
    found = (await session.execute(query)).one_or_none()
    transition = TRANSITIONS[wanted.action]
    if found is None or found.last_event != wanted.seen or found.status not in transition.sources:
        raise ConflictError
    means = (found.number, found.code)
    before = State(Status(found.status), found.due_on)
    status = transition.target or before.status
    if wanted.action is Action.WITHDRAWN:
        status = await _status_before(session, means)
    after = State(status, wanted.due_on or before.due_on)
    event = await append(
        session,
        wanted.action,
        actor=wanted.actor,
        role=wanted.role,
        now=now,
        means=means,
        note=wanted.note,
        details={
            "before": before.as_json(),
            "after": after.as_json(),
            **(wanted.details or {}),
        },
    )
    await session.execute(
        update(VerificationMeans)
        .where(VerificationMeans.id == wanted.means_id)
        .values(status=after.status, due_on=after.due_on, last_event=event.id)
    )
    return event


async def _status_before(session: Session, means: tuple[str, str]) -> Status:
    """How a means stood before it was handed in."""
    submission = await last_submission(session, means)
    if submission is None:
        raise ConflictError
    return state_in(submission.details["before"]).status


async def last_submission(session: Session, means: tuple[str, str]) -> EventRow | None:
    """The event by which a means was handed in last."""
    query = (
        select(Event)
        .where(Event.act == means[0], Event.code == means[1], Event.action == Action.SUBMITTED)
        .order_by(Event.id.desc())
        .limit(1)
    )
    found = await session.scalar(query)
    return None if found is None else event_row(found)


async def submissions_since(session: Session, means: tuple[str, str]) -> list[EventRow]:
    """How a means was handed in last, and what was added to it since."""
    submission = await last_submission(session, means)
    if submission is None:
        return []
    query = select(Event).where(
        Event.act == means[0],
        Event.code == means[1],
        Event.id >= submission.id,
        Event.action.in_([Action.SUBMITTED, Action.EVIDENCE_ADDED]),
    )
    return [event_row(event) for event in await session.scalars(query.order_by(Event.id))]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A means that stands otherwise than its events say; `told` None where these cannot be."""

    act: str
    code: str
    kept: State
    told: State | None


async def contradictions(session: Session) -> list[Contradiction]:
    """The means whose state is not what their events say."""
    events = sorted(
        [event async for event in every_event(session) if event.code is not None],
        key=lambda event: (event.act or "", event.code or "", event.id),
    )
    told = {means: list(group) for means, group in groupby(events, key=attrgetter("act", "code"))}
    query = (
        select(
            Act.number,
            VerificationMeans.code,
            VerificationMeans.signed_on,
            VerificationMeans.due_on,
            VerificationMeans.status,
            VerificationMeans.last_event,
        )
        .join(Act, Act.id == VerificationMeans.act_id)
        .order_by(VerificationMeans.act_id, VerificationMeans.position)
    )
    found = []
    for row in await session.execute(query):
        of_means = told.get((row.number, row.code), [])
        kept, state = State(Status(row.status), row.due_on), state_after(row.signed_on, of_means)
        last = of_means[-1].id if of_means else 0
        if kept != state or last != row.last_event:
            found.append(Contradiction(row.number, row.code, kept, state))
    return found
