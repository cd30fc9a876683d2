"""Updates as they come: as JSON to be kept, and read one by one, so that none stops another."""

import json
import logging
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import ExtBot

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)
POLL_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Received:
    """An update as Telegram sent it: its number, and its JSON."""

    update_id: int
    raw: str


async def receive(bot: ExtBot[None], offset: int | None) -> list[Received]:
    """Wait for the next updates; asking for them acknowledges those before `offset`.

    Raises:
        TelegramError: Telegram does not answer, or refuses.
    """
    # the public method fails as a whole where it cannot read one, and would so for ever
    found: list[dict[str, Any]] = await bot._post(
        "getUpdates",
        {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES},
        read_timeout=(bot.request.read_timeout or 0) + POLL_SECONDS,
    )
    return [Received(int(each["update_id"]), json.dumps(each)) for each in found]


def read(raw: str, bot: ExtBot[None]) -> Update | None:
    """Read one update; None for one that the library cannot read, for whatever reason."""
    try:
        return Update.de_json(json.loads(raw), bot)
    except Exception as error:  # noqa: BLE001 - what fails here is the library's, of any kind
        # a traceback would show what was written
        logger.error("an update cannot be read (%s)", type(error).__name__)  # noqa: TRY400
        return None
