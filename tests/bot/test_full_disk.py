"""No room, a failing disk, a database that somebody else keeps locked: refused, never half done.

What fails here is SQLite or the system itself: nothing stands in its place.
"""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, Pool, PoolProxiedConnection

from bot.cli import run_task
from bot.demo.world import Event as Happening
from bot.polling import CANNOT_KEEP, Polling
from bot.schedule import WALL
from handlers.context import services_of
from handlers.housekeeping import ORPHAN, sweep
from storage.events import Action
from storage.records import AsOf, Status
from tests.support.audit import audit
from tests.support.office import FOLLOW_UP, LIMA, PDF, READER, UTAI, Office, Phone

ALL_PAGES = 4_294_967_294
MIB = 1024 * 1024
SHORT_MS = 50  # to wait for a lock, where the program waits ten seconds
LONG_NOTE = "Falta el anexo. " * 60  # with all who are told of it, more than a page has room for
LARGE_PDF = PDF + b"%" * (3 * MIB)
NOT_NOW = "En este momento no puedo guardar ni consultar nada, así que no se registró nada."
FULL = "⚠️ «{}» no se pudo guardar: no queda espacio en el disco. No se registró nada."


@dataclass
class Disk:
    """What the database is given; all connections of the process are held to it."""

    pages: int = ALL_PAGES
    busy_ms: int = 10_000

    def hold(
        self, connection: DBAPIConnection, _entry: ConnectionPoolEntry, _: PoolProxiedConnection
    ) -> None:
        """Bind a connection that is about to be used."""
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count = {self.pages}")
        cursor.execute(f"PRAGMA busy_timeout = {self.busy_ms}")
        cursor.close()

    async def fill(self, office: Office) -> None:
        """Give no page more than there are."""
        async with office.database.session() as session:
            self.pages = await session.scalar(text("PRAGMA page_count")) or 0

    def make_room(self) -> None:
        self.pages = ALL_PAGES


@pytest.fixture
def disk() -> Iterator[Disk]:
    disk = Disk()
    event.listen(Pool, "checkout", disk.hold)
    yield disk
    event.remove(Pool, "checkout", disk.hold)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def locked(office: Office) -> Iterator[None]:
    """Keep the database from everybody else who wants to write."""
    path = make_url(office.telegram.database_url).database or ""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.close()


@asynccontextmanager
async def bot(office: Office) -> AsyncIterator[asyncio.Event]:
    """Run the bot, which waits in its pauses until the event is set."""
    app, stop, again = office._app(), asyncio.Event(), asyncio.Event()

    async def pause(_seconds: float) -> None:
        await again.wait()

    polling = Polling(app, stop, pause=pause)
    try:
        async with asyncio.TaskGroup() as tasks:
            try:
                tasks.create_task(polling.run())
                await office.telegram.called("getUpdates")
                await polling.courier.ready()
                yield again
            finally:
                again.set()
                stop.set()
    finally:
        await services_of(app).database.dispose()


@pytest.fixture
async def rosa(sqlite_office: Office) -> Phone:
    """A focal point; five people are to be told of what she hands in."""
    for name in ("Sara", "Vera", "Iris", "Olga", "Elsa"):
        await sqlite_office.employ(name, FOLLOW_UP)
    return await sqlite_office.employ("Rosa", UTAI)


async def ready(rosa: Phone) -> None:
    """Bring a dialogue to where only its confirmation is missing."""
    await rosa.say("ya presenté el 12.1 https://drive.pe/x")
    await rosa.press("📝 Nota")
    await rosa.say(LONG_NOTE)


async def wrong(office: Office) -> list[str]:
    """Tell what the record does not explain, and what of the file is damaged."""
    async with office.database.session() as session:
        found = await audit(session, AsOf(office.clock.today(), zone=LIMA))
        checked = await session.scalars(text("PRAGMA integrity_check"))
        return found + [line for line in checked if line != "ok"]


async def states(office: Office) -> list[str]:
    """Tell what became of each update."""
    async with office.database.session() as session:
        return list(await session.scalars(text("SELECT state FROM inbox ORDER BY id")))


