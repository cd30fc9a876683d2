"""Typing errors: a word that nobody writes is read as the nearest one that is known.

Strict on purpose: short words, codes and ordinary Spanish words stay as they are, and where two
readings are equally near, both are given.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from handlers.language import date_words
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.language.vocabulary import Vocabulary
from handlers.language.words import Entry, entry, is_only_verb, lexicon
from storage.text import fold, word_key

MONTHS = tuple(name for name in date_words.MONTHS if name not in date_words.DOTTED)
TIME_WORDS = (
    "semana", "semanas", "quincena", "trimestre", "semestre", "bimestre", "proximo", "proxima",
    "siguiente", "pasado", "ultimo", "manana", "viernes", "miercoles", "jueves", "sabado",
)  # fmt: skip
NUMBER_WORDS = (
    "cuatro", "cinco", "siete", "ocho", "nueve", "once", "doce", "trece", "catorce", "quince",
    "dieciseis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidos",
    "primero", "primera", "segundo", "segunda", "tercero", "tercera", "cuarto", "cuarta", "quinto",
    "quinta", "sexto", "sexta", "septimo", "septima",
)  # fmt: skip
RIGHT = frozenset((*MONTHS, *TIME_WORDS, *NUMBER_WORDS))  # though the lexicon lacks some
SHORTEST = 4  # letters; below that a typing error cannot be told from another word
LONG = 7  # letters from which on two errors are forgiven
MOST_ERRORS = 2
UNIT_CODE = 4  # letters a unit code must have to be recognised with an error
DOUBLED_CODE = 3  # letters it must have where only letters are doubled: «UTTI»
NOT_CORRECTED = {Tag.FILLER, Tag.GREETING, Tag.THANKS, Tag.FAREWELL}
VERB_ENDINGS = ("mos", "ste", "ron", "ndo", "ban", "rian", "rias", "ria")
MOST_REMEMBERED = 5_000  # unknown words whose guess is kept
ACCENTED = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú", "n": "ñ"}
ENDINGS_TO_DROP = (
    *((ending, ("o", "a", "e", "")) for ending in ("ito", "ita", "itos", "itas")),
    *(
        (pronoun, ("",))
        for pronoun in ("me", "nos", "te", "se", "le", "les", "lo", "la", "los", "las")
    ),
)
MISSPELT = re.compile(r"z[ei]")  # Spanish writes «ce», «ci»; the dictionary knows «avanze»
SOUNDS = (
    (re.compile(r"qu(?=[ei])|c(?=[^eih]|$)|q"), "k"),
    (re.compile(r"z|c(?=[ei])|ss"), "s"),
    (re.compile(r"g(?=[ei])|x(?=[ei])"), "j"),
    (re.compile(r"gu(?=[ei])"), "g"),
    (re.compile(r"v|w"), "b"),
    (re.compile(r"ll"), "y"),
    (re.compile(r"(?<!c)h"), ""),
    (re.compile(r"^trans"), "tras"),
    (re.compile(r"n(?=[pb])"), "m"),
    (re.compile(r"ni(?=[aeo])"), "n"),  # «juño»
)


@dataclass(frozen=True, slots=True)
class Guess:
    """The nearest known words of an unknown one; more than one where it cannot be decided."""

    words: tuple[str, ...]


@lru_cache(maxsize=MOST_REMEMBERED)
def is_ordinary(word: str) -> bool:
    """Whether a folded word is Spanish, in any of its forms; such a one is no typing error."""
    return any(_is_known(written) for written in _written(word))


def spelt(word: str) -> str:
    """A folded word, or the key of one, as a dictionary writes it: «andragógico», «madre»."""
    for bare in (word, f"{word}e", f"{word}es"):
        if found := next((one for one in _accented(bare) if _is_known(one)), None):
            return found
    return word


def _is_known(written: str) -> bool:
    """Whether the dictionary has a word just as it is written."""
    # imported for unknown words alone, since it takes 1 s; held whole it would take 114 MiB, not 27
    from simplemma import is_known  # noqa: PLC0415

    return is_known(written, "es", low_memory=True)


def is_verb(word: str) -> bool:
    """Whether a word can hardly be anything but a form of a Spanish verb."""
    folded = fold(word)  # «verso» is a form of «versar» too
    return folded.endswith(VERB_ENDINGS) and is_form_of_verb(folded)


@lru_cache(maxsize=MOST_REMEMBERED)
def is_form_of_verb(word: str) -> bool:
    """Whether a folded word may be a form of a Spanish verb, whatever else it may be."""
    from simplemma import lemmatize  # noqa: PLC0415 - as in `_is_known`

    for written in _written(word):
        infinitive = lemmatize(written, "es", low_memory=True)
        if infinitive != written and infinitive.endswith(("ar", "er", "ir")):
            return True
    return False


def _written(word: str) -> Iterator[str]:
    """How a folded word may be written, and what stays of it without a diminutive or pronouns."""
    for bare in (word, *_bare_forms(word)):
        yield from _accented(bare)


def _accented(word: str) -> Iterator[str]:
    """A folded word as it is, and with each accent or tilde it may have."""
    yield word
    for at, letter in enumerate(word):
        if letter in ACCENTED:
            yield f"{word[:at]}{ACCENTED[letter]}{word[at + 1 :]}"


def _bare_forms(word: str) -> Iterator[str]:
    for ending, endings in ENDINGS_TO_DROP:
        root = word.removesuffix(ending)
        if root != word and len(root) >= SHORTEST:
            yield from (root + last for last in endings)


@cache
def known_words() -> Mapping[int, tuple[str, ...]]:
    """Words a typing error may stand for, by length: months, times, and the lexicon's own."""
    words = {*MONTHS, *TIME_WORDS, *NUMBER_WORDS}
    words.update(word for word, known in lexicon().items() if _is_meant(word, known))
    return by_length(words)


