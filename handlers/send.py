"""The only module that sends: what waits to be sent becomes messages on Telegram."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

import aiohttp
import httpx
from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from storage.traffic import Buttons, Outgoing

logger = logging.getLogger(__name__)

ATTEMPTS = 3
NETWORK_SECONDS = 1.0  # before a call is repeated that failed on the way
LONGEST_WAIT_SECONDS = 20.0  # a chat that Telegram holds back for longer is left for later

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
NOT_MODIFIED = "message is not modified"
SHUT = (  # as Telegram says that the bot may not write to a chat, or to a topic in it
    "chat not found",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "topic_closed",
    "message thread not found",
)
TOAST_CHARS = 60  # what is longer vanishes before it is read: it is shown until it is closed
NEVER_SENT = (  # the transport calls a connection that breaks later a ConnectTimeout, too
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    httpx.PoolTimeout,
)
UNREADABLE = (TypeError, ValueError, KeyError)  # as the library fails over a strange answer

Pause = Callable[[float], Awaitable[None]]
Call = Callable[[int], Awaitable[object]]


class Outcome(Enum):
    """What became of a message."""

    SENT = auto()
    CLOSED = auto()  # the chat takes nothing from us (any more)
    REFUSED = auto()  # Telegram will never take it
    LATER = auto()  # it did not arrive, and may when it is tried again
    UNSURE = auto()  # nobody knows whether it arrived


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message, and what is to be known of it for another attempt."""

    outcome: Outcome
    why: str = ""
    seconds: float = 0.0  # LATER: before these have passed Telegram takes nothing for the chat
    moved_to: int | None = None  # the id under which the chat lives on


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with a message."""

    name: str
    content: bytes


async def deliver(
    bot: Bot,
    message: Outgoing,
    file: File | None = None,
    *,
    pause: Pause = asyncio.sleep,
    repeats: bool = True,
) -> Delivery:
    """Send one message, or put it in the place of another.

    A message that can no longer be edited is sent below instead; one that answers a message
    which is gone is sent all the same.

    Args:
        bot: that sends it.
        message: what is sent.
        file: what goes with it.
        pause: waits so many seconds.
        repeats: whether it is sent again where it may have arrived; if not, it is UNSURE then.
    """
    if file is not None:
        return await _delivery(message, _document(bot, message, file), pause, repeats=repeats)
    if message.edits is not None:
        delivery = await _delivery(message, _edit(bot, message), pause, repeats=repeats)
        if delivery.outcome is not Outcome.REFUSED:
            return delivery
    return await _delivery(message, _text(bot, message), pause, repeats=repeats)


def _text(bot: Bot, message: Outgoing) -> Call:
    async def call(chat_id: int) -> None:
        await bot.send_message(
            chat_id,
            message.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            message_thread_id=message.thread_id,
            reply_parameters=_answered(message),
            reply_markup=_keyboard(message.buttons),
        )

    return call


def _document(bot: Bot, message: Outgoing, file: File) -> Call:
    async def call(chat_id: int) -> None:
        await bot.send_document(
            chat_id,
            file.content,
            filename=file.name,
            caption=message.text,
            parse_mode=ParseMode.HTML,
            message_thread_id=message.thread_id,
            reply_parameters=_answered(message),
            reply_markup=_keyboard(message.buttons),
        )

    return call


def _edit(bot: Bot, message: Outgoing) -> Call:
    async def call(chat_id: int) -> None:
        try:
            await bot.edit_message_text(
                message.text,
                chat_id=chat_id,
                message_id=message.edits,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=_keyboard(message.buttons),
            )
        except BadRequest as error:
            if NOT_MODIFIED not in error.message.lower():
                raise

    return call


def _answered(message: Outgoing) -> ReplyParameters | None:
    if message.reply_to is None:
        return None
    return ReplyParameters(message.reply_to, allow_sending_without_reply=True)


async def _delivery(message: Outgoing, call: Call, pause: Pause, *, repeats: bool) -> Delivery:
    """Call until Telegram takes it, some times; tell what became of it."""
    chat_id, moved_to = message.chat_id, None
    for left in reversed(range(ATTEMPTS)):
        try:
            await call(chat_id)
        except TelegramError as error:
            failed = _failed(error)
            if isinstance(error, ChatMigrated):
                chat_id = moved_to = error.new_chat_id
            is_over = failed.outcome in {Outcome.CLOSED, Outcome.REFUSED} or (
                failed.outcome is Outcome.UNSURE and not repeats
            )
            if is_over or not left or failed.seconds > LONGEST_WAIT_SECONDS:
                logger.warning(
                    "chat %s: %s: %s", chat_id, failed.outcome.name.lower(), error.message
                )
                return replace(failed, moved_to=moved_to)
            logger.warning("chat %s: %s; again in %s s", chat_id, error.message, failed.seconds)
            await pause(failed.seconds)
        except UNREADABLE as error:
            # Telegram took it: only its answer is in a form that the library does not know
            logger.error("chat %s: answer not read (%s)", chat_id, type(error).__name__)  # noqa: TRY400
            break
        else:
            break
    return Delivery(Outcome.SENT, moved_to=moved_to)


def _never_left(error: BaseException | None) -> bool:
    """Whether a call failed before anything of it was sent."""
    while error is not None:
        if isinstance(error, NEVER_SENT):
            return True
        error = error.__cause__ or error.__context__
    return False


def _failed(error: TelegramError) -> Delivery:
    """What a failed call means for the message."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            failed = Delivery(Outcome.LATER, "retry after", seconds)
        case ChatMigrated():
            failed = Delivery(Outcome.LATER, "migrated")
        case Forbidden():
            failed = Delivery(Outcome.CLOSED, "forbidden")
        case BadRequest() if any(words in error.message.lower() for words in SHUT):
            failed = Delivery(Outcome.CLOSED, error.message.lower())
        case InvalidToken() | Conflict():
            failed = Delivery(Outcome.LATER, "token", NETWORK_SECONDS)
        case NetworkError() if not isinstance(error, BadRequest):
            is_sure = _never_left(error)
            outcome = Outcome.LATER if is_sure else Outcome.UNSURE
            failed = Delivery(
                outcome, "no connection" if is_sure else "no answer", NETWORK_SECONDS
            )
        case _:
            failed = Delivery(Outcome.REFUSED, error.message)
    return failed


def _keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """Turn rows of buttons into a keyboard."""
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=data) for label, data in row]
            for row in buttons
        ]
    )


async def acknowledge(query: CallbackQuery, text: str | None = None) -> None:
    """End the waiting sign on a button; one that was pressed long ago shows none any more."""
    try:
        await query.answer(text, show_alert=text is not None and len(text) > TOAST_CHARS)
    except TelegramError as error:
        logger.info("callback query not acknowledged: %s", error.message)
