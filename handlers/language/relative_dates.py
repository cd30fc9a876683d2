"""Periods told from today: «mañana», «la semana que viene», «próximos 3 días», «en 2 meses»."""

from datetime import date, timedelta

from handlers.language import date_words as words
from handlers.language.calendar import MONTHS_IN, Days, Grain, add, around, iso_week, neighbour
from handlers.language.date_cursor import DateCursor, Span, longest
from handlers.language.numbers import Numeral
from handlers.language.periods import (
    Found,
    Period,
    combined,
    cut,
    fixed,
    last_until,
    month_of_year,
    next_from,
    unit,
    year,
)
from handlers.language.portions import nth_unit

ONE_DAY = timedelta(days=1)
SOME_DAYS, SOME = 7, 3  # «los próximos días», «los próximos meses»: a number of ours


def today_led(cursor: DateCursor, index: int) -> Found | None:
    """«hoy», «pasado mañana», «antes de ayer»; «la mañana» is none."""
    phrase = words.TODAY_SHIFT.at(cursor.folds, index)
    is_tomorrow = cursor.word(index) == words.TOMORROW
    if not phrase or (is_tomorrow and cursor.word(index - 1) in words.MORNING):
        return None
    day = cursor.today + timedelta(days=phrase[1])
    return Found(phrase[0], fixed(Grain.DAY, Days(day, day), weak=is_tomorrow))


def weekend_led(cursor: DateCursor, index: int) -> Found | None:
    """«fin de semana», «fin de semana que viene»."""
    end = index + len(words.WEEKEND)
    if cursor.folds[index:end] != words.WEEKEND:
        return None
    end, shift = _shift_behind(cursor, end) or (end, 0)
    return Found(end, _shifted(cursor, Grain.WEEKEND, shift))


def unit_led(cursor: DateCursor, index: int) -> Found | None:
    """«mes pasado», «mes de junio», «año 2021», «semana del 7», «día 18», «semana 31»; «mes»."""
    grain = words.UNITS[cursor.word(index)]
    end = index + 1
    if behind := _shift_behind(cursor, end):
        return Found(behind[0], _shifted(cursor, grain, behind[1]))
    readings: list[Found | None] = [Found(end, unit(grain))]
    named = cursor.period(cursor.skip(end, words.OF))
    numeral = cursor.numerals.get(end)
    if named and named.period.grain is grain and cursor.word(index) not in {"semana", "semanas"}:
        readings.append(Found(named.end, named.period.doubtful(weak=False)))
    if grain is Grain.MONTH and (called := words.CALLED_MONTHS.at(cursor.folds, end)):
        readings.append(Found(called[0], month_of_year(called[1])))
    if grain is Grain.DAY:
        readings.append(offset_from(cursor, end, [(1, grain)]))
    elif numeral and not numeral.ordinal and not cursor.is_code(numeral):
        readings.append(_numbered(cursor, grain, numeral))
    if grain is Grain.FORTNIGHT and named and named.period.grain is Grain.MONTH:
        first_half = cut(named.period, lambda days: around(grain, days.start), grain)
        readings.append(Found(named.end, first_half))
    behind_of = cursor.skip(end, words.OF)
    feast = behind_of + (cursor.word(behind_of) == "la")  # «el mes de la Navidad»
    if feast in cursor.holidays:
        named = cursor.period(feast)
    around_day = grain is Grain.WEEK or feast in cursor.holidays
    if around_day and named and named.period.grain is Grain.DAY:
        whole = cut(named.period, lambda days: around(grain, days.start), grain)
        readings.append(Found(named.end, whole) if cursor.word(end) in words.OF else None)
    return longest(*readings)


def modifier_led(cursor: DateCursor, index: int) -> Found | None:
    """«este mes», «próximos 3 días», «próximo lunes», «este pasado miércoles»."""
    end = cursor.skip(index, words.THIS)
    shift = (cursor.word(end) in words.NEXT) - (cursor.word(end) in words.PAST)
    end += abs(shift)
    if shift and (span := cursor.span(end)):
        return rolling(cursor, *span, shift)
    if cursor.folds[end : end + len(words.WEEKEND)] == words.WEEKEND:
        return Found(end + len(words.WEEKEND), _shifted(cursor, Grain.WEEKEND, shift))
    if cursor.word(end) in words.UNITS:
        return _modified_unit(cursor, end, shift)
    if cursor.word(index) in words.GONE and cursor.word(index - 1) not in words.THE:
        return None  # «pasado junio» is after it, «el pasado junio» itself
    if cursor.word(index) in words.PRESENT:
        return None  # «lo presenté hoy»
    return _modified_period(cursor, end, shift)


def _modified_unit(cursor: DateCursor, index: int, shift: int) -> Found:
    """The unit behind «este», «próximo» …; a bare plural is a few of them."""
    word, end = cursor.word(index), index + 1
    grain = words.UNITS[word]
    if shift and word in words.PLURAL_UNITS:
        return rolling(cursor, end, [(SOME_DAYS if grain is Grain.DAY else SOME, grain)], shift)
    end, behind = words.TRAILING.at(cursor.folds, end) or (end, 0)
    return Found(end, _shifted(cursor, grain, shift or behind))


def _modified_period(cursor: DateCursor, index: int, shift: int) -> Found | None:
    """«este lunes», «este agosto» of this year, «próximo 6 de abril»."""
    target = cursor.period(index)
    if not target:
        return None
    end, period = target
    if period.grain not in {Grain.MONTH, Grain.DAY} or period.frame is Grain.MONTH:
        return None
    if period.month and period.frame and not shift:
        return combined(end, period, year(cursor.today.year))
    return Found(end, moved(cursor, period, shift))


