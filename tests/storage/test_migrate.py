import asyncio
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, text

from storage.engine import Database
from storage.errors import BrokenReferencesError, DatabaseUnavailableError, NewerDatabaseError
from storage.load import load_act
from storage.matrix import find_codes
from storage.migrate import HEAD, SCRIPTS, current_revision, downgrade, upgrade
from storage.models import Base
from storage.records import MeansFilter
from tests.storage.matrices import TODAY
from tests.support.acts import GivenMeans, act


def differences(connection: Connection) -> list[object]:
    """What autogenerate would still change."""
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))


def table_names(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


def check_names(connection: Connection) -> set[tuple[str, str | None]]:
    """The checks, which autogenerate does not compare."""
    found = inspect(connection)
    return {
        (table, check["name"])
        for table in found.get_table_names()
        for check in found.get_check_constraints(table)
    }


def test_the_head_in_the_program_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


async def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    async with database.session() as session:
        connection = await session.connection()

        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(check_names) == {
            (table.name, str(check.name))
            for table in Base.metadata.tables.values()
            for check in table.constraints
            if isinstance(check, CheckConstraint)
        }


async def test_no_migration_lets_an_id_be_given_twice(sqlite_database: Database) -> None:
    query = text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")

    async with sqlite_database.session() as session:
        found = set(await session.scalars(query))

    assert found == {
        table.name
        for table in Base.metadata.tables.values()
        if table.dialect_options["sqlite"]["autoincrement"]
    }


async def test_an_empty_database_is_upgraded_once(empty_url: str) -> None:
    database = Database(empty_url)
    try:
        before = await current_revision(database)

        assert before is None
        assert await upgrade(database) is True
        assert await upgrade(database) is False
        assert await current_revision(database) == HEAD
    finally:
        await database.dispose()


async def test_two_programs_may_start_at_once(empty_url: str) -> None:
    first, second = Database(empty_url), Database(empty_url)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(upgrade(first))
            group.create_task(upgrade(second))

        assert await current_revision(first) == HEAD
    finally:
        await first.dispose()
        await second.dispose()


async def test_down_and_up_again_with_rows_in(database: Database) -> None:
    contents = act(GivenMeans("1.1"))
    async with database.write() as session:
        await load_act(session, contents)

    await downgrade(database)

    async with database.session() as session:
        connection = await session.connection()
        assert await connection.run_sync(table_names) == ["alembic_version"]

    await upgrade(database)

    async with database.write() as session:
        assert await load_act(session, contents) is True
        assert await find_codes(session, MeansFilter(), TODAY) == ["1.1"]
        connection = await session.connection()
        assert await connection.run_sync(differences) == []


async def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerDatabaseError) as caught:
        await upgrade(database)

    assert caught.value.revision == "9999"
    assert await current_revision(database) == "9999"


async def test_a_database_that_cannot_be_opened_says_so() -> None:
    database = Database("sqlite:////proc/missing/x.db")
    try:
        with pytest.raises(DatabaseUnavailableError):
            await upgrade(database)
    finally:
        await database.dispose()


async def test_a_migration_that_breaks_references_is_undone(sqlite_database: Database) -> None:
    async with sqlite_database.write() as session:
        await load_act(session, act(GivenMeans("1.1")))

    with pytest.raises(BrokenReferencesError) as caught:
        async with sqlite_database.migrating() as connection:
            await connection.execute(text("DELETE FROM units"))

    assert caught.value.tables == ("act_units", "responsibilities")
    async with sqlite_database.session() as session:
        assert await find_codes(session, MeansFilter(units=("UTAI",)), TODAY) == ["1.1"]


async def test_a_current_database_needs_no_alembic(sqlite_url: str) -> None:
    program = (
        "import asyncio, sys\n"
        "from storage.engine import Database\n"
        "from storage.migrate import upgrade\n"
        "async def start():\n"
        f"    database = Database({sqlite_url!r})\n"
        "    await upgrade(database)\n"
        "    await database.dispose()\n"
        "asyncio.run(start())\n"
        "sys.exit('alembic' in sys.modules)\n"
    )

    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program)

    assert await process.wait() == 0
