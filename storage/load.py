"""Load an act: insert it, or correct it in place."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Boolean, bindparam, case, delete, insert, select, text, update

from storage.engine import Session
from storage.errors import MarkedMeansError
from storage.events import Action
from storage.models import Act, Base, Event, MatrixVersion, Unit, VerificationMeans
from storage.records import (
    ActContents,
    CommitmentContents,
    CutText,
    MeansContents,
    RecommendationContents,
    Status,
    UnitRecord,
)
from storage.text import KEYS_VERSION, word_keys

Values = dict[str, Any]

TABLES = Base.metadata.tables


async def load_act(session: Session, act: ActContents) -> bool:
    """Insert the act, or correct the loaded act of its number; False when nothing changed.

    What stays in the act keeps its id, and a means its status and a due day that was moved; what
    the act no longer has goes. Loads of two programs at once follow one another.

    Raises:
        KeyError: a recommendation is in an area that the record does not list.
        MarkedMeansError: the act no longer has a means of which the record tells.
    """
    await session.execute(select(MatrixVersion.version).with_for_update())
    digest = stored_digest(act.digest)
    of_number = select(Act.id, Act.digest).where(Act.number == act.record.number)
    loaded = (await session.execute(of_number)).one_or_none()
    if loaded is not None and loaded.digest == digest:
        return False
    act_id = await write_act(session, act, digest, None if loaded is None else loaded.id)
    unit_ids = await write_units(session, all_units(act))
    await write_lists(session, act, act_id, unit_ids)
    means_ids = await write_matrix(session, act, act_id)
    await write_responsibilities(session, act, means_ids, unit_ids)
    await session.execute(update(MatrixVersion).values(version=MatrixVersion.version + 1))
    await session.execute(text("ANALYZE"))  # without counts SQLite plans large acts badly
    return True


async def is_loaded(session: Session, digest: str) -> bool:
    """Whether an act of this digest is loaded, and by today's rules for search keys."""
    query = select(Act.id).where(Act.digest == stored_digest(digest))
    return (await session.execute(query)).first() is not None


def stored_digest(digest: str) -> str:
    """The digest with the version of the search keys, which are loaded with the act."""
    return f"{KEYS_VERSION}:{digest}"


async def write_act(session: Session, act: ActContents, digest: str, act_id: int | None) -> int:
    """Write the act's own row and return its id."""
    record = act.record
    values = {
        "number": record.number,
        "title": record.title,
        "programme": record.programme,
        "met_on": record.met_on,
        "met_from": record.met_from,
        "met_until": record.met_until,
        "place": record.place,
        "directive": record.directive,
        "evaluation": record.evaluation,
        "contact": record.contact,
        "compliance": record.compliance,
        "follow_up": list(record.follow_up),
        "agreements": list(record.agreements),
        "digest": digest,
    }
    if act_id is None:
        added = await session.execute(insert(Act).values(**values).returning(Act.id))
        return added.scalar_one()
    await session.execute(update(Act).where(Act.id == act_id).values(**values))
    return act_id


def all_units(act: ActContents) -> list[UnitRecord]:
    """The units that the act lists, then those that only its means name."""
    listed = {unit.code: unit for unit in act.units}
    for means in every_means(act):
        for code in means.units:
            listed.setdefault(code, UnitRecord(code, None, None))
    return list(listed.values())


async def write_units(session: Session, units: Sequence[UnitRecord]) -> dict[str, int]:
    """Add the units that no act has named yet, and return the ids of all by code."""
    known = await unit_ids_by_code(session)
    added = [{"code": unit.code} for unit in units if unit.code not in known]
    if not added:
        return known
    await session.execute(insert(TABLES["units"]), added)
    return await unit_ids_by_code(session)


async def unit_ids_by_code(session: Session) -> dict[str, int]:
    """Every unit ever named."""
    return {row.code: row.id for row in await session.execute(select(Unit.code, Unit.id))}


