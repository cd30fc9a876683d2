"""Bring a database to the schema of this program."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.engine import Database
from storage.errors import NewerDatabaseError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0003"  # the newest revision, so that a current database needs no alembic, slow to import
NOTHING = "base"
SCRIPTS = Path(__file__).parent / "migrations"
LOCK_KEY = 2_021_002  # names our lock among those of the PostgreSQL server


async def upgrade(database: Database) -> bool:
    """Create the schema or bring it up to date; False when it was.

    Raises:
        NewerDatabaseError: a newer program made the schema; nothing is changed.
        DatabaseUnavailableError: the database cannot be opened or written.
    """
    if await current_revision(database) == HEAD:
        return False
    await run(database, upgrade_on)
    return True


async def downgrade(database: Database, revision: str = NOTHING) -> None:
    """Take the schema back to `revision`, or to nothing; rows without a place in it go."""
    await run(database, lambda connection: downgrade_on(connection, revision))


async def current_revision(database: Database) -> str | None:
    """The revision of the schema; None where there is none yet."""
    async with database.session() as session:
        connection = await session.connection()
        return await connection.run_sync(revision_on)


async def run(database: Database, change: Callable[[Connection], None]) -> None:
    """Change the schema in one transaction, alone even when two programs start at once."""
    async with database.migrating() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
        await connection.run_sync(change)


def revision_on(connection: Connection) -> str | None:
    """The revision that the last migration left behind."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def upgrade_on(connection: Connection) -> None:
    """Run the migrations that are missing."""
    from alembic import command  # noqa: PLC0415 - slow to import, seldom needed
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    config = alembic_config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = revision_on(connection)
    if found is not None and found not in known:
        raise NewerDatabaseError(found)
    command.upgrade(config, HEAD)


def downgrade_on(connection: Connection, revision: str) -> None:
    """Run the migrations backwards."""
    from alembic import command  # noqa: PLC0415 - slow to import, seldom needed

    command.downgrade(alembic_config(connection), revision)


def alembic_config(connection: Connection) -> "Config":
    """What an alembic.ini would say, and the connection for `migrations/env.py`."""
    from alembic.config import Config  # noqa: PLC0415 - slow to import, seldom needed

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
