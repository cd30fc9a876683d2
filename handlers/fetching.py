"""How files that people send are fetched; the program lends the means."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol


class DownloadError(Exception):
    """The file could not be had; `reason` is a class of failure or an HTTP status, no address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Fetch(Protocol):
    """Gives the files that people sent; `bot.downloads` has the real one."""

    def open(self, file_id: str) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Ask for a file and give its content in chunks, which last as long as the context.

        Raises:
            EvidenceTooLargeError: more than `EVIDENCE_BYTES`; also while the chunks are read.
            DownloadError: it is not to be had, or not all of it; also while they are read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as a message names it."""

    file_id: str
    size: int | None
    label: str
