"""The local Telegram in the hands of a test: `say`, `press` and `see`, as on a phone."""

from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from bot.demo.faults import CUT_AFTER, CUT_BEFORE, GARBAGE, Fault, refusal
from bot.demo.files import StoredFile
from bot.demo.limits import Limits
from bot.demo.methods.side import BotSide
from bot.demo.phones import Phones
from bot.demo.refusals import Json
from bot.demo.server import Call, Server, application, serving
from bot.demo.world import Chat, Event, World

TOKEN = "123456:test-token-of-the-local-telegram"
USERNAME = "compromisos_bot"
BOT = {"id": 123456, "is_bot": True, "first_name": "Compromisos", "username": USERNAME}
SECONDS = 20.0  # after which a test that waits for the program fails
MAY_14_NOON = datetime(2021, 5, 14, 17, tzinfo=UTC)  # in Lima


class StandingClock:
    """Always the same instant."""

    def now(self) -> datetime:
        """Give it."""
        return MAY_14_NOON


@dataclass(frozen=True)
class Seen:
    """A message of the bot as it appeared on the phone, or as it was changed."""

    message_id: int
    text: str
    buttons: tuple[tuple[str, ...], ...] = ()
    is_edit: bool = False
    reply_to: int | None = None
    thread_id: int | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """All its buttons, row after row."""
        return tuple(label for row in self.buttons for label in row)


