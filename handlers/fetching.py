"""How a file is fetched from Telegram: the program lends it to the handlers."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Protocol


class DownloadError(Exception):
    """A file could not be downloaded; `reason` is a name or a number, and never an address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Fetch(Protocol):
    """Brings the content of files; over 20 MiB it raises `EvidenceTooLargeError`."""

    def open(self, file_id: str) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Stream a file of Telegram; fails with `DownloadError`."""
        ...
