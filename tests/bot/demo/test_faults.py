"""What can go wrong on the way, as the library's client meets it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot
from telegram.error import Conflict, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.demo.limits import Limits
from tests.support.telegram import Telegram


@pytest.mark.parametrize(
    ("status", "error"),
    [
        pytest.param(403, Forbidden, id="blocked"),
        pytest.param(409, Conflict, id="rival"),
        pytest.param(429, RetryAfter, id="too-soon"),
        pytest.param(500, NetworkError, id="broken"),
        pytest.param(502, NetworkError, id="bad-gateway"),
        pytest.param(504, NetworkError, id="late-gateway"),
    ],
)
async def test_a_call_fails_once(
    telegram: Telegram, bot: Bot, status: int, error: type[TelegramError]
) -> None:
    chat = telegram.private()
    telegram.fail("sendMessage", status)

    with pytest.raises(error):
        await bot.send_message(chat, "a")
    await bot.send_message(chat, "b")

    assert (await telegram.see(chat)).text == "b"
    assert telegram.is_quiet(chat)


async def test_the_seconds_to_wait_are_named(telegram: Telegram, bot: Bot) -> None:
    telegram.fail("sendMessage", 429, retry_after=7)

    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(telegram.private(), "a")

    assert refused.value.retry_after.total_seconds() == 7  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("is_done", "texts"),
    [pytest.param(False, [], id="before"), pytest.param(True, ["a"], id="after")],
)
async def test_a_connection_is_cut(
    telegram: Telegram, bot: Bot, *, is_done: bool, texts: list[str]
) -> None:
    chat = telegram.private()
    telegram.cut("sendMessage", is_done=is_done)

    with pytest.raises(NetworkError):
        await bot.send_message(chat, "a")

    assert [each["text"] for each in telegram.world.chats[chat].messages.values()] == texts


async def test_garbage_is_no_answer(telegram: Telegram, bot: Bot) -> None:
    telegram.garble("sendMessage")

    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(telegram.private(), "a")


class Time:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds


@asynccontextmanager
async def limited(time: Time) -> AsyncIterator[tuple[Telegram, Bot]]:
    """A Telegram with its real limits, and the library's client."""
    telegram = Telegram(limits=Limits(time.now))
    async with telegram, Bot(telegram.token, f"{telegram.url}/bot") as bot:
        yield telegram, bot


async def seconds_to_wait(bot: Bot, chat: int) -> float:
    """Try to send; give the seconds that Telegram asks for, 0 when it took the message."""
    try:
        await bot.send_message(chat, "a")
    except RetryAfter as refused:
        return refused.retry_after.total_seconds()  # type: ignore[union-attr]
    return 0


async def test_the_client_meets_the_limit_of_a_chat() -> None:
    async with limited(Time()) as (telegram, bot):
        chat = telegram.private()

        waits = [await seconds_to_wait(bot, chat) for _ in range(2)]
        await bot.get_chat(chat)  # reading is not limited

    assert waits == [0, 1]


async def test_the_client_meets_the_limit_of_all_chats() -> None:
    time = Time()
    async with limited(time) as (telegram, bot):
        chats = [telegram.private(f"Persona {number}") for number in range(31)]

        waits = [await seconds_to_wait(bot, chat) for chat in chats]

        time.seconds += 1
        after = await seconds_to_wait(bot, chats[30])

    assert (waits, after) == ([0] * 30 + [1], 0)


async def test_the_client_meets_the_limit_of_a_group() -> None:
    time, waits = Time(), []
    async with limited(time) as (telegram, bot):
        group = telegram.group()
        for _ in range(21):
            waits.append(await seconds_to_wait(bot, group))
            time.seconds += 1

    assert waits == [0] * 20 + [40]
