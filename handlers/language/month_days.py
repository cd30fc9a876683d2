"""On which day of each month notices come: «el primero de cada mes», «el día 15», «fin de mes»."""

from collections.abc import Iterator, Sequence, Set

from handlers.language.date_words import BUSINESS, ENDS_OF, MONTHS, STARTS_OF, WEEKDAYS
from handlers.language.moods import Mood
from handlers.language.numbers import LAST, Numeral
from handlers.language.rhythms import HABIT, JOINERS, Habit, rhythm_at
from handlers.language.sentence import Sentence
from handlers.language.tags import Tag
from storage.notices import Rhythm

MONTH_DAYS = range(1, 32)
LAST_DAY = 31
STOPS = frozenset("a al de del lo y , . ; ! ? )".split())  # behind «cada día 15»
DUE = frozenset({Tag.DUE, Tag.DELIVER})


def read_month_days(
    sentence: Sentence, feeling: Sequence[Mood], blocked: Set[int], habit: Habit
) -> None:
    """Add the days of each month; numbers in `blocked` say something else."""
    monthly = any(rhythm_at(sentence, at) is Rhythm.MONTHLY for at in range(len(sentence)))
    done = -1
    for numeral in sentence.numerals:
        if (
            numeral.first in blocked
            or numeral.first <= done
            or feeling[numeral.first] is not Mood.PLAIN
        ):
            continue
        days = list(_joined(sentence, numeral))
        end = days[-1].last + 1
        if not _is_day_of_month(sentence, numeral, end, monthly=monthly):
            continue
        done = end - 1
        _keep(sentence, days, habit)
    for at in range(len(sentence)):
        day = _edge_of_month(sentence, at, monthly=monthly)
        if day is not None and feeling[at] is Mood.PLAIN:
            habit.month_days.append(day)
            habit.rhythms.append(Rhythm.MONTHLY)


def _joined(sentence: Sentence, numeral: Numeral) -> Iterator[Numeral]:
    """«1», or «1 y 15», «1 y el 15»."""
    by_place = {one.first: one for one in sentence.numerals}
    while True:
        yield numeral
        if sentence.word(numeral.last + 1) not in JOINERS:
            return
        at = numeral.last + 2
        at += sentence.word(at) in {"el", "los"}
        if at not in by_place:
            return
        numeral = by_place[at]


def _is_day_of_month(sentence: Sentence, numeral: Numeral, end: int, *, monthly: bool) -> bool:
    before = numeral.first - 1
    named = sentence.word(before) in {"dia", "dias"}
    before -= named
    lead = sentence.word(before)
    noun = sentence.word(end) in {"dia", "dias"} and numeral.ordinal  # «el primer día»
    end += noun + (noun and sentence.word(end + 1) in BUSINESS)
    if numeral.ordinal and sentence.word(end) in WEEKDAYS:
        end += 1
    if _of_each_month(sentence, end, habitual=lead in HABIT or monthly):
        weekday = numeral.ordinal and sentence.word(end - 1) in WEEKDAYS
        return lead in {"el", "al", "del", *HABIT} or named or weekday
    following = sentence.word(end)
    stops = following in STOPS or end >= len(sentence)
    plain = stops and not (following == "de" and sentence.word(end + 1) in {*MONTHS, "este"})
    if lead == "cada" or (named and lead in HABIT):
        return plain and (not numeral.ordinal or numeral.value == 1)
    return monthly and plain and lead == "el" and not numeral.ordinal


def _of_each_month(sentence: Sentence, at: int, *, habitual: bool) -> bool:
    """«de cada mes», «cada mes», «de todos los meses»; «del mes» where the rest is a habit."""
    at += sentence.word(at) in {"de", "del"}
    if sentence.word(at) == "cada" and sentence.word(at + 1) == "mes":
        return True
    if [sentence.word(at + step) for step in range(3)] == ["todos", "los", "meses"]:
        return True
    return habitual and sentence.word(at) == "mes" and sentence.word(at - 1) in {"de", "del"}


def _keep(sentence: Sentence, days: Sequence[Numeral], habit: Habit) -> None:
    first, last = days[0], days[-1]
    behind = last.last + 1
    noun = first.ordinal and sentence.word(behind) in {"dia", "dias"}
    strange = first.ordinal and (
        sentence.word(behind) in WEEKDAYS or (noun and sentence.word(behind + 1) in BUSINESS)
    )
    value = LAST_DAY if first.value == LAST else first.value
    habit.rhythms.append(Rhythm.MONTHLY)
    if len(days) > 1 or strange or value not in MONTH_DAYS:
        end = last.last + bool(noun or strange) + bool(noun and strange)
        habit.no_month_days.append(sentence.text(first.first, end))
        habit.read.update(range(first.first, end + 1))
    else:
        habit.month_days.append(value)


def _edge_of_month(sentence: Sentence, at: int, *, monthly: bool) -> int | None:
    """«fin de mes», «cada inicio de mes»; not «lo que vence a fin de mes», «este fin de mes»."""
    word = sentence.word(at)
    if word not in STARTS_OF | ENDS_OF or sentence.word(at + 1) not in {"de", "del"}:
        return None
    each = sentence.word(at + 2) == "cada"
    if sentence.word(at + 2 + each) != "mes":
        return None
    habitual = each or monthly or sentence.word(at - 1) in HABIT
    if not habitual:
        due = any(
            sentence.tags(place) & DUE and _speaks_of_due(sentence, place) for place in range(at)
        )
        if word in STARTS_OF or due or sentence.word(at - 1) in {"este", "hasta", "para", "de"}:
            return None
    return 1 if word in STARTS_OF else LAST_DAY


def _speaks_of_due(sentence: Sentence, at: int) -> bool:
    """«vence», «toca presentar»; «mándame» only asks for it."""
    return Tag.DUE in sentence.tags(at) or not sentence.word(at).endswith(("me", "nos"))
