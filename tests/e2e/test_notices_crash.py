"""Notices under fire: the program is killed while it sends, alone and among others."""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select, text

from bot.demo.world import Event
from storage.engine import Database
from storage.models import Occurrence, OutboxMessage
from storage.notices import Rhythm, Schedule
from storage.presence import LEADER
from storage.traffic import UNFINISHED, OutboxState, Sort
from tests.support.forking import forking
from tests.support.subscribed import subscribed
from tests.support.telegram import Telegram

LEADERS = 3  # that are killed one after the other
pytestmark = pytest.mark.long
KILLS = int(os.environ.get("KILLS", "25"))
CHATS = max(80, KILLS)  # each gets a digest and a reminder, so that some are left to each kill
ENOUGH = 60.0  # seconds to finish what is left
REPLACED_SECONDS = 30.0  # in which another program leads
QUIET_SECONDS = 5.0  # after which nothing comes any more
TODAY = "2021-05-30"  # on which much falls due the next day
BEGUN = datetime(2021, 5, 28, 15, tzinfo=UTC)
DAILY = Schedule(
    rhythm=Rhythm.DAILY, lead_days=(30, 7, 3, 2, 1), at=time(0)
)  # over, whatever the hour
DIGEST, REMINDER = "📬", "⏰"


class Town:
    """Many chats that are all told something, and what each of them saw."""

    def __init__(self, telegram: Telegram, database: Database) -> None:
        self.telegram, self.database = telegram, database
        self.random = random.Random(int(os.environ.get("SEED", "5")))  # noqa: S311 - when to kill

    async def subscribe(self) -> None:
        """Have a digest and a reminder due in every chat."""
        async with self.database.write() as session:
            for number in range(CHATS):
                chat_id = self.telegram.private(f"Persona {number}")
                await subscribed(session, chat_id, DAILY, BEGUN)

    def listen(self, _event: Event) -> None:
        """Let those look who wait for something to be sent."""
        self.telegram.world.updates.wake()

    async def until_sent(self, more: int) -> None:
        """Wait until so many more messages are there, or until nothing comes any more."""
        goal = self.shown + more
        await self.telegram.world.updates.until(lambda: self.shown >= goal, QUIET_SECONDS)

    @property
    def shown(self) -> int:
        """How many messages there are in all chats."""
        return sum(len(chat.messages) for chat in self.telegram.world.chats.values())

    @property
    def seen(self) -> Counter[tuple[int, str]]:
        """How often each chat saw a notice of each kind."""
        return Counter(
            (chat.id, sign)
            for chat in self.telegram.world.chats.values()
            for message in chat.messages.values()
            for sign in (DIGEST, REMINDER)
            if message.get("text", "").startswith(sign)
        )

    async def left(self) -> int:
        query = select(func.count()).where(OutboxMessage.state.in_(UNFINISHED))
        async with self.database.session() as session:
            return (await session.execute(query)).scalar_one()

    async def finish(self) -> None:
        """Wait until nothing is left to be sent."""
        async with asyncio.timeout(ENOUGH):
            while await self.left():
                await self.until_sent(1)


