"""Talking to the bot without Telegram: the conversation over a real database."""

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import Clock
from handlers.conversation import BotConversation
from handlers.services import Services
from handlers.views.reply import Reply
from storage.engine import Database

MAY_14 = date(2021, 5, 14)
CHAT = 7


@dataclass
class Talk:
    """One chat: what is said and pressed in it, and the last reply."""

    database: Database
    today: date = MAY_14
    chat_id: int = CHAT
    last: Reply = field(default=Reply(()))
    conversation: BotConversation = field(default_factory=BotConversation)

    @property
    def services(self) -> Services:
        return Services(
            self.database, Clock(ZoneInfo("America/Lima"), self.today), self.conversation
        )

    async def say(self, text: str) -> Reply:
        self.last = await self.conversation.reply_to_text(self.services, self.chat_id, text)
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
        reply = await self.conversation.reply_to_button(self.services, self.chat_id, data)
        if reply is not None:
            self.last = reply
        return reply

    @property
    def text(self) -> str:
        return "\n".join(self.last.blocks)

    @property
    def first_line(self) -> str:
        return self.last.blocks[0]

    @property
    def labels(self) -> list[list[str]]:
        return [[button.label for button in row] for row in self.last.buttons]