class Telegram:
    """One bot, its chats and its Bot API on loopback; use it with `async with`."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        seconds: float = SECONDS,
        limits: Limits | None = None,
        database_url: str = "",
        folder: Path = Path(),
    ) -> None:
        self.seconds = seconds
        self.database_url, self.folder = database_url, folder  # of the bot that runs beside it
        self.url = ""
        self.world = World(BOT, StandingClock())
        self.phones = Phones(self.world)
        self.server = Server(self.world, BotSide(self.world, limits), token, keeps_calls=True)
        self._shown: dict[int, deque[Seen]] = defaultdict(deque)
        self._running = AsyncExitStack()

    async def __aenter__(self) -> Self:
        app = application()
        self.server.add_routes(app)
        self._running.enter_context(self.world.listening(self._listen))
        self.url = await self._running.enter_async_context(serving(app, self.world))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._running.aclose()

    @property
    def token(self) -> str:
        """The token that is good now."""
        return self.server.token

    def revoke(self) -> None:
        """Make the token good for nothing."""
        self.server.token = "1:revoked"

    # Where to write.

    def private(self, name: str = "Ana") -> int:
        """Open a private chat with a person; give its id."""
        return self.world.private(self.world.person(name)).id

    def group(
        self,
        title: str = "Equipo UTAI",
        *,
        kind: str = "supergroup",
        has_privacy: bool = True,
        is_forum: bool = False,
    ) -> int:
        """Open a group with the bot in it; give its id."""
        more = {"is_forum": True} if is_forum else {}
        chat = self.world.group(title, {}, kind=kind, **more)
        chat.has_privacy = has_privacy
        return chat.id

    # What people do.

    def say(self, chat_id: int, text: str, *, sender: str = "", **more: Any) -> int:
        """Write a text; give the message's id."""
        message = self.phones.say(self._chat(chat_id), self._person(chat_id, sender), text, **more)
        return int(message["message_id"])

    def post(
        self, chat_id: int, *, sender: str = "", reply_to: int | None = None, **content: Any
    ) -> int:
        """Put any content into a chat, in the fields of the Bot API; give the message's id."""
        person = self._person(chat_id, sender)
        message = self.phones.post(self._chat(chat_id), person, content, reply_to=reply_to)
        return int(message["message_id"])

    def attach(
        self, chat_id: int, file: StoredFile, caption: str = "", *, sender: str = ""
    ) -> int:
        """Send a file; give the message's id."""
        person = self._person(chat_id, sender)
        return int(self.phones.attach(self._chat(chat_id), person, file, caption)["message_id"])

    def revise(self, chat_id: int, message_id: int, text: str) -> None:
        """Change a message that a person wrote."""
        self.phones.revise(self._chat(chat_id), message_id, text)

    def press(self, chat_id: int, label: str, *, sender: str = "") -> str:
        """Press the newest button with this label; give the id of the query."""
        for message in reversed(self._chat(chat_id).messages.values()):
            for button in _buttons(message):
                if button["text"] == label:
                    return self.press_data(chat_id, button["callback_data"], message, sender)
        raise LookupError(f"no button «{label}» in chat {chat_id}")

    def press_data(
        self, chat_id: int, data: str, message: Json | None = None, sender: str = ""
    ) -> str:
        """Press a button with any data, as a client may; by default on the newest message."""
        chat = self._chat(chat_id)
        message_id = message["message_id"] if message else max(chat.messages)
        return self.phones.press(chat, self._person(chat_id, sender), data, message_id)

    def forget(self, chat_id: int, message_id: int) -> None:
        """Delete a message from a chat."""
        self.world.forget(self._chat(chat_id), message_id)

    def block(self, chat_id: int) -> None:
        """Block the bot."""
        self.phones.block(self.world.people[chat_id])

    # What people see.

    async def see(self, chat_id: int) -> Seen:
        """Wait for the bot's next message or change in a chat."""
        shown = self._shown[chat_id]
        await self._until(lambda: bool(shown), f"nothing came to chat {chat_id}")
        return shown.popleft()

    def is_quiet(self, chat_id: int) -> bool:
        """Tell whether all that the bot wrote in a chat was seen."""
        return not self._shown[chat_id]

    async def toast(self, query_id: str) -> str | None:
        """Wait until a pressed button is answered; give the words shown over the chat."""
        query = self.world.queries[query_id]
        await self._until(lambda: query.answer is not None, f"query {query_id} has no answer")
        return (query.answer or {}).get("text") or None

    async def acknowledged(self) -> None:
        """Wait until the program has acknowledged all that was said."""
        await self._until(lambda: not self.world.updates.waiting, "there are updates left")

    @property
    def calls(self) -> list[Call]:
        """All that the program called."""
        return self.server.calls

    async def called(self, method: str, times: int = 1) -> list[Json]:
        """Wait until a method was called so often; give the parameters of each call."""

        def found() -> list[Json]:
            return [call.params for call in self.calls if call.method == method]

        await self._until(lambda: len(found()) >= times, f"no {times} calls of {method}")
        return found()

    # Faults.

    def fail(
        self, method: str, status: int = 502, *, retry_after: int | None = None, times: int = 1
    ) -> None:
        """Let the next calls of a method fail."""
        self.server.faults.add(method, [refusal(status, retry_after)] * times)

    def cut(self, method: str, *, is_done: bool = False, times: int = 1) -> None:
        """Cut the connection of the next calls, before or after they take effect."""
        self.server.faults.add(method, [CUT_AFTER if is_done else CUT_BEFORE] * times)

    def puzzle(self, method: str, *, times: int = 1) -> None:
        """Let the next calls take effect, and answer them in a form that nobody knows."""
        answer = b'{"ok": true, "result": {"message_id": 1, "date": "ayer", "chat": 5}}'
        self.server.faults.add(method, [Fault(body=answer, is_done=True)] * times)

    def garble(self, method: str, *, times: int = 1) -> None:
        """Answer the next calls with something that is no JSON."""
        self.server.faults.add(method, [Fault(body=GARBAGE)] * times)

    def _person(self, chat_id: int, name: str) -> Json:
        """Who writes or presses: whoever is named, else whose private chat it is, else Ana."""
        if not name and chat_id in self.world.people:
            return self.world.people[chat_id]
        return self.world.person(name or "Ana")

    def _chat(self, chat_id: int) -> Chat:
        return self.world.chats[chat_id]

    def _listen(self, event: Event) -> None:
        """Note what the bot shows; wake those who wait for it."""
        is_shown = event.kind in {"message", "edit"}
        if is_shown and event.chat_id is not None and event.data["from"] == BOT:
            self._shown[event.chat_id].append(_seen(event.data, is_edit=event.kind == "edit"))
        self.world.updates.wake()

    async def _until(self, is_met: Callable[[], bool], missing: str) -> None:
        if not await self.world.updates.until(is_met, self.seconds):
            raise AssertionError(missing)


def _seen(message: Json, *, is_edit: bool) -> Seen:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return Seen(
        message["message_id"],
        str(message.get("text", message.get("caption", ""))),
        tuple(tuple(button["text"] for button in row) for row in rows),
        is_edit,
        message.get("reply_to_message", {}).get("message_id"),
        message.get("message_thread_id"),
    )


def _buttons(message: Json) -> list[Json]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
