"""Facts about a sentence whose parts are claimed, as the rules of intent use them."""

from dataclasses import dataclass

from handlers.language.sentence import Part, Sentence
from handlers.language.tags import Tag
from handlers.language.topic import Leftover
from handlers.language.verbs import Form
from handlers.question import ActFacet, Courtesy, Grouping, Intent, Pick, Ranking
from storage.records import Ref, StatusFilter

QUESTION_STARTS = frozenset(
    "y a de en para pa por con , : ¿ . - ; sobre o hasta desde segun !".split()
)
AFTER_JOINING = frozenset("el la los las ya hemos no este esta".split())  # «de que el 4.2 fue…»
AFTER_SI = frozenset("ya se han lo la fue esta hay".split())
AFTER_O = frozenset("no todavia aun sigue falta".split())
TAG_QUESTIONS = frozenset({"verdad", "cierto", "no", "correcto", "o"})  # «… ya se envió, ¿no?»
ASKED_FOR = frozenset({Tag.THING, Tag.VAGUE_THING, Tag.MEANS, Tag.COMMITMENT, Tag.RECOMMENDATION,
                       Tag.UNIT, Tag.AREA})  # fmt: skip
SUBMITTED = frozenset({StatusFilter.SUBMITTED, StatusFilter.VERIFIED})


@dataclass(frozen=True, slots=True)
class Reading:
    """The intent with what belongs to it."""

    intent: Intent
    pick: Pick | None = None
    facet: ActFacet | None = None
    grouping: Grouping = Grouping.WHOLE
    ranking: Ranking | None = None
    courtesy: Courtesy = Courtesy.HELP
    wants_status: bool = True  # False: the status word belongs to the intent, not to the filter


@dataclass(frozen=True, slots=True)
class Cues:
    """A sentence with its leftovers."""

    sentence: Sentence
    left: Leftover
    refs: tuple[Ref, ...]
    has_previous: bool
    leaves_out: bool  # some of what is named is left out of the rest
    words: frozenset[str]  # every folded word that is not set aside

    @classmethod
    def of(
        cls,
        sentence: Sentence,
        left: Leftover,
        refs: tuple[Ref, ...],
        *,
        has_previous: bool,
        leaves_out: bool = False,
    ) -> "Cues":
        """Gather them."""
        words = frozenset(
            token.fold for at, token in enumerate(sentence.tokens) if at not in sentence.aside
        )
        return cls(sentence, left, refs, has_previous, leaves_out, words)

    def has(self, *tags: Tag) -> bool:
        """An unclaimed word carries one of the tags."""
        return any(self.sentence.has(tag) for tag in tags)

    def has_form(self, tag: Tag, *forms: Form) -> bool:
        """An unclaimed word carries the tag in one of these forms."""
        return self.sentence.has(tag, *forms)

    def part(self, *parts: Part) -> bool:
        """Something of one of these kinds is claimed."""
        return any(claim.part in parts for claim in self.sentence.claims)

    def status(self, *statuses: StatusFilter) -> bool:
        """One of these is asked or stated."""
        return any(claim.value in statuses for claim in self.sentence.of_part(Part.STATUS))

    @property
    def is_question(self) -> bool:
        """It asks, by its sign or by a question word where one asks."""
        return bool(self.words & {"?", "¿"}) or self.asks

    @property
    def asks(self) -> bool:
        """A question word stands where one asks, or an alternative is left open."""
        sentence = self.sentence
        if any(at not in sentence.aside and self._asks_at(at) for at in range(len(sentence))):
            return True
        words = [at for at in range(len(sentence)) if sentence.is_word(at)]
        if len(words) < 2 or sentence.word(words[-1]) not in TAG_QUESTIONS:  # noqa: PLR2004
            return False
        return Tag.YET not in sentence.tags(words[-2])  # «el 4.2 todavía no»

    def _asks_at(self, at: int) -> bool:
        sentence = self.sentence
        word, tags = sentence.word(at), sentence.tags(at)
        if Tag.ASK in tags and "é" in sentence.tokens[at].text.lower():
            return True
        if tags & {Tag.WHO, Tag.COUNT} and Tag.ASK in tags and sentence.is_free(at):
            return True
        if word in {"cual", "cuales", "cuando", "donde"}:
            return True
        following = sentence.word(at + 1)
        if word == "que" and self._names_what(at + 1):
            return True
        if word == "que":
            joins = sentence.word(at - 1) == "de" and following in AFTER_JOINING
            if at and following == "lo" and Tag.MARK in sentence.tags(at + 2):
                return False  # «…, que lo registres»
            return not joins and (at == 0 or sentence.word(at - 1) in QUESTION_STARTS)
        if word == "si" and sentence.tokens[at].text.lower() != "sí":
            before = sentence.entries[at - 1].tags if at else frozenset()
            return following in AFTER_SI or bool(before & {Tag.SHOW, Tag.CAN, Tag.SITUATION})
        return word == "o" and following in AFTER_O

    def _names_what(self, at: int) -> bool:
        """«… que cosas ya se cumplieron»: a bare noun behind «que», where a relative has a verb."""
        sentence = self.sentence
        plural = sentence.word(at).endswith("s") and Form.PRESENT not in sentence.forms(at)
        return plural and bool(sentence.tags(at) & ASKED_FOR)

    @property
    def has_filter(self) -> bool:
        """Units, days, areas or a status narrow it."""
        return self.part(Part.UNIT, Part.DATE, Part.AREA, Part.STATUS)

    @property
    def has_content(self) -> bool:
        """Something of the matrix is named."""
        return self.has_filter or self.part(Part.REF) or bool(self.left.topic)

    @property
    def names_things(self) -> bool:
        """Means, commitments or their like are spoken of by their noun."""
        return self.has(Tag.THING, Tag.MEANS, Tag.COMMITMENT, Tag.RECOMMENDATION)

    @property
    def only_status(self) -> bool:
        """A status is named, and nothing else of the matrix."""
        others = (Part.UNIT, Part.DATE, Part.AREA, Part.REF, Part.TOPIC)
        return self.part(Part.STATUS) and not self.part(*others)

    def is_after(self, tag: Tag, words: frozenset[str] | set[str]) -> bool:
        """A word with the tag stands just after one of these words."""
        return any(self.sentence.before(at) in words for at in self.sentence.places(tag))
