"""The methods of the Bot API: what a call does to the world, and what it is refused for."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.demo import markup
from bot.demo.files import DOWNLOAD_BYTES, StoredFile
from bot.demo.limits import Limits
from bot.demo.params import Params, Upload
from bot.demo.refusals import (
    NOT_MODIFIED,
    QUERY_GONE,
    Json,
    RefusedError,
    bad_request,
    forbidden,
    upgraded,
)
from bot.demo.updates import Webhook
from bot.demo.world import ADMINISTERS, Chat, World

MESSAGE_UNITS, CAPTION_UNITS, TOAST_UNITS = 4096, 1024, 200
BUTTON_BYTES = 64
MOST_RESULTS, MOST_COMMANDS = 50, 100
COMMAND_CHARS, DESCRIPTION_CHARS, SECRET_CHARS = 32, 256, 256
PHOTO_BYTES, DOCUMENT_BYTES = 10 * 1024 * 1024, 50 * 1024 * 1024
RAW_BYTES = 32_768  # of a text before its markup is read
BUTTON = "can't parse inline keyboard button"
BUTTON_KINDS = (
    "callback_data",
    "url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
)
LINK = re.compile(r"(https?|tg|ton)://\S+|[\w-]+(\.[\w-]+)+(/\S*)?")
RESULT = "can't parse inline query result"
MARKUP = "object expected as reply markup"
ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note".split()
)
RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories "
    "can_delete_stories"
).split()

Call = Callable[["Methods", Params], Awaitable[object]]
Handler = TypeVar("Handler", bound=Call)
METHODS: dict[str, Call] = {}


def method(name: str) -> Callable[[Handler], Handler]:
    """Make a function the one that serves a method; names are read in any case."""

    def register(handler: Handler) -> Handler:
        METHODS[name.lower()] = handler
        return handler

    return register


@dataclass(frozen=True)
class Methods:
    """One bot's side of the world."""

    world: World
    limits: Limits | None = None

    async def call(self, name: str, params: Params) -> object:
        """Run a method.

        Raises:
            RefusedError: what Telegram answers instead of a result.
        """
        handler = METHODS.get(name.lower())
        if handler is None:
            raise RefusedError(404, "Not Found: method not found")
        return await handler(self, params)

    def chat(self, params: Params) -> Chat:
        """Find the chat that a call is about; refuse one that is closed to the bot."""
        if not params.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat_id = params.whole("chat_id", "chat not found")
        chat = self.world.chats.get(chat_id)
        if chat is None:
            if chat_id in self.world.people:
                raise forbidden("bot can't initiate conversation with a user")
            raise bad_request("chat not found")
        if chat.upgraded_to is not None:
            raise upgraded(chat.upgraded_to)
        if not chat.has(self.world.bot_id):
            raise forbidden(_closed(chat, chat.members.get(self.world.bot_id, "left")))
        return chat

    def send(self, params: Params, content: Json) -> Json:
        """Put a message of the bot into a chat."""
        chat = self.chat(params)
        content |= _keyboard(params) | self._answered(chat, params) | _thread(chat, params)
        if self.limits is not None:
            self.limits.take(chat.id, is_group=not chat.is_private)
        return self.world.store(chat, self.world.bot, content)

    def _answered(self, chat: Chat, params: Params) -> Json:
        """The message that this one answers."""
        answered = params.mapping("reply_parameters", "can't parse reply parameters")
        if answered is None:
            return {}
        original = chat.messages.get(int(answered.get("message_id", 0)))
        if original is None:
            if answered.get("allow_sending_without_reply"):
                return {}
            raise bad_request("message to be replied not found")
        return {"reply_to_message": quoted(original)}

    def file(self, params: Params, kind: str, most: int) -> StoredFile:
        """Take the file of a call: new, or one known by its id."""
        given = params.upload(kind)
        if not given:
            raise bad_request(f"there is no {kind} in the request")
        if isinstance(given, Upload):
            _check_size(kind, len(given.content), most)
            return self.world.files.add(
                given.name, given.mime_type, given.content, kind=f"{kind}s"
            )
        known = self.world.files.get(given)
        if known is None:
            raise bad_request(
                "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
            )
        return known


