"""Which dates of a question are due days, and what year a month without one means."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from handlers.language.calendar import Grain, add, around
from handlers.language.date_cursor import MOST_UNITS
from handlers.language.date_words import UNITS
from handlers.language.dates import DateSpan, YearRule, find_dates, next_years
from handlers.language.exclusion import OTHER_THAN
from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.status import PAST_VENCER
from handlers.language.tags import Tag
from handlers.language.tokens import Kind, Token
from handlers.language.verbs import Form
from storage.records import DateRange, StatusFilter

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
MASK = Token("·", "·", Kind.SIGN, 0, glued=False)
NO_DATES = frozenset({"ahora", "ahorita", "actualmente"})  # «ahora dime…»
URGENCY = frozenset({"mismo", "mismito", "nomas"})  # «hoy mismo»: when the answer is wanted
COUNTED = frozenset({"dias", "dia", "semanas", "semana", "meses"})
WITHIN = frozenset({"en", "dentro", "a"})
UNTIL = frozenset({"para", "hasta"})
AS_OF = frozenset({"al", "a"})  # «vencidos al día de hoy»: as it stands today
EVENTS = frozenset("reunion comite sesion exposicion taller correo oficio visita".split())
INCLUDING = frozenset("contando incluyendo inclusive incluido tambien".split())
COUNTED_IN = frozenset("contando incluyendo inclusive incluido incluidos incluidas".split())
BOTH_ENDS = frozenset("ambos ambas los las dos extremos limites meses dias fechas".split())
RANGE_NOUNS = frozenset({"rango", "periodo", "intervalo", "tramo", "lapso"})
A_RANGE = 6  # tokens of «del 10-9 al 2»; a range of two days has more
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
    lacking = _lacking(sentence)
    tokens = [
        token if sentence.is_free(at) and at not in lacking else MASK
        for at, token in enumerate(sentence.tokens)
    ]
    taken = []
    for span in find_dates(tokens, today, years):
        if not sentence.is_free(span.first, span.last):
            continue
        if span.weak and not _is_meant(sentence, span):
            continue
        if span.first == span.last and sentence.word(span.first) in NO_DATES:
            continue
        of = {sentence.word(span.first), sentence.word(span.first - 1)} & {"de", "del"}
        if of and EVENTS & {sentence.before(span.first), sentence.before(span.first, 2)}:
            continue  # «para la reunión de hoy»
        ranges = tuple(_within(sentence, span, one, today) for one in _joined(sentence, span))
        comma = _put_right(sentence, span)
        if sentence.word(span.last + 1) in OTHER_THAN:
            continue  # «en meses distintos de mayo»
        if comma is not None:
            ranges = ranges[1:]
            sentence.aside.update(range(span.first - 1, comma + 1))
            sentence.claim(Claim(Part.DATE, comma + 1, span.last, ranges))
        elif not span.impossible:
            sentence.claim(Claim(Part.DATE, span.first, span.last, ranges))
        taken.append(replace(span, ranges=ranges))
    _drop_urgency(sentence)
    _set_ends_aside(sentence)
    _meet(sentence)
    return taken


def _lacking(sentence: Sentence) -> set[int]:
    """«nada de lo entregado, solo lo que falta de setiembre»: not handed in, and no rest of days."""
    denies = any(
        sentence.word(at) == "nada" or sentence.tags(at) & {Tag.EXCEPT, Tag.WITHOUT, Tag.NOT}
        for at in sentence.free()
    )
    handed_in = denies and any(
        sentence.forms(at) & {Form.PARTICIPLE, Form.PAST} and Tag.DELIVER in sentence.tags(at)
        for at in sentence.free()
    )
    return {
        at
        for at in (sentence.places(Tag.PENDING) if handed_in else ())
        if sentence.word(at) == "falta"
        and (sentence.word(at - 2), sentence.word(at - 1)) == ("lo", "que")
        and sentence.word(at - 3) != "en"
    }


def _set_ends_aside(sentence: Sentence) -> None:
    """«…, incluyendo ambos meses», «… (ambos inclusive)»: both ends count in as they are."""
    for claim in sentence.of_part(Part.DATE):
        first = claim.last + 1
        first += sentence.word(first) in {",", "("}
        last = first
        while sentence.word(last) in COUNTED_IN | BOTH_ENDS:
            last += 1
        said = {sentence.word(at) for at in range(first, last)}
        ends = not sentence.is_word(last) or sentence.tags(last) <= {Tag.FILLER, Tag.WANT}
        both = said & COUNTED_IN and said & {"ambos", "ambas", "dos", "extremos", "limites"}
        if both and ends and sentence.is_free(first, last):
            sentence.aside.update(range(first, last))


def _is_all(sentence: Sentence, span: DateSpan) -> bool:
    """«¿y mañana?»: nothing else is said."""
    rest = [at for at in range(len(sentence)) if not span.first <= at <= span.last]
    said = [at for at in rest if sentence.is_word(at)]
    return sentence.word(span.last) == "manana" and all(
        sentence.word(at) in {"y", "pero", "e", "a", "ver"} for at in said
    )


def _put_right(sentence: Sentence, span: DateSpan) -> int | None:
    """Where the comma of «no mayo, junio» stands: what comes behind it is meant instead."""
    if sentence.word(span.first - 1) != "no" or len(span.ranges) <= 1:
        return None
    return next((at for at in range(span.first, span.last) if sentence.word(at) == ","), None)


def claim_lateness(sentence: Sentence, today: date) -> None:
    """«más de 3 meses de retraso»: due before that."""
    for numeral in sentence.numerals:
        grain = UNITS.get(sentence.word(numeral.last + 1))
        is_more = (sentence.before(numeral.first), sentence.before(numeral.first, 2)) == (
            "de",
            "mas",
        )
        late = any(Tag.OVERDUE in sentence.tags(numeral.last + step) for step in (2, 3, 4))
        late = late or any(
            Tag.OVERDUE in sentence.tags(numeral.first - step) for step in (3, 4, 5)
        )
        if grain is None or not is_more or not late or not 0 < numeral.value < MOST_UNITS:
            continue
        last = add(today, grain, -numeral.value) - timedelta(days=1)
        ranges = (DateRange(None, last),)
        sentence.claim(Claim(Part.DATE, numeral.first - 2, numeral.last + 1, ranges))


def _drop_urgency(sentence: Sentence) -> None:
    """«lo de junio y, de ser posible, hoy mismo»: the second is no due day."""
    dates = sentence.of_part(Part.DATE)
    for claim in dates:
        match claim.value:
            case (DateRange(start=start, end=end),):
                is_day = start == end  # «junio nomás» is no urgency
            case _:
                is_day = False
        if is_day and len(dates) > 1 and sentence.word(claim.last + 1) in URGENCY:
            sentence.claims.remove(claim)


def drop_as_of(sentence: Sentence, today: date) -> None:
    """«los vencidos al día de hoy», «a la fecha»: how they stand now, not what falls due today."""
    stands = bool(sentence.of_part(Part.STATUS)) or sentence.has(Tag.SUMMARY)
    for claim in sentence.of_part(Part.DATE):
        said = {sentence.word(at) for at in range(claim.first, claim.last + 1)}
        until_now = claim.value == (DateRange(None, today),) and said & {"fecha", "momento", "hoy"}
        late = _is_late_already(sentence, claim, today)
        if (stands and until_now) or late or _is_as_of(sentence, claim, today):
            sentence.put_aside([claim])


def _is_late_already(sentence: Sentence, claim: Claim, today: date) -> bool:
    """«hoy 1 de junio, ¿qué está vencido?»: nothing due on that day can be; «¿qué venció hoy?»."""
    match claim.value:
        case (DateRange(start=date() as start, end=date() as end),) if today <= start == end:
            late = [
                one
                for one in sentence.of_part(Part.STATUS)
                if one.value is StatusFilter.OVERDUE and sentence.word(one.last) not in PAST_VENCER
            ]
            return bool(late)
        case _:
            return False


def _is_as_of(sentence: Sentence, claim: Claim, today: date) -> bool:
    """«al día de hoy», «a la fecha de hoy»."""
    if claim.value != (DateRange(today, today),):
        return False
    before = {sentence.word(claim.first - step) for step in range(5)}
    said = {sentence.word(at) for at in range(claim.first, claim.last + 1)}
    right_before = AS_OF & {sentence.word(claim.first), sentence.word(claim.first - 1)}
    return bool(right_before) or (
        bool(AS_OF & before) and bool({"dia", "fecha"} & (before | said))
    )


def _meet(sentence: Sentence) -> None:
    """«después de mayo y antes de setiembre», «pasando navidad, este año»: the days of both."""
    for left, right in pairwise(sentence.of_part(Part.DATE)):
        between = {sentence.word(at) for at in range(left.last + 1, right.first)}
        leaves_out = any(
            sentence.tags(at) & {Tag.NOT, Tag.WITHOUT, Tag.EXCEPT}
            for at in range(left.last + 1, right.first)
        )
        if between & INCLUDING or leaves_out:
            continue
        match left.value, right.value:
            case (DateRange() as one,), (DateRange() as other,):
                both = common(one, other)
            case _:
                both = None
        if both is not None:
            for claim in (left, right):
                sentence.claims.remove(claim)
                sentence.claim(replace(claim, value=(both,)))


def common(one: DateRange, other: DateRange) -> DateRange | None:
    """The days of both, where one of them is open and they overlap; None for others."""
    if all(day is not None for day in (one.start, one.end, other.start, other.end)):
        return None
    starts = [day for day in (one.start, other.start) if day is not None]
    ends = [day for day in (one.end, other.end) if day is not None]
    if not starts or not ends or max(starts) > min(ends):
        return None
    return DateRange(max(starts), min(ends))


def whole_of(days: DateRange) -> Grain | None:
    """The unit of the calendar that the days are one whole of."""
    if days.start is None or days.end is None:
        return None
    for grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.SEMESTER, Grain.YEAR):
        if around(grain, days.start) == (days.start, days.end):
            return grain
    return None


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
    if sentence.word(span.first - 1) in UNTIL or _is_all(sentence, span):
        return True
    if sentence.word(span.first) in {"desde", "del", "entre"} and len(words) > A_RANGE:
        return True  # «del 10-9 al 20-12»
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
