"""The lexicon: which folded Spanish word says what. Words, not phrases."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from handlers.language.tags import Tag
from handlers.language.verb_tables import IRREGULAR, SHORT_FORMS, VERBS
from handlers.language.verbs import Form, forms
from handlers.language.word_tables import ABBREVIATIONS, FILLER, FUNCTION, NOUNS, WORDS

__all__ = ["NOTHING", "Entry", "Tag", "entry", "lexicon", "plain"]

DIMINUTIVES = {
    "ito": ("o", "", "e"),
    "ita": ("a", "", "e"),
    "itos": ("os", "es"),
    "itas": ("as", "es"),
    "isimo": ("o", ""),
    "isima": ("a", ""),
    "isimos": ("os", "es"),
    "isimas": ("as", "es"),
    "azo": ("o", ""),
}
SHORTEST_ROOT = 4  # «ámbito» is no small «ambo»
DRAWN_OUT = re.compile(r"([a-z])\1{2,}")  # «holaaa»
# doubled where no word of the lexicon doubles it: «holaa», «hoola»; not «accion», «carro»
DOUBLED = re.compile(r"([a-z])\1$|([abdefghijkmopqstuvwxyz])\2")
SHORTEST_DOUBLED = 4
CLITICS = (
    *(
        "melo",
        "mela",
        "melos",
        "melas",
        "selo",
        "sela",
        "selos",
        "selas",
        "telo",
        "noslo",
        "nosla",
    ),
    *("les", "los", "las", "nos", "me", "te", "se", "le", "lo", "la"),
)
BEFORE_PRONOUN = frozenset({Form.INFINITIVE, Form.GERUND, Form.COMMAND})
ADVERB = "mente"
SHORTEST_ADVERB = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon knows of a word."""

    tags: frozenset[Tag]
    forms: frozenset[Form] = frozenset()


NOTHING = Entry(frozenset())
ADVERB_ENTRY = Entry(frozenset({Tag.FILLER}))


@cache
def lexicon() -> dict[str, Entry]:
    """Every word of the lexicon, folded."""
    tags: dict[str, set[Tag]] = defaultdict(set)
    verb_forms: dict[str, set[Form]] = defaultdict(set)
    for tag, words in WORDS.items():
        for word in spelt_out(words):
            tags[word].add(tag)
    for kinds, words in IRREGULAR.items():
        for word in words.split():
            tags[word].update(kinds)
    closed = function_words().union(spelt_out(NOUNS))
    for kinds, word, found in regular_forms():
        if word not in closed:
            tags[word].update(kinds)
            verb_forms[word].update(found)
    for word, form in SHORT_FORMS.items():
        verb_forms[word].add(form)
    return {
        word: Entry(frozenset(kinds), frozenset(verb_forms.get(word, ())))
        for word, kinds in tags.items()
    }


@cache
def function_words() -> frozenset[str]:
    """The words of the closed classes."""
    return frozenset(spelt_out(FUNCTION))


@cache
def nouns() -> frozenset[str]:
    """Every word of the lexicon that may be more than a form of a verb."""
    states = {Tag.LATE, Tag.EARLY}  # «debe», «cumple» beside «más»
    tables = (words for tag, words in WORDS.items() if tag not in states)
    return frozenset(word for table in tables for word in spelt_out(table))


def is_only_verb(word: str) -> bool:
    """A word of the lexicon is a form of a verb and nothing else."""
    return word not in nouns() and bool(entry(word).forms)


@cache
def empty_nouns() -> frozenset[str]:
    """Nouns and their like that say nothing of the matrix: «trabajadores», «jefes»."""
    said = {
        word for tag, words in WORDS.items() if tag is not Tag.FILLER for word in spelt_out(words)
    }
    return frozenset(spelt_out(FILLER)) - said - function_words()


def regular_forms() -> Iterator[tuple[tuple[Tag, ...], str, frozenset[Form]]]:
    """Each form of each verb of the tables: what it says, the word, and what form it is."""
    for kinds, verbs in VERBS.items():
        for verb in verbs.split(";"):
            for word, found in forms(*verb.split()).items():
                yield kinds, word, found


def spelt_out(table: str) -> Iterator[str]:
    """Every word of a table in all its forms."""
    for written in table.split():
        yield from inflected(written)


def inflected(written: str) -> Iterator[str]:
    """The forms a table's word stands for: «vencido~» all four, «plan~» two, «ya» itself."""
    word = written.removesuffix("~")
    yield word
    if word == written:
        return
    if word.endswith("o"):
        yield from (word[:-1] + ending for ending in ("a", "os", "as"))
    elif word[-1] in "aei":
        yield word + "s"
    elif word.endswith("z"):
        yield word[:-1] + "ces"
    elif word.endswith("or"):
        yield from (word + ending for ending in ("a", "es", "as"))
    else:
        yield word + "es"


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A folded word without the shortenings of the phone, drawn-out letters and a diminutive."""
    known = lexicon()
    word = ABBREVIATIONS.get(word, word)
    if word in known:
        return word
    if DRAWN_OUT.search(word):
        for shorter in (DRAWN_OUT.sub(r"\1", word), DRAWN_OUT.sub(r"\1\1", word)):
            if shorter in known:
                return shorter
    if len(word) >= SHORTEST_DOUBLED and (shorter := DOUBLED.sub(r"\1\2", word)) in known:
        return shorter
    for ending, replacements in DIMINUTIVES.items():
        root = word.removesuffix(ending)
        if root != word and len(root) >= SHORTEST_ROOT:
            return next((root + tail for tail in replacements if root + tail in known), word)
    return word


@lru_cache(maxsize=20_000)
def entry(word: str) -> Entry:
    """What the lexicon knows of a folded word; NOTHING when it is not in it."""
    found = lexicon().get(word) or _with_pronoun(word)
    if found is not None:
        return found
    is_adverb = word.endswith(ADVERB) and len(word) >= SHORTEST_ADVERB
    return ADVERB_ENTRY if is_adverb else NOTHING


def _with_pronoun(word: str) -> Entry | None:
    """«mándamelo» is «manda» with its pronouns."""
    for clitic in CLITICS:
        verb = word.removesuffix(clitic)
        known = lexicon().get(verb) if verb != word else None
        if known and (forms := known.forms & BEFORE_PRONOUN):
            return Entry(known.tags, forms | {Form.CLITIC})
    return None
