from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.engine import Database
from storage.models import OutboxMessage
from storage.outbox import add, count, count_attempt, end, purge, waiting
from storage.traffic import Buttons, OutboxRow, OutboxState, Outgoing
from tests.storage.marking import NOW

CHAT = -1_001_234_567_890  # beyond 32 bits
HOUR = timedelta(hours=1)
BUTTONS: Buttons = ((("✅ Verificar", "k:ver:1:2"), ("↩️ Observar", "k:obs:1:2")), (("Más", "m"),))
WHOLE = Outgoing(
    chat_id=CHAT,
    text="<b>Ñandú</b> «1»",
    thread_id=5,
    reply_to=6,
    edits=7,
    buttons=BUTTONS,
    evidence_id=8,
)
BARE = Outgoing(chat_id=5_000_000_007, text="hola")


async def keep(database: Database, *messages: Outgoing) -> list[OutboxRow]:
    async with database.write() as session:
        return await add(session, messages, NOW)


async def left(database: Database) -> list[OutboxRow]:
    async with database.session() as session:
        return await waiting(session)


async def test_messages_wait_as_they_were_added_and_in_order(database: Database) -> None:
    kept = await keep(database, WHOLE, BARE, WHOLE)

    found = await left(database)

    assert found == kept
    assert [row.message for row in found] == [WHOLE, BARE, WHOLE]
    assert {row.attempts for row in found} == {1}  # the first follows the commit


async def test_nothing_to_send_is_nothing_kept(database: Database) -> None:
    assert await keep(database) == []
    assert await left(database) == []


async def test_an_undone_effect_leaves_nothing_to_send(database: Database) -> None:
    async with database.write() as session:
        await add(session, [BARE], NOW)
        await session.rollback()

    assert await left(database) == []


async def test_attempts_are_counted(database: Database) -> None:
    first, second = await keep(database, BARE, WHOLE)

    async with database.write() as session:
        await count_attempt(session, first.id)
        await count_attempt(session, first.id)

    assert [(row.id, row.attempts) for row in await left(database)] == [
        (first.id, 3),
        (second.id, 1),
    ]


@pytest.mark.parametrize("state", [OutboxState.SENT, OutboxState.FAILED])
async def test_what_came_to_its_end_waits_no_more(database: Database, state: OutboxState) -> None:
    first, second = await keep(database, BARE, WHOLE)

    async with database.write() as session:
        await end(session, first.id, state, NOW + HOUR, "closed" if state == "failed" else "")

    assert [row.id for row in await left(database)] == [second.id]
    async with database.session() as session:
        row = await session.execute(select(OutboxMessage).where(OutboxMessage.id == first.id))
        ended = row.scalar_one()
        counts = {each: await count(session, each) for each in OutboxState}
    assert (ended.state, ended.ended_at) == (state, NOW + HOUR)
    assert ended.error == ("closed" if state is OutboxState.FAILED else None)
    assert counts == dict.fromkeys(OutboxState, 0) | {OutboxState.WAITING: 1, state: 1}


async def test_only_what_was_over_long_ago_is_forgotten(database: Database) -> None:
    sent, young, failed, _ = await keep(database, BARE, BARE, BARE, BARE)
    async with database.write() as session:
        await end(session, sent.id, OutboxState.SENT, NOW)
        await end(session, young.id, OutboxState.SENT, NOW + HOUR)
        await end(session, failed.id, OutboxState.FAILED, NOW, "closed")

    async with database.write() as session:
        await purge(session, NOW + HOUR)

    query = select(OutboxMessage.id, OutboxMessage.state).order_by(OutboxMessage.id)
    async with database.session() as session:
        assert [state for _, state in await session.execute(query)] == [
            OutboxState.SENT,
            OutboxState.WAITING,
        ]
        assert (await session.scalars(query)).first() == young.id
