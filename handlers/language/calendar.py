"""Calendar arithmetic: the week, month, quarter … around a day, and the pieces of a period."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum, auto
from typing import NamedTuple

SATURDAY = 5
FORTNIGHT_DAYS = 15
LEAP_YEAR = 2000


class Grain(Enum):
    """The units a calendar is cut into."""

    DAY = auto()
    BUSINESS_DAY = auto()
    WEEKEND = auto()
    WEEK = auto()
    FORTNIGHT = auto()
    MONTH = auto()
    BIMESTER = auto()
    QUARTER = auto()
    TERM = auto()  # four months
    SEMESTER = auto()
    YEAR = auto()


MONTHS_IN = {
    Grain.MONTH: 1,
    Grain.BIMESTER: 2,
    Grain.QUARTER: 3,
    Grain.TERM: 4,
    Grain.SEMESTER: 6,
    Grain.YEAR: 12,
}
DAYS_IN = {Grain.DAY: 1, Grain.WEEKEND: 7, Grain.WEEK: 7}


class Days(NamedTuple):
    """Days in a row, both ends included."""

    start: date
    end: date


def longest_month(month: int) -> int:
    """How many days the month has at most: 29 for February."""
    return monthrange(LEAP_YEAR, month)[1]


def day_in(year: int, month: int, day: int) -> date | None:
    """That day; None where the month of that year has no such day."""
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def add_months(day: date, count: int) -> date:
    """The same day so many months later; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_business_days(day: date, count: int) -> date:
    """Step over so many days from Monday to Friday."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if day.weekday() < SATURDAY:
            count -= 1 if count > 0 else -1
    return day


def add(day: date, grain: Grain, count: int) -> date:
    """The day `count` units later, earlier where it is negative."""
    if grain in MONTHS_IN:
        return add_months(day, count * MONTHS_IN[grain])
    if grain is Grain.BUSINESS_DAY:
        return add_business_days(day, count)
    if grain is Grain.FORTNIGHT:
        return day + timedelta(days=count * FORTNIGHT_DAYS)
    return day + timedelta(days=count * DAYS_IN[grain])


def around(grain: Grain, day: date) -> Days:
    """The unit of the calendar in which `day` lies; the weekend is that of its week."""
    if grain in MONTHS_IN:
        months = MONTHS_IN[grain]
        start = date(day.year, (day.month - 1) // months * months + 1, 1)
        return Days(start, add_months(start, months) - timedelta(days=1))
    if grain is Grain.FORTNIGHT:
        if day.day <= FORTNIGHT_DAYS:
            return Days(day.replace(day=1), day.replace(day=FORTNIGHT_DAYS))
        return Days(day.replace(day=FORTNIGHT_DAYS + 1), around(Grain.MONTH, day).end)
    monday = day - timedelta(days=day.weekday())
    if grain is Grain.WEEK:
        return Days(monday, monday + timedelta(days=6))
    if grain is Grain.WEEKEND:
        return Days(monday + timedelta(days=SATURDAY), monday + timedelta(days=6))
    return Days(day, day)


def neighbour(grain: Grain, day: date, count: int) -> Days:
    """The unit `count` units after that of `day`."""
    if grain is not Grain.FORTNIGHT:
        return around(grain, add(around(grain, day).start, grain, count))
    found = around(grain, day)
    for _ in range(abs(count)):
        step = timedelta(days=1)
        found = around(grain, found.end + step if count > 0 else found.start - step)
    return found


def pieces(whole: Days, grain: Grain) -> Iterator[Days]:
    """Cut `whole` into calendar units; those on its edges are cut to fit."""
    start = whole.start
    while start <= whole.end:
        piece = around(grain, start)
        yield Days(max(start, piece.start), min(piece.end, whole.end))
        start = piece.end + timedelta(days=1)


def halves(whole: Days) -> tuple[Days, Days]:
    """Two halves: semesters of a year, fortnights of a month, days of anything else."""
    if whole == around(Grain.YEAR, whole.start):
        first = around(Grain.SEMESTER, whole.start)
    elif whole == around(Grain.MONTH, whole.start):
        first = around(Grain.FORTNIGHT, whole.start)
    else:
        first = Days(whole.start, whole.start + (whole.end - whole.start) // 2)
    return first, Days(first.end + timedelta(days=1), whole.end)


def iso_week(year: int, week: int) -> Days | None:
    """The numbered week of a year, Monday to Sunday."""
    try:
        return around(Grain.WEEK, date.fromisocalendar(year, week, 1))
    except ValueError:
        return None
