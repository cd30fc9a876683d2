"""The switch of the demo's bot: off, it takes nothing; what is said meanwhile waits for it."""

import asyncio


class Switch:
    """Turns the bot off and on, and ends it."""

    def __init__(self) -> None:
        self.is_on = True
        self._is_over = False
        self._changed = asyncio.Event()
        self._stop = asyncio.Event()

    def turn(self, *, on: bool) -> None:
        """Turn it off or on."""
        self.is_on = on
        if not on:
            self._stop.set()
        self._changed.set()

    def end(self) -> None:
        """Turn it off for good."""
        self._is_over = True
        self._stop.set()
        self._changed.set()

    async def is_turned_on(self) -> bool:
        """Wait until it is turned on; False when it has ended."""
        while not self.is_on and not self._is_over:
            self._changed.clear()
            await self._changed.wait()
        return not self._is_over

    def begin(self) -> asyncio.Event:
        """Give the order to stop of the run that begins now."""
        self._stop = asyncio.Event()
        if self._is_over or not self.is_on:
            self._stop.set()
        return self._stop
