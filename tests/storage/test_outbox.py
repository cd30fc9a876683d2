import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.engine import Database
from storage.models import OutboxMessage
from storage.outbox import (
    add,
    begin,
    claim,
    count_attempt,
    counts,
    drop,
    end,
    in_trouble,
    notices_for,
    purge,
    release,
    repeat,
)
from storage.traffic import Buttons, Notice, OutboxRow, OutboxState, Outgoing, Sort
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
        return await add(session, messages, NOW, None)


async def left(database: Database) -> list[OutboxRow]:
    async with database.session() as session:  # what is claimed here is undone
        return await claim(session, 1, None, is_start=True)


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
        await add(session, [BARE], NOW, None)
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
        kept = await counts(session)
    assert (ended.state, ended.ended_at) == (state, NOW + HOUR)
    assert ended.error == ("closed" if state is OutboxState.FAILED else None)
    assert kept == {(Sort.REPLY, OutboxState.WAITING): 1, (Sort.REPLY, state): 1}


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


# Several programs.

ME, OTHER = 1, 2
NOTICES = (Sort.DIGEST, Sort.REMINDER)


async def notice(database: Database, sort: Sort, chat_id: int = CHAT) -> int:
    async with database.write() as session:
        [found] = (await notices_for(session, [Notice(sort, chat_id, None)], NOW)).values()
        return found


async def claimed(database: Database, owner: int, *, is_start: bool = False) -> list[int]:
    async with database.write() as session:
        return [row.id for row in await claim(session, owner, None, is_start=is_start)]


async def state_of(database: Database, row_id: int) -> tuple[str, int | None]:
    async with database.session() as session:
        query = select(OutboxMessage.state, OutboxMessage.owner).where(OutboxMessage.id == row_id)
        state, owner = (await session.execute(query)).one()
        return state, owner


async def test_what_one_program_took_no_other_gets(database: Database) -> None:
    first = await notice(database, Sort.DIGEST)
    second = await notice(database, Sort.REMINDER, CHAT - 1)

    assert await claimed(database, ME) == [first, second]
    assert await claimed(database, OTHER) == []


async def test_two_programs_that_look_at_once_share_what_is_there(database: Database) -> None:
    for number in range(20):
        await notice(database, Sort.DIGEST, CHAT - number)

    found = await asyncio.gather(*(claimed(database, owner) for owner in range(1, 5)))

    taken = [row_id for one in found for row_id in one]
    assert len(taken) == len(set(taken)) == 20


async def test_a_chat_gets_its_messages_one_after_the_other(database: Database) -> None:
    first = await notice(database, Sort.DIGEST)
    second = await notice(database, Sort.REMINDER)

    once = await claimed(database, ME)
    still = await claimed(database, OTHER)
    async with database.write() as session:
        await end(session, first, OutboxState.SENT, NOW)

    assert (once, still) == ([first], [])
    assert await claimed(database, OTHER) == [second]


async def test_an_answer_belongs_to_the_program_that_gave_it(database: Database) -> None:
    async with database.write() as session:
        [row] = await add(session, [BARE], NOW, ME)

    assert await claimed(database, OTHER, is_start=True) == []
    async with database.write() as session:
        await release(session, {OTHER})
    assert await claimed(database, OTHER, is_start=True) == [row.id]


async def test_what_a_dead_program_left_goes_on_but_a_digest_on_its_way_is_held(
    database: Database,
) -> None:
    sorts = {sort: [await notice(database, sort, CHAT - at)] for at, sort in enumerate(NOTICES)}
    for at, sort in enumerate(NOTICES):
        sorts[sort].append(await notice(database, sort, CHAT - 10 - at))
    await claimed(database, OTHER)
    async with database.write() as session:
        for waiting, sending in sorts.values():
            assert waiting < sending
            await begin(session, sending, BARE, 5)
        await release(session, {ME, OTHER})  # it lives
    before = {row_id: await state_of(database, row_id) for ids in sorts.values() for row_id in ids}

    async with database.write() as session:
        await release(session, {ME})

    assert {owner for _, owner in before.values()} == {OTHER}
    [digest, sent_digest], [reminder, sent_reminder] = sorts.values()
    assert (await state_of(database, sent_digest))[0] == OutboxState.HELD
    for row_id in (digest, reminder, sent_reminder):
        assert await state_of(database, row_id) == (OutboxState.WAITING, None)


async def test_what_is_held_is_sent_again_or_let_be_by_the_operator(database: Database) -> None:
    one, other = await notice(database, Sort.DIGEST), await notice(database, Sort.DIGEST, CHAT - 1)
    async with database.write() as session:
        for row_id in (one, other):
            await begin(session, row_id, BARE, None)
            await end(session, row_id, OutboxState.HELD, NOW, "no answer")
        troubled = await in_trouble(session, 10)

        assert await repeat(session, one) is True
        assert await drop(session, other, NOW) is True
        assert (await repeat(session, other), await drop(session, one, NOW)) == (False, False)

    assert [(each.id, each.error) for each in troubled] == [
        (other, "no answer"),
        (one, "no answer"),
    ]
    assert (await state_of(database, one), await state_of(database, other)) == (
        (OutboxState.WAITING, None),
        (OutboxState.SENT, None),
    )


async def test_what_is_missed_is_merged_into_what_waits(database: Database) -> None:
    digest = await notice(database, Sort.DIGEST)
    others = (
        Notice(Sort.REMINDER, CHAT, None),
        Notice(Sort.DIGEST, CHAT, 7),
        Notice(Sort.DIGEST, CHAT, None, 3),
    )

    again = await notice(database, Sort.DIGEST)
    async with database.write() as session:
        new = await notices_for(session, others, NOW)
        await begin(session, digest, BARE, None)
    while_it_is_sent = await notice(database, Sort.DIGEST)

    assert again == digest
    assert len({digest, *new.values(), while_it_is_sent}) == 5
