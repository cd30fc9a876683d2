"""How often and on which weekdays notices come: «cada semana», «los lunes y jueves»."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from handlers.language.date_words import (
    BUSINESS,
    MONTHS,
    TRAILING,
    WEEKDAYS,
)
from handlers.language.moods import Mood
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
ODD_ADJECTIVES = (
    *("interdiari", "quincenal", "bisemanal", "bimensual", "bimestral"),
    *("trimestral", "cuatrimestral", "semestral", "anual"),
)
ODD_SPANS = frozenset(
    "minuto minutos hora horas quincena quincenas bimestre bimestres trimestre trimestres semestre "
    "semestres ano anos".split()
)
SPANS = frozenset({*RHYTHMS, *ODD_SPANS, *WEEKDAYS})
A_WEEK = 7  # days
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


def read_rhythms(
    sentence: Sentence, feeling: Sequence[Mood], blocked: Set[int], habit: Habit
) -> None:
    """Add how often and on which weekdays; numbers in `blocked` say something else."""
    at = 0
    while at < len(sentence):
        is_read = at in blocked or at in habit.read
        end = at if is_read else _weekdays_at(sentence, at, feeling, blocked, habit)
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


def odd_rhythms(sentence: Sentence, blocked: Set[int]) -> Iterator[tuple[int, int]]:
    """Where a rhythm is said that there is not: «cada dos semanas», «quincenalmente», «cada hora».

    Gives the first and the last place of each; numbers in `blocked` say something else.
    """
    counted = {
        numeral.last + 1: numeral
        for numeral in sentence.numerals
        if numeral.first not in blocked and numeral.value > 1
    }
    for at in range(len(sentence)):
        word, before = sentence.word(at), at - 1
        if at in counted:
            number = counted[at]
            is_week = number.value == A_WEEK and word == "dias"
            if word in SPANS and sentence.word(number.first - 1) == "cada" and not is_week:
                yield number.first - 1, at
            ends = [end for end in range(at + 2, at + 4) if sentence.word(end) in SPANS]
            if word == "veces" and ends:
                yield number.first, ends[0]
        elif word in ODD_SPANS and sentence.word(before) == "cada":
            yield before, at
        elif word in SPANS and [sentence.word(at + step) for step in (1, 2)] == ["por", "medio"]:
            yield at, at + 2
        elif word.startswith(ODD_ADJECTIVES):
            named = sentence.tags(before) & {Tag.SUMMARY, Tag.NOTICE}
            if named or word.endswith("mente"):
                yield at, at


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


def _weekdays_at(
    sentence: Sentence, at: int, feeling: Sequence[Mood], blocked: Set[int], habit: Habit
) -> int:
    """Read the weekdays from a token on; the token behind them, `at` where there are none."""
    days, end = _group(sentence, at)
    if not days:
        if _is_no_weekday(sentence, at):
            habit.no_weekdays.append(sentence.tokens[at].text)
            return at + 1
        return at
    is_dated = sentence.word(end).isdecimal() and end not in blocked  # «lunes 17»
    if is_dated or not _is_habit(sentence, at, end, several=len(days) > 1):
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
    """«los lunes», «lunes a viernes»; not «el lunes», «este fin de semana»."""
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
    return True


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
