"""Methods that answer what was pressed, or typed behind the bot's name."""

from bot.demo import markup
from bot.demo.methods.content import BUTTON_BYTES, keyboard_of, text_of
from bot.demo.methods.side import BotSide
from bot.demo.params import Params
from bot.demo.refusals import QUERY_GONE, Json, bad_request

TOAST_UNITS = 200
MOST_RESULTS = 50
RESULT = "can't parse inline query result"


async def answer_callback_query(side: BotSide, params: Params) -> bool:
    """End the waiting of a pressed button."""
    query = side.world.queries.get(params.text("callback_query_id"))
    if query is None or query.answer is not None:
        raise bad_request(QUERY_GONE)
    text = params.text("text")
    if markup.units(text) > TOAST_UNITS:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = {"text": text, "show_alert": params.flag("show_alert")}
    if params.text("url"):
        query.answer["url"] = params.text("url")
    told = query.answer | {"query_id": params.text("callback_query_id")}
    side.world.tell("answer", told, query.chat_id, query.user_id)
    return True


async def answer_inline_query(side: BotSide, params: Params) -> bool:
    """Give the results of an inline query."""
    unread = "JSON encoded inline query results"
    results = params.sequence("results", "inline query results", unread)
    if len(results) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    checked = [_checked(result) for result in results]
    ids = [result["id"] for result in checked]
    if not all(ids):
        raise bad_request("RESULT_ID_EMPTY")
    if any(len(each.encode()) > BUTTON_BYTES for each in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    query = side.world.queries.get(params.text("inline_query_id"))
    if query is None or query.answer is not None:
        raise bad_request(QUERY_GONE)
    query.answer = {"results": checked}
    told = query.answer | {"query_id": params.text("inline_query_id")}
    side.world.tell("inline", told, None, query.user_id)
    return True


def _checked(result: object) -> Json:
    """Read the text that choosing a result sends."""
    if not isinstance(result, dict):
        raise bad_request(f"{RESULT}: Inline query result must be an object")
    content = result.get("input_message_content")
    if result.get("type") != "article":  # no other is shown here; no result of ours is another
        kind = result.get("type")
        raise bad_request(f'{RESULT}: type "{kind}" is unsupported for the inline query result')
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request(f"{RESULT}: Input message content is not specified")
    inner = Params({"text": content["message_text"], "parse_mode": content.get("parse_mode", "")})
    keyboard = keyboard_of(Params({"reply_markup": result.get("reply_markup")}))
    return {
        "id": str(result.get("id", "")),
        "title": str(result.get("title", "")),
        "description": str(result.get("description", "")),
        "message": text_of(inner, "MESSAGE_TOO_LONG") | keyboard,
    }
