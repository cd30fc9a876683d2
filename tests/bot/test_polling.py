import asyncio

import pytest

from bot.polling import Polling
from tests.support.program import Echo, Pauses, app_for, running
from tests.support.telegram import Telegram


async def test_what_was_answered_is_acknowledged(telegram: Telegram) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, "hola")
        await telegram.see(chat)
        await telegram.acknowledged()

    assert telegram.is_quiet(chat)


async def test_what_was_said_while_the_bot_was_off_is_answered(telegram: Telegram) -> None:
    chat = telegram.private()
    telegram.say(chat, "uno")
    telegram.say(chat, "dos")

    async with running(telegram):
        seen = [await telegram.see(chat), await telegram.see(chat)]

    assert [each.text for each in seen] == ["eco: uno", "eco: dos"]


async def test_a_stop_right_after_an_answer_does_not_repeat_it(telegram: Telegram) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, "uno")
        await telegram.see(chat)
    async with running(telegram):
        telegram.say(chat, "dos")
        seen = await telegram.see(chat)

    assert seen.text == "eco: dos"


async def test_what_is_in_work_is_finished_before_the_end(telegram: Telegram) -> None:
    chat, echo = telegram.private(), Echo()

    async with running(telegram, echo) as program:
        telegram.say(chat, "espera")
        await echo.waits.wait()
        program.stop.set()
        echo.gate.set()
        exit_code = await program.exit_code

    assert (await telegram.see(chat)).text == "eco: espera"
    assert exit_code == 0
    await telegram.acknowledged()


async def test_what_takes_too_long_is_left_for_the_next_start(telegram: Telegram) -> None:
    slow, quick = telegram.private("Ana"), telegram.private("Luis")
    echo = Echo()
    telegram.say(quick, "uno")
    telegram.say(slow, "espera")

    async with running(telegram, echo, stop_seconds=0) as program:
        await telegram.see(quick)
        await echo.waits.wait()
        program.stop.set()
        await program.exit_code
    echo.gate.set()
    async with running(telegram, echo):
        seen = await telegram.see(slow)

    assert seen.text == "eco: espera"
    assert telegram.is_quiet(quick)


async def test_an_update_that_cannot_be_read_stops_no_other(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    chat = telegram.private()
    telegram.say(chat, "uno")
    telegram.world.updates.push("message", {"message_id": "?", "date": "secreto"})
    telegram.say(chat, "dos")

    async with running(telegram):
        seen = [(await telegram.see(chat)).text for _ in range(2)]
        await telegram.acknowledged()

    assert seen == ["eco: uno", "eco: dos"]
    assert "cannot be read" in caplog.text
    assert "secreto" not in caplog.text


async def test_pauses_grow_while_telegram_is_out_of_reach(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    pauses, chat = Pauses(), telegram.private()
    telegram.fail("getMe", 502, times=9)

    async with running(telegram, pause=pauses):
        telegram.say(chat, "hola")
        await telegram.see(chat)

    assert pauses.seconds == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert caplog.text.count("Telegram no responde") == 1
    assert caplog.text.count("Telegram responde de nuevo.") == 1


async def test_a_second_outage_begins_with_a_short_pause(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    pauses, chat = Pauses(), telegram.private()
    telegram.fail("getUpdates", 502, times=2)

    async with running(telegram, pause=pauses):
        telegram.say(chat, "uno")
        await telegram.see(chat)
        telegram.cut("getUpdates")
        telegram.say(chat, "dos")
        await telegram.see(chat)
        telegram.say(chat, "tres")
        await telegram.see(chat)

    assert pauses.seconds == [1, 2, 1]
    assert caplog.text.count("Telegram no responde") == 2


async def test_telegram_is_given_the_time_it_asks_for(telegram: Telegram) -> None:
    pauses, chat = Pauses(), telegram.private()
    telegram.fail("getUpdates", 429, retry_after=17)

    async with running(telegram, pause=pauses):
        telegram.say(chat, "hola")
        await telegram.see(chat)

    assert pauses.seconds == [17]


async def test_a_pause_ends_with_the_order_to_stop(telegram: Telegram) -> None:
    telegram.fail("getMe", 429, retry_after=3600)

    async with running(telegram) as program:
        await telegram.called("getMe")
        program.stop.set()
        exit_code = await program.exit_code

    assert exit_code == 0


async def test_a_wrong_token_ends_the_program_with_one_line(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    app = app_for(telegram, Echo(), token="123456:wrong")

    exit_code = await Polling(app, asyncio.Event()).run()

    assert exit_code == 1
    assert caplog.text.count("Telegram rechaza el token: revise BOT_TOKEN") == 1
    assert "wrong" not in caplog.text


async def test_a_token_revoked_meanwhile_ends_the_program(telegram: Telegram) -> None:
    chat = telegram.private()

    async with running(telegram) as program:
        await telegram.called("getUpdates")
        telegram.revoke()
        telegram.say(chat, "hola")
        exit_code = await program.exit_code

    assert exit_code == 1


async def test_a_rival_is_told_once_and_the_bot_goes_on(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    chat = telegram.private()
    telegram.fail("getUpdates", 409, times=3)

    async with running(telegram, pause=Pauses()):
        telegram.say(chat, "hola")
        seen = await telegram.see(chat)

    assert seen.text == "eco: hola"
    assert caplog.text.count("Otro programa usa el mismo BOT_TOKEN") == 1


async def test_a_menu_that_cannot_be_set_stops_nothing(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    chat = telegram.private()
    telegram.fail("setMyCommands", 502)

    async with running(telegram):
        await telegram.called("setMyCommands")
        telegram.say(chat, "hola")
        await telegram.see(chat)

    assert "menu and descriptions not set" in caplog.text
