"""The database: one transaction at a time, on SQLite or PostgreSQL."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TypeAlias, cast

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnectionError
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import ConnectionPoolEntry

from storage import sqlite_driver
from storage.errors import (
    BrokenReferencesError,
    DatabaseUnavailableError,
    DatabaseUrlError,
    Unavailable,
)

Session: TypeAlias = AsyncSession

BUSY_TIMEOUT_MS = 10_000
CONNECT_TIMEOUT_SECONDS = 10
CONNECTIONS, MORE_CONNECTIONS = 10, 20  # of each program to a server, always and at most
PAGE_CACHE_KIB = 16_384
ANALYSED_ROWS = 1_000  # of each index, when ANALYZE counts how selective it is

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
SQLITE_REASONS = {
    sqlite3.SQLITE_BUSY: Unavailable.BUSY,
    sqlite3.SQLITE_LOCKED: Unavailable.BUSY,
    sqlite3.SQLITE_READONLY: Unavailable.READ_ONLY,
    sqlite3.SQLITE_PERM: Unavailable.READ_ONLY,
    sqlite3.SQLITE_IOERR: Unavailable.DISK,
    sqlite3.SQLITE_CORRUPT: Unavailable.NOT_A_DATABASE,
    sqlite3.SQLITE_NOTADB: Unavailable.NOT_A_DATABASE,
    sqlite3.SQLITE_FULL: Unavailable.FULL,
    sqlite3.SQLITE_NOMEM: Unavailable.BUSY,
}
PRIMARY_CODE = 0xFF  # an extended result code of SQLite keeps the primary one in its low byte
SQLSTATE_REASONS = {
    "28000": Unavailable.REFUSED,
    "28P01": Unavailable.REFUSED,
    "42501": Unavailable.REFUSED,
    "3D000": Unavailable.NO_DATABASE,
    "25006": Unavailable.READ_ONLY,
    "40001": Unavailable.CROSSED,
    "40P01": Unavailable.CROSSED,
    "53100": Unavailable.FULL,
    "53200": Unavailable.BUSY,
    "53300": Unavailable.BUSY,
    "55P03": Unavailable.BUSY,
    "57014": Unavailable.BUSY,
    "58030": Unavailable.DISK,
    "XX001": Unavailable.DISK,
    "XX002": Unavailable.DISK,
}
LOST_CONNECTION_STATES = ("08", "57P")
# A refused connection carries no SQLSTATE, only these words.
CONNECT_REASONS = {
    'role "': Unavailable.REFUSED,  # one that does not exist, or may not log in
    "password authentication failed": Unavailable.REFUSED,
    "no password supplied": Unavailable.REFUSED,
    "no pg_hba.conf entry": Unavailable.REFUSED,
    "does not exist": Unavailable.NO_DATABASE,
    "too many clients": Unavailable.BUSY,
}


class Database:
    """A pool of connections to one database; dispose of it before the loop ends."""

    def __init__(self, url: str) -> None:
        """Read the address; nothing is opened yet.

        Raises:
            DatabaseUrlError: `url` names neither a SQLite file nor a PostgreSQL database.
        """
        self._url = normal_url(url)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        self._engine = self._open(foreign_keys=True)
        self._reading = async_sessionmaker(self._engine, expire_on_commit=False)
        self._writing = async_sessionmaker(writing(self._engine), expire_on_commit=False)
        # SQLite lets one write at a time: here they queue in order, there each would poll the lock
        self._turn = asyncio.Lock() if self.is_sqlite else nullcontext()

    @property
    def where(self) -> str:
        """The path, or host, port and name; never the password."""
        name = self._url.database or ""
        if self.is_sqlite:
            return name
        return f"{self._url.host or 'localhost'}:{self._url.port or 5432}/{name}"

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        """Read in one transaction; a change made in it is undone."""
        with self._failures():
            async with self._reading() as session:
                yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        """Write in one transaction: committed at the end, undone by an exception."""
        with self._failures():
            async with self._turn, self._writing.begin() as session:
                yield session

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[AsyncConnection]:
        """Change the schema in one transaction.

        SQLite alters a table by dropping it and building it anew, which deletes all that refers
        to it. So the foreign keys are off meanwhile and checked at the end.

        Raises:
            BrokenReferencesError: the check found rows that refer to nothing.
        """
        engine = self._open(foreign_keys=False)
        try:
            with self._failures():
                async with writing(engine).begin() as connection:
                    yield connection
                    await self._check_references(connection)
        finally:
            await engine.dispose()

    async def lasting_connection(self) -> AsyncConnection:
        """Open a connection that its user keeps; what it runs is committed at once.

        Raises:
            DatabaseUnavailableError: it cannot be opened.
        """
        with self._failures():
            lasting = self._engine.execution_options(isolation_level="AUTOCOMMIT")
            return await lasting.connect()

    async def dispose(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    def _open(self, *, foreign_keys: bool) -> AsyncEngine:
        if not self.is_sqlite:
            url = self._url
            if "connect_timeout" not in url.query:
                url = url.update_query_dict({"connect_timeout": str(CONNECT_TIMEOUT_SECONDS)})
            return create_async_engine(
                url,
                pool_pre_ping=True,
                pool_size=CONNECTIONS,
                max_overflow=MORE_CONNECTIONS,
                hide_parameters=True,  # what people wrote, and invitations, are in no error
            )
        arguments, named = self._url.get_dialect()().create_connect_args(self._url)
        connect = partial(sqlite_driver.connect, *arguments, **named)
        engine = create_async_engine(self._url, async_creator=connect, hide_parameters=True)
        pragmas = sqlite_pragmas(sqlite3.sqlite_version_info, foreign_keys=foreign_keys)

        @event.listens_for(engine.sync_engine, "connect")
        def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
            connection.isolation_level = None  # the driver must not begin by itself
            try:
                cursor = connection.cursor()
                for pragma in pragmas:
                    cursor.execute(f"PRAGMA {pragma}")
                cursor.close()
            except sqlite3.Error:
                connection.close()  # the pool forgets a connection that was never set up
                raise

        @event.listens_for(engine.sync_engine, "begin")
        def begin(connection: Connection) -> None:
            is_writing = connection.get_execution_options().get("is_writing", False)
            driver = cast("sqlite_driver.Connection", connection.connection.driver_connection)
            driver.begin("BEGIN IMMEDIATE" if is_writing else "BEGIN")

        return engine

    async def _check_references(self, connection: AsyncConnection) -> None:
        if self.is_sqlite:
            broken = await connection.exec_driver_sql("PRAGMA foreign_key_check")
            if tables := sorted({str(row[0]) for row in broken}):
                raise BrokenReferencesError(tuple(tables))

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            reason = self._reason(error)
            if reason is None:
                raise
            raise DatabaseUnavailableError(self.where, reason) from error
        except NoFreeConnectionError as error:
            raise DatabaseUnavailableError(self.where, Unavailable.BUSY) from error

    def _reason(self, error: DBAPIError) -> Unavailable | None:
        """Why the database itself failed; None for a mistake of ours."""
        if not self.is_sqlite:
            return server_reason(error)
        code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY_CODE
        if code != sqlite3.SQLITE_CANTOPEN:
            return SQLITE_REASONS.get(code)
        path = Path(self.where)
        if path.is_dir():
            return Unavailable.NOT_A_DATABASE
        return Unavailable.READ_ONLY if path.parent.is_dir() else Unavailable.NO_FOLDER


def writing(engine: AsyncEngine) -> AsyncEngine:
    """The same pool, for transactions that take the write lock at their beginning."""
    return engine.execution_options(is_writing=True)


def normal_url(url: str) -> URL:
    """Name the driver we use, whatever `url` names.

    Raises:
        DatabaseUrlError: `url` names neither a SQLite file nor a PostgreSQL database.
    """
    try:
        read = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseUrlError(None) from None
    driver = DRIVERS.get(read.drivername.partition("+")[0])
    if driver is None or (driver == DRIVERS["sqlite"] and read.database in {None, "", ":memory:"}):
        raise DatabaseUrlError(read.drivername)
    return read.set(drivername=driver)


def sqlite_pragmas(version: tuple[int, int, int], *, foreign_keys: bool) -> list[str]:
    """How each connection is set up."""
    is_safe = is_wal_safe(version)
    return [
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        f"journal_mode = {'WAL' if is_safe else 'DELETE'}",
        f"synchronous = {'FULL' if is_safe else 'EXTRA'}",
        f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        f"cache_size = -{PAGE_CACHE_KIB}",
        f"analysis_limit = {ANALYSED_ROWS}",
    ]


def is_wal_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has the fix of a rare corruption in WAL mode.

    Source: the release notes of SQLite 3.51.3, with its backports 3.50.7 and 3.44.6.
    """
    return version >= (3, 51, 3) or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in ((3, 50, 7), (3, 44, 6))
    )


def server_reason(error: DBAPIError) -> Unavailable | None:
    """Why the PostgreSQL server cannot be used; None for a mistake of ours."""
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return connect_reason(str(error.orig)) if isinstance(error, OperationalError) else None
    if state.startswith(LOST_CONNECTION_STATES):
        return Unavailable.UNREACHABLE
    return SQLSTATE_REASONS.get(state)


def connect_reason(words: str) -> Unavailable:
    """Why no connection came about; the driver gives no code for that."""
    return next(
        (reason for phrase, reason in CONNECT_REASONS.items() if phrase in words),
        Unavailable.UNREACHABLE,
    )
