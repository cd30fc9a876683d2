"""Periods: days that stand still («junio de 2021») or come round («junio», «el 15», «lunes»)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from handlers.language.calendar import Days, Grain, around, day_in, longest_month, neighbour

FARTHEST_FRAMES = 80  # a Friday 31 February never comes: stop looking
FEBRUARY, LEAP_DAY = 2, 29

Place = Callable[[date], Days | None]


class YearRule(Protocol):
    """Which years a month, or a day of it, without a year means; the likeliest first."""

    def __call__(self, month: int, day: int | None) -> tuple[int, ...]:
        """The years; none where the rule knows of none."""
        ...


def next_years(today: date) -> YearRule:
    """The rule of the next occurrence: this year where it is not over, else the next."""

    def rule(month: int, day: int | None) -> tuple[int, ...]:
        if day is None:
            return (today.year + (month < today.month),)
        year = today.year
        while (found := day_in(year, month, day)) is None or found < today:
            year += 1
            if day > longest_month(month):
                return ()
        return (year,)

    return rule


@dataclass(frozen=True, slots=True)
class Period:
    """One period, whether its year, month or week is known or not.

    `frame` None: it stands still. Otherwise it comes once in each such year, month or week, and
    `place` finds it there, given the first day of the frame; None where that frame has none.
    """

    grain: Grain
    place: Place
    frame: Grain | None = None
    month: int | None = None  # what the YearRule is asked for, where the frame is the year
    day: int | None = None
    weak: bool = False  # could be no date at all
    partial: bool = False  # a date only as a part: «mar», «4», «mes»
    ending: bool = False  # «fin de X»: what comes before it still includes X
    fixed_frame: bool = False  # the present frame is meant even where it is over

    def doubtful(self, *, weak: bool) -> "Period":
        """The same, whole by itself; `weak` where it could be no date at all."""
        return replace(self, weak=weak, partial=False)

    def of_present_frame(self) -> "Period":
        """The same, in the present year, month or week even where it is over there."""
        return replace(self, fixed_frame=True)


class Found(NamedTuple):
    """A period and the token behind its last one."""

    end: int
    period: Period


def fixed(grain: Grain, found: Days, *, weak: bool = False) -> Period:
    """A period that stands still."""
    return Period(grain, lambda _: found, weak=weak)


def unit(grain: Grain) -> Period:
    """The bare unit, «mes»: it comes round in itself, and is a date only as a part."""
    return Period(grain, lambda frame: around(grain, frame), grain, partial=True)


def year(number: int, *, weak: bool = False) -> Period:
    """«2021»."""
    return fixed(Grain.YEAR, around(Grain.YEAR, date(number, 1, 1)), weak=weak)


def month_of_year(month: int, *, partial: bool = False) -> Period:
    """«junio»."""
    return Period(
        Grain.MONTH,
        lambda frame: around(Grain.MONTH, date(frame.year, month, 1)),
        Grain.YEAR,
        month=month,
        partial=partial,
    )


def day_of_month(day: int, *, weak: bool = False) -> Period:
    """«15» in «el 15», «15 de junio»."""

    def place(frame: date) -> Days | None:
        found = day_in(frame.year, frame.month, day)
        return Days(found, found) if found else None

    return Period(Grain.DAY, place, Grain.MONTH, day=day, weak=weak, partial=True)


def day_of_week(weekday: int, *, partial: bool = False) -> Period:
    """«lunes»: 0 is Monday."""

    def place(frame: date) -> Days:
        found = frame + timedelta(days=weekday)
        return Days(found, found)

    return Period(Grain.DAY, place, Grain.WEEK, weak=True, partial=partial)


def on_weekday(period: Period, weekday: int) -> Period:
    """Only where it falls on that weekday: «lunes 21»."""

    def place(frame: date) -> Days | None:
        found = period.place(frame)
        return found if found and found.start.weekday() == weekday else None

    return replace(period, place=place, weak=False, partial=False)


def within(part: Period, whole: Period) -> Period | None:
    """The part in the whole: «el 15» in «este mes», «junio» in «2021», «lunes» in «esta semana».

    None where the one does not come round in the other.
    """
    if part.frame is None or part.frame is not whole.grain:
        return None

    def place(frame: date) -> Days | None:
        outer = whole.place(frame)
        return outer and part.place(outer.start)

    month, day = (part.month, part.day)
    if whole.frame is Grain.YEAR:
        month, day = whole.month, part.day
    return replace(
        part, place=place, frame=whole.frame, month=month, day=day,
        weak=part.weak and part.partial, partial=False,
    )  # fmt: skip


def combined(end: int, part: Period, whole: Period) -> Found | None:
    """What `within` makes of the two, up to the token `end`."""
    found = within(part, whole)
    return Found(end, found) if found else None


def cut(whole: Period, choose: Callable[[Days], Days | None], grain: Grain) -> Period:
    """The piece of `whole` that `choose` takes: its last month, its first ten days."""

    def place(frame: date) -> Days | None:
        outer = whole.place(frame)
        return outer and choose(outer)

    return replace(whole, grain=grain, place=place, weak=False, partial=False, ending=False)


def _frames(frame: Grain, day: date, step: int) -> Iterator[date]:
    """First days of the frames from that of `day` on, backwards where `step` is -1."""
    start = around(frame, day).start
    for _ in range(FARTHEST_FRAMES):
        yield start
        start = neighbour(frame, start, step).start


def next_from(period: Period, day: date) -> Days | None:
    """The first occurrence that begins on `day` or later; where it stands still, that one."""
    if period.frame is None:
        return period.place(day)
    for frame in _frames(period.frame, day, 1):
        found = period.place(frame)
        if found and found.start >= day:
            return found
    return None


def last_until(period: Period, day: date) -> Days | None:
    """The last occurrence that begins on `day` or earlier; where it stands still, that one."""
    if period.frame is None:
        return period.place(day)
    for frame in _frames(period.frame, day, -1):
        found = period.place(frame)
        if found and found.start <= day:
            return found
    return None


def occurrences(period: Period, today: date, years: YearRule) -> list[Days]:
    """The days it means, the likeliest first; empty where there is no such day."""
    if period.frame is None:
        found = period.place(today)
        return [found] if found else []
    if period.frame is Grain.YEAR and period.month:
        if period.day and period.day > longest_month(period.month):
            return []
        asked = years(period.month, period.day) or next_years(today)(period.month, period.day)
        placed = [period.place(date(year, 1, 1)) for year in asked]
        return [found for found in placed if found]
    for frame in _frames(period.frame, today, 1):
        found = period.place(frame)
        if found and (found.end >= today or period.fixed_frame):
            return [found]
    return []


def before(days: Days) -> date:
    """The day before the first one."""
    return days.start - timedelta(days=1)


def after(days: Days) -> date:
    """The day after the last one."""
    return days.end + timedelta(days=1)
