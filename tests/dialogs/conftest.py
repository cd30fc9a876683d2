import pytest

from storage.engine import Database
from tests.support.conversation import Talk


@pytest.fixture
def database_url(loaded_url: str) -> str:
    """A database with the signed act, once on each engine."""
    return loaded_url


@pytest.fixture
async def talk(database: Database) -> Talk:
    """A chat about the signed act, on 14 May 2021."""
    return Talk(database)
