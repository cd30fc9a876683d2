"""The day to which something is moved, told apart from the day of the document behind it."""

import re
from datetime import date

from handlers.language.date_words import MONTHS, WEEKDAYS
from handlers.language.document_days import document_days
from handlers.language.documents import document_refs
from storage.text import fold

NUMBER = re.compile(r"N° (\w+)")
UNTIL = re.compile(r"\bhasta\b", re.IGNORECASE)
TOWARDS = re.compile(r"\b(?:a|al|para|hasta)\b")
WORD = re.compile(r"[^\W\d_]+")
DIGIT = re.compile(r"\d")
ASIDE = frozenset("a al del el de la en para hasta que mejor no perdon digo es esta este".split())
OF_A_DAY = (
    frozenset(
        "fecha dia dias hoy ayer manana pasado proximo proxima siguiente dentro semana semanas mes "
        "meses fin".split()
    )
    | ASIDE
    | {*MONTHS, *WEEKDAYS}
)


def new_days(text: str, today: date) -> tuple[tuple[date, ...], str]:
    """The single days to which words move something, and the words that tell of a document.

    A day behind the number of a document is that document's, unless it is said «al», «para» or
    «hasta». A day without a year is the next such day.
    """
    said, document = _parted(text)
    days = document_days(UNTIL.sub("al", said), today, ahead=True)
    if not days and TOWARDS.search(fold(document)):
        return document_days(UNTIL.sub("al", document), today, ahead=True), ""
    return days, document


def _parted(text: str) -> tuple[str, str]:
    """The words before the number of the first document, and from there on."""
    refs = document_refs(text)
    found = NUMBER.search(refs[0]) if refs else None
    at = text.find(found.group(1)) if found else -1
    return (text, "") if at < 0 else (text[:at], text[at:])


def is_only_when(text: str) -> bool:
    """Tell whether words say when and nothing else: «mejor el 15 de octubre», «fin de mes»."""
    words = set(WORD.findall(fold(text)))
    return words <= OF_A_DAY and bool(DIGIT.search(text) or words - ASIDE)
