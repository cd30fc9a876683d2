"""The means of the loaded acts: which are wanted, how many, due when, and how they stand."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, assert_never

from sqlalchemy import ColumnElement, Row, and_, case, func, select

from storage.acts import acts, areas, matrix_version, matrix_words, terms, units
from storage.conditions import NOT_SUBMITTED, condition, is_open
from storage.engine import Session
from storage.models import (
    Act,
    Area,
    Commitment,
    Recommendation,
    Responsibility,
    Unit,
    VerificationMeans,
)
from storage.records import AsOf, CutText, DueCount, Level, MeansFilter, MeansRow, Status, Tally

__all__ = [
    "acts",
    "areas",
    "count_means",
    "count_numbers",
    "due_counts",
    "find_codes",
    "find_means",
    "has_means",
    "matrix_version",
    "matrix_words",
    "tallies",
    "terms",
    "units",
]

ORDER = (VerificationMeans.due_on, VerificationMeans.act_id, VerificationMeans.position)

MEANS_SHARES = (  # a row for each unit of a means, in the order that `means_row` reads
    select(
        VerificationMeans.id,
        Unit.code,
        Act.number,
        VerificationMeans.code,
        VerificationMeans.text,
        VerificationMeans.is_cut,
        VerificationMeans.due_text,
        VerificationMeans.due_on,
        VerificationMeans.signed_on,
        VerificationMeans.last_event,
        VerificationMeans.responsible_text,
        VerificationMeans.specification,
        VerificationMeans.specification_is_cut,
        VerificationMeans.notes,
        VerificationMeans.status,
        Commitment.number,
        Commitment.text,
        Commitment.is_cut,
        Recommendation.number,
        Recommendation.text,
        Recommendation.is_cut,
        Area.key,
        Area.name,
    )
    .select_from(VerificationMeans)
    .join(Act, Act.id == VerificationMeans.act_id)
    .join(Commitment, Commitment.id == VerificationMeans.commitment_id)
    .join(Recommendation, Recommendation.id == Commitment.recommendation_id)
    .join(Area, Area.id == Recommendation.area_id)
    .outerjoin(Responsibility, Responsibility.means_id == VerificationMeans.id)
    .outerjoin(Unit, Unit.id == Responsibility.unit_id)
    .order_by(*ORDER, Responsibility.position)
)


async def find_means(
    session: Session,
    wanted: MeansFilter,
    as_of: AsOf,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[MeansRow]:
    """The wanted means: the earliest due first, then by act as loaded and place in it.

    `limit` and `offset` cut a page out of that order; with a limit of None, all the rest.
    """
    found = condition(wanted, as_of)
    if limit is not None or offset:
        page = select(VerificationMeans.id).where(found).order_by(*ORDER)
        found = VerificationMeans.id.in_(page.limit(limit).offset(offset or None))
    shares = (await session.execute(MEANS_SHARES.where(found))).all()
    return [means_row(list(rows), as_of) for _, rows in groupby(shares, key=itemgetter(0))]


async def find_by_id(session: Session, means_id: int, as_of: AsOf) -> MeansRow | None:
    """One means; None when there is none of that id."""
    shares = (await session.execute(MEANS_SHARES.where(VerificationMeans.id == means_id))).all()
    return means_row(shares, as_of) if shares else None


async def count_means(session: Session, wanted: MeansFilter, as_of: AsOf) -> int:
    """How many means are wanted."""
    query = select(func.count()).select_from(VerificationMeans).where(condition(wanted, as_of))
    return (await session.execute(query)).scalar_one()


async def count_numbers(session: Session, wanted: MeansFilter, as_of: AsOf, level: Level) -> int:
    """How many commitments or recommendations the wanted means are of; at MEANS, the means."""
    counted = {
        Level.MEANS: VerificationMeans.id,
        Level.COMMITMENT: VerificationMeans.commitment_id,
        Level.RECOMMENDATION: Commitment.recommendation_id,
    }[level]
    query = (
        select(func.count(counted.distinct()))
        .select_from(VerificationMeans)
        .join(Commitment, Commitment.id == VerificationMeans.commitment_id)
        .where(condition(wanted, as_of))
    )
    return (await session.execute(query)).scalar_one()


async def has_means(session: Session, wanted: MeansFilter, as_of: AsOf) -> bool:
    """Whether any means is wanted."""
    query = select(VerificationMeans.id).where(condition(wanted, as_of)).limit(1)
    return (await session.execute(query)).first() is not None


async def find_codes(session: Session, wanted: MeansFilter, as_of: AsOf) -> list[str]:
    """The codes of the wanted means, in the order of `find_means`."""
    query = select(VerificationMeans.code).where(condition(wanted, as_of)).order_by(*ORDER)
    return list(await session.scalars(query))


async def due_counts(session: Session, wanted: MeansFilter, as_of: AsOf) -> list[DueCount]:
    """How many of the wanted means fall due on each day that has any, the earliest first."""
    query = (
        select(VerificationMeans.due_on, func.count())
        .where(condition(wanted, as_of))
        .group_by(VerificationMeans.due_on)
        .order_by(VerificationMeans.due_on)
    )
    return [DueCount(due_on, count) for due_on, count in await session.execute(query)]


async def tallies(
    session: Session, wanted: MeansFilter, as_of: AsOf, by: Literal["whole", "units", "areas"]
) -> list[Tally]:
    """How the wanted means stand, together or for each unit or area that has any of them.

    Units come by code, areas as printed. A shared means counts for each of its units; where
    `wanted` names units, the others that share a means with them are left out.
    """
    found = condition(wanted, as_of)
    match by:
        case "whole":
            row = (await session.execute(select(*standing(as_of)).where(found))).one()
            return [tally("", "", row)]
        case "units":
            return await unit_tallies(session, found, as_of, wanted.units)
        case "areas":
            return await area_tallies(session, found, as_of)
        case _:
            assert_never(by)


async def unit_tallies(
    session: Session, found: ColumnElement[bool], as_of: AsOf, codes: tuple[str, ...]
) -> list[Tally]:
    """How the means that meet `found` stand for each unit, or for each of `codes`."""
    query = (
        select(Unit.code, *standing(as_of))
        .select_from(VerificationMeans)
        .join(Responsibility, Responsibility.means_id == VerificationMeans.id)
        .join(Unit, Unit.id == Responsibility.unit_id)
        .where(found, *([Unit.code.in_(codes)] if codes else []))
        .group_by(Unit.code)
    )
    rows = {row.code: row[1:] for row in await session.execute(query)}
    names = {unit.code: unit.name or unit.code for unit in await units(session)}
    return [tally(code, names[code], rows[code]) for code in sorted(rows)]


async def area_tallies(session: Session, found: ColumnElement[bool], as_of: AsOf) -> list[Tally]:
    """How the means that meet `found` stand in each area."""
    query = (
        select(Area.key, *standing(as_of))
        .select_from(VerificationMeans)
        .join(Commitment, Commitment.id == VerificationMeans.commitment_id)
        .join(Recommendation, Recommendation.id == Commitment.recommendation_id)
        .join(Area, Area.id == Recommendation.area_id)
        .where(found)
        .group_by(Area.key)
    )
    rows = {row.key: row[1:] for row in await session.execute(query)}
    return [
        tally(area.key, area.name, rows[area.key])
        for area in await areas(session)
        if area.key in rows
    ]


def standing(as_of: AsOf) -> tuple[ColumnElement[int], ...]:
    """How many means there are, are not submitted, and are overdue."""
    still_open = is_open(as_of)
    overdue = and_(still_open, VerificationMeans.due_on < as_of.today)
    return (
        func.count(),
        func.count(case((still_open, 1))),
        func.count(case((overdue, 1))),
    )


def tally(key: str, name: str, counts: Sequence[int]) -> Tally:
    """Name what `standing` counted."""
    total, still_open, overdue = counts
    return Tally(key, name, total, total - still_open, overdue, still_open - overdue)


def means_row(shares: Sequence[Row[*tuple[Any, ...]]], as_of: AsOf) -> MeansRow:
    """One means out of its rows, which differ in the unit only."""
    (  # by place: a third of the time that names take
        means_id,
        _unit,
        act,
        code,
        text,
        is_cut,
        due_text,
        due_on,
        signed_on,
        last_event,
        responsible_text,
        specification,
        specification_is_cut,
        notes,
        stored,
        commitment,
        commitment_text,
        commitment_is_cut,
        recommendation,
        recommendation_text,
        recommendation_is_cut,
        area,
        area_name,
    ) = shares[0]
    status = Status(stored)
    if status in NOT_SUBMITTED and code in as_of.submitted:
        status = Status.SUBMITTED
    return MeansRow(
        id=means_id,
        act=act,
        code=code,
        text=CutText(text, is_cut),
        due_text=due_text,
        due_on=due_on,
        signed_on=signed_on,
        last_event=last_event,
        units=tuple([share[1] for share in shares if share[1] is not None]),
        responsible_text=responsible_text,
        specification=cut_text(specification, is_cut=specification_is_cut),
        status=status,
        commitment=commitment,
        commitment_text=CutText(commitment_text, commitment_is_cut),
        recommendation=recommendation,
        recommendation_text=CutText(recommendation_text, recommendation_is_cut),
        area=area,
        area_name=area_name,
        notes=tuple(notes),
    )


def cut_text(text: str | None, *, is_cut: bool) -> CutText | None:
    """A text that may be missing altogether."""
    return None if text is None else CutText(text, is_cut)
