"""The pace of what is sent, by a clock of the loop that goes on only where something waits."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.demo.limits import Limits
from bot.pace import Pace

GROUP = -5


class InstantLoop(asyncio.SelectorEventLoop):
    """A loop whose clock goes on when it would wait, so that nothing takes any time."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0
        select = self._selector.select  # type: ignore[attr-defined]

        def skip(timeout: float | None) -> Any:
            self.skipped += timeout or 0.0
            return select(0)

        self._selector.select = skip  # type: ignore[attr-defined]

    def time(self) -> float:
        """Give the seconds that were waited for."""
        return self.skipped


def run(work: Callable[[Pace, Limits], Coroutine[Any, Any, None]]) -> float:
    """Run in a loop of its own; give the seconds it would have taken."""
    loop = InstantLoop()
    try:
        loop.run_until_complete(work(Pace(), Limits(loop.time)))
        return loop.time()
    finally:
        loop.close()


def test_many_chats_keep_the_limit_of_all_and_waste_little() -> None:
    async def work(pace: Pace, limits: Limits) -> None:
        async def send(chat_id: int) -> None:
            await pace.turn(chat_id)
            limits.take(chat_id, is_group=False)

        await asyncio.gather(*(send(chat_id) for chat_id in range(1, 901)))

    assert run(work) < 1.1 * 900 / 30


@pytest.mark.parametrize(("chat_id", "seconds"), [(7, 39), (GROUP, 61)], ids=["private", "group"])
def test_one_chat_keeps_its_own_limits(chat_id: int, seconds: float) -> None:
    async def work(pace: Pace, limits: Limits) -> None:
        for _ in range(40):
            await pace.turn(chat_id)
            limits.take(chat_id, is_group=chat_id < 0)

    assert seconds < run(work) < 1.5 * seconds


def test_an_answer_never_waits_but_is_counted() -> None:
    async def work(pace: Pace, limits: Limits) -> None:
        loop = asyncio.get_running_loop()
        for chat_id in range(1, 30):
            pace.take(chat_id)
            limits.take(chat_id, is_group=False)
        assert loop.time() == 0
        await pace.turn(99)
        limits.take(99, is_group=False)

    assert run(work) > 1


def test_several_programs_share_the_limit() -> None:
    async def work(pace: Pace, _limits: Limits) -> None:
        pace.share(3)
        for chat_id in range(1, 28):
            await pace.turn(chat_id)

    assert 2 < run(work) < 4
