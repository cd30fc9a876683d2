"""Files of the Bot API: whole, within the limit, and no token in what is said of a failure."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.downloads import Downloads, is_loopback
from handlers.fetching import DownloadError
from storage.evidence_kinds import EVIDENCE_BYTES, EvidenceTooLargeError
from tests.support.program import Pauses
from tests.support.telegram import Telegram

CONTENT = b"%PDF-1.4\n" + bytes(range(256)) * 2_000


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
async def downloads(telegram: Telegram, pauses: Pauses) -> AsyncIterator[Downloads]:
    async with bot_of(telegram, telegram.url) as bot:
        yield Downloads(bot, pause=pauses)


def bot_of(telegram: Telegram, files_url: str) -> Bot:
    """A bot whose files lie at another address than its methods, if need be."""
    return Bot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        base_file_url=f"{files_url}/file/bot",
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )


@asynccontextmanager
async def answering(answer: bytes, *, is_endless: bool = False) -> AsyncIterator[str]:
    """A server that gives each request the same bytes and hangs up; give its address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        try:
            while is_endless:
                writer.write(b"100000\r\n" + bytes(2**20) + b"\r\n")
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"


async def received(downloads: Downloads, file_id: str) -> bytes:
    async with downloads.open(file_id) as chunks:
        return b"".join([chunk async for chunk in chunks])


def sent(telegram: Telegram, content: bytes = CONTENT, name: str = "acta.pdf") -> str:
    return telegram.world.files.add(name, "application/pdf", content).file_id


async def failure(downloads: Downloads, file_id: str) -> DownloadError:
    """How it fails, and that nothing is said of the address."""
    with pytest.raises(DownloadError) as caught:
        await received(downloads, file_id)
    said = "".join(traceback.format_exception(caught.value))
    assert not any(secret in said for secret in ("127.0.0.1", "123456:", "test-token"))
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"x", id="one-byte"),
        pytest.param(CONTENT, id="several-chunks"),
        pytest.param(bytes(EVIDENCE_BYTES), id="the-limit"),
    ],
)
async def test_a_file_comes_whole(
    telegram: Telegram, downloads: Downloads, content: bytes
) -> None:
    file_id = sent(telegram, content)

    assert await received(downloads, file_id) == content


async def test_a_reader_may_stop_early(telegram: Telegram, downloads: Downloads) -> None:
    file_id = sent(telegram, bytes(EVIDENCE_BYTES))

    async with downloads.open(file_id) as chunks:
        first = await anext(chunks)

    assert first == bytes(len(first))
    assert await received(downloads, sent(telegram)) == CONTENT


async def test_failures_of_the_reader_stay_as_they_are(
    telegram: Telegram, downloads: Downloads
) -> None:
    file_id = sent(telegram)

    with pytest.raises(TimeoutError):
        async with downloads.open(file_id):
            raise TimeoutError


async def test_telegram_refuses_what_is_too_large(
    telegram: Telegram, downloads: Downloads, pauses: Pauses
) -> None:
    file_id = sent(telegram, bytes(EVIDENCE_BYTES + 1))

    with pytest.raises(EvidenceTooLargeError) as caught:
        await received(downloads, file_id)

    assert caught.value.limit == EVIDENCE_BYTES
    assert pauses.seconds == []


@pytest.mark.parametrize(
    "times",
    [pytest.param(1, id="once"), pytest.param(3, id="three-times")],
)
async def test_a_passing_failure_is_tried_again(
    telegram: Telegram, downloads: Downloads, pauses: Pauses, times: int
) -> None:
    file_id = sent(telegram)
    telegram.fail("getFile", 502, times=times)

    content = await received(downloads, file_id)

    assert content == CONTENT
    assert pauses.seconds == [1.0] * times


async def test_not_for_ever(telegram: Telegram, downloads: Downloads, pauses: Pauses) -> None:
    file_id = sent(telegram)
    telegram.fail("getFile", 502, times=4)

    error = await failure(downloads, file_id)

    assert error.reason == "NetworkError"
    assert pauses.seconds == [1.0] * 3


async def test_a_cut_connection_is_tried_again(telegram: Telegram, downloads: Downloads) -> None:
    file_id = sent(telegram)
    telegram.cut("getFile")

    assert await received(downloads, file_id) == CONTENT


async def test_a_short_wait_is_kept(
    telegram: Telegram, downloads: Downloads, pauses: Pauses
) -> None:
    file_id = sent(telegram)
    telegram.fail("getFile", 429, retry_after=20)

    content = await received(downloads, file_id)

    assert content == CONTENT
    assert pauses.seconds == [20.0]


async def test_a_long_wait_is_not(
    telegram: Telegram, downloads: Downloads, pauses: Pauses
) -> None:
    file_id = sent(telegram)
    telegram.fail("getFile", 429, retry_after=21)

    error = await failure(downloads, file_id)

    assert error.reason == "RetryAfter"
    assert pauses.seconds == []


