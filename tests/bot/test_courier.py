"""Messages that Telegram does not take, and the programs beside this one."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot import courier
from bot.pace import Pace
from handlers.context import services_of
from handlers.send import ATTEMPTS
from storage.models import OutboxMessage
from storage.notices import Schedule
from storage.outbox import add, in_trouble
from storage.presence import Presence
from storage.traffic import OutboxRow, OutboxState, Outgoing, Sort
from tests.support.office import READER, Office
from tests.support.program import Pauses, running
from tests.support.subscribed import subscribed
from tests.support.telegram import Telegram

BOTH, DEAD = 2, 99  # programs that run; the id of one that runs no more
MONDAY = datetime(2021, 5, 17, 13, tzinfo=UTC)  # 8:00 in Lima


async def test_what_telegram_fails_at_again_and_again_is_given_up(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "MOST_ATTEMPTS", 2)
    chat = telegram.private()

    async with running(telegram, pause=Pauses()) as program:
        telegram.fail("sendMessage", 502, times=2 * ATTEMPTS)
        telegram.say(chat, "uno")
        telegram.say(chat, "dos")
        seen = await telegram.see(chat)
        async with services_of(program.app).database.session() as session:
            found = await in_trouble(session, 5)

    assert seen.text == "eco: dos"
    assert [(one.chat_id, one.state, one.error) for one in found] == [
        (chat, OutboxState.FAILED, "no answer")
    ]


async def test_a_notice_that_another_program_has_sent_does_not_go_again(office: Office) -> None:
    ana = await office.employ("Ana", READER)
    schedule = Schedule(lead_days=(), tells_late=False)
    async with office.database.write() as session:
        row = await subscribed(session, ana.chat_id, schedule, office.clock.now())

    async with office.bot():
        office.clock.instant = MONDAY
        await office.tick()
        digest = await ana.sees()
        async with office.database.session() as session:
            ids = select(OutboxMessage.id).where(OutboxMessage.sort == Sort.DIGEST)
            [sent] = await session.scalars(ids)
        assert office.running is not None
        own = office.running.courier
        message = Outgoing(chat_id=ana.chat_id, text="")
        own.hand_over([OutboxRow(sent, message, 1, Sort.DIGEST, row.id)])
        await own.finished()
        is_quiet = await ana.hears_nothing_more()

    assert digest.text.startswith("📬 Resumen semanal")
    assert is_quiet


async def test_what_a_dead_program_left_unsent_is_sent(office: Office) -> None:
    ana = await office.employ("Ana", READER)
    async with office.database.write() as session:
        left = Outgoing(chat_id=ana.chat_id, text="Quedó por enviar.")
        await add(session, [left], office.clock.now(), DEAD)

    async with office.bot():
        seen = await ana.sees()

    assert seen.text == "Quedó por enviar."


class Counted(Pace):
    """A pace that tells what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[int] = []
        self.programs = asyncio.Queue[int]()

    def take(self, chat_id: int) -> None:
        self.taken.append(chat_id)
        super().take(chat_id)

    def share(self, programs: int) -> None:
        self.programs.put_nowait(programs)
        super().share(programs)


@pytest.fixture
def paces(monkeypatch: pytest.MonkeyPatch) -> list[Counted]:
    """The paces of the couriers that are made meanwhile."""
    made: list[Counted] = []

    def counted() -> Counted:
        made.append(Counted())
        return made[-1]

    monkeypatch.setattr(courier, "Pace", counted)
    return made


async def test_answers_are_counted_for_the_notices_beside_them(
    sqlite_office: Office, paces: list[Counted]
) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        await ana.say("hola")

    [pace] = paces
    assert pace.taken == [ana.chat_id]


async def test_the_limits_are_shared_with_another_program(
    postgres_office: Office, paces: list[Counted]
) -> None:
    other = Presence(postgres_office.database)
    await other.look()

    async with postgres_office.bot():
        [pace] = paces
        async with asyncio.timeout(postgres_office.telegram.seconds):
            programs = await pace.programs.get()
    await other.leave()

    assert programs == BOTH
