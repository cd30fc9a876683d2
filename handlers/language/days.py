"""Which dates of a question are due days, and what year a month without one means."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from handlers.language.dates import DateSpan, YearRule, find_dates, next_years
from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.tags import Tag
from handlers.language.tokens import Kind, Token
from storage.records import DateRange

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
MASK = Token("·", "·", Kind.SIGN, 0, glued=False)
NO_DATES = frozenset({"ahora", "ahorita", "actualmente"})  # «ahora dime…»
URGENCY = frozenset({"mismo", "mismito", "nomas"})  # «hoy mismo»: when the answer is wanted
COUNTED = frozenset({"dias", "dia", "semanas", "semana", "meses"})
WITHIN = frozenset({"en", "dentro", "a"})
UNTIL = frozenset({"para", "hasta"})
RANGE_NOUNS = frozenset({"rango", "periodo", "intervalo", "tramo", "lapso"})
STARTS = frozenset("el hasta antes desde para este al del manana mes".split())


def matrix_years(due_months: Iterable[tuple[int, int]], today: date) -> YearRule:
    """A month without a year means each year in which something is due in that month.

    Where nothing is due in it, it means the year that lies within the time of the matrix, and
    outside of that the next such month from today. The nearest to today comes first.
    """
    months = sorted(due_months)
    ahead = next_years(today)

    def nearness(year: int, month: int) -> int:
        return abs((year - today.year) * 12 + month - today.month)

    def years(month: int, day: int | None) -> tuple[int, ...]:
        found = {year for year, due_month in months if due_month == month}
        if not found and months:
            inside = range(months[0][0], months[-1][0] + 1)
            found = {year for year in inside if months[0] <= (year, month) <= months[-1]}
        if not found:
            return ahead(month, day)
        return tuple(sorted(found, key=lambda year: (nearness(year, month), year)))

    return years


def claim_dates(sentence: Sentence, today: date, years: YearRule) -> Sequence[DateSpan]:
    """Claim the due days, and give what was found; an impossible one is not claimed."""
    tokens = [token if sentence.is_free(at) else MASK for at, token in enumerate(sentence.tokens)]
    taken = []
    for span in find_dates(tokens, today, years):
        if not sentence.is_free(span.first, span.last):
            continue
        if span.weak and not _is_meant(sentence, span):
            continue
        if span.first == span.last and sentence.word(span.first) in NO_DATES:
            continue
        ranges = tuple(_within(sentence, span, one, today) for one in _joined(sentence, span))
        if not span.impossible:
            sentence.claim(Claim(Part.DATE, span.first, span.last, ranges))
        taken.append(replace(span, ranges=ranges))
    _drop_urgency(sentence)
    return taken


def _drop_urgency(sentence: Sentence) -> None:
    """«lo de junio y, de ser posible, hoy mismo»: the second is no due day."""
    dates = sentence.of_part(Part.DATE)
    for claim in dates:
        if len(dates) > 1 and sentence.word(claim.last + 1) in URGENCY:
            sentence.claims.remove(claim)


def _within(sentence: Sentence, span: DateSpan, found: DateRange, today: date) -> DateRange:
    """«vence en 15 días» asks for everything until then, not for that one day."""
    words = sentence.tokens[span.first : span.last + 1]
    counts = any(token.kind is Kind.NUMBER for token in words)
    named = any(token.fold in COUNTED for token in words)
    opens = sentence.word(span.first) in WITHIN
    if opens and counts and named and found.start == found.end and found.end and found.end > today:
        return DateRange(today, found.end)
    return found


def _joined(sentence: Sentence, span: DateSpan) -> tuple[DateRange, ...]:
    """«rango: nov-21 / mar-22»: from the first to the last."""
    before = {sentence.word(span.first - step) for step in (1, 2, 3)}
    if len(span.ranges) <= 1 or span.yearless or before.isdisjoint(RANGE_NOUNS):
        return span.ranges
    days = [day for one in span.ranges for day in (one.start, one.end) if day is not None]
    return (DateRange(min(days), max(days)),)


def _is_meant(sentence: Sentence, span: DateSpan) -> bool:
    """Whether a span that might be no date stands where a date would."""
    words = sentence.tokens[span.first : span.last + 1]
    if sentence.word(span.first - 1) in UNTIL:
        return True
    if any(
        token.kind is Kind.NUMBER and EARLIEST_YEAR <= token.value <= LATEST_YEAR
        for token in words
    ):
        return True
    if any(token.kind is Kind.SIGN and token.fold in {".", ","} for token in words):
        return False
    speaks_of_due = sentence.has(Tag.DUE) or sentence.has(Tag.DELIVER)
    return speaks_of_due and (sentence.word(span.first) in STARTS or len(words) > 1)


def years_shown(spans: Sequence[DateSpan]) -> tuple[int, ...]:
    """The years that months without one stand for, nearest first; none where it is one."""
    years = [
        day.year
        for span in spans
        if span.yearless and len(span.ranges) > 1
        for one in span.ranges
        for day in [one.start or one.end]
        if day is not None
    ]
    return tuple(dict.fromkeys(years))
