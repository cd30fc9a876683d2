"""Updates as they come: each read by itself, so that one nobody can read stops no other."""

import logging
from dataclasses import dataclass

from telegram import Update
from telegram.ext import ExtBot

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)
POLL_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Received:
    """An update; None where it cannot be read, and only its number is known."""

    update_id: int
    update: Update | None


async def receive(bot: ExtBot[None], offset: int | None) -> list[Received]:
    """Wait for the next updates; asking for them acknowledges those before `offset`.

    Raises:
        TelegramError: Telegram does not answer, or refuses.
    """
    # the public method fails as a whole where it cannot read one, and would so for ever
    found = await bot._post(
        "getUpdates",
        {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES},
        read_timeout=(bot.request.read_timeout or 0) + POLL_SECONDS,
    )
    return [_read(each, bot) for each in found]


def _read(raw: dict[str, object], bot: ExtBot[None]) -> Received:
    """Read one update; what fails here is the library's, and may be of any kind."""
    update_id = int(str(raw["update_id"]))
    try:
        return Received(update_id, Update.de_json(raw, bot))
    except Exception as error:  # noqa: BLE001 - as above
        logger.error(  # noqa: TRY400 - a traceback would show what was written
            "update %s cannot be read (%s); it is passed over", update_id, type(error).__name__
        )
        return Received(update_id, None)
