"""How fast notices go out within Telegram's limits: `uv run python -m tests.bench.sending`.

As many private chats as asked for get a digest at the same minute, through the local Telegram
with its limits on. Prints the ratio of the time taken to what the limit of 30 a second allows,
and how many calls were refused as too many.
"""

import asyncio
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from bot.demo.limits import ALL, Limits
from handlers.reader import Readers
from seed.load import load_bundled
from storage.engine import Database
from storage.migrate import upgrade
from storage.notices import Schedule, Scope
from storage.outbox import counts
from storage.traffic import OutboxState, Sort
from tests.support.office import MAY_14_AT_TEN, Office
from tests.support.subscribed import subscribed
from tests.support.telegram import Telegram

CHATS = 900
OF_UTAI = Scope(units=("UTAI",))
SCHEDULE = Schedule(weekdays=(4,), lead_days=(), tells_late=False)  # the Friday of the clock


async def send(chats: int, folder: Path) -> tuple[float, int]:
    """Have so many chats told something; give the seconds it took, and the refused calls."""
    url = f"sqlite:///{folder / 'sending.db'}"
    database = Database(url)
    await upgrade(database)
    await load_bundled(database)
    telegram = Telegram(database_url=url, folder=folder, seconds=600.0, limits=Limits())
    async with telegram:
        office = Office(telegram, database, Readers(), is_open=True)
        office.clock.instant = MAY_14_AT_TEN - timedelta(days=1)
        async with database.write() as session:
            for number in range(chats):
                chat_id, now = telegram.private(f"Persona {number}"), office.clock.now()
                await subscribed(session, chat_id, SCHEDULE, now, scope=OF_UTAI)
        async with office.bot():
            loop, times = asyncio.get_running_loop(), list[float]()

            def listen(_event: object) -> None:
                if len(times) < shown():
                    times.append(loop.time())
                    telegram.world.updates.wake()

            def shown() -> int:
                return sum(len(chat.messages) for chat in telegram.world.chats.values())

            with telegram.world.listening(listen):
                office.clock.instant = MAY_14_AT_TEN
                await office.tick()
                await telegram.world.updates.until(lambda: shown() >= chats)
        calls = sum(call.method == "sendMessage" for call in telegram.server.calls)
    async with database.session() as session:
        assert (await counts(session))[Sort.DIGEST, OutboxState.SENT] == chats
    await database.dispose()
    return times[-1] - times[0], calls - chats


def main() -> None:
    """Measure and print."""
    chats = int(sys.argv[1]) if len(sys.argv) > 1 else CHATS
    with tempfile.TemporaryDirectory() as folder:
        seconds, refused = asyncio.run(send(chats, Path(folder)))
    allowed = chats / (ALL.messages / ALL.seconds)
    print(f"{chats} chats: {seconds:.1f} s, {seconds / allowed:.3f} of what the limit allows")
    print(f"refused as too many: {refused}")


if __name__ == "__main__":
    main()
