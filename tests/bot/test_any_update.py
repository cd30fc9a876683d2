"""Updates of every kind, through the inbox and the dispatcher: none fails, none does wrong.

`UPDATES` says how many on SQLite: 5,000, or as many as are asked for. They are the same ones at
each run.
"""

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import event, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, Pool, PoolProxiedConnection

from bot.courier import Courier
from bot.demo.methods.content import caption_of, document_content, keyboard_of, text_of
from bot.demo.params import Params
from bot.demo.refusals import Json
from bot.dispatch import Dispatcher
from handlers.context import services_of
from handlers.reader import Readers
from storage.engine import Database
from storage.entries import admit
from storage.inbox import store
from storage.models import InboxUpdate, OutboxMessage
from storage.records import AsOf
from storage.roles import OPERATOR
from storage.traffic import InboxState
from tests.support.audit import audit
from tests.support.office import (
    ADMIN,
    FOLLOW_UP,
    HOUSE,
    LIMA,
    PDF,
    READER,
    UOAI,
    UT,
    UTAI,
    Office,
)
from tests.support.telegram import Telegram
from tests.support.updates import Cast, batches, settled

UPDATES = int(os.environ.get("UPDATES", "5000"))
AT_ONCE = 10
LOOKS = 25  # batches between two looks at the whole record
ALWAYS_THE_SAME = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),  # what happened before is a part of what failed: nothing to shrink
    suppress_health_check=list(HealthCheck),
)


ROLES = {
    "Rosa": (UTAI,),
    "Luis": (UTAI, UT),
    "Nora": (UOAI,),
    "Iris": (UTAI, FOLLOW_UP),
    "Sara": (FOLLOW_UP,),
    "Vera": (FOLLOW_UP,),
    "Pedro": (ADMIN,),
    "Iván": (READER,),
    "Extraño": (),
}
SHOWN = 300  # the newest buttons, which are pressed


async def employ(office: Office) -> None:
    """Give everybody the roles back that were taken away."""
    for name, roles in ROLES.items():
        await office.employ(name, *roles)


@contextmanager
def without_disk() -> Iterator[None]:
    """Let SQLite not wait for the disk: here it is not about what survives a power cut."""

    def hasten(
        connection: DBAPIConnection, entry: ConnectionPoolEntry, _: PoolProxiedConnection
    ) -> None:
        if "is_hasty" not in entry.info:
            entry.info["is_hasty"] = True
            cursor = connection.cursor()
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.close()

    event.listen(Pool, "checkout", hasten)
    try:
        yield
    finally:
        event.remove(Pool, "checkout", hasten)


