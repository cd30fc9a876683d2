"""Where no file is ever sent: downloading one is a mistake of the test."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager


class NoDownloads:
    """Gives no file."""

    def open(self, file_id: str) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        raise AssertionError(file_id)
