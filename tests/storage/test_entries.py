import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import insert, select

from storage.engine import Database, Session
from storage.entries import (
    admit,
    admitted_chats,
    ask,
    decide,
    dismiss,
    find_request,
    has_asked,
    invite,
    is_admitted,
    move_chat,
    note_refusal,
    undecided,
    use_invitation,
)
from storage.events import Action
from storage.integrity import unexplained_groups
from storage.ledger import history
from storage.models import AdmittedChat, Base, Invitation
from storage.roles import Actor, Decision, RequestRow, Role, RoleOf
from tests.storage.marking import NOW

ADMIN = Actor(1004, "Administrador", 70)
OPERATED = Actor(None, "consola")
UTAI, READER = RoleOf(Role.FOCAL, "UTAI"), RoleOf(Role.READER)
PERSON, OTHER = 5_000_000_007, 5_000_000_008
GROUP, SUPERGROUP = -4_000_001, -1_001_234_567_890
EXPIRES = datetime(2021, 5, 21, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


# Requests.


async def test_a_request_is_found_as_it_was_made(database: Database) -> None:
    async with database.write() as session:
        asked = await ask(session, PERSON, "Ana Ñahui", UTAI, NOW)

    async with database.write() as session:
        found = await find_request(session, asked.id)
        assert await has_asked(session, PERSON) is True
        assert await has_asked(session, OTHER) is False
        assert await undecided(session) == [asked]
    assert found == asked == RequestRow(asked.id, PERSON, "Ana Ñahui", UTAI, None)


async def test_asking_again_takes_the_place_of_what_was_asked(database: Database) -> None:
    async with database.write() as session:
        first = await ask(session, PERSON, "Ana", UTAI, NOW)
        of_other = await ask(session, OTHER, "Luis", READER, NOW)
        second = await ask(session, PERSON, "Ana", READER, NOW)

    async with database.write() as session:
        assert await find_request(session, first.id) is None
        assert await undecided(session) == [of_other, second]
    assert second.id > first.id  # an old button meets no other request


@pytest.mark.parametrize("decision", list(Decision))
async def test_a_decided_request_is_closed(database: Database, decision: Decision) -> None:
    async with database.write() as session:
        asked = await ask(session, PERSON, "Ana", UTAI, NOW)

    async with database.write() as session:
        await decide(session, asked, decision)

    async with database.write() as session:
        found = await find_request(session, asked.id)
        assert found is not None
        assert found.decision is decision
        assert await has_asked(session, PERSON) is False
        again = await ask(session, PERSON, "Ana", READER, NOW)
        assert await find_request(session, asked.id) == found  # what was decided stays
    assert again.id != asked.id


async def test_a_refusal_is_told_in_the_record(database: Database) -> None:
    async with database.write() as session:
        asked = await ask(session, PERSON, "Ana", UTAI, NOW)
        await note_refusal(session, asked, actor=ADMIN, by="admin", now=NOW)

    async with database.session() as session:
        [event] = await history(session)
    assert (event.action, event.actor_id, event.role) == (Action.REFUSED, 1004, "admin")
    assert event.details == {"user_id": PERSON, "name": "Ana", "role": "focal", "unit": "UTAI"}


async def decide_if_open(
    place: Database, request_id: int, decision: Decision, *, both_are_in: asyncio.Barrier | None
) -> bool:
    """Decide a request unless it was decided before."""
    async with place.write() as session:
        await undecided(session)
        if both_are_in is not None:
            await both_are_in.wait()
        found = await find_request(session, request_id)
        if found is None or found.decision is not None:
            return False
        await decide(session, found, decision)
        return True


async def test_of_two_who_decide_at_the_same_moment_one_finds_it_decided(
    database_url: str,
) -> None:
    places = [Database(database_url), Database(database_url)]
    async with places[0].write() as session:
        asked = await ask(session, PERSON, "Ana", UTAI, NOW)
    # on SQLite one transaction does not even begin before the other has ended
    both_are_in = None if places[0].is_sqlite else asyncio.Barrier(2)

    async with asyncio.TaskGroup() as tasks:
        decided = [
            tasks.create_task(decide_if_open(place, asked.id, decision, both_are_in=both_are_in))
            for place, decision in zip(places, Decision, strict=True)
        ]
    for place in places:
        await place.dispose()

    assert sorted(task.result() for task in decided) == [False, True]


# Invitations.


async def new_invitation(session: Session, role: RoleOf = UTAI, actor: Actor = ADMIN) -> str:
    return await invite(session, role, expires_at=EXPIRES, actor=actor, by="admin", now=NOW)


async def test_an_invitation_gives_its_role_and_its_maker_once(database: Database) -> None:
    async with database.write() as session:
        token = await new_invitation(session)
        other = await new_invitation(session, READER, OPERATED)

    async with database.write() as session:
        first = await use_invitation(session, token, PERSON, NOW)
        second = await use_invitation(session, token, OTHER, NOW)
        again = await use_invitation(session, token, PERSON, NOW)
        of_operator = await use_invitation(session, other, OTHER, NOW)

    async with database.session() as session:
        used = dict((await session.execute(select(Invitation.role, Invitation.used_by))).all())
    assert token != other
    assert (first, second, again) == ((UTAI, ADMIN.user_id), None, None)
    assert of_operator == (READER, 0)
    assert used == {"focal": PERSON, "reader": OTHER}


@pytest.mark.parametrize(
    ("at", "is_good"),
    [
        pytest.param(EXPIRES - SECOND, True, id="a-second-before"),
        pytest.param(EXPIRES, False, id="at-the-very-second"),
        pytest.param(EXPIRES + SECOND, False, id="a-second-after"),
    ],
)
async def test_an_invitation_expires_to_the_second(
    database: Database, at: datetime, *, is_good: bool
) -> None:
    async with database.write() as session:
        token = await new_invitation(session)

    async with database.write() as session:
        used = await use_invitation(session, token, PERSON, at)

    assert (used is not None) is is_good


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(lambda token: token[:-1], id="shorter"),
        pytest.param(lambda token: token + "A", id="longer"),
        pytest.param(lambda token: token.swapcase(), id="other-case"),
        pytest.param(lambda token: sha256(token.encode()).hexdigest(), id="its-hash"),
        pytest.param(lambda _: "", id="empty"),
        pytest.param(lambda _: "%", id="wildcard"),
        pytest.param(lambda _: "ñandú 🐦", id="not-ascii"),
    ],
)
async def test_a_token_that_is_not_the_one_given_is_no_good(
    sqlite_database: Database, forge: Callable[[str], str]
) -> None:
    async with sqlite_database.write() as session:
        token = await new_invitation(session)

        assert await use_invitation(session, forge(token), PERSON, NOW) is None
        assert await use_invitation(session, token, PERSON, NOW) is not None