class Complaints(logging.Handler):
    """Gathers what the program logs as an error, or with a traceback."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or record.exc_info:
            self.lines.append(self.format(record))


@dataclass
class Reception:
    """The bot without its polling: updates are put into the inbox and handled."""

    office: Office
    dispatcher: Dispatcher
    cast: Cast
    complaints: Complaints
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    buttons: list[tuple[int, str]] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    batches: int = 0
    handled: int = 0
    last_message: int = 0

    async def take(self, waves: Sequence[Sequence[Json]]) -> None:
        """Receive wave after wave; now and then look at the whole record."""
        for wave in waves:
            await self._take(wave)
        self.batches += 1
        if not self.batches % LOOKS:
            await self.look()

    async def _take(self, batch: Sequence[Json]) -> None:
        """Receive some updates at once, handle them, and see what came of it."""
        ready = [settled(update, self.buttons) for update in batch]
        raw = [
            (number, json.dumps({"update_id": number} | update))
            for update, number in zip(ready, self.numbers, strict=False)
        ]
        for update in ready:
            message = update.get("message", {})
            if "migrate_to_chat_id" in message:
                self.moved |= {message["chat"]["id"], message["migrate_to_chat_id"]}
        now = self.office.clock.now()
        async with self.office.database.write() as session:
            rows = await store(session, raw, now)
        async with asyncio.TaskGroup() as tasks:
            for row in rows:
                tasks.create_task(self.dispatcher.work(row))
        self.handled += len(rows)
        assert self.complaints.lines == [], ready
        async with self.office.database.session() as session:
            states = select(InboxUpdate.state).where(InboxUpdate.update_id >= raw[0][0])
            assert set(await session.scalars(states)) == {InboxState.DONE}
            sent = select(OutboxMessage).where(OutboxMessage.id > self.last_message)
            for message in await session.scalars(sent.order_by(OutboxMessage.id)):
                self._check(message)

    def _check(self, message: OutboxMessage) -> None:
        """See that Telegram would take a message; note the buttons under it."""
        self.last_message = message.id
        keyboard = [
            [{"text": label, "callback_data": data} for label, data in row]
            for row in message.buttons
        ]
        params = Params(
            {
                "text": message.text,
                "caption": message.text,
                "parse_mode": "HTML",
                "reply_markup": {"inline_keyboard": keyboard},
            }
        )
        shown = keyboard_of(params)
        assert not keyboard or shown["reply_markup"]["inline_keyboard"] == keyboard
        if message.evidence_id is None:
            text_of(params, "too long")
        else:
            caption_of(params)
        new = [(message.chat_id, data) for row in message.buttons for _, data in row]
        self.buttons = [*self.buttons, *new][-SHOWN:]

    async def look(self) -> None:
        """See whether the record explains everything; those who lost their roles get them back."""
        as_of = AsOf(self.office.clock.today(), zone=LIMA)
        async with self.office.database.session() as session:
            assert await audit(session, as_of, moved=self.moved) == []
        await employ(self.office)


@asynccontextmanager
async def reception(url: str, folder: Path) -> AsyncIterator[Reception]:
    """People with every role, two groups of which one is admitted, and the bot."""
    database = Database(url)
    async with Telegram(database_url=url, folder=folder) as telegram:
        office = Office(telegram, database, Readers())
        await employ(office)
        groups = [telegram.group("Admitido"), telegram.group("Otro")]
        async with database.write() as session:
            now = office.clock.now()
            await admit(session, groups[0], "Admitido", actor=HOUSE, by=OPERATOR, now=now)
        named = ("Informe 45-2021.pdf", "12.1.pdf", "x.exe", "vacío.pdf")
        contents = (PDF + b"1", PDF + b"2", PDF, b"")
        known = telegram.world.files
        files = [
            document_content(known.add(name, "application/pdf", content))
            for name, content in zip(named, contents, strict=True)
        ]
        ids = {name: telegram.private(name) for name in ROLES}
        cast = Cast(
            people=list(ids.values()),
            focal=[ids[name] for name in ("Rosa", "Luis", "Nora", "Iris")],
            reviewers=[ids[name] for name in ("Iris", "Sara", "Vera")],
            administrators=[ids["Pedro"]],
            groups=groups,
            files=files,
        )
        app = office._app()
        await app.initialize()
        complaints = Complaints()
        logging.getLogger().addHandler(complaints)
        try:
            dispatcher = Dispatcher(app, Courier(app.bot, services_of(app)))
            yield Reception(office, dispatcher, cast, complaints)
        finally:
            logging.getLogger().removeHandler(complaints)
            await app.shutdown()
            await services_of(app).database.dispose()
    await database.dispose()


def bombard(url: str, folder: Path, wanted: int) -> None:
    """Send so many updates, batch after batch."""
    with asyncio.Runner() as runner:
        opened = reception(url, folder)
        bot = runner.run(opened.__aenter__())
        try:

            @settings(ALWAYS_THE_SAME, max_examples=-(-wanted // AT_ONCE))
            @given(batches(bot.cast, AT_ONCE))
            def handle(waves: list[list[Json]]) -> None:
                runner.run(bot.take(waves))

            handle()

            runner.run(bot.look())
            assert bot.handled >= wanted
        finally:
            runner.run(opened.__aexit__(None, None, None))


@pytest.mark.long
def test_no_update_of_any_kind_fails_or_does_what_it_must_not(
    loaded_sqlite_url: str, tmp_path: Path
) -> None:
    with without_disk():
        bombard(loaded_sqlite_url, tmp_path, UPDATES)


@pytest.mark.long
def test_no_update_fails_on_postgresql_either(loaded_postgres_url: str, tmp_path: Path) -> None:
    bombard(loaded_postgres_url, tmp_path, UPDATES // 10)
