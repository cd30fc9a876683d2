import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.engine import Database
from storage.errors import DatabaseUnavailableError
from storage.events import Action
from storage.ledger import append, history, verify
from storage.people import access_of, find_grant, grant, holders, people, person_name, revoke
from storage.roles import OPERATOR, Access, Actor, PersonRow, Role, RoleOf
from tests.storage.marking import ANA, NOW

ADMIN = Actor(1004, "Administrador", 70)
OPERATED = Actor(None, "consola")
UTAI, UT = RoleOf(Role.FOCAL, "UTAI"), RoleOf(Role.FOCAL, "UT")
READER, FOLLOW_UP = RoleOf(Role.READER), RoleOf(Role.FOLLOW_UP)
PERSON = 5_000_000_007  # beyond 32 bits


async def give(database: Database, user_id: int, role: RoleOf, name: str = "Ana") -> bool:
    async with database.write() as session:
        return await grant(session, user_id, name, role, actor=ADMIN, by="admin", now=NOW)


async def grant_id_of(database: Database, user_id: int, role: RoleOf) -> int:
    async with database.session() as session:
        [person] = [row for row in await people(session) if row.user_id == user_id]
    [found] = [grant_id for grant_id, held in person.grants if held == role]
    return found


async def take(database: Database, grant_id: int) -> tuple[PersonRow, RoleOf] | None:
    async with database.write() as session:
        return await revoke(session, grant_id, actor=ADMIN, by="admin", now=NOW)


async def access(database: Database, user_id: int) -> Access:
    async with database.write() as session:
        return await access_of(session, user_id)


async def test_who_was_given_nothing_holds_nothing(database: Database) -> None:
    assert await access(database, PERSON) == Access()


async def test_somebody_holds_what_was_given_and_nothing_else(database: Database) -> None:
    await give(database, PERSON, UTAI)
    await give(database, PERSON, FOLLOW_UP)
    await give(database, 1001, UT)

    held = await access(database, PERSON)

    assert held == Access(frozenset({UTAI, FOLLOW_UP}))
    assert held.units == {"UTAI"}
    assert (held.has(Role.FOLLOW_UP), held.has(Role.ADMIN)) == (True, False)


async def test_a_role_is_given_once_and_told_once(database: Database) -> None:
    first = await give(database, PERSON, UTAI)
    second = await give(database, PERSON, UTAI)

    async with database.session() as session:
        [event] = await history(session)
    assert (first, second) == (True, False)
    assert (event.action, event.role, event.actor_id) == (Action.GRANTED, "admin", ADMIN.user_id)
    assert event.details == {"user_id": PERSON, "name": "Ana", "role": "focal", "unit": "UTAI"}


async def test_a_person_is_called_as_the_last_one_said_who_gave_a_role(database: Database) -> None:
    await give(database, PERSON, UTAI, "Ana")
    await give(database, PERSON, UTAI, "Ana Ñahui")

    async with database.session() as session:
        assert await person_name(session, PERSON) == "Ana Ñahui"
        assert await person_name(session, 1001) is None


async def test_on_the_command_line_nobody_in_particular_gives(database: Database) -> None:
    async with database.write() as session:
        await grant(session, PERSON, "Ana", READER, actor=OPERATED, by=OPERATOR, now=NOW)

    async with database.session() as session:
        [event] = await history(session)
    assert (event.actor_id, event.actor_name, event.role) == (None, "consola", "operator")


async def test_what_is_taken_away_is_held_no_more_and_told(database: Database) -> None:
    await give(database, PERSON, UTAI)
    await give(database, PERSON, READER)
    grant_id = await grant_id_of(database, PERSON, UTAI)

    taken = await take(database, grant_id)

    assert taken == (PersonRow(PERSON, "Ana", ((grant_id, UTAI),)), UTAI)
    assert await access(database, PERSON) == Access(frozenset({READER}))
    async with database.session() as session:
        [event] = await history(session, limit=1)
        assert await find_grant(session, grant_id) is None
        assert await person_name(session, PERSON) == "Ana"  # the record still speaks of her
    assert event.action is Action.REVOKED
    assert event.details == {"user_id": PERSON, "name": "Ana", "role": "focal", "unit": "UTAI"}


async def test_nothing_is_taken_away_twice(database: Database) -> None:
    await give(database, PERSON, UTAI)
    grant_id = await grant_id_of(database, PERSON, UTAI)

    first, second = await take(database, grant_id), await take(database, grant_id)

    assert (first is None, second) == (False, None)
    async with database.session() as session:
        assert [event.action for event in await history(session)] == [
            Action.GRANTED,
            Action.REVOKED,
        ]


