"""What a pressed button does: the message under it changes, or a new one follows."""

import re
from html import unescape

from telegram import CallbackQuery, Update

from handlers import admitting, deeds, deliveries, dialogs, subscribing
from handlers.context import Context
from handlers.deeds import RefusedError
from handlers.permission import Deed
from handlers.turn import Turn
from handlers.views.marks import GONE, HAS_CHANGED, NOT_YOURS
from handlers.views.messages import visible
from handlers.views.reply import Reply
from storage import drafts
from storage.errors import ConflictError
from storage.matrix import find_by_id
from storage.records import MeansRow
from storage.traffic import DraftKind

SEND_NEW = "n:"  # data that begins so asks for a new message
OPEN_TO_STRANGERS = "q:"  # to ask for access
TOAST_CHARS = 200
NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)  # any id of ours; a longer one fits no column
CHAT = re.compile(r"-?\d{1,18}", re.ASCII)  # the id of a chat, which Telegram gives
OLD = "Ese botón es de antes; vea cómo está ahora."


async def press(update: Update, context: Context) -> None:
    """Answer one pressed button; what it may do is decided by who presses it, now."""
    query, turn = query_of(update), context.turn
    if query.message is None or query.data is None:
        turn.toast = GONE
        return
    try:
        await _pressed(turn, query.data)
    except RefusedError as refusal:
        turn.toast = unescape(visible(refusal.reason))[:TOAST_CHARS]


async def _pressed(turn: Turn, data: str) -> None:
    """Do what a button stands for.

    Raises:
        RefusedError: it may not be done, or means nothing (any more).
    """
    kind, *rest = data.split(":")
    match kind, rest:
        case (("d" | "q"), [verb, *numbers]):
            await _go_on(turn, kind, verb, _whole(numbers))
        case "k", [verb, *numbers]:
            await _about_means(turn, verb, _whole(numbers))
        case "e", [number]:
            await deeds.send_evidence(turn, _whole([number])[0])
        case "w", [verb, *numbers]:
            await _about_notices(turn, verb, _whole(numbers))
        case "a", [verb, *numbers] if not NUMBER.fullmatch(verb):  # those are the areas of a list
            await _manage(turn, verb, _whole(numbers, CHAT if verb == "out" else NUMBER))
        case _:
            reply = await turn.services.conversation.reply_to_button(turn, data)
            if reply is None:
                raise RefusedError(GONE)
            if data.startswith(SEND_NEW):
                turn.say(reply)
            else:
                turn.put(reply)


def _whole(texts: list[str], number: re.Pattern[str] = NUMBER) -> list[int]:
    """Read the numbers of a button.

    Raises:
        RefusedError: they are none; nobody but a forger sends that.
    """
    if not all(number.fullmatch(text) for text in texts):
        raise RefusedError(GONE)
    return [int(text) for text in texts]


async def _go_on(turn: Turn, kind: str, verb: str, numbers: list[int]) -> None:
    """Go on with a dialogue of the sender's own, in its own chat."""
    if kind == "q" and verb in {"ask", "again"} and not numbers:
        turn.put(await admitting.ask(turn, again=verb == "again"))
        return
    match numbers:
        case [draft_id, revision, *rest]:
            draft = await drafts.find(turn.session, draft_id)
        case _:
            raise RefusedError(GONE)
    if draft is None or draft.chat_id != turn.place.chat_id:
        raise RefusedError(GONE)
    if draft.user_id != turn.sender.user_id:
        raise RefusedError(NOT_YOURS)
    is_request = draft.kind is DraftKind.REQUEST
    if is_request != (kind == "q"):
        raise RefusedError(GONE)
    goes_on = admitting.press_request if is_request else dialogs.press
    turn.put(await goes_on(turn, draft, verb, revision, rest))


async def _about_means(turn: Turn, verb: str, numbers: list[int]) -> None:
    """Look at a means, or do something about it as it was when the button was shown."""
    match numbers:
        case [means_id, seen]:
            row = await find_by_id(turn.session, means_id, turn.as_of)
        case _:
            raise RefusedError(GONE)
    if row is None:
        raise RefusedError(GONE)
    match verb:
        case "his":
            turn.say(await deeds.show_history(turn, row))
        case "evi":
            turn.say(await deeds.show_evidence(turn, row))
        case "card":
            turn.say(await deeds.show_card(turn, row))
        case "sub" | "wd" | "ver" | "obs" | "rep":
            await _do(turn, verb, row, seen)
        case _:
            raise RefusedError(GONE)


DEEDS = {
    "sub": Deed.SUBMIT,
    "wd": Deed.WITHDRAW,
    "ver": Deed.VERIFY,
    "obs": Deed.OBSERVE,
    "rep": Deed.REPROGRAM,
}


async def _do(turn: Turn, verb: str, row: MeansRow, seen: int) -> None:
    """Do a deed; on a means that has changed since, show how it stands instead."""
    await deeds.role_in(turn, DEEDS[verb], row)
    if row.last_event != seen:
        await _show_now(turn, row)
        return
    try:
        match verb:
            case "ver":
                turn.put(await deeds.verify(turn, row, seen))
            case "wd":
                turn.put(await deeds.withdraw(turn, row, seen))
            case _:
                turn.say(await dialogs.begin_at(turn, row, DEEDS[verb]))
    except ConflictError:  # somebody else was quicker by a moment
        now = await find_by_id(turn.session, row.id, turn.as_of)
        await _show_now(turn, now or row)


async def _show_now(turn: Turn, row: MeansRow) -> None:
    shown = await deeds.show_card(turn, row)
    turn.toast = OLD
    turn.say(Reply((HAS_CHANGED, *shown.blocks), shown.buttons))


async def _about_notices(turn: Turn, verb: str, numbers: list[int]) -> None:
    """Look at what the chat is told by itself, or change it."""
    reply = await subscribing.press(turn, verb, numbers)
    if verb in {"now", "list"}:
        turn.say(reply)  # the message with the button is a notice, which stays
    else:
        turn.put(reply)


async def _manage(turn: Turn, verb: str, numbers: list[int]) -> None:
    """Give and take access."""
    match verb, numbers:
        case "ok", [request_id]:
            reply = await admitting.decide(turn, request_id, is_approved=True)
        case "no", [request_id]:
            reply = await admitting.decide(turn, request_id, is_approved=False)
        case "inv", rest if rest and min(rest) >= 0:
            reply = await admitting.press_invite(turn, rest)
        case "ppl", [page]:
            reply = await admitting.show_people(turn, page)
        case "rev", [grant_id]:
            reply = await admitting.take_away(turn, grant_id, is_sure=False)
        case "rev", [grant_id, 1]:
            reply = await admitting.take_away(turn, grant_id, is_sure=True)
        case "out", [chat_id]:
            reply = await admitting.dismiss(turn, chat_id)
        case (("rep" | "drop"), [message_id]):
            reply = await deliveries.decide(turn, message_id, is_repeated=verb == "rep")
        case _:
            raise RefusedError(GONE)
    turn.put(reply)


def query_of(update: Update) -> CallbackQuery:
    """Give the query of an update that a route let through because it has one."""
    if update.callback_query is None:
        raise TypeError("the route let an update without a callback query through")
    return update.callback_query
