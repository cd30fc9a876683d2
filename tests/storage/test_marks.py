import asyncio
from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy import update

from storage.engine import Database, Session
from storage.errors import ConflictError
from storage.events import Action, State
from storage.ledger import history, verify
from storage.load import load_act
from storage.marks import (
    Change,
    Contradiction,
    change,
    contradictions,
    last_submission,
    submissions_since,
)
from storage.models import VerificationMeans
from storage.records import Status
from storage.roles import Actor
from tests.storage.marking import (
    ACT,
    ANA,
    LUIS,
    MOVED_TO,
    NOW,
    SIGNED_ON,
    bring_to,
    do,
    find,
    load,
)
from tests.support.acts import GivenMeans, act

PENDING, SUBMITTED = Status.PENDING, Status.SUBMITTED
OBSERVED, VERIFIED = Status.OBSERVED, Status.VERIFIED

LEADS_TO: Mapping[Action, Mapping[Status, Status]] = {  # what is not here is a conflict
    Action.SUBMITTED: {PENDING: SUBMITTED, OBSERVED: SUBMITTED},
    Action.EVIDENCE_ADDED: {SUBMITTED: SUBMITTED},
    Action.WITHDRAWN: {SUBMITTED: PENDING},
    Action.VERIFIED: {SUBMITTED: VERIFIED},
    Action.OBSERVED: {SUBMITTED: OBSERVED, VERIFIED: OBSERVED},
    Action.REPROGRAMMED: {PENDING: PENDING, SUBMITTED: SUBMITTED, OBSERVED: OBSERVED},
}
MEANS = 6
STEPS = 60
PEOPLE = 5


async def outcome(session: Session, code: str, action: Action) -> Status | None:
    """Where an action leads; None for a conflict."""
    try:
        await do(session, code, action)
    except ConflictError:
        return None
    return (await find(session, code)).status


async def test_an_action_is_possible_where_the_table_says_and_nowhere_else(
    database: Database,
) -> None:
    cells = [(action, status) for action in LEADS_TO for status in Status]
    codes = {cell: f"{number}.1" for number, cell in enumerate(cells, 1)}
    await load(database, *codes.values())
    async with database.write() as session:
        for cell, code in codes.items():
            await bring_to(session, code, cell[1])

    async with database.write() as session:
        found = {cell: await outcome(session, code, cell[0]) for cell, code in codes.items()}

    assert found == {(action, status): LEADS_TO[action].get(status) for action, status in cells}
    async with database.session() as session:
        assert await contradictions(session) == []


async def test_what_is_no_conflict_is_told_in_the_record(database: Database) -> None:
    await load(database, "12.1")

    async with database.write() as session:
        told = await do(
            session,
            "12.1",
            Action.SUBMITTED,
            note="Va con anexo",
            details={"document": "Informe N° 045-2021-UTAI"},
        )

    async with database.session() as session:
        row = await find(session, "12.1")
        [event] = await history(session, (ACT, "12.1"))
    assert event == told
    assert (event.actor_id, event.actor_name, event.update_id) == (
        ANA.user_id,
        ANA.name,
        ANA.update_id,
    )
    assert (event.role, event.note, event.at) == ("focal:UTAI", "Va con anexo", NOW)
    assert event.details == {
        "before": {"status": "pending", "due_on": "2021-06-30"},
        "after": {"status": "submitted", "due_on": "2021-06-30"},
        "document": "Informe N° 045-2021-UTAI",
    }
    assert (row.status, row.last_event, row.due_on) == (SUBMITTED, event.id, SIGNED_ON)


async def test_a_conflict_is_told_nowhere(database: Database) -> None:
    await load(database, "12.1")
    async with database.write() as session:
        await bring_to(session, "12.1", VERIFIED)
    async with database.session() as session:
        before = (await find(session, "12.1"), await history(session))

    async with database.write() as session:
        with pytest.raises(ConflictError):
            await do(session, "12.1", Action.SUBMITTED)

    async with database.session() as session:
        assert (await find(session, "12.1"), await history(session)) == before


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(0, id="before-anything-happened"),
        pytest.param(1, id="before-the-last-event"),
        pytest.param(3, id="an-event-of-another-means"),
        pytest.param(99, id="an-event-that-is-not-there"),
        pytest.param(-2, id="no-event-at-all"),
    ],
)
async def test_who_has_not_seen_the_last_event_is_refused(
    sqlite_database: Database, seen: int
) -> None:
    await load(sqlite_database, "12.1", "12.2")
    async with sqlite_database.write() as session:
        await do(session, "12.1", Action.SUBMITTED)
        await do(session, "12.1", Action.EVIDENCE_ADDED)
        await do(session, "12.2", Action.SUBMITTED)

    async with sqlite_database.write() as session:
        with pytest.raises(ConflictError):
            await do(session, "12.1", Action.VERIFIED, seen=seen)

        assert (await do(session, "12.1", Action.VERIFIED, seen=2)).id == 4


