"""The one place where an exception becomes a reply."""

import logging

from telegram import Bot, Update
from telegram.error import TelegramError

from handlers.context import place_of
from handlers.send import acknowledge, deliver
from storage.errors import StorageError
from storage.traffic import Outgoing

logger = logging.getLogger(__name__)

AGAIN = "Intente de nuevo en un momento."
FAILED = f"Algo falló de nuestro lado y no pude atenderle; no se registró nada. {AGAIN}"
UNAVAILABLE = (
    "En este momento no puedo guardar ni consultar nada, así que no se registró nada. "
    "Intente de nuevo en unos minutos."
)
CODE = "Si se repite, avise con este código: <code>{}</code>"


async def apologise(bot: Bot, update: Update, error: BaseException, ticket: str) -> None:
    """Own a failure where the update came from; it goes out without the database."""
    place = place_of(update)
    if update.callback_query is not None:
        await acknowledge(update.callback_query)
    if place is None:
        return
    said = UNAVAILABLE if isinstance(error, StorageError) else FAILED
    message = Outgoing(
        chat_id=place.chat_id,
        text=f"{said}\n{CODE.format(ticket)}",
        thread_id=place.thread_id,
        reply_to=None if place.is_private else place.message_id,
    )
    try:
        await deliver(bot, message)
    except TelegramError as failure:
        logger.warning("apology not sent, ticket %s: %s", ticket, failure)


def set_aside_notice(ticket: str) -> str:
    """Tell an administrator that a message could not be handled."""
    return (
        "⚠️ Un mensaje no se pudo atender y quedó apartado, sin efecto. "
        f"El registro del programa dice por qué, con el código <code>{ticket}</code>."
    )
