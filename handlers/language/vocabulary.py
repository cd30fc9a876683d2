"""What the loaded acts let a question name, arranged for looking up."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from storage.records import Level, MatrixWords, TermRecord
from storage.text import WORD, fold, stem, word_key

JOINERS = frozenset({"de", "del", "la", "el", "los", "las", "y", "e", "en", "a", "al", "para"})
FAMILY_PREFIX = 5  # letters two stems must share to be of one family: «certif», «certific»
MOST_REMEMBERED = 10_000  # words whose keys are kept
FAMILY_TAIL = 3  # letters by which the longer stem may exceed the shorter


class Named(Enum):
    """What a phrase names."""

    UNIT = auto()
    AREA = auto()
    TERM = auto()


@dataclass(frozen=True, slots=True)
class Name:
    """A phrase of the vocabulary and what it stands for."""

    kind: Named
    value: str  # unit code, area key, or term


@dataclass(frozen=True)
class Vocabulary:
    """The words of the loaded acts; made once for each state of the matrix."""

    acts: tuple[str, ...]
    units: frozenset[str]  # codes as printed
    unit_words: Mapping[str, str]  # folded code → code
    phrases: Mapping[tuple[str, ...], tuple[Name, ...]]  # content keys → names
    phrase_starts: frozenset[str]  # the first key of each phrase
    unit_prefixes: Mapping[tuple[str, ...], frozenset[str]]  # begun long names → codes
    area_prefixes: Mapping[tuple[str, ...], tuple[str, ...]]  # begun names → area keys
    longest_phrase: int
    phrase_words: frozenset[str]  # folded words of the phrases, for spelling
    terms: Mapping[str, TermRecord]
    due_months: frozenset[tuple[int, int]]
    near_keys: Mapping[str, int]
    deep_keys: Mapping[str, int]
    families: Mapping[str, tuple[str, ...]]  # stem → near keys
    stems: tuple[str, ...]  # sorted
    levels: Mapping[Level, frozenset[str]]
    _topic_keys: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def topic_keys(self, word: str) -> tuple[str, ...]:
        """The near keys of a folded word: first itself, where it occurs, then its family."""
        known = self._topic_keys.get(word)
        if known is None:
            key = word_key(word)
            own = (key,) if key in self.near_keys else ()
            known = tuple(dict.fromkeys((*own, *self._family(word))))
            if len(self._topic_keys) < MOST_REMEMBERED:
                self._topic_keys[word] = known
        return known

    def has(self, word: str) -> bool:
        """A folded word occurs in the texts or in a name."""
        key = word_key(word)
        return word in self.phrase_words or key in self.near_keys or key in self.deep_keys

    def is_term(self, word: str) -> bool:
        """A folded word is a term of the glossary."""
        return any(name.kind is Named.TERM for name in self.phrases.get((word_key(word),), ()))

    def _family(self, word: str) -> tuple[str, ...]:
        """The near keys whose stem is that of the word, or begins with it or begins it."""
        root = stem(word)
        if len(root) < FAMILY_PREFIX - 1:
            return ()
        found = list(self.families.get(root, ()))
        if not found and len(root) >= FAMILY_PREFIX:
            found = [key for near in self._related(root) for key in self.families[near]]
        return tuple(sorted(found))

    def _related(self, root: str) -> list[str]:
        """Stems of which one begins with the other, not much longer."""
        shorter = [
            root[:length]
            for length in range(max(FAMILY_PREFIX, len(root) - FAMILY_TAIL), len(root))
            if root[:length] in self.families
        ]
        at = bisect_left(self.stems, root)
        longer = []
        while at < len(self.stems) and self.stems[at].startswith(root):
            if len(self.stems[at]) <= len(root) + FAMILY_TAIL:
                longer.append(self.stems[at])
            at += 1
        return shorter + longer


def content_keys(text: str) -> tuple[str, ...]:
    """The keys of a phrase without its articles and prepositions."""
    return tuple(word_key(word) for word in WORD.findall(fold(text)) if word not in JOINERS)


def build_vocabulary(words: MatrixWords) -> Vocabulary:
    """Arrange what storage says of the loaded acts."""
    phrases: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    spelled: set[str] = set()

    def add(texts: Iterable[str | None], name: Name) -> None:
        for text in texts:
            if text and (keys := content_keys(text)) and name not in phrases[keys]:
                phrases[keys].append(name)
                spelled.update(WORD.findall(fold(text)))

    for unit in words.units:
        name = Name(Named.UNIT, unit.code)
        add((unit.code, unit.name, *unit.aliases), name)
    for area in words.areas:
        add((area.name, area.group, *area.aliases), Name(Named.AREA, area.key))
    for term in words.terms:
        add((term.term, term.expansion, *term.aliases), Name(Named.TERM, term.term))
    families: dict[str, list[str]] = defaultdict(list)
    for key in words.near_keys:
        families[stem(key)].append(key)
    return Vocabulary(
        acts=words.acts,
        units=frozenset(unit.code for unit in words.units),
        unit_words={fold(unit.code): unit.code for unit in words.units},
        phrases={keys: tuple(names) for keys, names in phrases.items()},
        phrase_starts=frozenset(keys[0] for keys in phrases),
        unit_prefixes={
            keys: frozenset(codes) for keys, codes in begun(phrases, Named.UNIT).items()
        },
        area_prefixes=begun(phrases, Named.AREA),
        longest_phrase=max((len(keys) for keys in phrases), default=0),
        phrase_words=frozenset(spelled),
        terms={term.term: term for term in words.terms},
        due_months=words.due_months,
        near_keys=words.near_keys,
        deep_keys=words.deep_keys,
        families={root: tuple(keys) for root, keys in families.items()},
        stems=tuple(sorted(families)),
        levels=words.levels,
    )


def begun(
    phrases: Mapping[tuple[str, ...], Iterable[Name]], kind: Named
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What each beginning of a phrase may become."""
    found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for keys, names in phrases.items():
        for length in range(1, len(keys)):
            found[keys[:length]].update((name.value, None) for name in names if name.kind is kind)
    return {keys: tuple(values) for keys, values in found.items() if values}