async def test_a_means_that_is_gone_is_a_conflict(sqlite_database: Database) -> None:
    both = (GivenMeans("12.1"), GivenMeans("12.2"))
    async with sqlite_database.write() as session:
        await load_act(session, act(*both))
        gone = await find(session, "12.2")
        await load_act(session, act(both[0], digest="without"))
        await load_act(session, act(*both, digest="again"))
    wanted = Change(
        means_id=gone.id, seen=0, action=Action.SUBMITTED, actor=ANA, role="focal:UTAI"
    )

    async with sqlite_database.write() as session:
        with pytest.raises(ConflictError):
            await change(session, wanted, NOW)


@pytest.mark.parametrize("stood", [PENDING, OBSERVED])
async def test_a_withdrawal_goes_back_to_where_the_means_stood(
    database: Database, stood: Status
) -> None:
    await load(database, "12.1")

    async with database.write() as session:
        await bring_to(session, "12.1", stood)
        await do(session, "12.1", Action.SUBMITTED)
        await do(session, "12.1", Action.EVIDENCE_ADDED)
        await do(session, "12.1", Action.WITHDRAWN)

    async with database.session() as session:
        assert (await find(session, "12.1")).status is stood
        assert await contradictions(session) == []


async def test_a_means_can_be_handed_in_and_withdrawn_again_and_again(
    sqlite_database: Database,
) -> None:
    await load(sqlite_database, "12.1")

    async with sqlite_database.write() as session:
        await do(session, "12.1", Action.SUBMITTED)
        await do(session, "12.1", Action.OBSERVED)
        for _ in range(3):
            await do(session, "12.1", Action.SUBMITTED)
            await do(session, "12.1", Action.WITHDRAWN)
            assert (await find(session, "12.1")).status is OBSERVED

    async with sqlite_database.session() as session:
        assert await contradictions(session) == []


async def test_reprogramming_moves_the_valid_day_and_keeps_the_signed_one(
    database: Database,
) -> None:
    await load(database, "12.1")

    async with database.write() as session:
        await bring_to(session, "12.1", OBSERVED)
        event = await do(session, "12.1", Action.REPROGRAMMED)

    async with database.session() as session:
        row = await find(session, "12.1")
        assert await contradictions(session) == []
    assert (row.status, row.due_on, row.signed_on) == (OBSERVED, MOVED_TO, SIGNED_ON)
    assert event.details["before"] == {"status": "observed", "due_on": "2021-06-30"}
    assert event.details["after"] == {"status": "observed", "due_on": "2021-09-30"}


async def test_what_was_handed_in_last_is_found_with_what_was_added(database: Database) -> None:
    await load(database, "12.1", "12.2")
    async with database.write() as session:
        nothing = await last_submission(session, (ACT, "12.1"))
        none_since = await submissions_since(session, (ACT, "12.1"))
        await bring_to(session, "12.1", OBSERVED)
        await do(session, "12.1", Action.SUBMITTED)
        await do(session, "12.2", Action.SUBMITTED)
        await do(session, "12.1", Action.REPROGRAMMED)
        await do(session, "12.1", Action.EVIDENCE_ADDED, actor=LUIS)

    async with database.session() as session:
        last = await last_submission(session, (ACT, "12.1"))
        since = await submissions_since(session, (ACT, "12.1"))

    assert (nothing, none_since) == (None, [])
    assert last is not None
    assert last.id == 3
    assert [(event.id, event.action, event.actor_id) for event in since] == [
        (3, Action.SUBMITTED, ANA.user_id),
        (6, Action.EVIDENCE_ADDED, LUIS.user_id),
    ]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"status": Status.VERIFIED}, id="status"),
        pytest.param({"due_on": MOVED_TO}, id="due-day"),
        pytest.param({"signed_on": MOVED_TO}, id="signed-day"),
        pytest.param({"last_event": 1}, id="an-older-event"),
        pytest.param({"last_event": 3}, id="an-event-of-another"),
        pytest.param({"last_event": 0}, id="no-event"),
    ],
)
async def test_a_means_that_was_changed_beside_its_events_is_found(
    sqlite_database: Database, values: dict[str, Any]
) -> None:
    await load(sqlite_database, "12.1", "12.2")
    async with sqlite_database.write() as session:
        await do(session, "12.1", Action.SUBMITTED)
        await do(session, "12.1", Action.OBSERVED)
        await do(session, "12.2", Action.SUBMITTED)
        whole = await contradictions(session)

    async with sqlite_database.write() as session:
        of_code = update(VerificationMeans).where(VerificationMeans.code == "12.1")
        await session.execute(of_code.values(**values))

    async with sqlite_database.session() as session:
        found = await contradictions(session)
    assert whole == []
    assert [(one.act, one.code) for one in found] == [(ACT, "12.1")]


