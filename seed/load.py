"""The acts that come with the program, into the database."""

from hashlib import sha256

from seed.act import bundled_acts, read_act
from storage.engine import Database
from storage.load import is_loaded, load_act


async def load_bundled(database: Database) -> None:
    """Load each bundled act that is not in the database as its file now says it.

    Raises:
        ActFileError: a file was corrected wrongly; nothing of it is loaded.
    """
    for path in bundled_acts():
        async with database.session() as session:
            if await is_loaded(session, sha256(path.read_bytes()).hexdigest()):
                continue
        act = read_act(path)
        async with database.write() as session:
            await load_act(session, act)
