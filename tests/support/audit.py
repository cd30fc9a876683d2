"""Whether the record allows what it tells, and explains all that is so: told by itself alone.

Nothing of the bot's own rules is asked: the rights are counted here from the events, in order.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from storage.engine import Session
from storage.events import Action, EventRow
from storage.ledger import history, verify
from storage.marks import contradictions
from storage.matrix import find_means
from storage.models import AdmittedChat, Evidence, Grant
from storage.records import AsOf, MeansFilter

FOCAL_ACTIONS = {Action.SUBMITTED, Action.EVIDENCE_ADDED, Action.WITHDRAWN}
REVIEWS = {Action.VERIFIED, Action.OBSERVED}
MANAGEMENT = {
    Action.GRANTED,
    Action.REVOKED,
    Action.REFUSED,
    Action.INVITED,
    Action.ADMITTED,
    Action.DISMISSED,
}
INVITED = "invitation"


@dataclass
class Audit:
    """The rights as they were at each event, and what was wrong."""

    units: Mapping[str, frozenset[str]]  # by the code of a means
    admin_ids: frozenset[int]
    held: set[tuple[int, str]] = field(default_factory=set)  # who, and the role as it is written
    chats: set[int] = field(default_factory=set)
    invitations: Counter[str] = field(default_factory=Counter)
    submitters: dict[str, list[int | None]] = field(default_factory=dict)  # of what is there now
    wrong: list[str] = field(default_factory=list)

    def read(self, event: EventRow) -> None:
        """Judge one event, then count what it changes."""
        if event.actor_id is not None and not self._may(event, event.actor_id):
            self.wrong.append(f"event {event.id}: {event.actor_id} {event.role} {event.action}")
        if event.code is not None:
            self._count_means(event, event.code)
        else:
            self._count_access(event, event.details)

    def _may(self, event: EventRow, actor_id: int) -> bool:
        name, _, unit = event.role.partition(":")
        is_held = (actor_id, event.role) in self.held
        if event.action in MANAGEMENT:
            if event.role == INVITED:
                role = _role(event.details)
                is_guest = event.details["user_id"] == actor_id
                return event.action is Action.GRANTED and is_guest and self.invitations[role] > 0
            return name == "admin" and (is_held or actor_id in self.admin_ids)
        submitters = self.submitters.get(event.code or "", [])
        if event.action in FOCAL_ACTIONS:
            is_own = event.action is not Action.WITHDRAWN or actor_id in submitters[:1]
            units = self.units[event.code or ""]
            return is_held and name == "focal" and unit in units and is_own
        if event.action in REVIEWS:
            return is_held and name == "follow_up" and actor_id not in submitters
        return is_held and name == "follow_up"

    def _count_means(self, event: EventRow, code: str) -> None:
        if event.action is Action.SUBMITTED:
            self.submitters[code] = [event.actor_id]
        elif event.action is Action.EVIDENCE_ADDED:
            self.submitters.setdefault(code, []).append(event.actor_id)
        elif event.action in {Action.WITHDRAWN, Action.OBSERVED}:
            self.submitters[code] = []

    def _count_access(self, event: EventRow, details: Mapping[str, Any]) -> None:
        match event.action:
            case Action.GRANTED:
                if event.role == INVITED:
                    self.invitations[_role(details)] -= 1
                self.held.add((details["user_id"], _role(details)))
            case Action.REVOKED:
                self.held.discard((details["user_id"], _role(details)))
            case Action.INVITED:
                self.invitations[_role(details)] += 1
            case Action.ADMITTED:
                self.chats.add(details["chat_id"])
            case Action.DISMISSED:
                self.chats.discard(details["chat_id"])
            case _:
                pass


def _role(details: Mapping[str, Any]) -> str:
    return f"{details['role']}:{details['unit']}" if details["unit"] else str(details["role"])


async def audit(
    session: Session,
    as_of: AsOf,
    *,
    admin_ids: frozenset[int] = frozenset(),
    moved: Collection[int] = (),
) -> list[str]:
    """Say what the record does not allow, or does not explain; nothing where all is well.

    Args:
        session: the database to look at.
        as_of: from where the matrix is looked at.
        admin_ids: the administrators by configuration.
        moved: groups that may have gone on under another id, and these ids: no event tells.
    """
    rows = await find_means(session, MeansFilter(), as_of)
    judge = Audit({row.code: frozenset(row.units) for row in rows}, admin_ids)
    events = await history(session)
    for event in events:
        judge.read(event)
    wrong = judge.wrong

    grants = await session.execute(select(Grant.user_id, Grant.role, Grant.unit))
    held = {(user_id, f"{role}:{unit}" if unit else role) for user_id, role, unit in grants}
    if held != judge.held:
        wrong.append(f"grants: {held ^ judge.held}")
    chats = set(await session.scalars(select(AdmittedChat.chat_id)))
    if strange := (chats ^ judge.chats) - set(moved):
        wrong.append(f"groups: {strange}")
    recorded = Counter(
        await session.scalars(select(Evidence.event_id).where(Evidence.event_id.is_not(None)))
    )
    wanted = {event.id: len(event.details.get("evidence", ())) for event in events}
    if recorded != Counter({event_id: count for event_id, count in wanted.items() if count}):
        wrong.append("evidence")
    chain = await verify(session)
    if chain.broken_at is not None or chain.events != len(events):
        wrong.append(f"chain: {chain}")
    wrong += [f"means: {each}" for each in await contradictions(session)]
    return wrong
