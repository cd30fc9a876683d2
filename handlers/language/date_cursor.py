"""What every reader of dates sees of a question: words, numbers, and counts of units."""

from abc import ABC, abstractmethod
from collections.abc import Sequence, Set
from datetime import date

from handlers.language import date_words as words
from handlers.language.calendar import Grain
from handlers.language.numbers import Numeral
from handlers.language.periods import Found, day_of_month
from handlers.language.tokens import Kind, Token

CODE_SIGNS = {".", ","}  # «12.1» and «12,1» are codes of the matrix
MOST_UNITS = 999  # «próximos 1000 días» is beyond any plan
MOST_PARTS = 3  # «un año, 2 meses y 5 días»
LAST_DAY = 31
MOST_DAYS = 99  # «45 de junio» is a mistaken day, «145 de junio» none

Span = list[tuple[int, Grain]]  # «8 semanas y 2 días»


def longest(*readings: Found | None) -> Found | None:
    """The reading that takes most tokens; the first of equals."""
    return max((found for found in readings if found), key=lambda found: found.end, default=None)


class DateCursor(ABC):
    """One question under the readers of dates; they look at any of its tokens."""

    def __init__(self, tokens: Sequence[Token], numerals: Sequence[Numeral], today: date) -> None:
        self.tokens = tokens
        self.today = today
        self.folds = tuple(token.fold for token in tokens)
        self.numerals = {numeral.first: numeral for numeral in numerals}
        self.holidays = {
            index for index in range(len(self.folds)) if words.HOLIDAYS.at(self.folds, index)
        }

    @abstractmethod
    def period(self, index: int) -> Found | None:
        """The longest period that starts at `index`, its article included."""

    def word(self, index: int) -> str:
        """The folded word there; empty outside the question."""
        return self.folds[index] if 0 <= index < len(self.folds) else ""

    def is_glued(self, index: int) -> bool:
        """Whether a token stands there without a space before it."""
        return 0 <= index < len(self.tokens) and self.tokens[index].glued

    def is_digits(self, index: int) -> bool:
        """Whether a number in digits stands there."""
        return 0 <= index < len(self.tokens) and self.tokens[index].kind is Kind.NUMBER

    def skip(self, index: int, *wanted: Set[str]) -> int:
        """Step over one word of each set, in order, where they stand there."""
        for choice in wanted:
            index += self.word(index) in choice
        return index

    def is_code(self, numeral: Numeral) -> bool:
        """Whether the number is half of «12.1»."""
        return any(
            self.word(sign) in CODE_SIGNS
            and self.is_digits(sign + step)
            and self.is_glued(sign)
            and self.is_glued(sign + 1)
            for sign, step in ((numeral.first - 1, -1), (numeral.last + 1, 1))
        )

    def day_number(self, index: int) -> Found | None:
        """The bare number as a day, as in «4-23 de junio»; «los 5 de junio» counts them."""
        numeral = self.numerals.get(index)
        if not numeral or self.is_code(numeral) or self.word(index - 1) in {"los", "las"}:
            return None
        digits = self.is_digits(index)
        if not 0 < numeral.value <= (MOST_DAYS if digits else LAST_DAY):
            return None
        if digits and len(self.word(index)) > len("30"):
            return None
        counted = (numeral.ordinal and numeral.value > 1) or self.word(index) == "uno"
        return Found(numeral.last + 1, day_of_month(numeral.value, weak=counted))

    def count(self, index: int) -> tuple[int, int]:
        """The number there and the token behind it; 0 where there is none."""
        if self.folds[index : index + 3] == ("un", "par", "de"):
            return 2, index + 3
        numeral = self.numerals.get(index)
        if not numeral or numeral.ordinal or not 0 < numeral.value <= MOST_UNITS:
            return 0, index
        return (0, index) if self.is_code(numeral) else (numeral.value, numeral.last + 1)

    def span(self, index: int) -> tuple[int, Span] | None:
        """The token behind «8 semanas y 2 días», «un par de meses», and what they count."""
        span: Span = []
        end = following = index
        while True:
            count, start = self.count(following)
            grain = words.UNITS.get(self.word(start)) if count else None
            if self.word(start) in words.HOURS and count and not count % words.HOURS_A_DAY:
                count, grain = count // words.HOURS_A_DAY, Grain.DAY
            if grain is None or count > words.MOST_OF.get(grain, MOST_UNITS):
                return (end, span) if span else None
            end = start + 1
            if grain is Grain.DAY and self.word(end) in words.BUSINESS:
                grain, end = Grain.BUSINESS_DAY, end + 1
            span.append((count, grain))
            following = end + 1
            if self.word(end) != "y" or len(span) == MOST_PARTS:
                return end, span
