import asyncio
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from storage.engine import Database, Session
from storage.events import Action, EventRow
from storage.ledger import (
    BATCH,
    NOTHING_YET,
    Break,
    Chain,
    append,
    every_event,
    hash_of,
    history,
    verify,
)
from storage.models import Event, RecordHead
from storage.roles import Actor
from tests.storage.marking import ACT, ANA, LUIS, NOW

LIMA = timezone(timedelta(hours=-5))
WRITERS, EACH = 6, 5


async def add(session: Session, **more: Any) -> EventRow:
    """Add an event with something in every field."""
    told: dict[str, Any] = {
        "actor": ANA,
        "role": "focal:UTAI",
        "now": NOW,
        "means": (ACT, "12.1"),
        "note": "Ya está: «ñandú» 🐦",
        "details": {"document": "Informe N° 045-2021-UTAI", "evidence": [{"size": 3}]},
    }
    return await append(session, Action.SUBMITTED, **told | more)


async def add_three(database: Database) -> None:
    async with database.write() as session:
        await add(session)
        await add(session, actor=LUIS)
        await add(session)


async def chain_of(database: Database) -> Chain:
    async with database.session() as session:
        return await verify(session)


async def drop_triggers(session: Session, database: Database) -> None:
    """Let a test do what the database refuses everybody else."""
    on = "" if database.is_sqlite else " ON events"
    for verb in ("UPDATE", "DELETE"):
        await session.execute(text(f"DROP TRIGGER IF EXISTS events_no_{verb}{on}"))


async def alter(database: Database, event_id: int, values: Mapping[str, Any]) -> None:
    """Change a row behind the program's back."""
    async with database.write() as session:
        await drop_triggers(session, database)
        await session.execute(update(Event).where(Event.id == event_id).values(**values))


async def test_an_empty_record_holds(database: Database) -> None:
    assert await chain_of(database) == Chain(0)


async def test_events_are_numbered_and_chained(database: Database) -> None:
    await add_three(database)

    async with database.session() as session:
        events = await history(session)
        head = (await session.execute(select(RecordHead.last_event, RecordHead.hash))).one()
    assert [event.id for event in events] == [1, 2, 3]
    assert [event.previous for event in events] == [NOTHING_YET, events[0].hash, events[1].hash]
    assert tuple(head) == (3, events[2].hash)
    assert await chain_of(database) == Chain(3)


async def test_an_event_comes_back_as_it_was_added(database: Database) -> None:
    async with database.write() as session:
        added = await add(session)

    async with database.session() as session:
        [found] = await history(session)
    assert found == added
    assert (found.actor_id, found.update_id) == (5_000_000_001, 700_000_001)


async def test_the_hash_is_of_one_canonical_text_on_every_database(database: Database) -> None:
    canonical = (
        '[1,"2021-05-14T17:30:01.000250+00:00",5000000001,"Ana Ñahui","focal:UTAI","submitted",'
        '700000001,"002-2021","12.1","Ya está: «ñandú» 🐦",'
        '{"document":"Informe N° 045-2021-UTAI","evidence":[{"size":3}]},"' + "0" * 64 + '"]'
    )

    async with database.write() as session:
        added = await add(session)

    async with database.session() as session:
        row = (await session.scalars(select(Event))).one()
    assert added.hash == sha256(canonical.encode()).hexdigest()
    assert hash_of(row) == added.hash


async def test_an_event_with_nothing_but_the_least_is_hashed_too(database: Database) -> None:
    canonical = (
        '[1,"2021-05-14T00:00:00.000000+00:00",null,"consola","operator","admitted",'
        'null,null,null,null,{},"' + "0" * 64 + '"]'
    )

    async with database.write() as session:
        added = await append(
            session,
            Action.ADMITTED,
            actor=Actor(None, "consola"),
            role="operator",
            now=datetime(2021, 5, 14, tzinfo=UTC),
        )

    assert added.hash == sha256(canonical.encode()).hexdigest()
    assert await chain_of(database) == Chain(1)


async def test_any_instant_keeps_the_chain_whole(database: Database) -> None:
    instants = [
        datetime(2021, 5, 14, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2021, 5, 14, 20, tzinfo=LIMA),
        datetime(2021, 12, 31, 23, 30, 0, 1, tzinfo=LIMA),  # in UTC another year
    ]

    async with database.write() as session:
        added = [await add(session, now=at) for at in instants]

    async with database.session() as session:
        found = await history(session)
    assert [event.at for event in found] == instants
    assert {event.at.utcoffset() for event in found} == {timedelta(0)}
    assert [event.hash for event in found] == [event.hash for event in added]
    assert await chain_of(database) == Chain(3)


