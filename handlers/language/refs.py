"""Numbers of the matrix: «medio 12.1», «compromisos 3 y 5», «c12», «tercera recomendación»."""

import re
from collections.abc import Mapping, Sequence

from handlers.language.date_words import MONTHS, UNITS
from handlers.language.numbers import Numeral, find_numerals
from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.tags import Tag
from handlers.language.vocabulary import Vocabulary
from storage.records import Level, Ref

LEVELS = {
    Tag.MEANS: Level.MEANS,
    Tag.COMMITMENT: Level.COMMITMENT,
    Tag.RECOMMENDATION: Level.RECOMMENDATION,
}
LETTERS = {"c": Level.COMMITMENT, "r": Level.RECOMMENDATION, "m": Level.MEANS, "mv": Level.MEANS}
NUMBER_WORDS = frozenset(
    "numero numeros nro nros num n no º ° o # : . - el la los las del al".split()
)
ARTICLES = frozenset({"el", "la", "los", "las", "del"})
JOINERS = frozenset({",", "y", "e", "o", "u", "ni", "/", "-", "&", "+", "con", "mas", "tambien"})
POINTS = frozenset({".", ",", "punto", "coma"})
DASH = "-"
UP_TO = frozenset("para pa hasta al desde del dia antes despues".split())  # a day follows
RANGE_WORDS = frozenset({"al", "a", "hasta", "-"})
AHEAD = frozenset({"adelante", "delante", "arriba"})  # «de la recomendación 3 en adelante»
ROMAN = re.compile(r"(x{0,2})(ix|iv|v?i{0,3})")
ROMAN_VALUES = {
    "": 0,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
}
LARGEST = 99  # a larger number is a year, a quantity or a document's
# what is counted by a number that is no code
MEASURES = frozenset(
    "% soles sol kg kilo kilos km kilometro kilometros grado grados millon millones mil metro metros "
    "cm litro litros punto puntos gol goles dolar dolares euro euros ciento cuota cuotas "
    "pisos piso hora horas minuto minutos am pm hrs h dias dia anos ano meses semanas veces personas ninos "
    "megas gb mb magnitud richter".split()
)
PRODUCTS = frozenset({"por", "entre", "x", "*"})
PLUS = frozenset({"mas", "menos", "+", "-"})
SUM_WORDS = frozenset({"cuanto", "suma", "resta", "calcula", "="})
CURRENCY = frozenset(
    {"s", "$", "usd", "magnitud", "grado", "nivel", "beca", "pension", "canal", "ruta"}
)
BEFORE_CODE = frozenset({"el", "la", "al", "del", ""})
ASKING = frozenset({Tag.MARK, Tag.DELIVER, Tag.MEANS, Tag.WHO, Tag.WHEN})
Numerals = Mapping[int, Numeral]


