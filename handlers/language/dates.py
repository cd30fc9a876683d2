"""Dates in a question: what each means, and which words it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.language import date_words as words
from handlers.language.date_expressions import ExpressionReader
from handlers.language.numbers import find_numerals
from handlers.language.periods import YearRule, next_years
from handlers.language.tokens import Kind, Token
from storage.records import DateRange

__all__ = ["DateSpan", "YearRule", "find_dates", "next_years"]

GLUE = {"-", ".", ",", "/", ":"}


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date expression: `first` and `last` are the tokens it takes, both included.

    `ranges` are alternatives, the likeliest first; none where it is `impossible` («31 de junio»).
    """

    first: int
    last: int
    ranges: tuple[DateRange, ...]
    yearless: bool  # its year came from the YearRule
    impossible: bool = False
    weak: bool = False  # could be no date at all: «el 15», «lunes», «2021», «4.1»


def find_dates(tokens: Sequence[Token], today: date, years: YearRule) -> tuple[DateSpan, ...]:
    """Every date of the question from left to right; at one place the longest reading wins."""
    numerals = find_numerals(tokens)
    if not numerals and not any(token.fold in words.ANCHORS for token in tokens):
        return ()
    reader = ExpressionReader(tokens, numerals, today, years)
    spans = []
    index = 0
    while index < len(tokens):
        found = reader.expression(index)
        if found is None or not _stands_alone(tokens, index, found.end - 1):
            index += 1
            continue
        end = reader.skip(found.end, {"inclusive"})
        spans.append(
            DateSpan(
                index,
                end - 1,
                found.ranges,
                found.yearless,
                impossible=not found.ranges,
                weak=found.weak,
            )
        )
        index = end
    return tuple(spans)


def _stands_alone(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the numbers at the edges are whole: «2021» in «002-2021» is not."""
    if first > 1 and tokens[first].kind is Kind.NUMBER:
        before, sign = tokens[first - 2], tokens[first - 1]
        is_part = before.kind is Kind.NUMBER or sign.fold == "-"  # «EXP-2021»
        if sign.fold in GLUE and sign.glued and tokens[first].glued and is_part:
            return False
    if last + 2 < len(tokens) and tokens[last].kind is Kind.NUMBER:
        sign, after = tokens[last + 1], tokens[last + 2]
        is_part = after.kind is Kind.NUMBER
        return not (sign.fold in GLUE and sign.glued and after.glued and is_part)
    return True
