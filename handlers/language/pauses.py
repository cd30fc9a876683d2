"""Pausing and resuming notices, and one sent now: «silencio hasta el lunes», «reanuda»."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.language.calendar import add
from handlers.language.date_words import ENDS_OF, HOURS, TOMORROW, UNITS, WEEKDAYS
from handlers.language.dates import DateSpan, find_dates
from handlers.language.days import MASK
from handlers.language.leads import SOME
from handlers.language.moods import Mood, is_denial, moods
from handlers.language.period_reader import PeriodReader
from handlers.language.periods import next_years
from handlers.language.sentence import Sentence
from handlers.language.tags import Tag
from handlers.language.tokens import Kind, Token
from handlers.language.verbs import Form

SILENCE = frozenset({"silencio", "pausa"})
PAUSING = ("silenci", "paus", "mute", "suspend", "interrump")
RESUMING = (
    "reanud",
    "reactiv",
    "retom",
    "restablec",
    "reestablec",
    "despaus",
    "desilenci",
    "dessilenci",
)
AGAIN = (("de", "nuevo"), ("otra", "vez"), ("nuevamente",))
STARTING = ("activ", "prend", "encend", "habilit")
ENDING = ("quit", "levant", "termin", "sac", "cancel", "acab", "elimin", "borr", "desactiv")
ARTICLES = frozenset({"la", "el", "mi", "ese", "esa", "este", "esta"})
UNTIL = "hasta"
DURING = frozenset({"por", "durante"})
SHORT = frozenset({*HOURS, "minuto", "minutos", "min", "mins", "rato", "ratito"})
HABITS = frozenset({"los", "cada", "todos", "todas"})
NOW = frozenset({"ahora", "ahorita", "ya", "inmediatamente", "enseguida"})
AT_ONCE = (("de", "inmediato"), ("al", "toque"), ("de", "una", "vez"), ("en", "este", "momento"))
ONWARD = frozenset({"desde", "de", "partir", "hasta", "por", "que"})  # «desde ahora», «ya que»
BIDS = (Tag.NOTIFY, Tag.DELIVER, Tag.SHOW, Tag.CAN)
OBJECTS = ("lo", "los", "la", "las")
PRONOUNS = frozenset({"me", "nos"})
ENCLITICS = ("me", "nos")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Whether notices are to rest, up to which day, and the words of an end that is none."""

    pauses: bool = False
    until: date | None = None  # the first day on which they come again
    no_day: str = ""


def read_pause(sentence: Sentence, today: date, blocked: Set[int] = frozenset()) -> Pause:
    """Read it; numbers in `blocked` name something else."""
    if resumes(sentence):
        return Pause()
    starts = _silences(sentence)
    strong = bool(starts)
    if not strong:
        starts = _denied_bids(sentence)
    if not starts:
        return Pause()
    if not strong and not _is_bounded(sentence, starts[0]):
        return Pause()
    tokens = [MASK if at in blocked else token for at, token in enumerate(sentence.tokens)]
    end = _End(sentence, tokens, today, starts[0], strong=strong)
    return end.read()


def asks_for_silence(sentence: Sentence) -> bool:
    """«silencio hasta el lunes», «pausa los avisos»; not «no me avises», which may end them."""
    return bool(_silences(sentence)) and not resumes(sentence)


def _silences(sentence: Sentence) -> list[int]:
    return [at for at in range(len(sentence)) if _pauses_at(sentence, at)]


def _pauses_at(sentence: Sentence, at: int) -> bool:
    """«silencio», «pausa los avisos»; not «silencio administrativo», «no pauses»."""
    word = sentence.word(at)
    if not word.startswith(PAUSING) or Form.PARTICIPLE in sentence.forms(at):
        return False
    if any(Tag.NOT in sentence.tags(at - step) for step in (1, 2)):
        return False
    if Tag.STOP not in sentence.tags(at) and word not in SILENCE:
        return False
    of_notices = any(
        sentence.tags(place) & {Tag.NOTICE, Tag.SUMMARY} for place in range(len(sentence))
    )
    if of_notices or word.endswith(ENCLITICS):
        return True
    behind = at + 1 + (sentence.word(at + 1) in {"los", "las", "el", "la"})
    return not sentence.is_word(behind) or bool(sentence.tags(behind))


