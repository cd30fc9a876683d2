"""The program is killed while updates pour in: nothing kept is lost, nothing is done twice.

`KILLS` says how often it is killed on SQLite: 50 times, or as often as is asked for
(`KILLS=500 uv run pytest tests/e2e/test_crashes.py`). The seed of the moments is printed;
`KILL_SEED` repeats them, as far as processes can be repeated.
"""

import asyncio
import os
import signal
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from itertools import count
from pathlib import Path
from random import Random
from secrets import randbits
from typing import Any

import pytest
from sqlalchemy import text

from bot.demo.markup import read_html
from bot.demo.refusals import Json
from bot.demo.world import Event as Happening
from bot.schedule import WALL
from handlers.views.words import day
from seed.load import load_bundled
from storage.engine import Database, Session
from storage.entries import admit
from storage.events import Action
from storage.evidence import recorded_files, stored_names
from storage.evidence_files import EvidenceFolder, Soundness
from storage.ledger import Chain, history, verify
from storage.marks import contradictions
from storage.people import grant
from storage.roles import OPERATOR, Actor, Role, RoleOf
from tests.support.forking import Forks, forking
from tests.support.telegram import MAY_14_NOON, Telegram

KILLS = int(os.environ.get("KILLS", "50"))
SEED = int(os.environ.get("KILL_SEED", randbits(32)))
SECONDS = 60.0  # after which somebody who waits for an answer gives up, and the test fails
PDF = b"%%PDF-1.4\n%% %s\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%%%EOF\n"
NUMBERED = "Registro N°"  # ends every receipt

ROSA, LUIS, NORA, SARA, VERA, IVAN, OLGA, ADMIN = (
    *("Rosa", "Luis", "Nora", "Sara", "Vera", "Iván", "Olga", "Administradora"),
)
ROLES = {
    ROSA: RoleOf(Role.FOCAL, "UTAI"),
    LUIS: RoleOf(Role.FOCAL, "UTAI"),
    NORA: RoleOf(Role.FOCAL, "UOAI"),
    SARA: RoleOf(Role.FOLLOW_UP),
    VERA: RoleOf(Role.FOLLOW_UP),
    IVAN: RoleOf(Role.READER),
    OLGA: RoleOf(Role.READER),
    ADMIN: RoleOf(Role.ADMIN),
}
FIRST_DAY = date(2023, 1, 1)  # on which nothing falls due any more
GLOSSARY = ("/glosario SAF", "/glosario UTAI", "/glosario MCM")


class Phase(Enum):
    """What the program is doing when it is killed."""

    STARTING = "starting"
    POLLING = "polling"
    STOPPING = "stopping"


PHASES = (*[Phase.POLLING] * 6, *[Phase.STARTING] * 2, *[Phase.STOPPING] * 2)
START_MS, STOP_MS, BETWEEN_MS = 300, 60, 30
SHORT, LONG = (0, 24, 0.6), (50, 100, 10.0)  # calls to Telegram, at most so long, before a kill
EACH_LONG = 10  # every tenth run: what is never given the time is set aside some day
ENOUGH = 50  # kills of which some must hit each kind of unfinished work


@dataclass
class Told:
    """What the phones were told, to be compared with what the bot has recorded."""

    done: Counter[Action] = field(default_factory=Counter)  # receipts, by what they tell
    tokens: set[str] = field(default_factory=set)  # what is in these receipts and no others
    questions: Counter[int] = field(default_factory=Counter)  # asked in private, by chat
    in_group: list[int] = field(default_factory=list)  # messages that are to be answered
    admitted: list[int] = field(default_factory=list)  # strangers who are known now

    def note(self, action: Action, token: str = "") -> None:
        """Count a receipt."""
        self.done[action] += 1
        if token:
            self.tokens.add(token)


