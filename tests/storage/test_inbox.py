import asyncio
from datetime import timedelta

from sqlalchemy import select

from storage.engine import Database
from storage.inbox import (
    finish,
    has_more_of_album,
    purge,
    set_aside,
    store,
    take_up,
    tickets_aside,
    unfinished_count,
)
from storage.models import InboxUpdate
from storage.traffic import InboxRow, InboxState
from tests.storage.marking import NOW

FIRST = 5_000_000_000  # beyond 32 bits
HOUR = timedelta(hours=1)


async def keep(database: Database, *updates: tuple[int, str]) -> list[InboxRow]:
    async with database.write() as session:
        return await store(session, updates, NOW)


async def left(database: Database) -> list[str]:
    """What is not done, as a start of the program finds it."""
    async with database.write() as session:
        return [row.raw for row in await take_up(session)]


async def end(database: Database, row_id: int) -> bool:
    async with database.write() as session:
        return await finish(session, row_id)


async def rows(database: Database) -> list[tuple[str, str, str | None]]:
    """Everything that is kept: state, text and ticket."""
    query = select(InboxUpdate.state, InboxUpdate.raw, InboxUpdate.error)
    async with database.session() as session:
        found = await session.execute(query.order_by(InboxUpdate.id))
        return [(state, raw, error) for state, raw, error in found]


async def test_a_batch_is_kept_in_the_order_in_which_it_came(database: Database) -> None:
    kept = await keep(database, (FIRST + 2, '{"ñ": 2}'), (FIRST, "b"), (FIRST + 1, "a"))

    async with database.write() as session:
        found = await take_up(session)
        assert await unfinished_count(session) == 3
    assert [row.raw for row in kept] == ['{"ñ": 2}', "b", "a"]
    assert [(row.id, row.raw) for row in found] == [(row.id, row.raw) for row in kept]


async def test_nothing_received_is_nothing_kept(database: Database) -> None:
    assert await keep(database) == []
    assert await left(database) == []


async def test_an_update_that_comes_again_is_the_same_one(database: Database) -> None:
    [first] = await keep(database, (FIRST, "hola"))
    again = await keep(database, (FIRST, "hola"), (FIRST + 1, "hola"))
    await end(database, first.id)
    once_done = await keep(database, (FIRST, "hola"))

    assert [row.raw for row in again] == ["hola"]
    assert again[0].id != first.id
    assert once_done == []
    assert await left(database) == ["hola"]


async def test_an_update_that_comes_twice_in_a_batch_is_kept_once(database: Database) -> None:
    kept = await keep(database, (FIRST, "hola"), (FIRST, "hola"))

    assert [row.raw for row in kept] == ["hola"]


async def test_an_id_that_began_anew_is_another_update(database: Database) -> None:
    await keep(database, (FIRST, "hola"))
    kept = await keep(database, (FIRST, "hola de nuevo"), (1, "uno"))

    assert [row.raw for row in kept] == ["hola de nuevo", "uno"]
    assert await left(database) == ["hola", "hola de nuevo", "uno"]


async def test_what_is_done_is_done_once_and_its_text_is_forgotten(database: Database) -> None:
    first, second = await keep(database, (1, "hola"), (2, "adiós"))

    done = [await end(database, row_id) for row_id in (first.id, first.id, second.id + 1)]

    assert done == [True, False, False]
    assert await rows(database) == [("done", "", None), ("new", "adiós", None)]
    assert await left(database) == ["adiós"]


async def test_an_undone_effect_leaves_its_update_to_be_done(database: Database) -> None:
    [row] = await keep(database, (1, "hola"))

    async with database.write() as session:
        await finish(session, row.id)
        await session.rollback()

    assert await left(database) == ["hola"]
    assert await end(database, row.id) is True


async def test_of_two_who_do_an_update_at_the_same_moment_one_does_it(
    database: Database, database_url: str
) -> None:
    [row] = await keep(database, (1, "hola"))
    other = Database(database_url)

    async with asyncio.TaskGroup() as tasks:
        done = [tasks.create_task(end(place, row.id)) for place in (database, other)]
    await other.dispose()

    assert sorted(task.result() for task in done) == [False, True]


async def test_the_starts_at_which_an_update_was_unfinished_are_counted(
    database: Database,
) -> None:
    first, second = await keep(database, (1, "hola"), (2, "adiós"))
    await end(database, second.id)

    counts = []
    for _ in range(3):
        async with database.write() as session:
            counts += [(row.raw, row.attempts) for row in await take_up(session)]

    assert first.attempts == 0
    assert counts == [("hola", 1), ("hola", 2), ("hola", 3)]


async def test_what_is_given_up_is_kept_with_its_ticket(database: Database) -> None:
    first, second = await keep(database, (1, "hola"), (2, "adiós"))
    await end(database, second.id)

    async with database.write() as session:
        await set_aside(session, first.id, "a1b2c3")
        await set_aside(session, second.id, "d4e5f6")

    assert await rows(database) == [("aside", "hola", "a1b2c3"), ("done", "", None)]
    assert await left(database) == []
    assert await end(database, first.id) is False  # it has no effect any more
    async with database.session() as session:
        assert await tickets_aside(session) == ["a1b2c3"]
        assert await unfinished_count(session) == 0


async def test_only_what_is_done_and_old_is_forgotten(database: Database) -> None:
    old, aside, _ = await keep(database, (1, "hecho"), (2, "apartado"), (3, "nuevo"))
    async with database.write() as session:
        await finish(session, old.id)
        await set_aside(session, aside.id, "a1b2c3")
        [young] = await store(session, [(4, "reciente")], NOW + HOUR)
        await finish(session, young.id)

    async with database.write() as session:
        await purge(session, NOW)
        at_the_instant = len((await session.scalars(select(InboxUpdate.id))).all())
        await purge(session, NOW + HOUR)

    assert at_the_instant == 4
    assert await rows(database) == [
        (InboxState.ASIDE, "apartado", "a1b2c3"),
        (InboxState.NEW, "nuevo", None),
        (InboxState.DONE, "", None),
    ]


async def test_the_rest_of_an_album_is_known(database: Database) -> None:
    album = '{"message": {"media_group_id": "130_1%"}}'
    first, second, _, _ = await keep(
        database,
        (1, album),
        (2, album),
        (3, '{"message": {"media_group_id": "13011"}}'),
        (4, '{"message": {"text": "\\"media_group_id\\": \\"130_1%\\""}}'),
    )

    async with database.write() as session:
        await finish(session, first.id)
        has_more = await has_more_of_album(session, "130_1%")
        await finish(session, second.id)
        has_more_after = await has_more_of_album(session, "130_1%")

    assert (has_more, has_more_after) == (True, False)
