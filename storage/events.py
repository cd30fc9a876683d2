"""What can happen, and how the state of a means follows from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.records import Status


class Action(StrEnum):
    """What an event tells."""

    SUBMITTED = "submitted"
    EVIDENCE_ADDED = "evidence_added"
    WITHDRAWN = "withdrawn"
    VERIFIED = "verified"
    OBSERVED = "observed"
    REPROGRAMMED = "reprogrammed"
    GRANTED = "granted"
    REVOKED = "revoked"
    REFUSED = "refused"  # a request for access
    INVITED = "invited"
    ADMITTED = "admitted"  # a group
    DISMISSED = "dismissed"
    MOVED = "moved"  # a group, to another id


@dataclass(frozen=True, slots=True)
class Transition:
    """From which statuses an action is possible, and to which it leads; None leaves it."""

    sources: frozenset[Status]
    target: Status | None


OPEN = frozenset({Status.PENDING, Status.OBSERVED})
UNVERIFIED = OPEN | {Status.SUBMITTED}
TRANSITIONS: Mapping[Action, Transition] = {
    Action.SUBMITTED: Transition(OPEN, Status.SUBMITTED),
    Action.EVIDENCE_ADDED: Transition(frozenset({Status.SUBMITTED}), None),
    # back to where it stood before it was handed in
    Action.WITHDRAWN: Transition(frozenset({Status.SUBMITTED}), None),
    Action.VERIFIED: Transition(frozenset({Status.SUBMITTED}), Status.VERIFIED),
    # a verification can be a mistake too
    Action.OBSERVED: Transition(frozenset({Status.SUBMITTED, Status.VERIFIED}), Status.OBSERVED),
    Action.REPROGRAMMED: Transition(UNVERIFIED, None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event of the record; `details` holds nothing but JSON.

    For a means they are `before` and `after` with `status` and `due_on`, and where there are any
    `document`, `document_on` and `evidence`.
    """

    id: int
    at: datetime
    actor_id: int | None
    actor_name: str
    role: str
    action: Action
    update_id: int | None
    act: str | None
    code: str | None
    note: str | None
    details: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class State:
    """How a means stands: its status and its valid due day."""

    status: Status
    due_on: date

    def as_json(self) -> dict[str, str]:
        """Give it as an event keeps it."""
        return {"status": self.status.value, "due_on": self.due_on.isoformat()}


def state_in(values: Mapping[str, str]) -> State:
    """Read what `State.as_json` wrote."""
    return State(Status(values["status"]), date.fromisoformat(values["due_on"]))


def state_after(signed_on: date, events: Iterable[EventRow]) -> State | None:
    """Tell how a means stands after its events; None where these contradict one another.

    Until it is reprogrammed a means is due on its signed day, which the act may have corrected
    since an event told of it.
    """
    status, before_submission, moved_to = Status.PENDING, Status.PENDING, None
    for event in events:
        transition = TRANSITIONS[event.action]
        before, after = state_in(event.details["before"]), state_in(event.details["after"])
        if status not in transition.sources or before != State(status, moved_to or before.due_on):
            return None
        if event.action is Action.SUBMITTED:
            before_submission = status
        status = transition.target or status
        if event.action is Action.WITHDRAWN:
            status = before_submission
        if event.action is Action.REPROGRAMMED:
            moved_to = after.due_on
        if after != State(status, moved_to or before.due_on):
            return None
    return State(status, moved_to or signed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """A file or a link; `id` 0 for one that is not kept yet."""

    id: int = 0
    label: str
    url: str | None = None
    stored_name: str | None = None
    mime: str | None = None
    size: int | None = None
    sha256: str | None = None

    def as_json(self) -> dict[str, object]:
        """Give what the record tells of it."""
        told = {
            "label": self.label,
            "url": self.url,
            "mime": self.mime,
            "size": self.size,
            "sha256": self.sha256,
        }
        return {name: value for name, value in told.items() if value is not None}
