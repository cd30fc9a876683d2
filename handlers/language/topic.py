"""What is left of a question: words of the act's texts, and words that nothing explains."""

from dataclasses import dataclass
from itertools import pairwise

from handlers.language.everyday import everyday_keys
from handlers.language.names import phrase_at
from handlers.language.numbers import find_numerals
from handlers.language.sentence import CLOSED, Claim, Part, Sentence
from handlers.language.spelling import Speller, differ
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.language.vocabulary import Named, Vocabulary
from handlers.question import Correction
from storage.records import TopicWord
from storage.text import word_key

SHORTEST = 3
PASSED_OVER = CLOSED | {
    "sobre",
    "con",
    "para",
    "por",
    "pa",
    "su",
    "sus",
    "un",
    "una",
    "d",
    "segun",
}
BREAKS = frozenset(",;:.?!¿¡")
DATE_WORDS = frozenset({"fecha", "fechas", "plazo", "plazos", "tiempo"})
MINE = frozenset({"mi", "mis", "tu", "tus"})
NOUNS = frozenset({
    Tag.SUMMARY, Tag.STATE, Tag.VAGUE_THING, Tag.THING, Tag.TELL, Tag.MARK, Tag.NOTICE, Tag.DELIVER,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leftover:
    """The topic, and the words that speak of something else or that nobody knows, as typed."""

    topic: tuple[TopicWord, ...]
    is_deep: bool  # a topic word stands only in the recommendations
    is_phrase: bool  # two topic words stand together
    is_vague: bool  # one topic word, which names many other things as well: «local», «madre»
    unknown: tuple[str, ...]
    foreign: tuple[str, ...]  # words of everyday life, and unknown things that are «mine»


def read_topic(sentence: Sentence, speller: Speller) -> Leftover:
    """Claim the topic words of a sentence in which everything else is claimed already."""
    vocabulary = speller.vocabulary
    topical = _term_topics(sentence, vocabulary)
    claimed = {at for first, (last, _) in topical.items() for at in range(first, last + 1)}
    deep = False
    unknown: list[int] = []
    foreign: list[int] = []
    numbers = {
        at
        for numeral in find_numerals(sentence.tokens)
        for at in range(numeral.first, numeral.last + 1)
    }
    for at in sentence.free():
        if not sentence.is_word(at) or at in numbers or at in claimed:
            continue
        word = sentence.word(at)
        if sentence.tags(at):
            if word_key(word) in everyday_keys() and word_key(word) not in vocabulary.near_keys:
                foreign.append(at)
            continue
        key = word_key(word)
        keys = vocabulary.topic_keys(word) if len(word) >= SHORTEST else ()
        if keys and not (_is_mine(sentence, at) and key in everyday_keys()):
            topical[at] = (at, TopicWord(sentence.tokens[at].text, keys))
        elif key in vocabulary.deep_keys:
            topical[at] = (at, TopicWord(sentence.tokens[at].text, (key,)))
            deep = True
        elif key in everyday_keys() or _is_mine(sentence, at):
            foreign.append(at)
        elif not vocabulary.is_term(word):
            unknown.append(at)
    _add_beside(sentence, topical, vocabulary)
    for first, (last, topic_word) in sorted(topical.items()):
        sentence.claim(Claim(Part.TOPIC, first, last, topic_word))
    return Leftover(
        tuple(topic_word for _, (_, topic_word) in sorted(topical.items())),
        deep,
        _is_phrase(sentence, topical),
        len(topical) == 1 and _is_vague(sentence, next(iter(topical))),
        tuple(sentence.tokens[at].text for at in unknown),
        tuple(sentence.tokens[at].text for at in foreign),
    )


Topical = dict[int, tuple[int, TopicWord]]  # first place → last place and the word


def _term_topics(sentence: Sentence, vocabulary: Vocabulary) -> Topical:
    """Acronyms of the texts («TDR», «at»), also where they are spelt out («términos de referencia»)."""
    found: Topical = {}
    at = 0
    while at < len(sentence):
        phrase = phrase_at(sentence, at, vocabulary, Named.TERM)
        if phrase is None:
            at += 1
            continue
        term, last = phrase
        words = [word for place in range(at, last + 1) if len(word := sentence.word(place)) > 2]  # noqa: PLR2004 - «de», «a»
        spelt = last > at and all(word_key(word) in vocabulary.near_keys for word in words)
        key = word_key(term.casefold())
        untagged = last > at or not sentence.tags(at)
        if (
            key in vocabulary.near_keys
            and not spelt
            and untagged
            and key not in vocabulary.unit_words
        ):
            found[at] = (last, TopicWord(sentence.text(at, last), (key,)))
        at = last + 1
    return found


def _is_mine(sentence: Sentence, at: int) -> bool:
    return sentence.word(at - 1) in MINE


def _is_vague(sentence: Sentence, at: int) -> bool:
    bound = sentence.word(at - 1) in PASSED_OVER and "lo" in {
        sentence.before(at, 2),
        sentence.before(at, 3),
    }
    return word_key(sentence.word(at)) in everyday_keys() and not bound


def _is_phrase(sentence: Sentence, topical: Topical) -> bool:
    places = sorted(topical)
    return any(first < topical[first][0] for first in places) or any(
        _adjacent(sentence, topical[left][0], right) for left, right in pairwise(places)
    )


def _adjacent(sentence: Sentence, left: int, right: int) -> bool:
    """Only articles and prepositions stand between the two places."""
    return all(
        sentence.word(place) in PASSED_OVER
        or not (sentence.is_word(place) or sentence.word(place) in BREAKS)
        for place in range(left + 1, right)
    )


def _add_beside(sentence: Sentence, topical: Topical, vocabulary: Vocabulary) -> None:
    """Words of the lexicon beside topic words belong to the topic: «tablero de control»."""
    candidates = [at for at in range(len(sentence)) if _may_join(sentence, at, vocabulary)]
    changed = bool(topical)
    while changed:
        changed = False
        for at in candidates:
            if at in topical or at in sentence.aside:
                continue
            left = any(last < at and _adjacent(sentence, last, at) for last, _ in topical.values())
            right = any(first > at and _adjacent(sentence, at, first) for first in topical)
            claim = sentence.claim_at(at)
            if claim is not None:
                if not _follows_alike(sentence, at, topical):
                    continue
                sentence.claims.remove(claim)
            elif not (left or right) or not _is_fitting(sentence, at, topical):
                continue
            topical[at] = (at, TopicWord(sentence.tokens[at].text, (word_key(sentence.word(at)),)))
            changed = True


def _follows_alike(sentence: Sentence, at: int, topical: Topical) -> bool:
    """«juntas directivas vencidas»: it agrees with the topic word just before it."""
    return at - 1 in topical and sentence.word(at - 1)[-2:] == sentence.word(at)[-2:]


def _is_fitting(sentence: Sentence, at: int, topical: Topical) -> bool:
    """A noun, or a word that agrees with the topic word just behind it: «juntas directivas»."""
    agrees = at + 1 in topical and sentence.word(at)[-2:] == sentence.word(at + 1)[-2:]
    return bool(sentence.tags(at) & NOUNS) or agrees


def _may_join(sentence: Sentence, at: int, vocabulary: Vocabulary) -> bool:
    word, tags = sentence.word(at), sentence.tags(at)
    if len(word) <= SHORTEST or not tags or tags & PROTECTED or word in PASSED_OVER | DATE_WORDS:
        return False
    if word_key(word) not in vocabulary.near_keys:
        return False
    claim = sentence.claim_at(at)
    if claim is not None:
        return claim.part is Part.STATUS
    finite = sentence.entries[at].forms & {Form.COMMAND, Form.INFINITIVE}
    return bool(tags & {Tag.VAGUE_THING, Tag.THING, Tag.SUMMARY}) or not finite


PROTECTED = frozenset({
    Tag.WHO, Tag.MEANS, Tag.COMMITMENT, Tag.RECOMMENDATION, Tag.UNIT, Tag.AREA, Tag.COUNT, Tag.ASK,
    Tag.NEXT, Tag.LAST, Tag.EXCEPT, Tag.ONLY, Tag.YET, Tag.NOT, Tag.WITHOUT, Tag.ALL, Tag.HELP,
    Tag.GREETING, Tag.ME,
})  # fmt: skip


def correct_words(sentence: Sentence, speller: Speller) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Replace mistyped words; give the places where two readings are equally near."""
    open_places = []
    vocabulary = speller.vocabulary
    for at in list(sentence.free()):
        word = sentence.word(at)
        if not sentence.is_word(at) or sentence.tags(at):
            continue
        if vocabulary.has(word) or word_key(word) in everyday_keys():
            continue
        guess = speller.guess(word)
        if guess is None:
            continue
        if differ(guess.words):
            open_places.append((at, guess.words))
            continue
        meant = guess.words[0]
        typed = sentence.tokens[at].text
        sentence.replace(at, meant)
        sentence.corrections.append(Correction(typed, vocabulary.unit_words.get(meant, meant)))
    return tuple(open_places)
