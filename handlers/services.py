"""What the program lends to the handlers: the database, the clock and the conversation."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from handlers.views.reply import Reply
from storage.engine import Database


class Clock(Protocol):
    """Tells the time; `bot.clock` has the real one."""

    @property
    def timezone(self) -> tzinfo:
        """The zone of the people."""
        ...

    def now(self) -> datetime:
        """Give the instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """Give the day where the people are."""
        ...


class Conversation(Protocol):
    """What is said becomes what is answered; knows no Telegram."""

    async def reply_to_text(self, services: "Services", chat_id: int, text: str) -> Reply:
        """Answer one written question."""
        ...

    async def reply_to_button(self, services: "Services", chat_id: int, data: str) -> Reply | None:
        """Answer one pressed button; None when it is too old, or not ours."""
        ...

    async def reply_to_deep_link(self, services: "Services", chat_id: int, payload: str) -> Reply:
        """Answer a link `t.me/bot?start=payload`."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """All that a handler may use; built once, in `bot`."""

    database: Database
    clock: Clock
    conversation: Conversation
