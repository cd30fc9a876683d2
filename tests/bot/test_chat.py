from typing import Any

import pytest

from handlers.orders import ORDERS
from handlers.questions import COMMANDS
from tests.support.program import running
from tests.support.telegram import USERNAME, Telegram


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        pytest.param("¿qué vence en junio?", "¿qué vence en junio?", id="text"),
        pytest.param("/vence junio", "vence junio", id="vence"),
        pytest.param("/vence", "qué vence este mes", id="vence-alone"),
        pytest.param("/VENCE  junio", "vence junio", id="capitals-and-blanks"),
        pytest.param(f"/vence@{USERNAME} junio", "vence junio", id="with-the-name"),
        pytest.param("/unidad UTAI", "unidad UTAI", id="unidad"),
        pytest.param("/compromiso 4", "compromiso 4", id="compromiso"),
        pytest.param("/buscar salud mental", "busca salud mental", id="buscar"),
        pytest.param("/pendientes", "pendientes", id="pendientes-alone"),
        pytest.param("/pendientes UTAI", "pendientes UTAI", id="pendientes"),
        pytest.param("/avance por unidad", "avance por unidad", id="avance"),
        pytest.param("/glosario MCM", "qué es MCM", id="glosario"),
        pytest.param("/acta firmantes", "acta firmantes", id="acta"),
        pytest.param("/buscar {} <b>", "busca {} <b>", id="odd-signs"),
        pytest.param("/ayuda", "ayuda", id="ayuda"),
        pytest.param("/help", "ayuda", id="help"),
        pytest.param("/start", "ayuda", id="start"),
    ],
)
async def test_what_is_written_becomes_a_question(
    telegram: Telegram, said: str, asked: str
) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, said)
        seen = await telegram.see(chat)

    assert seen.text == f"eco: {asked}"
    assert seen.reply_to is None


@pytest.mark.parametrize("name", ["unidad", "compromiso", "buscar", "glosario"])
async def test_a_command_that_needs_words_shows_how(telegram: Telegram, name: str) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, f"/{name}")
        seen = await telegram.see(chat)

    assert seen.text.startswith("Escriba ")
    assert f"/{name} " in seen.text


async def test_an_unknown_command_is_said_to_be_so(telegram: Telegram) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, "/vense junio")
        seen = await telegram.see(chat)

    assert seen.text.startswith("No conozco ese comando.")


async def test_a_link_carries_its_payload(telegram: Telegram) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, "/start mv_4-1")
        seen = await telegram.see(chat)

    assert seen.text == "enlace: mv_4-1"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        pytest.param("/vence junio", "vence junio", id="command"),
        pytest.param(f"@{USERNAME} ¿qué vence?", "¿qué vence?", id="name-first"),
        pytest.param(f"🙂 oye @{USERNAME}, ¿qué vence?", "🙂 oye , ¿qué vence?", id="name-inside"),
        pytest.param(f"¿qué vence? @{USERNAME.upper()}", "¿qué vence?", id="name-last"),
        pytest.param(f"@{USERNAME}: @otra_persona pregunta", "@otra_persona pregunta", id="two"),
    ],
)
async def test_in_a_group_the_bot_answers_who_speaks_to_it(
    telegram: Telegram, said: str, asked: str
) -> None:
    group = telegram.group(has_privacy=False)

    async with running(telegram):
        message_id = telegram.say(group, said)
        seen = await telegram.see(group)

    assert seen.text == f"eco: {asked}"
    assert seen.reply_to == message_id


async def test_in_a_group_an_answer_to_the_bot_is_for_the_bot(telegram: Telegram) -> None:
    group = telegram.group(has_privacy=False)

    async with running(telegram):
        telegram.say(group, "/vence junio")
        first = await telegram.see(group)
        telegram.say(group, "¿y en julio?", reply_to=first.message_id)
        seen = await telegram.see(group)

    assert seen.text == "eco: ¿y en julio?"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"text": "¿qué vence en junio?"}, id="talk-among-people"),
        pytest.param({"text": "@otra_persona ¿qué vence?"}, id="another-name"),
        pytest.param({"text": "/vence@otro_bot junio"}, id="another-bots-command"),
        pytest.param({"text": "/clima"}, id="unknown-command"),
        pytest.param(
            {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 1}}, id="voice"
        ),
        pytest.param({"new_chat_title": "Equipo"}, id="service-message"),
    ],
)
async def test_in_a_group_the_bot_is_silent_otherwise(
    telegram: Telegram, content: dict[str, Any]
) -> None:
    group = telegram.group(has_privacy=False)

    async with running(telegram):
        if "text" in content:
            telegram.say(group, content["text"])
        else:
            telegram.post(group, **content)
        telegram.say(group, "/vence junio")
        seen = await telegram.see(group)

    assert seen.text == "eco: vence junio"
    assert telegram.is_quiet(group)


async def test_in_a_forum_the_answer_stays_in_the_topic(telegram: Telegram) -> None:
    forum = telegram.group(is_forum=True)

    async with running(telegram):
        telegram.say(forum, "/vence junio", message_thread_id=77, is_topic_message=True)
        seen = await telegram.see(forum)

    assert seen.thread_id == 77


async def test_edits_and_its_own_inline_messages_are_left_alone(telegram: Telegram) -> None:
    chat = telegram.private()
    own = {"id": 123456, "is_bot": True, "first_name": "Compromisos", "username": USERNAME}

    async with running(telegram):
        message_id = telegram.say(chat, "uno")
        await telegram.see(chat)
        telegram.revise(chat, message_id, "uno y medio")
        telegram.say(chat, "resultado", via_bot=own)
        telegram.say(chat, "dos")
        seen = await telegram.see(chat)

    assert seen.text == "eco: dos"


