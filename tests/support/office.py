"""People with roles, a phone in each one's hands, and the real bot that they talk to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.application import build
from bot.demo.files import StoredFile
from bot.demo.methods.content import document_content, photo_content
from bot.polling import Polling
from bot.schedule import tick
from bot.settings import Settings
from handlers.context import SERVICES, App, services_of
from handlers.conversation import BotConversation
from handlers.housekeeping import tidy
from handlers.reader import Readers
from handlers.views.marks import HASH_CHARS
from storage.engine import Database
from storage.entries import is_admitted
from storage.events import Action, EventRow
from storage.ledger import history, verify
from storage.marks import contradictions
from storage.matrix import find_means
from storage.people import find_grant, grant, people, revoke
from storage.records import AsOf, Level, MeansFilter, MeansRow, Ref
from storage.roles import OPERATOR, Actor, Role, RoleOf
from tests.support.telegram import Seen, Telegram

LIMA = ZoneInfo("America/Lima")
MAY_14_AT_TEN = datetime(2021, 5, 14, 15, tzinfo=UTC)  # in Lima
ACT = "002-2021"
HOUSE = Actor(None, "operador")
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42\x00\x00\x00\x08mdat"

UTAI = RoleOf(Role.FOCAL, "UTAI")
UT = RoleOf(Role.FOCAL, "UT")
UOAI = RoleOf(Role.FOCAL, "UOAI")
FOLLOW_UP = RoleOf(Role.FOLLOW_UP)
ADMIN = RoleOf(Role.ADMIN)
READER = RoleOf(Role.READER)


class HandClock:
    """Stands still until a test moves it."""

    def __init__(self, instant: datetime = MAY_14_AT_TEN) -> None:
        self.instant = instant
        self.timezone = LIMA

    def now(self) -> datetime:
        return self.instant

    def today(self) -> date:
        return self.instant.astimezone(LIMA).date()

    def move(self, **time: float) -> None:
        """Go on by so much, in the words of `timedelta`."""
        self.instant += timedelta(**time)


@dataclass
class Phone:
    """A chat as one person sees it: what is done here gives what the bot shows next."""

    telegram: Telegram
    chat_id: int
    name: str
    user_id: int

    async def say(self, text: str, **more: Any) -> Seen:
        """Write a text."""
        self.telegram.say(self.chat_id, text, sender=self.name, **more)
        return await self.sees()

    async def send(
        self,
        name: str,
        content: bytes = PDF,
        caption: str = "",
        *,
        mime: str = "application/pdf",
    ) -> Seen:
        """Send a file as a document, or a picture as a photo."""
        file = self.telegram.world.files.add(name, mime, content)
        self.telegram.attach(self.chat_id, file, caption, sender=self.name)
        return await self.sees()

    async def post(self, **content: Any) -> Seen:
        """Send anything, in the fields of the Bot API."""
        self.telegram.post(self.chat_id, sender=self.name, **content)
        return await self.sees()

    def photo(self, content: bytes = JPEG) -> dict[str, Any]:
        """Give the fields of a photo, to be posted."""
        return photo_content(self._file("foto.jpg", "image/jpeg", content))

    def document(self, name: str, content: bytes = PDF) -> dict[str, Any]:
        """Give the fields of a document, to be posted."""
        return document_content(self._file(name, "application/pdf", content))

    def _file(self, name: str, mime: str, content: bytes) -> StoredFile:
        return self.telegram.world.files.add(name, mime, content)

    async def press(self, label: str) -> Seen:
        """Press the newest button with this label; give what follows or changes."""
        self.telegram.press(self.chat_id, label, sender=self.name)
        return await self.sees()

    async def tap(self, label: str) -> str | None:
        """Press the newest button with this label; give the words shown over the chat."""
        return await self.telegram.toast(
            self.telegram.press(self.chat_id, label, sender=self.name)
        )

    async def tap_data(self, data: str) -> str | None:
        """Press a button with any data, as a client may; give the words over the chat."""
        return await self.telegram.toast(
            self.telegram.press_data(self.chat_id, data, sender=self.name)
        )

    async def sees(self) -> Seen:
        """Wait for the next message or change."""
        return await self.telegram.see(self.chat_id)

    async def hears_nothing_more(self) -> bool:
        """Greet, and tell whether nothing comes before the answer to that."""
        answer = await self.say("hola")
        return answer.text.startswith("¡Buen") and self.is_quiet

    def data(self, label: str) -> str:
        """Give the data of the newest button with this label."""
        for message in reversed(self.telegram.world.chats[self.chat_id].messages.values()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        return str(button["callback_data"])
        raise LookupError(label)

    @property
    def is_quiet(self) -> bool:
        """Whether all that came was seen."""
        return self.telegram.is_quiet(self.chat_id)

    def inside(self, group_id: int) -> "Phone":
        """Give a group as this person sees it."""
        return replace(self, chat_id=group_id)


@dataclass
class Office:
    """The people, the database and the clock; `bot` runs beside them."""

    telegram: Telegram
    database: Database
    readers: Readers
    clock: HandClock = field(default_factory=HandClock)
    admin_ids: frozenset[int] = frozenset()
    is_open: bool = False
    running: Polling | None = None

    @property
    def folder(self) -> Path:
        """Where the evidence is kept."""
        return self.telegram.folder / "evidencia"

    def phone(self, name: str) -> Phone:
        """Open the chat of somebody with the bot."""
        chat_id = self.telegram.private(name)
        return Phone(self.telegram, chat_id, name, chat_id)

    async def employ(self, name: str, *roles: RoleOf) -> Phone:
        """Give somebody roles, and a phone."""
        phone = self.phone(name)
        async with self.database.write() as session:
            for role in roles:
                await grant(
                    session,
                    phone.user_id,
                    name,
                    role,
                    actor=HOUSE,
                    by=OPERATOR,
                    now=self.clock.now(),
                )
        return phone

    async def dismiss(self, phone: Phone) -> None:
        """Take away all that somebody holds."""
        async with self.database.write() as session:
            held = [
                grant_id
                for person in await people(session)
                if person.user_id == phone.user_id
                for grant_id, _ in person.grants
            ]
            for grant_id in held:
                assert await find_grant(session, grant_id)
                now = self.clock.now()
                await revoke(session, grant_id, actor=HOUSE, by=OPERATOR, now=now)

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[App]:
        """Run the bot; leaving stops it cleanly, and another run goes on where it ended."""
        app, stop = self._app(), asyncio.Event()
        self.running = polling = Polling(app, stop)
        try:
            async with asyncio.TaskGroup() as tasks:
                try:
                    tasks.create_task(polling.run())
                    yield app
                finally:
                    stop.set()
        finally:
            await services_of(app).database.dispose()

    def _app(self) -> App:
        settings = Settings(
            token=SecretStr(self.telegram.token),
            api_url=self.telegram.url,
            open_reading=self.is_open,
            admin_ids=self.admin_ids,
            evidence_dir=self.folder,
        )
        database = Database(self.telegram.database_url)
        app = build(settings, database, self.clock, BotConversation())
        app.bot_data[SERVICES] = replace(services_of(app), readers=self.readers)
        return app

    async def hand_in(self, phone: Phone, code: str, *told: Phone) -> Seen:
        """Have somebody hand in a means with one file; what the others are told is seen."""
        await phone.send(f"{code}.pdf", PDF + code.encode())
        receipt = await phone.press("✅ Registrar")
        for other in told:
            await other.sees()
        return receipt

    async def tick(self) -> None:
        """Have the running bot do what is due by the clock."""
        assert self.running is not None
        await tick(services_of(self.running.app), self.running.courier)

    async def until_admitted(self, chat_id: int) -> None:
        """Wait until a group is admitted."""
        async with asyncio.timeout(self.telegram.seconds):
            while not await self._is_admitted(chat_id):  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0)

    async def _is_admitted(self, chat_id: int) -> bool:
        async with self.database.session() as session:
            return await is_admitted(session, chat_id)

    async def tidy(self) -> None:
        """Do what is done from time to time; what is to be said goes out at the next start."""
        app = self._app()
        services = services_of(app)
        await tidy(services)
        await services.database.dispose()

    # What is kept.

    async def means(self, code: str) -> MeansRow:
        """Give a means as it stands."""
        wanted = MeansFilter(acts=(ACT,), refs=(Ref(Level.MEANS, code),))
        async with self.database.session() as session:
            [row] = await find_means(session, wanted, AsOf(self.clock.today(), zone=LIMA))
        return row

    async def events(self, code: str) -> list[EventRow]:
        """Give what the record tells of a means."""
        async with self.database.session() as session:
            return await history(session, (ACT, code))

    async def actions(self, code: str) -> list[Action]:
        """Give what was done about a means."""
        return [event.action for event in await self.events(code)]

    async def fingerprint(self, event_id: int) -> str:
        """Give the hash of an event as a receipt shows it."""
        async with self.database.session() as session:
            [event] = [event for event in await history(session) if event.id == event_id]
        return event.hash[:HASH_CHARS]

    async def all_actions(self) -> list[Action]:
        """Give all that was done about anything."""
        async with self.database.session() as session:
            return [event.action for event in await history(session)]

    async def is_sound(self) -> bool:
        """Tell whether the chain is whole and every state is what the record says."""
        async with self.database.session() as session:
            chain = await verify(session)
            return chain.broken_at is None and not await contradictions(session)
