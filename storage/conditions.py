"""`MeansFilter` in SQL: the one place that says when a means is wanted."""

from collections.abc import Iterable
from typing import assert_never

from sqlalchemy import ColumnElement, Select, and_, false, not_, or_, select, true

from storage.models import (
    Act,
    Area,
    Commitment,
    MeansWord,
    Recommendation,
    RecommendationWord,
    Responsibility,
    Unit,
    VerificationMeans,
)
from storage.records import (
    AsOf,
    DateRange,
    Level,
    MeansFilter,
    Ref,
    Status,
    StatusFilter,
    TopicWord,
)

Condition = ColumnElement[bool]

NOT_SUBMITTED = (Status.PENDING, Status.OBSERVED)
DONE = (Status.SUBMITTED, Status.VERIFIED)


def condition(wanted: MeansFilter, as_of: AsOf) -> Condition:
    """What a row of `means` must meet; every row meets an empty filter."""
    parts = [
        *fields(wanted),
        *([of_status(wanted.status, as_of)] if wanted.status else []),
        *(not_(condition(unwanted, as_of)) for unwanted in wanted.without),
        *([or_(*(condition(one, as_of) for one in wanted.either))] if wanted.either else []),
    ]
    return and_(true(), *parts)


def fields(wanted: MeansFilter) -> Iterable[Condition]:
    """The fields that look at the printed matrix alone."""
    if wanted.acts:
        yield VerificationMeans.act_id.in_(select(Act.id).where(Act.number.in_(wanted.acts)))
    if wanted.refs:
        yield or_(*(of_level(level, wanted.refs) for level in Level))
    if wanted.areas:
        in_areas = commitments().join(Area).where(Area.key.in_(wanted.areas))
        yield VerificationMeans.commitment_id.in_(in_areas)
    if wanted.units:
        yield from of_units(wanted.units, together=wanted.together)
    if wanted.due:
        yield or_(*(due_within(days) for days in wanted.due))
    for word in wanted.topic:
        yield has_word(word, deep=wanted.deep)


def of_level(level: Level, refs: tuple[Ref, ...]) -> Condition:
    """A means with a number among those of `refs` that count at this level."""
    numbers = [ref.number for ref in refs if ref.level is level]
    if not numbers:
        return false()
    match level:
        case Level.MEANS:
            return VerificationMeans.code.in_(numbers)
        case Level.COMMITMENT:
            found = select(Commitment.id).where(Commitment.number.in_(numbers))
        case Level.RECOMMENDATION:
            found = commitments().where(Recommendation.number.in_(numbers))
        case _:
            assert_never(level)
    return VerificationMeans.commitment_id.in_(found)


def commitments() -> Select[int]:
    """The ids of commitments, joined to their recommendation."""
    return select(Commitment.id).join(
        Recommendation, Recommendation.id == Commitment.recommendation_id
    )


def of_units(codes: tuple[str, ...], *, together: bool) -> Iterable[Condition]:
    """A means that any unit shares, or with `together` all of them."""
    for alternatives in [(code,) for code in codes] if together else [codes]:
        shared = (
            select(Responsibility.means_id)
            .join(Unit, Unit.id == Responsibility.unit_id)
            .where(Unit.code.in_(alternatives))
        )
        yield VerificationMeans.id.in_(shared)


def due_within(days: DateRange) -> Condition:
    """A means due in the range."""
    return and_(
        true(),
        *([VerificationMeans.due_on >= days.start] if days.start else []),
        *([VerificationMeans.due_on <= days.end] if days.end else []),
    )


def has_word(word: TopicWord, *, deep: bool) -> Condition:
    """A means in which the word occurs; `deep` counts its recommendation's text too."""
    near = VerificationMeans.id.in_(select(MeansWord.means_id).where(MeansWord.key.in_(word.keys)))
    if not deep:
        return near
    found = (
        select(Commitment.id)
        .join(
            RecommendationWord,
            RecommendationWord.recommendation_id == Commitment.recommendation_id,
        )
        .where(RecommendationWord.key.in_(word.keys))
    )
    return or_(near, VerificationMeans.commitment_id.in_(found))


def of_status(status: StatusFilter, as_of: AsOf) -> Condition:
    """A means that stands so on that day."""
    match status:
        case StatusFilter.PENDING:
            return is_open(as_of)
        case StatusFilter.OVERDUE:
            return and_(is_open(as_of), VerificationMeans.due_on < as_of.today)
        case StatusFilter.UPCOMING:
            return and_(is_open(as_of), VerificationMeans.due_on >= as_of.today)
        case StatusFilter.SUBMITTED:
            return or_(VerificationMeans.status.in_(DONE), *is_taken_as_submitted(as_of))
        case StatusFilter.OBSERVED:
            return and_(
                VerificationMeans.status == Status.OBSERVED,
                *(not_(taken) for taken in is_taken_as_submitted(as_of)),
            )
        case StatusFilter.VERIFIED:
            return VerificationMeans.status == Status.VERIFIED
        case _:
            assert_never(status)


def is_open(as_of: AsOf) -> Condition:
    """A means that is not submitted."""
    return and_(
        VerificationMeans.status.in_(NOT_SUBMITTED),
        *(not_(taken) for taken in is_taken_as_submitted(as_of)),
    )


def is_taken_as_submitted(as_of: AsOf) -> Iterable[Condition]:
    """The codes to take as submitted besides; nothing where there are none."""
    if as_of.submitted:
        of_codes = VerificationMeans.code.in_(sorted(as_of.submitted))
        yield VerificationMeans.id.in_(select(VerificationMeans.id).where(of_codes))  # by index
