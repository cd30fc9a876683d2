"""What every test may ask for: a migrated database of its own, empty or with the act."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio

from seed.load import load_bundled
from storage.engine import Database
from storage.migrate import upgrade
from tests.support import postgres

TEMPLATE, LOADED = "migrated", "signed"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, and what shares something: no processor waits at the end."""
    first = {"long", "xdist_group"}
    items.sort(key=lambda item: not any(mark.name in first for mark in item.iter_markers()))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    await migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server; without one its tests are skipped, but fail in CI."""
    if not postgres.is_installed():
        reason = f"no PostgreSQL server in {postgres.BINARIES}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with postgres.running_server() as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated_server(postgres_server: postgres.Server) -> postgres.Server:
    """A server with a migrated database to copy."""
    postgres_server.create(TEMPLATE)
    await migrate(postgres_server.url(TEMPLATE))
    return postgres_server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def loaded_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the act in it, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "loaded.db"
    shutil.copyfile(migrated_file, path)
    await load(f"sqlite:///{path}")
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def loaded_server(migrated_server: postgres.Server) -> postgres.Server:
    """A server with a database to copy that has the act in it."""
    migrated_server.create(LOADED, TEMPLATE)
    await load(migrated_server.url(LOADED))
    return migrated_server


async def migrate(url: str) -> None:
    """Bring a database to the newest schema."""
    database = Database(url)
    try:
        await upgrade(database)
    finally:
        await database.dispose()


async def load(url: str) -> None:
    """Bring the act into a migrated database."""
    database = Database(url)
    try:
        await load_bundled(database)
    finally:
        await database.dispose()


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """A migrated SQLite file."""
    path = tmp_path / "test.db"
    shutil.copyfile(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(migrated_server: postgres.Server) -> Iterator[str]:
    """A migrated PostgreSQL database."""
    name = f"test_{uuid4().hex}"
    migrated_server.create(name, TEMPLATE)
    yield migrated_server.url(name)
    migrated_server.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database, once on each engine."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def loaded_sqlite_url(loaded_file: Path, tmp_path: Path) -> str:
    """A SQLite file with the act in it."""
    path = tmp_path / "loaded.db"
    shutil.copyfile(loaded_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def loaded_postgres_url(loaded_server: postgres.Server) -> Iterator[str]:
    """A PostgreSQL database with the act in it."""
    name = f"test_{uuid4().hex}"
    loaded_server.create(name, LOADED)
    yield loaded_server.url(name)
    loaded_server.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def loaded_url(request: pytest.FixtureRequest) -> str:
    """A database with the act in it, once on each engine."""
    return str(request.getfixturevalue(f"loaded_{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a schema, once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = f"empty_{uuid4().hex}"
    server.create(name)
    yield server.url(name)
    server.drop(name)


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database, once on each engine."""
    database = Database(database_url)
    yield database
    await database.dispose()


@pytest_asyncio.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    """A migrated SQLite file, for what is the same on both engines."""
    database = Database(sqlite_url)
    yield database
    await database.dispose()
