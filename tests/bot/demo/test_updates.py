"""How updates reach the bot: polled until acknowledged, or pushed until taken."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict

from bot.demo.server import LOOPBACK
from bot.demo.webhook import SECRET
from tests.support.telegram import USERNAME, Telegram


async def test_updates_come_again_until_they_are_acknowledged(
    telegram: Telegram, bot: Bot
) -> None:
    chat = telegram.private()
    telegram.say(chat, "uno")
    telegram.say(chat, "dos")

    first, again = await bot.get_updates(), await bot.get_updates()
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    none = await bot.get_updates(offset=first[1].update_id + 1)

    assert again == first
    assert [each.message.text for each in rest if each.message] == ["dos"]
    assert none == ()


async def test_a_negative_offset_keeps_the_last(telegram: Telegram, bot: Bot) -> None:
    chat = telegram.private()
    for word in ("uno", "dos", "tres"):
        telegram.say(chat, word)

    last = await bot.get_updates(offset=-1)
    kept = await bot.get_updates()

    assert [each.message.text for each in last if each.message] == ["tres"]
    assert kept == last


async def test_an_offset_from_far_away_acknowledges_nothing(telegram: Telegram, bot: Bot) -> None:
    telegram.say(telegram.private(), "uno")

    assert len(await bot.get_updates(offset=2_000_000_000)) == 1


async def test_who_came_and_went_is_told_by_name_only(telegram: Telegram, bot: Bot) -> None:
    telegram.world.updates.push("chat_member", {})
    await bot.get_updates(allowed_updates=["chat_member"])

    assert telegram.world.updates.push("chat_member", {}) is not None
    await bot.get_updates(offset=-1, allowed_updates=[])
    assert telegram.world.updates.push("chat_member", {}) is None


async def test_no_more_than_asked_for_come_at_once(telegram: Telegram, bot: Bot) -> None:
    chat = telegram.private()
    for number in range(101):
        telegram.say(chat, str(number))

    assert len(await bot.get_updates(limit=2)) == 2
    assert len(await bot.get_updates(limit=1000)) == 100


async def test_only_the_wanted_kinds_are_kept(telegram: Telegram, bot: Bot) -> None:
    chat = telegram.private()
    said = telegram.say(chat, "uno")
    await bot.get_updates(allowed_updates=["edited_message"])

    telegram.say(chat, "dos")
    telegram.revise(chat, said, "uno y medio")
    updates = await bot.get_updates()

    assert [each.message.text for each in updates if each.message] == ["uno"]
    assert [each.edited_message.text for each in updates if each.edited_message] == ["uno y medio"]


async def test_a_second_poll_ends_the_first(telegram: Telegram, bot: Bot) -> None:
    chat = telegram.private()
    rival = Bot(telegram.token, f"{telegram.url}/bot")

    async with rival, asyncio.TaskGroup() as tasks:
        first = tasks.create_task(is_conflict(bot))
        await telegram.called("getUpdates")
        second = tasks.create_task(rival.get_updates(timeout=5))
        is_ended = await first
        telegram.say(chat, "uno")

    assert is_ended
    assert len(second.result()) == 1


async def is_conflict(bot: Bot) -> bool:
    try:
        await bot.get_updates(timeout=5)
    except Conflict:
        return True
    return False


@pytest.mark.parametrize(
    ("said", "is_seen"),
    [
        pytest.param("buenos días", False, id="talk"),
        pytest.param("/vence junio", True, id="command"),
        pytest.param(f"/vence@{USERNAME} junio", True, id="command-to-the-bot"),
        pytest.param("/vence@otro_bot junio", False, id="command-to-another"),
        pytest.param(f"@{USERNAME} ¿qué vence?", False, id="mention"),
    ],
)
async def test_privacy_mode_hides_what_is_not_for_the_bot(
    telegram: Telegram, bot: Bot, *, said: str, is_seen: bool
) -> None:
    telegram.say(telegram.group(), said)

    assert bool(await bot.get_updates()) is is_seen


async def test_an_answer_to_the_bot_is_for_the_bot(telegram: Telegram, bot: Bot) -> None:
    group = telegram.group()
    own = await bot.send_message(group, "a")
    heard = telegram.say(group, "hola")

    telegram.say(group, "¿y en julio?", reply_to=own.message_id)
    telegram.say(group, "hola, hola", reply_to=heard)

    assert [each.message.text for each in await bot.get_updates() if each.message] == [
        "¿y en julio?"
    ]


async def test_an_administrator_sees_everything(telegram: Telegram, bot: Bot) -> None:
    group = telegram.group()
    telegram.phones.change_bot(
        telegram.world.chats[group], telegram.world.person("Ana"), "administrator"
    )

    telegram.say(group, "buenos días")

    changed, said = await bot.get_updates()
    assert changed.my_chat_member is not None
    assert changed.my_chat_member.new_chat_member.status == "administrator"
    assert said.message is not None


# Pushed.


@dataclass
class Hook:
    """Takes what is pushed to it; answers with the statuses given, then with 200."""

    statuses: list[int] = field(default_factory=list)
    url: str = ""
    secrets: list[str | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.secrets.append(request.headers.get(SECRET))
        self.texts.append(update["message"]["text"])
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook, app = Hook(), web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, 0).start()
    host, port = runner.addresses[0][:2]
    hook.url = f"http://{host}:{port}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_are_pushed_with_the_secret(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    chat = telegram.private()
    telegram.say(chat, "uno")

    await bot.set_webhook(hook.url, secret_token="s3cr3t")
    telegram.say(chat, "dos")
    await telegram.acknowledged()
    info = await bot.get_webhook_info()

    assert (hook.texts, hook.secrets) == (["uno", "dos"], ["s3cr3t"] * 2)
    assert (info.url, info.pending_update_count, info.last_error_message) == (hook.url, 0, None)


async def test_what_is_not_taken_is_pushed_again_before_the_next(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    chat, hook.statuses = telegram.private(), [500]
    telegram.say(chat, "uno")
    telegram.say(chat, "dos")

    await bot.set_webhook(hook.url)
    await telegram.acknowledged()
    info = await bot.get_webhook_info()

    assert hook.texts == ["uno", "uno", "dos"]
    assert info.last_error_message == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )


async def test_a_redirect_is_not_followed(telegram: Telegram, bot: Bot, hook: Hook) -> None:
    hook.statuses = [307]
    telegram.say(telegram.private(), "uno")

    await bot.set_webhook(hook.url)
    await telegram.acknowledged()
    info = await bot.get_webhook_info()

    assert hook.texts == ["uno", "uno"]
    assert info.last_error_message == "Wrong response from the webhook: 307 Temporary Redirect"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/closed", f"http://{'a' * 80}.pe/x", "http://a..pe/"]
)
async def test_an_address_that_takes_nothing_is_named(
    telegram: Telegram, bot: Bot, url: str
) -> None:
    telegram.say(telegram.private(), "uno")

    await bot.set_webhook(url)
    webhook = telegram.world.updates.webhook
    assert webhook is not None
    async with asyncio.timeout(5):
        while webhook.last_error_message is None:
            await bot.get_me()

    assert (await bot.get_webhook_info()).pending_update_count == 1


async def test_a_webhook_and_polling_exclude_each_other(telegram: Telegram, bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/closed")

    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    telegram.say(telegram.private(), "uno")
    await bot.delete_webhook()
    waiting = await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)

    assert len(waiting) == 1
    assert await bot.get_updates() == ()
    assert (await bot.get_webhook_info()).url == ""