def _denied_bids(sentence: Sentence) -> list[int]:
    """«no me avises», «deja de escribirme», «no quiero avisos»: where the verb or noun stands."""
    feeling = moods(sentence)
    return [
        at
        for at in range(len(sentence))
        if feeling[at] is Mood.DENIED
        and (
            Tag.NOTICE in sentence.tags(at)
            or (sentence.is_word(at) and sentence.before(at) in PRONOUNS)
            or (sentence.tags(at).intersection(BIDS) and sentence.word(at).endswith(ENCLITICS))
        )
    ]


def _is_bounded(sentence: Sentence, start: int) -> bool:
    """An end or a length follows that is not of what falls due: «… lo que vence hasta junio»."""
    for at in range(start + 1, len(sentence)):
        if Tag.DUE in sentence.tags(at):
            return False
        word = sentence.word(at)
        if word == UNTIL or (word in DURING and at + 1 < len(sentence)):
            return True
        if word in {"hoy", TOMORROW, "esta", "este"}:
            return True
        if not sentence.tags(at - 1).isdisjoint({Tag.NOTICE, *BIDS}) and at in _counts(sentence):
            return True
    return False


def _counts(sentence: Sentence) -> set[int]:
    return {numeral.first for numeral in sentence.numerals}


class _End:
    """Reads when a pause is over."""

    def __init__(
        self, sentence: Sentence, tokens: Sequence[Token], today: date, start: int, *, strong: bool
    ) -> None:
        self.sentence = sentence
        self.tokens = tokens
        self.today = today
        self.start = start
        self.strong = strong

    def read(self) -> Pause:
        for at in range(len(self.sentence)):
            if self.sentence.word(at) == UNTIL:
                return self._until(at)
        length = self._length()
        if length is not None:
            return length
        habitual = False
        for span in self._dates(self.start, self.today):
            if not self._is_meant(span):
                continue
            if HABITS & {self.sentence.word(span.first), self.sentence.word(span.first - 1)}:
                habitual = True
                continue
            if span.impossible or not span.ranges:
                return Pause(pauses=True, no_day=self.sentence.text(span.first, span.last))
            last = span.ranges[0].end or span.ranges[0].start
            if last is not None:
                return self._pause(last + ONE_DAY, span)
        return Pause(pauses=self.strong and not habitual)

    def _until(self, at: int) -> Pause:
        """«hasta el lunes» is over on Monday, «hasta fin de mes» on the day after it."""
        following = self.sentence.word(at + 1)
        if following in {"las", "la"} and at + 2 in _counts(self.sentence):
            return self._pause(self.today + ONE_DAY)  # «hasta las 6»
        span = self._date_behind(at, self.today)
        if span is None:
            named = at + 1 + (following in {"el", "la"})
            strange = named in _counts(self.sentence) or following in {"ayer", "anteayer"}
            text = self.sentence.text(at + 1, named) if strange else ""
            return Pause(pauses=self.strong or bool(text), no_day=text)
        day = self._first_after(span)
        if day is not None and day <= self.today:  # «el viernes» said on a Friday
            later = self._date_behind(at, self.today + ONE_DAY)
            day = self._first_after(later) if later is not None else None
        return self._pause(day, span)

    def _first_after(self, span: DateSpan) -> date | None:
        if span.impossible or not span.ranges:
            return None
        days = span.ranges[0]
        if days.start is None or days.end is None:
            return days.end
        words = {self.sentence.word(at) for at in range(span.first, span.last + 1)}
        ends = bool(words & ENDS_OF) and not (
            days.end - days.start <= ONE_DAY and "semana" in words
        )
        going = days.start <= self.today < days.end
        return days.end + ONE_DAY if ends or going else days.start

    def _pause(self, day: date | None, span: DateSpan | None = None) -> Pause:
        if day is not None and day > self.today:
            return Pause(pauses=True, until=day)
        text = self.sentence.text(span.first, span.last) if span is not None else ""
        return Pause(pauses=True, no_day=text)

    def _date_behind(self, at: int, today: date) -> DateSpan | None:
        return next((span for span in self._dates(at, today) if span.first <= at + 2), None)

    def _dates(self, at: int, today: date) -> Sequence[DateSpan]:
        """The dates behind a token, without what stands before."""
        tokens = [MASK] * (at + 1) + list(self.tokens[at + 1 :])
        return find_dates(tokens, today, next_years(today))

    def _length(self) -> Pause | None:
        """«por 3 días», «una semana», «2 horas»."""
        reader = PeriodReader(self.tokens, self.sentence.numerals, self.today)
        for at in range(self.start + 1, len(self.sentence)):
            numeral = reader.numerals.get(at)
            if numeral is None or self.sentence.word(at - 1) in {"el", "del", "al"}:
                continue
            unit = self.sentence.word(numeral.last + 1)
            if self.sentence.word(at) in SOME or unit not in {*SHORT, *UNITS}:
                continue
            counted = reader.span(at)
            if counted is not None:
                day = self.today
                for count, grain in counted[1]:
                    day = add(day, grain, count)
                return self._pause(day)
            if unit in SHORT:
                return self._pause(self.today + ONE_DAY)
            return Pause(pauses=True, no_day=self.sentence.text(at, numeral.last + 1))
        return None

    def _is_meant(self, span: DateSpan) -> bool:
        words = {self.sentence.word(at) for at in range(span.first, span.last + 1)}
        before = self.sentence.word(span.first - 1)
        named = bool(words & {*WEEKDAYS, TOMORROW}) or self.sentence.word(span.first) == "el"
        if words <= {"ahora", "ahorita"} or (span.weak and not named):
            return False
        beside = self.sentence.tags(span.first - 1) & {Tag.NOTICE, *BIDS}
        return self.strong or before in DURING or before == "nada" or bool(beside)


