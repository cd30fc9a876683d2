"""The program as its operator knows it: started, stopped, killed, cut off, and its log."""

import signal

import pytest

from tests.e2e.conftest import Program
from tests.support.telegram import TOKEN, Telegram


async def test_what_was_said_during_a_crash_is_answered(
    program: Program, telegram: Telegram
) -> None:
    chat = telegram.private()

    async with program.polling() as process:
        process.kill()
        await process.wait()
    telegram.say(chat, "¿qué vence en junio?")
    async with program.polling():
        seen = await telegram.see(chat)

    assert "junio" in seen.text.lower()


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_the_program_cleanly(
    program: Program, telegram: Telegram, name: signal.Signals
) -> None:
    chat = telegram.private()

    async with program.polling() as process:
        telegram.say(chat, "¿qué vence en junio?")
        await telegram.see(chat)
        process.send_signal(name)
        exit_code = await program.exit_code(process)

    assert exit_code == 0
    await telegram.acknowledged()
    assert "Traceback" not in program.log


async def test_a_wrong_token_is_one_clear_line(program: Program) -> None:
    program.token = "123456:hush-hush"

    async with program.running() as process:
        exit_code = await program.exit_code(process)

    assert exit_code == 1
    assert program.log.count("Telegram rechaza el token") == 1
    assert "Traceback" not in program.log
    assert "hush" not in program.log


async def test_without_a_token_the_way_out_is_shown(program: Program) -> None:
    program.token = None

    async with program.running() as process:
        exit_code = await program.exit_code(process)

    assert exit_code != 0
    assert "BOT_TOKEN" in program.log
    assert "compromisos demo" in program.log
    assert "Traceback" not in program.log


async def test_an_outage_is_survived(program: Program, telegram: Telegram) -> None:
    chat = telegram.private()

    async with program.polling():
        telegram.cut("getUpdates", times=1)
        telegram.say(chat, "uno")
        await telegram.see(chat)
        telegram.say(chat, "¿qué vence en junio?")
        seen = await telegram.see(chat)

    assert "junio" in seen.text.lower()
    assert program.log.count("Telegram no responde") == 1
    assert program.log.count("Telegram responde de nuevo.") == 1


async def test_neither_token_nor_words_reach_the_log(program: Program, telegram: Telegram) -> None:
    chat = telegram.private()

    async with program.polling():
        telegram.say(chat, "¿qué vence en junio para Zutano?")
        await telegram.see(chat)

    assert TOKEN.partition(":")[2] not in program.log
    assert "Zutano" not in program.log
