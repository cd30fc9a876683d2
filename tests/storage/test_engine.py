import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from storage.engine import Database, is_wal_safe, normal_url
from storage.errors import DatabaseUnavailableError, DatabaseUrlError, Unavailable
from storage.models import MatrixVersion, SavedQuestion
from storage.questions import save_question
from tests.support.ports import reserved_port
from tests.support.postgres import Server

NOW = datetime(2021, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        pytest.param("sqlite:///x.db", "sqlite+aiosqlite", id="sqlite"),
        pytest.param("sqlite+aiosqlite:///x.db", "sqlite+aiosqlite", id="sqlite-as-it-is"),
        pytest.param("postgres://user@host/name", "postgresql+psycopg", id="postgres"),
        pytest.param("postgresql://user@host/name", "postgresql+psycopg", id="postgresql"),
        pytest.param("postgresql+asyncpg://host/name", "postgresql+psycopg", id="other-driver"),
    ],
)
def test_the_driver_is_ours(url: str, driver: str) -> None:
    assert normal_url(url).drivername == driver


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        pytest.param("compromisos.db", None, id="no-scheme"),
        pytest.param("", None, id="empty"),
        pytest.param("postgresql://user:secret@host:port/name", None, id="port-is-no-number"),
        pytest.param("mysql://user:secret@host/name", "mysql", id="other-database"),
        pytest.param("sqlite://", "sqlite", id="sqlite-without-file"),
        pytest.param("sqlite:///:memory:", "sqlite", id="sqlite-in-memory"),
    ],
)
def test_a_wrong_address_is_refused_without_its_password(url: str, scheme: str | None) -> None:
    with pytest.raises(DatabaseUrlError) as caught:
        Database(url)

    assert caught.value.scheme == scheme
    assert "secret" not in repr(caught.value)


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_needs_a_fixed_sqlite(version: tuple[int, int, int], *, is_safe: bool) -> None:
    assert is_wal_safe(version) is is_safe


async def test_a_sqlite_connection_is_set_up(sqlite_database: Database) -> None:
    names = ("foreign_keys", "busy_timeout", "journal_mode", "synchronous")

    async with sqlite_database.session() as session:
        found = [(await session.execute(text(f"PRAGMA {name}"))).scalar_one() for name in names]

    journal = ["wal", 2] if is_wal_safe(sqlite3.sqlite_version_info) else ["delete", 3]
    assert found == [1, 10_000, *journal]


async def test_what_is_written_stays(database: Database) -> None:
    async with database.write() as session:
        await save_question(session, 1, "{}", NOW)

    async with database.session() as session:
        assert await session.scalar(select(func.count()).select_from(SavedQuestion)) == 1


async def test_an_exception_undoes_what_was_written(database: Database) -> None:
    async def fail_after_writing() -> None:
        async with database.write() as session:
            await save_question(session, 1, "{}", NOW)
            raise LookupError

    with pytest.raises(LookupError):
        await fail_after_writing()

    async with database.session() as session:
        assert await session.scalar(select(func.count()).select_from(SavedQuestion)) == 0


async def test_a_read_session_keeps_no_change(database: Database) -> None:
    async with database.session() as session:
        await save_question(session, 1, "{}", NOW)

    async with database.session() as session:
        assert await session.scalar(select(func.count()).select_from(SavedQuestion)) == 0


async def test_writers_at_once_follow_one_another(database: Database) -> None:
    async def increase() -> None:
        async with database.write() as session:
            found = await session.scalar(select(MatrixVersion.version).with_for_update())
            assert found is not None
            await session.execute(update(MatrixVersion).values(version=found + 1))

    async with asyncio.TaskGroup() as group:
        for _ in range(12):
            group.create_task(increase())

    async with database.session() as session:
        assert await session.scalar(select(MatrixVersion.version)) == 12


async def test_a_naive_instant_is_refused(database: Database) -> None:
    with pytest.raises(StatementError):
        async with database.write() as session:
            await save_question(session, 1, "{}", NOW.replace(tzinfo=None))


async def test_our_own_mistake_is_not_called_unavailable(sqlite_database: Database) -> None:
    with pytest.raises(OperationalError):
        async with sqlite_database.session() as session:
            await session.execute(text("SELECT * FROM nothing"))


async def test_there_is_one_counter_of_loads(database: Database) -> None:
    row = "INSERT INTO matrix_version (id, version) VALUES (2, 0)"

    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await session.execute(text(row))


async def reason_of(url: str) -> tuple[str, Unavailable]:
    database = Database(url)
    try:
        with pytest.raises(DatabaseUnavailableError) as caught:
            async with database.write() as session:
                await session.execute(text("CREATE TABLE probe (id INTEGER)"))
    finally:
        await database.dispose()
    assert "secret" not in repr(caught.value)
    return caught.value.where, caught.value.reason


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "x.db"

    assert await reason_of(f"sqlite:///{path}") == (str(path), Unavailable.NO_FOLDER)


async def test_a_folder_that_cannot_be_written_is_named() -> None:
    path = "/proc/compromisos.db"

    assert await reason_of(f"sqlite:///{path}") == (path, Unavailable.READ_ONLY)


async def test_a_file_that_cannot_be_written_is_named(sqlite_url: str) -> None:
    path = sqlite_url.removeprefix("sqlite:///")

    where, reason = await reason_of(f"sqlite:///file:{path}?mode=ro&uri=true")

    assert (where, reason) == (f"file:{path}", Unavailable.READ_ONLY)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_text("this is a letter, and long enough to be read as a header " * 20)

    assert await reason_of(f"sqlite:///{path}") == (str(path), Unavailable.NOT_A_DATABASE)


async def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    where, reason = await reason_of(f"sqlite:///{tmp_path}")

    assert (where, reason) == (str(tmp_path), Unavailable.NOT_A_DATABASE)


async def test_a_server_that_does_not_answer_is_named() -> None:
    with reserved_port() as port:
        where, reason = await reason_of(f"postgres://user:secret@127.0.0.1:{port}/name")

    assert (where, reason) == (f"127.0.0.1:{port}/name", Unavailable.UNREACHABLE)


async def test_a_server_without_the_database_is_named(postgres_server: Server) -> None:
    where, reason = await reason_of(postgres_server.url("missing"))

    assert (where, reason) == (
        f"127.0.0.1:{postgres_server.port}/missing",
        Unavailable.NO_DATABASE,
    )


async def test_a_server_that_refuses_the_user_is_named(postgres_server: Server) -> None:
    url = f"postgresql://nobody:secret@127.0.0.1:{postgres_server.port}/postgres"

    assert (await reason_of(url))[1] == Unavailable.REFUSED
