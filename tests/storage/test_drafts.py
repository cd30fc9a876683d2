from datetime import timedelta

from sqlalchemy import func, select

from storage.drafts import (
    begin,
    change,
    discard,
    discard_older,
    find,
    idle,
    of_person,
    put_to_sleep,
)
from storage.engine import Database, Session
from storage.events import EvidenceRow
from storage.evidence import attach, evidence_of_draft
from storage.models import Evidence
from storage.traffic import DraftKind, DraftRow
from tests.storage.marking import NOW

CHAT = -1_001_234_567_890  # beyond 32 bits
PERSON, OTHER = 5_000_000_007, 5_000_000_008
MINUTE = timedelta(minutes=1)
VALUES = {"means": 3, "seen": 0, "document": "Informe N° 045-2021-UTAI", "choices": [1, 2]}


async def new(
    session: Session,
    *,
    user_id: int = PERSON,
    chat_id: int = CHAT,
    kind: DraftKind = DraftKind.SUBMIT,
    minutes: int = 0,
) -> DraftRow:
    """Begin a dialogue, some minutes after the first."""
    return await begin(
        session,
        kind,
        chat_id=chat_id,
        user_id=user_id,
        values=dict(VALUES),
        now=NOW + minutes * MINUTE,
    )


async def test_a_dialogue_is_found_as_it_was_begun(database: Database) -> None:
    async with database.write() as session:
        begun = await new(session, kind=DraftKind.OBSERVE)

    async with database.write() as session:
        assert await find(session, begun.id) == begun
        assert await find(session, begun.id + 1) is None
    assert begun == DraftRow(
        id=begun.id,
        chat_id=CHAT,
        user_id=PERSON,
        kind=DraftKind.OBSERVE,
        values=VALUES,
        revision=0,
        touched_at=NOW,
        is_asleep=False,
    )


async def test_a_change_is_counted_and_kept(database: Database) -> None:
    async with database.write() as session:
        begun = await new(session)
        values = VALUES | {"note": "Ñandú «1»", "awaits": None}
        first = await change(session, begun, values, NOW + MINUTE)
        second = await change(session, first, values, NOW + 2 * MINUTE)

    async with database.write() as session:
        assert await find(session, begun.id) == second
    assert (first.revision, second.revision) == (1, 2)
    assert (second.values, second.touched_at) == (values, NOW + 2 * MINUTE)


async def test_a_person_has_the_dialogues_of_one_chat_the_one_touched_last_first(
    database: Database,
) -> None:
    async with database.write() as session:
        first = await new(session)
        second = await new(session, minutes=1)
        third = await new(session, minutes=1)
        await new(session, user_id=OTHER)
        await new(session, chat_id=PERSON)
        touched = await change(session, first, first.values, NOW + 5 * MINUTE)

    async with database.session() as session:
        assert await of_person(session, CHAT, PERSON) == [touched, third, second]
        assert await of_person(session, OTHER, PERSON) == []


async def test_a_dialogue_rests_until_it_is_taken_up_again(database: Database) -> None:
    async with database.write() as session:
        begun = await new(session)
        await put_to_sleep(session, begun)
        [asleep] = await of_person(session, CHAT, PERSON)
        awake = await change(session, asleep, asleep.values, NOW + MINUTE)
        found = await find(session, begun.id)

    assert (asleep.is_asleep, awake.is_asleep) == (True, False)
    assert (asleep.revision, asleep.touched_at) == (begun.revision, begun.touched_at)
    assert found == awake


async def test_only_what_is_awake_and_untouched_since_is_idle(database: Database) -> None:
    async with database.write() as session:
        old = await new(session)
        at_the_instant = await new(session, minutes=10)
        asleep = await new(session)
        await put_to_sleep(session, asleep)

        found = await idle(session, NOW + 10 * MINUTE)

    assert [draft.id for draft in found] == [old.id]
    assert at_the_instant.touched_at == NOW + 10 * MINUTE


async def test_an_ended_dialogue_takes_its_evidence_with_it(database: Database) -> None:
    link = EvidenceRow(label="https://midis.gob.pe", url="https://midis.gob.pe")
    async with database.write() as session:
        begun, other = await new(session), await new(session)
        await attach(session, begun, link, NOW)
        await attach(session, other, link, NOW)

    async with database.write() as session:
        await discard(session, begun)

    async with database.write() as session:
        assert await find(session, begun.id) is None
        assert await find(session, other.id) == other
        assert len(await evidence_of_draft(session, other)) == 1
        count = select(func.count()).select_from(Evidence)
        assert (await session.execute(count)).scalar_one() == 1


async def test_what_nobody_came_back_to_is_ended(database: Database) -> None:
    async with database.write() as session:
        old = await new(session)
        await put_to_sleep(session, old)
        await new(session, user_id=OTHER)
        kept = await new(session, minutes=10)

    async with database.write() as session:
        await discard_older(session, NOW + 10 * MINUTE)

        assert await of_person(session, CHAT, PERSON) == [kept]
        assert await of_person(session, CHAT, OTHER) == []


async def test_an_ended_dialogue_never_stands_for_another(database: Database) -> None:
    async with database.write() as session:
        old = await new(session)
        await discard(session, old)

    async with database.write() as session:
        assert (await new(session)).id > old.id
