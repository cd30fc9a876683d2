import asyncio
from datetime import UTC, datetime

import pytest
from telegram import CallbackQuery, Chat, Message, Update, User

from bot.lanes import Lanes, lane_of

ANA = User(1001, "Ana", is_bot=False)


def update_in(chat_id: int) -> Update:
    return Update(1, callback_query=pressed_in(chat_id))


def pressed_in(chat_id: int) -> CallbackQuery:
    return CallbackQuery("1", ANA, "1", message=said_in(chat_id))


def said_in(chat_id: int) -> Message:
    return Message(1, datetime(2021, 5, 14, tzinfo=UTC), Chat(chat_id, Chat.GROUP))


class Work:
    """Updates that wait at a gate each, and note when they begin and end."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    async def update(self, chat_id: int, name: str) -> None:
        await self.lanes.process_update(update_in(chat_id), self._wait(name))

    async def _wait(self, name: str) -> None:
        self.begun.append(name)
        await self.gates.setdefault(name, asyncio.Event()).wait()
        self.ended.append(name)

    def open(self, *names: str) -> None:
        for name in names:
            self.gates.setdefault(name, asyncio.Event()).set()


async def settle() -> None:
    """Let every task run as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_updates_of_one_chat_keep_their_order() -> None:
    work = Work(Lanes())

    async with asyncio.TaskGroup() as tasks:
        for name in ("first", "second", "third"):
            tasks.create_task(work.update(1, name))
        work.open("third", "second")
        await settle()
        begun_before = list(work.begun)
        work.open("first")

    assert begun_before == ["first"]
    assert work.ended == ["first", "second", "third"]


async def test_chats_run_side_by_side() -> None:
    work = Work(Lanes())

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(work.update(1, "slow"))
        tasks.create_task(work.update(2, "quick"))
        work.open("quick")
        await settle()
        ended_before = list(work.ended)
        work.open("slow")

    assert ended_before == ["quick"]


async def test_no_more_chats_run_than_there_are_lanes() -> None:
    work, names = Work(Lanes(32)), [f"chat {number}" for number in range(40)]

    async with asyncio.TaskGroup() as tasks:
        for number, name in enumerate(names):
            tasks.create_task(work.update(number, name))
        await settle()
        begun_before = list(work.begun)
        work.open(*names)

    assert begun_before == names[:32]
    assert sorted(work.ended) == sorted(names)


async def test_a_talkative_chat_does_not_keep_others_out() -> None:
    work, many = Work(Lanes(2)), [f"many {number}" for number in range(50)]

    async with asyncio.TaskGroup() as tasks:
        for name in many:
            tasks.create_task(work.update(1, name))
        tasks.create_task(work.update(2, "other"))
        work.open("other")
        await settle()
        ended_before = list(work.ended)
        work.open(*many)

    assert ended_before == ["other"]
    assert work.ended == ["other", *many]


async def test_a_failure_frees_the_lane() -> None:
    lanes, work = Lanes(1), []

    async def fail() -> None:
        raise RuntimeError

    async def succeed() -> None:
        work.append("done")

    with pytest.raises(RuntimeError):
        await lanes.process_update(update_in(1), fail())
    await lanes.process_update(update_in(1), succeed())

    assert work == ["done"]


async def test_an_update_cancelled_before_its_turn_leaves_nothing_behind() -> None:
    work = Work(Lanes())

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(work.update(1, "first"))
        second = tasks.create_task(work.update(1, "second"))
        tasks.create_task(work.update(1, "third"))
        await settle()
        second.cancel()
        work.open("first", "third")

    assert work.ended == ["first", "third"]


def test_a_lane_is_the_chat_else_the_sender() -> None:
    without_chat = Update(1, callback_query=CallbackQuery("1", ANA, "1"))

    assert lane_of(update_in(-5)) == -5
    assert lane_of(without_chat) == 1001
    assert lane_of(Update(1)) != lane_of(Update(2))
