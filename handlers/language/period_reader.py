"""Reads the longest period at a token: what it starts with, and the whole it is a part of."""

from collections.abc import Sequence
from datetime import date

from handlers.language import date_words as words
from handlers.language.calendar import Grain
from handlers.language.date_cursor import DateCursor, longest
from handlers.language.named_dates import (
    holiday_led,
    month_led,
    number_led,
    quarter_led,
    short_year,
    weekday_led,
)
from handlers.language.numbers import Numeral
from handlers.language.periods import Found, combined
from handlers.language.portions import nth_led, part_led, rest_led
from handlers.language.relative_dates import (
    ago_led,
    at_most_led,
    modifier_led,
    prefix_led,
    today_led,
    unit_led,
    weekend_led,
)
from handlers.language.tokens import Token

READERS = (
    (words.MONTHS.keys(), month_led),
    (words.HOLIDAYS.starts, holiday_led),
    (words.WEEKDAYS.keys(), weekday_led),
    (words.UNITS.keys(), unit_led),
    (words.QUARTER_SIGNS, quarter_led),
    (words.TODAY_SHIFT.starts, today_led),
    (words.THIS | words.NEXT | words.PAST, modifier_led),
    ({"fin"}, weekend_led),
    (words.PARTS_OF, part_led),
    (words.REST_OF.starts, rest_led),
    (words.PREFIXES, prefix_led),
    ({"hace"}, ago_led),
    ({"en", "dentro", "a"}, at_most_led),
)
READERS_OF = {
    start: tuple(reader for starts, reader in READERS if start in starts)
    for starts, _ in READERS
    for start in starts
}


class PeriodReader(DateCursor):
    """Reads periods at any token of one question; each place is read once."""

    def __init__(self, tokens: Sequence[Token], numerals: Sequence[Numeral], today: date) -> None:
        super().__init__(tokens, numerals, today)
        self._read: dict[int, Found | None] = {}
        for index in reversed(range(len(tokens))):  # parts stand to the right: no deep recursion
            self._read[index] = self._longest_at(index)

    def period(self, index: int) -> Found | None:
        """The longest period that starts at `index`, its article included."""
        return self._read.get(index)

    def _longest_at(self, index: int) -> Found | None:
        word = self.word(index)
        readings = [reader(self, index) for reader in READERS_OF.get(word, ())]
        if numeral := self.numerals.get(index):
            readings.insert(0, number_led(self, numeral))
        if word in words.ROMAN:
            readings.append(nth_led(self, index + 1, words.ROMAN[word]))
        if word == "a" and self.word(index + 1) in words.PARTS_OF:
            readings.append(self.period(index + 1))
        if word in words.THE:
            readings.append(self._after_article(index))
        found = longest(*readings)
        while found and (longer := self._extended(found)):
            found = longer
        return found

    def _after_article(self, index: int) -> Found | None:
        """«el 15» is a day, though it may be something else; so is «el 15 de junio», surely."""
        found = self.period(index + 1)
        numeral = self.numerals.get(index + 1)
        if not found or not found.period.partial or not found.period.day:
            return found
        if self.word(index) != "el" or not numeral or numeral.ordinal:
            return found
        return Found(found.end, found.period.doubtful(weak=True))

    def _extended(self, found: Found) -> Found | None:
        """The period within the one behind it («junio de 2021») or before it («2021, junio»)."""
        if found.period.frame is None:
            return self._with_part_behind(found)
        link = self.skip(found.end, words.OF | words.LINKS)
        whole = self.period(link)
        if whole and (link > found.end or not whole.period.partial or whole.period.month):
            if extended := combined(whole.end, found.period, whole.period):
                return extended
        elif link > found.end and (whole := self.period(found.end)):
            return combined(whole.end, found.period, whole.period)
        return short_year(self, found)

    def _with_part_behind(self, found: Found) -> Found | None:
        """«2021, noviembre», «2017-T1», «2016 el tercer trimestre»."""
        if found.period.grain not in {Grain.YEAR, Grain.MONTH, Grain.WEEK}:
            return None
        glued = self.is_glued(found.end)
        part = self.period(self.skip(found.end, {",", "-"} if glued else set()))
        if not part or part.period.partial:
            return None
        return combined(part.end, part.period, found.period)
