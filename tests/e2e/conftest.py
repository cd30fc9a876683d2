import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.support.browser import CHROMIUM, QUIET
from tests.support.demo import Demo, demo_process
from tests.support.telegram import Telegram

ROOT = Path(__file__).parents[2]
SECONDS = 30.0  # a start imports everything and makes the database


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram(seconds=SECONDS) as telegram:
        yield telegram


@dataclass
class Program:
    """The real program in a process of its own; its database outlives it."""

    telegram: Telegram
    folder: Path
    token: str | None

    @property
    def log(self) -> str:
        """All that it wrote on standard error so far."""
        return (self.folder / "log").read_text(encoding="utf-8")

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Process]:
        """Start it; what still runs at the end is killed."""
        with (self.folder / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run"),
                cwd=self.folder,  # where no `.env` lies
                env=self._environment(),
                stderr=log,
            )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[Process]:
        """Start it and wait until it asks for updates."""
        polls = sum(call.method == "getUpdates" for call in self.telegram.calls)
        async with self.running() as process:
            await self.telegram.called("getUpdates", polls + 1)
            yield process

    async def exit_code(self, process: Process) -> int:
        async with asyncio.timeout(SECONDS):
            return await process.wait()

    def _environment(self) -> dict[str, str]:
        inherited = {key: value for key, value in os.environ.items() if key[:4] != "BOT_"}
        return inherited | {
            "PYTHONPATH": str(ROOT),
            "BOT_API_URL": self.telegram.url,
            "BOT_DATABASE_URL": f"sqlite:///{self.folder / 'bot.db'}",
            "BOT_OPEN_READING": "true",
            "BOT_TODAY": "2021-05-14",
            "BOT_TOKEN": self.token or "",
        }


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    """A running demo that the tests of a module share."""
    async with demo_process(tmp_path_factory.mktemp("demo")) as demo:
        yield await demo.started()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, without a window."""
    assert CHROMIUM, "these tests must run here: install «chromium»"
    expect.set_options(timeout=SECONDS * 1000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture
def program(telegram: Telegram, tmp_path: Path) -> Program:
    return Program(telegram, tmp_path, telegram.token)