@cache
def known_sounds() -> Mapping[str, tuple[str, ...]]:
    """The same words by how they sound."""
    return by_sound(word for bucket in known_words().values() for word in bucket)


def _is_meant(word: str, known: Entry) -> bool:
    return (
        len(word) >= SHORTEST
        and bool(known.tags - NOT_CORRECTED)
        and Form.OTHER not in known.forms
    )


def by_length(words: Iterable[str]) -> Mapping[int, tuple[str, ...]]:
    """Sort words into buckets of equal length."""
    buckets: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        buckets[len(word)].append(word)
    return {length: tuple(bucket) for length, bucket in buckets.items()}


def by_sound(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Sort words by how they sound."""
    buckets: dict[str, list[str]] = defaultdict(list)
    for word in words:
        buckets[sound(word)].append(word)
    return {heard: tuple(bucket) for heard, bucket in buckets.items()}


def sound(word: str) -> str:
    """How a folded word sounds in Peru: «abilidades» as «habilidades», «marso» as «marzo»."""
    for letters, heard in SOUNDS:
        word = letters.sub(heard, word)
    return word


NUMBER_SOUNDS = {heard: Guess(words) for heard, words in by_sound(NUMBER_WORDS).items()}
MONTH_SOUNDS = by_sound(MONTHS)


class Speller:
    """Corrects against one vocabulary; keeps its words by length and by sound."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        named = vocabulary.phrase_words - vocabulary.unit_words.keys()
        self.phrases = by_length(named)
        self.topics = by_length(vocabulary.near_keys)
        self.sounds = by_sound(named)
        self.key_sounds = by_sound(vocabulary.near_keys)
        self._guesses: dict[str, Guess | None] = {}

    def guess(self, word: str) -> Guess | None:
        """The known words nearest to an unknown one; None where nothing is near enough."""
        if len(word) < SHORTEST or word in RIGHT:
            return None
        if word not in self._guesses:
            if len(self._guesses) >= MOST_REMEMBERED:
                self._guesses.clear()
            self._guesses[word] = self._guess(word)
        return self._guesses[word]

    def _guess(self, word: str) -> Guess | None:
        units = self.unit(word)
        if units:
            return Guess(units)
        ordinary = is_ordinary(word) and not MISSPELT.search(word)
        known = known_sounds().get(sound(word), ())[:1]
        if ordinary and not (known and _slips(word, known[0])):
            known = ()
        heard = MONTH_SOUNDS.get(sound(word)) or known or self._heard_in_texts(word)
        if heard or ordinary:
            return Guess(heard) if heard else None
        kin = self.vocabulary.topic_keys(word)
        if kin:  # «enfoqe»: its family is known, and it is none of its words
            near = [key for key in kin if OSA.distance(word_key(word), key) <= MOST_ERRORS]
            return Guess((near[0],)) if near else None
        return self._nearest(word)

    def number(self, word: str) -> Guess | None:
        """The number word that sounds the same, «dose»; only where a number is due."""
        return NUMBER_SOUNDS.get(sound(word))

    def unit(self, word: str) -> tuple[str, ...]:
        """The folded unit codes that a word typed wrong may stand for."""
        codes = self.vocabulary.unit_words
        if word in codes or len(word) < SHORTEST:
            return ()
        long_codes = [code for code in codes if len(code) >= UNIT_CODE]
        near = [code for code in long_codes if OSA.distance(word, code, score_cutoff=1) == 1]
        swapped = [code for code in near if sorted(word) == sorted(code)]
        doubled = [
            code for code in codes if len(code) >= DOUBLED_CODE and squeeze(code) == squeeze(word)
        ]
        found = swapped or doubled or near
        return () if not found or is_ordinary(word) else tuple(found)

    def _heard_in_texts(self, word: str) -> tuple[str, ...]:
        """Words of the act that sound the same, ordinary or not: «sesión de locales»."""
        return self.sounds.get(sound(word)) or self.key_sounds.get(sound(word_key(word)), ())

    def _nearest(self, word: str) -> Guess | None:
        allowed = 1 if len(word) < LONG else MOST_ERRORS
        if len(word) == SHORTEST:
            # so short a word has too many neighbours but for the months
            return next(
                (Guess((month,)) for month in MONTHS if OSA.distance(word, month) == 1), None
            )
        ranked: list[tuple[float, str]] = []
        for buckets in (known_words(), self.phrases, self.topics):
            is_topic = buckets is self.topics
            # a topic word is no closed list: one of five letters has too many neighbours
            if is_topic and len(word) <= SHORTEST + 1:
                continue
            ranked += [
                (distance, candidate)
                for distance, candidate in near_in(
                    buckets, word_key(word) if is_topic else word, allowed
                )
                # a verb has so many forms that one of them is always near
                if distance <= 1 or is_topic or not entry(candidate).forms
            ]
            if any(distance <= 1 for distance, _ in ranked):
                break
        if not ranked:
            return None
        least = min(distance for distance, _ in ranked)
        nearest = [candidate for distance, candidate in ranked if distance == least]
        # people seldom miss the first letter
        same_start = [candidate for candidate in nearest if candidate[0] == word[0]]
        if len(word) < LONG and not same_start and not set(nearest) & RIGHT:
            return None  # «Huanta» is no «cuánta»
        found = tuple(dict.fromkeys(same_start or nearest))
        return None if least > 1 and differ(found) else Guess(found)


def near_in(
    buckets: Mapping[int, tuple[str, ...]], typed: str, allowed: int
) -> list[tuple[float, str]]:
    """The words with at most so many errors, each with its number of errors."""
    return [
        (distance, candidate)
        for length in range(max(SHORTEST, len(typed) - allowed), len(typed) + allowed + 1)
        for candidate, distance, _ in extract(
            typed,
            buckets.get(length, ()),
            scorer=OSA.distance,
            score_cutoff=allowed,
            limit=None,
        )
    ]


def _slips(typed: str, meant: str) -> bool:
    """They differ by «s» and «z» alone: «rezumen» is a slip, though «rezumar» is a verb."""
    long_enough = len(typed) >= LONG and not is_only_verb(meant)
    return long_enough and typed != meant and typed.replace("z", "s") == meant.replace("z", "s")


def squeeze(word: str) -> str:
    """A word with each run of one letter written once."""
    return "".join(letter for at, letter in enumerate(word) if at == 0 or word[at - 1] != letter)


def differ(words: Iterable[str]) -> bool:
    """Whether they are more than forms of one word."""
    return len({word_key(word)[:SHORTEST] for word in words}) > 1
