"""What is asked and what is answered: the values between language, answers and views."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from storage.records import (
    ActRecord,
    DueCount,
    Level,
    MeansFilter,
    MeansRow,
    Tally,
    TermRecord,
    UnitRecord,
)


class Intent(StrEnum):
    """What the person wants."""

    LIST = "list"
    COUNT = "count"
    DETAIL = "detail"
    SUMMARY = "summary"
    DEFINE = "define"
    MARK = "mark"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    HELP = "help"
    UNKNOWN = "unknown"


class Pick(StrEnum):
    """A superlative over the due day; a tie keeps all the means of that day."""

    NEXT = "next"  # the nearest due day from today on
    EARLIEST = "earliest"
    LATEST = "latest"


class Grouping(StrEnum):
    """By what a summary is split."""

    WHOLE = "whole"
    UNITS = "units"
    AREAS = "areas"


class Ranking(StrEnum):
    """Which end of a summary was asked for."""

    BEHIND = "behind"
    AHEAD = "ahead"


class ActFacet(StrEnum):
    """What of the act itself is asked."""

    WHOLE = "whole"
    SIGNATORIES = "signatories"
    MEETING = "meeting"
    AGREEMENTS = "agreements"
    PARTIES = "parties"
    DIRECTIVE = "directive"
    EVALUATION = "evaluation"
    CONTACT = "contact"
    COMPLIANCE = "compliance"
    FOLLOW_UP = "follow_up"


class Courtesy(StrEnum):
    """Which small talk a HELP question is."""

    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"


class Trouble(StrEnum):
    """Why a question could not be read."""

    EMPTY = "empty"
    OUT_OF_SCOPE = "out_of_scope"
    IMPOSSIBLE_DATE = "impossible_date"


@dataclass(frozen=True, slots=True)
class Correction:
    """A word read as another: as typed, as understood."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question as understood; the next one of the chat may change a part of it."""

    intent: Intent
    wanted: MeansFilter = field(default_factory=MeansFilter)
    pick: Pick | None = None
    nth: tuple[int, ...] = ()  # places in the list, from 1; -1 is the last
    terms: tuple[str, ...] = ()  # DEFINE: what to explain, as the glossary writes it or as typed
    counted: Level = Level.MEANS  # COUNT: what is counted
    facet: ActFacet | None = None  # DEFINE about the act itself
    grouping: Grouping = Grouping.WHOLE
    ranking: Ranking | None = None
    courtesy: Courtesy = Courtesy.HELP
    trouble: Trouble | None = None
    trouble_text: str = ""  # the words in trouble, as typed
    corrections: tuple[Correction, ...] = ()
    ignored: tuple[str, ...] = ()  # words that were left out of account, as typed
    years: tuple[int, ...] = ()  # the years a month without a year stands for, nearest first
    is_follow_up: bool = False
    options: tuple["Question", ...] = ()  # close readings to choose from; then nothing is listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Means that were asked for: a page of them, or one thing whole."""

    question: Question  # as asked
    resolved: Question  # with its topic, superlative and places turned into a plain filter
    rows: tuple[MeansRow, ...]
    total: int
    counted: int | None = None  # how many commitments or recommendations, where these are counted
    page: int = 0
    page_size: int
    today: date
    nearest: tuple[DueCount, ...] = ()  # where nothing was found: what falls due around it


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the matrix stands, as a whole and by group."""

    question: Question
    whole: Tally
    groups: tuple[Tally, ...]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What terms and units stand for."""

    question: Question
    terms: tuple[TermRecord, ...]
    units: tuple[UnitRecord, ...]
    known: tuple[str, ...]  # all that can be explained


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFacts:
    """The act itself."""

    question: Question
    acts: tuple[ActRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """An answer that needs nothing of the matrix: help, courtesies, what is not understood."""

    question: Question
    loaded: tuple[str, ...] = ()  # the acts there are, by number


Answer = Listing | Standing | Meaning | ActFacts | Plain
