"""Lanes: the updates of one chat one after the other, those of different chats side by side."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Coroutine, Hashable
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

LANES = 32
WAITING = 10_000  # updates that may stand in all lanes together


class Lanes(BaseUpdateProcessor):
    """Keeps the order within a chat; at most `lanes` chats are served at once.

    An update that waits behind another of its chat holds no lane: a talkative chat cannot
    keep the others out.
    """

    def __init__(self, lanes: int = LANES) -> None:
        super().__init__(max_concurrent_updates=WAITING)
        self._free = asyncio.Semaphore(lanes)
        self._turns: dict[Hashable, asyncio.Lock] = {}
        self._waiting: Counter[Hashable] = Counter()

    async def initialize(self) -> None:
        """Need nothing."""

    async def shutdown(self) -> None:
        """Hold nothing."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run one update when its turn in the chat has come and a lane is free."""
        try:
            async with self._turn(lane_of(update)), self._free:
                await coroutine
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # one that was cancelled before its turn

    @asynccontextmanager
    async def _turn(self, lane: Hashable) -> AsyncIterator[None]:
        """Wait for those that came before in the same lane; forget a lane that nobody uses."""
        turn = self._turns.setdefault(lane, asyncio.Lock())
        self._waiting[lane] += 1
        try:
            async with turn:
                yield
        finally:
            self._waiting[lane] -= 1
            if not self._waiting[lane]:
                del self._waiting[lane], self._turns[lane]


def lane_of(update: object) -> Hashable:
    """Name the lane of an update: its chat, else its sender, else one of its own."""
    if isinstance(update, Update):
        if update.effective_chat:
            return update.effective_chat.id
        if update.effective_user:
            return update.effective_user.id
    return id(update)
