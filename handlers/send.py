"""The only module that sends: replies become messages that Telegram accepts."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from html import unescape

from telegram import (
    Bot,
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

from handlers.views.reply import Button, Reply

logger = logging.getLogger(__name__)

MESSAGE_UNITS = 4096  # UTF-16 units of one message, counted without its tags
ATTEMPTS = 3
NETWORK_SECONDS = 1.0  # before a call is repeated that got no answer
LONGEST_WAIT_SECONDS = 20.0  # a chat that Telegram holds back for longer is given up

PIECE = re.compile(r"<[^>]+>|\s+|[^<\s]+|<")
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)[^>]*>")
CHARACTER = re.compile(r"&#?\w+;|.", re.DOTALL)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
NOT_MODIFIED = "message is not modified"
NOT_EDITABLE = ("message to edit not found", "message can't be edited")
UNKNOWN_CHAT = "chat not found"
UNREADABLE = (TypeError, ValueError, KeyError)  # as the library fails over a strange answer

Pause = Callable[[float], Awaitable[None]]
Call = Callable[[int], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a reply goes, and how to wait for it to be taken."""

    bot: Bot
    chat_id: int
    thread_id: int | None
    pause: Pause


async def send(  # noqa: PLR0913 - where to, what, and two ways to tie it to what was said
    bot: Bot,
    chat_id: int,
    reply: Reply,
    reply_to: int | None = None,
    thread_id: int | None = None,
    *,
    pause: Pause = asyncio.sleep,
) -> None:
    """Send a reply, in as many messages as it needs; the buttons go under the last.

    `reply_to` is the message that the first one answers (it may be gone by now), `thread_id`
    the topic of a forum; `pause` waits so many seconds between two attempts.
    """
    place = _Place(bot, chat_id, thread_id, pause)
    await _send_texts(place, messages(reply.blocks), reply.buttons, reply_to)


async def edit(  # noqa: PLR0913 - as `send`
    bot: Bot,
    chat_id: int,
    message_id: int,
    reply: Reply,
    thread_id: int | None = None,
    *,
    pause: Pause = asyncio.sleep,
) -> None:
    """Put a reply in the place of a message of ours; what does not fit follows it.

    A message that can no longer be edited gets the reply below it.
    """
    place = _Place(bot, chat_id, thread_id, pause)
    first, *rest = messages(reply.blocks)

    async def call(to: int) -> None:
        await bot.edit_message_text(
            first,
            chat_id=to,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=None if rest else _keyboard(reply.buttons),
        )

    try:
        await _deliver(place, call)
    except BadRequest as error:
        text = error.message.lower()
        if any(known in text for known in NOT_EDITABLE):
            rest = [first, *rest]
        elif NOT_MODIFIED not in text:
            raise
    await _send_texts(place, rest, reply.buttons)


async def _send_texts(
    place: _Place,
    texts: Sequence[str],
    buttons: tuple[tuple[Button, ...], ...],
    reply_to: int | None = None,
) -> None:
    """Send the messages of one reply, in order; stop where the chat does not take them."""
    answered = None
    if reply_to is not None:
        answered = ReplyParameters(reply_to, allow_sending_without_reply=True)
    last = len(texts) - 1
    for number, text in enumerate(texts):
        call = partial(
            place.bot.send_message,
            text=text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            message_thread_id=place.thread_id,
            reply_parameters=answered if number == 0 else None,
            reply_markup=_keyboard(buttons) if number == last else None,
        )
        if not await _deliver(place, call):
            return


async def _deliver(place: _Place, call: Call) -> bool:
    """Call until Telegram takes it; False for a chat that is closed to us."""
    chat_id = place.chat_id
    for left in reversed(range(ATTEMPTS)):
        try:
            await call(chat_id)
        except TelegramError as error:
            if _is_closed(error):
                logger.warning("chat %s is closed to the bot: %s", chat_id, error.message)
                return False
            seconds = _seconds_after(error)
            if not left or seconds is None:
                raise
            if isinstance(error, ChatMigrated):
                chat_id = error.new_chat_id
            logger.warning("chat %s: %s; again in %s s", chat_id, error.message, seconds)
            await place.pause(seconds)
        except UNREADABLE as error:
            # Telegram took it: only its answer is in a form that the library does not know
            logger.error("chat %s: answer not read (%s)", chat_id, type(error).__name__)  # noqa: TRY400
            return True
        else:
            return True
    return False


def _is_closed(error: TelegramError) -> bool:
    """Tell whether nothing can be written to the chat any more."""
    is_unknown = isinstance(error, BadRequest) and UNKNOWN_CHAT in error.message.lower()
    return is_unknown or isinstance(error, Forbidden)


def _seconds_after(error: TelegramError) -> float | None:
    """Give the wait before a refused call is repeated; None where repeating does not help.

    A call that got no answer is repeated, though it may have arrived: an answer that comes
    twice harms less than one that never comes.
    """
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        return seconds if seconds <= LONGEST_WAIT_SECONDS else None
    if isinstance(error, ChatMigrated):
        return 0.0
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return NETWORK_SECONDS
    return None


def _keyboard(buttons: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """Turn rows of buttons into a keyboard."""
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
            for row in buttons
        ]
    )


def messages(blocks: Sequence[str]) -> list[str]:
    """Join blocks into as few messages as they fit in, split between blocks where possible.

    Raises:
        ValueError: there is nothing to read in them; Telegram would refuse it.
    """
    texts: list[str] = []
    taken: list[str] = []
    used = 0
    for block in _fitting(blocks):
        size = units(block)
        if taken and used + 1 + size > MESSAGE_UNITS:
            texts.append("\n".join(taken).rstrip())
            taken, used = [], 0
        if not taken and not visible(block).strip():
            continue  # no message begins with an empty line
        used += size + bool(taken)
        taken.append(block)
    if taken:
        texts.append("\n".join(taken).rstrip())
    if not texts:
        raise ValueError("a reply without text")
    return texts


def units(html: str) -> int:
    """Count the UTF-16 units of a text after its tags and entities are read."""
    return len(visible(html).encode("utf-16-le", "surrogatepass")) // 2


def visible(html: str) -> str:
    """Give the text as it is read, without tags and entities."""
    return unescape(TAG.sub("", html))


def _fitting(blocks: Sequence[str]) -> Iterator[str]:
    """Give the blocks, the oversized ones in parts."""
    for block in blocks:
        if units(block) <= MESSAGE_UNITS:
            yield block
        else:
            yield from _parts(block)


def _parts(block: str) -> Iterator[str]:
    """Split one block between words; tags open at a split are closed and opened again."""
    text, used = "", 0
    opened: list[tuple[str, str]] = []  # name, and the whole tag
    for piece in _pieces(block):
        if tag := TAG.fullmatch(piece):
            if not tag["end"]:
                opened.append((tag["name"], piece))
            elif opened:
                opened.pop()
            text += piece
            continue
        size = units(piece)
        if used + size > MESSAGE_UNITS:
            yield text.rstrip() + "".join(f"</{name}>" for name, _ in reversed(opened))
            text, used = "".join(tag for _, tag in opened), 0
        if used or not piece.isspace():
            text, used = text + piece, used + size
    if used:
        yield text


def _pieces(block: str) -> Iterator[str]:
    """Give tags, blanks and words; the characters of a word that fills a message by itself."""
    for piece in PIECE.findall(block):
        if units(piece) > MESSAGE_UNITS:
            yield from CHARACTER.findall(piece)
        else:
            yield piece