@pytest_asyncio.fixture
async def town(loaded_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    database = Database(loaded_url)
    async with Telegram(database_url=loaded_url, folder=tmp_path, seconds=60.0) as telegram:
        town = Town(telegram, database)
        await town.subscribe()
        with telegram.world.listening(town.listen):
            yield town
    await database.dispose()


def variables(town: Town) -> dict[str, str]:
    return {
        "BOT_TOKEN": town.telegram.token,
        "BOT_API_URL": town.telegram.url,
        "BOT_DATABASE_URL": town.telegram.database_url,
        "BOT_EVIDENCE_DIR": str(town.telegram.folder / "evidencia"),
        "BOT_OPEN_READING": "true",
        "BOT_TODAY": TODAY,
    }


async def check(town: Town, kills: int) -> Counter[str]:
    """Nothing is lost; what came twice is a reminder, and no more of them than were in flight."""
    async with town.database.session() as session:
        states = Counter(
            {
                (Sort(sort), OutboxState(state)): number
                for sort, state, number in await session.execute(
                    select(OutboxMessage.sort, OutboxMessage.state, func.count()).group_by(
                        OutboxMessage.sort, OutboxMessage.state
                    )
                )
            }
        )
        held = set(
            await session.scalars(
                select(OutboxMessage.chat_id).where(OutboxMessage.state == OutboxState.HELD)
            )
        )
        occurrences = (await session.execute(select(func.count(Occurrence.id)))).scalar_one()
    seen = town.seen
    digests = {chat for chat, sign in seen if sign == DIGEST}
    reminders = {chat for chat, sign in seen if sign == REMINDER}
    twice = Counter(sign for key, number in seen.items() for sign in key[1:] if number > 1)
    everybody = set(town.telegram.world.chats)

    assert {state for _, state in states} <= {OutboxState.SENT, OutboxState.HELD}
    assert {sort for sort, state in states if state is OutboxState.HELD} <= {Sort.DIGEST}
    assert digests | held == everybody
    assert reminders == everybody
    assert twice[DIGEST] == 0
    assert max(seen.values()) <= 1 + kills
    assert occurrences == CHATS * 2 * 2  # the digests and the reminders of two days
    return Counter(held=len(held), repeated=twice[REMINDER])


@pytest.mark.parametrize("loaded_url", ["sqlite"], indirect=True)
async def test_nothing_is_lost_and_no_digest_doubled_when_it_is_killed_while_sending(
    town: Town, tmp_path: Path
) -> None:
    log, kills = tmp_path / "program.log", 0
    async with forking(tmp_path, log, variables(town)) as forks:
        while kills < KILLS:
            pid = await forks.start()
            await town.until_sent(town.random.randint(1, max(1, 2 * CHATS // KILLS)))
            os.kill(pid, signal.SIGKILL)
            await forks.ended(pid)
            kills += 1
            if not await town.left() and await anything(town):
                break
        await forks.start()
        await town.finish()

    found = await check(town, kills)
    print(dict(found), kills, "kills")
    assert kills > KILLS // 2


async def anything(town: Town) -> bool:
    """Whether the program has planned at all."""
    async with town.database.session() as session:
        return bool((await session.execute(select(func.count(Occurrence.id)))).scalar_one())


async def leader(town: Town) -> int | None:
    """The process that leads; None while none does."""
    query = text(
        "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) "
        "WHERE locktype = 'advisory' AND classid = :kind AND granted "
        "AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    async with town.database.session() as session:
        name = await session.scalar(query, {"kind": LEADER})
    return int(name.split()[-1]) if name else None


@pytest.mark.parametrize("loaded_url", ["postgres"], indirect=True)
async def test_three_programs_share_the_work_and_a_dead_leader_is_replaced(
    town: Town, tmp_path: Path
) -> None:
    loop, waits, led = asyncio.get_running_loop(), [], set[int]()
    async with forking(tmp_path, tmp_path / "program.log", variables(town)) as forks:
        for _ in range(3):
            await forks.start()
        for _ in range(LEADERS):
            pid = await next_leader(town, led)
            led.add(pid)
            await town.until_sent(town.random.randint(1, CHATS // 4))
            os.kill(pid, signal.SIGKILL)
            await forks.ended(pid)
            began = loop.time()
            await next_leader(town, led)
            waits.append(loop.time() - began)
            await forks.start()
        await town.finish()

    assert max(waits) < REPLACED_SECONDS
    await check(town, LEADERS)


async def next_leader(town: Town, led: set[int]) -> int:
    """Wait for a leader that has not led before."""
    async with asyncio.timeout(ENOUGH):
        while (found := await leader(town)) is None or found in led:
            await town.telegram.world.updates.until(lambda: False, 0.2)
    return found
