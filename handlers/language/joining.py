"""Topics of several words: which words of the lexicon belong to the topic word beside them."""

from itertools import pairwise

from handlers.language.sentence import CLOSED, Part, Sentence
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.language.vocabulary import Vocabulary
from handlers.language.word_tables import FUNCTION
from handlers.language.words import spelt_out
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
CLOSED_CLASS = frozenset(spelt_out(FUNCTION))
BREAKS = frozenset(",;:.?!¿¡")
HAVING = frozenset("tiene tienen tenga tengan".split())  # in the texts too, and never a topic
DATE_WORDS = frozenset({"fecha", "fechas", "plazo", "plazos", "tiempo"})
NOUNS = frozenset({
    Tag.SUMMARY, Tag.STATE, Tag.VAGUE_THING, Tag.THING, Tag.TELL, Tag.MARK, Tag.NOTICE, Tag.DELIVER,
})  # fmt: skip
PROTECTED = frozenset({
    Tag.WHO, Tag.MEANS, Tag.COMMITMENT, Tag.RECOMMENDATION, Tag.UNIT, Tag.AREA, Tag.COUNT, Tag.ASK,
    Tag.NEXT, Tag.LAST, Tag.EXCEPT, Tag.ONLY, Tag.YET, Tag.NOT, Tag.WITHOUT, Tag.ALL, Tag.HELP,
    Tag.ME, Tag.DEFINE,
})  # fmt: skip

Topical = dict[int, tuple[int, TopicWord]]  # first place → last place and the word


def join_words(sentence: Sentence, topical: Topical, vocabulary: Vocabulary) -> None:
    """Add to the topic the words of the lexicon that belong to it: «tablero de control»."""
    if not topical:
        _add_kinds(sentence, topical, vocabulary)
    _add_beside(sentence, topical, vocabulary)


def is_phrase(sentence: Sentence, topical: Topical) -> bool:
    """Whether two topic words stand together."""
    places = sorted(topical)
    return any(first < topical[first][0] for first in places) or any(
        _adjacent(sentence, topical[left][0], right) for left, right in pairwise(places)
    )


def _add_kinds(sentence: Sentence, topical: Topical, vocabulary: Vocabulary) -> None:
    """«los informes de diciembre»: with no other topic, a kind of means is one."""
    for at in sentence.free():
        key = word_key(sentence.word(at))
        if Tag.KIND in sentence.tags(at) and key in vocabulary.near_keys:
            topical[at] = (at, TopicWord(sentence.tokens[at].text, (key,)))


def _add_beside(sentence: Sentence, topical: Topical, vocabulary: Vocabulary) -> None:
    """Words of the lexicon beside topic words belong to the topic: «tablero de control»."""
    candidates = [at for at in range(len(sentence)) if _may_join(sentence, at, vocabulary)]
    soft = [at for at in range(len(sentence)) if _may_narrow(sentence, at, vocabulary)]
    changed = bool(topical)
    while changed:
        changed = False
        for at in candidates:
            if at in topical or at in sentence.aside:
                continue
            left, right = _left_of(sentence, at, topical), _right_of(sentence, at, topical)
            claim = sentence.claim_at(at)
            if claim is not None:
                if not _follows_alike(sentence, at, topical):
                    continue
                sentence.claims.remove(claim)
            elif not (left or right) or not _is_fitting(sentence, at, topical):
                continue
            topical[at] = (at, TopicWord(sentence.tokens[at].text, (word_key(sentence.word(at)),)))
            changed = True
        for at in [] if changed else soft:
            if at not in topical and (
                _left_of(sentence, at, topical) or _right_of(sentence, at, topical)
            ):
                keys = vocabulary.topic_keys(sentence.word(at))
                own = keys[0] == word_key(sentence.word(at))
                word = TopicWord(sentence.tokens[at].text, keys, is_soft=True, has_own=own)
                topical[at] = (at, word)
                changed = True


def _left_of(sentence: Sentence, at: int, topical: Topical) -> bool:
    """A topic word stands just before."""
    return any(last < at and _adjacent(sentence, last, at) for last, _ in topical.values())


def _right_of(sentence: Sentence, at: int, topical: Topical) -> bool:
    """A topic word stands just behind."""
    return any(first > at and _adjacent(sentence, at, first) for first in topical)


def _adjacent(sentence: Sentence, left: int, right: int) -> bool:
    """Only articles and prepositions stand between the two places."""
    return all(
        sentence.word(place) in PASSED_OVER
        or not (sentence.is_word(place) or sentence.word(place) in BREAKS)
        for place in range(left + 1, right)
    )


def _follows_alike(sentence: Sentence, at: int, topical: Topical) -> bool:
    """«juntas directivas vencidas»: it agrees with the topic word just before it."""
    return at - 1 in topical and sentence.word(at - 1)[-2:] == sentence.word(at)[-2:]


def _is_fitting(sentence: Sentence, at: int, topical: Topical) -> bool:
    """A noun, or a word that agrees with the topic word just behind it: «juntas directivas»."""
    ending = sentence.word(at)[-2:]
    agrees = any(
        beside in topical and sentence.word(beside)[-2:] == ending for beside in (at - 1, at + 1)
    )
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


def _may_narrow(sentence: Sentence, at: int, vocabulary: Vocabulary) -> bool:
    """A word of the lexicon that the texts have too: beside a topic word it may belong to it."""
    word, tags = sentence.word(at), sentence.tags(at)
    if len(word) <= SHORTEST + 1 or not tags or tags & PROTECTED or not sentence.is_free(at):
        return False
    is_act = Form.INFINITIVE in sentence.entries[at].forms  # «certificar a los actores»
    if sentence.word(at + 1) in {"con", "a", "al"} and not is_act:
        return False  # «relacionados con convenios»
    if word in DATE_WORDS | CLOSED_CLASS or tags & {Tag.MARK, Tag.DUE, Tag.DELIVER, Tag.TELL}:
        return False
    keys = vocabulary.topic_keys(word)
    forms = sentence.entries[at].forms
    is_nominal = not forms or bool(forms & {Form.INFINITIVE, Form.PARTICIPLE})
    return bool(keys) and (is_nominal or (keys[0] == word_key(word) and word not in HAVING))
