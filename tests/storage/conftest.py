"""A matrix with one of everything that a filter can ask for."""

from collections.abc import AsyncIterator

import pytest_asyncio
from sqlalchemy import update

from storage.engine import Database, Session
from storage.load import load_act
from storage.models import VerificationMeans
from storage.records import Status
from tests.storage import matrices


async def set_status(session: Session, statuses: dict[str, Status]) -> None:
    """Put means where a test wants them to stand, by code."""
    for code, status in statuses.items():
        of_code = update(VerificationMeans).where(VerificationMeans.code == code)
        await session.execute(of_code.values(status=status))


@pytest_asyncio.fixture
async def session(database: Database) -> AsyncIterator[Session]:
    """A session on a database with the act of `matrices`, once on each engine."""
    async with database.write() as session:
        await load_act(session, matrices.ACT)
        await set_status(session, matrices.STATUSES)
    async with database.session() as session:
        yield session
