import asyncio
import re

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

from tests.support.telegram import TOKEN, Telegram
from tests.support.telegram_html import UnreadableHtmlError, read_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<b>a</b> &lt;i&gt; &amp; b", "a <i> & b", id="tags-and-entities"),
        pytest.param("a & b &c; &#241;", "a & b &c; ñ", id="other-ampersands"),
        pytest.param('<a href="https://a.pe?x=1">a</a>', "a", id="link"),
        pytest.param('<span class="tg-spoiler"><i>a</i></span>', "a", id="spoiler"),
    ],
)
def test_html_is_read(html: str, text: str) -> None:
    assert read_html(html) == text


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        pytest.param("ñ <h1>a</h1>", 'Unsupported start tag "h1" at byte offset 3', id="unknown"),
        pytest.param("a < b", 'Unsupported start tag "" at byte offset 2', id="bare"),
        pytest.param("<b>a", 'Can\'t find end tag corresponding to start tag "b"', id="open"),
        pytest.param("a</b>", "Unexpected end tag at byte offset 1", id="end"),
        pytest.param(
            "<b><i>a</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
            id="crossed",
        ),
        pytest.param("a <b", "Unclosed start tag at byte offset 4", id="cut"),
        pytest.param("a<br/>b", 'Unsupported start tag "br" at byte offset 1', id="br"),
        pytest.param("<!-- a -->", 'Unsupported start tag "!--" at byte offset 0', id="comment"),
        pytest.param(
            "<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0', id="span"
        ),
    ],
)
def test_unreadable_html_is_refused(html: str, reason: str) -> None:
    with pytest.raises(UnreadableHtmlError, match=re.escape(reason)):
        read_html(html)


async def test_it_refuses_what_telegram_refuses() -> None:
    async with Telegram() as telegram, bot_of(telegram) as bot:
        chat = telegram.private()
        sent = await bot.send_message(chat, "a")
        keys = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="ñ" * 33)]])

        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(chat, " ")
        with pytest.raises(BadRequest, match="Message is too long"):
            await bot.send_message(chat, "🙂" * 2049)
        with pytest.raises(BadRequest, match="Button_data_invalid"):
            await bot.send_message(chat, "a", reply_markup=keys)
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(1, "a")
        with pytest.raises(BadRequest, match="Message is not modified"):
            await bot.edit_message_text("a", chat, sent.message_id)
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("a", chat, 99)
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query("1")
        with pytest.raises(InvalidToken, match="Not Found"):
            await bot.get_webhook_info()
        telegram.blocked.add(chat)
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(chat, "a")


async def test_updates_come_again_until_they_are_acknowledged() -> None:
    async with Telegram() as telegram, bot_of(telegram) as bot:
        chat = telegram.private()
        telegram.say(chat, "uno")
        telegram.say(chat, "dos")

        first, again = await bot.get_updates(), await bot.get_updates()
        rest = await bot.get_updates(offset=first[0].update_id + 1)
        none = await bot.get_updates(offset=first[1].update_id + 1)

    assert again == first
    assert [each.message.text for each in rest if each.message] == ["dos"]
    assert none == ()


async def test_a_second_poll_ends_the_first() -> None:
    async with Telegram() as telegram, bot_of(telegram) as bot, bot_of(telegram) as rival:
        chat = telegram.private()

        async with asyncio.TaskGroup() as tasks:
            first = tasks.create_task(conflict(bot))
            await telegram.called("getUpdates")
            second = tasks.create_task(rival.get_updates(timeout=5))
            await telegram.called("getUpdates", 2)
            telegram.say(chat, "uno")

    assert first.result()
    assert len(second.result()) == 1


async def conflict(bot: Bot) -> bool:
    try:
        await bot.get_updates(timeout=5)
    except Conflict:
        return True
    return False


def bot_of(telegram: Telegram) -> Bot:
    return Bot(TOKEN, f"{telegram.url}/bot")
