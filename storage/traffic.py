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
    SENT = "sent"
    FAILED = "failed"  # it will not be tried again


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


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message that waits, and how often it was tried."""

    id: int
    message: Outgoing
    attempts: int


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
