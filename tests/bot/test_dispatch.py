"""One update from the inbox to its effect, where it comes twice or ends the program each time."""

import asyncio
import json
from dataclasses import replace

from bot.dispatch import BETWEEN_SECONDS, STARTS, Dispatcher
from storage.inbox import store, tickets_aside
from storage.traffic import InboxRow
from tests.support.office import ADMIN, READER, Office, Phone
from tests.support.program import Pauses, running
from tests.support.telegram import Telegram


async def received(office: Office, phone: Phone, text: str) -> InboxRow:
    """Keep a message in the inbox that nobody works on yet."""
    world = office.telegram.world
    message = {
        "message_id": 5_000,
        "date": int(office.clock.now().timestamp()),
        "chat": world.chats[phone.chat_id].info,
        "from": world.people[phone.user_id],
        "text": text,
    }
    update = json.dumps({"update_id": 9_000, "message": message})
    async with office.database.write() as session:
        [row] = await store(session, [(9_000, update)], office.clock.now())
    return row


def dispatcher(office: Office) -> Dispatcher:
    assert office.running is not None
    return Dispatcher(office.running.app, office.running.courier)


async def test_an_update_that_is_worked_on_twice_is_answered_once(office: Office) -> None:
    ana = await office.employ("Ana", READER)

    async with office.bot():
        await ana.say("hola")  # what an earlier run left is taken up by now
        row, work = await received(office, ana, "¿qué vence en junio?"), dispatcher(office).work
        await asyncio.gather(work(row), work(row))
        await work(row)
        answer = await ana.sees()
        next_one = await ana.say("/vence julio")

    assert answer.text.startswith("🔎 4 medios: en junio de 2021")
    assert "julio" in next_one.text
    assert ana.is_quiet


async def test_an_update_that_ends_the_program_again_and_again_is_set_aside(
    office: Office,
) -> None:
    ana, pedro = await office.employ("Ana", READER), await office.employ("Pedro", ADMIN)

    async with office.bot():
        await ana.say("hola")
        row = await received(office, ana, "¿qué vence en junio?")
        await dispatcher(office).work(replace(row, attempts=STARTS + 1))
        told = await pedro.sees()
        async with office.database.session() as session:
            aside = await tickets_aside(session)

    assert "interrupted" in told.text
    assert aside == ["interrupted"]
    assert ana.is_quiet


async def test_an_update_that_fails_is_tried_again(telegram: Telegram) -> None:
    pauses, chat = Pauses(), telegram.private()

    async with running(telegram, pause=pauses):
        telegram.say(chat, "falla dos veces")
        seen = await telegram.see(chat)

    assert seen.text == "eco: falla dos veces"
    assert pauses.seconds == [*BETWEEN_SECONDS]
