"""Which programs run on one database, and which of them leads.

On PostgreSQL a program is known by a lock that ends with its connection, so that one that was
killed is gone at once. A SQLite file has one program.
"""

import asyncio
import logging
from secrets import randbelow

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database, Session
from storage.errors import StorageError

logger = logging.getLogger(__name__)

PROGRAMS, LEADER = 2_021_003, 2_021_004  # name our locks among those of the server
LARGEST = 2**31 - 1

ANSWER_SECONDS = 5.0  # which the server may take, before this program counts itself as gone
FAST_END = text(
    "SELECT set_config('tcp_keepalives_idle', '5', false),"
    " set_config('tcp_keepalives_interval', '5', false),"
    " set_config('tcp_keepalives_count', '2', false)"
)  # so that the server notices within seconds that the machine of a program is gone
TAKE = text("SELECT pg_advisory_lock(:kind, :id)")
TRY = text("SELECT pg_try_advisory_lock(:kind, 0)")
HELD = text("""
SELECT objid FROM pg_locks
WHERE locktype = 'advisory' AND classid = :kind AND objsubid = 2 AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
""")


class Presence:
    """This program among those on its database."""

    def __init__(self, database: Database) -> None:
        self.id = 1 + randbelow(LARGEST)
        self.leads = database.is_sqlite  # as of the last look
        self._database = database
        self._connection: AsyncConnection | None = None

    async def look(self) -> bool:
        """Show that this program lives; tell whether it leads, which it does as soon as it can."""
        if self._database.is_sqlite:
            return True
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._look()
        except (SQLAlchemyError, StorageError, OSError, TimeoutError) as error:
            logger.error("not present on the database: %s", type(error).__name__)  # noqa: TRY400
            await self.leave()
        return self.leads

    async def _look(self) -> None:
        if self._connection is None:
            self._connection = await self._database.lasting_connection()
            await self._connection.execute(FAST_END)
            await self._connection.execute(TAKE, {"kind": PROGRAMS, "id": self.id})
        if self.leads:
            await self._connection.execute(text("SELECT 1"))
        else:
            found = await self._connection.execute(TRY, {"kind": LEADER})
            self.leads = bool(found.scalar_one())

    async def alive(self, session: Session) -> frozenset[int]:
        """The programs on this database, this one among them."""
        if self._database.is_sqlite:
            return frozenset({self.id})
        found = await session.scalars(HELD, {"kind": PROGRAMS})
        return frozenset({self.id, *found})

    async def leave(self) -> None:
        """Be gone, so that another leads."""
        connection, self._connection = self._connection, None
        self.leads = self._database.is_sqlite
        if connection is not None:
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await connection.invalidate()  # closes it, and with it the locks
                    await connection.close()
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                logger.info("the connection was gone: %s", type(error).__name__)
