import signal

import pytest

from tests.e2e.conftest import Program
from tests.support.telegram import TOKEN, USERNAME, Telegram


async def test_a_question_and_its_follow_up(program: Program, telegram: Telegram) -> None:
    chat = telegram.private()

    async with program.polling():
        telegram.say(chat, "¿qué vence en junio?")
        june = await telegram.see(chat)
        telegram.say(chat, "¿y en julio?")
        july = await telegram.see(chat)

    assert "junio" in june.text.lower().splitlines()[0]
    assert "julio" in july.text.lower().splitlines()[0]


async def test_a_first_conversation(program: Program, telegram: Telegram) -> None:
    """Start, ask, follow up, press, turn a page, mistype, and ask for something else."""
    chat = telegram.private()
    seen = {}

    async with program.polling():
        for said in (
            "/start",
            "¿qué vence en junio?",
            "compromisos de UOAI",
            "y en enero?",
            "todos los medios",
        ):
            telegram.say(chat, said)
            seen[said] = await telegram.see(chat)
        await telegram.toast(telegram.press(chat, "Siguiente ›"))
        page = await telegram.see(chat)
        telegram.press(chat, "18.1")
        whole = await telegram.see(chat)
        for said in ("pendientes de utia", "¿quién ganó el partido?"):
            telegram.say(chat, said)
            seen[said] = await telegram.see(chat)

    def codes(said: str) -> list[str]:
        return [label for label in seen[said].labels if label[0].isdigit()]

    assert "¿qué vence en junio?" in seen["/start"].text
    assert codes("¿qué vence en junio?") == ["10.1", "12.2", "17.1", "18.1"]
    assert codes("compromisos de UOAI") == ["6.1", "8.1", "7.1"]
    assert codes("y en enero?") == ["8.1"]
    assert "Página 2 de 3" in page.text
    assert "Medio 18.1" in whole.text
    assert "«utia» → UTAI" in seen["pendientes de utia"].text
    assert codes("¿quién ganó el partido?") == []
    assert "prefiero no adivinar" in seen["¿quién ganó el partido?"].text


async def test_every_button_of_an_answer_works(program: Program, telegram: Telegram) -> None:
    chat = telegram.private()

    async with program.polling():
        telegram.say(chat, "¿qué vence en junio?")
        june = await telegram.see(chat)
        for label in june.labels:
            telegram.say(chat, "¿qué vence en junio?")
            fresh = await telegram.see(chat)
            toast = await telegram.toast(telegram.press(chat, label))
            seen = await telegram.see(chat)

            assert fresh.labels == june.labels
            assert toast is None
            assert "Algo falló" not in seen.text

    assert june.labels


async def test_a_question_in_a_group(program: Program, telegram: Telegram) -> None:
    group = telegram.group(has_privacy=False)

    async with program.polling():
        telegram.say(group, "buenos días a todos")
        asked = telegram.say(group, f"@{USERNAME} ¿qué vence en junio?")
        seen = await telegram.see(group)

    assert seen.reply_to == asked
    assert telegram.is_quiet(group)


async def test_people_are_served_side_by_side(program: Program, telegram: Telegram) -> None:
    chats = [telegram.private(f"persona {number}") for number in range(20)]

    async with program.polling():
        for chat in chats:
            telegram.say(chat, "/vence junio")
        seen = [await telegram.see(chat) for chat in chats]

    assert len({each.text for each in seen}) == 1


async def test_every_command_of_the_menu_gets_an_answer(
    program: Program, telegram: Telegram
) -> None:
    chat = telegram.private()

    async with program.polling():
        [menu] = await telegram.called("setMyCommands")
        for command in menu["commands"]:
            telegram.say(chat, f"/{command['command']}")
            telegram.say(chat, command["description"].rpartition(": ")[2])
        seen = [await telegram.see(chat) for _ in range(2 * len(menu["commands"]))]

    assert [each.text for each in seen if "Algo falló" in each.text] == []


async def test_a_forged_button_is_refused(program: Program, telegram: Telegram) -> None:
    chat = telegram.private()

    async with program.polling():
        telegram.say(chat, "¿qué vence en junio?")
        await telegram.see(chat)
        toast = await telegram.toast(telegram.press_data(chat, "n:'; DROP TABLE means; --"))

    assert toast == "Ese botón ya no vale; pregunte de nuevo."


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
