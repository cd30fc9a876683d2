"""The connection to SQLite, as SQLAlchemy's adapter uses it."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.sqlite_driver import Connection, connect


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database with a table of two rows."""
    path = tmp_path / "test.db"
    opened = sqlite3.connect(path)
    opened.executescript("CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT UNIQUE);")
    opened.executemany("INSERT INTO word (text) VALUES (?)", [("uno",), ("dos",)])
    opened.commit()
    opened.close()
    return path


@pytest.fixture
async def connection(path: Path) -> AsyncIterator[Connection]:
    """A connection that begins nothing by itself, as the engine sets it up."""
    connection = await connect(path, isolation_level=None)
    yield connection
    await connection.close()


def stored(path: Path) -> list[str]:
    """What another connection sees."""
    opened = sqlite3.connect(path)
    try:
        return [text for (text,) in opened.execute("SELECT text FROM word ORDER BY id")]
    finally:
        opened.close()


async def statements(connection: Connection) -> list[str]:
    """The statements that SQLite runs from now on, as they come."""
    seen: list[str] = []
    await connection.set_trace_callback(seen.append)
    return seen


async def test_a_transaction_begins_with_its_first_statement(connection: Connection) -> None:
    seen = await statements(connection)
    connection.begin("BEGIN IMMEDIATE")
    before = list(seen)

    cursor = connection.cursor()
    await cursor.execute("SELECT 1")
    await cursor.execute("SELECT 2")
    await connection.commit()

    assert before == []
    assert seen == ["BEGIN IMMEDIATE", "SELECT 1", "SELECT 2", "COMMIT"]


@pytest.mark.parametrize("ending", ["commit", "rollback"])
async def test_an_empty_transaction_sends_nothing(connection: Connection, ending: str) -> None:
    seen = await statements(connection)

    connection.begin("BEGIN")
    await getattr(connection, ending)()

    assert seen == []


async def test_an_empty_transaction_leaves_no_beginning_behind(connection: Connection) -> None:
    connection.begin("BEGIN")
    await connection.commit()
    seen = await statements(connection)

    await connection.cursor().execute("SELECT 1")

    assert seen == ["SELECT 1"]


async def test_a_commit_keeps_and_a_rollback_undoes(connection: Connection, path: Path) -> None:
    connection.begin("BEGIN")
    await connection.cursor().execute("INSERT INTO word (text) VALUES ('tres')")
    await connection.commit()
    connection.begin("BEGIN")
    await connection.cursor().execute("DELETE FROM word")
    await connection.rollback()

    assert stored(path) == ["uno", "dos", "tres"]


async def test_rows_are_fetched_once(connection: Connection) -> None:
    cursor = connection.cursor()

    await cursor.execute("SELECT text FROM word WHERE id > ? ORDER BY id", (0,))

    assert cursor.description is not None
    assert [column[0] for column in cursor.description] == ["text"]
    assert await cursor.fetchall() == [("uno",), ("dos",)]
    assert await cursor.fetchall() == []


async def test_a_cursor_that_is_used_again_has_the_new_rows(connection: Connection) -> None:
    cursor = connection.cursor()

    await cursor.execute("SELECT 1")
    await cursor.execute("SELECT 2")

    assert await cursor.fetchall() == [(2,)]


async def test_a_change_tells_its_row(connection: Connection) -> None:
    cursor = connection.cursor()

    await cursor.execute("INSERT INTO word (text) VALUES ('tres')")
    inserted = (cursor.lastrowid, cursor.rowcount)
    await cursor.execute("UPDATE word SET text = text || '!'")

    assert inserted == (3, 1)
    assert cursor.rowcount == 3
    assert (cursor.description, await cursor.fetchall()) == (None, [])


async def test_one_statement_is_run_for_many_parameters(
    connection: Connection, path: Path
) -> None:
    cursor = connection.cursor()
    connection.begin("BEGIN")

    await cursor.executemany("INSERT INTO word (text) VALUES (?)", [("tres",), ("cuatro",)])
    await connection.commit()

    assert cursor.rowcount == 2
    assert await cursor.fetchall() == []
    assert stored(path) == ["uno", "dos", "tres", "cuatro"]


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        pytest.param("SELEC 1", sqlite3.OperationalError, id="syntax"),
        pytest.param("INSERT INTO word (text) VALUES ('uno')", sqlite3.IntegrityError, id="twice"),
    ],
)
async def test_an_error_leaves_the_connection_usable(
    connection: Connection, path: Path, statement: str, error: type[sqlite3.Error]
) -> None:
    cursor = connection.cursor()
    connection.begin("BEGIN")

    with pytest.raises(error):
        await cursor.execute(statement)
    await connection.rollback()
    connection.begin("BEGIN")
    await cursor.execute("INSERT INTO word (text) VALUES ('tres')")
    await connection.commit()

    assert stored(path) == ["uno", "dos", "tres"]


async def test_an_error_among_many_parameters_undoes_them_all(
    connection: Connection, path: Path
) -> None:
    connection.begin("BEGIN")

    with pytest.raises(sqlite3.IntegrityError):
        await connection.cursor().executemany(
            "INSERT INTO word (text) VALUES (?)", [("tres",), ("uno",)]
        )
    await connection.rollback()

    assert stored(path) == ["uno", "dos"]


async def test_a_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await connect(tmp_path / "missing" / "x.db")