@dataclass
class Town:
    """All that the people share: the local Telegram, the moments, and the order to end."""

    telegram: Telegram
    random: Random
    told: Told = field(default_factory=Told)
    over: asyncio.Event = field(default_factory=asyncio.Event)  # nobody begins anything new
    is_done: bool = False  # all that was begun is finished
    shown: dict[int, list[Json]] = field(default_factory=lambda: defaultdict(list))
    copies: Counter[tuple[int, str]] = field(default_factory=Counter)  # messages by chat and text
    replies: Counter[int] = field(default_factory=Counter)  # by the message they answer
    polls: int = 0
    calls: int = 0
    pushed: dict[int, Json] = field(default_factory=dict)

    def listen(self, event: Happening) -> None:
        """Note what the bot shows and calls."""
        self.calls += event.kind == "call"
        self.polls += event.kind == "call" and event.data["method"] == "getUpdates"
        for update in reversed(self.telegram.world.updates.waiting):
            if update["update_id"] in self.pushed:
                break
            self.pushed[update["update_id"]] = update
        if event.kind not in {"message", "edit"} or event.chat_id is None:
            return
        if not event.data["from"]["is_bot"]:
            return
        self.shown[event.chat_id].append(event.data)
        if event.kind == "message":
            self.copies[event.chat_id, words(event.data)] += 1
            if answered := event.data.get("reply_to_message"):
                self.replies[answered["message_id"]] += 1

    async def until(self, is_met: Callable[[], bool], missing: str) -> None:
        """Wait for something that the bot does, however often it is killed meanwhile."""
        assert await self.telegram.world.updates.until(is_met, SECONDS), missing

    async def pause(self, milliseconds: float) -> None:
        """Let some moments pass, but no longer than there is something to do."""
        with suppress(TimeoutError):
            async with asyncio.timeout(milliseconds / 1000):
                await self.over.wait()


def words(message: Json) -> str:
    """What a message says, as text or below a file."""
    return str(message.get("text", message.get("caption", "")))


def data_of(message: Json, beginning: str) -> str | None:
    """The data of the first button that begins so."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    found = (button["callback_data"] for row in rows for button in row)
    return next((data for data in found if data.startswith(beginning)), None)


@dataclass
class Phone:
    """One person's phone."""

    town: Town
    name: str

    def __post_init__(self) -> None:
        self.id = self.town.telegram.private(self.name)
        self.seen = 0  # of what was shown, how much belongs to what is over

    @property
    def random(self) -> Random:
        return self.town.random

    def say(self, text: str) -> None:
        self.seen = len(self.town.shown[self.id])
        self.town.telegram.say(self.id, text, sender=self.name)

    def send(self, name: str, caption: str = "") -> None:
        file = self.town.telegram.world.files.add(name, "application/pdf", PDF % name.encode())
        self.town.telegram.attach(self.id, file, caption, sender=self.name)

    def press(self, message: Json, beginning: str, *, times: int = 1) -> None:
        """Press a button under a message, as hastily as people do."""
        data = data_of(message, beginning)
        assert data is not None, f"{self.name}: no button {beginning} under {words(message)}"
        for _ in range(times):
            self.town.telegram.press_data(self.id, data, message, self.name)

    async def see(self, *parts: str, button: str = "") -> Json:
        """Wait until a message says all this, and has such a button."""
        found: list[Json] = []

        def is_there() -> bool:
            found[:] = [
                message
                for message in self.town.shown[self.id][self.seen :]
                if all(part in words(message) for part in parts)
                and (not button or data_of(message, button))
            ]
            return bool(found)

        await self.town.until(is_there, f"{self.name} never saw {parts} {button}")
        return found[-1]


async def present(phone: Phone, codes: tuple[str, ...]) -> None:
    """Hand in means, with a link and sometimes a file; wait each time until it is sent back."""
    town, told = phone.town, phone.town.told
    for number in count():
        await town.pause(phone.random.uniform(0, 80))
        if town.over.is_set():
            return
        code, token = codes[number % len(codes)], f"{phone.name}-{number}.pdf"
        phone.say(f"ya presenté el {code} https://drive.pe/{token}")
        sheet = await phone.see(token, button="d:ok:")
        if phone.random.random() < 0.4:
            phone.send(token)
            sheet = await phone.see(f"📎 {token}", button="d:ok:")
        if phone.random.random() < 0.2:
            phone.press(sheet, "d:no:", times=phone.random.choice((1, 2)))
            await phone.see("Cancelado: no se registró nada")
            continue
        phone.press(sheet, "d:ok:", times=phone.random.choice((1, 1, 2, 3)))
        receipt = await phone.see(token, NUMBERED)
        told.note(Action.SUBMITTED, token)
        if phone.name == LUIS:
            phone.press(receipt, "k:wd:", times=phone.random.choice((1, 2)))
            await phone.see("Registro anulado", NUMBERED)
            told.note(Action.WITHDRAWN)
            continue
        await phone.see("Se devolvió un medio", token)