async def test_a_contradiction_tells_both_sides(database: Database) -> None:
    await load(database, "12.1", "12.2")
    async with database.write() as session:
        await do(session, "12.1", Action.SUBMITTED)

    async with database.write() as session:
        await session.execute(update(VerificationMeans).values(status=VERIFIED))

    async with database.session() as session:
        assert await contradictions(session) == [
            Contradiction(
                ACT, "12.1", kept=State(VERIFIED, SIGNED_ON), told=State(SUBMITTED, SIGNED_ON)
            ),
            Contradiction(
                ACT, "12.2", kept=State(VERIFIED, SIGNED_ON), told=State(PENDING, SIGNED_ON)
            ),
        ]


@pytest.mark.parametrize("seed", range(3))
async def test_any_sequence_of_changes_stands_as_its_events_say(
    database: Database, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - repeatable on purpose
    codes = [f"{number}.1" for number in range(1, MEANS + 1)]
    stands = {code: State(PENDING, SIGNED_ON) for code in codes}
    before = dict.fromkeys(codes, PENDING)
    done = 0
    await load(database, *codes)

    for _ in range(STEPS):
        code, action = chance.choice(codes), chance.choice(list(LEADS_TO))
        moved = action is Action.REPROGRAMMED
        due_on = date(2021, chance.randint(1, 12), 28) if moved else None
        async with database.write() as session:
            try:
                await do(session, code, action, due_on=due_on)
            except ConflictError:
                assert stands[code].status not in LEADS_TO[action]
                continue
        done += 1
        status = LEADS_TO[action][stands[code].status]
        if action is Action.SUBMITTED:
            before[code] = stands[code].status
        if action is Action.WITHDRAWN:
            status = before[code]
        stands[code] = State(status, due_on or stands[code].due_on)

    async with database.session() as session:
        found = {code: await find(session, code) for code in codes}
        assert {code: State(row.status, row.due_on) for code, row in found.items()} == stands
        assert await contradictions(session) == []
        assert (await verify(session)).events == done > MEANS


async def test_of_people_who_mark_at_the_same_moment_exactly_one_wins(
    database: Database, database_url: str
) -> None:
    codes = [f"{number}.1" for number in range(1, MEANS + 1)]
    places = [database, Database(database_url)]  # as two programs have it
    await load(database, *codes)
    won: dict[str, list[int]] = {code: [] for code in codes}

    async def mark(person: int, code: str) -> None:
        try:
            async with places[person % 2].write() as session:
                await do(session, code, Action.SUBMITTED, actor=Actor(person, "x"), seen=0)
        except ConflictError:
            return
        won[code].append(person)

    async with asyncio.TaskGroup() as tasks:
        for code in codes:
            for person in range(PEOPLE):
                tasks.create_task(mark(person, code))
    await places[1].dispose()

    async with database.session() as session:
        told = {code: await history(session, (ACT, code)) for code in codes}
        assert await contradictions(session) == []
        assert (await verify(session)).how is None
    assert {len(people) for people in won.values()} == {1}
    assert {code: [event.actor_id for event in events] for code, events in told.items()} == won


async def test_who_waited_for_another_sees_what_that_one_did(postgres_url: str) -> None:
    """On PostgreSQL both transactions are open, and both have seen the means as it was."""
    database = Database(postgres_url)
    await load(database, "12.1")
    both_saw = asyncio.Barrier(2)

    async def mark(actor: Actor) -> bool:
        async with database.write() as session:
            await find(session, "12.1")
            await both_saw.wait()
            try:
                await do(session, "12.1", Action.SUBMITTED, actor=actor, seen=0)
            except ConflictError:
                return False
            return True

    async with asyncio.TaskGroup() as tasks:
        marks = [tasks.create_task(mark(actor)) for actor in (ANA, LUIS)]

    assert sorted(task.result() for task in marks) == [False, True]
    await database.dispose()
