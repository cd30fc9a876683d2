"""aiosqlite with one call of its thread a statement, where SQLAlchemy's adapter makes four.

The adapter opens a cursor, executes, fetches all rows and closes the cursor, and awaits the
connection's thread each time; these calls cost more than a small query. Here the thread does it
all at once, `BEGIN` included.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Self

import aiosqlite

Row = tuple[Any, ...]


class Cursor:
    """What SQLAlchemy's adapter asks of a cursor, from rows that are fetched already."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: list[Row] = []
        self.description: tuple[Row, ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        """Open nothing yet."""
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement and fetch its rows."""
        await self._connection.call(
            self._run, lambda cursor: cursor.execute(sql, parameters), fetches=True
        )

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each of the parameters."""
        await self._connection.call(
            self._run, lambda cursor: cursor.executemany(sql, parameters), fetches=False
        )

    async def fetchall(self) -> list[Row]:
        """Give the rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Keep nothing open: the thread has closed its cursor."""

    def _run(
        self,
        opened: sqlite3.Connection,
        execute: Callable[[sqlite3.Cursor], object],
        *,
        fetches: bool,
    ) -> None:
        cursor = opened.cursor()
        try:
            execute(cursor)
            if fetches:
                self._rows = cursor.fetchall()
            self.description = cursor.description
            self.rowcount = cursor.rowcount
            self.lastrowid = cursor.lastrowid
        finally:
            cursor.close()


class Connection(aiosqlite.Connection):
    """An aiosqlite connection whose transaction begins with its first statement."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connect, iter_chunk_size=64)
        self._thread.daemon = True  # one that was never closed must not keep the program alive
        self._begin: str | None = None

    def begin(self, sql: str) -> None:
        """Run `sql` just before the next statement."""
        self._begin = sql

    def cursor(self) -> Cursor:  # type: ignore[override]  # the part of it that SQLAlchemy asks for
        """Make a cursor that fetches as it executes."""
        return Cursor(self)

    async def call(self, function: Callable[..., None], *arguments: Any, **named: Any) -> None:
        """Run a function in the connection's thread, on the connection of sqlite3."""
        run = partial(self._within, function, *arguments, **named)
        await self._execute(run)  # type: ignore[no-untyped-call]

    async def commit(self) -> None:
        """Commit, if anything has begun."""
        if not self._ends_unbegun():
            await super().commit()

    async def rollback(self) -> None:
        """Roll back, if anything has begun."""
        if not self._ends_unbegun():
            await super().rollback()

    def _within(self, function: Callable[..., None], *arguments: Any, **named: Any) -> None:
        if self._begin is not None:
            self._conn.execute(self._begin)
            self._begin = None
        function(self._conn, *arguments, **named)

    def _ends_unbegun(self) -> bool:
        is_unbegun = self._begin is not None
        self._begin = None
        return is_unbegun


async def connect(*arguments: Any, **named: Any) -> Connection:
    """Open a database; arguments as for `sqlite3.connect`.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    # The thread outlives a file that cannot be opened, and then dies loudly.
    sqlite3.connect(*arguments, **named).close()
    connection = Connection(partial(sqlite3.connect, *arguments, **named))
    opening = asyncio.ensure_future(_opened(connection))
    try:
        await asyncio.shield(opening)
    except asyncio.CancelledError:  # whoever asked is gone: nobody else would close it
        await opening
        await connection.close()
        raise
    return connection


async def _opened(connection: Connection) -> None:
    await connection
