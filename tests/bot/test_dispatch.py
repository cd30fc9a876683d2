"""One update from the inbox to its effect, where it comes twice or ends the program each time."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot import dispatch
from bot.dispatch import BETWEEN_SECONDS, STARTS, Dispatcher
from handlers.context import services_of
from storage import inbox
from storage.engine import Database, Session
from storage.errors import DatabaseUnavailableError, Unavailable
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


def dispatcher(office: Office, pauses: Pauses | None = None) -> Dispatcher:
    assert office.running is not None
    return Dispatcher(office.running.app, office.running.courier, pause=pauses or Pauses())


def own_dispatcher(office: Office) -> Dispatcher:
    """The one that the running bot uses itself."""
    assert office.running is not None
    return office.running._dispatcher


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


@pytest.mark.parametrize(
    ("reason", "waited"),
    [
        pytest.param(Unavailable.UNREACHABLE, [BETWEEN_SECONDS[0]], id="tried-again"),
        pytest.param(Unavailable.DISK, [], id="given-up"),
    ],
)
async def test_an_effect_of_which_the_news_was_lost_is_answered_once(
    sqlite_office: Office,
    monkeypatch: pytest.MonkeyPatch,
    reason: Unavailable,
    waited: list[float],
) -> None:
    ana, pauses = await sqlite_office.employ("Ana", READER), Pauses()

    async with sqlite_office.bot() as app:
        await ana.say("hola")
        row = await received(sqlite_office, ana, "¿qué vence en junio?")
        lose_the_news(monkeypatch, services_of(app).database, reason)
        await dispatcher(sqlite_office, pauses).work(row)
        answer = await ana.sees()
        next_one = await ana.say("/vence julio")

    assert answer.text.startswith("🔎 4 medios: en junio de 2021")
    assert "julio" in next_one.text
    assert ana.is_quiet
    assert pauses.seconds == waited


def lose_the_news(monkeypatch: pytest.MonkeyPatch, database: Database, why: Unavailable) -> None:
    """Break the connection once, right after the next commit."""
    write = database.write

    @asynccontextmanager
    async def once() -> AsyncIterator[Session]:
        monkeypatch.setattr(database, "write", write)
        async with write() as session:
            yield session
        raise DatabaseUnavailableError(database.where, why)

    monkeypatch.setattr(database, "write", once)


async def test_an_update_that_never_ends_is_given_up(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "UPDATE_SECONDS", 0.01)
    pauses, chat = Pauses(), telegram.private()

    async with running(telegram, pause=pauses):
        telegram.say(chat, "espera")
        seen = await telegram.see(chat)

    assert seen.text.startswith("Algo falló de nuestro lado")
    assert pauses.seconds == []


async def test_what_cannot_even_be_set_aside_is_so_with_the_next_batch(
    sqlite_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        await ana.say("hola")
        row = await received(sqlite_office, ana, "¿qué vence en junio?")
        with monkeypatch.context() as broken:
            broken.setattr(inbox, "finish", refuse_for_want_of_room)
            broken.setattr(inbox, "set_aside", refuse_for_want_of_room)
            await own_dispatcher(sqlite_office).work(row)
        apology = await ana.sees()
        await ana.say("/vence julio")
        async with sqlite_office.database.session() as session:
            aside = await tickets_aside(session)

    assert apology.text.startswith("En este momento no puedo guardar")
    assert aside == ["unavailable"]


async def refuse_for_want_of_room(*_: object) -> bool:
    raise DatabaseUnavailableError("bot.db", Unavailable.FULL)