async def test_the_token_is_in_no_table(database: Database) -> None:
    async with database.write() as session:
        token = await new_invitation(session)
        await use_invitation(session, token, PERSON, NOW)

    kept = []
    async with database.session() as session:
        for table in Base.metadata.sorted_tables:
            kept += [f"{table.name}: {row}" for row in await session.execute(select(table))]
    assert [row for row in kept if token in row] == []
    assert len([row for row in kept if sha256(token.encode()).hexdigest() in row]) == 1


async def test_an_invitation_is_told_in_the_record_without_its_token(database: Database) -> None:
    async with database.write() as session:
        token = await new_invitation(session)

    async with database.session() as session:
        [event] = await history(session)
    assert (event.action, event.actor_id, event.role) == (Action.INVITED, 1004, "admin")
    assert event.details == {
        "role": "focal",
        "unit": "UTAI",
        "expires_at": "2021-05-21T12:00:00+00:00",
    }
    assert len(token) >= 32  # no guessing


async def test_of_those_who_open_a_link_at_the_same_moment_one_comes_in(
    database: Database, database_url: str
) -> None:
    places = [database, Database(database_url)]
    async with database.write() as session:
        token = await new_invitation(session)

    async def come_in(user_id: int) -> bool:
        async with places[user_id % 2].write() as session:
            return await use_invitation(session, token, user_id, NOW) is not None

    async with asyncio.TaskGroup() as tasks:
        came = [tasks.create_task(come_in(user_id)) for user_id in range(1001, 1007)]
    await places[1].dispose()

    assert [task.result() for task in came].count(True) == 1


