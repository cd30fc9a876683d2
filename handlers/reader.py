"""The language layer over the acts as they are loaded now, rebuilt when these change."""

from dataclasses import dataclass, replace
from datetime import date

from handlers.glossary import BOT_TERMS
from handlers.language.reading import read
from handlers.language.spelling import Speller
from handlers.language.vocabulary import build_vocabulary
from handlers.question import Question
from storage.acts import matrix_version, matrix_words
from storage.engine import Session
from storage.records import MatrixWords


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads questions against one state of the matrix."""

    version: int
    speller: Speller
    areas: dict[str, str]  # key → name
    words: MatrixWords

    def read(self, text: str, today: date, previous: Question | None = None) -> Question:
        """Understand a question of a chat."""
        return read(text, today, self.speller, previous)


class Readers:
    """Keeps the reader of the newest state; the vocabulary is costly and seldom changes."""

    def __init__(self) -> None:
        self._newest: Reader | None = None

    async def newest(self, session: Session) -> Reader:
        """The reader for what is loaded now."""
        version = await matrix_version(session)
        if self._newest is None or self._newest.version != version:
            self._newest = make_reader(version, await matrix_words(session))
        return self._newest


def make_reader(version: int, words: MatrixWords) -> Reader:
    """Arrange the vocabulary of the loaded acts, with the bot's own words."""
    words = replace(words, terms=(*words.terms, *BOT_TERMS))
    areas = {area.key: area.name for area in words.areas}
    return Reader(version, Speller(build_vocabulary(words)), areas, words)
