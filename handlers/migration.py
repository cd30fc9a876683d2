"""A group that became a supergroup lives on under another id."""

from telegram import Update

from handlers.context import Context, message_of
from storage.entries import move_chat


async def follow_chat(update: Update, context: Context) -> None:
    """Go on with a group under its new id."""
    message, turn = message_of(update), context.turn
    if message.migrate_to_chat_id is not None:
        old, new, now = message.chat_id, message.migrate_to_chat_id, turn.services.clock.now()
        await move_chat(turn.session, old, new, now, turn.update_id)
