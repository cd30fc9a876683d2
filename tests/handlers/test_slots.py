from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.slots import instant, next_slot, slots
from storage.notices import NoticeKind, Rhythm, Schedule

ZONES = ("America/Lima", "America/Santiago", "Europe/Madrid", "Asia/Kolkata", "Pacific/Auckland")
QUIET = Schedule(lead_days=(), tells_late=False)


@pytest.mark.parametrize(
    ("zone", "day", "at", "local"),
    [
        pytest.param(
            "America/Lima", (2021, 5, 17), (8, 0), "2021-05-17T08:00:00-05:00", id="lima"
        ),
        pytest.param(
            "America/Santiago", (2021, 9, 5), (0, 30), "2021-09-05T01:00:00-03:00", id="gap-south"
        ),
        pytest.param(
            "Europe/Madrid", (2021, 3, 28), (2, 30), "2021-03-28T03:00:00+02:00", id="gap-north"
        ),
        pytest.param(
            "Europe/Madrid", (2021, 10, 31), (2, 30), "2021-10-31T02:30:00+02:00", id="fold-north"
        ),
        pytest.param(
            "America/Santiago",
            (2021, 4, 3),
            (23, 30),
            "2021-04-03T23:30:00-03:00",
            id="fold-south",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            (2021, 10, 3),
            (2, 10),
            "2021-10-03T02:30:00+11:00",
            id="gap-of-half-an-hour",
        ),
    ],
)
def test_a_local_time_is_one_instant(
    zone: str, day: tuple[int, int, int], at: tuple[int, int], local: str
) -> None:
    found = instant(date(*day), time(*at), ZoneInfo(zone))

    assert found.astimezone(ZoneInfo(zone)).isoformat() == local


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        pytest.param(QUIET, [17, 24, 31], id="weekly"),
        pytest.param(
            Schedule(weekdays=(0, 3), lead_days=(), tells_late=False),
            [17, 20, 24, 27, 31],
            id="two-weekdays",
        ),
        pytest.param(
            Schedule(rhythm=Rhythm.MONTHLY, month_day=31, lead_days=(), tells_late=False),
            [31],
            id="monthly",
        ),
        pytest.param(
            Schedule(rhythm=Rhythm.DAILY, lead_days=(), tells_late=False),
            list(range(15, 32)),
            id="daily",
        ),
    ],
)
def test_a_digest_comes_on_its_days(schedule: Schedule, days: list[int]) -> None:
    start = datetime(2021, 5, 14, 15, tzinfo=UTC)
    end = datetime(2021, 5, 31, 15, tzinfo=UTC)

    found = slots(schedule, start, end)

    assert [slot.day.day for slot in found] == days
    assert {slot.kind for slot in found} == {NoticeKind.DIGEST}
    assert {slot.due_at.astimezone(ZoneInfo("America/Lima")).time() for slot in found} == {time(8)}


def test_a_month_without_the_day_has_its_last() -> None:
    schedule = Schedule(rhythm=Rhythm.MONTHLY, month_day=31, lead_days=(), tells_late=False)
    found = slots(schedule, datetime(2021, 1, 1, tzinfo=UTC), datetime(2021, 7, 1, 12, tzinfo=UTC))

    assert [str(slot.day)[5:] for slot in found] == [
        "01-31",
        "02-28",
        "03-31",
        "04-30",
        "05-31",
        "06-30",
    ]


@pytest.mark.parametrize(
    ("schedule", "kinds"),
    [
        pytest.param(Schedule(), {NoticeKind.DIGEST, NoticeKind.REMINDER}, id="weekly-has-late"),
        pytest.param(
            Schedule(rhythm=None), {NoticeKind.REMINDER, NoticeKind.LATE}, id="no-digest"
        ),
        pytest.param(Schedule(rhythm=None, lead_days=()), {NoticeKind.LATE}, id="late-alone"),
        pytest.param(
            Schedule(rhythm=Rhythm.MONTHLY, lead_days=()),
            {NoticeKind.DIGEST, NoticeKind.LATE},
            id="monthly",
        ),
        pytest.param(Schedule(rhythm=None, lead_days=(), tells_late=False), set(), id="nothing"),
    ],
)
def test_what_a_schedule_tells(schedule: Schedule, kinds: set[NoticeKind]) -> None:
    start = datetime(2021, 5, 14, 15, tzinfo=UTC)

    found = slots(schedule, start, start + timedelta(days=31))

    assert {slot.kind for slot in found} == kinds
    assert (next_slot(schedule, start) is None) == (not kinds)


def test_late_means_are_told_of_once_a_week() -> None:
    start = datetime(2021, 5, 14, 15, tzinfo=UTC)
    schedule = Schedule(rhythm=None, lead_days=(), weekdays=(2,))

    found = slots(schedule, start, start + timedelta(days=21))

    assert [slot.day.weekday() for slot in found] == [2, 2, 2]


schedules = st.builds(
    Schedule,
    rhythm=st.sampled_from([*Rhythm, None]),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found))),
    month_day=st.integers(1, 31),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES),
    lead_days=st.sampled_from([(), (1,), (30, 7, 1)]),
    tells_late=st.booleans(),
)
starts = st.integers(0, 730 * 86_400).map(
    lambda seconds: datetime(2021, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(schedules, starts, st.integers(1, 90), st.floats(0, 1))
def test_no_slot_is_lost_or_doubled_where_time_is_cut(
    schedule: Schedule, start: datetime, days: int, at: float
) -> None:
    end = start + timedelta(days=days)
    cut = start + (end - start) * at

    whole = slots(schedule, start, end)

    assert slots(schedule, start, cut) + slots(schedule, cut, end) == whole
    assert len({(slot.kind, slot.day) for slot in whole}) == len(whole)
    first = next_slot(schedule, start)
    assert first is None or first > start
    if whole:
        assert first == whole[0].due_at