async def write_lists(
    session: Session, act: ActContents, act_id: int, unit_ids: dict[str, int]
) -> None:
    """Write anew what nothing refers to: parties, signatories, glossary and units of the act."""
    lists: dict[str, list[Values]] = {
        "parties": [
            {"position": position, "acronym": acronym, "name": name}
            for position, (acronym, name) in enumerate(act.record.parties.items())
        ],
        "signatories": [
            {
                "position": position,
                "name": signatory.name,
                "office": signatory.office,
                "party": signatory.party,
                "signed_at": signatory.signed_at,
                "approved_at": signatory.approved_at,
            }
            for position, signatory in enumerate(act.record.signatories)
        ],
        "terms": [
            {
                "position": position,
                "term": term.term,
                "expansion": term.expansion,
                "source": term.source,
                "note": term.note,
                "aliases": list(term.aliases),
            }
            for position, term in enumerate(act.terms)
        ],
        "act_units": [
            {
                "unit_id": unit_ids[unit.code],
                "name": unit.name,
                "source": unit.source,
                "aliases": list(unit.aliases),
            }
            for unit in all_units(act)
        ],
    }
    for name, rows in lists.items():
        table = TABLES[name]
        await session.execute(delete(table).where(table.c.act_id == act_id))
        if rows:
            await session.execute(insert(table), [{"act_id": act_id, **row} for row in rows])


async def write_matrix(session: Session, act: ActContents, act_id: int) -> dict[str, int]:
    """Write areas, recommendations, commitments and means; return the means' ids by code.

    Nothing is deleted before all is written: a row that moves to another owner must outlive
    the old one.
    """
    areas = await sync(session, "areas", act_id, area_values(act))
    recommendations = await sync(
        session, "recommendations", act_id, recommendation_values(act, areas)
    )
    commitments = await sync(
        session, "commitments", act_id, commitment_values(act, recommendations)
    )
    means = await sync(session, "means", act_id, means_values(act, commitments))
    for name, kept in (
        ("means", means),
        ("commitments", commitments),
        ("recommendations", recommendations),
        ("areas", areas),
    ):
        await delete_others(session, name, act_id, kept)
    await write_words(session, act, means, recommendations)
    return means


def area_values(act: ActContents) -> Iterable[Values]:
    """The rows of the act's areas."""
    for position, area in enumerate(act.record.areas):
        yield {
            "position": position,
            "key": area.key,
            "name": area.name,
            "group_name": area.group,
            "aliases": list(area.aliases),
        }


def recommendation_values(act: ActContents, areas: dict[str, int]) -> Iterable[Values]:
    """The rows of the act's recommendations."""
    for position, recommendation in enumerate(act.recommendations):
        yield {
            "area_id": areas[recommendation.area],
            "position": position,
            "number": recommendation.number,
            "text": recommendation.text.text,
            "is_cut": recommendation.text.is_cut,
        }


def commitment_values(act: ActContents, recommendations: dict[str, int]) -> Iterable[Values]:
    """The rows of the act's commitments."""
    for position, (recommendation, commitment) in enumerate(every_commitment(act)):
        yield {
            "recommendation_id": recommendations[recommendation.number],
            "position": position,
            "number": commitment.number,
            "text": commitment.text.text,
            "is_cut": commitment.text.is_cut,
        }


def means_values(act: ActContents, commitments: dict[str, int]) -> Iterable[Values]:
    """The rows of the act's means, but for their status."""
    owned = (
        (commitment, means)
        for _, commitment in every_commitment(act)
        for means in commitment.means
    )
    for position, (commitment, means) in enumerate(owned):
        specification = means.specification or CutText("")
        yield {
            "commitment_id": commitments[commitment.number],
            "position": position,
            "code": means.code,
            "text": means.text.text,
            "is_cut": means.text.is_cut,
            "due_text": means.due_text,
            "signed_on": means.due_on,
            "responsible_text": means.responsible_text,
            "specification": None if means.specification is None else specification.text,
            "specification_is_cut": specification.is_cut,
            "notes": list(means.notes),
        }


def every_commitment(
    act: ActContents,
) -> Iterable[tuple[RecommendationContents, CommitmentContents]]:
    """Each commitment with its recommendation, as printed."""
    for recommendation in act.recommendations:
        for commitment in recommendation.commitments:
            yield recommendation, commitment


def every_means(act: ActContents) -> Iterable[MeansContents]:
    """Each means, as printed."""
    for _, commitment in every_commitment(act):
        yield from commitment.means


PRINTED = {"areas": "key", "recommendations": "number", "commitments": "number", "means": "code"}