async def add_evidence(phone: Phone, code: str) -> None:
    """Hand in a means that nobody reviews, and then file after file for it."""
    phone.say(f"ya presenté el {code} https://drive.pe/0")
    phone.press(await phone.see(button="d:ok:"), "d:ok:")
    await phone.see(NUMBERED)
    phone.town.told.note(Action.SUBMITTED, "0")
    for number in count():
        await phone.town.pause(phone.random.uniform(0, 80))
        if phone.town.over.is_set():
            return
        token = f"anexo-{number}.pdf"
        phone.send(token, code)
        phone.press(await phone.see(token, button="d:ok:"), "d:ok:", times=2)
        await phone.see("Evidencia agregada", token)
        phone.town.told.note(Action.EVIDENCE_ADDED, token)


async def review(phone: Phone) -> None:
    """Look at all that Rosa hands in, verify some of it, and send everything back."""
    town, done = phone.town, set[str]()

    def waiting() -> list[tuple[str, Json]]:
        noticed = [
            (token, message)
            for message in town.shown[phone.id]
            if "Se presentó un medio" in words(message)
            for token in [words(message).partition("drive.pe/")[2].partition("\n")[0]]
        ]
        return [(token, message) for token, message in noticed if token not in done]

    while True:
        await town.telegram.world.updates.until(
            lambda: town.is_done or any(token.startswith(ROSA) for token, _ in waiting())
        )
        found = [(token, message) for token, message in waiting() if token.startswith(ROSA)]
        if not found:
            return
        token, notice = found[0]
        done.add(token)
        await send_back(phone, token, notice)


async def send_back(phone: Phone, token: str, notice: Json) -> None:
    """Review what one notice tells of."""
    code = words(notice).splitlines()[1].partition(" ")[0]
    phone.seen = len(phone.town.shown[phone.id])
    if phone.random.random() < 0.3:
        phone.press(notice, "k:evi:")
        menu = await phone.see(f"Evidencia del {code}")
        if data_of(menu, "e:"):
            phone.press(menu, "e:")
            await phone.see(f"{code} · sha256")
    if phone.random.random() < 0.3:
        phone.press(notice, "k:ver:", times=2)
        await phone.see("Verificado", NUMBERED)
        phone.town.told.note(Action.VERIFIED)
        phone.say(f"/revisar {code}")
        notice = await phone.see("verificado", button="k:obs:")
    phone.seen = len(phone.town.shown[phone.id])
    phone.press(notice, "k:obs:")
    await phone.see("¿Por qué lo devuelve?")
    phone.say(f"Falta la firma de {token}")
    sheet = await phone.see(f"Falta la firma de {token}", button="d:ok:")
    phone.press(sheet, "d:ok:", times=phone.random.choice((1, 2)))
    await phone.see("Devuelto con observación", token, NUMBERED)
    phone.town.told.note(Action.OBSERVED, f"Falta la firma de {token}")


async def reprogram(phone: Phone) -> None:
    """Move the due day of one means to and fro."""
    for number in count(100):
        await phone.town.pause(phone.random.uniform(0, 200))
        if phone.town.over.is_set():
            return
        day = ("30 de abril", "31 de mayo")[number % 2]
        token = f"Memorando N° {number}-2021"
        phone.say(f"/reprogramar 16.1 al {day} de 2022 con {token}")
        phone.press(await phone.see(token, button="d:ok:"), "d:ok:", times=2)
        await phone.see("Reprogramado", token, NUMBERED)
        phone.town.told.note(Action.REPROGRAMMED, token)