def _check_size(kind: str, size: int, most: int) -> None:
    """Refuse a file that is empty or too big."""
    if not size:
        raise bad_request("file must be non-empty")
    if size > DOCUMENT_BYTES:
        raise RefusedError(413, "Request Entity Too Large")
    if size > most:
        raise bad_request(
            f"file of size {size} bytes is too big for a {kind}; the maximum size is {most} bytes"
        )


def quoted(message: Json) -> Json:
    """A message as it stands in one that answers it: without what it answers itself."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def _closed(chat: Chat, status: str) -> str:
    """Why the bot may not write."""
    if chat.is_private:
        return "bot was blocked by the user"
    kind = f"{chat.info['type']} chat"
    if status == "kicked":
        return f"bot was kicked from the {kind}"
    return f"bot is not a member of the {kind}"


def _thread(chat: Chat, params: Params) -> Json:
    """The topic of a forum that a message goes to."""
    if not params.text("message_thread_id"):
        return {}
    if not chat.info.get("is_forum"):
        raise bad_request("message thread not found")
    return {"message_thread_id": params.whole("message_thread_id"), "is_topic_message": True}


def formatted(params: Params, name: str) -> markup.Formatted:
    """Read a text with its entities; refuse markup that cannot be read."""
    text, mode = params.text(name), params.text("parse_mode").upper()
    if len(text.encode("utf-8", "surrogatepass")) > RAW_BYTES:
        raise bad_request("text is too long")
    if mode not in {"", "NONE", "HTML"}:  # Markdown is not read here; no reply of ours uses it
        raise bad_request("unsupported parse_mode")
    if mode == "HTML":
        try:
            return markup.read_html(text).trimmed().detected()
        except markup.UnreadableHtmlError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    given = params.values.get("entities" if name == "text" else "caption_entities")
    entities = tuple(given) if isinstance(given, list) else ()
    return markup.Formatted(text, entities).trimmed().detected()


def _text(params: Params, too_long: str) -> Json:
    """The text of a message; Telegram counts what is seen, without tags."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    read = formatted(params, "text")
    if not read.text:
        raise bad_request("text must be non-empty")
    if markup.units(read.text) > MESSAGE_UNITS:
        raise bad_request(too_long)
    return {"text": read.text} | ({"entities": list(read.entities)} if read.entities else {})


