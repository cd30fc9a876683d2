"""How many days before the due day: «15 días antes», «30, 7 y 1 días antes», «el mismo día»."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from handlers.language.calendar import Grain
from handlers.language.date_words import BUSINESS, HOURS, HOURS_A_DAY, UNITS
from handlers.language.numbers import Numeral
from handlers.language.refs import LEVELS
from handlers.language.sentence import Sentence
from handlers.language.tags import Tag
from handlers.language.tokens import Kind

MOST_DAYS = 365
DAYS = {
    Grain.DAY: 1, Grain.WEEK: 7, Grain.FORTNIGHT: 15, Grain.MONTH: 30, Grain.BIMESTER: 60,
    Grain.QUARTER: 90, Grain.TERM: 120, Grain.SEMESTER: 180, Grain.YEAR: 365,
}  # fmt: skip
JOINERS = frozenset({",", "y", "e", "o", "/", "-", "&"})
BEFORE = frozenset({"antes", "previo", "previos", "previa", "previas"})
AHEAD = frozenset({"anticipacion", "antelacion", "adelanto", "anterioridad"})
# before a number of days that is none of the list: «lo que vence en 15 días, 3 días antes»
OTHER_DAYS = frozenset(
    "en dentro por durante proximos proximas siguientes ultimos cada hasta".split()
)
SOME = frozenset({"unos", "unas"})  # «unos días»
LACKING = frozenset({"falten", "falte", "faltando"})
OF_NUMBER = frozenset({"numero", "numeros", "en", "n", "no", "o", "°", "#", ".", "-", ":"})


@dataclass(frozen=True, slots=True)
class LeadSpan:
    """Tokens that say so, both ends included; `days` None where nothing is so long before."""

    first: int
    last: int
    days: int | None


@dataclass(frozen=True, slots=True)
class _Item:
    first: int
    last: int
    count: int
    unit: str  # "" where the one behind it has it


def named_numbers(sentence: Sentence) -> frozenset[int]:
    """Where numbers name a thing: «12.1», «compromiso 4», «compromisos 4 y 5», «c12»."""
    numerals = {numeral.first: numeral for numeral in sentence.numerals}
    found: set[int] = set()
    for at in range(len(sentence)):
        token = sentence.tokens[at]
        if token.kind is Kind.NUMBER and token.glued and sentence.is_word(at - 1):
            found.add(at)
        if _is_code(sentence, at):
            found.update({at - 1, at, at + 1})
        if not set(LEVELS).isdisjoint(sentence.tags(at)):
            found.update(_numbers_behind(sentence, at, numerals))
    return frozenset(found)


def _is_code(sentence: Sentence, at: int) -> bool:
    """The point of «12.1»."""
    around = sentence.tokens[max(0, at - 1) : at + 2]
    return (
        len(around) > 2  # noqa: PLR2004 - the point and its two neighbours
        and sentence.word(at) == "."
        and around[1].glued
        and around[2].glued
        and around[0].kind is around[2].kind is Kind.NUMBER
    )


def _numbers_behind(sentence: Sentence, at: int, numerals: dict[int, Numeral]) -> Iterator[int]:
    number = at + 1
    while sentence.word(number) in OF_NUMBER:
        number += 1
    several = sentence.word(at).endswith("s")
    while (one := numerals.get(number)) is not None and _unit(sentence, one.last + 1) is None:
        yield from range(one.first, one.last + 1)
        number = one.last + 2
        if not several or sentence.word(one.last + 1) not in JOINERS:
            return


def find_leads(sentence: Sentence, blocked: Set[int]) -> tuple[LeadSpan, ...]:
    """Every time before the due day, in order; numbers in `blocked` are none."""
    numerals = {
        numeral.first: numeral
        for numeral in sentence.numerals
        if numeral.first not in blocked and sentence.word(numeral.first) not in SOME
    }
    found: list[LeadSpan] = []
    at = 0
    while at < len(sentence):
        spans = _named(sentence, at) or _counted(sentence, at, numerals)
        found += spans
        at = spans[-1].last + 1 if spans else at + 1
    return tuple(found)


def _named(sentence: Sentence, at: int) -> list[LeadSpan]:
    """«el mismo día», «el día anterior», «la semana antes», «la víspera», «el día que vence»."""
    word, behind = sentence.word(at), sentence.word(at + 1)
    if word == "mismo" and behind == "dia" and sentence.word(at - 1) in {"el", "ese", "del"}:
        return [LeadSpan(at, at + 1, 0)]
    if word in {"vispera", "visperas"}:
        return [LeadSpan(at, at, 1)]
    if sentence.word(at - 1) not in {"el", "la"} or word not in UNITS or word.endswith("s"):
        return []
    if behind == "antes" or (behind == "anterior" and word == "dia" and not _is_of(sentence, at)):
        return [LeadSpan(at, at + 1, DAYS[UNITS[word]])] if UNITS[word] in DAYS else []
    if word == "dia" and behind in {"que", "en", "del", "de"}:
        due = at + 2 + (behind == "en" and sentence.word(at + 2) == "que")
        if sentence.word(due).startswith(("venc", "venz")):
            return [LeadSpan(at, due, 0)]
    return []


def _is_of(sentence: Sentence, at: int) -> bool:
    """«lo de el día anterior» is a day gone by."""
    return sentence.word(at - 2) in {"de", "lo"}


def _counted(sentence: Sentence, at: int, numerals: dict[int, Numeral]) -> list[LeadSpan]:
    items = list(_items(sentence, at, numerals))
    if not items or not items[-1].unit:
        return []
    end = _end(sentence, items)
    if end is None:
        return []
    while len(items) > 1 and sentence.word(items[0].first - 1) in OTHER_DAYS and items[0].unit:
        items.pop(0)
    spans, unit = [], items[-1].unit
    for item in reversed(items):
        unit = item.unit or unit
        last = end if item is items[-1] else item.last
        spans.append(LeadSpan(item.first, last, _days(item.count, unit)))
    return spans[::-1]


def _items(sentence: Sentence, at: int, numerals: dict[int, Numeral]) -> Iterator[_Item]:
    """The counts joined from `at` on: «30», «7», «1 día»."""
    while (numeral := numerals.get(at)) is not None and not numeral.ordinal:
        unit = _unit(sentence, numeral.last + 1)
        last = numeral.last + (unit is not None)
        if sentence.word(last + 1) in BUSINESS:
            unit, last = "habiles", last + 1
        yield _Item(numeral.first, last, numeral.value, unit or "")
        if sentence.word(last + 1) not in JOINERS:
            return
        at = last + 2
        at += sentence.word(last + 1) == "," and sentence.word(at) in {"y", "e"}


def _unit(sentence: Sentence, at: int) -> str | None:
    word = sentence.word(at)
    return word if word in HOURS or (word in UNITS and UNITS[word] in DAYS) else None


def _end(sentence: Sentence, items: list[_Item]) -> int | None:
    """The last token of the words that make it a time before; None where nothing does."""
    last, behind = items[-1].last, sentence.word(items[-1].last + 1)
    if behind in BEFORE:
        return last + 1
    if behind in {"de", "con"} and sentence.word(last + 2) in AHEAD:
        return last + 2
    before = sentence.word(items[0].first - 1)
    if LACKING & {before, sentence.word(items[0].first - 2)}:
        return last
    nears = before == "a" and behind in {"de", "del"}
    due = sentence.tags(last + 2) & {Tag.DUE} or sentence.word(last + 2).startswith("venc")
    return last + 2 if nears and due else None


def _days(count: int, unit: str) -> int | None:
    if unit in HOURS:
        return count // HOURS_A_DAY if count and not count % HOURS_A_DAY else None
    if unit not in UNITS:
        return None  # working days
    days = count * DAYS[UNITS[unit]]
    return days if 0 <= days <= MOST_DAYS else None
