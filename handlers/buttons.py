"""What a pressed button does: the message under it changes, or a new one follows."""

import logging

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest

from handlers.context import Context
from handlers.send import edit, send

logger = logging.getLogger(__name__)

SEND_NEW = "n:"  # data that begins so asks for a new message
GONE = "Ese botón ya no vale; pregunte de nuevo."


async def press(update: Update, context: Context) -> None:
    """Answer one pressed button."""
    query, services = query_of(update), context.services
    message, data = query.message, query.data
    if message is None or data is None:
        await acknowledge(query, GONE)
        return
    chat = message.chat
    reply = await services.conversation.reply_to_button(services, chat.id, data)
    if reply is None:
        await acknowledge(query, GONE)
        return
    await acknowledge(query)
    thread_id = thread_of(message)
    if data.startswith(SEND_NEW):
        reply_to = None if chat.type == ChatType.PRIVATE else message.message_id
        await send(context.bot, chat.id, reply, reply_to=reply_to, thread_id=thread_id)
    else:
        await edit(context.bot, chat.id, message.message_id, reply, thread_id=thread_id)


async def acknowledge(query: CallbackQuery, text: str | None = None) -> None:
    """End the waiting sign on the button; one that was pressed long ago shows none any more."""
    try:
        await query.answer(text)
    except BadRequest as error:
        logger.info("callback query not acknowledged: %s", error.message)


def query_of(update: Update) -> CallbackQuery:
    """Give the query of an update that a route let through because it has one."""
    if update.callback_query is None:
        raise TypeError("the route let an update without a callback query through")
    return update.callback_query


def thread_of(message: MaybeInaccessibleMessage) -> int | None:
    """Give the topic of a forum that a message stands in."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id
    return None
