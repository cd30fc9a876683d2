"""What can go wrong on the way, as the library's client meets it."""

import pytest
from telegram import Bot
from telegram.error import Conflict, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.demo.limits import Limits
from bot.demo.refusals import RefusedError
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


def sent(limits: Limits, chat_id: int, *, is_group: bool = False) -> int:
    """Try to send; give the seconds to wait, 0 when it was sent."""
    try:
        limits.take(chat_id, is_group=is_group)
    except RefusedError as refusal:
        return int(refusal.parameters["retry_after"])
    return 0


def test_a_chat_takes_one_message_a_second() -> None:
    time = Time()
    limits = Limits(time.now)

    first, second, other = sent(limits, 1), sent(limits, 1), sent(limits, 2)
    time.seconds += 1

    assert (first, second, other, sent(limits, 1)) == (0, 1, 0, 0)


def test_all_chats_take_thirty_messages_a_second() -> None:
    time = Time()
    limits = Limits(time.now)

    taken = [sent(limits, chat) for chat in range(31)]
    time.seconds += 1

    assert taken == [0] * 30 + [1]
    assert sent(limits, 30) == 0


def test_a_group_takes_twenty_messages_a_minute() -> None:
    time = Time()
    limits = Limits(time.now)

    taken = []
    for _ in range(21):
        taken.append(sent(limits, -1, is_group=True))
        time.seconds += 1
    time.seconds = 60

    assert taken == [0] * 20 + [40]
    assert sent(limits, -1, is_group=True) == 0


async def test_real_limits_are_met_through_the_client() -> None:
    async with Telegram(limits=Limits(Time().now)) as telegram:
        chat = telegram.private()
        async with Bot(telegram.token, f"{telegram.url}/bot") as bot:
            await bot.send_message(chat, "a")

            with pytest.raises(RetryAfter):
                await bot.send_message(chat, "b")
            await bot.get_chat(chat)
