"""Phrase tables: which of many word sequences stands at a token."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Phrases(Generic[Value]):
    """Word sequences and what each means; the longest at a place wins."""

    def __init__(self, meanings: Mapping[tuple[str, ...], Value]) -> None:
        self._by_word: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase in sorted(meanings, key=len, reverse=True):
            self._by_word.setdefault(phrase[0], []).append((phrase, meanings[phrase]))

    @property
    def starts(self) -> Set[str]:
        """The words a phrase begins with."""
        return self._by_word.keys()

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, ...]]) -> "Phrases[tuple[str, ...]]":
        """Phrases that mean themselves."""
        return Phrases({phrase: phrase for phrase in phrases})

    def at(self, folds: Sequence[str], first: int) -> tuple[int, Value] | None:
        """The token behind the phrase at `first` and its meaning."""
        if first >= len(folds):
            return None
        for phrase, value in self._by_word.get(folds[first], ()):
            end = first + len(phrase)
            if tuple(folds[first:end]) == phrase:
                return end, value
        return None
