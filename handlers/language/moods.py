"""Which of the notices are wanted: «sin resumen», «solo recordatorios», «lo por revisar»."""

from collections.abc import Set
from dataclasses import dataclass
from enum import Enum, auto

from handlers.language.sentence import Sentence
from handlers.language.tags import Tag
from handlers.language.tokens import Kind
from handlers.language.verbs import Form

DIGESTS = frozenset({"resumen", "resumenes", "resumencito", "boletin", "boletines"})
REMINDERS = ("recordatori", "recordacion")
BREAKS = frozenset(", . ; : ! ? ( )".split())
TURNS = frozenset({"sino", "pero", "con", "mejor", "si"})
NOT_LESS = frozenset({"al", "lo", "o"})  # before «menos»: «por lo menos»
BIDDING = (Tag.WANT, Tag.NOTIFY, Tag.DELIVER, Tag.SUBSCRIBE, Tag.ALSO)
ACTIVATING = ("activ", "prend", "encend", "habilit", "agreg", "inclu")
POSTFIXED = frozenset({"nomas", "solamente", "unicamente"})
ARTICLES = frozenset("el la los las un una unos mis de mas me nos y".split())
REACH = 3  # words over which a denial keeps its verb, «ya no me mandes»
NAMING = 3  # words between «avisos» and «vencidos»
REVIEWED = ("revis", "valid", "verific", "aprob", "evalu")
AWAITING = frozenset("por para sin falta faltan toca tocan que de".split())
REVIEWS = frozenset({"revision", "revisiones"})


class Mood(Enum):
    """What the words around a word do with it."""

    PLAIN = auto()
    DENIED = auto()
    LEFT_OUT = auto()  # of a whole: «todos los días menos los domingos»


@dataclass(frozen=True, slots=True)
class Kinds:
    """Whether each kind of notice is wanted; None where nothing is said of it."""

    digest: bool | None = None
    reminders: bool | None = None
    late: bool | None = None


def moods(sentence: Sentence, blocked: Set[int] = frozenset()) -> list[Mood]:
    """The mood of each token; a denial holds up to a sign, «pero», «sino» or a new bid."""
    found: list[Mood] = []
    mood = Mood.PLAIN
    for at in range(len(sentence)):
        if at not in blocked:
            mood = _next(sentence, at, mood)
        found.append(mood)
    return found


def _next(sentence: Sentence, at: int, mood: Mood) -> Mood:
    word, tags = sentence.word(at), sentence.tags(at)
    if sentence.tokens[at].kind is Kind.SIGN:
        return Mood.PLAIN if word in BREAKS and sentence.word(at + 1) != "ni" else mood
    if is_denial(sentence, at):
        return Mood.LEFT_OUT if Tag.EXCEPT in tags and Tag.STOP not in tags else Mood.DENIED
    denied_verb = any(is_denial(sentence, at - step) for step in range(1, REACH + 1))
    bids = tags.intersection(BIDDING) or word.startswith(ACTIVATING)
    if word in TURNS or (bids and not denied_verb):
        return Mood.PLAIN
    return mood


def is_denial(sentence: Sentence, at: int) -> bool:
    """«no», «sin», «quita», «deja de»; not «no dejes de», «no solo», «por lo menos»."""
    if at < 0:
        return False
    word, tags = sentence.word(at), sentence.tags(at)
    if word == "nada":
        return sentence.word(at + 1) == "de"
    if Tag.NOT in tags:
        following = [sentence.tags(at + step) for step in (1, 2)]
        stops = any(Tag.STOP in one for one in following) or Tag.ONLY in following[0]
        return not stops
    if Tag.WITHOUT in tags:
        return True
    if word == "menos":
        return sentence.before(at) not in NOT_LESS
    if Tag.EXCEPT in tags and Tag.STOP not in tags:
        return True
    stops = (
        Tag.STOP in tags
        and word != "para"
        and Tag.SHOW not in tags
        and Form.PARTICIPLE not in sentence.forms(at)
    )
    return stops and not any(Tag.NOT in sentence.tags(at - step) for step in (1, 2))


def read_kinds(sentence: Sentence, *, timed: bool) -> Kinds:
    """What is wanted and what not; `timed`: the text says when notices are to come."""
    feeling = moods(sentence)
    digest = reminders = late = None
    only: set[str] = set()
    names_digest = False
    for at in range(len(sentence)):
        is_digest = sentence.word(at) in DIGESTS
        is_reminder = sentence.word(at).startswith(REMINDERS)
        of_late = is_reminder and any(_is_late(sentence, at + step) for step in (1, 2, 3))
        alone = _is_only(sentence, at)
        plain = alone or feeling[at] is Mood.PLAIN
        names_digest = names_digest or (is_digest and plain)
        if is_digest and (not plain or alone or timed or _is_switched_on(sentence, at)):
            digest = plain
        elif is_reminder and not of_late:
            reminders = plain
        elif _is_late(sentence, at) and (not plain or _names_notices(sentence, at)):
            late = plain
        if alone and (is_digest or is_reminder):
            only.add("digest" if is_digest else "reminders")
    if names_digest and digest is None and reminders is not None:
        digest = True  # «el resumen y los recordatorios»
    if only == {"digest"} and reminders is None:
        reminders = False
    if only == {"reminders"} and digest is None:
        digest = False
    return Kinds(digest, reminders, late)


def _is_only(sentence: Sentence, at: int) -> bool:
    """«solo el resumen», «únicamente quiero el resumen», «el resumen nomás»."""
    if sentence.word(at + 1) in POSTFIXED:
        return True
    before = at - 1
    while before >= 0 and (
        sentence.word(before) in ARTICLES
        or sentence.word(before) in DIGESTS
        or sentence.word(before).startswith(REMINDERS)
        or sentence.tags(before).intersection((*BIDDING, Tag.SHOW))
    ):
        before -= 1
    if sentence.word(before) == "mas" or sentence.word(before + 1) == "mas":
        return "nada" in {sentence.word(before), sentence.word(before - 1)}
    denied = Tag.NOT in sentence.tags(before - 1)
    return Tag.ONLY in sentence.tags(before) and not denied


def _is_switched_on(sentence: Sentence, at: int) -> bool:
    """«activa el resumen», «con resumen»."""
    words = [sentence.before(at, step) for step in (1, 2)]
    return "con" in words or any(word.startswith(ACTIVATING) for word in words)


def _is_late(sentence: Sentence, at: int) -> bool:
    return Tag.OVERDUE in sentence.tags(at)


def _names_notices(sentence: Sentence, at: int) -> bool:
    """«avisos de vencidos»."""
    return any(
        Tag.NOTICE in sentence.tags(at - step) and Tag.NOTIFY not in sentence.tags(at - step)
        for step in range(1, NAMING + 1)
    )


def waits_for_review(sentence: Sentence) -> bool:
    """«lo que espera revisión», «lo por revisar», «los que faltan validar»."""
    return any(
        sentence.word(at) in REVIEWS
        or (
            sentence.word(at).startswith(REVIEWED)
            and Form.INFINITIVE in sentence.forms(at)
            and sentence.word(at - 1) in AWAITING
        )
        for at in range(len(sentence))
    )