def test_the_order_of_the_details_is_no_part_of_the_hash() -> None:
    one = EventRow(
        id=1,
        at=NOW,
        actor_id=None,
        actor_name="",
        role="",
        action=Action.SUBMITTED,
        update_id=None,
        act=None,
        code=None,
        note=None,
        details={"a": 1, "b": 2},
        previous="",
        hash="",
    )

    assert hash_of(replace(one, details={"b": 2, "a": 1})) == hash_of(one)
    assert hash_of(replace(one, details={"b": 1, "a": 2})) != hash_of(one)


CHANGES: dict[str, tuple[Mapping[str, Any], Break]] = {
    "id": ({"id": 9}, Break.MISSING),
    "at": ({"at": NOW + timedelta(microseconds=1)}, Break.ALTERED),
    "actor": ({"actor_id": ANA.user_id}, Break.ALTERED),
    "no-actor": ({"actor_id": None}, Break.ALTERED),
    "name": ({"actor_name": "Luís"}, Break.ALTERED),
    "role": ({"role": "follow_up"}, Break.ALTERED),
    "action": ({"action": Action.VERIFIED}, Break.ALTERED),
    "update": ({"update_id": None}, Break.ALTERED),
    "act": ({"act": "001-2022"}, Break.ALTERED),
    "code": ({"code": "12.2"}, Break.ALTERED),
    "no-means": ({"act": None, "code": None}, Break.ALTERED),
    "note": ({"note": "Ya esta: «ñandú» 🐦"}, Break.ALTERED),
    "empty-note": ({"note": ""}, Break.ALTERED),
    "words-moved-between-fields": ({"role": "focal", "actor_name": "Luis:UTAI"}, Break.ALTERED),
    "details": ({"details": {"document": "Informe N° 045-2021-UTAI"}}, Break.ALTERED),
    "type-in-the-details": (
        {"details": {"document": "Informe N° 045-2021-UTAI", "evidence": [{"size": "3"}]}},
        Break.ALTERED,
    ),
    "previous": ({"previous": NOTHING_YET}, Break.UNLINKED),
    "hash": ({"hash": "f" * 64}, Break.ALTERED),
}


@pytest.mark.parametrize(("values", "how"), CHANGES.values(), ids=list(CHANGES))
async def test_a_changed_field_is_found(
    sqlite_database: Database, values: Mapping[str, Any], how: Break
) -> None:
    await add_three(sqlite_database)

    await alter(sqlite_database, 2, values)

    assert await chain_of(sqlite_database) == Chain(1, 2, how)


def test_every_field_is_changed_somewhere() -> None:
    changed = {field for values, _ in CHANGES.values() for field in values}

    assert changed == set(Event.__table__.columns.keys())


@pytest.mark.parametrize("event_id", [1, 2, 3], ids=["first", "middle", "last"])
async def test_a_changed_event_is_found_wherever_it_stands(
    database: Database, event_id: int
) -> None:
    await add_three(database)

    await alter(database, event_id, {"note": "otra"})

    assert await chain_of(database) == Chain(event_id - 1, event_id, Break.ALTERED)


@pytest.mark.parametrize(
    ("event_id", "found"),
    [
        pytest.param(2, Chain(2, 3, Break.UNLINKED), id="the-next-one-does-not-follow"),
        pytest.param(3, Chain(3, 4, Break.CUT), id="the-last-one-is-not-the-one-written"),
    ],
)
async def test_an_event_that_was_hashed_anew_is_found(
    sqlite_database: Database, event_id: int, found: Chain
) -> None:
    await add_three(sqlite_database)
    async with sqlite_database.session() as session:
        forged = replace((await history(session))[event_id - 1], note="otra")

    await alter(sqlite_database, event_id, {"note": "otra", "hash": hash_of(forged)})

    assert await chain_of(sqlite_database) == found


@pytest.mark.parametrize(
    ("gone", "found"),
    [
        pytest.param([1], Chain(0, 1, Break.MISSING), id="the-first"),
        pytest.param([2], Chain(1, 2, Break.MISSING), id="the-middle"),
        pytest.param([3], Chain(2, 3, Break.CUT), id="the-end"),
        pytest.param([2, 3], Chain(1, 2, Break.CUT), id="the-end-from-the-middle"),
        pytest.param([1, 2, 3], Chain(0, 1, Break.CUT), id="all"),
    ],
)
async def test_an_event_that_is_gone_is_found(
    sqlite_database: Database, gone: list[int], found: Chain
) -> None:
    await add_three(sqlite_database)

    async with sqlite_database.write() as session:
        await drop_triggers(session, sqlite_database)
        await session.execute(delete(Event).where(Event.id.in_(gone)))

    assert await chain_of(sqlite_database) == found


async def test_events_that_changed_places_are_found(database: Database) -> None:
    await add_three(database)

    for old, new in ((2, 9), (3, 2), (9, 3)):
        await alter(database, old, {"id": new})

    assert await chain_of(database) == Chain(1, 2, Break.UNLINKED)