def claim_refs(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """Claim every number that counts means, commitments or recommendations."""
    numerals = {one.first: one for one in sentence.numerals}
    for at in range(len(sentence)):
        if not sentence.is_free(at):
            continue
        level = _level(sentence, at)
        found = None
        if level is not None:
            found = _after_noun(sentence, at, level, numerals, vocabulary)
            found = found or _before_noun(sentence, at, level, numerals)
        if found is None and at in numerals:
            found = _bare(sentence, at, numerals, vocabulary)
        if found is not None:
            sentence.claim(found)


def refs_of(claims: Sequence[Claim]) -> tuple[Ref, ...]:
    """The refs of several claims, each once."""
    found: list[Ref] = []
    for claim in claims:
        if isinstance(claim.value, tuple):
            found += [ref for ref in claim.value if isinstance(ref, Ref)]
    return tuple(dict.fromkeys(found))


def _level(sentence: Sentence, at: int) -> Level | None:
    """What the noun or letter here counts, where it does."""
    if not sentence.is_word(at):
        return None
    word = sentence.word(at)
    if word in LETTERS:
        number = at + 2 if sentence.word(at + 1) in {".", DASH, "_"} else at + 1
        if sentence.word(number)[:1].isdigit():
            return LETTERS[word] if sentence.tokens[number].glued or word != "m" else None
    return next((level for tag, level in LEVELS.items() if tag in sentence.tags(at)), None)


# codes


def _bare(sentence: Sentence, at: int, numerals: Numerals, vocabulary: Vocabulary) -> Claim | None:
    """A code without its noun counts if it exists, or if such numbers are spoken of at all."""
    code = _code(sentence, at, numerals)
    if code is None and _asks_of_one(sentence, at):
        code = _code(sentence, at, numerals, dashed=True)
        if code is not None and code[2] not in vocabulary.levels.get(Level.MEANS, frozenset()):
            code = None
    if code is None:
        return None
    first, last, number = code
    if _is_measure(sentence, first, last):
        return None
    exists = number in vocabulary.levels.get(Level.MEANS, frozenset())
    if exists or sentence.before(first) in BEFORE_CODE or _speaks_of_numbers(sentence):
        return Claim(Part.REF, first, last, (Ref(Level.MEANS, number),))
    return None


def _asks_of_one(sentence: Sentence, at: int) -> bool:
    """«16-1, ¿para cuándo?», «¿quién ve el 12-2?»: no day is asked so; «¿qué vence el 7-1?»."""
    asked = any(
        known.tags & {Tag.TELL, Tag.WHO} or {Tag.ASK, Tag.WHEN} <= known.tags
        for known in sentence.entries
    )
    dated = any(known.tags & {Tag.DUE, Tag.DELIVER} for known in sentence.entries)
    return asked or not (dated or sentence.word(at - 1) in UP_TO)


def _is_measure(sentence: Sentence, first: int, last: int) -> bool:
    """«5.1 grados», «12.2 por 3», «cuánto es 19.1 más 3.1», «S/ 12.1»."""
    if sentence.word(last + 1) in MEASURES or sentence.word(first - 1) in CURRENCY:
        return True
    if sentence.word(first - 1) == "/" and sentence.word(first - 2) == "s":
        return True
    times = (sentence.word(last + 1) in PRODUCTS and sentence.word(last + 2).isdigit()) or (
        sentence.word(first - 1) in PRODUCTS and sentence.word(first - 2).isdigit()
    )
    words = {token.fold for token in sentence.tokens}
    added = not PLUS.isdisjoint((sentence.word(last + 1), sentence.word(first - 1)))
    return times or (added and not SUM_WORDS.isdisjoint(words))


def _code(
    sentence: Sentence, at: int, numerals: Numerals, *, dashed: bool = False
) -> tuple[int, int, str] | None:
    """A code «12.1», «12,1» or «12 punto 1» that begins here: first, last token, code."""
    whole = numerals.get(at)
    if whole is None or whole.ordinal:
        return None
    if whole.last > whole.first and (spoken := _spoken(sentence, whole)):
        return whole.first, whole.last, spoken
    if not 0 < whole.value <= LARGEST:
        return None
    point = whole.last + 1
    part = numerals.get(point + 1)
    sign = sentence.word(point)
    if part is None or part.ordinal or not 0 < part.value <= LARGEST:
        return None
    if sign not in POINTS and not (dashed and sign == DASH):
        return None
    if not sentence.is_word(point) and not _is_of_one_piece(sentence, point, part.last):
        return None
    return at, part.last, f"{whole.value}.{part.value}"


def _is_of_one_piece(sentence: Sentence, point: int, last: int) -> bool:
    """«12.1», but neither «12. 1» nor the beginning of «13.5.2021»."""
    if not (sentence.tokens[point].glued and sentence.tokens[point + 1].glued):
        return False
    sign, following = sentence.word(last + 1), last + 2
    if sign not in {".", "/", DASH} or not sentence.word(following).isdigit():
        return True
    return not sentence.tokens[following].glued


def _spoken(sentence: Sentence, whole: Numeral) -> str | None:
    """«quince punto uno», which is one numeral with a fraction."""
    for at in range(whole.first + 1, whole.last):
        if sentence.word(at) in {"punto", "coma"}:
            left = find_numerals(sentence.tokens[whole.first : at])
            right = find_numerals(sentence.tokens[at + 1 : whole.last + 1])
            if len(left) == len(right) == 1:
                return f"{left[0].value}.{right[0].value}"
    return None


def _speaks_of_numbers(sentence: Sentence) -> bool:
    return any(known.tags & ASKING for known in sentence.entries)


# numbers with their noun


def _after_noun(
    sentence: Sentence, at: int, level: Level, numerals: Numerals, vocabulary: Vocabulary
) -> Claim | None:
    """«compromisos 3, 4 y 7», «medio 4.1», «rec n° 2», «compromisos del 3 al 5»."""
    place = at + 1
    if (
        level is Level.MEANS
        and Tag.MEANS in sentence.tags(at + 2)
        and sentence.word(at + 1) == "de"
    ):
        place = at + 3  # «medio de verificación»
    while place not in numerals and _leads_to_number(sentence, place, level):
        place += 1
    refs: list[Ref] = []
    last = at
    while place < len(sentence) and sentence.is_free(place):
        found = _number(sentence, place, level, numerals)
        if found is None:
            break
        last, ref = found
        refs.append(ref)
        last, others = _up_to(sentence, last, refs[-1], numerals)
        if not others:
            last, others = _onwards(sentence, last, refs[-1], vocabulary)
        refs += others
        place = _next_in_list(sentence, last + 1, level)
        if place == last + 1:
            break
    return Claim(Part.REF, at, last, tuple(dict.fromkeys(refs))) if refs else None


def _leads_to_number(sentence: Sentence, place: int, level: Level) -> bool:
    """«n°», «número», «el»: stands between the noun and its number."""
    if sentence.word(place) in NUMBER_WORDS:
        return True
    opens = sentence.word(place) == "de" and sentence.word(place + 1) in ARTICLES
    if opens and level is not Level.MEANS:
        return True  # «recomendaciones de la 5 a la 7»
    return place < len(sentence) and sentence.tokens[place].text in {"N", "n"}


def _number(
    sentence: Sentence, place: int, level: Level, numerals: Numerals
) -> tuple[int, Ref] | None:
    """The code or number that stands at a place: its last token and what it names."""
    code = _code(sentence, place, numerals, dashed=level is Level.MEANS)
    if code:
        return code[1], Ref(Level.MEANS, code[2])
    number = numerals.get(place)
    if number is None and (roman := _roman(sentence, place)):
        return place, _ref(level, roman)
    if number is None or not 0 <= number.value <= LARGEST or _counts_time(sentence, number):
        return None
    return number.last, _ref(level, number.value)


def _up_to(sentence: Sentence, last: int, ref: Ref, numerals: Numerals) -> tuple[int, list[Ref]]:
    """The rest of a range: «del 3 al 5»."""
    place = last + 2 + (sentence.word(last + 2) in ARTICLES)
    to = numerals.get(place) if sentence.word(last + 1) in RANGE_WORDS else None
    if to is None or not ref.number.isdigit() or _counts_time(sentence, to):
        return last, []
    if not int(ref.number) < to.value <= LARGEST:
        return last, []
    values = range(int(ref.number) + 1, to.value + 1)
    return to.last, [Ref(ref.level, str(value)) for value in values]


def _roman(sentence: Sentence, place: int) -> int:
    """«XIV»; 0 for any other word."""
    if not sentence.is_word(place):
        return 0
    typed = sentence.tokens[place].text
    found = ROMAN.fullmatch(typed.lower())
    if found is None or not (typed.isupper() or len(typed) > 1):
        return 0
    return 10 * len(found.group(1)) + ROMAN_VALUES[found.group(2)]


def _onwards(
    sentence: Sentence, last: int, ref: Ref, vocabulary: Vocabulary
) -> tuple[int, list[Ref]]:
    """All that come after: «de la recomendación 3 en adelante»."""
    opens = sentence.word(last + 1) in {"en", "para", "hacia"}
    if not opens or sentence.word(last + 2) not in AHEAD or not ref.number.isdigit():
        return last, []
    known = sorted(int(number) for number in vocabulary.levels[ref.level] if number.isdigit())
    return last + 2, [Ref(ref.level, str(value)) for value in known if value > int(ref.number)]


def _next_in_list(sentence: Sentence, place: int, level: Level) -> int:
    """Where the next number of a list stands: «… y el 7», «…, compromiso 8»."""
    start = place
    while sentence.word(place) in JOINERS:
        place += 1
    if place == start:
        return start
    while sentence.word(place) in ARTICLES or _level(sentence, place) is level:
        place += 1
    return place


def _counts_time(sentence: Sentence, number: Numeral) -> bool:
    """«compromiso 3 meses», «compromisos del 5 de junio»: the number is not the noun's."""
    after = sentence.word(number.last + 1)
    if after == "de" and sentence.word(number.last + 2) in MONTHS:
        return sentence.word(number.first - 1) in ARTICLES | {"al"}  # «compromiso 4 de junio»
    return after in UNITS or after in MONTHS


def _ref(level: Level, value: int) -> Ref:
    """«medio 12» has no such code: it can only mean the means of commitment 12."""
    return Ref(Level.COMMITMENT if level is Level.MEANS else level, str(value))


def _before_noun(sentence: Sentence, at: int, level: Level, numerals: Numerals) -> Claim | None:
    """«la tercera recomendación»; «el segundo medio» is a place in a list."""
    if level is Level.MEANS:
        return None
    for number in numerals.values():
        plural = sentence.word(number.last).endswith("s")  # «los dos primeros compromisos»
        if number.last == at - 1 and number.ordinal and number.value > 0 and not plural:
            return Claim(Part.REF, number.first, at, (Ref(level, str(number.value)),))
    return None
