"""Talking to the bot without Telegram: turns over a real database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import Clock
from handlers.conversation import BotConversation
from handlers.reader import Readers
from handlers.services import Services
from handlers.turn import Place, Sender, Turn
from handlers.views.reply import Reply
from storage.engine import Database
from storage.evidence_files import EvidenceFolder
from storage.presence import Presence
from tests.support.files import NoDownloads

MAY_14 = date(2021, 5, 14)
CHAT = 7


@dataclass
class Talk:
    """One chat: what is said and pressed in it, and the last reply."""

    database: Database
    today: date = MAY_14
    chat_id: int = CHAT
    last: Reply = field(default=Reply(()))
    readers: Readers = field(default_factory=Readers)

    @property
    def services(self) -> Services:
        return Services(
            self.database,
            Clock(ZoneInfo("America/Lima"), self.today),
            BotConversation(),
            EvidenceFolder(Path("unused")),
            NoDownloads(),
            Presence(self.database),
            readers=self.readers,
        )

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Turn]:
        async with self.database.write() as session:
            sender, place = Sender(self.chat_id, "Ana"), Place(self.chat_id)
            yield Turn(self.services, session, sender, place)

    async def say(self, text: str) -> Reply:
        async with self.turn() as turn:
            self.last = await turn.services.conversation.reply_to_text(turn, text)
        return self.last

    async def press(self, label: str) -> Reply | None:
        """Press the button of the last reply that begins so."""
        [data, *_] = [
            button.data
            for row in self.last.buttons
            for button in row
            if button.label.startswith(label)
        ]
        return await self.press_data(data)

    async def press_data(self, data: str) -> Reply | None:
        async with self.turn() as turn:
            reply = await turn.services.conversation.reply_to_button(turn, data)
        if reply is not None:
            self.last = reply
        return reply

    async def open_link(self, payload: str) -> Reply:
        async with self.turn() as turn:
            self.last = await turn.services.conversation.reply_to_deep_link(turn, payload)
        return self.last

    @property
    def text(self) -> str:
        return "\n".join(self.last.blocks)

    @property
    def first_line(self) -> str:
        return self.last.blocks[0]

    @property
    def labels(self) -> list[list[str]]:
        return [[button.label for button in row] for row in self.last.buttons]
