"""The time of day a text names: «a las 8», «5 pm», «17:30», «ocho y media», «al mediodía»."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import time

from handlers.language.date_words import UNITS, WEEKDAYS
from handlers.language.numbers import Numeral
from handlers.language.sentence import Sentence
from handlers.language.tokens import Kind

LEADS = frozenset("a de desde sobre hacia tipo eso".split())
EDGES = frozenset({"hasta", "antes", "despues", "entre"})  # «antes de las 8» is no time of day
NIGHT = "noche"
DAY = "dia"
PARTS = {
    "manana": "am", "mananas": "am", "madrugada": "am", "tarde": "pm", "tardes": "pm",
    NIGHT: NIGHT, "noches": NIGHT, DAY: DAY, "mediodia": DAY, "am": "am", "pm": "pm",
}  # fmt: skip
WHOLE = {"mediodia": time(12), "medianoche": time(0)}
HALVES = {("medio", "dia"): time(12), ("media", "noche"): time(0)}
OF_PART = frozenset({"de", "del", "en", "por", "la", "las", "el"})
CLOCK = frozenset({"h", "hs", "hrs", "horas"})
MINUTES = {"media": 30, "cuarto": 15, "pico": 0}
IN_A_DAY, IN_AN_HOUR, NOON = 24, 60, 12
EVENING = 5  # «a las 3 de la noche» is said by nobody
SHORTEST_COUNTED = 5  # letters of «áreas»
NO_COUNTED = frozenset({*WEEKDAYS, *CLOCK, "todos", "todas", "menos"})
TWO_DIGITS = 2


@dataclass(frozen=True, slots=True)
class HourSpan:
    """Tokens that name a time of day, both ends included; `at` None where there is no such."""

    first: int  # its number
    last: int
    at: time | None


def find_hours(sentence: Sentence, blocked: Set[int]) -> tuple[HourSpan, ...]:
    """Every time of day in order; numbers in `blocked` are none."""
    numerals = {numeral.first: numeral for numeral in sentence.numerals}
    found: list[HourSpan] = []
    for at in range(len(sentence)):
        if found and at <= found[-1].last:
            continue
        span = _whole(sentence, at) or _clock(sentence, at, numerals)
        if span is not None and at in blocked and not _is_dotted(sentence, span):
            span = None
        if span is not None:
            found.append(span)
    return tuple(found)


def _whole(sentence: Sentence, at: int) -> HourSpan | None:
    """«al mediodía», «a medianoche»."""
    if sentence.before(at) not in {"a", "al"} or sentence.before(at, 2) == "hasta":
        return None
    if sentence.word(at) in WHOLE:
        return HourSpan(at, at, WHOLE[sentence.word(at)])
    half = HALVES.get((sentence.word(at), sentence.word(at + 1)))
    return HourSpan(at, at + 1, half) if half is not None else None


def _clock(sentence: Sentence, at: int, numerals: dict[int, Numeral]) -> HourSpan | None:
    led = _is_led(sentence, at)
    numeral = numerals.get(at)
    if numeral is None:  # «a las 123456»
        long = led and sentence.tokens[at].kind is Kind.NUMBER
        return HourSpan(at, at, None) if long else None
    counted = sentence.tokens[at].kind is Kind.NUMBER and _part(sentence, at)[1] is not None
    if (numeral.ordinal and not counted) or numeral.value < 0 or _is_edge(sentence, at):
        return None
    hour, minute = numeral.value, 0
    number = at if numeral.ordinal else numeral.last  # «8a.m.» is not «8a»
    last, written = _minutes(sentence, number, numerals, led=led)
    if written is not None:
        minute = written
    elif led and len(sentence.tokens[at].text) > TWO_DIGITS and sentence.word(at).isdecimal():
        hour, minute = divmod(hour, 100)  # «1730»
    colon = sentence.word(number + 1) in {":", "h"} and written is not None
    if sentence.word(last + 1) in CLOCK and sentence.word(last + 2) != "antes":
        last += 1
        clock = sentence.word(last) == "h" or led
    else:
        clock = False
    end, part = _part(sentence, last)
    if not (led or colon or clock or part):
        return None
    if led and not part and written is None and _is_counted(sentence, last + 1):
        return None
    return HourSpan(at, end, _time(hour, minute, part or _part_before(sentence, at)))


def _is_dotted(sentence: Sentence, span: HourSpan) -> bool:
    """«a las 8.30» is no code; «lo de las 12.1» is."""
    led = _is_led(sentence, span.first) and sentence.word(span.first - 2) != "de"
    return led and span.last >= span.first + 2 and sentence.word(span.first + 1) == "."


def _is_led(sentence: Sentence, at: int) -> bool:
    """«a las 8», «a la una», «desde las 7»."""
    article = sentence.word(at - 1)
    if article == "alas":
        return True
    one = article == "la" and sentence.word(at) in {"una", "1"}
    return (article == "las" or one) and sentence.word(at - 2) in LEADS


def _is_edge(sentence: Sentence, at: int) -> bool:
    return sentence.word(at - 1) in {"las", "la"} and not EDGES.isdisjoint(
        {sentence.word(at - 2), sentence.word(at - 3)}
    )


def _minutes(
    sentence: Sentence, last: int, numerals: dict[int, Numeral], *, led: bool
) -> tuple[int, int | None]:
    """The last token of «8:30», «8 y media», «siete treinta» and its minutes; None for none."""
    sign = sentence.word(last + 1)
    behind = numerals.get(last + 2)
    if sign in ({":", ".", "h"} if led else {":", "h"}) and behind is not None:
        glued = sentence.tokens[last + 1].glued and sentence.tokens[last + 2].glued
        two = len(sentence.tokens[last + 2].text) == TWO_DIGITS
        if glued and two:
            return last + 2, behind.value
    if sign in {"y", "menos", "con"}:
        value = MINUTES.get(sentence.word(last + 2))
        if value is None and behind is not None and _are_minutes(sentence, behind):
            value = behind.value
        if value is not None and (led or sentence.word(last + 2) in MINUTES):
            return last + 2, value if sign != "menos" else -value
    bare = numerals.get(last + 1)
    if led and bare is not None and _are_minutes(sentence, bare):
        return bare.last, bare.value
    return last, None


def _are_minutes(sentence: Sentence, numeral: Numeral) -> bool:
    """«siete treinta»; not «a las 7, 30 días antes»."""
    counts = sentence.word(numeral.last + 1) in UNITS
    digits = sentence.tokens[numeral.first].kind is Kind.NUMBER
    whole = not digits or len(sentence.tokens[numeral.first].text) == TWO_DIGITS
    listed = sentence.word(numeral.last + 1) in {",", "."}
    return not counts and whole and not listed and 0 < numeral.value < IN_AN_HOUR


def _part(sentence: Sentence, last: int) -> tuple[int, str | None]:
    """The last token of «pm», «p. m.», «de la noche», and what it says."""
    at = last + 1
    if sentence.word(at) in {"a", "p"}:
        dot = sentence.word(at + 1) == "."
        if sentence.word(at + 1 + dot) == "m" and (dot or sentence.word(at) == "p"):
            end = at + 1 + dot
            return end + (sentence.word(end + 1) == "."), sentence.word(at) + "m"
    if sentence.word(at) in {"am", "pm"}:
        return at, sentence.word(at)
    start = at
    while sentence.word(at) in OF_PART and at < start + 2:
        at += 1
    if (
        at > start
        and sentence.word(at) in PARTS
        and sentence.word(start) in {"de", "del", "en", "por"}
    ):
        return at, PARTS[sentence.word(at)]
    return last, None


def _part_before(sentence: Sentence, at: int) -> str | None:
    """«en la noche, a las 8»; «mañana a las 5» is tomorrow."""
    words = (sentence.before(at, 3), sentence.before(at, 4))
    part = PARTS.get(words[0])
    led = words[1] in {"la", "las", "cada", "esta"}
    return part if part in {"pm", NIGHT} and led else None


def _is_counted(sentence: Sentence, at: int) -> bool:
    """«a las 3 unidades»."""
    word = sentence.word(at)
    plural = word.endswith("s") and len(word) >= SHORTEST_COUNTED
    return sentence.is_word(at) and (plural or word in UNITS) and word not in NO_COUNTED


def _time(hour: int, minute: int, part: str | None) -> time | None:
    """The time of day, or None where nobody says so: «25:00», «15 am»."""
    if part in {"pm", DAY, NIGHT} and not 0 < hour < IN_A_DAY:
        return None
    if part == "am":
        if hour > NOON:
            return None
        hour %= NOON
    elif part == "pm" and hour < NOON:
        hour += NOON
    elif part == NIGHT and hour <= NOON:
        if hour < EVENING:
            return None
        hour = (hour + NOON) % IN_A_DAY
    elif part == DAY and hour < EVENING:
        hour += NOON
    if minute < 0:
        hour, minute = (hour - 1) % IN_A_DAY, minute + IN_AN_HOUR
    fits = 0 <= hour < IN_A_DAY and 0 <= minute < IN_AN_HOUR
    return time(hour, minute) if fits else None