async def ask(phone: Phone) -> None:
    """Ask what falls due on several days at once, each of them a new one; wait for each answer."""
    town = phone.town
    days = (FIRST_DAY + timedelta(days=number) for number in count())
    while not town.over.is_set():
        await town.pause(phone.random.uniform(0, 60))
        asked = [next(days) for _ in range(phone.random.randint(1, 3))]
        for each in asked:
            phone.say(f"¿qué vence el {each:%d/%m/%Y}?")
            town.told.questions[phone.id] += 1
        for each in asked:
            await phone.see(f"Nada: el {day(each)}")


async def ask_in_group(phone: Phone, chat_id: int) -> None:
    """Ask in a group, where each answer names its question."""
    town = phone.town
    while not town.over.is_set():
        await town.pause(phone.random.uniform(0, 120))
        question = town.telegram.say(chat_id, phone.random.choice(GLOSSARY), sender=phone.name)
        town.told.in_group.append(question)
        await town.until(lambda: town.replies[question] > 0, "no answer in the group")  # noqa: B023


async def come_in(town: Town) -> None:
    """Ask for access, one stranger after another."""
    for number in count():
        await town.pause(town.random.uniform(0, 300))
        if town.over.is_set():
            return
        phone = Phone(town, f"Extraño {number}")
        phone.say("hola")
        phone.press(await phone.see("no le conozco", button="q:ask"), "q:ask")
        phone.press(await phone.see("¿Cómo se llama?", button="q:name:"), "q:name:")
        phone.press(await phone.see("¿Para qué?", button="q:role:"), "q:role:", times=2)
        phone.press(await phone.see("Como: lector", button="q:ok:"), "q:ok:", times=2)
        await phone.see("Ya tiene acceso")
        town.told.admitted.append(phone.id)


async def approve(phone: Phone) -> None:
    """Approve every request for access."""
    done = set[str]()
    shown = phone.town.shown[phone.id]

    def waiting() -> list[tuple[str, Json]]:
        requests = [(data_of(message, "a:ok:"), message) for message in shown]
        return [(data, message) for data, message in requests if data and data not in done]

    while True:
        await phone.town.telegram.world.updates.until(
            lambda: bool(waiting()) or phone.town.is_done
        )
        if not waiting():
            return
        data, request = waiting()[0]
        done.add(data)
        phone.press(request, "a:ok:", times=phone.random.choice((1, 2)))


async def kill_often(town: Town, forks: Forks, kills: int, database: Database) -> Counter[str]:
    """Start the program and kill it, again and again; count what that left behind."""
    left: Counter[str] = Counter()
    for number in range(1, kills + 1):
        phase = town.random.choice(PHASES) if number % EACH_LONG else Phase.POLLING
        fewest, most, seconds = SHORT if number % EACH_LONG else LONG
        polls = town.polls
        pid = await forks.start()
        if phase is Phase.STARTING:
            await town.pause(town.random.uniform(0, START_MS))
        else:
            await town.until(lambda: town.polls > polls, "the program does not poll")  # noqa: B023
            calls = town.calls + town.random.randint(fewest, most)
            await town.telegram.world.updates.until(lambda: town.calls >= calls, seconds)  # noqa: B023
            await town.pause(town.random.uniform(0, BETWEEN_MS))
        if phase is Phase.STOPPING:
            os.kill(pid, signal.SIGTERM)
            await town.pause(town.random.uniform(0, STOP_MS))
        os.kill(pid, signal.SIGKILL)
        code = await forks.ended(pid)
        assert code == -signal.SIGKILL or (code, phase) == (0, Phase.STOPPING)
        left[f"killed while {phase.value}"] += 1
        left.update(await left_behind(town, database))
    return +left  # without what never was


