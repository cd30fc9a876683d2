"""What a message holds: text, caption, buttons and files, read from a call or refused."""

import re

from bot.demo import markup
from bot.demo.files import StoredFile
from bot.demo.params import Params, whole
from bot.demo.refusals import Json, RefusedError, bad_request

MESSAGE_UNITS, CAPTION_UNITS = 4096, 1024
RAW_BYTES = 32_768  # of a text before its markup is read
BUTTON_BYTES = 64
PHOTO_BYTES, DOCUMENT_BYTES = 10 * 1024 * 1024, 50 * 1024 * 1024
ROWS = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
BUTTON = "can't parse inline keyboard button"
BUTTON_KINDS = (
    "callback_data",
    "url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
)
LINK = re.compile(r"(https?|tg|ton)://\S+|[\w-]+(\.[\w-]+)+(/\S*)?")


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
    entities = given if isinstance(given, list) else []
    if not all(isinstance(each, dict) and "offset" in each for each in entities):
        raise bad_request("can't parse MessageEntity: Can't find field \"offset\"")
    return markup.Formatted(text, tuple(map(_entity, entities))).trimmed().detected()


def _entity(given: Json) -> Json:
    """Take an entity with its numbers as numbers."""
    return given | {"offset": whole(given["offset"]), "length": whole(given.get("length", 0))}


def text_of(params: Params, too_long: str) -> Json:
    """The text of a message; Telegram counts what is seen, without tags."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    read = formatted(params, "text")
    if not read.text:
        raise bad_request("text must be non-empty")
    if markup.units(read.text) > MESSAGE_UNITS:
        raise bad_request(too_long)
    return {"text": read.text} | ({"entities": list(read.entities)} if read.entities else {})


def caption_of(params: Params) -> Json:
    """The words under a picture or a document."""
    read = formatted(params, "caption")
    if markup.units(read.text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    if not read.text:
        return {}
    entities = {"caption_entities": list(read.entities)} if read.entities else {}
    return {"caption": read.text} | entities


def keyboard_of(params: Params) -> Json:
    """The buttons under a message."""
    given = params.mapping("reply_markup", "reply markup", "reply keyboard markup")
    rows = given.get("inline_keyboard", [])  # other keyboards stand below; this phone has none
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(ROWS)
    kept = [[button for button in row if _is_button(button)] for row in rows]
    kept = [row for row in kept if row]
    return {"reply_markup": {"inline_keyboard": kept}} if kept else {}


def _is_button(button: object) -> bool:
    """Tell whether a button is shown; one without words is dropped, a wrong one refused."""
    if not isinstance(button, dict):
        raise bad_request(f"{BUTTON}: InlineKeyboardButton must be an Object")
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


def check_size(kind: str, size: int, most: int) -> None:
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