def _caption(params: Params) -> Json:
    """The words under a picture or a document."""
    read = formatted(params, "caption")
    if markup.units(read.text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    if not read.text:
        return {}
    entities = {"caption_entities": list(read.entities)} if read.entities else {}
    return {"caption": read.text} | entities


def _keyboard(params: Params) -> Json:
    """The buttons under a message."""
    given = params.mapping("reply_markup", MARKUP)
    if given is None:
        return {}
    rows = given.get("inline_keyboard")
    if not isinstance(rows, list):
        if {"keyboard", "remove_keyboard", "force_reply"} & given.keys():
            return {}  # shown by phones below the line one writes in; this one has none
        raise bad_request(MARKUP)
    kept = [[button for button in row if _is_button(button)] for row in rows]
    kept = [row for row in kept if row]
    return {"reply_markup": {"inline_keyboard": kept}} if kept else {}


def _is_button(button: Json) -> bool:
    """Tell whether a button is shown; one without words is dropped, a wrong one refused."""
    if "text" not in button:
        raise bad_request(f'{BUTTON}: Can\'t find field "text"')
    if not any(button.get(kind) for kind in BUTTON_KINDS):
        raise bad_request(f"{BUTTON}: Text buttons are unallowed in the inline keyboard")
    if len(str(button.get("callback_data", "")).encode()) > BUTTON_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not LINK.fullmatch(str(button["url"])):
        raise bad_request(
            f"inline keyboard button URL '{button['url']}' is invalid: Wrong URL host"
        )
    return bool(str(button["text"]).strip())


# The bot itself.


@method("getMe")
async def get_me(bot: Methods, _params: Params) -> Json:
    """Who the bot is."""
    return bot.world.bot


@method("setMyCommands")
async def set_my_commands(bot: Methods, params: Params) -> bool:
    """Set the menu of a scope."""
    commands = params.sequence("commands", "expected an Array of BotCommand") or []
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    bot.world.commands[_scope(params)] = commands
    bot.world.tell("commands", {"commands": commands})
    return True


def _check_command(command: Json) -> None:
    name = str(command.get("command", "")).strip().removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > COMMAND_CHARS:
        raise bad_request(f"command length must not exceed {COMMAND_CHARS}")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > DESCRIPTION_CHARS:
        raise bad_request(f"command description length must not exceed {DESCRIPTION_CHARS}")


@method("getMyCommands")
async def get_my_commands(bot: Methods, params: Params) -> list[Json]:
    """The menu of a scope."""
    return bot.world.commands.get(_scope(params), [])


@method("deleteMyCommands")
async def delete_my_commands(bot: Methods, params: Params) -> bool:
    """Take the menu of a scope away."""
    bot.world.commands.pop(_scope(params), None)
    bot.world.tell("commands", {"commands": []})
    return True


def _scope(params: Params) -> str:
    """Name a scope: its kind, chat and person, and the language."""
    scope = params.mapping("scope", "can't parse BotCommandScope") or {}
    parts = (scope.get("type", "default"), scope.get("chat_id"), scope.get("user_id"))
    named = ":".join(str(part) for part in parts if part is not None)
    return f"{named} {params.text('language_code')}".strip()


@method("setMyDescription")
async def set_my_description(bot: Methods, params: Params) -> bool:
    """Set what an empty chat shows."""
    bot.world.about["description"] = params.text("description")
    return True


@method("setMyShortDescription")
async def set_my_short_description(bot: Methods, params: Params) -> bool:
    """Set what the bot's profile shows."""
    bot.world.about["short_description"] = params.text("short_description")
    return True


# Updates.


@method("getUpdates")
async def get_updates(bot: Methods, params: Params) -> list[Json]:
    """Wait for updates; what lies before `offset` is acknowledged."""
    updates = bot.world.updates
    updates.allow(_kinds(params))
    return await updates.poll(
        params.whole("offset"), params.whole("limit", default=100), params.whole("timeout")
    )


@method("setWebhook")
async def set_webhook(bot: Methods, params: Params) -> bool:
    """Push updates to an address; an empty one ends that."""
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return await delete_webhook(bot, params)
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise bad_request("invalid webhook URL specified")
    if len(secret) > SECRET_CHARS:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[\w-]*", secret, re.ASCII):
        raise bad_request("secret token contains unallowed characters")
    if params.flag("drop_pending_updates"):
        bot.world.updates.waiting.clear()
    bot.world.updates.allow(_kinds(params))
    bot.world.updates.webhook = Webhook(
        url, secret, params.whole("max_connections", default=40) or 40
    )
    bot.world.updates.wake()
    return True


@method("deleteWebhook")
async def delete_webhook(bot: Methods, params: Params) -> bool:
    """Go back to polling."""
    bot.world.updates.webhook = None
    if params.flag("drop_pending_updates"):
        bot.world.updates.waiting.clear()
    bot.world.updates.wake()
    return True


@method("getWebhookInfo")
async def get_webhook_info(bot: Methods, _params: Params) -> Json:
    """Where updates go, and how the last push ended."""
    updates = bot.world.updates
    webhook = updates.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.waiting),
    }
    if webhook is not None:
        info["max_connections"] = webhook.max_connections
        if webhook.last_error_message is not None:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    if updates.allowed:
        info["allowed_updates"] = sorted(updates.allowed)
    return info