async def sync(session: Session, name: str, act_id: int, rows: Iterable[Values]) -> dict[str, int]:
    """Insert or update rows by what is printed on them; return their ids by it."""
    table, printed = TABLES[name], PRINTED[name]
    wanted = {row[printed]: row for row in rows}
    known = await ids_by_printed(session, name, act_id)
    added = [
        {"act_id": act_id} | row | (untouched(row) if name == "means" else {})
        for text, row in wanted.items()
        if text not in known
    ]
    kept: list[Values] = [
        {"row_id": known[text]} | row for text, row in wanted.items() if text in known
    ]
    if kept:
        changed: Values = {column: bindparam(column) for column in kept[0] if column != "row_id"}
        if name == "means":
            moved = await moved_codes(session, act_id)
            kept = [row | {"is_moved": row["code"] in moved} for row in kept]
            is_moved = bindparam("is_moved", type_=Boolean)
            changed["due_on"] = case((is_moved, table.c.due_on), else_=bindparam("signed_on"))
        of_row = table.c.id == bindparam("row_id")
        await session.execute(update(table).where(of_row).values(changed), kept)
    if added:
        await session.execute(insert(table), added)
        known = await ids_by_printed(session, name, act_id)
    return {text: known[text] for text in wanted}


async def moved_codes(session: Session, act_id: int) -> frozenset[str | None]:
    """The codes of the act's means that were reprogrammed, be it back to their signed day."""
    query = (
        select(Event.code)
        .join(Act, Act.number == Event.act)
        .where(Act.id == act_id, Event.action == Action.REPROGRAMMED)
    )
    return frozenset(await session.scalars(query))


def untouched(means: Values) -> Values:
    """What a means begins with, before anybody has done anything about it."""
    return {"due_on": means["signed_on"], "status": Status.PENDING.value, "last_event": 0}


async def ids_by_printed(session: Session, name: str, act_id: int) -> dict[str, int]:
    """The ids of the act's rows, by what is printed on them."""
    table = TABLES[name]
    query = select(table.c[PRINTED[name]], table.c.id).where(table.c.act_id == act_id)
    return {row[0]: row[1] for row in await session.execute(query)}


async def delete_others(session: Session, name: str, act_id: int, kept: dict[str, int]) -> None:
    """Delete the act's rows that are not kept, with what they own."""
    table = TABLES[name]
    known = await ids_by_printed(session, name, act_id)
    if name == "means":
        await refuse_if_marked(session, [known[text] for text in known if text not in kept])
    if lapsed := [{"row_id": known[text]} for text in known if text not in kept]:
        await session.execute(delete(table).where(table.c.id == bindparam("row_id")), lapsed)


async def refuse_if_marked(session: Session, means_ids: Sequence[int]) -> None:
    """Keep what somebody has handed in.

    Raises:
        MarkedMeansError: events tell of some of the means.
    """
    marked = select(VerificationMeans.code).where(
        VerificationMeans.id.in_(means_ids), VerificationMeans.last_event > 0
    )
    if codes := tuple(await session.scalars(marked.order_by(VerificationMeans.position))):
        raise MarkedMeansError(codes)


async def write_words(
    session: Session, act: ActContents, means: dict[str, int], recommendations: dict[str, int]
) -> None:
    """Write both inverted indexes of the act anew."""
    near = (
        {"key": key, "means_id": means[one.code]}
        for _, commitment in every_commitment(act)
        for one in commitment.means
        for key in near_keys(commitment, one)
    )
    deep = (
        {"key": key, "recommendation_id": recommendations[recommendation.number]}
        for recommendation in act.recommendations
        for key in set(word_keys(recommendation.text.text))
    )
    await replace(session, "means_words", "means_id", means, near)
    await replace(session, "recommendation_words", "recommendation_id", recommendations, deep)


def near_keys(commitment: CommitmentContents, means: MeansContents) -> set[str]:
    """The keys by which a means is found first: its own and its commitment's."""
    texts = [means.text, commitment.text, *([means.specification] if means.specification else [])]
    return {key for one in texts for key in word_keys(one.text)}


async def write_responsibilities(
    session: Session, act: ActContents, means: dict[str, int], units: dict[str, int]
) -> None:
    """Write anew which units share each means."""
    rows = (
        {"means_id": means[one.code], "unit_id": units[code], "position": position}
        for one in every_means(act)
        for position, code in enumerate(dict.fromkeys(one.units))
    )
    await replace(session, "responsibilities", "means_id", means, rows)


async def replace(
    session: Session, name: str, owner: str, owners: dict[str, int], rows: Iterable[Values]
) -> None:
    """Delete what the owners have in a table, and insert the rows instead."""
    table = TABLES[name]
    of_owner = table.c[owner] == bindparam("owner_id")
    if owners:
        lapsed = [{"owner_id": owner_id} for owner_id in owners.values()]
        await session.execute(delete(table).where(of_owner), lapsed)
    if added := list(rows):
        await session.execute(insert(table), added)
