"""What was said to the bot: a command and the rest, or words without its name."""

from telegram import Bot, Message, MessageEntity
from telegram.constants import ChatType

MENTIONS = frozenset({MessageEntity.MENTION, MessageEntity.TEXT_MENTION})


def split_command(message: Message) -> tuple[str, str]:
    """Give the name of the command in small letters, and what follows it."""
    text, end = message.text or "", message.entities[0].length
    return text[1:end].partition("@")[0].lower(), text[end:].strip()


def words_for(message: Message, bot: Bot) -> str | None:
    """Give what was said to the bot, without its name; None when it was not spoken to."""
    if message.via_bot is not None and message.via_bot.id == bot.id:
        return None  # our own words, put there by an inline query
    text, is_named = without_name(message, bot)
    answered = message.reply_to_message
    is_answered = (
        answered is not None and answered.from_user is not None and answered.from_user.id == bot.id
    )
    is_private = message.chat.type == ChatType.PRIVATE
    return text if is_private or is_named or is_answered else None


def without_name(message: Message, bot: Bot) -> tuple[str, bool]:
    """Take the mentions of the bot out of a text; tell whether there were any."""
    said = message.text or message.caption or ""
    raw = said.encode("utf-16-le")  # entities count in UTF-16 units
    is_named = False
    for entity in reversed(message.entities if message.text else message.caption_entities):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        named = raw[start:end].decode("utf-16-le", "replace")  # it may cut a sign in two
        is_bot = named.lower() == f"@{bot.username}".lower() or (
            entity.user is not None and entity.user.id == bot.id
        )
        if is_bot and entity.type in MENTIONS:
            raw = raw[:start] + raw[end:]
            is_named = True
    text = raw.decode("utf-16-le", "replace")
    return (text.strip(" \n,:;") if is_named else text), is_named