async def left_behind(town: Town, database: Database) -> dict[str, int]:
    """What the next start finds: counted to know that the kills hit something."""
    waiting = {update["update_id"] for update in town.telegram.world.updates.waiting}
    async with database.session() as session:
        kept = set(await session.scalars(text("SELECT update_id FROM inbox")))
        new = await session.scalar(text("SELECT count(*) FROM inbox WHERE state = 'new'"))
        unsent = text("SELECT count(*) FROM outbox WHERE state = 'waiting'")
        return {
            "kept but not acknowledged": len(waiting & kept),
            "kept but not done": new or 0,
            "done but not sent": await session.scalar(unsent) or 0,
        }


@asynccontextmanager
async def town_of(url: str, folder: Path) -> AsyncIterator[Town]:
    """Open the local Telegram and the database, with everybody's role."""
    database = Database(url)
    await load_bundled(database)
    async with Telegram(seconds=SECONDS, database_url=url, folder=folder) as telegram:
        town = Town(telegram, Random(SEED))  # noqa: S311 - only moments
        group = telegram.group()
        async with database.write() as session:
            for name, role in ROLES.items():
                user_id = telegram.private(name)
                actor = Actor(None, "operator")
                await grant(
                    session, user_id, name, role, actor=actor, by=OPERATOR, now=MAY_14_NOON
                )
            await admit(
                session, group, "Equipo", actor=Actor(None, "x"), by=OPERATOR, now=MAY_14_NOON
            )
        await database.dispose()
        with telegram.world.listening(town.listen):
            yield town


def variables(telegram: Telegram) -> dict[str, str]:
    """The settings of the program."""
    return {
        "BOT_API_URL": telegram.url,
        "BOT_DATABASE_URL": telegram.database_url,
        "BOT_EVIDENCE_DIR": str(telegram.folder / "evidencia"),
        "BOT_TODAY": "2021-05-14",
        "BOT_TOKEN": telegram.token,
    }


async def live(town: Town, forks: Forks, kills: int, database: Database) -> Counter[str]:
    """Let everybody work while the program is killed; at last let it finish and stop."""
    group = next(chat.id for chat in town.telegram.world.chats.values() if not chat.is_private)
    phones = {name: Phone(town, name) for name in ROLES}
    async with asyncio.TaskGroup() as offices:
        offices.create_task(review(phones[SARA]))
        offices.create_task(approve(phones[ADMIN]))
        async with asyncio.TaskGroup() as people:
            for work in (
                present(phones[ROSA], ("1.1", "2.1", "12.1")),
                present(phones[LUIS], ("4.1", "11.1")),
                add_evidence(phones[NORA], "7.1"),
                reprogram(phones[VERA]),
                ask(phones[IVAN]),
                ask(phones[OLGA]),
                ask_in_group(phones[OLGA], group),
                come_in(town),
            ):
                people.create_task(work)
            left = await kill_often(town, forks, kills, database)
            pid = await forks.start()
            town.over.set()
        town.is_done = True
        town.telegram.world.updates.wake()
    await town.telegram.acknowledged()
    os.kill(pid, signal.SIGTERM)
    assert await forks.ended(pid) == 0
    return left


async def crash(url: str, folder: Path, kills: int) -> None:
    """Kill the program so often, and then look whether anything is missing or there twice."""
    print(f"KILL_SEED={SEED}")
    log = folder / "log"
    database = Database(url)
    try:
        async with town_of(url, folder) as town:
            async with forking(folder, log, variables(town.telegram)) as forks:
                left = await live(town, forks, kills, database)
            if kills >= ENOUGH:
                assert len(left) == len(Phase) + 3  # each kind of kill, and of what it leaves
            print(dict(left), f"{len(town.pushed)} updates, {town.told.done.total()} recorded")
            async with database.session() as session:
                await check_reception(session, town)
                await check_record(session, town)
                await check_evidence(session, folder / "evidencia")
                await check_answers(session, town, kills)
    finally:
        await database.dispose()
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said
    assert "ERROR" not in said


async def check_reception(session: Session, town: Town) -> None:
    """Every update that Telegram holds no longer is done, once."""
    rows = (await session.execute(text("SELECT update_id, state FROM inbox"))).all()

    assert not town.telegram.world.updates.waiting
    assert Counter(update_id for update_id, _ in rows) == Counter(list(town.pushed))
    assert {state for _, state in rows} == {"done"}


