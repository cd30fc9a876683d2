"""Units, areas, acts and glossary terms named in a question."""

import re

from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.tags import Tag
from handlers.language.tokens import Kind
from handlers.language.vocabulary import JOINERS, Named, Vocabulary
from handlers.language.word_tables import SUMMARISING
from storage.text import word_key

LETTER_NAMES = {
    "be": "b", "ce": "c", "de": "d", "efe": "f", "ge": "g", "jota": "j", "ka": "k", "ele": "l",
    "eme": "m", "ene": "n", "pe": "p", "cu": "q", "erre": "r", "ese": "s", "te": "t", "ve": "v",
    "equis": "x", "zeta": "z",
}  # fmt: skip
ACT_NUMBER = re.compile(r"\b0*(\d{1,3})\s*-\s*(\d{4})\b")
PREFIX_WORDS = 2  # content words of a long name that are enough where no other begins so
NOUNS = frozenset({Tag.VAGUE_THING, Tag.THING, Tag.SUMMARY})


def claim_units(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """Claim the units: exact codes, long names, and codes spelt letter by letter."""
    for at, token in enumerate(sentence.tokens):
        several = token.text.endswith("s") and token.text[:-1].isupper()  # «las UTs»
        written = token.fold.removesuffix("s") if several else token.fold
        if written in vocabulary.unit_words and sentence.is_free(at):
            code = vocabulary.unit_words[written]
            sentence.claim(Claim(Part.UNIT, at, at, code))
    _claim_spelt(sentence, vocabulary)
    for at in range(len(sentence)):
        found = phrase_at(sentence, at, vocabulary, Named.UNIT)
        if found and found[1] > at:
            sentence.claim(Claim(Part.UNIT, at, found[1], found[0]))
    _join_apposition(sentence)


def _claim_spelt(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """«U.T.A.I.», «la u te i»."""
    at = 0
    while at < len(sentence):
        letters, end, has_single = _spelt_at(sentence, at, vocabulary)
        is_code = has_single and len(letters) > 1 and letters in vocabulary.unit_words
        if is_code and sentence.is_free(at, end):
            sentence.claim(Claim(Part.UNIT, at, end, vocabulary.unit_words[letters]))
            at = end
        at += 1


def _spelt_at(sentence: Sentence, at: int, vocabulary: Vocabulary) -> tuple[str, int, bool]:
    """The letters read from a place on, the last one's place, and whether one is a bare letter."""
    letters, end, has_single = "", at, False
    for place in range(at, len(sentence)):
        word = sentence.word(place)
        if len(word) == 1 and word.isalpha():
            letters += word
            has_single = True
            end = place
        elif word in LETTER_NAMES and letters:
            letters += LETTER_NAMES[word]
            end = place
        elif word not in {".", "-"} or not letters:
            break
        if letters in vocabulary.unit_words and not _goes_on(
            sentence, place + 1, letters, vocabulary
        ):
            break
    return letters, end, has_single


def _goes_on(sentence: Sentence, place: int, letters: str, vocabulary: Vocabulary) -> bool:
    """A longer code is still being spelt."""
    while sentence.word(place) in {".", "-"}:
        place += 1
    word = sentence.word(place)
    letter = LETTER_NAMES.get(word, word if len(word) == 1 else "")
    return bool(letter) and any(
        code.startswith(letters + letter) for code in vocabulary.unit_words
    )


def phrase_at(
    sentence: Sentence, at: int, vocabulary: Vocabulary, kind: Named
) -> tuple[str, int] | None:
    """The longest phrase of one kind that begins at a free place: its value and its last token."""
    if not sentence.is_word(at) or sentence.word(at) in JOINERS or not sentence.is_free(at):
        return None
    if word_key(sentence.word(at)) not in vocabulary.phrase_starts:
        return None
    keys: list[str] = []
    best: tuple[str, int] | None = None
    begun: tuple[str, int] | None = None
    for place in range(at, len(sentence)):
        token = sentence.tokens[place]
        if token.fold in JOINERS or token.fold == ",":
            continue
        if token.kind is not Kind.WORD or not sentence.is_free(place):
            break
        keys.append(word_key(token.fold))
        names = [name for name in vocabulary.phrases.get(tuple(keys), ()) if name.kind is kind]
        if names:
            best = (names[0].value, place)
        elif kind is Named.UNIT and len(keys) >= PREFIX_WORDS:
            codes = vocabulary.unit_prefixes.get(tuple(keys), frozenset())
            if len(codes) == 1:
                begun = (next(iter(codes)), place)
        if len(keys) >= vocabulary.longest_phrase:
            break
    return best or begun


def _join_apposition(sentence: Sentence) -> None:
    """«la UT, la territorial» names one unit once."""
    for claim in sentence.of_part(Part.UNIT):
        at = claim.last + 1
        if (
            claim.value == "UT"
            and sentence.word(at) == ","
            and (
                sentence.word(at + 1) in {"la", "los", "las"}
                and sentence.word(at + 2).startswith("territorial")
            )
        ):
            sentence.claims.remove(claim)
            sentence.claim(Claim(Part.UNIT, claim.first, at + 2, claim.value))


def claim_areas(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """Claim areas that are called so, «área de monitoreo», or whose name stands alone."""
    for at in range(len(sentence)):
        if not sentence.is_word(at) or not sentence.is_free(at):
            continue
        called = _called_area(sentence, at)
        found = _area_at(sentence, at, vocabulary, may_be_begun=called is not None)
        if not found:
            continue
        keys, last = found
        if called is not None or not _in_topic(sentence, at, last, vocabulary):
            first = at if called is None else called
            sentence.claim(Claim(Part.AREA, first, last, keys))


def _area_at(
    sentence: Sentence, at: int, vocabulary: Vocabulary, *, may_be_begun: bool
) -> tuple[tuple[str, ...], int] | None:
    """The areas whose name, group or alias begins here; after «área» its first word is enough."""
    if sentence.word(at) in JOINERS or word_key(sentence.word(at)) not in vocabulary.phrase_starts:
        return None
    keys: list[str] = []
    best: tuple[tuple[str, ...], int] | None = None
    for place in range(at, len(sentence)):
        word = sentence.word(place)
        if not sentence.is_word(place) or not sentence.is_free(place):
            break
        if word in JOINERS:
            continue
        keys.append(word_key(word))
        names = vocabulary.phrases.get(tuple(keys), ())
        areas = tuple(name.value for name in names if name.kind is Named.AREA)
        if not areas and may_be_begun:
            areas = vocabulary.area_prefixes.get(tuple(keys), ())
        if areas:
            best = (areas, place)
        if len(keys) >= vocabulary.longest_phrase:
            break
    return best


def _called_area(sentence: Sentence, at: int) -> int | None:
    """The place of «área» when it stands just before."""
    place = at - 1
    while place >= 0 and sentence.word(place) in JOINERS | {":", "tematica", "tema"}:
        place -= 1
    is_area = Tag.AREA in sentence.tags(place) and sentence.is_free(place)
    return place if is_area else None


def _in_topic(sentence: Sentence, first: int, last: int, vocabulary: Vocabulary) -> bool:
    """The name is part of a longer phrase of the texts: «necesidades de capacitación»."""
    for step, beside in ((-1, first - 1), (1, last + 1)):
        place = beside
        while 0 <= place < len(sentence) and sentence.word(place) in JOINERS | {"sobre"}:
            place += step
        if not sentence.is_word(place) or not sentence.is_free(place):
            continue
        if step > 0 and _area_at(sentence, place, vocabulary, may_be_begun=False):
            continue  # «actores comunitarios y capacitación» are two areas
        tags = sentence.tags(place)
        if sentence.word(place) in SUMMARISING:
            continue  # «avance de capacitación»
        if (not tags or tags & NOUNS) and vocabulary.topic_keys(sentence.word(place)):
            return True
    return False


def claim_terms(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """Claim glossary terms; only a question for a meaning looks for them."""
    for at in range(len(sentence)):
        claim = sentence.claim_at(at)
        looks_like_month = (
            claim is not None
            and claim.part is Part.DATE
            and claim.first == claim.last
            and sentence.tokens[at].text.isupper()
            and vocabulary.is_term(sentence.word(at))
        )
        if claim is not None and looks_like_month:
            sentence.claims.remove(claim)  # «OCT, ¿qué siglas son?»
        found = phrase_at(sentence, at, vocabulary, Named.TERM)
        if found and not _is_listed(sentence, at):
            sentence.claim(Claim(Part.TERM, at, found[1], found[0]))


def _is_listed(sentence: Sentence, at: int) -> bool:
    """«los observados», «lo pendiente»: asks for them, not for what the word means."""
    tags = sentence.tags(at) & {Tag.PENDING, Tag.OVERDUE, Tag.OBSERVED, Tag.VERIFIED, Tag.DELIVER}
    return bool(tags) and sentence.word(at - 1) in {"lo", "los", "las"}


def claim_acts(sentence: Sentence, text: str, vocabulary: Vocabulary) -> None:
    """Claim act numbers, «acta 002-2021»."""
    starts = {token.start: at for at, token in enumerate(sentence.tokens)}
    for found in ACT_NUMBER.finditer(text):
        number, year = found.groups()
        printed = f"{int(number)}-{year}"
        act = next((act for act in vocabulary.acts if act.lstrip("0") == printed), None)
        first = starts.get(found.start())
        if act and first is not None and sentence.is_free(first, first + 2):
            sentence.claim(Claim(Part.ACT, first, first + 2, act))
