from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from tests.support.telegram import Telegram


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    """The library's client, as the program uses it."""
    async with Bot(telegram.token, f"{telegram.url}/bot", f"{telegram.url}/file/bot") as bot:
        yield bot