# Groups.


async def test_a_group_is_admitted_once_and_told_once(database: Database) -> None:
    async with database.write() as session:
        before = await is_admitted(session, SUPERGROUP)
        first = await admit(session, SUPERGROUP, "Equipo", actor=ADMIN, by="admin", now=NOW)
        second = await admit(session, SUPERGROUP, "Otro", actor=ADMIN, by="admin", now=NOW)

    async with database.session() as session:
        [event] = await history(session)
        assert await is_admitted(session, SUPERGROUP) is True
        assert await is_admitted(session, GROUP) is False
        assert await admitted_chats(session) == [(SUPERGROUP, "Equipo")]
    assert (before, first, second) == (False, True, False)
    assert (event.action, event.actor_id, event.role) == (Action.ADMITTED, 1004, "admin")
    assert event.details == {"chat_id": SUPERGROUP, "title": "Equipo"}


async def test_a_dismissed_group_is_admitted_no_more_and_told(database: Database) -> None:
    async with database.write() as session:
        await admit(session, SUPERGROUP, "Equipo", actor=ADMIN, by="admin", now=NOW)
        await admit(session, GROUP, "Campo", actor=ADMIN, by="admin", now=NOW)

    async with database.write() as session:
        first = await dismiss(session, SUPERGROUP, actor=ADMIN, by="admin", now=NOW)
        second = await dismiss(session, SUPERGROUP, actor=ADMIN, by="admin", now=NOW)

    async with database.session() as session:
        events = await history(session)
        assert await admitted_chats(session) == [(GROUP, "Campo")]
    assert (first, second) == ("Equipo", None)
    assert [event.action for event in events] == [
        Action.ADMITTED,
        Action.ADMITTED,
        Action.DISMISSED,
    ]


async def test_admitted_groups_come_by_title(database: Database) -> None:
    async with database.write() as session:
        for chat_id, title in ((-3, "B"), (-1, "C"), (-2, "B"), (-4, "A")):
            await admit(session, chat_id, title, actor=ADMIN, by="admin", now=NOW)

        assert await admitted_chats(session) == [(-4, "A"), (-3, "B"), (-2, "B"), (-1, "C")]


@pytest.mark.parametrize(
    ("admitted", "after"),
    [
        pytest.param([GROUP], [SUPERGROUP], id="it-moves"),
        pytest.param([], [], id="one-that-was-not-admitted"),
        pytest.param([GROUP, SUPERGROUP], [SUPERGROUP], id="the-new-one-was-admitted-already"),
    ],
)
async def test_a_group_is_followed_to_its_new_id(
    database: Database, admitted: list[int], after: list[int]
) -> None:
    async with database.write() as session:
        for chat_id in admitted:
            await admit(session, chat_id, "Equipo", actor=ADMIN, by="admin", now=NOW)

    async with database.write() as session:
        for _ in range(2):  # told twice
            await move_chat(session, GROUP, SUPERGROUP, NOW)

    async with database.session() as session:
        assert [chat_id for chat_id, _ in await admitted_chats(session)] == after
        moved = [event for event in await history(session) if event.action is Action.MOVED]
        assert len(moved) == (GROUP in admitted)
        assert await unexplained_groups(session) == []


async def test_a_group_that_was_let_in_behind_the_record_is_found(database: Database) -> None:
    async with database.write() as session:
        await admit(session, GROUP, "Equipo", actor=ADMIN, by="admin", now=NOW)
        values = {"chat_id": SUPERGROUP, "title": "Otro", "admitted_at": NOW}
        await session.execute(insert(AdmittedChat).values(values))

        assert await unexplained_groups(session) == [SUPERGROUP]
