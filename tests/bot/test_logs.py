import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from bot.logs import configure

TOKEN = "123456789:AAHzIMVIcYsBloVn3RgW2G1fg_5IJbPpBcM"
URL = f"https://api.telegram.org/bot{TOKEN}/getMe"


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Log into memory, and leave the loggers as they were."""
    root, quiet = logging.getLogger(), [logging.getLogger(name) for name in ("httpx", "httpcore")]
    handlers, levels = root.handlers, [(each, each.level) for each in [root, *quiet]]
    stream = StringIO()
    configure(stream)
    yield stream
    root.handlers = handlers
    for each, level in levels:
        each.setLevel(level)
    logging.captureWarnings(capture=False)


def fail(text: str) -> None:
    raise ValueError(text)


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        pytest.param(f"GET {URL}", (), id="message"),
        pytest.param("GET %s", (URL,), id="argument"),
        pytest.param("the token `%s` was rejected", (TOKEN,), id="token-by-itself"),
        pytest.param("GET %s %s", (URL,), id="arguments-that-do-not-fit"),
    ],
)
def test_a_token_is_never_written(
    written: StringIO, message: str, arguments: tuple[object, ...]
) -> None:
    logging.getLogger("bot").info(message, *arguments)

    assert "AAHzIMVI" not in written.getvalue()
    assert "…" in written.getvalue()


def test_a_token_is_not_in_a_traceback(written: StringIO) -> None:
    try:
        try:
            fail(f"refused: {URL}")
        except ValueError as error:
            raise RuntimeError(TOKEN) from error
    except RuntimeError:
        logging.getLogger("bot").exception("failed")

    assert "AAHzIMVI" not in written.getvalue()
    assert "RuntimeError: …" in written.getvalue()
    assert "ValueError: refused: https://api.telegram.org/bot…/getMe" in written.getvalue()


def test_a_password_of_a_database_is_never_written(written: StringIO) -> None:
    logging.getLogger("bot").info("no answer from %s", "postgresql://bot:hush@db:5432/bot")

    assert "postgresql://bot:…@db:5432/bot" in written.getvalue()


def test_a_line_without_a_secret_stays_as_it_is(written: StringIO) -> None:
    logging.getLogger("bot").info("chat %s at %s, see %s", -100123, "10:30", "https://a.pe:80/x")

    assert written.getvalue().endswith("INFO bot: chat -100123 at 10:30, see https://a.pe:80/x\n")


@pytest.mark.parametrize("name", ["httpx", "httpcore"])
def test_requests_are_not_logged(written: StringIO, name: str) -> None:
    logging.getLogger(name).info("GET %s", URL)

    assert written.getvalue() == ""
