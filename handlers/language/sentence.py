"""A question being read: its tokens, what the lexicon says of each, and what explains them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from handlers.language.numbers import Numeral, find_numerals
from handlers.language.tags import Tag
from handlers.language.tokens import Kind, Token
from handlers.language.verbs import Form
from handlers.language.words import NOTHING, Entry, entry, plain
from handlers.question import Correction

CLOSED = frozenset("de del la el los las lo y e en a al".split())


class Part(Enum):
    """What a stretch of the question was understood as."""

    UNIT = auto()
    REF = auto()
    DATE = auto()
    AREA = auto()
    TERM = auto()
    STATUS = auto()
    TOPIC = auto()
    ACT = auto()
    NTH = auto()


@dataclass(frozen=True, slots=True)
class Claim:
    """Tokens `first` to `last` mean `value`, a thing of kind `part`."""

    part: Part
    first: int
    last: int
    value: object


@dataclass
class Sentence:
    """Tokens with their lexicon entries, and the claims made on them so far.

    `aside` are the places of words that only say who asks and why.
    """

    tokens: list[Token]
    entries: list[Entry]
    claims: list[Claim] = field(default_factory=list)
    aside: set[int] = field(default_factory=set)
    corrections: list[Correction] = field(default_factory=list)
    _numerals: tuple[Numeral, ...] | None = field(default=None, repr=False)
    _state: tuple[int, ...] = field(default=(), repr=False)
    _free: list[int] = field(default_factory=list, repr=False)

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> "Sentence":
        """Look every token up."""
        given = list(tokens)
        listed = []
        for at, token in enumerate(given):
            following = given[at + 1] if at + 1 < len(given) else None
            opens = following and following.glued and following.kind is Kind.NUMBER  # «Q2», «x3»
            ends = at and token.glued and given[at - 1].kind is Kind.NUMBER  # «4ta»
            is_sign = opens or ends
            listed.append(token if is_sign else token.corrected(plain(token.fold)))
        return cls(listed, [entry(token.fold) for token in listed])

    def copy(self) -> "Sentence":
        """The same, to be claimed otherwise."""
        return Sentence(
            list(self.tokens),
            list(self.entries),
            list(self.claims),
            set(self.aside),
            list(self.corrections),
        )

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, at: int) -> str:
        """The folded token at a place, "" outside."""
        return self.tokens[at].fold if 0 <= at < len(self.tokens) else ""

    def tags(self, at: int) -> frozenset[Tag]:
        """What the lexicon says of the token at a place; nothing outside."""
        return self.entries[at].tags if 0 <= at < len(self.tokens) else frozenset()

    def forms(self, at: int) -> frozenset[Form]:
        """What forms of a verb the token at a place can be; none outside."""
        return self.entries[at].forms if 0 <= at < len(self.tokens) else frozenset()

    def is_word(self, at: int) -> bool:
        """A word stands there, no number or sign."""
        return 0 <= at < len(self.tokens) and self.tokens[at].kind is Kind.WORD

    def replace(self, at: int, word: str) -> None:
        """Read the token at a place as another word."""
        self.tokens[at] = self.tokens[at].corrected(word)
        self.entries[at] = entry(word)
        self._numerals = None

    def forget(self, at: int) -> None:
        """The token at a place is another word than the one the lexicon knows."""
        self.entries[at] = NOTHING

    @property
    def numerals(self) -> tuple[Numeral, ...]:
        """Every number of the sentence in order, claimed or not."""
        if self._numerals is None:
            self._numerals = find_numerals(self.tokens)
        return self._numerals

    def claim(self, claim: Claim) -> None:
        """Say what a stretch means."""
        self.claims.append(claim)
        self.claims.sort(key=lambda one: one.first)

    def put_aside(self, claims: Iterable[Claim]) -> None:
        """Take claims back; their words say nothing of what is asked."""
        for claim in claims:
            self.claims.remove(claim)
            self.aside.update(range(claim.first, claim.last + 1))

    def claim_at(self, at: int) -> Claim | None:
        """The claim that explains a token."""
        return next((one for one in self.claims if one.first <= at <= one.last), None)

    def is_free(self, first: int, last: int | None = None) -> bool:
        """Nothing has claimed any of these tokens or set it aside."""
        last = first if last is None else last
        if self.aside and any(at in self.aside for at in range(first, last + 1)):
            return False
        return all(one.last < first or one.first > last for one in self.claims)

    def free(self) -> Iterator[int]:
        """Places of the tokens that no claim explains."""
        state = (len(self.tokens), len(self.aside), *map(id, self.claims))
        if state != self._state:  # asked for many times between two changes
            taken = set(self.aside)
            for one in self.claims:
                taken.update(range(one.first, one.last + 1))
            self._free = [at for at in range(len(self.tokens)) if at not in taken]
            self._state = state
        return iter(self._free)

    def has(self, tag: Tag, *forms: Form) -> bool:
        """Some unclaimed token carries the tag (in one of these forms, where given)."""
        return any(True for _ in self.places(tag, *forms))

    def places(self, tag: Tag, *forms: Form) -> Iterator[int]:
        """Where unclaimed tokens carry the tag (in one of these forms, where given)."""
        for at in self.free():
            found = self.entries[at]
            if tag in found.tags and (not forms or found.forms.intersection(forms)):
                yield at

    def of_part(self, part: Part) -> list[Claim]:
        """The claims of one kind, left to right."""
        return [one for one in self.claims if one.part is part]

    def before(self, at: int, steps: int = 1) -> str:
        """The word before a place, passing over signs."""
        while at > 0 and steps:
            at -= 1
            if self.tokens[at].kind is not Kind.SIGN:
                steps -= 1
        return self.tokens[at].fold if not steps else ""

    def text(self, first: int, last: int) -> str:
        """The tokens as typed."""
        pieces: list[str] = []
        for at in range(first, last + 1):
            token = self.tokens[at]
            pieces.append(token.text if token.glued or not pieces else f" {token.text}")
        return "".join(pieces)