def resumes(sentence: Sentence) -> bool:
    """«reanuda los avisos», «vuelve a avisarme», «activa de nuevo», «quita la pausa»."""
    return any(_resumes_at(sentence, at) for at in range(len(sentence)))


def _resumes_at(sentence: Sentence, at: int) -> bool:
    word = sentence.word(at)
    if any(Tag.NOT in sentence.tags(at - step) for step in (1, 2)):
        return False
    if word.startswith(RESUMING):
        return True
    bids = sentence.tags(at + 2) & {Tag.NOTIFY, Tag.DELIVER, Tag.NOTICE} or sentence.word(
        at + 2
    ).startswith((*STARTING, "escrib"))
    if word.startswith(("volv", "vuelv")) and sentence.word(at + 1) == "a" and bids:
        return True
    if word.startswith(STARTING) or Tag.NOTIFY in sentence.tags(at):
        return _is_again(sentence)
    behind = at + 1
    while sentence.word(behind) in ARTICLES:
        behind += 1
    ends = word.startswith(ENDING) or (word == "fin" and sentence.word(at + 1) in {"de", "del"})
    behind += word == "fin"
    return ends and sentence.word(behind) in SILENCE


def _is_again(sentence: Sentence) -> bool:
    return any(_stands(sentence, at, one) for at in range(len(sentence)) for one in AGAIN)


def _stands(sentence: Sentence, at: int, words: tuple[str, ...]) -> bool:
    return all(sentence.word(at + step) == word for step, word in enumerate(words))


def sends_now(sentence: Sentence) -> bool:
    """«mándame el resumen ahora», «envíalo ya»; not «ya no me mandes», «desde ahora»."""
    return any(_is_now(sentence, at) for at in range(len(sentence))) and any(
        _sends_at(sentence, at) for at in range(len(sentence))
    )


def _is_now(sentence: Sentence, at: int) -> bool:
    if any(_stands(sentence, at, one) for one in AT_ONCE):
        return True
    if sentence.word(at) not in NOW or sentence.before(at) in ONWARD:
        return False
    return sentence.word(at) != "ya" or (
        Tag.NOT not in sentence.tags(at + 1) and sentence.word(at + 1) != "que"
    )


def _sends_at(sentence: Sentence, at: int) -> bool:
    tags, word = sentence.tags(at), sentence.word(at)
    denied = any(is_denial(sentence, at - step) for step in (1, 2, 3))
    if denied or not tags & {Tag.DELIVER, Tag.SHOW} or sentence.tokens[at].kind is not Kind.WORD:
        return False
    forms = sentence.forms(at)
    bid = Form.CLITIC in forms or (Form.WISH in forms and sentence.before(at) in PRONOUNS)
    order = Form.COMMAND in forms and sentence.before(at) not in {"se", "que", "ya"}
    if not (bid or order):
        return False
    object_ = Form.CLITIC in forms and word.endswith(OBJECTS)
    named = any(
        sentence.tags(place) & {Tag.SUMMARY, Tag.NOTICE} and Tag.NOTIFY not in sentence.tags(place)
        for place in range(len(sentence))
        if place != at
    )
    return object_ or named