FILE = {"file_id": "1", "file_unique_id": "1"}
PHOTO = [FILE | {"width": 9, "height": 9}]


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        pytest.param({"voice": FILE | {"duration": 1}}, "No puedo escuchar audios.", id="voice"),
        pytest.param(
            {"location": {"longitude": -77.0, "latitude": -12.0}},
            "No uso ubicaciones.",
            id="location",
        ),
        pytest.param(
            {"contact": {"phone_number": "1", "first_name": "Ana"}},
            "No guardo contactos.",
            id="contact",
        ),
        pytest.param({"dice": {"emoji": "🎲", "value": 6}}, "Me gustan", id="dice"),
    ],
)
async def test_what_is_not_text_gets_a_way_out(
    telegram: Telegram, content: dict[str, Any], answer: str
) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.post(chat, **content)
        seen = await telegram.see(chat)

    assert seen.text.startswith(answer)
    assert "¿qué vence en junio?" in seen.text


@pytest.mark.parametrize("content", [{"photo": PHOTO}, {"document": FILE}], ids=["photo", "file"])
async def test_a_file_of_somebody_who_hands_nothing_in_is_refused(
    telegram: Telegram, content: dict[str, Any]
) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.post(chat, **content)
        seen = await telegram.see(chat)

    assert seen.text.startswith("Para registrar un medio hay que ser punto focal")
    assert [call.method for call in telegram.calls if call.method == "getFile"] == []


async def test_an_album_that_is_refused_gets_one_answer(telegram: Telegram) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.post(chat, photo=PHOTO, media_group_id="7")
        telegram.post(chat, photo=PHOTO, media_group_id="7")
        telegram.say(chat, "hola")
        seen = [await telegram.see(chat), await telegram.see(chat)]

    assert seen[1].text == "eco: hola"


async def test_a_button_changes_its_message(telegram: Telegram) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, "botones")
        shown = await telegram.see(chat)
        query = telegram.press(chat, "Ver más")
        seen, toast = await telegram.see(chat), await telegram.toast(query)

    assert shown.buttons == (("Ver más", "Aparte"), ("Viejo",))
    assert (seen.message_id, seen.text, seen.is_edit) == (shown.message_id, "botón: more", True)
    assert seen.buttons == ()
    assert toast is None


async def test_a_message_whose_answer_cannot_be_read_was_sent(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    chat = telegram.private()
    telegram.puzzle("sendMessage")

    async with running(telegram):
        telegram.say(chat, "uno")
        telegram.say(chat, "dos")
        seen = [(await telegram.see(chat)).text for _ in range(2)]
        await telegram.acknowledged()

    assert seen == ["eco: uno", "eco: dos"]
    assert telegram.is_quiet(chat)
    assert "answer not read" in caplog.text


async def test_a_button_for_a_new_message_leaves_its_own(telegram: Telegram) -> None:
    group = telegram.group(has_privacy=False)

    async with running(telegram):
        telegram.say(group, f"@{USERNAME} botones")
        shown = await telegram.see(group)
        telegram.press(group, "Aparte")
        seen = await telegram.see(group)

    assert (seen.text, seen.is_edit) == ("botón: n:more", False)
    assert seen.reply_to == shown.message_id


async def test_a_button_pressed_twice_is_answered_twice(telegram: Telegram) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, "botones")
        shown = await telegram.see(chat)
        for _ in range(2):
            query = telegram.press_data(chat, "more")
            await telegram.toast(query)
        telegram.say(chat, "sigue")
        seen = [await telegram.see(chat), await telegram.see(chat)]

    assert seen[0].message_id == shown.message_id
    assert seen[1].text == "eco: sigue"


async def test_a_button_that_no_longer_counts_says_so(telegram: Telegram) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, "botones")
        await telegram.see(chat)
        toast = await telegram.toast(telegram.press(chat, "Viejo"))

    assert toast == "Ese botón ya no vale; pregunte de nuevo."


async def test_a_button_under_a_deleted_message_answers_below(telegram: Telegram) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, "botones")
        shown = await telegram.see(chat)
        telegram.press(chat, "Ver más")
        telegram.forget(chat, shown.message_id)
        seen = await telegram.see(chat)

    assert (seen.text, seen.is_edit) == ("botón: more", False)


async def test_a_failure_is_owned_with_the_ticket_of_the_log(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, "falla")
        seen = await telegram.see(chat)

    assert seen.text.startswith("Algo falló de nuestro lado")
    ticket = seen.text.rsplit(maxsplit=1)[-1]
    assert f"ticket {ticket}" in caplog.text


async def test_a_button_that_fails_is_answered_too(telegram: Telegram) -> None:
    chat = telegram.private()

    async with running(telegram):
        telegram.say(chat, "botones")
        await telegram.see(chat)
        query = telegram.press_data(chat, "falla")
        seen, toast = await telegram.see(chat), await telegram.toast(query)

    assert seen.text.startswith("Algo falló de nuestro lado")
    assert toast is None


async def test_the_menu_is_set(telegram: Telegram) -> None:
    async with running(telegram):
        [params] = await telegram.called("setMyCommands")
        await telegram.called("setMyDescription")

    assert [each["command"] for each in params["commands"]] == [
        each.name for each in (*COMMANDS, *ORDERS)
    ]
