"""Files that people sent, streamed from the Bot API; no address or token leaves this module."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from telegram import Bot, File
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from handlers.fetching import DownloadError
from storage.evidence_kinds import EVIDENCE_BYTES, EvidenceTooLargeError

logger = logging.getLogger(__name__)

CHUNK_BYTES = 64 * 1024
TIMEOUT = ClientTimeout(total=90.0, connect=10.0)  # less than an update may take
UNPACKED = {"Accept-Encoding": "identity"}  # so that the announced length is that of the file
OK = 200
REPEATS = 3
NETWORK_SECONDS = 1.0  # before a call is repeated that got no answer
LONGEST_WAIT_SECONDS = 20.0

TOO_BIG = "file is too big"
UNREADABLE = (TypeError, ValueError, KeyError)  # as the library fails over a strange answer

Pause = Callable[[float], Awaitable[None]]


class Downloads:
    """Downloads the files that a bot was sent."""

    def __init__(self, bot: Bot, *, pause: Pause = asyncio.sleep) -> None:
        """Take the bot; `pause` waits so many seconds between two attempts."""
        self._bot = bot
        self._pause = pause

    @asynccontextmanager
    async def open(self, file_id: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """Ask for a file and give its content in chunks, which last as long as the context.

        Raises:
            EvidenceTooLargeError: more than `EVIDENCE_BYTES`; also while the chunks are read.
            DownloadError: Telegram does not give it, or not all of it; also while they are read.
        """
        file = await self._find(file_id)
        url = file.file_path or ""
        if urlsplit(url).scheme not in {"http", "https"}:
            raise DownloadError("NoAddress")
        if (file.file_size or 0) > EVIDENCE_BYTES:
            raise EvidenceTooLargeError(EVIDENCE_BYTES)
        async with ClientSession(
            timeout=TIMEOUT, trust_env=not is_loopback(url), auto_decompress=False
        ) as session:
            with _failures():
                response = await session.get(url, headers=UNPACKED, allow_redirects=False)
            async with response:
                announced = _announced(response, file)
                async with aclosing(_chunks(response, announced)) as chunks:
                    yield chunks

    async def _find(self, file_id: str) -> File:
        """Ask Telegram where the file is, again where that may help."""
        repeats = 0
        while True:
            try:
                return await self._bot.get_file(file_id)
            except TelegramError as error:
                if isinstance(error, BadRequest) and TOO_BIG in error.message.lower():
                    raise EvidenceTooLargeError(EVIDENCE_BYTES) from None
                name, seconds = type(error).__name__, _seconds_after(error)
                if repeats == REPEATS or seconds is None:
                    raise DownloadError(name) from None
            except UNREADABLE as error:
                raise DownloadError(type(error).__name__) from None
            logger.warning("file not found out: %s; again in %s s", name, seconds)
            await self._pause(seconds)
            repeats += 1


def is_loopback(url: str) -> bool:
    """Tell whether an address is on this machine, where no proxy has a say."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _seconds_after(error: TelegramError) -> float | None:
    """Give the wait before a refused call is repeated; None where repeating does not help."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        return seconds if seconds <= LONGEST_WAIT_SECONDS else None
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return NETWORK_SECONDS
    return None


def _announced(response: ClientResponse, file: File) -> int:
    """Give how many bytes must come at least."""
    if response.status != OK:
        raise DownloadError(str(response.status))
    length = response.content_length
    if length is None:
        return file.file_size or 0
    if length > EVIDENCE_BYTES:
        raise EvidenceTooLargeError(EVIDENCE_BYTES)
    return length


async def _chunks(response: ClientResponse, announced: int) -> AsyncGenerator[bytes, None]:
    size = 0
    while True:
        with _failures():
            chunk = await response.content.read(CHUNK_BYTES)
        if not chunk:
            break
        size += len(chunk)
        if size > EVIDENCE_BYTES:
            raise EvidenceTooLargeError(EVIDENCE_BYTES)
        yield chunk
    if size < announced:
        raise DownloadError("Incomplete")


@contextmanager
def _failures() -> Iterator[None]:
    """Leave of a failure its class alone: the rest names the address, and the token in it.

    Raises:
        DownloadError: the connection failed, or took too long.
    """
    try:
        yield
    except (ClientError, OSError) as error:
        raise DownloadError(type(error).__name__) from None
