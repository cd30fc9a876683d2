from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from storage.drafts import begin, discard
from storage.engine import Database, Session
from storage.events import Action, EventRow, EvidenceRow
from storage.evidence import (
    attach,
    evidence_of_draft,
    evidence_of_means,
    find_evidence,
    means_of_evidence,
    record_evidence,
    recorded_evidence,
    recorded_files,
    stored_names,
)
from storage.ledger import append
from storage.models import Evidence
from storage.traffic import DraftKind, DraftRow
from tests.storage.marking import ACT, ANA, NOW

MIB_20 = 20 * 1024 * 1024
LINK = EvidenceRow(label="https://midis.gob.pe/1", url="https://midis.gob.pe/1")
FILE = EvidenceRow(
    label="Informe ñ «1».pdf",
    stored_name="0123456789abcdef",
    mime="application/pdf",
    size=MIB_20,
    sha256="ab" * 32,
)


async def new_draft(session: Session) -> DraftRow:
    return await begin(session, DraftKind.SUBMIT, chat_id=7, user_id=1001, values={}, now=NOW)


async def event_of(session: Session, code: str = "12.1", act: str = ACT) -> EventRow:
    return await append(
        session, Action.SUBMITTED, actor=ANA, role="focal:UTAI", now=NOW, means=(act, code)
    )


def without_id(found: list[EvidenceRow]) -> list[EvidenceRow]:
    return [replace(one, id=0) for one in found]


async def recorded(session: Session, *pieces: EvidenceRow, code: str = "12.1") -> EventRow:
    """Bring evidence to a dialogue, and record it as a means'."""
    draft = await new_draft(session)
    for piece in pieces:
        await attach(session, draft, piece, NOW)
    event = await event_of(session, code)
    await record_evidence(session, draft, event.id)
    await discard(session, draft)
    return event


async def test_evidence_comes_back_as_it_was_brought(database: Database) -> None:
    async with database.write() as session:
        draft = await new_draft(session)
        await attach(session, draft, FILE, NOW)
        await attach(session, draft, LINK, NOW)

    async with database.session() as session:
        found = await evidence_of_draft(session, draft)
        assert without_id(found) == [FILE, LINK]
        assert await find_evidence(session, found[0].id) == found[0]
        assert await find_evidence(session, found[1].id + 1) is None


@pytest.mark.parametrize(
    ("piece", "again"),
    [
        pytest.param(LINK, LINK, id="the-same-link"),
        pytest.param(
            FILE,
            replace(FILE, label="otro.pdf", stored_name="fedcba9876543210"),
            id="the-same-content-under-another-name",
        ),
    ],
)
async def test_the_same_evidence_is_taken_once_in_a_dialogue(
    database: Database, piece: EvidenceRow, again: EvidenceRow
) -> None:
    async with database.write() as session:
        draft, other = await new_draft(session), await new_draft(session)

        assert await attach(session, draft, piece, NOW) is True
        assert await attach(session, draft, again, NOW) is False
        assert await attach(session, other, again, NOW) is True

        assert without_id(await evidence_of_draft(session, draft)) == [piece]


async def test_other_evidence_is_no_repetition(sqlite_database: Database) -> None:
    other_link = EvidenceRow(label="https://midis.gob.pe/2", url="https://midis.gob.pe/2")
    other_file = replace(FILE, sha256="cd" * 32, stored_name="00")

    async with sqlite_database.write() as session:
        draft = await new_draft(session)
        taken = [
            await attach(session, draft, one, NOW) for one in (LINK, FILE, other_link, other_file)
        ]

    assert taken == [True] * 4


async def test_recorded_evidence_is_the_means_and_outlives_its_dialogue(
    database: Database,
) -> None:
    async with database.write() as session:
        event = await recorded(session, FILE, LINK)

    async with database.session() as session:
        found = await evidence_of_means(session, (ACT, "12.1"))
        assert without_id(found) == [FILE, LINK]
        assert await means_of_evidence(session, found[0].id) == (ACT, "12.1")
        assert await evidence_of_means(session, (ACT, "12.2")) == []
        assert await evidence_of_means(session, ("001-2022", "12.1")) == []
        assert [(event_id, one.label) for event_id, one in await recorded_evidence(session)] == [
            (event.id, FILE.label),
            (event.id, LINK.label),
        ]
        assert await recorded_files(session) == [(event.id, found[0])]


async def test_evidence_of_a_dialogue_is_nobodys_means(database: Database) -> None:
    async with database.write() as session:
        draft = await new_draft(session)
        await attach(session, draft, FILE, NOW)

    async with database.session() as session:
        [found] = await evidence_of_draft(session, draft)
        assert await means_of_evidence(session, found.id) is None
        assert list(await recorded_evidence(session)) == []
        assert list(await recorded_files(session)) == []


async def test_the_evidence_since_an_event_is_what_came_with_it_and_after(
    database: Database,
) -> None:
    other = replace(FILE, sha256="cd" * 32, stored_name="00", label="otro.pdf")
    async with database.write() as session:
        first = await recorded(session, FILE)
        await recorded(session, LINK, code="12.2")
        second = await recorded(session, LINK)
        third = await recorded(session, other)

    async with database.session() as session:
        since = {
            event.id: [
                one.label for one in await evidence_of_means(session, (ACT, "12.1"), event.id)
            ]
            for event in (first, second, third)
        }
    assert since == {
        first.id: [FILE.label, LINK.label, "otro.pdf"],
        second.id: [LINK.label, "otro.pdf"],
        third.id: ["otro.pdf"],
    }


async def test_a_file_is_known_as_long_as_anything_has_it(database: Database) -> None:
    waiting = replace(FILE, sha256="cd" * 32, stored_name="of-a-dialogue")
    gone = replace(FILE, sha256="ef" * 32, stored_name="of-an-ended-dialogue")
    async with database.write() as session:
        await recorded(session, FILE, LINK)
        draft, ended = await new_draft(session), await new_draft(session)
        await attach(session, draft, waiting, NOW)
        await attach(session, ended, gone, NOW)
        await discard(session, ended)

    async with database.session() as session:
        assert await stored_names(session) == {FILE.stored_name, "of-a-dialogue"}


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"draft_id": None}, id="of-nobody"),
        pytest.param({"event_id": 1}, id="of-a-dialogue-and-an-event"),
        pytest.param({"url": None}, id="neither-file-nor-link"),
        pytest.param({"stored_name": "f00d"}, id="file-and-link"),
        pytest.param({"draft_id": None, "event_id": 99}, id="of-an-event-that-is-not-there"),
    ],
)
async def test_evidence_that_cannot_be_is_refused_by_the_database(
    sqlite_database: Database, values: dict[str, Any]
) -> None:
    async with sqlite_database.write() as session:
        await attach(session, await new_draft(session), LINK, NOW)
        await event_of(session)

    with pytest.raises(IntegrityError):
        async with sqlite_database.write() as session:
            await session.execute(update(Evidence).values(**values))
