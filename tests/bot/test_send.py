import logging
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.demo.markup import read_html
from handlers.send import edit, messages, send, units
from handlers.views.reply import Button, Reply
from tests.support.program import Echo, app_for
from tests.support.telegram import Telegram

LINE = "x" * 1000
FOUR_LINES = "\n".join([LINE] * 4)
KEYS = ((Button("Ver más", "more"),),)


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with app_for(telegram, Echo()).bot as bot:
        yield bot


class Pauses:
    """Counts the pauses instead of waiting for them."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.mark.parametrize(
    ("blocks", "texts"),
    [
        pytest.param(("uno", "dos"), ["uno\ndos"], id="joined-by-a-line-break"),
        pytest.param(("uno", "", "dos"), ["uno\n\ndos"], id="an-empty-line-stays-inside"),
        pytest.param(("", "uno", ""), ["uno"], id="and-goes-at-the-ends"),
        pytest.param((LINE,) * 4, [FOUR_LINES], id="what-fits-stays-together"),
        pytest.param((LINE,) * 5, [FOUR_LINES, LINE], id="split-between-blocks"),
        pytest.param((LINE,) * 4 + ("", LINE), [FOUR_LINES, LINE], id="at-an-empty-line"),
        pytest.param(("x" * 4096,), ["x" * 4096], id="the-limit-fits"),
        pytest.param(("x" * 4096, "y"), ["x" * 4096, "y"], id="one-more-does-not"),
        pytest.param(("🙂" * 2048,), ["🙂" * 2048], id="two-units-a-face"),
        pytest.param(("🙂" * 2048, "y"), ["🙂" * 2048, "y"], id="and-not-one-more"),
        pytest.param(
            ("<b>" + "&amp;" * 4096 + "</b>",),
            ["<b>" + "&amp;" * 4096 + "</b>"],
            id="tags-and-entities-do-not-count",
        ),
    ],
)
def test_blocks_become_messages(blocks: tuple[str, ...], texts: list[str]) -> None:
    assert messages(blocks) == texts


@pytest.mark.parametrize(
    ("block", "ends"),
    [
        pytest.param(
            "uno " * 1500,
            [("uno uno", "uno uno"), ("uno uno", "uno uno")],
            id="between-words",
        ),
        pytest.param(
            f"<b>{'uno ' * 1500}</b>",
            [("<b>uno uno", "uno uno</b>"), ("<b>uno uno", "uno uno </b>")],
            id="tags-are-closed-and-opened-again",
        ),
        pytest.param(
            f'<i>a</i> <a href="https://a.pe">{"uno " * 1500}<b>z</b></a>',
            [
                ('<i>a</i> <a href="https://a.pe">', "uno uno</a>"),
                ('<a href="https', "</b></a>"),
            ],
            id="attributes-too",
        ),
        pytest.param(
            "&lt;" * 5000,
            [("&lt;&lt;", "&lt;&lt;"), ("&lt;&lt;", "&lt;&lt;")],
            id="a-word-without-end-between-characters",
        ),
    ],
)
def test_an_oversized_block_is_split(block: str, ends: list[tuple[str, str]]) -> None:
    texts = messages([block])

    assert [
        (text.startswith(start), text.endswith(end))
        for text, (start, end) in zip(texts, ends, strict=True)
    ] == [(True, True)] * len(ends)
    assert all(0 < units(text) <= 4096 for text in texts)
    seen = "".join(read_html(text).text for text in texts)
    assert without_blanks(seen) == without_blanks(read_html(block).text)


def without_blanks(text: str) -> str:
    return "".join(text.split())


def test_a_reply_without_text_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="without text"):
        messages(["", " "])


async def test_buttons_go_under_the_last_message(bot: Bot, telegram: Telegram) -> None:
    chat = telegram.private()

    await send(bot, chat, Reply((LINE,) * 5, KEYS))

    first, last = await telegram.see(chat), await telegram.see(chat)
    assert (first.labels, last.labels) == ((), ("Ver más",))


async def test_only_the_first_message_answers(bot: Bot, telegram: Telegram) -> None:
    group = telegram.group()
    asked = telegram.say(group, "hola")

    await send(bot, group, Reply((LINE,) * 5), reply_to=asked)

    first, last = await telegram.see(group), await telegram.see(group)
    assert (first.reply_to, last.reply_to) == (asked, None)


async def test_an_answer_to_a_deleted_message_is_sent(bot: Bot, telegram: Telegram) -> None:
    group = telegram.group()

    await send(bot, group, Reply(("hola",)), reply_to=99)

    assert (await telegram.see(group)).text == "hola"


async def test_links_show_no_preview(bot: Bot, telegram: Telegram) -> None:
    await send(bot, telegram.private(), Reply(("https://a.pe",)))

    [params] = await telegram.called("sendMessage")
    assert params["link_preview_options"] == {"is_disabled": True}


async def test_a_held_back_message_is_sent_later(bot: Bot, telegram: Telegram) -> None:
    pauses, chat = Pauses(), telegram.private()
    telegram.fail("sendMessage", 429, retry_after=7, times=2)

    await send(bot, chat, Reply(("hola",)), pause=pauses)

    assert pauses.seconds == [7, 7]
    assert (await telegram.see(chat)).text == "hola"


@pytest.mark.parametrize(
    ("seconds", "times"),
    [pytest.param(7, 3, id="too-often"), pytest.param(3600, 1, id="too-long")],
)
async def test_a_message_held_back_for_too_long_is_given_up(
    bot: Bot, telegram: Telegram, seconds: int, times: int
) -> None:
    telegram.fail("sendMessage", 429, retry_after=seconds, times=times)

    with pytest.raises(RetryAfter):
        await send(bot, telegram.private(), Reply(("hola",)), pause=Pauses())


async def test_a_message_without_an_answer_is_sent_again(bot: Bot, telegram: Telegram) -> None:
    pauses, chat = Pauses(), telegram.private()
    telegram.fail("sendMessage", 502)
    telegram.cut("sendMessage")

    await send(bot, chat, Reply(("hola",)), pause=pauses)

    assert (await telegram.see(chat)).text == "hola"
    assert telegram.is_quiet(chat)
    assert len(pauses.seconds) == 2


async def test_an_error_that_lasts_is_raised(bot: Bot, telegram: Telegram) -> None:
    telegram.fail("sendMessage", 502, times=3)

    with pytest.raises(NetworkError):
        await send(bot, telegram.private(), Reply(("hola",)), pause=Pauses())


async def test_a_mistake_of_ours_is_not_repeated(bot: Bot, telegram: Telegram) -> None:
    chat = telegram.private()

    with pytest.raises(BadRequest, match="unsupported start tag"):
        await send(bot, chat, Reply(("<h1>hola</h1>",)), pause=Pauses())

    assert len(await telegram.called("sendMessage")) == 1


async def test_a_chat_that_blocked_the_bot_is_logged(
    bot: Bot, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    chat = telegram.private()
    telegram.block(chat)

    with caplog.at_level(logging.WARNING):
        await send(bot, chat, Reply((LINE,) * 5))

    assert f"chat {chat} is closed to the bot" in caplog.text
    assert len(await telegram.called("sendMessage")) == 1


async def test_an_unknown_chat_is_logged(
    bot: Bot, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        await send(bot, 42, Reply(("hola",)))

    assert "chat 42 is closed to the bot" in caplog.text


async def test_an_edit_that_changes_nothing_is_no_failure(bot: Bot, telegram: Telegram) -> None:
    chat = telegram.private()
    await send(bot, chat, Reply(("hola",), KEYS))
    sent = await telegram.see(chat)

    await edit(bot, chat, sent.message_id, Reply(("hola",), KEYS))

    assert telegram.is_quiet(chat)


async def test_an_edit_that_does_not_fit_goes_on_below(bot: Bot, telegram: Telegram) -> None:
    chat = telegram.private()
    await send(bot, chat, Reply(("hola",), KEYS))
    sent = await telegram.see(chat)

    await edit(bot, chat, sent.message_id, Reply((LINE,) * 5, KEYS))

    changed, below = await telegram.see(chat), await telegram.see(chat)
    assert (changed.message_id, changed.is_edit, changed.labels) == (sent.message_id, True, ())
    assert (below.text, below.is_edit, below.labels) == (LINE, False, ("Ver más",))
