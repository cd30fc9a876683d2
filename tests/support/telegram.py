"""A Telegram on loopback: a Bot API for the program, and phones for the tests.

The program talks to `url` as to api.telegram.org; the tests `say`, `press` and `see`.
"""

import asyncio
import json
import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from tests.support.telegram_html import UnreadableHtmlError, read_html

Json = dict[str, Any]

TOKEN = "123456:test-token-of-the-local-telegram"
USERNAME = "compromisos_bot"
BOT = {"id": 123456, "is_bot": True, "first_name": "Compromisos", "username": USERNAME}
SUPERGROUP = -1_000_000_000_000
SECONDS = 5.0  # after which a test that waits for the program fails
MESSAGE_UNITS = 4096
BUTTON_BYTES = 64
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
QUERY_GONE = "query is too old and response timeout expired or query ID is invalid"
RIVAL = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class RefusedError(Exception):
    """What the Bot API answers instead of a result."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


def bad_request(reason: str) -> RefusedError:
    return RefusedError(400, f"Bad Request: {reason}")


@dataclass(frozen=True)
class Seen:
    """A message of the bot as it appeared on the phone, or as it was changed."""

    message_id: int
    text: str
    html: str
    buttons: tuple[tuple[str, ...], ...] = ()
    is_edit: bool = False
    reply_to: int | None = None
    thread_id: int | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """All its buttons, row after row."""
        return tuple(label for row in self.buttons for label in row)


@dataclass(frozen=True)
class Call:
    """A call that the program made."""

    method: str
    params: Json


@dataclass(frozen=True)
class Fault:
    """What happens to one call: an error in place of the result, or a cut connection."""

    refusal: RefusedError | None
    is_done: bool = False  # the call takes effect, only its answer is lost


class Telegram:
    """One bot, its chats, and a server that speaks the Bot API; use it with `async with`."""

    def __init__(self, *, token: str = TOKEN, seconds: float = SECONDS) -> None:
        self.token = token
        self.seconds = seconds
        self.url = ""
        self.calls: list[Call] = []
        self.blocked: set[int] = set()
        self._chats: dict[int, Json] = {}
        self._people: dict[str, Json] = {}
        self._messages: dict[int, dict[int, Json]] = defaultdict(dict)
        self._shown: dict[int, deque[Seen]] = defaultdict(deque)
        self._updates: list[Json] = []
        self._update_id = 700_000_000
        self._acknowledged = 0
        self._query_id = 0
        self._toasts: dict[str, str | None] = {}
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._polls = 0
        self._is_closed = False
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_closed = True
        self._wake()
        if self._runner is not None:
            await self._runner.cleanup()

    # The phones.

    def private(self, name: str = "Ana") -> int:
        """Open a private chat with a person; give its id."""
        person = self._person(name)
        self._chats[person["id"]] = {"id": person["id"], "type": "private", "first_name": name}
        return int(person["id"])

    def group(self, title: str = "Equipo UTAI", *, is_forum: bool = False) -> int:
        """Open a group with the bot in it; give its id."""
        chat_id = SUPERGROUP - len(self._chats) - 1
        self._chats[chat_id] = {"id": chat_id, "type": "supergroup", "title": title}
        if is_forum:
            self._chats[chat_id]["is_forum"] = True
        return chat_id

    def say(self, chat_id: int, text: str, **more: Any) -> int:
        """Write a text, commands and mentions marked as a phone does; give the message's id."""
        return self.post(chat_id, text=text, entities=entities(text), **more)

    def post(
        self,
        chat_id: int,
        *,
        sender: str = "Ana",
        reply_to: int | None = None,
        **content: Any,
    ) -> int:
        """Put any content into a chat, in the fields of the Bot API; give the message's id."""
        message = self._store(chat_id, self._person(sender), content)
        if reply_to is not None:
            message["reply_to_message"] = self._messages[chat_id][reply_to]
        self._push(message=message)
        return int(message["message_id"])

    def revise(self, chat_id: int, message_id: int, text: str) -> None:
        """Change a message that a person wrote."""
        message = self._messages[chat_id][message_id] | {"text": text, "edit_date": 1}
        self._push(edited_message=message)

    def press(self, chat_id: int, label: str, *, sender: str = "Ana") -> str:
        """Press the newest button with this label; give the id of the query."""
        for message in reversed(self._messages[chat_id].values()):
            for button in _buttons(message):
                if button["text"] == label:
                    return self.press_data(chat_id, button["callback_data"], message, sender)
        raise LookupError(f"no button «{label}» in chat {chat_id}")

    def press_data(
        self, chat_id: int, data: str, message: Json | None = None, sender: str = "Ana"
    ) -> str:
        """Press a button with any data, as a client may; by default on the newest message."""
        self._query_id += 1
        query_id = str(self._query_id)
        self._push(
            callback_query={
                "id": query_id,
                "from": self._person(sender),
                "chat_instance": "1",
                "data": data,
                "message": message or list(self._messages[chat_id].values())[-1],
            }
        )
        return query_id

    def forget(self, chat_id: int, message_id: int) -> None:
        """Delete a message from a chat."""
        del self._messages[chat_id][message_id]

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
        await self._until(lambda: query_id in self._toasts, f"query {query_id} has no answer")
        return self._toasts[query_id]

    async def acknowledged(self) -> None:
        """Wait until the program has acknowledged all that was said."""
        await self._until(lambda: not self._updates, "there are updates left")

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
        words = {
            403: "Forbidden: bot was blocked by the user",
            409: RIVAL,
            429: f"Too Many Requests: retry after {retry_after}",
            502: "Bad Gateway",
        }
        refusal = RefusedError(status, words.get(status, "Internal Server Error"), retry_after)
        self._faults[method].extend([Fault(refusal)] * times)

    def cut(self, method: str, *, is_done: bool = False, times: int = 1) -> None:
        """Cut the connection of the next calls, before or after they take effect."""
        self._faults[method].extend([Fault(None, is_done)] * times)

    # The server.

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            method = request.match_info["method"]
            self._check_token(request.match_info["token"])
            params = await _params(request)
            self.calls.append(Call(method, params))
            self._wake()
            fault = self._faults[method].popleft() if self._faults[method] else None
            if fault is None or fault.is_done:
                result = await self._run(method, params)
            if fault is not None and fault.refusal is not None:
                raise fault.refusal
            if fault is not None:
                if request.transport is not None:
                    request.transport.abort()
                return web.Response()
        except RefusedError as refusal:
            return _refusal(refusal)
        return web.json_response({"ok": True, "result": result})

    def _check_token(self, token: str) -> None:
        if not re.fullmatch(r"\d+:.+", token):
            raise RefusedError(404, "Not Found")
        if token != self.token:
            raise RefusedError(401, "Unauthorized")

    async def _run(self, method: str, params: Json) -> object:
        if method == "getUpdates":
            return await self._get_updates(params)
        methods: dict[str, Callable[[Json], object]] = {
            "getMe": lambda _: BOT,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_message_text,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "answerCallbackQuery": self._answer_callback_query,
            "setMyCommands": _set_my_commands,
            "setMyShortDescription": lambda _: True,
            "setMyDescription": lambda _: True,
            "deleteWebhook": lambda _: True,
            "sendChatAction": lambda sent: bool(self._chat(sent)),
        }
        if method not in methods:
            raise RefusedError(404, "Not Found: method not found")
        result = methods[method](params)
        self._wake()
        return result

    async def _get_updates(self, params: Json) -> list[Json]:
        """Hold the call until there is something; what lies before `offset` is acknowledged."""
        self._polls += 1
        poll = self._polls
        self._wake()  # an older call that still waits is a rival
        offset = int(params.get("offset", 0))
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        allowed = params.get("allowed_updates")

        def wanted() -> list[Json]:
            return [
                update
                for update in self._updates
                if not allowed or any(kind in update for kind in allowed)
            ]

        def is_over() -> bool:
            return bool(wanted()) or self._is_closed or self._polls != poll

        await self._until(is_over, None, float(params.get("timeout", 0)))
        if self._polls != poll:
            raise RefusedError(409, RIVAL)
        return wanted()[: int(params.get("limit", 100))]

    def _send_message(self, params: Json) -> Json:
        chat = self._chat(params)
        text = _text(params, "message is too long")
        markup = _markup(params)
        content: Json = {"text": text, "html": params["text"]}
        if markup:
            content["reply_markup"] = markup
        if "message_thread_id" in params:
            content |= {
                "message_thread_id": int(params["message_thread_id"]),
                "is_topic_message": True,
            }
        answered = params.get("reply_parameters", {})
        reply_to = answered.get("message_id")
        if reply_to is not None and reply_to not in self._messages[chat["id"]]:
            if not answered.get("allow_sending_without_reply"):
                raise bad_request("message to be replied not found")
            reply_to = None
        message = self._store(chat["id"], BOT, content)
        self._show(message, reply_to=reply_to)
        return message

    def _edit_message_text(self, params: Json) -> Json:
        text = _text(params, "MESSAGE_TOO_LONG")
        return self._edit(params, {"text": text, "html": params["text"]})

    def _edit_message_reply_markup(self, params: Json) -> Json:
        return self._edit(params, {})

    def _edit(self, params: Json, content: Json) -> Json:
        chat = self._chat(params)
        message = self._messages[chat["id"]].get(int(params.get("message_id", 0)))
        if message is None:
            raise bad_request("message to edit not found")
        if message["from"] != BOT:
            raise bad_request("message can't be edited")
        markup = _markup(params)
        changed = {key: value for key, value in message.items() if key != "reply_markup"} | content
        if markup:
            changed["reply_markup"] = markup
        if changed == message:
            raise bad_request(NOT_MODIFIED)
        self._messages[chat["id"]][message["message_id"]] = changed
        self._show(changed, is_edit=True)
        return changed

    def _answer_callback_query(self, params: Json) -> bool:
        query_id = params.get("callback_query_id", "")
        is_asked = query_id.isdigit() and 0 < int(query_id) <= self._query_id
        if not is_asked or query_id in self._toasts:
            raise bad_request(QUERY_GONE)
        self._toasts[query_id] = params.get("text") or None
        return True

    # What is kept.

    def _chat(self, params: Json) -> Json:
        if not params.get("chat_id"):
            raise bad_request("chat_id is empty")
        chat_id = int(params["chat_id"])
        if chat_id not in self._chats:
            raise bad_request("chat not found")
        if chat_id in self.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        return self._chats[chat_id]

    def _person(self, name: str) -> Json:
        new = {"id": 1001 + len(self._people), "is_bot": False, "first_name": name}
        return self._people.setdefault(name, new)

    def _store(self, chat_id: int, sender: Json, content: Json) -> Json:
        message_id = max(self._messages[chat_id], default=0) + 1
        message = {
            "message_id": message_id,
            "date": 1_620_997_200,
            "chat": self._chats[chat_id],
            "from": sender,
        } | content
        self._messages[chat_id][message_id] = message
        return message

    def _push(self, **kind: Json) -> None:
        self._update_id += 1
        self._updates.append({"update_id": self._update_id} | kind)
        self._wake()

    def _show(self, message: Json, *, is_edit: bool = False, reply_to: int | None = None) -> None:
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        self._shown[message["chat"]["id"]].append(
            Seen(
                message["message_id"],
                message["text"],
                message["html"],
                tuple(tuple(button["text"] for button in row) for row in rows),
                is_edit,
                reply_to,
                message.get("message_thread_id"),
            )
        )
        self._wake()

    # Waiting.

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def _until(
        self, is_met: Callable[[], bool], missing: str | None, seconds: float | None = None
    ) -> None:
        """Wait for a condition; past the time `missing` is raised, or with None ignored."""
        try:
            async with asyncio.timeout(self.seconds if seconds is None else seconds):
                while not is_met():
                    await self._changed.wait()
        except TimeoutError:
            if missing is not None:
                raise AssertionError(missing) from None