async def check_record(session: Session, town: Town) -> None:
    """What was confirmed is recorded once, by whoever confirmed it; nothing else is."""
    everything = await history(session)
    events = [event for event in everything if event.update_id is not None]
    of_means = [event for event in events if event.code is not None]
    tokens = Counter(token_of(event.note, event.details) for event in of_means)
    del tokens[""]
    granted = [event for event in events if event.action is Action.GRANTED]
    senders = {
        update_id: (update.get("message") or update["callback_query"])["from"]["id"]
        for update_id, update in town.pushed.items()
    }
    drafts = text("SELECT count(*) FROM drafts")

    assert Counter(event.action for event in of_means) == town.told.done
    assert tokens == Counter(town.told.tokens)
    assert Counter(event.details["user_id"] for event in granted) == Counter(town.told.admitted)
    assert len(events) == len(of_means) + len(granted)
    assert max(Counter(event.update_id for event in events).values()) == 1
    assert all(event.actor_id == senders[event.update_id or 0] for event in events)
    assert await session.scalar(drafts) == 0  # each dialogue began once and ended
    assert await verify(session) == Chain(len(everything))
    assert await contradictions(session) == []


def token_of(note: str | None, details: Any) -> str:
    """What tells an event from all others of its kind; "" for one without."""
    links = [one.get("url") or one["label"] for one in details.get("evidence", ())]
    return note or details.get("document") or (links[0].rpartition("/")[2] if links else "")


async def check_evidence(session: Session, folder: Path) -> None:
    """Each piece of evidence is there once, and its file is what was recorded."""
    twice = text(
        "SELECT count(*) FROM evidence GROUP BY event_id, draft_id, label HAVING count(*) > 1"
    )
    kept = EvidenceFolder(folder)
    files = [one for _, one in await recorded_files(session)]
    sound = {
        await kept.verify(one.stored_name or "", one.sha256 or "", one.size or 0) for one in files
    }

    assert (await session.execute(twice)).all() == []
    assert sound <= {Soundness.SOUND}
    await kept.sweep(await stored_names(session), WALL.now() + timedelta(days=1))
    whole = {name for name in names_in(folder) if "." not in name}  # others are put aside
    assert whole == await stored_names(session)


def names_in(folder: Path) -> set[str]:
    """The files of a folder, which the first of them makes."""
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


async def check_answers(session: Session, town: Town, kills: int) -> None:
    """All that was committed was sent, and at most one of each chat's messages again a kill."""
    rows = await session.execute(
        text("SELECT chat_id, text, state, edits, reply_to FROM outbox ORDER BY id")
    )
    messages = rows.all()
    sent = Counter(
        (chat_id, read_html(html).trimmed().text)
        for chat_id, html, _, edits, _ in messages
        if edits is None
    )
    asked = Counter(chat_id for chat_id, *_ in messages if chat_id in town.told.questions)
    answered = Counter(reply_to for *_, reply_to in messages if reply_to is not None)
    extra: Counter[int] = Counter()
    for (chat_id, _), times in (town.copies - sent).items():
        extra[chat_id] += times

    assert {state for _, _, state, *_ in messages} == {"sent"}
    assert not sent - town.copies
    assert max(extra.values(), default=0) <= kills
    assert asked == town.told.questions
    assert answered == Counter(town.told.in_group)


@pytest.mark.long
async def test_nothing_is_lost_or_doubled_when_the_program_is_killed(
    sqlite_url: str, tmp_path: Path
) -> None:
    await crash(sqlite_url, tmp_path, KILLS)

    database = Database(sqlite_url)
    async with database.session() as session:
        assert (await session.execute(text("PRAGMA integrity_check"))).all() == [("ok",)]
    await database.dispose()


@pytest.mark.long
async def test_nothing_is_lost_or_doubled_on_postgresql_either(
    postgres_url: str, tmp_path: Path
) -> None:
    await crash(postgres_url, tmp_path, max(1, KILLS // 5))
