"""Methods that send, change and delete messages."""

from bot.demo.methods.content import (
    DOCUMENT_BYTES,
    PHOTO_BYTES,
    caption_of,
    document_content,
    keyboard_of,
    photo_content,
    text_of,
)
from bot.demo.methods.side import BotSide
from bot.demo.params import Params
from bot.demo.refusals import NOT_MODIFIED, Json, bad_request
from bot.demo.world import ADMINISTERS, Chat

ACTIONS = frozenset(
    "cancel typing upload_photo record_video upload_video record_voice upload_voice "
    "upload_document choose_sticker find_location record_video_note upload_video_note".split()
)


async def send_message(side: BotSide, params: Params) -> Json:
    """Write into a chat."""
    return side.send(params, text_of(params, "message is too long"))


async def send_photo(side: BotSide, params: Params) -> Json:
    """Send a picture."""
    caption, file = caption_of(params), side.file(params, "photo", PHOTO_BYTES)
    return side.send(params, photo_content(file) | caption)


async def send_document(side: BotSide, params: Params) -> Json:
    """Send a file."""
    caption, file = caption_of(params), side.file(params, "document", DOCUMENT_BYTES)
    return side.send(params, document_content(file) | caption)


async def edit_message_text(side: BotSide, params: Params) -> Json:
    """Change the text of a message of the bot, and its buttons."""
    content = text_of(params, "MESSAGE_TOO_LONG") | keyboard_of(params)
    chat, message = _own(side, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _edit(side, chat, message, content, {"text", "entities", "reply_markup"})


async def edit_message_reply_markup(side: BotSide, params: Params) -> Json:
    """Change the buttons under a message of the bot."""
    keyboard = keyboard_of(params)
    chat, message = _own(side, params)
    return _edit(side, chat, message, keyboard, {"reply_markup"})


def _own(side: BotSide, params: Params) -> tuple[Chat, Json]:
    """Find the message of the bot that a call changes."""
    if not params.text("chat_id") and not params.text("message_id"):
        raise bad_request("message identifier is not specified")
    chat = side.chat(params)
    message = chat.messages.get(params.whole("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != side.world.bot_id:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(side: BotSide, chat: Chat, message: Json, content: Json, parts: set[str]) -> Json:
    kept = {key: value for key, value in message.items() if key not in parts}
    before = {key: value for key, value in message.items() if key in parts}
    if content == before:
        raise bad_request(NOT_MODIFIED)
    return side.world.change(chat, message["message_id"], kept | content)


async def delete_message(side: BotSide, params: Params) -> bool:
    """Take a message away: the bot's own, and others' where it may."""
    if not params.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if params.whole("message_id") <= 0:
        raise bad_request("message identifier is not specified")
    chat = side.chat(params)
    message = chat.messages.get(params.whole("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    is_own = message["from"]["id"] == side.world.bot_id
    is_admin = chat.members.get(side.world.bot_id) in ADMINISTERS
    if not (is_own or chat.is_private or is_admin):
        raise bad_request("message can't be deleted")
    side.world.forget(chat, message["message_id"])
    return True


async def send_chat_action(side: BotSide, params: Params) -> bool:
    """Show for some seconds what the bot is doing."""
    action = params.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = side.chat(params)
    side.world.tell("action", {"action": action}, chat.id)
    return True
