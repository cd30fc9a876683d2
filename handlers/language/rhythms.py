"""How often and on which days notices come: «los lunes y jueves», «el primero de cada mes»."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from handlers.language.date_words import (
    BUSINESS,
    ENDS_OF,
    MONTHS,
    STARTS_OF,
    TRAILING,
    WEEKDAYS,
)
from handlers.language.moods import Mood
from handlers.language.numbers import LAST, Numeral
from handlers.language.sentence import Sentence
from handlers.language.spelling import is_ordinary
from handlers.language.tags import Tag
from storage.notices import Rhythm

EACH = frozenset({"cada", "todo", "toda", "todos", "todas"})
HABIT = frozenset({"los", "las", *EACH})
ONCE = frozenset(
    "el este esta ese al del hasta para proximo ultimo hoy manana ayer pasado siguiente".split()
)
PARTS_OF_DAY = frozenset("manana mananas tarde tardes noche noches madrugada madrugadas".split())
RHYTHMS = {
    "dia": Rhythm.DAILY, "dias": Rhythm.DAILY, **dict.fromkeys(PARTS_OF_DAY, Rhythm.DAILY),
    "semana": Rhythm.WEEKLY, "semanas": Rhythm.WEEKLY,
    "mes": Rhythm.MONTHLY, "meses": Rhythm.MONTHLY,
}  # fmt: skip
ADJECTIVES = (("diari", Rhythm.DAILY), ("semanal", Rhythm.WEEKLY), ("mensual", Rhythm.MONTHLY))
NO_ADJECTIVES = frozenset({"semanario", "semanarios", "mensualidad", "mensualidades"})
NAMES = (
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "sabados",
    "domingos",
)
FREE_DAYS = frozenset("feriado feriados festivo festivos asueto asuetos".split())
JOINERS = frozenset({",", "y", "e", "o", "u", "/", "&"})
TO = frozenset({"a", "al", "-", "hasta"})
SHORTEST = 4  # letters of a weekday with one missing: «lune»
NEAR, FAR = 1, 2  # errors that are put right, and those that make a word none
MONDAY_TO_FRIDAY = frozenset(range(5))
WEEKEND = frozenset({5, 6})
WEEK = range(7)
MONTH_DAYS = range(1, 32)
LAST_DAY = 31
STOPS = frozenset("a al de del lo y , . ; ! ? )".split())  # behind «cada día 15»
DUE = (Tag.DUE, Tag.DELIVER)


@dataclass
class Habit:
    """What was read so far; the days that are none as typed."""

    rhythms: list[Rhythm] = field(default_factory=list)  # in the order named
    weekdays: set[int] = field(default_factory=set)
    without: set[int] = field(default_factory=set)
    month_days: list[int] = field(default_factory=list)
    no_weekdays: list[str] = field(default_factory=list)
    no_month_days: list[str] = field(default_factory=list)
    read: set[int] = field(default_factory=set)  # places of what was read as days of the month


def put_weekdays_right(sentence: Sentence) -> None:
    """Read a word one letter away from exactly one weekday as that weekday."""
    for at in range(len(sentence)):
        word = sentence.word(at)
        if not _is_strange(sentence, at) or len(word) < SHORTEST:
            continue
        near = {WEEKDAYS[name]: name for name in NAMES if OSA.distance(word, name) <= NEAR}
        if len(near) == 1 and not is_ordinary(word):
            sentence.replace(at, next(iter(near.values())))


def _is_strange(sentence: Sentence, at: int) -> bool:
    return sentence.is_word(at) and not sentence.tags(at) and sentence.word(at) not in WEEKDAYS


def read_habit(sentence: Sentence, feeling: Sequence[Mood], blocked: Set[int]) -> Habit:
    """Read it; numbers in `blocked` name something else."""
    habit = Habit()
    _read_month_days(sentence, feeling, blocked, habit)
    at = 0
    while at < len(sentence):
        is_read = at in blocked or at in habit.read
        end = at if is_read else _weekdays_at(sentence, at, feeling, habit)
        if end > at:
            at = end
            continue
        rhythm = rhythm_at(sentence, at)
        if rhythm is not None and feeling[at] is Mood.PLAIN:
            habit.rhythms.append(rhythm)
        at += 1
    if habit.without:
        daily = Rhythm.DAILY in habit.rhythms and not habit.weekdays
        habit.weekdays = (set(WEEK) if daily else habit.weekdays) - habit.without
    return habit


def says_how_often(sentence: Sentence) -> frozenset[int]:
    """Where it says so: «cada día», «los lunes», «el 15 de cada mes»; empty where nothing does."""
    found = {at for at in range(len(sentence)) if rhythm_at(sentence, at) is not None}
    for at in range(len(sentence)):
        days, end = _group(sentence, at)
        if days and _is_habit(sentence, at, end, several=len(days) > 1):
            found.add(at)
    return frozenset(found)


def rhythm_at(sentence: Sentence, at: int) -> Rhythm | None:
    """«cada día», «todas las semanas», «diario», «una vez al mes»; the word of time stands at `at`."""
    word = sentence.word(at)
    for root, rhythm in ADJECTIVES:
        if word.startswith(root) and word not in NO_ADJECTIVES:
            named = sentence.tags(at - 1) & {Tag.SUMMARY, Tag.NOTICE}
            plural = word.endswith("s") and sentence.is_word(at - 1)
            return rhythm if named or not plural or word.endswith("mente") else None
    if word not in RHYTHMS:
        return None
    each = sentence.word(at - 1) == "cada" or (
        sentence.word(at - 1) in {"los", "las"} and sentence.word(at - 2) in {"todos", "todas"}
    )
    once = sentence.before(at) in {"al", "por"} or (
        sentence.before(at) == "la" and sentence.before(at, 2) in {"a", "por"}
    )
    each = each or (once and "vez" in {sentence.before(at, 2), sentence.before(at, 3)})
    following = sentence.word(at + 1)
    dated = (
        following in {*WEEKDAYS, *BUSINESS} or following.isdecimal() or _is_of_month(sentence, at)
    )
    return RHYTHMS[word] if each and not dated else None


def _is_of_month(sentence: Sentence, at: int) -> bool:
    """«cada mes de junio» comes once a year."""
    return sentence.word(at + 1) == "de" and sentence.word(at + 2) in MONTHS


# weekdays


def _weekdays_at(sentence: Sentence, at: int, feeling: Sequence[Mood], habit: Habit) -> int:
    """Read the weekdays from a token on; the token behind them, `at` where there are none."""
    days, end = _group(sentence, at)
    if not days:
        if _is_no_weekday(sentence, at):
            habit.no_weekdays.append(sentence.tokens[at].text)
            return at + 1
        return at
    if not _is_habit(sentence, at, end, several=len(days) > 1):
        return end
    if feeling[at] is Mood.LEFT_OUT:
        habit.without |= days
    elif feeling[at] is Mood.PLAIN:
        habit.weekdays |= days
        habit.rhythms.append(Rhythm.WEEKLY)
    return _strange_end(sentence, end, habit)


def _group(sentence: Sentence, at: int) -> tuple[set[int], int]:
    """«lunes», «lunes a viernes», «fines de semana», «días hábiles»."""
    word = sentence.word(at)
    if word in {"fin", "fines", "finde", "findes"}:
        long = sentence.word(at + 1) == "de" and sentence.word(at + 2) == "semana"
        if word.startswith("finde") or long:
            return set(WEEKEND), at + (3 if long else 1)
    if word == "entre" and sentence.word(at + 1) == "semana":
        return set(MONDAY_TO_FRIDAY), at + 2
    if word in {"dia", "dias"} and sentence.word(at + 1) in BUSINESS:
        return set(MONDAY_TO_FRIDAY), at + 2
    if word not in WEEKDAYS:
        return set(), at
    first = WEEKDAYS[word]
    to = at + 1
    if sentence.word(to) in TO:
        last = to + 1 + (sentence.word(to + 1) in {"el", "los"})
        if sentence.word(last) in WEEKDAYS:
            steps = (WEEKDAYS[sentence.word(last)] - first) % 7
            return {(first + step) % 7 for step in range(steps + 1)}, last + 1
    return {first}, at + 1


def _is_habit(sentence: Sentence, at: int, end: int, *, several: bool) -> bool:
    """«los lunes», «lunes a viernes»; not «el lunes», «este fin de semana», «lunes 17»."""
    before = at - 1
    before -= sentence.word(before) in {"dia", "dias"}
    lead = sentence.word(before)
    if lead in HABIT:
        return True
    starts = sentence.word(at)
    if starts in {"dia", "dias"} or starts.startswith("fin"):
        return starts == "dias" and lead in {"en", "de"}
    if lead in JOINERS and _behind_habit(sentence, before - 1):
        return True
    if lead in {"del", "de"} and several:
        return starts in WEEKDAYS
    if lead in ONCE or TRAILING.at([token.fold for token in sentence.tokens], end):
        return lead == "el" and sentence.word(end) == "de" and sentence.word(end + 1) == "cada"
    return not (sentence.word(end).isdecimal() and sentence.word(end + 1) in {"de", "/", "-"})


def _behind_habit(sentence: Sentence, at: int) -> bool:
    """A weekday before the joiner stands in a habit itself."""
    if sentence.word(at) not in WEEKDAYS:
        return False
    while sentence.word(at) in WEEKDAYS and sentence.word(at - 1) in JOINERS:
        at -= 2
    return sentence.word(at - 1) not in ONCE


def _is_no_weekday(sentence: Sentence, at: int) -> bool:
    """«los lunax», «cada feriado»."""
    word = sentence.word(at)
    before = at - 1
    before -= sentence.word(before) in {"dia", "dias"}
    lead = sentence.word(before)
    led = (
        lead in HABIT
        or lead in {"el", "salvo", "menos", "excepto"}
        or (lead in JOINERS and sentence.word(before - 1) in WEEKDAYS)
    )
    if not led:
        return False
    if word in FREE_DAYS:
        return lead != "el"
    if not _is_strange(sentence, at) or len(word) <= SHORTEST:
        return False
    near = min(OSA.distance(word, name) for name in NAMES) <= FAR
    return near and not is_ordinary(word)


def _strange_end(sentence: Sentence, end: int, habit: Habit) -> int:
    """«los lunes y blursday»: what is joined to a weekday is to be one."""
    at = end + 1 + (sentence.word(end + 1) == "los")
    word = sentence.word(at)
    joined = sentence.word(end) in {"y", "e"} and _is_strange(sentence, at)
    code = 0 <= at < len(sentence) and sentence.tokens[at].text.isupper()
    if joined and not code and len(word) > SHORTEST and not is_ordinary(word):
        habit.no_weekdays.append(sentence.tokens[at].text)
        return at + 1
    return end


# days of the month


def _read_month_days(
    sentence: Sentence, feeling: Sequence[Mood], blocked: Set[int], habit: Habit
) -> None:
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
        return lead in {"el", "al", "del", *HABIT} or named
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
            sentence.tags(place) & set(DUE) and _speaks_of_due(sentence, place)
            for place in range(at)
        )
        if word in STARTS_OF or due or sentence.word(at - 1) in {"este", "hasta", "para", "de"}:
            return None
    return 1 if word in STARTS_OF else LAST_DAY


def _speaks_of_due(sentence: Sentence, at: int) -> bool:
    """«vence», «toca presentar»; «mándame» only asks for it."""
    return Tag.DUE in sentence.tags(at) or not sentence.word(at).endswith(("me", "nos"))
