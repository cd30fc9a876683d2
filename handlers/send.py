"""The only module that sends: what waits to be sent becomes messages on Telegram."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

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
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from storage.traffic import Buttons, Outgoing

logger = logging.getLogger(__name__)

ATTEMPTS = 3
NETWORK_SECONDS = 1.0  # before a call is repeated that got no answer
LONGEST_WAIT_SECONDS = 20.0  # a chat that Telegram holds back for longer is left for later

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
NOT_MODIFIED = "message is not modified"
UNKNOWN_CHAT = "chat not found"
TOAST_CHARS = 60  # what is longer vanishes before it is read: it is shown until it is closed
UNREADABLE = (TypeError, ValueError, KeyError)  # as the library fails over a strange answer

Pause = Callable[[float], Awaitable[None]]
Call = Callable[[int], Awaitable[object]]


class Outcome(Enum):
    """What became of a message."""

    SENT = auto()
    CLOSED = auto()  # the chat takes nothing from us (any more)
    REFUSED = auto()  # Telegram will never take it
    LATER = auto()  # it may go when it is tried again


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with a message."""

    name: str
    content: bytes


async def deliver(
    bot: Bot, message: Outgoing, file: File | None = None, *, pause: Pause = asyncio.sleep
) -> Outcome:
    """Send one message, or put it in the place of another; `pause` waits so many seconds.

    A message that can no longer be edited is sent below instead; one that answers a message
    which is gone is sent all the same.
    """
    if file is not None:
        return await _outcome(message, _document(bot, message, file), pause)
    if message.edits is not None:
        outcome = await _outcome(message, _edit(bot, message), pause)
        if outcome is not Outcome.REFUSED:
            return outcome
    return await _outcome(message, _text(bot, message), pause)


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


async def _outcome(message: Outgoing, call: Call, pause: Pause) -> Outcome:
    """Call until Telegram takes it, some times; tell what became of it."""
    chat_id = message.chat_id
    for left in reversed(range(ATTEMPTS)):
        try:
            await call(chat_id)
        except TelegramError as error:
            if _is_closed(error):
                logger.warning("chat %s is closed to the bot: %s", chat_id, error.message)
                return Outcome.CLOSED
            if _is_final(error):
                logger.warning("chat %s: message refused: %s", chat_id, error.message)
                return Outcome.REFUSED
            seconds = _seconds_after(error)
            if not left or seconds > LONGEST_WAIT_SECONDS:
                logger.warning("chat %s: %s; left for later", chat_id, error.message)
                return Outcome.LATER
            if isinstance(error, ChatMigrated):
                chat_id = error.new_chat_id
            logger.warning("chat %s: %s; again in %s s", chat_id, error.message, seconds)
            await pause(seconds)
        except UNREADABLE as error:
            # Telegram took it: only its answer is in a form that the library does not know
            logger.error("chat %s: answer not read (%s)", chat_id, type(error).__name__)  # noqa: TRY400
            return Outcome.SENT
        else:
            return Outcome.SENT
    return Outcome.LATER


def _is_closed(error: TelegramError) -> bool:
    """Tell whether nothing can be written to the chat any more."""
    is_unknown = isinstance(error, BadRequest) and UNKNOWN_CHAT in error.message.lower()
    return is_unknown or isinstance(error, Forbidden)


def _is_final(error: TelegramError) -> bool:
    """Tell whether repeating the call does not help."""
    return isinstance(error, BadRequest) or not isinstance(
        error, (RetryAfter, ChatMigrated, NetworkError)
    )


def _seconds_after(error: TelegramError) -> float:
    """Give the wait before a refused call is repeated.

    A call that got no answer is repeated, though it may have arrived: an answer that comes
    twice harms less than one that never comes.
    """
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
    return 0.0 if isinstance(error, ChatMigrated) else NETWORK_SECONDS


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
