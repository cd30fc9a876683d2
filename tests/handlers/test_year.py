"""A year of notices over the signed act, in five zones: each slot once, none early."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from handlers.notices import Gathered, compose, plan
from handlers.slots import next_slot
from storage import outbox
from storage.engine import Database
from storage.matrix import find_means
from storage.notices import NoticeKind, Rhythm, Schedule, SubscriptionRow
from storage.occurrences import of_message, of_subscription
from storage.records import AsOf, MeansFilter
from storage.traffic import OutboxState
from tests.support.conversation import Talk
from tests.support.office import HandClock
from tests.support.subscribed import subscribed

START = datetime(2021, 3, 1, tzinfo=UTC)
END = datetime(2022, 3, 1, tzinfo=UTC)
LONGEST_STEP = timedelta(hours=22)
ME = 1
SUNDAY = 6
CLOCKS = {  # in two of them the clock is put forward, and back, on such a Sunday at such a time
    "America/Lima": time(8),
    "America/Santiago": time(0, 30),
    "Europe/Madrid": time(2, 30),
    "Asia/Kolkata": time(23, 45),
    "Pacific/Auckland": time(2, 15),
}
SCHEDULES = [
    Schedule(weekdays=(SUNDAY,), at=at, zone=zone, tells_late=False) for zone, at in CLOCKS.items()
] + [
    Schedule(rhythm=Rhythm.MONTHLY, month_day=31, at=at, zone=zone, lead_days=())
    for zone, at in CLOCKS.items()
]


@dataclass(frozen=True)
class Sent:
    """A notice that was composed: the days that it brings, and when."""

    kind: NoticeKind
    day: date
    due_at: datetime
    at: datetime


def expected_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Find the first minute of which the wall clock shows that time, or a later one."""
    wanted = datetime.combine(day, at)
    instant = datetime.combine(day, at, UTC) - timedelta(hours=14)
    while instant.astimezone(zone).replace(tzinfo=None) < wanted:
        instant += timedelta(minutes=15)
    return instant


def days() -> Iterator[date]:
    first = START.date() - timedelta(days=1)
    return (first + timedelta(days=number) for number in range(368))


def expected(schedule: Schedule, due: set[date]) -> set[tuple[NoticeKind, date, datetime]]:
    """Work out the slots of a schedule by looking at each day."""
    zone = ZoneInfo(schedule.zone)
    found = set()
    for day in days():
        at = expected_instant(day, schedule.at, zone)
        if not START < at <= END:
            continue
        is_last = (day + timedelta(days=1)).day == 1
        if schedule.rhythm is Rhythm.MONTHLY:
            if is_last:
                found.add((NoticeKind.DIGEST, day, at))
            if day.weekday() == 0 and any(each < day for each in due):
                found.add((NoticeKind.LATE, day, at))
        elif day.weekday() == SUNDAY:
            found.add((NoticeKind.DIGEST, day, at))
        if any((each - day).days in schedule.lead_days for each in due):
            found.add((NoticeKind.REMINDER, day, at))
    return found


@pytest.mark.long
async def test_every_slot_comes_once_and_none_early(loaded_sqlite_url: str) -> None:
    database = Database(loaded_sqlite_url)
    clock = HandClock(START)
    services = replace(Talk(database).services, clock=clock, is_open=True)
    rows: list[SubscriptionRow] = []
    gathered = Gathered()
    async with database.write() as session:
        due = {row.due_on for row in await find_means(session, MeansFilter(), AsOf(date.min))}
        for number, schedule in enumerate(SCHEDULES, 1):
            next_at = next_slot(schedule, START)
            rows.append(await subscribed(session, number, schedule, START, next_at=next_at))
    random = Random(2021)  # noqa: S311 - when to look
    sent: dict[int, list[Sent]] = {row.id: [] for row in rows}
    while clock.instant < END:
        step = random.uniform(30, LONGEST_STEP.total_seconds())
        clock.instant = min(clock.instant + timedelta(seconds=step), END)
        await plan(services)
        async with database.session() as session:
            is_any = await outbox.has_unclaimed(session, [ME])
        while is_any:
            async with database.write() as session:
                taken = await outbox.claim(session, ME, None)
                for message in taken:
                    assert await compose(services, gathered, session, message) is not None
                    for one in await of_message(session, message.id):
                        told = Sent(one.kind, one.day, one.due_at, clock.instant)
                        sent[one.subscription_id].append(told)
                    await outbox.end(session, message.id, OutboxState.SENT, clock.instant)
                is_any = bool(taken)

    for row in rows:
        async with database.session() as session:
            kept = await of_subscription(session, row.id)
        slots = [(one.kind, one.day, one.due_at) for one in sent[row.id]]
        assert set(slots) == expected(row.schedule, due)
        assert len(slots) == len(set(slots)) == len(kept)
        late = [one.at - one.due_at for one in sent[row.id]]
        assert min(late) >= timedelta(0)
        assert max(late) < LONGEST_STEP
    await database.dispose()


@pytest.mark.parametrize("zone", ["America/Santiago", "Europe/Madrid", "Pacific/Auckland"])
def test_the_year_has_a_slot_in_a_gap_and_one_in_a_fold(zone: str) -> None:
    schedule = next(each for each in SCHEDULES if each.zone == zone)
    tz = ZoneInfo(zone)

    sundays = [day for day in days() if day.weekday() == SUNDAY]
    walls = {expected_instant(day, schedule.at, tz).astimezone(tz).time() for day in sundays}

    assert schedule.at in walls
    assert len(walls) == 2  # once the clock is put forward over it