def kept(office: Office) -> list[Path]:
    """The files in the folder of the evidence."""
    return list(office.folder.iterdir()) if office.folder.is_dir() else []


async def test_what_there_is_no_room_to_record_is_refused_and_nothing_of_it_stays(
    sqlite_office: Office, rosa: Phone, disk: Disk
) -> None:
    async with bot(sqlite_office):
        await ready(rosa)
        await disk.fill(sqlite_office)
        query = sqlite_office.telegram.press(rosa.chat_id, "✅ Registrar", sender="Rosa")
        refusal = await rosa.sees()
        await sqlite_office.telegram.toast(query)
        stands = await sqlite_office.means("12.1")
        actions = await sqlite_office.actions("12.1")

    assert refusal.text.startswith(NOT_NOW)
    assert not refusal.is_edit
    assert (stands.status, stands.last_event, actions) == (Status.PENDING, 0, [])
    assert await wrong(sqlite_office) == []


async def test_the_same_button_records_it_when_there_is_room_again(
    sqlite_office: Office, rosa: Phone, disk: Disk
) -> None:
    async with bot(sqlite_office):
        await ready(rosa)
        await disk.fill(sqlite_office)
        await rosa.press("✅ Registrar")
        disk.make_room()
        receipt = await rosa.press("✅ Registrar")

    assert "Registrado como presentado" in receipt.text
    assert await sqlite_office.actions("12.1") == [Action.SUBMITTED]
    assert await wrong(sqlite_office) == []


async def test_a_refused_registration_is_not_made_up_for_behind_the_back_of_the_person(
    sqlite_office: Office, rosa: Phone, disk: Disk
) -> None:
    async with bot(sqlite_office):
        await ready(rosa)
        await disk.fill(sqlite_office)
        await rosa.press("✅ Registrar")
    disk.make_room()
    async with bot(sqlite_office):
        await rosa.say("¿qué vence en junio?")

    assert await sqlite_office.actions("12.1") == []
    assert (await states(sqlite_office)).count("aside") == 1


async def test_what_cannot_be_kept_waits_at_telegram_and_is_answered_later(
    sqlite_office: Office, disk: Disk
) -> None:
    juan = await sqlite_office.employ("Juan", READER)

    async with bot(sqlite_office) as again:
        await disk.fill(sqlite_office)
        refusal = await juan.say("¿qué vence en junio? " + "x" * 4_000)
        waiting = len(sqlite_office.telegram.world.updates.waiting)
        disk.make_room()
        again.set()
        answer = await juan.sees()

    assert (refusal.text, waiting) == (CANNOT_KEEP, 1)
    assert "en junio de 2021" in answer.text
    assert juan.is_quiet
    assert await states(sqlite_office) == ["done"]


async def test_whoever_writes_while_nothing_can_be_kept_is_told_so_once(
    sqlite_office: Office, disk: Disk
) -> None:
    juan = await sqlite_office.employ("Juan", READER)
    luis = await sqlite_office.employ("Luis", READER)
    disk.busy_ms = SHORT_MS

    async with bot(sqlite_office) as again:
        with locked(sqlite_office):
            told = [(await juan.say("hola")).text]
            sqlite_office.telegram.say(luis.chat_id, "hola", sender="Luis")
            again.set()  # from now on it tries without a pause
            told.append((await luis.sees()).text)
        answers = [(await juan.sees()).text, (await luis.sees()).text]

    assert told == [CANNOT_KEEP, CANNOT_KEEP]
    assert answers[0] == answers[1]
    assert answers[0].startswith("¡Buenas!")
    assert juan.is_quiet
    assert luis.is_quiet


async def test_a_press_while_nothing_can_be_kept_is_told_so_over_the_chat(
    sqlite_office: Office, rosa: Phone, disk: Disk
) -> None:
    disk.busy_ms = SHORT_MS

    async with bot(sqlite_office) as again:
        await ready(rosa)
        with locked(sqlite_office):
            toast = await rosa.tap("✅ Registrar")
        again.set()
        receipt = await rosa.sees()

    assert toast == CANNOT_KEEP
    assert "Registrado como presentado" in receipt.text
    assert await sqlite_office.actions("12.1") == [Action.SUBMITTED]


