"""The one place where an exception becomes a reply."""

import logging
from secrets import token_hex

from telegram import Update
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

from handlers.context import Context
from handlers.send import send
from handlers.views.reply import Reply
from storage.errors import StorageError

logger = logging.getLogger(__name__)


async def on_error(update: object, context: Context) -> None:
    """Log any failure with a ticket, and apologise with the same ticket."""
    ticket = token_hex(3)
    logger.error("update failed, ticket %s", ticket, exc_info=context.error)
    if not isinstance(update, Update) or update.effective_chat is None:
        return
    if isinstance(context.error, TelegramError) and not isinstance(context.error, BadRequest):
        return  # it was the sending that failed; an apology would fail alike
    chat, message = update.effective_chat, update.message
    try:
        if update.callback_query is not None:
            await update.callback_query.answer()
    except TelegramError as error:
        logger.info("callback query not acknowledged: %s", error)
    try:
        await send(
            context.bot,
            chat.id,
            unavailable(ticket) if isinstance(context.error, StorageError) else apology(ticket),
            reply_to=message.message_id if message and chat.type != ChatType.PRIVATE else None,
            thread_id=message.message_thread_id if message and message.is_topic_message else None,
        )
    except TelegramError as error:
        logger.warning("apology not sent, ticket %s: %s", ticket, error)


def apology(ticket: str) -> Reply:
    """Own a mistake of ours."""
    return Reply(
        (
            "Algo falló de nuestro lado y no pude responder. Intente de nuevo en un momento.",
            f"Si se repite, avise con este código: <code>{ticket}</code>",
        )
    )


def unavailable(ticket: str) -> Reply:
    """Say that the matrix cannot be read now."""
    return Reply(
        (
            "En este momento no puedo consultar la matriz. Intente de nuevo en unos minutos.",
            f"Si se repite, avise con este código: <code>{ticket}</code>",
        )
    )
