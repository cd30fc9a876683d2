"""Whole date expressions over periods: ranges, lists and open ends («hasta junio»)."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from handlers.language import date_words as words
from handlers.language.calendar import Days, Grain, neighbour
from handlers.language.numbers import Numeral
from handlers.language.period_reader import PeriodReader
from handlers.language.periods import (
    Found,
    Period,
    YearRule,
    after,
    before,
    fixed,
    last_until,
    next_from,
    occurrences,
    within,
)
from handlers.language.portions import nth_led
from handlers.language.relative_dates import offset
from handlers.language.tokens import Token
from storage.records import DateRange

MOST_LISTED = 31  # the days of a month; a longer list goes on as another


@dataclass(frozen=True, slots=True)
class Expression:
    """What was read up to the token `end`, that one not included; no ranges: no such day."""

    end: int
    ranges: tuple[DateRange, ...]
    yearless: bool = False
    weak: bool = False


class ExpressionReader(PeriodReader):
    """Reads date expressions at any token of one question."""

    def __init__(
        self,
        tokens: Sequence[Token],
        numerals: Sequence[Numeral],
        today: date,
        years: YearRule,
    ) -> None:
        super().__init__(tokens, numerals, today)
        self._years = years

    def expression(self, index: int) -> Expression | None:
        """The longest expression that starts at `index`; the simplest of equals."""
        readings = (
            self._single(index),
            self._range(index),
            self._list(index),
            self._open(index),
            self._edge_behind(index),
            self._present(index),
            self._from_now(index),
        )
        found = [reading for reading in readings if reading]
        return max(found, key=lambda reading: reading.end, default=None)

    def _from_now(self, index: int) -> Expression | None:
        """«de aquí en adelante»."""
        found = words.FROM_NOW.at(self.folds, index)
        return Expression(found[0], (DateRange(self.today, None),)) if found else None

    def _days(self, period: Period) -> list[Days]:
        return occurrences(period, self.today, self._years)

    def _single(self, index: int) -> Expression | None:
        found = self.period(index)
        if not found or found.period.partial:
            return None
        return _expression(found.end, self._days(found.period), found.period)

    def _present(self, index: int) -> Expression | None:
        """«los del mes», «la quincena»: the present one, perhaps."""
        found = self.period(index + 1) if self.folds[index] in {"del", "la"} else None
        if not found or not found.period.partial or found.period.frame is not found.period.grain:
            return None
        if self.folds[index] == "la" and found.period.grain is not Grain.FORTNIGHT:
            return None
        return _expression(found.end, self._days(found.period), found.period.doubtful(weak=True))

    # ranges

    def _range(self, index: int) -> Expression | None:
        """«de mayo a setiembre», «entre el 4 y el 8 de junio», «jun-dic», «de aquí a 5 días»."""
        opener = self.folds[index]
        if here := words.FROM_HERE.at(self.folds, index):
            today = fixed(Grain.DAY, Days(self.today, self.today))
            return self._range_from(Found(here[0], today), words.RANGE_LINKS["de"])
        start = index + (opener in words.RANGE_LINKS)
        links = words.RANGE_LINKS.get(opener, words.PLAIN_LINKS)
        left = self.period(start)
        if not left:
            return None
        if start == index and left.period.frame is None and (inner := self._range_within(left)):
            return inner
        if opener == "del" and left.period.partial:
            left = Found(left.end, left.period.doubtful(weak=True))
        found = self._range_from(left, links)
        if not found and (day := self.day_number(start)):
            return self._range_from(day, links & words.DASHES)  # «4-23 de enero»
        return found

    def _range_from(self, left: Found, links: Set[str]) -> Expression | None:
        end = self.skip(left.end, links)
        right = self._range_end(left, end) if end > left.end else None
        if not right:
            return None
        if right.period.partial and not (left.period.month and right.period.month):
            return None  # «ene-mar»: a month beside another is one, «mar» alone is the sea
        if left.period.partial and left.period.grain is not right.period.grain:
            return None
        return self._between(right.end, left.period, right.period)

    def _range_end(self, left: Found, index: int) -> Found | None:
        """The other end: a period, or how long after a day («de hoy a 15 días»)."""
        most = words.AT_MOST.at(self.folds, index)  # «de aquí a no más de 10 días»
        index = most[0] if most else index
        right, span = self.period(index), self.span(index)
        if span and (not right or right.end <= span[0]):
            days = left.period.place(self.today)
            if left.period.frame or not days or left.period.grain is not Grain.DAY:
                return None
            return Found(span[0], offset(days.end, span[1], 1))
        if right and right.period.partial and self.folds[index - 1] == "al":
            return Found(right.end, right.period.doubtful(weak=left.period.weak))
        return right

    def _range_within(self, whole: Found) -> Expression | None:
        """«esta semana de martes a jueves»."""
        links = words.RANGE_LINKS.get(self.word(whole.end))
        left = self.period(whole.end + 1) if links else None
        end = self.skip(left.end, links) if left and links else 0
        right = self.period(end) if left and end > left.end else None
        if not left or not right:
            return None
        start, stop = within(left.period, whole.period), within(right.period, whole.period)
        return self._between(right.end, start, stop) if start and stop else None

    def _between(self, end: int, left: Period, right: Period) -> Expression | None:
        """From the one to the end of the other; what has no year is the nearest to what has one.

        Where neither has one, the end is looked for first: it decides whether a range is over.
        """
        asked = left.frame is not None and _asks_year(right)
        if left.frame is None and right.frame is not None:
            begin = left.place(self.today)
            pairs = [(begin, next_from(right, begin.start) if begin else None)]
        else:
            pairs = [(last_until(left, last.start), last) for last in self._days(right)]
        days = [
            Days(begin.start, finish.end)
            for begin, finish in pairs
            if begin and finish and begin.start <= finish.end
        ]
        if not days and self._days(left) and self._days(right):
            return None  # the wrong way round
        left, right = _settled(left), _settled(right)
        weak = right.weak and (left.weak or left.partial)  # «del 1 al 15 de junio» is certain
        found = _expression(end, days, right.doubtful(weak=weak))
        return found and replace(found, yearless=asked)

    # lists

    def _list(self, index: int) -> Expression | None:
        """«junio, julio y agosto», «setiembre y noviembre de 2021», «este mes y el próximo»."""
        found = self._elided(index) or self.period(index)
        items = [found] if found else []
        while found and len(items) < MOST_LISTED and (found := self._another(found)):
            items.append(found)
        if len(items) <= 1 or items[0].period.partial or items[-1].period.partial:
            return None
        last = items[-1].period
        anchors = self._days(last)
        days: list[Days] = []
        asking = [last]
        for item in (listed.period for listed in items[:-1]):
            if (item.frame is not None and last.frame is None) or _lacks_month(item, last):
                placed = [near for day in anchors if (near := last_until(item, day.start))]
            else:
                placed = self._days(item)
                asking.append(item)
            if not placed:
                return None  # an impossible one is told apart
            days += placed
        if not anchors:
            return None
        found_list = _expression(items[-1].end, list(dict.fromkeys([*days, *anchors])), *asking)
        return found_list and replace(found_list, weak=all(item.period.weak for item in items))

    def _another(self, found: Found) -> Found | None:
        """The next of a list: alike, or «y el próximo»."""
        end = self.skip(found.end, {","}, words.AND)
        end = self.skip(end, words.ALSO)
        if end == found.end:
            return None
        following = self.period(end)
        if following and _are_alike(found.period, following.period):
            return following
        word = self.skip(end, words.THE)
        behind = words.TRAILING.at(self.folds, word)
        days = found.period.place(self.today) if found.period.frame is None else None
        if not behind or behind[1] != 1 or not days or word == end:
            return None
        grain = found.period.grain
        return Found(behind[0], fixed(grain, neighbour(grain, days.start, 1)))

    def _elided(self, index: int) -> Found | None:
        """«primer» of «primer y segundo trimestre», read as the first piece of the same."""
        first = self.numerals.get(index)
        if not first or not first.ordinal or self.word(first.last + 1) not in words.AND:
            return None
        second = self.numerals.get(first.last + 2)
        if not second or not second.ordinal:
            return None
        found = nth_led(self, second.last + 1, first.value)
        return found and Found(first.last + 1, found.period)

    # open ends

    def _open(self, index: int) -> Expression | None:
        """«hasta junio», «antes de junio», «desde junio», «después de junio»."""
        operator = words.EDGES.at(self.folds, index)
        if not operator:
            return None
        end, edge = operator
        if edge is words.Edge.UNTIL and (so_far := words.SO_FAR.at(self.folds, end)):
            return Expression(so_far[0], (DateRange(None, self.today),))
        end = self.skip(end, words.OF | {"en", "para"})
        found = self.period(end)
        if found and found.period.partial and found.period.day and self.folds[end - 1] == "del":
            found = Found(found.end, found.period.doubtful(weak=True))
        return self._edged(found.end, found.period, edge) if found else None

    def _edge_behind(self, index: int) -> Expression | None:
        """«de junio en adelante», «2018 o posterior», «junio a más tardar»."""
        found = self.period(self.skip(index, words.OF | {"desde"}))
        edge = words.TRAILING_EDGES.at(self.folds, found.end) if found else None
        return self._edged(edge[0], found.period, edge[1]) if found and edge else None

    def _edged(self, end: int, period: Period, edge: words.Edge) -> Expression | None:
        if period.partial and period.frame is not period.grain:
            return None  # «hasta el mes» may be said, «hasta 4» is no date
        days = self._days(period)
        found = _expression(end, days, _settled(period))
        ranges = tuple(_open_range(one, edge, ending=period.ending) for one in days)
        return found and replace(found, ranges=ranges)


def _expression(end: int, days: Sequence[Days], *periods: Period) -> Expression | None:
    weak = any(period.weak for period in periods)
    if weak and not days:
        return None  # a doubtful date that does not exist is none
    ranges = tuple(DateRange(*found) for found in days)
    return Expression(end, ranges, any(_asks_year(period) for period in periods), weak)


def _asks_year(period: Period) -> bool:
    """Whether its year comes from the YearRule."""
    return period.frame is Grain.YEAR and period.month is not None


def _settled(period: Period) -> Period:
    """Beside «hasta» or «entre» a year or weekday is certain, a bare number still is not."""
    return period.doubtful(weak=period.weak and period.day is not None)


def _lacks_month(item: Period, last: Period) -> bool:
    """«5» in «días 5 y 6 de junio»."""
    return item.frame is Grain.MONTH and last.frame is not Grain.MONTH


def _are_alike(left: Period, right: Period) -> bool:
    """Whether the two may stand in one list: months with months, and «4.1» with no day."""
    if left.grain is not right.grain:
        return False
    if left.frame is Grain.MONTH and left.day:
        return True
    return not left.partial and (left.weak is right.weak or right.frame is None)


def _open_range(days: Days, edge: words.Edge, *, ending: bool) -> DateRange:
    match edge:
        case words.Edge.UNTIL:
            return DateRange(None, days.end)
        case words.Edge.BEFORE:  # «antes de fin de junio» is as much as until then
            return DateRange(None, days.end if ending else before(days))
        case words.Edge.SINCE:
            return DateRange(days.start, None)
        case words.Edge.AFTER:
            return DateRange(after(days), None)
