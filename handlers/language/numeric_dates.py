"""Dates in digits: «30/09», «30-09-2021», «2021-09-30», «06/2021»; all of one piece."""

from collections.abc import Sequence
from datetime import date

from handlers.language.calendar import longest_month
from handlers.language.periods import Found, Period, day_of_month, month_of_year, within
from handlers.language.periods import year as year_period
from handlers.language.tokens import Kind, Token

SIGNS = {"/", "-", "."}
STRONG = "/"  # «4.1» and «12-2» are rather codes than days
MONTHS_IN_YEAR = 12
FIRST_YEAR, LAST_YEAR = 1900, 2100
CENTURY = 100
YEARS_AROUND = 10  # how far from today a year in two digits may lie to be one


def full_year(digits: str, today: date, around: int = CENTURY // 2) -> int | None:
    """The year in two or four digits; two mean the nearest such, at most `around` off."""
    if len(digits) == len("2021"):
        return int(digits) if FIRST_YEAR <= int(digits) <= LAST_YEAR else None
    if len(digits) != len("21"):
        return None
    year = today.year - today.year % CENTURY + int(digits)
    year -= CENTURY if year > today.year + CENTURY // 2 else 0
    return year if abs(year - today.year) <= around else None


def read_numeric(tokens: Sequence[Token], first: int, today: date) -> Found | None:
    """The date in digits that starts at `first`."""
    parts, sign, end = [tokens[first].fold], "", first + 1
    while (
        len(parts) < len(("day", "month", "year"))
        and end + 1 < len(tokens)
        and tokens[end].fold in ({sign} if sign else SIGNS)
        and tokens[end].glued
        and tokens[end + 1].kind is Kind.NUMBER
        and tokens[end + 1].glued
    ):
        sign = tokens[end].fold
        parts.append(tokens[end + 1].fold)
        end += 2
    while len(parts) > 1 and not _goes_on(tokens, end, sign):
        period = _three(parts, sign, today) if len(parts) > len("dm") else _two(parts, sign, today)
        if period:
            return Found(end, period)
        parts.pop()
        end -= 2
    return None


def _goes_on(tokens: Sequence[Token], end: int, sign: str) -> bool:
    """Whether more is glued behind: «2020-03» of «2020-03-mar» is no month."""
    return (
        end + 1 < len(tokens)
        and tokens[end].fold == sign != "."
        and tokens[end].glued
        and tokens[end + 1].glued
    )


def _three(parts: Sequence[str], sign: str, today: date) -> Period | None:
    day, month, year = reversed(parts) if len(parts[0]) == len("2021") else parts
    found_year = full_year(year, today)
    if found_year is None or not _is_month(month) or len(day) > len("30"):
        return None
    found = within(_day_of_month(int(day), int(month)), year_period(found_year))
    weak = sign == "." and len(year) < len("2021")  # «1.6.21»
    return found and found.doubtful(weak=weak)


def _two(parts: Sequence[str], sign: str, today: date) -> Period | None:
    left, right = parts
    if len(left) == len("2021"):
        left, right = right, left
    if len(right) == len("2021"):
        year = full_year(right, today)
        return (
            within(month_of_year(int(left)), year_period(year))
            if year and _is_month(left)
            else None
        )
    if len(left) > len("30") or len(right) > len("30"):
        return None
    day, month = int(left), int(right)
    weak = sign != STRONG
    if _is_month(right) and day and (day <= longest_month(month) or not weak):
        return _day_of_month(day, month, weak=weak)
    year = full_year(right, today, YEARS_AROUND)
    if year and _is_month(left) and sign != ".":
        padded = left.startswith("0") and not weak
        found = within(month_of_year(day), year_period(year))
        return found and found.doubtful(weak=not padded)
    return None


def _is_month(digits: str) -> bool:
    return len(digits) <= len("12") and 1 <= int(digits) <= MONTHS_IN_YEAR


def _day_of_month(day: int, month: int, *, weak: bool = False) -> Period:
    found = within(day_of_month(day), month_of_year(month))
    if found is None:
        raise ValueError((day, month))
    return found.doubtful(weak=weak)
