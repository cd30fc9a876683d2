"""The memory of the local Telegram: people, chats, messages, and who is told what happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.demo.files import Files
from bot.demo.refusals import Json
from bot.demo.updates import Updates

SUPERGROUP = -1_000_000_000_000
FIRST_PERSON = 1001
MOST_MESSAGES = 1_000  # that are kept of a chat
FIRST_QUERY = 5_000_000_000_000_001
IN = frozenset({"creator", "administrator", "member"})
ADMINISTERS = frozenset({"creator", "administrator"})


class Clock(Protocol):
    """Tells the time; `bot.clock` has the real one."""

    def now(self) -> datetime:
        """Give the instant, aware, in UTC."""
        ...


@dataclass(frozen=True)
class Event:
    """Something that a phone shows: a message, a change, a sign that the bot is typing.

    `chat_id` is None for what concerns nobody's chat; `user_id` is set for what one person
    alone is shown.
    """

    kind: str
    data: Json
    chat_id: int | None = None
    user_id: int | None = None


@dataclass
class Chat:
    """A private chat, a group or a supergroup; `members` holds each one's status by id."""

    info: Json
    members: dict[int, str]
    messages: dict[int, Json] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)  # messages that the bot was not shown
    has_privacy: bool = True  # the bot sees only what is meant for it, as by default
    upgraded_to: int | None = None
    last_id: int = 0  # of a message; a deleted one's is not used again

    @property
    def id(self) -> int:
        """The id that the Bot API knows it by."""
        return int(self.info["id"])

    @property
    def is_private(self) -> bool:
        """Tell a chat of two from a group."""
        return bool(self.info["type"] == "private")

    def has(self, user_id: int) -> bool:
        """Tell whether somebody is in it."""
        return self.members.get(user_id) in IN


@dataclass
class Query:
    """A pressed button or an inline query that waits for its answer."""

    user_id: int
    chat_id: int | None
    answer: Json | None = None


class World:
    """One bot with its chats; nothing here talks HTTP."""

    def __init__(self, bot: Json, clock: Clock, files: Files | None = None) -> None:
        self.bot = bot
        self.clock = clock
        self.files = files or Files()
        self.updates = Updates()
        self.people: dict[int, Json] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[str, list[Json]] = {}  # by scope
        self.about: Json = {}  # the descriptions
        self._listeners: list[Callable[[Event], None]] = []

    @property
    def bot_id(self) -> int:
        """The bot's own id."""
        return int(self.bot["id"])

    # People and chats.

    def person(self, first_name: str, **more: Any) -> Json:
        """Give the person of that name, made when new."""
        for known in self.people.values():
            if known["first_name"] == first_name:
                return known
        person_id = FIRST_PERSON + len(self.people)
        new = {"id": person_id, "is_bot": False, "first_name": first_name, "language_code": "es"}
        return self.people.setdefault(person_id, new | more)

    def private(self, person: Json) -> Chat:
        """Give the chat of a person with the bot, opened when new."""
        known = ("id", "first_name", "last_name", "username")
        info = {"type": "private"} | {key: person[key] for key in known if key in person}
        members = {int(person["id"]): "member", self.bot_id: "member"}
        return self.chats.setdefault(int(person["id"]), Chat(info, members))

    def group(
        self, title: str, members: dict[int, str], *, kind: str = "supergroup", **more: Any
    ) -> Chat:
        """Open a group with the bot in it."""
        number = len(self.chats) + 1
        chat_id = SUPERGROUP - number if kind == "supergroup" else -4_000_000 - number
        info = {"id": chat_id, "type": kind, "title": title} | more
        return self.chats.setdefault(chat_id, Chat(info, {self.bot_id: "member"} | members))

    def upgrade(self, chat: Chat) -> Chat:
        """Make a group a supergroup: it lives on under another id."""
        new = self.group(chat.info["title"], dict(chat.members))
        new.has_privacy = chat.has_privacy
        chat.upgraded_to = new.id
        self.tell("state", {})
        return new

    # Messages.

    def store(self, chat: Chat, sender: Json, content: Json, *, is_hidden: bool = False) -> Json:
        """Keep a new message and show it to those in the chat; the oldest one may go."""
        chat.last_id += 1
        message = {
            "message_id": chat.last_id,
            "date": int(self.clock.now().timestamp()),
            "chat": chat.info,
            "from": sender,
        } | content
        chat.messages[chat.last_id] = message
        if is_hidden:
            chat.hidden.add(chat.last_id)
        if len(chat.messages) > MOST_MESSAGES:
            del chat.messages[min(chat.messages)]
        self.tell("message", message, chat.id)
        return message

    def change(self, chat: Chat, message_id: int, content: Json) -> Json:
        """Put other content in the place of a message's and show it."""
        message = content | {"edit_date": int(self.clock.now().timestamp())}
        chat.messages[message_id] = message
        self.tell("edit", message, chat.id)
        return message

    def forget(self, chat: Chat, message_id: int) -> None:
        """Delete a message."""
        del chat.messages[message_id]
        self.tell("delete", {"message_id": message_id}, chat.id)

    def ask(self, user_id: int, chat_id: int | None) -> str:
        """Note a query that the bot is to answer; give its id."""
        query_id = str(FIRST_QUERY + len(self.queries))
        self.queries[query_id] = Query(user_id, chat_id)
        return query_id

    # Events.

    def tell(
        self, kind: str, data: Json, chat_id: int | None = None, user_id: int | None = None
    ) -> None:
        """Tell all who listen."""
        event = Event(kind, data, chat_id, user_id)
        for listener in tuple(self._listeners):
            listener(event)

    @contextmanager
    def listening(self, listener: Callable[[Event], None]) -> Iterator[None]:
        """Have a function called with all that happens."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)
