"""Means that somebody marks: an act to load, and the changes that bring a means to a status."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from storage.engine import Database, Session
from storage.events import Action, EventRow
from storage.load import load_act
from storage.marks import Change, change
from storage.matrix import find_means
from storage.records import Level, MeansFilter, MeansRow, Ref, Status
from storage.roles import Actor
from tests.storage.matrices import TODAY
from tests.support.acts import GivenMeans, act

ACT = "002-2021"
NOW = datetime(2021, 5, 14, 17, 30, 1, 250, tzinfo=UTC)
SIGNED_ON = date(2021, 6, 30)
MOVED_TO = date(2021, 9, 30)
ANA = Actor(5_000_000_001, "Ana Ñahui", 700_000_001)  # beyond 32 bits
LUIS = Actor(5_000_000_002, "Luis", 700_000_002)

WAYS: Mapping[Status, Sequence[Action]] = {  # what brings a means to a status
    Status.PENDING: (),
    Status.SUBMITTED: (Action.SUBMITTED,),
    Status.OBSERVED: (Action.SUBMITTED, Action.OBSERVED),
    Status.VERIFIED: (Action.SUBMITTED, Action.VERIFIED),
}


async def load(database: Database, *codes: str) -> None:
    """Load an act of means with these codes, all due on the same day."""
    async with database.write() as session:
        await load_act(session, act(*(GivenMeans(code, due_on=SIGNED_ON) for code in codes)))


async def find(session: Session, code: str) -> MeansRow:
    """The means of a code."""
    wanted = MeansFilter(refs=(Ref(Level.MEANS, code),))
    [row] = await find_means(session, wanted, TODAY)
    return row


async def do(
    session: Session,
    code: str,
    action: Action,
    *,
    actor: Actor = ANA,
    seen: int | None = None,
    **more: Any,
) -> EventRow:
    """Change a means, by default as somebody who has just seen it."""
    row = await find(session, code)
    if action is Action.REPROGRAMMED:
        more.setdefault("due_on", MOVED_TO)
    wanted = Change(
        means_id=row.id,
        seen=row.last_event if seen is None else seen,
        action=action,
        actor=actor,
        role="focal:UTAI",
        **more,
    )
    return await change(session, wanted, NOW)


async def bring_to(session: Session, code: str, status: Status) -> None:
    """Do what leads a pending means to a status."""
    for action in WAYS[status]:
        await do(session, code, action)