async def test_a_forged_end_is_found(database: Database) -> None:
    await add_three(database)
    async with database.session() as session:
        last = (await history(session))[-1]
    forged = replace(last, id=4, previous=last.hash)
    forged = replace(forged, hash=hash_of(forged))

    async with database.write() as session:
        await session.execute(insert(Event).values(asdict(forged)))

    assert await chain_of(database) == Chain(4, 5, Break.CUT)


async def test_a_record_without_its_head_is_found(database: Database) -> None:
    await add_three(database)

    async with database.write() as session:
        await session.execute(delete(RecordHead))

    assert await chain_of(database) == Chain(3, 4, Break.CUT)


@pytest.mark.parametrize("event_id", [BATCH, BATCH + 1], ids=["last-of-a-batch", "first-of-next"])
async def test_a_long_record_is_followed_across_its_batches(
    sqlite_database: Database, event_id: int
) -> None:
    events, previous = [], NOTHING_YET
    async with sqlite_database.write() as session:
        first = await add(session)
        await drop_triggers(session, sqlite_database)
        await session.execute(delete(Event))
        for number in range(1, 2 * BATCH + 1):
            event = replace(first, id=number, previous=previous, hash="")
            events.append(replace(event, hash=hash_of(event)))
            previous = events[-1].hash
        await session.execute(insert(Event), [asdict(event) for event in events])
        await session.execute(update(RecordHead).values(last_event=2 * BATCH, hash=previous))

    whole = await chain_of(sqlite_database)
    async with sqlite_database.session() as session:
        read = [event.id async for event in every_event(session)]
    await alter(sqlite_database, event_id, {"note": None})

    assert whole == Chain(2 * BATCH)
    assert read == list(range(1, 2 * BATCH + 1))
    assert await chain_of(sqlite_database) == Chain(event_id - 1, event_id, Break.ALTERED)


@pytest.mark.parametrize(
    "forbidden",
    [
        pytest.param("UPDATE events SET note = 'otra' WHERE id = 2", id="change"),
        pytest.param("DELETE FROM events WHERE id = 3", id="delete"),
        pytest.param("DELETE FROM events", id="delete-all"),
    ],
)
async def test_the_database_itself_refuses_to_change_an_event(
    database: Database, forbidden: str
) -> None:
    await add_three(database)

    with pytest.raises(Exception, match="events are only added"):
        async with database.write() as session:
            await session.execute(text(forbidden))

    assert await chain_of(database) == Chain(3)


async def test_postgres_refuses_to_empty_the_record(postgres_url: str) -> None:
    database = Database(postgres_url)
    await add_three(database)

    with pytest.raises(Exception, match="events are only added"):
        async with database.write() as session:
            await session.execute(text("TRUNCATE events CASCADE"))

    assert await chain_of(database) == Chain(3)
    await database.dispose()


async def test_an_undone_transaction_leaves_no_gap(database: Database) -> None:
    await add_three(database)

    async with database.write() as session:
        await add(session)
        await session.rollback()
    async with database.write() as session:
        added = await add(session)

    assert added.id == 4
    assert await chain_of(database) == Chain(4)


async def test_writers_at_the_same_time_keep_one_chain(
    database: Database, database_url: str
) -> None:
    other = Database(database_url)  # as another program has it
    places = [database, other]

    async def write(number: int) -> None:
        for _ in range(EACH):
            async with places[number % 2].write() as session:
                await add(session, actor=Actor(number, f"Escritor {number}"))

    async with asyncio.TaskGroup() as tasks:
        for number in range(WRITERS):
            tasks.create_task(write(number))
    await other.dispose()

    async with database.session() as session:
        actors = [event.actor_id for event in await history(session)]
    assert sorted(actors, key=str) == [number for number in range(WRITERS) for _ in range(EACH)]
    assert await chain_of(database) == Chain(WRITERS * EACH)


async def test_the_history_is_of_one_means_the_oldest_first(database: Database) -> None:
    async with database.write() as session:
        for number, means in enumerate(
            [(ACT, "12.1"), (ACT, "12.2"), ("001-2022", "12.1"), None, (ACT, "12.1")], 1
        ):
            await add(session, means=means, note=str(number))

    async with database.session() as session:
        of_means = await history(session, (ACT, "12.1"))
        of_all = await history(session)
        newest = await history(session, limit=2)
        newest_of_means = await history(session, (ACT, "12.1"), limit=1)
        of_none = await history(session, (ACT, "1.1"))
    assert [event.note for event in of_means] == ["1", "5"]
    assert [event.note for event in of_all] == ["1", "2", "3", "4", "5"]
    assert [event.note for event in newest] == ["4", "5"]
    assert [event.note for event in newest_of_means] == ["5"]
    assert of_none == []
