"""Dates with a name or number of their own: «30 de setiembre», «Set-21», «lunes 21», «2021»."""

from handlers.language import date_words as words
from handlers.language.calendar import Grain
from handlers.language.date_cursor import LAST_DAY, DateCursor, longest
from handlers.language.numbers import Numeral
from handlers.language.numeric_dates import (
    CENTURY,
    FIRST_YEAR,
    LAST_YEAR,
    YEARS_AROUND,
    full_year,
    read_numeric,
)
from handlers.language.periods import (
    Found,
    Period,
    combined,
    day_of_month,
    day_of_week,
    month_of_year,
    on_weekday,
    within,
    year,
)
from handlers.language.portions import nth_led, nth_unit
from handlers.language.relative_dates import moved, span_led

YEARS_NEAR = range(-1, 3)  # how far from today «set 21» may lie to be no day


def number_led(cursor: DateCursor, numeral: Numeral) -> Found | None:
    """«30/09», «30» of September, «2021», «2do semestre», «3 días siguientes»."""
    first, end = numeral.first, numeral.last + 1
    readings: list[Found | None] = []
    if cursor.is_digits(first) and not numeral.ordinal:
        readings.append(read_numeric(cursor.tokens, first, cursor.today))
    if FIRST_YEAR <= numeral.value <= LAST_YEAR:
        readings.append(Found(end, year(numeral.value, weak=True)))
    if numeral.ordinal:
        readings.append(nth_led(cursor, end, numeral.value))
    else:
        readings.append(span_led(cursor, first))
    if day := cursor.day_number(first):
        readings += [day, _numeric_month(cursor, day)]
    return longest(*readings)


def month_led(cursor: DateCursor, index: int) -> Found | None:
    """«junio», «junio pasado», «setiembre 30», «set. 2021»."""
    word = cursor.word(index)
    found = month_of_year(words.MONTHS[word], partial=word == words.SEA)
    end = index + 1
    behind = words.TRAILING.at(cursor.folds, end)
    if behind and cursor.word(behind[0] - 1) not in words.FOLLOWS:  # «junio, ¿qué sigue?»
        return Found(behind[0], moved(cursor, found, behind[1]))
    if word in words.DOTTED and cursor.word(end) == "." and cursor.is_glued(end):
        end += 1
    if short := short_year(cursor, Found(end, found)):
        return short
    numeral = cursor.numerals.get(end)
    if (
        not numeral
        or not 1 <= numeral.value <= LAST_DAY
        or cursor.is_code(numeral)
        or span_led(cursor, end)
    ):
        return Found(end, found)
    return combined(numeral.last + 1, day_of_month(numeral.value), found)


def holiday_led(cursor: DateCursor, index: int) -> Found | None:
    """«navidad», «fiestas patrias»."""
    phrase = words.HOLIDAYS.at(cursor.folds, index)
    if not phrase:
        return None
    end, (month, day) = phrase
    return combined(end, day_of_month(day), month_of_year(month))


def weekday_led(cursor: DateCursor, index: int) -> Found | None:
    """«lunes», «lunes que viene», «lunes 21», «viernes, el 12 de setiembre»."""
    word = cursor.word(index)
    weekday = words.WEEKDAYS[word]
    is_short = word in words.SHORT_WEEKDAYS
    found = day_of_week(weekday, partial=is_short)
    end = index + 1
    if behind := words.TRAILING.at(cursor.folds, end):
        return Found(behind[0], moved(cursor, found, behind[1]))
    dated = cursor.period(cursor.skip(end, {"."} if is_short else {","}))
    if dated and dated.period.grain is Grain.DAY:
        if dated.period.frame is Grain.MONTH:
            return Found(dated.end, on_weekday(dated.period, weekday))
        if dated.period.day or dated.period.frame is None:
            return dated
    return Found(end, found)


def quarter_led(cursor: DateCursor, index: int) -> Found | None:
    """«T3», «Q3»."""
    numeral = cursor.numerals.get(index + 1)
    if not numeral or not cursor.is_glued(index + 1):
        return None
    return nth_unit(cursor, numeral.last + 1, Grain.QUARTER, numeral.value)


def short_year(cursor: DateCursor, found: Found) -> Found | None:
    """A year in two digits behind a month: «mayo del 21», «Set-21», «jun/21», «set 21»."""
    end, period = found
    if period.frame is not Grain.YEAR or not period.month:
        return None
    link = cursor.skip(end, words.OF | words.SEPARATORS)
    sign = cursor.word(end) if link > end else ""
    index = cursor.skip(link, {"ano"}, words.APOSTROPHES)
    numeral = cursor.numerals.get(index)
    if not numeral or numeral.ordinal or not 0 <= numeral.value < CENTURY:
        return None
    if cursor.is_code(numeral) or _is_day_of_next(cursor, numeral):
        return None
    number = _year_of(cursor, numeral, sign, is_glued=cursor.is_glued(end))
    return combined(numeral.last + 1, period, year(number)) if number else None


def _year_of(cursor: DateCursor, numeral: Numeral, sign: str, *, is_glued: bool) -> int | None:
    """The year the number behind a month is; what could be a day must be near today."""
    if sign in words.OF:
        return full_year(f"{numeral.value:02}", cursor.today)
    if not cursor.is_digits(numeral.first) or (sign and not is_glued):
        return None
    digits = cursor.word(numeral.first)
    if numeral.value > LAST_DAY:
        return full_year(digits, cursor.today)
    found = full_year(digits, cursor.today, YEARS_AROUND)
    if found and not sign and found - cursor.today.year not in YEARS_NEAR:
        return None
    return found


def _is_day_of_next(cursor: DateCursor, numeral: Numeral) -> bool:
    """Whether the number rather belongs to what follows: «12 setiembre», «11/2»."""
    end = numeral.last + 1
    is_joined = cursor.word(end) in words.SEPARATORS
    return cursor.word(end) in words.MONTHS or (
        is_joined and cursor.is_glued(end) and cursor.is_glued(end + 1)
    )


def _numeric_month(cursor: DateCursor, day: Found) -> Found | None:
    """«17 del 11», «9 de 8 de 1971»."""
    link = cursor.skip(day.end, words.OF)
    month = cursor.numerals.get(link)
    if link == day.end or not month or month.ordinal or day.period.weak:
        return None
    if month.value not in words.MONTH_NUMBERS or cursor.is_code(month):
        return None
    found: Period | None = within(day.period, month_of_year(month.value))
    if not found:
        return None
    whole = cursor.period(cursor.skip(month.last + 1, words.OF))
    if whole and whole.period.grain is Grain.YEAR:
        return combined(whole.end, found, whole.period)
    return Found(month.last + 1, found.doubtful(weak=True))
