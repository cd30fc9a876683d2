"""Number words: «doce», «treinta y uno», «segundo», «1ra», «último» where they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from text_to_num import find_numbers

from handlers.language.tokens import Kind, Token

LAST = -1
LONGEST_DIGITS = 4  # a longer row of digits is the number of a document
LAST_WORDS = {
    "ultimo": LAST, "ultima": LAST, "ultimos": LAST, "ultimas": LAST,
    "penultimo": -2, "penultima": -2, "antepenultimo": -3, "antepenultima": -3,
}  # fmt: skip
ACCENTED = {
    "dieciseis": "dieciséis",
    "veintidos": "veintidós",
    "veintitres": "veintitrés",
    "veintiseis": "veintiséis",
    "veintiun": "veintiún",
    "decimo": "décimo",
    "septimo": "séptimo",
    "undecimo": "undécimo",
    "duodecimo": "duodécimo",
    "vigesimo": "vigésimo",
    "trigesimo": "trigésimo",
}
ORDINALS = {"primer": 1, "segundo": 2, "segunda": 2, "tercer": 3}  # not in the library as such
ORDINAL_PLURAL = re.compile(
    r"(primer|segund|tercer|cuart|quint|sext|septim|octav|noven|decim)[oa]s"
)
ORDINAL_ENDING = re.compile(r"o|a|er|ro|ra|do|da|to|ta|mo|ma|vo|va|no|na|°")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number and the tokens it was read from, both ends included; -1 is «último»."""

    first: int
    last: int
    value: int
    ordinal: bool


class _Word:
    """A folded word as the number reader wants it: with its accents, in the singular."""

    def __init__(self, token: Token) -> None:
        word = token.fold if token.kind is Kind.WORD else "."
        if ORDINAL_PLURAL.fullmatch(word):
            word = word.removesuffix("s")
        if word.endswith("a") and word[:-1] + "o" in ACCENTED:
            word = ACCENTED[word[:-1] + "o"][:-1] + "a"
        self.word = ACCENTED.get(word, word)

    def text(self) -> str:
        return self.word

    def text_lowercase(self) -> str:
        return self.word

    def nt_separated(self, previous: "_Word") -> bool:
        return self.word == "." or previous.word == "."

    def not_a_number_part(self) -> bool:
        return self.word == "."


def find_numerals(tokens: Sequence[Token]) -> tuple[Numeral, ...]:
    """Every number of the question in order, in digits or in words."""
    found = []
    for match in find_numbers([_Word(token) for token in tokens], "es", threshold=0):
        first, last = match.start, match.end - 1
        ordinal = match.is_ordinal or tokens[last].fold in ORDINALS
        found.append(Numeral(first, last, int(match.value), ordinal))
    read = {index for numeral in found for index in range(numeral.first, numeral.last + 1)}
    for index, token in enumerate(tokens):
        if index in read:
            continue
        if token.kind is Kind.NUMBER and len(token.fold) <= LONGEST_DIGITS:
            last = _ordinal_end(tokens, index)
            found.append(Numeral(index, last, token.value, last > index))
        elif token.fold in LAST_WORDS:
            found.append(Numeral(index, index, LAST_WORDS[token.fold], ordinal=True))
        elif token.fold.removesuffix("s") in ORDINALS:
            value = ORDINALS[token.fold.removesuffix("s")]
            found.append(Numeral(index, index, value, ordinal=True))
    return tuple(sorted(found, key=lambda numeral: numeral.first))


def _ordinal_end(tokens: Sequence[Token], index: int) -> int:
    """Where the ending of «2do», «1.º», «1 ro» stands; `index` itself where there is none."""
    last = index + 1
    if last < len(tokens) and tokens[last].fold == "." and tokens[last].glued:
        last += 1
    if last < len(tokens) and tokens[last].glued and ORDINAL_ENDING.fullmatch(tokens[last].fold):
        return last
    return index
