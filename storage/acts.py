"""The acts themselves, and all that a question can name in them."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from storage.engine import Session
from storage.models import (
    Act,
    ActSignatory,
    ActUnit,
    Area,
    Commitment,
    MatrixVersion,
    MeansWord,
    Party,
    Recommendation,
    RecommendationWord,
    Term,
    Unit,
    VerificationMeans,
)
from storage.records import (
    ActRecord,
    AreaRecord,
    Level,
    MatrixWords,
    Signatory,
    TermRecord,
    UnitRecord,
)


async def matrix_version(session: Session) -> int:
    """How often a load changed something; what was read at one version holds until the next."""
    return (await session.execute(select(MatrixVersion.version))).scalar_one()


async def met_on(session: Session, number: str) -> date:
    """The day of the meeting in which an act was agreed."""
    return (await session.execute(select(Act.met_on).where(Act.number == number))).scalar_one()


async def acts(session: Session) -> list[ActRecord]:
    """The acts in the order in which they were loaded."""
    parties = by_act(await session.scalars(select(Party).order_by(Party.act_id, Party.position)))
    signed = select(ActSignatory).order_by(ActSignatory.act_id, ActSignatory.position)
    signatories = by_act(await session.scalars(signed))
    act_areas = await areas_by_act(session)
    return [
        ActRecord(
            number=act.number,
            title=act.title,
            programme=act.programme,
            met_on=act.met_on,
            met_from=act.met_from,
            met_until=act.met_until,
            place=act.place,
            parties={party.acronym: party.name for party in parties.get(act.id, [])},
            signatories=tuple(
                Signatory(row.name, row.office, row.party, row.signed_at, row.approved_at)
                for row in signatories.get(act.id, [])
            ),
            directive=act.directive,
            evaluation=act.evaluation,
            contact=act.contact,
            compliance=act.compliance,
            follow_up=tuple(act.follow_up),
            agreements=tuple(act.agreements),
            areas=tuple(act_areas.get(act.id, [])),
        )
        for act in await session.scalars(select(Act).order_by(Act.id))
    ]


def by_act(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows in the order of their acts, by the act's id."""
    return {act_id: list(group) for act_id, group in groupby(rows, key=lambda row: row.act_id)}


async def areas_by_act(session: Session) -> dict[int, list[AreaRecord]]:
    """The areas as printed, with the numbers of their recommendations, by the act's id."""
    of_area = select(Recommendation.area_id, Recommendation.number).order_by(
        Recommendation.area_id, Recommendation.position
    )
    numbers = {
        area_id: tuple(row.number for row in rows)
        for area_id, rows in groupby(await session.execute(of_area), key=itemgetter(0))
    }
    found = await session.scalars(select(Area).order_by(Area.act_id, Area.position))
    return {
        act_id: [
            AreaRecord(
                key=area.key,
                name=area.name,
                group=area.group_name,
                aliases=tuple(area.aliases),
                recommendations=numbers.get(area.id, ()),
            )
            for area in rows
        ]
        for act_id, rows in by_act(found).items()
    }


async def areas(session: Session) -> list[AreaRecord]:
    """The areas of all acts as printed, one a key, named as in the first act with it."""
    merged: dict[str, AreaRecord] = {}
    for act_areas in (await areas_by_act(session)).values():
        for area in act_areas:
            known = merged.get(area.key, area)
            merged[area.key] = AreaRecord(
                key=known.key,
                name=known.name,
                group=known.group,
                aliases=union(known.aliases, area.aliases),
                recommendations=union(known.recommendations, area.recommendations),
            )
    return list(merged.values())


async def area_names(session: Session) -> dict[str, str]:
    """The names of the areas by their keys."""
    return {area.key: area.name for area in await areas(session)}


async def units(session: Session) -> list[UnitRecord]:
    """The units of all acts by code, spelt out as in the first act that does so."""
    query = (
        select(Unit.code, ActUnit.name, ActUnit.source, ActUnit.aliases)
        .join(ActUnit, ActUnit.unit_id == Unit.id)
        .order_by(ActUnit.act_id)
    )
    merged: dict[str, UnitRecord] = {}
    for row in await session.execute(query):
        known = merged.get(row.code, UnitRecord(row.code, None, None))
        name, source = (row.name, row.source) if known.name is None else (known.name, known.source)
        merged[row.code] = UnitRecord(row.code, name, source, union(known.aliases, row.aliases))
    return [merged[code] for code in sorted(merged)]


async def terms(session: Session) -> list[TermRecord]:
    """The glossaries of all acts as one, each term as in the first act that spells it out."""
    merged: dict[str, TermRecord] = {}
    for row in await session.scalars(select(Term).order_by(Term.act_id, Term.position)):
        read = TermRecord(row.term, row.expansion, row.source, row.note, tuple(row.aliases))
        known = merged.get(row.term, read)
        chosen = read if known.expansion is None else known
        merged[row.term] = TermRecord(
            chosen.term,
            chosen.expansion,
            chosen.source,
            chosen.note,
            union(known.aliases, read.aliases),
        )
    return list(merged.values())


def union(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    """The texts of both, in order and once each."""
    return tuple(dict.fromkeys([*first, *second]))


async def matrix_words(session: Session) -> MatrixWords:
    """All that a question can name; it holds as long as `matrix_version` stays the same."""
    return MatrixWords(
        acts=tuple(await session.scalars(select(Act.number).order_by(Act.id))),
        units=tuple(await units(session)),
        areas=tuple(await areas(session)),
        terms=tuple(await terms(session)),
        due_months=await due_months(session),
        near_keys=await frequencies(session, MeansWord.key),
        deep_keys=await frequencies(session, RecommendationWord.key),
        levels={
            Level.MEANS: await distinct(session, VerificationMeans.code),
            Level.COMMITMENT: await distinct(session, Commitment.number),
            Level.RECOMMENDATION: await distinct(session, Recommendation.number),
        },
    )


async def due_months(session: Session) -> frozenset[tuple[int, int]]:
    """The years and months in which a means falls due."""
    days = await session.scalars(select(VerificationMeans.due_on).distinct())
    return frozenset((day.year, day.month) for day in days)


async def frequencies(session: Session, key: InstrumentedAttribute[str]) -> dict[str, int]:
    """In how many owners each word key occurs."""
    query = select(key, func.count()).group_by(key)
    return {row[0]: row[1] for row in await session.execute(query)}


async def distinct(session: Session, number: InstrumentedAttribute[str]) -> frozenset[str]:
    """The numbers that are printed anywhere at a level."""
    return frozenset(await session.scalars(select(number).distinct()))
