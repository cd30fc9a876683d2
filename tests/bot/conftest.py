from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from handlers.reader import Readers
from storage.engine import Database
from tests.support.office import Office
from tests.support.telegram import Telegram


@pytest.fixture(autouse=True)
def durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as the program sets it


@pytest.fixture
async def telegram(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Telegram]:
    async with Telegram(database_url=sqlite_url, folder=tmp_path) as telegram:
        yield telegram


@pytest.fixture(scope="session")
def readers() -> Readers:
    """The vocabulary of the act, which is the same in every test."""
    return Readers()


@asynccontextmanager
async def office_with(url: str, folder: Path, readers: Readers) -> AsyncIterator[Office]:
    """People, a database with the act and the local Telegram."""
    database = Database(url)
    async with Telegram(database_url=url, folder=folder) as telegram:
        yield Office(telegram, database, readers)
    await database.dispose()


@pytest.fixture
async def office(loaded_url: str, tmp_path: Path, readers: Readers) -> AsyncIterator[Office]:
    """People and the act, once on each engine."""
    async with office_with(loaded_url, tmp_path, readers) as office:
        yield office


@pytest.fixture
async def sqlite_office(
    loaded_sqlite_url: str, tmp_path: Path, readers: Readers
) -> AsyncIterator[Office]:
    """People and the act, for what does not depend on the engine."""
    async with office_with(loaded_sqlite_url, tmp_path, readers) as office:
        yield office


@pytest.fixture
async def postgres_office(
    loaded_postgres_url: str, tmp_path: Path, readers: Readers
) -> AsyncIterator[Office]:
    """People and the act on a server."""
    async with office_with(loaded_postgres_url, tmp_path, readers) as office:
        yield office
