"""Places in the last answer: «el segundo», «el último», «el 13» after another number."""

from handlers.language.numbers import Numeral
from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.tags import Tag
from handlers.question import Intent, Question
from storage.records import Level, Ref

LONGEST_LIST = 30  # places a «el 3» may point to
ARTICLES = frozenset({"el", "la", "lo", "del", "al", "los", "las", "ese", "esa", "este", "esta"})
POINTERS = frozenset({"el", "la", "del", "al", "numero", "opcion", "dije", "digo"})
JOINING = frozenset("y e o ahora porfa porfis por favor pls".split())
PERIODS = frozenset({"plazo", "vez"})


def claim_places(sentence: Sentence, previous: Question | None) -> None:
    """Claim the numbers that point into the answer before, or into what is named beside them."""
    _claim_within(sentence)
    if previous is None:
        return
    _claim_ends(sentence)
    for numeral in sentence.numerals:
        if sentence.is_free(numeral.first, numeral.last):
            claim = _place(sentence, numeral, previous)
            if claim:
                sentence.claim(claim)


def _claim_within(sentence: Sentence) -> None:
    """«el segundo medio del compromiso 4»."""
    for numeral in sentence.numerals:
        following = range(numeral.last + 1, numeral.last + 5)
        of_one = any(
            claim is not None and claim.part is Part.REF
            for claim in map(sentence.claim_at, following)
        )
        means = Tag.MEANS in sentence.tags(numeral.last + 1)
        free = sentence.is_free(numeral.first, numeral.last)
        if numeral.ordinal and means and of_one and free:
            sentence.claim(Claim(Part.NTH, numeral.first, numeral.last, numeral.value))


def _claim_ends(sentence: Sentence) -> None:
    """«los dos últimos», «las primeras 3»."""
    numerals = {one.first: one for one in sentence.numerals}
    for at, numeral in numerals.items():
        other = numerals.get(numeral.last + 1)
        if other is None or sentence.word(at - 1) not in {"los", "las"}:
            continue
        count, end = (other, numeral) if numeral.ordinal else (numeral, other)
        if count.ordinal or not end.ordinal or not 0 < count.value <= LONGEST_LIST:
            continue
        if abs(end.value) != 1 or not sentence.is_free(at, other.last):
            continue
        steps = range(1, count.value + 1)
        for place in steps if end.value > 0 else (-step for step in reversed(steps)):
            sentence.claim(Claim(Part.NTH, at, other.last, place))


def _place(sentence: Sentence, numeral: Numeral, previous: Question) -> Claim | None:
    if not numeral.ordinal and says_only_numbers(sentence):
        return _same_level(numeral, previous)
    before = sentence.word(numeral.first - 1)
    as_place = Claim(Part.NTH, numeral.first, numeral.last, numeral.value)
    if numeral.ordinal:
        points = before in ARTICLES or numeral.first == 0
        return as_place if points and _is_place(sentence, numeral.last) else None
    if before not in POINTERS or not 0 < numeral.value <= LONGEST_LIST:
        return None
    levels = [ref.level for ref in previous.wanted.refs]
    if levels == [Level.MEANS] and previous.intent is Intent.DETAIL and numeral.value > 1:
        ref = Ref(Level.COMMITMENT, str(numeral.value))
        return Claim(Part.REF, numeral.first, numeral.last, (ref,))
    is_rec = before == "la" and levels and levels[0] is Level.RECOMMENDATION
    counted = previous.intent is Intent.COUNT and not is_rec
    if levels and levels[0] is not Level.MEANS and not counted:
        ref = Ref(levels[0], str(numeral.value))
        return Claim(Part.REF, numeral.first, numeral.last, (ref,))
    return as_place


def says_only_numbers(sentence: Sentence) -> bool:
    """«14», «¿y 5?», «14 y 15 porfa»: numbers, what joins them, and courtesies."""
    told = {at for one in sentence.numerals for at in range(one.first, one.last + 1)}
    return all(
        at in told
        or not sentence.is_word(at)
        or sentence.word(at) in JOINING
        or sentence.tags(at) & {Tag.THANKS, Tag.GREETING}
        for at in range(len(sentence))
    )


def _same_level(numeral: Numeral, previous: Question) -> Claim | None:
    """After a question on one commitment or recommendation, another one."""
    levels = {ref.level for ref in previous.wanted.refs}
    if len(levels) != 1 or not 0 < numeral.value <= LONGEST_LIST:
        return None
    (level,) = levels
    if level is Level.MEANS:  # «14» after «12.1»
        level = Level.COMMITMENT
    ref = Ref(level, str(numeral.value))
    return Claim(Part.REF, numeral.first, numeral.last, (ref,))


def _is_place(sentence: Sentence, last: int) -> bool:
    """An ordinal is a place unless it goes on: «el último trimestre», «el primero en vencer»."""
    following = [sentence.word(last + step) for step in (1, 2, 3)]
    if any(Tag.DUE in sentence.tags(last + step) for step in (1, 2, 3)):
        return not {"en", "que", "a", "por"}.intersection(following)
    return following[0] not in PERIODS and Tag.RECOMMENDATION not in sentence.tags(last + 1)
