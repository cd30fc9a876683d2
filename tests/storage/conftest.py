"""The act of `matrices`, loaded once on each engine for the tests that only read."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import update

from storage.engine import Database, Session
from storage.load import load_act
from storage.models import VerificationMeans
from storage.records import Status
from tests.conftest import TEMPLATE
from tests.storage import matrices
from tests.support.postgres import Server


async def set_status(session: Session, statuses: dict[str, Status]) -> None:
    """Put means where a test wants them to stand, by code."""
    for code, status in statuses.items():
        of_code = update(VerificationMeans).where(VerificationMeans.code == code)
        await session.execute(of_code.values(status=status))


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def place_to_load(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A migrated database for the whole run, once on each engine."""
    if request.param == "sqlite":
        migrated: Path = request.getfixturevalue("migrated_file")
        path = tmp_path_factory.mktemp("matrix") / "matrix.db"
        shutil.copyfile(migrated, path)
        yield f"sqlite:///{path}"
        return
    server: Server = request.getfixturevalue("migrated_server")
    server.create("matrix", TEMPLATE)
    yield server.url("matrix")
    server.drop("matrix")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def loaded_url(place_to_load: str) -> str:
    """The database with the act of `matrices`."""
    database = Database(place_to_load)
    try:
        async with database.write() as session:
            await load_act(session, matrices.ACT)
            await set_status(session, matrices.STATUSES)
    finally:
        await database.dispose()
    return place_to_load


@pytest_asyncio.fixture
async def session(loaded_url: str) -> AsyncIterator[Session]:
    """A read session on the act of `matrices`."""
    database = Database(loaded_url)
    async with database.session() as session:
        yield session
    await database.dispose()
