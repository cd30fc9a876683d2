"""Updates as they come: as JSON to be kept, and read one by one, so that none stops another."""

import json
import logging
import re
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import ExtBot

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)
POLL_SECONDS = 30
NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")  # which no database keeps, nor Telegram takes
IN_ITS_PLACE = "\ufffd"  # of the same length, for the entities count on


@dataclass(frozen=True, slots=True)
class Received:
    """An update as Telegram sent it: its number, and its JSON."""

    update_id: int
    raw: str


async def receive(
    bot: ExtBot[None], offset: int | None, *, seconds: int = POLL_SECONDS
) -> list[Received]:
    """Wait so long for the next updates; asking acknowledges those before `offset`.

    Raises:
        TelegramError: Telegram does not answer, or refuses.
    """
    # the public method fails as a whole where it cannot read one, and would so for ever
    found: list[dict[str, Any]] = await bot._post(
        "getUpdates",
        {"offset": offset, "timeout": seconds, "allowed_updates": ALLOWED_UPDATES},
        read_timeout=(bot.request.read_timeout or 0) + seconds,
    )
    return [Received(int(each["update_id"]), json.dumps(each)) for each in found]


def read(raw: str, bot: ExtBot[None]) -> Update | None:
    """Read one update; None for one that the library cannot read, for whatever reason."""
    try:
        return Update.de_json(_readable(json.loads(raw)), bot)
    except Exception as error:  # noqa: BLE001 - what fails here is the library's, of any kind
        # a traceback would show what was written
        logger.error("an update cannot be read (%s)", type(error).__name__)  # noqa: TRY400
        return None


def _readable(value: Any) -> Any:
    """Leave nothing but characters in the texts of an update."""
    match value:
        case str():
            return NO_CHARACTER.sub(IN_ITS_PLACE, value)
        case list():
            return [_readable(each) for each in value]
        case dict():
            return {key: _readable(each) for key, each in value.items()}
        case _:
            return value
