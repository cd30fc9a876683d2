"""What the program lends to the handlers: the database, the clock and what else they need."""

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

from handlers.fetching import Fetch
from handlers.reader import Readers
from handlers.views.reply import Reply
from storage.engine import Database, Session
from storage.evidence_files import EvidenceFolder
from storage.people import holders
from storage.presence import Presence
from storage.roles import Role

if TYPE_CHECKING:
    from handlers.turn import Turn


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

    async def reply_to_text(self, turn: "Turn", text: str) -> Reply:
        """Answer one written question."""
        ...

    async def reply_to_button(self, turn: "Turn", data: str) -> Reply | None:
        """Answer one pressed button; None when it is too old, or not ours."""
        ...

    async def reply_to_deep_link(self, turn: "Turn", payload: str) -> Reply:
        """Answer a link `t.me/bot?start=payload`."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """All that a handler may use; built once, in `bot`."""

    database: Database
    clock: Clock
    conversation: Conversation
    evidence: EvidenceFolder
    fetch: Fetch
    presence: Presence
    admin_ids: frozenset[int] = frozenset()  # administrators whatever the database says
    is_open: bool = False  # whether a stranger may read
    readers: Readers = field(default_factory=Readers)

    async def administrators(self, session: Session) -> list[int]:
        """Everybody who may give access, by the database or by the settings."""
        return sorted(self.admin_ids | set(await holders(session, Role.ADMIN)))
