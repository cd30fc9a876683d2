"""A group that became a supergroup lives on under another id."""

from telegram import Update

from handlers.context import Context, message_of
from storage import outbox, subscriptions
from storage.entries import move_chat
from storage.roles import Actor

TELEGRAM = "Telegram"  # who tells of it in the record


async def follow_chat(update: Update, context: Context) -> None:
    """Keep a group admitted under its new id."""
    message = message_of(update)
    if message.migrate_to_chat_id is not None:
        turn, new = context.turn, message.migrate_to_chat_id
        await subscriptions.move_chat(turn.session, message.chat_id, new)
        await outbox.move_chat(turn.session, message.chat_id, new)
        await move_chat(
            turn.session,
            message.chat_id,
            new,
            actor=Actor(None, TELEGRAM, turn.update_id),
            by=TELEGRAM,
            now=turn.services.clock.now(),
        )
