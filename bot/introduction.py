"""What Telegram shows of the bot before anything is said: the menu and the descriptions."""

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from handlers.orders import ORDERS
from handlers.questions import COMMANDS

logger = logging.getLogger(__name__)

SHORT_DESCRIPTION = "Compromisos de mejora: qué vence, de quién es y qué se presentó."
DESCRIPTION = (
    "Pregunte con sus palabras por los compromisos de mejora del acta: qué vence, de qué unidad "
    "es, qué falta. Por ejemplo: «¿qué vence en junio?» o «pendientes de UTAI». Los puntos "
    "focales registran aquí lo que presentan, con su evidencia."
)


async def introduce(bot: Bot) -> None:
    """Set the menu and the descriptions; the bot works without them, so a failure is logged."""
    try:
        menu = [BotCommand(each.name, each.menu) for each in (*COMMANDS, *ORDERS)]
        await bot.set_my_commands(menu)
        await bot.set_my_short_description(SHORT_DESCRIPTION)
        await bot.set_my_description(DESCRIPTION)
    except TelegramError as error:
        logger.warning("menu and descriptions not set: %s", error)
