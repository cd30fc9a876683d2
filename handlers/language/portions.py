"""Pieces of a period: «tercer trimestre de 2021», «inicios de junio», «el resto del mes»."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from handlers.language import date_words as words
from handlers.language.calendar import MONTHS_IN, Days, Grain, around, halves, pieces
from handlers.language.date_cursor import DateCursor
from handlers.language.numbers import LAST
from handlers.language.periods import Found, Period, cut, unit

TEN_DAYS = timedelta(days=10)
ONE_DAY = timedelta(days=1)
EDGE_SHARE = 6  # a year begins with its first two months
OF_A_YEAR = {Grain.BIMESTER, Grain.QUARTER, Grain.TERM, Grain.SEMESTER}


def nth_led(cursor: DateCursor, index: int, nth: int) -> Found | None:
    """The piece whose ordinal stands before `index`: «tercer trimestre», «primeros 6 meses»."""
    count, start = cursor.count(index)
    word = cursor.word(start)
    end = start + 1
    grain = words.UNITS.get(word)
    if count:
        if grain is None or nth not in {1, LAST}:
            return None
        whole, chosen = _whole(cursor, end), grain
        return whole and _portion(whole, lambda days: _run(days, chosen, nth * count), grain)
    if word in words.WEEKDAYS:
        whole, weekday = _whole(cursor, end), words.WEEKDAYS[word]
        return whole and _portion(whole, lambda days: _weekday(days, weekday, nth), Grain.DAY)
    if grain is None and word not in words.HALF:
        return None
    return nth_unit(cursor, end, grain, nth)


def nth_unit(cursor: DateCursor, end: int, grain: Grain | None, nth: int) -> Found | None:
    """The nth unit of the whole named behind it, else of the year or month; None: a half."""
    whole = _whole(cursor, end) or _unnamed(end, grain, nth)
    if whole is None:
        return None
    if grain is None:
        return _portion(whole, lambda days: _choose(list(halves(days)), nth), Grain.FORTNIGHT)
    return _portion(whole, lambda days: _choose(list(pieces(days, grain)), nth), grain)


def part_led(cursor: DateCursor, index: int) -> Found | None:
    """«inicios de junio», «mediados de año», «fin de mes»."""
    word = cursor.word(index)
    whole = cursor.period(index + 2) if cursor.word(index + 1) in words.OF else None
    if not whole or whole.period.grain in {Grain.DAY, Grain.WEEKEND}:
        return None
    if word in words.STARTS_OF:
        return _portion(whole, lambda days: _edge(days, 1), Grain.FORTNIGHT)
    if word in words.MIDDLES_OF:
        return _portion(whole, _middle, Grain.FORTNIGHT)
    one = word not in words.PLURAL_ENDS
    end, period = _portion(whole, lambda days: _edge(days, -1, one=one), Grain.FORTNIGHT)
    return Found(end, replace(period, ending=True))


def rest_led(cursor: DateCursor, index: int) -> Found | None:
    """«el resto del mes», «lo que va del año»: what of it is still to come, or gone."""
    phrase = words.REST_OF.at(cursor.folds, index)
    if not phrase or cursor.word(phrase[0]) not in words.OF:
        return None
    whole, today, ahead = cursor.period(phrase[0] + 1), cursor.today, phrase[1]

    def left(days: Days) -> Days | None:
        start, end = (max(days.start, today), days.end) if ahead else (days.start, today)
        return Days(start, min(end, days.end)) if start <= end else None

    return whole and _portion(whole, left, Grain.DAY)


def _portion(whole: Found, choose: Callable[[Days], Days | None], grain: Grain) -> Found:
    return Found(whole.end, cut(whole.period, choose, grain))


def _whole(cursor: DateCursor, index: int) -> Found | None:
    """What a piece is taken of: «de 2021», «del próximo año», «2021»."""
    link = cursor.skip(index, words.OF | words.LINKS)
    whole = cursor.period(link)
    return None if whole and link == index and whole.period.partial else whole


def _unnamed(end: int, grain: Grain | None, nth: int) -> Found | None:
    """The year a bare «tercer trimestre» is of, the month a bare «segunda quincena» is of."""
    if grain is Grain.FORTNIGHT or (grain is Grain.WEEK and nth != LAST):
        return Found(end, unit(Grain.MONTH))
    if grain not in OF_A_YEAR:
        return None
    months = MONTHS_IN[Grain.YEAR] if nth == LAST else nth * MONTHS_IN[grain]
    if not 0 < months <= MONTHS_IN[Grain.YEAR]:
        return None
    year: Period = replace(unit(Grain.YEAR), month=months)  # over only with its last month
    return Found(end, year)


def _choose(found: list[Days], nth: int) -> Days | None:
    index = nth if nth < 0 else nth - 1
    return found[index] if nth and -len(found) <= index < len(found) else None


def _weekday(days: Days, weekday: int, nth: int) -> Days | None:
    return _choose([one for one in pieces(days, Grain.DAY) if one.start.weekday() == weekday], nth)


def _run(days: Days, grain: Grain, count: int) -> Days | None:
    """The first so many units, the last ones where `count` is negative."""
    found = list(pieces(days, grain))
    if abs(count) > len(found):
        return None
    chosen = found[:count] if count > 0 else found[count:]
    return Days(chosen[0].start, chosen[-1].end)


def _edge(days: Days, side: int, *, one: bool = False) -> Days | None:
    """How a period begins (1) or ends (-1).

    Ten days of a month, its end from the 21st on; the outer months of anything longer, `one`
    month where that is wanted; a third of anything shorter.
    """
    if days == around(Grain.MONTH, days.start):
        if side > 0:
            return Days(days.start, days.start + TEN_DAYS - ONE_DAY)
        return Days(days.start + 2 * TEN_DAYS, days.end)
    months = len(list(pieces(days, Grain.MONTH)))
    if months > 1:
        return _run(days, Grain.MONTH, side * (1 if one else max(1, months // EDGE_SHARE)))
    return _run(days, Grain.DAY, side * max(1, (days.end - days.start).days // 3))


def _middle(days: Days) -> Days | None:
    """What lies between how it begins and ends; the middle two months of a year."""
    months = list(pieces(days, Grain.MONTH))
    if len(months) > 1:
        width = max(1, len(months) // EDGE_SHARE)
        first = (len(months) - width) // 2
        return Days(months[first].start, months[first + width - 1].end)
    start, end = _edge(days, 1), _edge(days, -1)
    return Days(start.end + ONE_DAY, end.start - ONE_DAY) if start and end else None
