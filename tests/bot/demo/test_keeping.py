"""What outlives the demo, and what is no state of it."""

import asyncio
import json
import logging
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.demo.cast import BOT, settle
from bot.demo.clock import MovableClock
from bot.demo.files import Files
from bot.demo.keeping import Folder
from bot.demo.phones import Phones
from bot.demo.refusals import Json
from bot.demo.saved import UnreadableStateError, dump, restore
from bot.demo.world import World

MAY_14 = date(2021, 5, 14)
CAMPO = 1001


def new_clock() -> MovableClock:
    return MovableClock(ZoneInfo("America/Lima"), MAY_14)


def settled(clock: MovableClock) -> World:
    world = World(BOT, clock, Files())
    settle(world)
    phones, campo = Phones(world), world.people[CAMPO]
    phones.say(world.chats[CAMPO], campo, "¿qué vence? 🙂 \ud83d")
    phones.attach(world.chats[CAMPO], campo, world.files.add("a.pdf", "application/pdf", b"a"))
    world.forget(world.chats[CAMPO], 2)
    group = next(chat for chat in world.chats.values() if not chat.is_private)
    phones.say(group, campo, "buenos días")
    world.commands["default"] = [{"command": "acta", "description": "El acta"}]
    return world


def test_everything_is_taken_up_again() -> None:
    clock, later = new_clock(), new_clock()
    clock.move(7)
    world = settled(clock)
    again = World(BOT, later, Files())

    restore(dump(world, clock), again, later)

    before, after = json.loads(dump(world, clock)), json.loads(dump(again, later))
    assert after.pop("next_update") > before.pop("next_update")
    assert after == before
    assert later.today() == date(2021, 5, 21)


def spoil(change: Callable[[Json], object]) -> str:
    clock = new_clock()
    state = json.loads(dump(settled(clock), clock))
    change(state)
    return json.dumps(state)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="cut-off"),
        pytest.param("[]", id="a-list"),
        pytest.param(spoil(lambda state: state.pop("about")), id="a-part-missing"),
        pytest.param(spoil(lambda state: state.update(people=[])), id="nobody"),
        pytest.param(spoil(lambda state: state.update(commands=None)), id="no-commands"),
        pytest.param(spoil(lambda state: state.update(waiting=[1])), id="no-update"),
        pytest.param(spoil(lambda state: state.update(today="9999-12-31")), id="no-day-of-ours"),
        pytest.param(
            spoil(lambda state: state["chats"][0].update(messages=[{}])), id="no-message"
        ),
    ],
)
def test_what_is_no_state_changes_nothing(text: str) -> None:
    clock = new_clock()
    world = settled(clock)
    before = dump(world, clock)

    with pytest.raises(UnreadableStateError):
        restore(text, world, clock)

    assert dump(world, clock) == before


def test_a_state_that_cannot_be_read_is_put_aside(tmp_path: Path) -> None:
    folder, clock = Folder(tmp_path), new_clock()
    (tmp_path / "telegram.json").write_bytes(b"\xff{")

    with pytest.raises(UnreadableStateError):
        folder.restore(World(BOT, clock), clock)

    assert folder.unreadable.read_bytes() == b"\xff{"
    assert not folder.restore(World(BOT, clock), clock)


async def test_a_folder_that_is_gone_does_not_end_the_demo(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, clock = Folder(tmp_path / "demo"), new_clock()
    world = settled(clock)

    with folder.taken(), caplog.at_level(logging.WARNING):
        shutil.rmtree(tmp_path / "demo")
        keeper = asyncio.ensure_future(folder.keep(world, clock))
        await asyncio.sleep(0)
        world.tell("clock", {})
        await asyncio.sleep(0)
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)

    assert "no se puede guardar" in caplog.text


def test_only_the_last_messages_of_a_chat_are_kept() -> None:
    clock = new_clock()
    world = settled(clock)
    chat, campo = world.chats[CAMPO], world.people[CAMPO]

    for _ in range(1_200):
        world.store(chat, campo, {"text": "a"})

    assert (len(chat.messages), min(chat.messages), max(chat.messages)) == (1_000, 203, 1_202)