async def test_a_group_is_not_told_of_what_was_not_said_to_the_bot(
    sqlite_office: Office, disk: Disk
) -> None:
    telegram = sqlite_office.telegram
    juan, group = await sqlite_office.employ("Juan", READER), telegram.group(has_privacy=False)
    disk.busy_ms = SHORT_MS

    async with bot(sqlite_office) as again:
        with locked(sqlite_office):
            telegram.say(group, "¿almorzamos?", sender="Juan")
            told = await juan.say("hola")
        again.set()
        await juan.sees()

    assert told.text == CANNOT_KEEP
    assert telegram.is_quiet(group)


async def test_a_disk_that_fails_is_refused_like_a_full_one(
    sqlite_office: Office, rosa: Phone
) -> None:
    async with bot(sqlite_office) as again:
        await ready(rosa)
        with largest_file(4_096):
            toast = await rosa.tap("✅ Registrar")
        again.set()
        receipt = await rosa.sees()

    assert toast == CANNOT_KEEP
    assert "Registrado como presentado" in receipt.text
    assert await sqlite_office.actions("12.1") == [Action.SUBMITTED]
    assert await wrong(sqlite_office) == []


async def test_a_file_for_which_there_is_no_room_is_refused_and_nothing_of_it_stays(
    sqlite_office: Office, rosa: Phone
) -> None:
    async with bot(sqlite_office):
        with largest_file(2 * MIB):
            refusal = await rosa.send("Informe 45.pdf", LARGE_PDF, "12.1")
            left = kept(sqlite_office)
        sheet = await rosa.send("Informe 45.pdf", LARGE_PDF, "12.1")

    assert refusal.text == FULL.format("Informe 45.pdf")
    assert (refusal.buttons, left) == ((), [])
    assert "📎 Informe 45.pdf (3,0 MB)" in sheet.text
    assert len(kept(sqlite_office)) == 1
    assert await wrong(sqlite_office) == []


async def test_a_file_that_could_not_be_noted_is_no_evidence_and_goes_in_time(
    sqlite_office: Office, rosa: Phone, disk: Disk
) -> None:
    app = sqlite_office._app()
    long_caption = "12.1 " + "https://drive.pe/" + "x" * 900

    async with bot(sqlite_office):
        with at_download(sqlite_office, disk):
            refusal = await rosa.send("Informe 45.pdf", PDF, long_caption)
        await rosa.say("hola")
        nothing = await rosa.say("/continuar")
    orphans = len(kept(sqlite_office))
    await sweep(services_of(app), WALL.now() + 2 * ORPHAN)
    await services_of(app).database.dispose()

    assert refusal.text.startswith(NOT_NOW)
    assert nothing.text == "No tiene ningún registro a medias."
    assert orphans == 1
    assert [each.suffix for each in kept(sqlite_office)] == [".unused"]
    assert await wrong(sqlite_office) == []


@contextmanager
def at_download(office: Office, disk: Disk) -> Iterator[None]:
    """Have the database locked from the moment at which the bot asks for a file."""
    disk.busy_ms = SHORT_MS
    lock = locked(office)

    def listen(happening: Happening) -> None:
        if happening.kind == "call" and happening.data["method"] == "getFile":
            lock.__enter__()

    with office.telegram.world.listening(listen):
        yield
    lock.__exit__(None, None, None)


async def test_a_start_at_which_the_database_is_locked_ends_with_what_is_wrong(
    sqlite_office: Office, disk: Disk, capsys: pytest.CaptureFixture[str]
) -> None:
    disk.busy_ms = SHORT_MS

    async def start() -> int:
        app = sqlite_office._app()
        try:
            return await Polling(app, asyncio.Event()).run()
        finally:
            await services_of(app).database.dispose()

    with locked(sqlite_office), pytest.raises(SystemExit) as ended:
        await asyncio.to_thread(run_task, start())

    assert ended.value.code == 1
    assert "otro programa la tiene ocupada" in capsys.readouterr().err
