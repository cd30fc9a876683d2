"""A group that became a supergroup lives on under another id."""

from telegram import Update

from handlers.context import Context, message_of
from storage.entries import move_chat


async def follow_chat(update: Update, context: Context) -> None:
    """Keep a group admitted under its new id."""
    message = message_of(update)
    if message.migrate_to_chat_id is not None:
        await move_chat(context.turn.session, message.chat_id, message.migrate_to_chat_id)
