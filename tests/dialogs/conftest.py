import pytest

from seed.load import load_bundled
from storage.engine import Database
from tests.support.conversation import Talk


@pytest.fixture
async def talk(database: Database) -> Talk:
    """A chat about the signed act, on 14 May 2021."""
    await load_bundled(database)
    return Talk(database)
