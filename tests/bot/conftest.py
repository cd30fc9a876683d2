from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.telegram import Telegram


@pytest.fixture(autouse=True)
def durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as the program sets it


@pytest.fixture
async def telegram(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Telegram]:
    async with Telegram(database_url=sqlite_url, folder=tmp_path) as telegram:
        yield telegram
