"""Text to tokens: words, numbers and single signs, each with where it stood."""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum, auto

from storage.text import fold

PIECE = re.compile(r"[^\W\d_]+|\d+|\S")
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, direction and unassigned characters
LONGEST = 1_000  # characters that are read; a question is shorter


class Kind(Enum):
    """What a token is made of."""

    WORD = auto()
    NUMBER = auto()
    SIGN = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the question.

    `fold` is what rules compare; a correction replaces it and leaves `text` as typed. `glued`:
    no space stands before it, so that «12.1» (three tokens) is told from «12. 1».
    """

    text: str
    fold: str
    kind: Kind
    start: int
    glued: bool

    @property
    def value(self) -> int:
        """The number it is; only for NUMBER."""
        return int(self.fold)

    def corrected(self, word: str) -> "Token":
        """The same token, read as `word`."""
        return replace(self, fold=word)


def clean(text: str) -> str:
    """NFKC text without invisible characters, white space folded, cut at LONGEST."""
    composed = unicodedata.normalize("NFKC", text[: 4 * LONGEST])
    seen = (" " if unicodedata.category(sign) in UNSEEN else sign for sign in composed)
    return " ".join("".join(seen).split())[:LONGEST]


def tokenize(text: str) -> tuple[Token, ...]:
    """Split cleaned text; «Set-21?» gives «set», «-», «21», «?»."""
    tokens = []
    end = -1
    for found in PIECE.finditer(text):
        piece = found.group()
        if piece[0].isdecimal():  # «፩» is a digit too, but no number that can be counted with
            kind = Kind.NUMBER
        elif piece[0].isalpha():
            kind = Kind.WORD
        else:
            kind = Kind.SIGN
        tokens.append(Token(piece, fold(piece), kind, found.start(), found.start() == end))
        end = found.end()
    return tuple(tokens)