def entities(text: str) -> list[Json]:
    """Mark commands and mentions as a phone does, in UTF-16 units."""
    kinds = {"/": "bot_command", "@": "mention"}
    return [
        {
            "type": kinds[found[0][0]],
            "offset": _units(text[: found.start()]),
            "length": _units(found[0]),
        }
        for found in re.finditer(r"(?<!\S)(/\w+(@\w+)?|@\w+)", text)
    ]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


async def _params(request: web.Request) -> Json:
    """Read the parameters; nested ones come as JSON in a form field."""
    if request.content_type == "application/json":
        return dict(await request.json())
    form = {**request.query, **await request.post()}
    return {key: _value(key, value) for key, value in form.items()}


def _value(key: str, value: object) -> object:
    if key != "text" and isinstance(value, str) and value[:1] in {"[", "{"}:
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return value


def _text(params: Json, too_long: str) -> str:
    """Give the text as it is seen; refuse what Telegram refuses."""
    text = str(params.get("text", ""))
    mode = params.get("parse_mode")
    if mode == "HTML":
        try:
            text = read_html(text)
        except UnreadableHtmlError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    elif mode is not None:
        raise bad_request("unsupported parse_mode")
    text = text.strip()
    if not text:
        raise bad_request("message text is empty")
    if _units(text) > MESSAGE_UNITS:
        raise bad_request(too_long)
    return text


def _markup(params: Json) -> Json | None:
    markup = params.get("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict) or not isinstance(markup.get("inline_keyboard"), list):
        raise bad_request("object expected as reply markup")
    for button in _buttons({"reply_markup": markup}):
        data = button.get("callback_data")
        if data is None and "url" not in button:
            raise bad_request("text buttons are unallowed in the inline keyboard")
        if data is not None and not 0 < len(data.encode()) <= BUTTON_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    return markup if markup["inline_keyboard"] else None


def _buttons(message: Json) -> list[Json]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _set_my_commands(params: Json) -> bool:
    for command in params.get("commands", []):
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return True


def _refusal(refusal: RefusedError) -> web.Response:
    answer: Json = {
        "ok": False,
        "error_code": refusal.status,
        "description": refusal.description,
    }
    if refusal.retry_after is not None:
        answer["parameters"] = {"retry_after": refusal.retry_after}
    return web.json_response(answer, status=refusal.status)
