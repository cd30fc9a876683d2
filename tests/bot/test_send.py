from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.demo.faults import CUT_BEFORE, Fault, refusal
from bot.demo.refusals import bad_request
from handlers.send import File, Outcome, deliver
from storage.traffic import Outgoing
from tests.support.program import Echo, Pauses, app_for
from tests.support.telegram import Telegram

KEYS = ((("Ver más", "more"),),)


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with app_for(telegram, Echo()).bot as bot:
        yield bot


async def test_a_message_brings_its_buttons(bot: Bot, telegram: Telegram) -> None:
    chat = telegram.private()

    await deliver(bot, Outgoing(chat_id=chat, text="hola", buttons=KEYS))

    assert (await telegram.see(chat)).labels == ("Ver más",)


async def test_an_answer_to_a_deleted_message_is_sent(bot: Bot, telegram: Telegram) -> None:
    group = telegram.group()

    await deliver(bot, Outgoing(chat_id=group, text="hola", reply_to=99))

    assert (await telegram.see(group)).text == "hola"


async def test_links_show_no_preview(bot: Bot, telegram: Telegram) -> None:
    await deliver(bot, Outgoing(chat_id=telegram.private(), text="https://a.pe"))

    [params] = await telegram.called("sendMessage")
    assert params["link_preview_options"] == {"is_disabled": True}


async def test_a_file_comes_with_its_name(bot: Bot, telegram: Telegram) -> None:
    chat = telegram.private()

    await deliver(bot, Outgoing(chat_id=chat, text="12.1"), File("informe.pdf", b"%PDF-1.4"))

    seen = await telegram.see(chat)
    [message] = [
        each
        for each in telegram.world.chats[chat].messages.values()
        if each["message_id"] == seen.message_id
    ]
    assert (seen.text, message["document"]["file_name"]) == ("12.1", "informe.pdf")


async def test_a_held_back_message_is_sent_later(bot: Bot, telegram: Telegram) -> None:
    pauses, chat = Pauses(), telegram.private()
    telegram.fail("sendMessage", 429, retry_after=7, times=2)

    delivery = await deliver(bot, Outgoing(chat_id=chat, text="hola"), pause=pauses)

    assert delivery.outcome is Outcome.SENT
    assert pauses.seconds == [7, 7]
    assert (await telegram.see(chat)).text == "hola"


@pytest.mark.parametrize(
    ("seconds", "times"),
    [pytest.param(7, 3, id="too-often"), pytest.param(3600, 1, id="too-long")],
)
async def test_a_message_held_back_for_too_long_is_left_for_later(
    bot: Bot, telegram: Telegram, seconds: int, times: int
) -> None:
    telegram.fail("sendMessage", 429, retry_after=seconds, times=times)

    message = Outgoing(chat_id=telegram.private(), text="hola")

    assert (await deliver(bot, message, pause=Pauses())).outcome is Outcome.LATER


async def test_a_message_without_an_answer_is_sent_again(bot: Bot, telegram: Telegram) -> None:
    pauses, chat = Pauses(), telegram.private()
    telegram.fail("sendMessage", 502)
    telegram.cut("sendMessage")

    delivery = await deliver(bot, Outgoing(chat_id=chat, text="hola"), pause=pauses)

    assert delivery.outcome is Outcome.SENT
    assert (await telegram.see(chat)).text == "hola"
    assert telegram.is_quiet(chat)
    assert len(pauses.seconds) == 2


async def test_an_error_that_lasts_leaves_it_for_later(bot: Bot, telegram: Telegram) -> None:
    telegram.fail("sendMessage", 502, times=3)

    message = Outgoing(chat_id=telegram.private(), text="hola")

    assert (await deliver(bot, message, pause=Pauses())).outcome is Outcome.UNSURE


async def test_a_mistake_of_ours_is_not_repeated(bot: Bot, telegram: Telegram) -> None:
    chat = telegram.private()

    delivery = await deliver(bot, Outgoing(chat_id=chat, text="<h1>hola</h1>"), pause=Pauses())

    assert delivery.outcome is Outcome.REFUSED
    assert len(await telegram.called("sendMessage")) == 1


async def test_a_chat_that_blocked_the_bot_is_closed(bot: Bot, telegram: Telegram) -> None:
    chat = telegram.private()
    telegram.block(chat)

    assert (await deliver(bot, Outgoing(chat_id=chat, text="hola"))).outcome is Outcome.CLOSED
    assert len(await telegram.called("sendMessage")) == 1


async def test_an_unknown_chat_is_closed(bot: Bot, telegram: Telegram) -> None:
    assert (await deliver(bot, Outgoing(chat_id=42, text="hola"))).outcome is Outcome.CLOSED


@pytest.mark.parametrize(
    "reason",
    [
        "not enough rights to send text messages to the chat",
        "have no rights to send a message",
        "CHAT_WRITE_FORBIDDEN",
        "TOPIC_CLOSED",
        "message thread not found",
    ],
)
async def test_a_chat_where_the_bot_may_not_write_is_closed(
    bot: Bot, telegram: Telegram, reason: str
) -> None:
    telegram.server.faults.add("sendMessage", [Fault(bad_request(reason))])

    delivery = await deliver(bot, Outgoing(chat_id=telegram.group(), text="hola"))

    assert delivery.outcome is Outcome.CLOSED
    assert delivery.why == reason.lower()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        pytest.param(CUT_BEFORE, Outcome.UNSURE, id="no-answer"),
        pytest.param(refusal(502), Outcome.UNSURE, id="bad-gateway"),
    ],
)
async def test_what_may_have_arrived_is_not_repeated_where_it_must_not(
    bot: Bot, telegram: Telegram, fault: Fault, outcome: Outcome
) -> None:
    telegram.server.faults.add("sendMessage", [fault])

    message = Outgoing(chat_id=telegram.private(), text="hola")
    delivery = await deliver(bot, message, pause=Pauses(), repeats=False)

    assert delivery.outcome is outcome
    assert len(await telegram.called("sendMessage")) == 1


async def test_what_never_left_is_no_doubt(telegram: Telegram) -> None:
    async with app_for(telegram, Echo()).bot as bot:
        bot._base_url = "http://127.0.0.1:9/bot1:x"  # where nobody listens
        message = Outgoing(chat_id=7, text="hola")
        delivery = await deliver(bot, message, pause=Pauses(), repeats=False)

    assert delivery.outcome is Outcome.LATER


async def test_an_edit_that_changes_nothing_is_no_failure(bot: Bot, telegram: Telegram) -> None:
    chat = telegram.private()
    await deliver(bot, Outgoing(chat_id=chat, text="hola"))
    sent = await telegram.see(chat)

    delivery = await deliver(bot, Outgoing(chat_id=chat, text="hola", edits=sent.message_id))

    assert delivery.outcome is Outcome.SENT
    assert telegram.is_quiet(chat)


async def test_a_message_that_cannot_be_edited_is_sent_below(bot: Bot, telegram: Telegram) -> None:
    chat = telegram.private()
    await deliver(bot, Outgoing(chat_id=chat, text="hola"))
    sent = await telegram.see(chat)
    telegram.forget(chat, sent.message_id)

    delivery = await deliver(bot, Outgoing(chat_id=chat, text="otra", edits=sent.message_id))

    below = await telegram.see(chat)
    assert delivery.outcome is Outcome.SENT
    assert (below.text, below.is_edit) == ("otra", False)