async def test_an_old_grant_never_stands_for_another(database: Database) -> None:
    await give(database, PERSON, UTAI)
    old = await grant_id_of(database, PERSON, UTAI)
    await take(database, old)

    await give(database, 1001, FOLLOW_UP)

    assert await take(database, old) is None
    assert await access(database, 1001) == Access(frozenset({FOLLOW_UP}))


async def test_holders_come_by_id_and_once(database: Database) -> None:
    for user_id, role in ((1003, UTAI), (1001, UTAI), (1001, UT), (1002, UT), (1004, FOLLOW_UP)):
        await give(database, user_id, role)

    async with database.session() as session:
        assert await holders(session, Role.FOCAL) == [1001, 1002, 1003]
        assert await holders(session, Role.FOCAL, ["UTAI"]) == [1001, 1003]
        assert await holders(session, Role.FOCAL, ("UT", "UTAI")) == [1001, 1002, 1003]
        assert await holders(session, Role.FOCAL, ["CGC"]) == []
        assert await holders(session, Role.FOLLOW_UP) == [1004]
        assert await holders(session, Role.ADMIN) == []


async def test_people_come_by_name_with_all_that_they_hold(database: Database) -> None:
    await give(database, 1002, READER, "Zoila")
    await give(database, 1001, UTAI, "Ana")
    await give(database, 1001, FOLLOW_UP, "Ana")
    await give(database, 1003, READER, "Luis")
    await take(database, await grant_id_of(database, 1003, READER))

    async with database.session() as session:
        found = await people(session)

    assert [(row.user_id, row.name) for row in found] == [(1001, "Ana"), (1002, "Zoila")]
    assert [role for _, role in found[0].grants] == [UTAI, FOLLOW_UP]


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(RoleOf(Role.FOCAL), id="focal-of-nothing"),
        pytest.param(RoleOf(Role.ADMIN, "UTAI"), id="administrator-of-a-unit"),
    ],
)
async def test_a_role_that_cannot_be_is_refused_by_the_database(
    database: Database, role: RoleOf
) -> None:
    with pytest.raises(IntegrityError):
        await give(database, PERSON, role)

    assert await access(database, PERSON) == Access()


async def test_a_revocation_comes_after_the_effect_that_was_begun_before(
    database: Database,
) -> None:
    await give(database, PERSON, UTAI)
    grant_id = await grant_id_of(database, PERSON, UTAI)

    async with asyncio.TaskGroup() as tasks, database.write() as session:
        held = await access_of(session, PERSON)
        taking = tasks.create_task(take(database, grant_id))
        await append(
            session, Action.SUBMITTED, actor=ANA, role="focal:UTAI", now=NOW, means=("2", "1")
        )
        is_taken_meanwhile = taking.done()

    async with database.session() as session:
        actions = [event.action for event in await history(session)]
        assert (await verify(session)).how is None
    assert (UTAI in held.roles, is_taken_meanwhile) == (True, False)
    assert actions == [Action.GRANTED, Action.SUBMITTED, Action.REVOKED]


async def test_on_postgres_a_revocation_waits_for_an_open_effect(postgres_url: str) -> None:
    database = Database(postgres_url)
    await give(database, PERSON, UTAI)
    await give(database, 1001, UTAI)
    mine = await grant_id_of(database, PERSON, UTAI)
    others = await grant_id_of(database, 1001, UTAI)

    async def take_at_once(grant_id: int) -> None:
        async with database.write() as session:
            await session.execute(text("SET LOCAL lock_timeout = '200ms'"))
            await revoke(session, grant_id, actor=ADMIN, by="admin", now=NOW)

    async with database.write() as session:
        await access_of(session, PERSON)
        with pytest.raises(DatabaseUnavailableError):
            await take_at_once(mine)
        await take_at_once(others)

    await take_at_once(mine)

    assert await access(database, PERSON) == Access()
    await database.dispose()


async def test_a_role_given_twice_at_the_same_moment_is_held_once(
    database: Database, database_url: str
) -> None:
    other = Database(database_url)
    await give(database, PERSON, READER)

    async def give_quietly(place: Database) -> bool | None:
        try:
            return await give(place, PERSON, UTAI)
        except IntegrityError:
            return None  # the transaction of the slower one is undone, and tried again

    async with asyncio.TaskGroup() as tasks:
        given = [tasks.create_task(give_quietly(place)) for place in (database, other)]
    await other.dispose()

    async with database.session() as session:
        events = await history(session)
    assert [task.result() for task in given].count(True) == 1
    assert [event.details["role"] for event in events] == ["reader", "focal"]
