"""Asking the language layer alone, over the words of the signed act."""

from datetime import date

from handlers.language.reading import read
from handlers.question import Question
from storage.records import DateRange, Level, MeansFilter, Ref
from tests.support.vocabulary import signed_speller

TODAY = date(2021, 5, 20)  # a Thursday
MAY = DateRange(date(2021, 5, 1), date(2021, 5, 31))
JUNE = DateRange(date(2021, 6, 1), date(2021, 6, 30))
JULY = DateRange(date(2021, 7, 1), date(2021, 7, 31))


def asked(*turns: str, today: date = TODAY) -> Question:
    """The last of several questions of one chat, each read after the one before it."""
    question: Question | None = None
    for text in turns:
        question = read(text, today, signed_speller(), question)
    assert question is not None
    return question


def wanted(*turns: str) -> MeansFilter:
    """What the last question asks for."""
    return asked(*turns).wanted


def means(*codes: str) -> tuple[Ref, ...]:
    return tuple(Ref(Level.MEANS, code) for code in codes)


def commitments(*numbers: str) -> tuple[Ref, ...]:
    return tuple(Ref(Level.COMMITMENT, number) for number in numbers)


def recommendations(*numbers: str) -> tuple[Ref, ...]:
    return tuple(Ref(Level.RECOMMENDATION, number) for number in numbers)
