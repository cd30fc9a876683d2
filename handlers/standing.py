"""Whether somebody administers a group: asked of Telegram, outside of any transaction."""

import logging

from telegram import Bot, Update
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from handlers.context import sender_of

logger = logging.getLogger(__name__)

ADMINISTERS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})


async def administers(update: Update, bot: Bot) -> bool:
    """Ask whether the sender administers the group; no where Telegram does not say."""
    chat, user_id = update.effective_chat, sender_of(update).user_id
    if chat is None or user_id is None:
        return False
    try:
        member = await bot.get_chat_member(chat.id, user_id)
    except TelegramError as error:
        logger.warning("standing in chat %s not known: %s", chat.id, error.message)
        return False
    return member.status in ADMINISTERS