def _kinds(params: Params) -> list[str] | None:
    """The kinds of updates that are wanted; a list that cannot be read changes nothing."""
    kinds = params.values.get("allowed_updates")
    return [str(kind) for kind in kinds] if isinstance(kinds, list) else None


# Messages.


@method("sendMessage")
async def send_message(bot: Methods, params: Params) -> Json:
    """Write into a chat."""
    return bot.send(params, _text(params, "message is too long"))


@method("sendPhoto")
async def send_photo(bot: Methods, params: Params) -> Json:
    """Send a picture."""
    caption, file = _caption(params), bot.file(params, "photo", PHOTO_BYTES)
    return bot.send(params, photo_content(file) | caption)


@method("sendDocument")
async def send_document(bot: Methods, params: Params) -> Json:
    """Send a file."""
    caption, file = _caption(params), bot.file(params, "document", DOCUMENT_BYTES)
    return bot.send(params, document_content(file) | caption)


def photo_content(file: StoredFile) -> Json:
    """A picture as a message holds it."""
    size = {
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "file_size": file.size,
        "width": 1280,
        "height": 720,
    }
    return {"photo": [size]}


def document_content(file: StoredFile) -> Json:
    """A document as a message holds it."""
    return {
        "document": {
            "file_id": file.file_id,
            "file_unique_id": file.file_unique_id,
            "file_name": file.name,
            "mime_type": file.mime_type,
            "file_size": file.size,
        }
    }


