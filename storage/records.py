"""Values that go into storage and come out of it; rows never do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum


class Status(StrEnum):
    """Where a verification means stands; overdue is derived from it, never stored."""

    PENDING = "pending"
    SUBMITTED = "submitted"
    OBSERVED = "observed"
    VERIFIED = "verified"


class StatusFilter(StrEnum):
    """What a question may ask of the status."""

    PENDING = "pending"  # not submitted, overdue ones too; an observed means is not submitted
    OVERDUE = "overdue"  # not submitted and due before today
    UPCOMING = "upcoming"  # not submitted and not yet overdue
    SUBMITTED = "submitted"  # submitted, verified ones too
    OBSERVED = "observed"
    VERIFIED = "verified"


class Level(StrEnum):
    """What a number in a question counts."""

    MEANS = "means"
    COMMITMENT = "commitment"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing of the matrix by its printed number: `Ref(Level.MEANS, "12.1")`."""

    level: Level
    number: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `start` to `end`, both included; None is open."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class TopicWord:
    """One word of a topic: as typed, and the keys of the matrix's words it may stand for.

    One that `is_soft` narrows the topic only where something is found with it.
    """

    typed: str
    keys: tuple[str, ...]
    is_soft: bool = False
    has_own: bool = False  # the first key is of the word itself, and not only of its family


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansFilter:
    """Which means are wanted: fields narrow, the values within one field widen.

    `refs` of any level are alternatives. `together` asks that one means has all of `units`.
    A means that matches any of `without` is left out; where `either` is given, it must match
    one of these too. A means matches `topic` when each of its words occurs in the means, its
    commitment or its specification; with `deep`, the recommendation's text counts as well.
    """

    acts: tuple[str, ...] = ()  # act numbers as printed, "002-2021"; none = every loaded act
    refs: tuple[Ref, ...] = ()
    areas: tuple[str, ...] = ()  # area keys
    units: tuple[str, ...] = ()  # unit codes
    together: bool = False
    due: tuple[DateRange, ...] = ()
    status: StatusFilter | None = None
    topic: tuple[TopicWord, ...] = ()
    deep: bool = False
    without: tuple["MeansFilter", ...] = ()
    either: tuple["MeansFilter", ...] = ()


@dataclass(frozen=True, slots=True)
class AsOf:
    """From where the matrix is looked at: the day, codes to take as submitted, and the zone.

    Instants of the acts are told in `zone`.
    """

    today: date
    submitted: frozenset[str] = frozenset()
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class CutText:
    """A text of the act, verbatim; `is_cut` where the scan breaks it off."""

    text: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class MeansRow:
    """A verification means with all that is printed around it."""

    id: int
    act: str
    code: str
    text: CutText
    due_text: str
    due_on: date  # the valid one
    signed_on: date  # as the act has it
    last_event: int  # the event of the record that changed it last; 0 = none yet
    units: tuple[str, ...]
    responsible_text: str
    specification: CutText | None
    status: Status
    commitment: str
    commitment_text: CutText
    recommendation: str
    recommendation_text: CutText
    area: str  # its key
    area_name: str
    notes: tuple[str, ...] = ()  # settled readings of the scan that touch it


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many means fall due on a day."""

    due_on: date
    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How a group of means stands; `upcoming` and `overdue` add up to what is not submitted."""

    key: str  # unit code, area key, or "" for the whole
    name: str
    total: int
    submitted: int
    overdue: int
    upcoming: int


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed the act."""

    name: str
    office: str
    party: str
    signed_at: datetime
    approved_at: datetime | None  # the «Doy Vº Bº» on the annex


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A responsible unit; `name` None where no source spells the acronym out."""

    code: str
    name: str | None
    source: str | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """An area of the matrix; `group` is the heading over several areas."""

    key: str
    name: str
    group: str
    aliases: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermRecord:
    """An acronym or word of the act; `expansion` None where nothing spells it out."""

    term: str
    expansion: str | None
    source: str | None
    note: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActRecord:
    """The signed act itself."""

    number: str
    title: str
    programme: str
    met_on: date
    met_from: time
    met_until: time
    place: str
    parties: Mapping[str, str]  # acronym to name
    signatories: tuple[Signatory, ...]
    directive: str
    evaluation: str
    contact: str
    compliance: str
    follow_up: tuple[str, ...]
    agreements: tuple[str, ...]
    areas: tuple[AreaRecord, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class MatrixWords:
    """What a question can name: everything the language layer must know of the loaded acts."""

    acts: tuple[str, ...]
    units: tuple[UnitRecord, ...]
    areas: tuple[AreaRecord, ...]
    terms: tuple[TermRecord, ...]
    due_months: frozenset[tuple[int, int]]  # (year, month) in which something is due
    near_keys: Mapping[str, int]  # word key in means, commitments, specifications → how often
    deep_keys: Mapping[str, int]  # word key in the recommendations' texts → how often
    levels: Mapping[Level, frozenset[str]]  # the numbers there are


@dataclass(frozen=True, slots=True)
class MeansContents:
    """A verification means as an act brings it."""

    code: str
    text: CutText
    due_text: str  # as printed, «Set-21»
    due_on: date
    responsible_text: str  # as printed, «UTAI- CGC»
    units: tuple[str, ...]  # codes, in printed order
    specification: CutText | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitmentContents:
    """A commitment with its means, in printed order."""

    number: str
    text: CutText
    means: tuple[MeansContents, ...]


@dataclass(frozen=True, slots=True)
class RecommendationContents:
    """A recommendation with its commitments, in printed order."""

    number: str
    text: CutText
    area: str  # a key of the record's areas
    commitments: tuple[CommitmentContents, ...]


@dataclass(frozen=True, slots=True)
class ActContents:
    """A whole act with its matrix, as it is loaded; equal digests mean equal contents."""

    record: ActRecord
    units: tuple[UnitRecord, ...]
    terms: tuple[TermRecord, ...]
    recommendations: tuple[RecommendationContents, ...]
    digest: str
