"""The single days a text or file name names: of a document, or a new due day."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.language.calendar import Grain, day_in
from handlers.language.date_words import MONTHS, TOMORROW, WEEKDAYS
from handlers.language.dates import DateSpan, YearRule, find_dates, next_years
from handlers.language.days import MASK, NO_DATES
from handlers.language.documents import GAP, LETTER, LONGEST, MARK, flat, references, tidy
from handlers.language.links import LINK
from handlers.language.numbers import find_numerals
from handlers.language.numeric_dates import YEARS_AROUND, full_year
from handlers.language.period_reader import PeriodReader
from handlers.language.periods import last_until
from handlers.language.tokens import Kind, Token, tokenize
from storage.records import DateRange

MONTH = rf"(?:{'|'.join(MONTHS)})"
CLOCK = r"(?:[ _t]?(?:at |a las )?\d\d[.:]\d\d[.:]\d\d(?!\d)|-\d\d-\d\d-\d\d(?!\d))?"
YEAR_FIRST = re.compile(
    r"(?<!\d)\d{8}(?:[-_t ]?\d{6})?(?!\d)"
    rf"|(?<!\d)(?<!\d[-/.])\d{{4}}([-/._ ])\d{{1,2}}\1\d{{1,2}}(?!\d){CLOCK}"
)
YEAR_LAST = re.compile(
    r"(?<!\d)(?<!\d[-/.])\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d\d)(?!\d|\1\d)"
    r"|(?<!\d)\d\d([_ ])\d\d\2\d{4}(?!\d)"
)
COMPACT = re.compile(r"(\d{4})(0\d|1[0-2])(\d\d)|(\d\d)(\d\d)(\d{4})")
DIGITS = re.compile(r"\d+")
CODE = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d/]|\.\d)")  # «4.1»
ONE_CODE = r"\d{1,2}(?:_\d{1,2})?(?![\d/]|-\d)"
NO_DAYS = re.compile(
    rf"(?<!{LETTER})(?:compromiso|medio|recomendacion|comp|mv|rec){GAP}(?:{MARK}{GAP})?{ONE_CODE}"
    rf"|(?<!{LETTER})(?:compromisos|medios|recomendaciones){GAP}(?:{MARK}{GAP})?"
    rf"{ONE_CODE}(?:(?: ?,| y) {ONE_CODE})*"
    rf"|(?<!{LETTER})(?:parte|foto|pagina|pag|hoja|archivo|tomo)s?{GAP}\d+/\d+"
    rf"|(?<!{LETTER})(?!{MONTH}\d){LETTER}+\d+"  # «c4», «WA0001»
    r"|(?<!\d)(?:\d{1,4}[-/.]){3,}\d{1,4}"  # «192.168.1.1»
    r"|\d{5,}"
)
BLANKS = re.compile(rf"_|(?<={LETTER})-(?={LETTER})|(?<=\d)[-.](?={LETTER})")
WORD_DASH = re.compile(rf"(?<!{LETTER})(?!{MONTH}-)({LETTER}+)-(?=\d)")  # «acta-5-de-mayo»
MASKED = f" {MASK.text} "
FAR_BACK = 9  # years in which a 29 February comes
HABITS = frozenset({"los", "cada", "todos", "sabados", "domingos"})


def document_days(text: str, today: date, *, ahead: bool = False) -> tuple[date, ...]:
    """The single days named in a text or file name, in order, each once.

    A day without a year, month or week is the latest such day not after `today`; with `ahead`
    the next one from `today` on. Ranges, open ends («hasta el 5 de mayo») and digits of
    documents, codes and links are no days.
    """
    tokens = tokenize(_dated(text, today))
    found = find_dates(tokens, today, next_years(today) if ahead else _past_years(today))
    spans = [span for span in found if _is_meant(tokens, span)]
    if not ahead and any(one.start and one.start > today for span in spans for one in span.ranges):
        reader = PeriodReader(tokens, find_numerals(tokens), today)
        spans = [_of_the_past(span, reader) for span in spans]
    ranges = [one for span in spans for one in span.ranges]
    return tuple(dict.fromkeys(one.start for one in ranges if one.start and one.start == one.end))


def _past_years(today: date) -> YearRule:
    """The rule of the last occurrence: this year where it has come, else an earlier one."""

    def rule(month: int, day: int | None) -> tuple[int, ...]:
        if day is None:
            return (today.year - (month > today.month),)
        for year in range(today.year, today.year - FAR_BACK, -1):
            found = day_in(year, month, day)
            if found is not None and found <= today:
                return (year,)
        return ()

    return rule


def _dated(text: str, today: date) -> str:
    """The text without documents, codes and links, its whole dates in digits as «2021-05-05»."""
    whole = tidy(LINK.sub(" ", text[:LONGEST]))
    kept, end = [], 0
    for reference in references(whole):
        kept.append(whole[end : reference.start])
        end = reference.end
    plain = flat(MASKED.join([*kept, whole[end:]]))

    plain = YEAR_FIRST.sub(lambda found: _as_day(found.group(), today), plain)
    plain = YEAR_LAST.sub(lambda found: _as_day(found.group(), today), CODE.sub(MASKED, plain))
    return WORD_DASH.sub(r"\1 ", BLANKS.sub(" ", NO_DAYS.sub(MASKED, plain)))


def _as_day(written: str, today: date) -> str:
    """«20210505», «05/05/2021», «5-5-21» as « 2021-05-05 »; masked where it is no day near now."""
    compact = COMPACT.match(written)
    parts = [part for part in compact.groups() if part] if compact else DIGITS.findall(written)[:3]
    year, month, day = parts if len(parts[0]) == len("2021") else reversed(parts)
    full = full_year(year, today)
    if full is None or abs(full - today.year) > YEARS_AROUND:
        return MASKED
    try:
        return f" {date(full, int(month), int(day))} "
    except ValueError:
        return MASKED


def _is_meant(tokens: Sequence[Token], span: DateSpan) -> bool:
    """Whether the span names days for certain: no bare «el 5», no «los viernes», no «ahora»."""
    words = tokens[span.first : span.last + 1]
    folds = {token.fold for token in words}
    if not span.weak:
        return not folds <= NO_DATES
    is_counted = any(token.kind is Kind.NUMBER for token in words)
    before = tokens[span.first - 1].fold if span.first else ""
    return (
        not is_counted
        and not folds.isdisjoint({*WEEKDAYS, TOMORROW})
        and HABITS.isdisjoint({*folds, before})
    )


def _of_the_past(span: DateSpan, reader: PeriodReader) -> DateSpan:
    """«el viernes», «el día 5»: the last one, where the next was read."""
    found = reader.period(span.first)
    if len(span.ranges) > 1 or not found or found.end <= span.last:
        return span
    placed = last_until(found.period, reader.today)
    if found.period.grain is not Grain.DAY or not placed:
        return span
    return replace(span, ranges=(DateRange(*placed),))