@method("editMessageText")
async def edit_message_text(bot: Methods, params: Params) -> Json:
    """Change the text of a message of the bot, and its buttons."""
    content = _text(params, "MESSAGE_TOO_LONG") | _keyboard(params)
    chat, message = _own(bot, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _edit(bot, chat, message, content, {"text", "entities", "reply_markup"})


@method("editMessageReplyMarkup")
async def edit_message_reply_markup(bot: Methods, params: Params) -> Json:
    """Change the buttons under a message of the bot."""
    keyboard = _keyboard(params)
    chat, message = _own(bot, params)
    return _edit(bot, chat, message, keyboard, {"reply_markup"})


def _own(bot: Methods, params: Params) -> tuple[Chat, Json]:
    """Find the message of the bot that a call changes."""
    if not params.text("chat_id") and not params.text("message_id"):
        raise bad_request("message identifier is not specified")
    chat = bot.chat(params)
    message = chat.messages.get(params.whole("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != bot.world.bot_id:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(bot: Methods, chat: Chat, message: Json, content: Json, parts: set[str]) -> Json:
    kept = {key: value for key, value in message.items() if key not in parts}
    before = {key: value for key, value in message.items() if key in parts}
    if content == before:
        raise bad_request(NOT_MODIFIED)
    return bot.world.change(chat, message["message_id"], kept | content)


@method("deleteMessage")
async def delete_message(bot: Methods, params: Params) -> bool:
    """Take a message away: the bot's own, and others' where it may."""
    if not params.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not params.whole("message_id"):
        raise bad_request("message identifier is not specified")
    chat = bot.chat(params)
    message = chat.messages.get(params.whole("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    is_own = message["from"]["id"] == bot.world.bot_id
    is_admin = chat.members.get(bot.world.bot_id) in ADMINISTERS
    if not (is_own or chat.is_private or is_admin):
        raise bad_request("message can't be deleted")
    bot.world.forget(chat, message["message_id"])
    return True


@method("sendChatAction")
async def send_chat_action(bot: Methods, params: Params) -> bool:
    """Show for some seconds what the bot is doing."""
    action = params.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = bot.chat(params)
    bot.world.tell("action", {"action": action}, chat.id)
    return True


# Answers to what was pressed or typed.


@method("answerCallbackQuery")
async def answer_callback_query(bot: Methods, params: Params) -> bool:
    """End the waiting of a pressed button."""
    query = bot.world.queries.get(params.text("callback_query_id"))
    if query is None or query.answer is not None:
        raise bad_request(QUERY_GONE)
    text = params.text("text")
    if markup.units(text) > TOAST_UNITS:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = {"text": text, "show_alert": params.flag("show_alert")}
    if params.text("url"):
        query.answer["url"] = params.text("url")
    told = query.answer | {"query_id": params.text("callback_query_id")}
    bot.world.tell("answer", told, query.chat_id, query.user_id)
    return True


@method("answerInlineQuery")
async def answer_inline_query(bot: Methods, params: Params) -> bool:
    """Give the results of an inline query."""
    results = params.sequence("results", "expected an Array of inline query results") or []
    if len(results) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    checked = [_checked(result) for result in results]
    ids = [result["id"] for result in checked]
    if any(not 1 <= len(each.encode()) <= BUTTON_BYTES for each in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    query = bot.world.queries.get(params.text("inline_query_id"))
    if query is None or query.answer is not None:
        raise bad_request(QUERY_GONE)
    query.answer = {"results": checked}
    told = query.answer | {"query_id": params.text("inline_query_id")}
    bot.world.tell("inline", told, None, query.user_id)
    return True


def _checked(result: Json) -> Json:
    """Read the text that choosing a result sends."""
    content = result.get("input_message_content") or {}
    if result.get("type") != "article":  # no other is shown here; no result of ours is another
        kind = result.get("type")
        raise bad_request(f'{RESULT}: type "{kind}" is unsupported for the inline query result')
    if "message_text" not in content:
        raise bad_request(f"{RESULT}: Input message content is not specified")
    inner = Params({"text": content["message_text"], "parse_mode": content.get("parse_mode", "")})
    keyboard = _keyboard(Params({"reply_markup": result.get("reply_markup")}))
    return {
        "id": str(result.get("id", "")),
        "title": str(result.get("title", "")),
        "description": str(result.get("description", "")),
        "message": _text(inner, "MESSAGE_TOO_LONG") | keyboard,
    }


# Files and chats.


@method("getFile")
async def get_file(bot: Methods, params: Params) -> Json:
    """Prepare a file for download."""
    if not params.text("file_id"):
        raise bad_request("file_id not specified")
    file = bot.world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


@method("getChat")
async def get_chat(bot: Methods, params: Params) -> Json:
    """All about a chat."""
    gifts = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"
    return bot.chat(params).info | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts.split(), False),
    }


@method("getChatMember")
async def get_chat_member(bot: Methods, params: Params) -> Json:
    """What somebody is in a chat."""
    user_id = params.whole("user_id", "invalid user_id specified")
    chat = bot.chat(params)
    everyone = bot.world.people | {bot.world.bot_id: bot.world.bot}
    if user_id not in everyone:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member(everyone[user_id], chat.members.get(user_id, "left"))


@method("getChatAdministrators")
async def get_chat_administrators(bot: Methods, params: Params) -> list[Json]:
    """Who may change a group."""
    chat = bot.chat(params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    everyone = bot.world.people | {bot.world.bot_id: bot.world.bot}
    return [
        member(everyone[user_id], status)
        for user_id, status in chat.members.items()
        if status in ADMINISTERS
    ]


def member(user: Json, status: str) -> Json:
    """Somebody's place in a chat, as the Bot API writes it."""
    more: dict[str, Any] = {}
    if status == "administrator":
        more = dict.fromkeys(RIGHTS, True) | {"can_be_edited": False, "is_anonymous": False}
    elif status == "creator":
        more = {"is_anonymous": False}
    elif status == "kicked":
        more = {"until_date": 0}
    return {"user": user, "status": status} | more


@method("leaveChat")
async def leave_chat(bot: Methods, params: Params) -> bool:
    """Leave a group."""
    chat = bot.chat(params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.members[bot.world.bot_id] = "left"
    bot.world.store(chat, bot.world.bot, {"left_chat_member": bot.world.bot})
    return True
