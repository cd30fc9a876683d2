"""When a subscription may have something to tell: its slots, in the zone of who is told; pure."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.notices import NoticeKind, Rhythm, Schedule, Slot, SubscriptionRow

DAY = timedelta(days=1)
LONGEST = timedelta(days=400)  # looked back after an outage


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant of a local time, in UTC.

    Where the clock is put forward over it, the first instant after; where it is put back, the
    first of the two.
    """
    local = datetime.combine(day, at, zone)
    late = local.astimezone(UTC)
    if late.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return late
    early = local.replace(fold=1).astimezone(UTC)  # before the clock is put forward
    wanted = local.replace(tzinfo=None)
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        is_after = middle.astimezone(zone).replace(tzinfo=None) >= wanted
        early, late = (early, middle) if is_after else (middle, late)
    return late.replace(microsecond=0)


def slots(schedule: Schedule, after: datetime, until: datetime) -> list[Slot]:
    """The slots of a schedule, in order, later than `after` and up to `until`.

    A reminder has one each day: whether there is anything to be reminded of, the means tell.
    """
    first = max(after, until - LONGEST)
    return [slot for slot in _slots_from(schedule, first, until) if first < slot.due_at <= until]


def next_slot(schedule: Schedule, after: datetime) -> datetime | None:
    """The instant of the first slot later than `after`; None where there is none."""
    until = after + timedelta(days=32)  # every rhythm has one within a month
    found = (slot.due_at for slot in _slots_from(schedule, after, until) if slot.due_at > after)
    return next(found, None)


def rested(row: SubscriptionRow, now: datetime) -> datetime:
    """From when a subscription is told again: now, or the end of its rest."""
    return max(now, row.paused_until or now)


def _slots_from(schedule: Schedule, first: datetime, until: datetime) -> Iterator[Slot]:
    zone = ZoneInfo(schedule.zone)
    day = first.astimezone(zone).date()
    last = until.astimezone(zone).date()
    while day <= last:
        kinds = list(_kinds(schedule, day))
        if kinds:
            due_at = instant(day, schedule.at, zone)
            yield from (Slot(kind, day, due_at) for kind in kinds)
        day += DAY


def _kinds(schedule: Schedule, day: date) -> Iterator[NoticeKind]:
    """What may be told on a day."""
    if has_digest(schedule, day):
        yield NoticeKind.DIGEST
    if schedule.lead_days:
        yield NoticeKind.REMINDER
    if tells_late_alone(schedule) and day.weekday() == _late_weekday(schedule):
        yield NoticeKind.LATE


def has_digest(schedule: Schedule, day: date) -> bool:
    """Whether a digest comes on a day."""
    match schedule.rhythm:
        case Rhythm.DAILY:
            return True
        case Rhythm.WEEKLY:
            return day.weekday() in schedule.weekdays
        case Rhythm.MONTHLY:
            return day.day == min(schedule.month_day, monthrange(day.year, day.month)[1])
        case _:
            return False


def tells_late_alone(schedule: Schedule) -> bool:
    """Whether late means have a notice of their own, since no digest tells of them each week."""
    return schedule.tells_late and schedule.rhythm in {None, Rhythm.MONTHLY}


def _late_weekday(schedule: Schedule) -> int:
    return schedule.weekdays[0] if schedule.weekdays else 0
