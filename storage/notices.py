"""What a chat asks to be told by itself, and when; and what becomes of each time."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from storage.records import Ref

LEAD_DAYS = (30, 7, 1)  # before the due day, unless somebody chooses others
MORNING = time(8)


class Rhythm(StrEnum):
    """How often a digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class About(StrEnum):
    """What a subscription tells of."""

    MEANS = "means"  # what is due, late, handed in
    REVIEW = "review"  # what waits for follow-up


class SubscriptionState(StrEnum):
    """Whether notices are sent."""

    ACTIVE = "active"
    ENDED = "ended"  # somebody ended it
    CLOSED = "closed"  # the chat takes nothing from us, or may not read any more


class NoticeKind(StrEnum):
    """What an occurrence brings."""

    DIGEST = "digest"
    REMINDER = "reminder"  # before the due day
    LATE = "late"  # after it, once a week


@dataclass(frozen=True, slots=True)
class Scope:
    """Which means are told of: fields narrow, the values within one widen; empty is all."""

    units: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()  # keys
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When notices come, in the local time of a zone.

    `rhythm` None is no digest, and no `lead_days` are no reminders. Late means are told of in
    the digests; where these do not come every week, once a week by themselves, if `tells_late`.
    """

    rhythm: Rhythm | None = Rhythm.WEEKLY
    weekdays: tuple[int, ...] = (0,)  # Monday is 0
    month_day: int = 1  # of a monthly digest; in a shorter month its last day
    at: time = MORNING
    zone: str = "America/Lima"
    lead_days: tuple[int, ...] = LEAD_DAYS
    tells_late: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionRow:
    """What one chat, or one topic of it, asked to be told."""

    id: int
    chat_id: int
    thread_id: int | None
    title: str  # of the chat, for people
    about: About
    scope: Scope
    schedule: Schedule
    tells_nothing: bool  # whether a digest with nothing in it is sent all the same
    state: SubscriptionState
    paused_until: datetime | None
    planned_until: datetime  # every slot up to here has its occurrences
    told_event: int  # the last event of the record that a digest told of
    created_by: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """One time at which a subscription may have something to tell."""

    kind: NoticeKind
    day: date  # where the subscriber is
    due_at: datetime


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    """A slot of a subscription that exists, once."""

    id: int
    subscription_id: int
    kind: NoticeKind
    day: date
    due_at: datetime
