"""Conversations with one running program, as people have them side by side."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.e2e.conftest import SECONDS, Program
from tests.support.telegram import USERNAME, Telegram

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("conversation"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Telegram]:
    """The local Telegram with a program that asks it for updates."""
    async with Telegram(seconds=SECONDS) as telegram:
        program = Program(telegram, tmp_path_factory.mktemp("program"), telegram.token)
        async with program.polling():
            yield telegram


@pytest.fixture
def chat(telegram: Telegram, request: pytest.FixtureRequest) -> int:
    """The private chat of somebody whom no other test knows."""
    return telegram.private(request.node.name)


async def test_a_question_and_its_follow_up(telegram: Telegram, chat: int) -> None:
    telegram.say(chat, "¿qué vence en junio?")
    june = await telegram.see(chat)
    telegram.say(chat, "¿y en julio?")
    july = await telegram.see(chat)

    assert "junio" in june.text.lower().splitlines()[0]
    assert "julio" in july.text.lower().splitlines()[0]


async def test_a_first_conversation(telegram: Telegram, chat: int) -> None:
    """Start, ask, follow up, press, turn a page, mistype, and ask for something else."""
    seen = {}

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


async def test_every_button_of_an_answer_works(telegram: Telegram, chat: int) -> None:
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


async def test_a_question_in_a_group(telegram: Telegram) -> None:
    group = telegram.group(has_privacy=False)

    telegram.say(group, "buenos días a todos")
    asked = telegram.say(group, f"@{USERNAME} ¿qué vence en junio?")
    seen = await telegram.see(group)

    assert seen.reply_to == asked
    assert telegram.is_quiet(group)


async def test_people_are_served_side_by_side(telegram: Telegram) -> None:
    chats = [telegram.private(f"persona {number}") for number in range(20)]

    for chat in chats:
        telegram.say(chat, "/vence junio")
    seen = [await telegram.see(chat) for chat in chats]

    assert len({each.text for each in seen}) == 1


async def test_every_command_of_the_menu_gets_an_answer(telegram: Telegram, chat: int) -> None:
    [menu] = await telegram.called("setMyCommands")
    for command in menu["commands"]:
        telegram.say(chat, f"/{command['command']}")
        telegram.say(chat, command["description"].rpartition(": ")[2])
    seen = [await telegram.see(chat) for _ in range(2 * len(menu["commands"]))]

    assert [each.text for each in seen if "Algo falló" in each.text] == []


async def test_a_forged_button_is_refused(telegram: Telegram, chat: int) -> None:
    telegram.say(chat, "¿qué vence en junio?")
    await telegram.see(chat)
    toast = await telegram.toast(telegram.press_data(chat, "n:'; DROP TABLE means; --"))

    assert toast == "Ese botón ya no vale; pregunte de nuevo."
