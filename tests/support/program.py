"""The bot in the loop of the test: real wiring and HTTP, a conversation that only echoes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.application import build
from bot.clock import Clock
from bot.polling import Pause, Polling
from bot.settings import Settings
from handlers.context import App, services_of
from handlers.services import Conversation
from handlers.turn import Turn
from handlers.views.reply import Button, Reply
from storage.engine import Database
from tests.support.telegram import Telegram

LIMA = ZoneInfo("America/Lima")
MAY_14 = date(2021, 5, 14)


@dataclass
class Echo:
    """Answers every text with itself; a few words ask for something else."""

    waits: asyncio.Event = field(default_factory=asyncio.Event)  # «espera» was said
    gate: asyncio.Event = field(default_factory=asyncio.Event)  # lets it be answered
    failures: int = 2  # that are left of «falla dos veces»

    async def reply_to_text(self, turn: Turn, text: str) -> Reply:
        match text:
            case "falla":
                raise RuntimeError(text)
            case "falla dos veces" if self.failures:
                self.failures -= 1
                raise RuntimeError(text)
            case "espera":
                self.waits.set()
                await self.gate.wait()
            case "botones":
                more, new = Button("Ver más", "more"), Button("Aparte", "n:more")
                return Reply((escape(text),), ((more, new), (Button("Viejo", "old"),)))
            case _:
                pass
        return Reply((f"eco: {escape(text)}",))

    async def reply_to_button(self, turn: Turn, data: str) -> Reply | None:
        if data == "falla":
            raise RuntimeError(data)
        return None if data == "old" else Reply((f"botón: {escape(data)}",))

    async def reply_to_deep_link(self, turn: Turn, payload: str) -> Reply:
        return Reply((f"enlace: {escape(payload)}",))


class Pauses:
    """Counts the pauses instead of waiting for them."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@dataclass
class Program:
    """A running bot."""

    app: App
    stop: asyncio.Event
    exit_code: asyncio.Task[int]


def settings_for(telegram: Telegram, token: str | None = None) -> Settings:
    return Settings(
        token=SecretStr(token or telegram.token),
        api_url=telegram.url,
        today=MAY_14,
        open_reading=True,
        evidence_dir=Path(telegram.folder) / "evidencia",
    )


def app_for(telegram: Telegram, conversation: Conversation, token: str | None = None) -> App:
    database = Database(telegram.database_url)
    return build(settings_for(telegram, token), database, Clock(LIMA, MAY_14), conversation)


@asynccontextmanager
async def running(
    telegram: Telegram,
    conversation: Conversation | None = None,
    *,
    token: str | None = None,
    pause: Pause | None = None,
    stop_seconds: float = 5.0,
) -> AsyncIterator[Program]:
    """Run the bot beside the test, and stop it cleanly after."""
    app, stop = app_for(telegram, conversation or Echo(), token), asyncio.Event()
    polling = Polling(app, stop, pause=pause, stop_seconds=stop_seconds)
    try:
        async with asyncio.TaskGroup() as tasks:
            try:
                yield Program(app, stop, tasks.create_task(polling.run()))
            finally:
                stop.set()
    finally:
        await services_of(app).database.dispose()