def prefix_led(cursor: DateCursor, index: int) -> Found | None:
    """«en 5 días», «dentro de los 5 días», «en 2022», «todo el mes»."""
    end = index + 1
    if cursor.word(index) == "dentro":
        if cursor.word(end) != "de":
            return None
        end += 1
    if cursor.word(index) in {"en", "dentro"} and (span := cursor.span(end)):
        return offset_from(cursor, *span) or Found(span[0], offset(cursor.today, span[1], 1))
    many = cursor.span(end + 1) if cursor.word(end) in {"los", "las"} else None
    if many and not words.TRAILING.at(cursor.folds, many[0]):
        return rolling(cursor, *many, 1)
    found = cursor.period(end)
    if not found or (found.period.partial and found.period.grain is Grain.DAY):
        return None
    weak = found.period.weak and found.period.grain is Grain.DAY  # «en el 22», «en 2022»
    return Found(found.end, found.period.doubtful(weak=weak))


def at_most_led(cursor: DateCursor, index: int) -> Found | None:
    """«en no más de 10 días», «dentro de un máximo de 2 semanas»: from today until then."""
    start = index + 1 + (cursor.word(index) == "dentro" and cursor.word(index + 1) == "de")
    most = words.AT_MOST.at(cursor.folds, start)
    span = cursor.span(most[0]) if most else None
    if not span:
        return None
    last = offset(cursor.today, span[1], 1).place(cursor.today)
    return Found(span[0], fixed(Grain.DAY, Days(cursor.today, last.end))) if last else None


def ago_led(cursor: DateCursor, index: int) -> Found | None:
    """«hace un mes»."""
    span = cursor.span(index + 1)
    return Found(span[0], offset(cursor.today, span[1], -1)) if span else None


def span_led(cursor: DateCursor, index: int) -> Found | None:
    """«3 días siguientes», «3 días después de mañana», «2 días atrás»."""
    span = cursor.span(index)
    if not span:
        return None
    if behind := words.TRAILING.at(cursor.folds, span[0]):
        return rolling(cursor, behind[0], span[1], behind[1]) if behind[1] else None
    return offset_from(cursor, *span)


def offset_from(cursor: DateCursor, end: int, span: Span) -> Found | None:
    """The day so long before or after the one named behind."""
    if cursor.word(end) == "atras":
        return Found(end + 1, offset(cursor.today, span, -1))
    link = words.OFFSETS.at(cursor.folds, end)
    anchor = cursor.period(link[0]) if link else None
    if not link or not anchor or anchor.period.frame or anchor.period.grain is not Grain.DAY:
        return None
    days = anchor.period.place(cursor.today)
    return Found(anchor.end, offset(days.start, span, link[1])) if days else None


def offset(day: date, span: Span, sign: int) -> Period:
    """The one day so long after `day`, or before it where `sign` is -1."""
    for count, grain in span:
        day = add(day, grain, sign * count)
    return fixed(Grain.DAY, Days(day, day))


def rolling(cursor: DateCursor, end: int, span: Span, sign: int) -> Found:
    """All days of a span from today on, or back: «próximos 3 días», «últimos 2 meses».

    Today counts in, business days begin with the next one, and «próximos 2 meses» (quarters,
    years) are the whole ones after the present one.
    """
    today = cursor.today
    count, grain = span[0]
    if sign > 0 and grain in MONTHS_IN:
        whole = Days(neighbour(grain, today, 1).start, neighbour(grain, today, count).end)
        return Found(end, fixed(Grain.DAY, whole))
    near = add(today, grain, sign) if grain is Grain.BUSINESS_DAY else today
    far = today
    for count, grain in span:
        far = add(far, grain, sign * count)
    return Found(end, fixed(Grain.DAY, Days(min(near, far), max(near, far))))


def moved(cursor: DateCursor, period: Period, shift: int) -> Period:
    """The next one not begun («próximo lunes»), or the last one over («junio pasado»)."""
    if not shift or period.frame is None:
        return period.doubtful(weak=False)
    if shift > 0:
        found = next_from(period, cursor.today + ONE_DAY)
    else:
        found = last_until(period, cursor.today - ONE_DAY)
        if found and found.end >= cursor.today:
            found = last_until(period, found.start - ONE_DAY)
    return fixed(period.grain, found) if found else period


def _numbered(cursor: DateCursor, grain: Grain, numeral: Numeral) -> Found | None:
    """«semana 31» of the year, «trimestre 3», «mes 9»."""
    end, number = numeral.last + 1, numeral.value
    if grain is Grain.MONTH and number in words.MONTH_NUMBERS:
        return Found(end, month_of_year(number))
    if grain is not Grain.WEEK:
        return nth_unit(cursor, end, grain, number)
    week = Period(grain, lambda frame: iso_week(frame.year, number), Grain.YEAR, weak=True)
    return Found(end, week.of_present_frame())


def _shift_behind(cursor: DateCursor, index: int) -> tuple[int, int] | None:
    """By how many units the words behind one move it: «que viene», «después del próximo»."""
    if behind := words.TRAILING.at(cursor.folds, index):
        return behind
    if cursor.word(index) not in words.BEYOND:
        return None
    end = cursor.skip(index + 1, words.OF | {"a", "al"}, words.THE)
    return (
        (cursor.skip(end + 1, words.UNITS.keys()), 2) if cursor.word(end) in words.NEXT else None
    )


def _shifted(cursor: DateCursor, grain: Grain, shift: int) -> Period:
    return fixed(grain, neighbour(grain, cursor.today, shift))