async def test_an_unknown_file_is_asked_for_once(
    telegram: Telegram, downloads: Downloads, pauses: Pauses
) -> None:
    error = await failure(downloads, "unknown")

    assert error.reason == "BadRequest"
    assert pauses.seconds == []


async def test_a_refused_token_is_not_repeated(telegram: Telegram, downloads: Downloads) -> None:
    file_id = sent(telegram)
    telegram.revoke()

    error = await failure(downloads, file_id)

    assert error.reason == "InvalidToken"


async def test_a_strange_answer_is_a_failure(telegram: Telegram, downloads: Downloads) -> None:
    file_id = sent(telegram)
    telegram.puzzle("getFile")

    error = await failure(downloads, file_id)

    assert error.reason == "TypeError"


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404", id="gone"),
        pytest.param(b"HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n", "502", id="gateway"),
        pytest.param(
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
            "302",
            id="no-redirect",
        ),
        pytest.param(b"HTTP/1.1 206 Part\r\nContent-Length: 2\r\n\r\nab", "206", id="only-a-part"),
        pytest.param(
            HEAD + b"Content-Length: 9\r\n\r\nabc", "ClientPayloadError", id="fewer-than-announced"
        ),
        pytest.param(
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "Incomplete",
            id="fewer-than-telegram-said",
        ),
        pytest.param(HEAD + b"Connection: close\r\n\r\nabc", "Incomplete", id="until-hung-up"),
        pytest.param(b"hola\r\n\r\n", "ClientResponseError", id="no-http"),
        pytest.param(b"", "ServerDisconnectedError", id="hung-up"),
    ],
)
async def test_anything_but_the_whole_file_is_a_failure(
    telegram: Telegram, answer: bytes, reason: str
) -> None:
    file_id = sent(telegram, b"123456789")

    async with answering(answer) as url, bot_of(telegram, url) as bot:
        error = await failure(Downloads(bot), file_id)

    assert error.reason == reason


async def test_nobody_there_is_a_failure(telegram: Telegram) -> None:
    file_id = sent(telegram)
    async with answering(b"") as url:
        pass

    async with bot_of(telegram, url) as bot:
        error = await failure(Downloads(bot), file_id)

    assert error.reason == "ClientConnectorError"


async def test_an_address_on_this_disk_is_not_read(telegram: Telegram) -> None:
    file_id = sent(telegram)

    async with Bot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        base_file_url="/var/lib/telegram/bot",
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    ) as bot:
        error = await failure(Downloads(bot), file_id)

    assert error.reason == "NoAddress"


async def too_large(telegram: Telegram, files_url: str) -> EvidenceTooLargeError:
    """How a file of this server ends that Telegram said was small."""
    async with bot_of(telegram, files_url) as bot:
        with pytest.raises(EvidenceTooLargeError) as caught:
            await received(Downloads(bot), sent(telegram))
    return caught.value


async def test_more_than_telegram_said_is_not_begun(telegram: Telegram) -> None:
    answer = HEAD + b"Content-Length: %d\r\n\r\n" % (EVIDENCE_BYTES + 1)

    async with answering(answer) as url:
        error = await too_large(telegram, url)

    assert error.limit == EVIDENCE_BYTES


async def test_a_file_without_end_is_stopped(telegram: Telegram) -> None:
    answer = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

    async with answering(answer, is_endless=True) as url:
        error = await too_large(telegram, url)

    assert error.limit == EVIDENCE_BYTES


async def test_nothing_secret_is_logged(
    telegram: Telegram, downloads: Downloads, caplog: pytest.LogCaptureFixture
) -> None:
    file_id = sent(telegram)
    telegram.fail("getFile", 502)
    caplog.set_level(logging.DEBUG, "bot")

    await received(downloads, file_id)

    said = [record.getMessage() for record in caplog.records if record.name.startswith("bot.d")]
    assert [line for line in said if "again in" in line] == [
        "file not found out: NetworkError; again in 1.0 s"
    ]
    assert not any(telegram.token in line or telegram.url in line for line in said)


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


async def test_no_proxy_has_a_say_on_this_machine(
    proxied: None, telegram: Telegram, downloads: Downloads
) -> None:
    assert await received(downloads, sent(telegram)) == CONTENT


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        pytest.param("http://127.0.0.1:8081/file", True, id="address"),
        pytest.param("http://[::1]:8081/file", True, id="newer-address"),
        pytest.param("http://localhost/file", True, id="name"),
        pytest.param("https://api.telegram.org/file", False, id="telegram"),
        pytest.param("http://10.0.0.1/file", False, id="neighbour"),
        pytest.param("http://localhost.example.com/file", False, id="like-the-name"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_what_is_on_this_machine(url: str, *, is_here: bool) -> None:
    assert is_loopback(url) is is_here
