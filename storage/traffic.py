"""The states of what comes in and goes out, and what is handed over of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

Buttons = tuple[tuple[tuple[str, str], ...], ...]  # rows of label and data


class InboxState(StrEnum):
    """What became of an update."""

    NEW = "new"
    DONE = "done"
    ASIDE = "aside"  # it failed again and again


class OutboxState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENDING = "sending"  # a notice whose attempt is committed and not yet decided
    SENT = "sent"
    EMPTY = "empty"  # at the moment of sending there was nothing to say
    HELD = "held"  # it may have arrived, and must not come twice
    FAILED = "failed"  # it will not be tried again


UNFINISHED = frozenset({OutboxState.WAITING, OutboxState.SENDING})


class Sort(StrEnum):
    """What a message is to who gets it.

    An answer or a reminder that may have arrived is sent again: to miss it harms more than to
    read it twice. A digest is not.
    """

    REPLY = "reply"
    DIGEST = "digest"
    REMINDER = "reminder"


class DraftKind(StrEnum):
    """What a dialogue is about."""

    SUBMIT = "submit"
    OBSERVE = "observe"
    REPROGRAM = "reprogram"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An update that is not done, as JSON, and how often it was tried."""

    id: int
    raw: str
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message to send, within Telegram's limits; `edits` the message it takes the place of."""

    chat_id: int
    text: str
    thread_id: int | None = None
    reply_to: int | None = None
    edits: int | None = None
    buttons: Buttons = ()
    evidence_id: int | None = None
    is_secret: bool = False  # its words are forgotten once they are sent


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message that waits, and how often it was tried."""

    id: int
    message: Outgoing
    attempts: int
    sort: Sort = Sort.REPLY
    subscription_id: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What one message brings by itself: a digest of a subscription, or a chat's reminder."""

    sort: Sort
    chat_id: int
    thread_id: int | None
    subscription_id: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A message that was not sent, or of which nobody knows it: where to, why, since when."""

    id: int
    chat_id: int
    sort: Sort
    state: OutboxState
    error: str
    attempts: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A dialogue of one person in one chat; `revision` counts its changes."""

    id: int
    chat_id: int
    user_id: int
    kind: DraftKind
    values: dict[str, Any]
    revision: int
    touched_at: datetime
    is_asleep: bool
