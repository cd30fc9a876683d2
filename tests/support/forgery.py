"""Buttons that the bot has shown, and people who press what is not theirs to press."""

import shutil
from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.demo.refusals import Json
from bot.demo.world import Chat
from bot.demo.world import Event as Happening
from handlers.reader import Readers
from storage.engine import Database, Session
from storage.entries import admit
from storage.events import Action
from storage.ledger import history
from storage.matrix import find_means
from storage.models import (
    AccessRequest,
    AdmittedChat,
    Base,
    Draft,
    Event,
    Evidence,
    Grant,
    InboxUpdate,
    OutboxMessage,
    SavedQuestion,
    Unit,
)
from storage.records import AsOf, MeansFilter, MeansRow, Status
from storage.roles import OPERATOR, Role, RoleOf
from storage.traffic import DraftKind, InboxState
from tests.support.office import (
    ADMIN,
    FOLLOW_UP,
    HOUSE,
    LIMA,
    READER,
    UOAI,
    UT,
    UTAI,
    HandClock,
    Office,
    Phone,
)
from tests.support.telegram import Telegram

CAST = {
    "Rosa": (UTAI,),
    "Luis": (UT,),
    "Nora": (UOAI,),
    "Sara": (FOLLOW_UP,),
    "Vera": (FOLLOW_UP,),
    "Iris": (UTAI, FOLLOW_UP),
    "Pedro": (ADMIN,),
    "Marta": (ADMIN, UTAI, FOLLOW_UP),
    "Nadia": (ADMIN, UTAI, FOLLOW_UP, READER),
    "Iván": (READER,),
    "Zoe": (),
    "Tito": (),
}
OUTSIDERS = {  # who never spoke with the bot
    1087968824: {"id": 1087968824, "is_bot": True, "first_name": "Group"},  # a hidden admin
    424242: {"id": 424242, "is_bot": False, "first_name": "Otra"},
}
TRAFFIC = frozenset({"inbox", "outbox"})
MOST_DIGITS = 18
DATABASE = "forged.db"
NOW = datetime(2021, 6, 15, 15, tzinfo=UTC)  # when some means are overdue
ASKED = ("compromisos de UTAI", "¿qué vence en junio?", "avance")
LINK = "https://www.gob.pe/midis/{}"


@dataclass(frozen=True, slots=True)
class Press:
    """What a client says was pressed: by whom, in which chat, under which message."""

    user_id: int
    chat_id: int
    message_id: int
    data: str


class Verdict(StrEnum):
    """What may come of a press, by what is so at that moment."""

    REFUSED = "refused"  # nothing but words over the chat
    SHOWN = "shown"  # how things stand; nothing changes
    READ = "read"  # an answer to a question, or a look at a means
    FREE = "free"  # it is theirs to press


# What is allowed.


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Whose a dialogue is, about what, and how far it is."""

    user_id: int
    chat_id: int
    kind: DraftKind
    revision: int
    means_id: int


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What decides about a press, as the database has it.

    The rules are written down here once more, from what the bot is meant to be, so that they
    can differ from what the program makes of them.
    """

    held: dict[int, set[RoleOf]]  # by person
    admitted: set[int]
    grants: set[int]
    undecided: set[int]
    dialogues: dict[int, Dialogue]
    means: dict[int, MeansRow]
    submitters: dict[str, list[int | None]]  # of what is handed in now, by the code of the means
    files: dict[int, str]  # recorded ones, with the code of their means
    questions: dict[int, int]  # with the chat in which they were asked
    units: int

    def verdict(self, press: Press) -> Verdict:  # noqa: PLR0911 - a sort of button each
        """Say what may come of a press."""
        kind, *rest = press.data.split(":")
        if press.data == "q:ask":
            return Verdict.FREE
        if kind != "q" and not self.may_read(press):
            return Verdict.REFUSED
        whole = _numbers(rest)
        verb, numbers = (rest[0], _numbers(rest[1:])) if rest else ("", None)
        match kind:
            case "d" | "q" if numbers is not None:
                return self._dialogue(press, kind, verb, numbers)
            case "k" if numbers is not None:
                return self._means(press, verb, numbers)
            case "e" if whole is not None:
                return self._file(press, whole)
            case "a" if whole is None and numbers is not None:
                return self._access(press, verb, numbers)
            case _:
                return self._question(press, kind, whole)

    def roles(self, press: Press) -> set[RoleOf]:
        """What the presser holds."""
        return self.held.get(press.user_id, set())

    def may_read(self, press: Press) -> bool:
        """Whether the presser may read in that chat."""
        is_private = press.chat_id > 0
        return bool(self.roles(press)) if is_private else press.chat_id in self.admitted

    def _dialogue(self, press: Press, kind: str, verb: str, numbers: list[int]) -> Verdict:
        match numbers:
            case [draft_id, revision, *_] if draft_id in self.dialogues:
                found = self.dialogues[draft_id]
            case _:
                return Verdict.REFUSED
        is_own = (found.user_id, found.chat_id) == (press.user_id, press.chat_id)
        is_request = found.kind is DraftKind.REQUEST
        if not is_own or is_request != (kind == "q"):
            return Verdict.REFUSED
        if verb == "no" or (verb == "go" and not is_request):
            return Verdict.FREE
        if revision != found.revision:
            return Verdict.SHOWN
        deeds = {DraftKind.SUBMIT: "sub", DraftKind.OBSERVE: "obs", DraftKind.REPROGRAM: "rep"}
        if verb != "ok" or is_request or found.means_id not in self.means:
            return Verdict.FREE
        may = self._may(press, deeds[found.kind], self.means[found.means_id])
        return Verdict.FREE if may else Verdict.REFUSED

    def _means(self, press: Press, verb: str, numbers: list[int]) -> Verdict:
        match numbers:
            case [means_id, seen] if means_id in self.means:
                row = self.means[means_id]
            case _:
                return Verdict.REFUSED
        if not self._may(press, verb, row):
            return Verdict.REFUSED
        if verb in {"his", "card", "evi"}:
            return Verdict.READ
        cannot = verb in {"ver", "wd"} and row.status is not Status.SUBMITTED
        return Verdict.SHOWN if cannot or seen != row.last_event else Verdict.FREE

    def _may(  # noqa: PLR0911 - a deed each
        self, press: Press, verb: str, row: MeansRow
    ) -> bool:
        roles, submitters = self.roles(press), self.submitters.get(row.code, [])
        is_focal = any(RoleOf(Role.FOCAL, unit) in roles for unit in row.units)
        match verb:
            case "his" | "card":
                return True
            case "evi":
                return is_focal or FOLLOW_UP in roles or ADMIN in roles
            case "sub":
                return is_focal
            case "wd":
                return is_focal and press.user_id in submitters[:1]
            case "ver" | "obs":
                return FOLLOW_UP in roles and press.user_id not in submitters
            case "rep":
                return FOLLOW_UP in roles
            case _:
                return False

    def _file(self, press: Press, numbers: list[int]) -> Verdict:
        match numbers:
            case [evidence_id] if evidence_id in self.files:
                code = self.files[evidence_id]
            case _:
                return Verdict.REFUSED
        row = next(row for row in self.means.values() if row.code == code)
        return Verdict.READ if self._may(press, "evi", row) else Verdict.REFUSED

    def _access(  # noqa: PLR0911 - a deed each
        self, press: Press, verb: str, numbers: list[int]
    ) -> Verdict:
        if ADMIN not in self.roles(press):
            return Verdict.REFUSED
        is_private, are_units = press.chat_id > 0, range(self.units)
        match verb, numbers:
            case "ok" | "no", [request_id]:
                return Verdict.FREE if request_id in self.undecided else Verdict.SHOWN
            case "rev", [_]:
                return Verdict.SHOWN
            case "rev", [grant_id, 1]:
                return Verdict.FREE if grant_id in self.grants else Verdict.SHOWN
            case "out", [chat_id]:
                return Verdict.FREE if chat_id in self.admitted else Verdict.SHOWN
            case ("ppl", [_]) | ("inv", [1]) if is_private:
                return Verdict.SHOWN
            case "inv", [0 | 2 | 3] if is_private:
                return Verdict.FREE
            case "inv", [1, unit] if is_private and unit in are_units:
                return Verdict.FREE
            case _:
                return Verdict.REFUSED

    def _question(self, press: Press, kind: str, numbers: list[int] | None) -> Verdict:
        match numbers:
            case [question_id, *rest] if self.questions.get(question_id) == press.chat_id:
                pass
            case _:
                return Verdict.REFUSED
        match kind, rest:
            case ("p", [page]) | ("m" | "r", [page, _]) if page < 0:
                return Verdict.REFUSED
            case ("p", [_]) | ("s" | "v" | "u" | "a", []):
                return Verdict.READ
            case "m" | "r", [_, means_id] if means_id in self.means:
                return Verdict.READ
            case "y" | "o", [_]:
                return Verdict.FREE  # hangs on the question
            case _:
                return Verdict.REFUSED


def _numbers(texts: Sequence[str]) -> list[int] | None:
    """Read the numbers of a button; None where they are none of ours."""
    for text in texts:
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
            return None
    return [int(text) for text in texts]


async def facts_in(session: Session, as_of: AsOf) -> Facts:
    """Read what decides about a press."""
    held: dict[int, set[RoleOf]] = {}
    for grant in await session.scalars(select(Grant)):
        held.setdefault(grant.user_id, set()).add(RoleOf(Role(grant.role), grant.unit))
    submitters: dict[str, list[int | None]] = {}
    for event in await history(session):
        match event.action, event.code:
            case Action.SUBMITTED, str(code):
                submitters[code] = [event.actor_id]
            case Action.EVIDENCE_ADDED, str(code):
                submitters[code].append(event.actor_id)
            case ((Action.WITHDRAWN | Action.OBSERVED), str(code)):
                submitters[code] = []
            case _:
                pass
    files = select(Evidence.id, Event.code).join(Event, Event.id == Evidence.event_id)
    has_file = Evidence.stored_name.is_not(None)
    undecided = select(AccessRequest.id).where(AccessRequest.decision.is_(None))
    questions = select(SavedQuestion.id, SavedQuestion.chat_id)
    return Facts(
        held=held,
        admitted=set(await session.scalars(select(AdmittedChat.chat_id))),
        grants=set(await session.scalars(select(Grant.id))),
        undecided=set(await session.scalars(undecided)),
        dialogues={
            draft.id: Dialogue(
                draft.user_id,
                draft.chat_id,
                DraftKind(draft.kind),
                draft.revision,
                draft.values.get("means") or 0,
            )
            for draft in await session.scalars(select(Draft))
        },
        means={row.id: row for row in await find_means(session, MeansFilter(), as_of)},
        submitters=submitters,
        files={row.id: row.code or "" for row in await session.execute(files.where(has_file))},
        questions={row.id: row.chat_id for row in await session.execute(questions)},
        units=(await session.execute(select(func.count()).select_from(Unit))).scalar_one(),
    )


# Where it happens.


@dataclass(frozen=True)
class Played:
    """Where everybody was when the play stopped, to be taken up as often as needed."""

    folder: Path  # with the database and the evidence
    people: dict[int, Json]
    chats: dict[int, Chat]
    groups: tuple[int, int]
    shown: list[Press]


@dataclass
class Stage:
    """People in the middle of their dialogues, and all buttons that they were ever shown.

    A button of a private chat was shown to its person; one of a group counts as shown to Luis.
    """

    office: Office
    group: int  # an admitted one
    other_group: int  # one that is not
    shown: list[Press] = field(default_factory=list)

    def __getitem__(self, name: str) -> Phone:
        """The phone of somebody."""
        return self.office.phone(name)

    @property
    def chats(self) -> dict[int, Chat]:
        """All chats, by id."""
        return self.office.telegram.world.chats

    def note(self, happened: Happening) -> None:
        """Note the buttons that are shown."""
        rows = happened.data.get("reply_markup", {}).get("inline_keyboard", [])
        if happened.kind in {"message", "edit"} and happened.chat_id is not None:
            is_private = happened.chat_id > 0
            user_id = happened.chat_id if is_private else self["Luis"].user_id
            message_id = happened.data["message_id"]
            self.shown += [
                Press(user_id, happened.chat_id, message_id, button["callback_data"])
                for row in rows
                for button in row
            ]

    def newest(self, facts: Facts, chat_id: int, beginning: str) -> Press:
        """The button shown last in a chat that begins so and may be pressed."""
        return [
            press
            for press in self.shown
            if press.chat_id == chat_id
            and press.data.startswith(f"{beginning}:")
            and facts.verdict(press) is Verdict.FREE
        ][-1]

    # What is so.

    async def facts(self) -> Facts:
        """What decides about a press now."""
        async with self.office.database.session() as session:
            return await facts_in(session, AsOf(self.office.clock.today(), zone=LIMA))

    async def kept(self, *, but: Collection[str] = ()) -> dict[str, list[Any]]:
        """All rows of all tables, but for the traffic."""
        async with self.office.database.session() as session:
            return {
                table.name: [
                    tuple(row)
                    for row in await session.execute(
                        select(table).order_by(*table.primary_key.columns)
                    )
                ]
                for table in Base.metadata.sorted_tables
                if table.name not in TRAFFIC | set(but)
            }

    async def written(self) -> Counter[int]:
        """How many messages were ever written to each chat, sent or not yet."""
        query = select(OutboxMessage.chat_id, func.count()).group_by(OutboxMessage.chat_id)
        async with self.office.database.session() as session:
            return Counter({row[0]: row[1] for row in await session.execute(query)})

    async def unfinished(self) -> list[str]:
        """The updates that were given up, or not handled."""
        query = select(InboxUpdate.raw).where(InboxUpdate.state != InboxState.DONE)
        async with self.office.database.session() as session:
            return list(await session.scalars(query))

    # What is done.

    async def press(self, presses: Sequence[Press]) -> list[str | None]:
        """Press all at once; give the words over the chat for each."""
        queries = [
            self.send(
                press.user_id,
                press.chat_id,
                data=press.data,
                message=self.chats[press.chat_id].messages[press.message_id],
            )
            for press in presses
        ]
        return [await self.office.telegram.toast(query) for query in queries]

    def send(self, user_id: int, chat_id: int, **more: Any) -> str:
        """Send a query with any other fields; give its id."""
        world = self.office.telegram.world
        person = OUTSIDERS.get(user_id) or world.people[user_id]
        query_id = world.ask(user_id, chat_id)
        instance = {"chat_instance": str(abs(chat_id))}
        world.updates.push("callback_query", {"id": query_id, "from": person} | instance | more)
        return query_id


@asynccontextmanager
async def stage_on(played: Played, folder: Path, readers: Readers) -> AsyncIterator[Stage]:
    """Take up a play where it stopped, with the bot running."""
    shutil.copytree(played.folder, folder, dirs_exist_ok=True)
    url = f"sqlite:///{folder / DATABASE}"
    database = Database(url)
    async with Telegram(database_url=url, folder=folder, seconds=60.0) as telegram:
        telegram.world.people = deepcopy(played.people)
        telegram.world.chats = deepcopy(played.chats)
        office = Office(telegram, database, readers, HandClock(NOW))
        async with office.bot():
            yield Stage(office, *played.groups, played.shown)
    await database.dispose()


async def play(loaded: Path, folder: Path, readers: Readers) -> Played:
    """Bring everybody into the middle of something, in a copy of a database with the act."""
    url = f"sqlite:///{shutil.copyfile(loaded, folder / DATABASE)}"
    database = Database(url)
    async with Telegram(database_url=url, folder=folder, seconds=60.0) as telegram:
        office = Office(telegram, database, readers, HandClock(NOW))
        for name, roles in CAST.items():
            await office.employ(name, *roles)
        groups = (telegram.group("Equipo"), telegram.group("Otro"))
        async with database.write() as session:
            now = office.clock.now()
            await admit(session, groups[0], "Equipo", actor=HOUSE, by=OPERATOR, now=now)
        for chat_id in groups:
            telegram.world.chats[chat_id].has_privacy = False
        stage = Stage(office, *groups)
        with telegram.world.listening(stage.note):
            async with office.bot():
                await _ask(stage)
                await _hand_in(stage)
                await _begin(stage)
                await _give_access(stage)
        world = telegram.world
    await database.dispose()
    return Played(folder, world.people, world.chats, groups, stage.shown)


async def _ask(stage: Stage) -> None:
    """Ask in private and in groups, which leaves lists with their buttons."""
    for name in ("Iván", "Rosa", "Marta"):
        for text in (*ASKED, "medio 12.1", "¿qué vence en julnio?"):
            await stage[name].say(text)
    ivan = stage["Iván"]
    for text in ASKED:
        await ivan.inside(stage.group).say(f"@compromisos_bot {text}")
    await ivan.inside(stage.other_group).say("/ayuda")
    for name in CAST:
        await stage[name].say("hola")


async def _hand_in(stage: Stage) -> None:
    """Hand in three means, of which one is sent back."""
    told = [stage[name] for name in ("Rosa", "Sara", "Vera", "Iris", "Marta", "Nadia")]
    for name, code in (("Rosa", "12.1"), ("Iris", "4.1"), ("Luis", "10.1")):
        others = [phone for phone in told if phone.name != name]
        await stage.office.hand_in(stage[name], code, *others)
    sara = stage["Sara"]
    await sara.press("↩️ Observar")
    await sara.say("Falta la firma")
    await sara.press("↩️ Devolver")
    for name in ("Rosa", "Luis", "Iris", "Marta", "Nadia"):
        await stage[name].sees()


async def _begin(stage: Stage) -> None:
    """Leave dialogues half done."""
    rosa, luis = stage["Rosa"], stage["Luis"]
    await rosa.say("/evidencia 12.1")
    await rosa.say("/presentar")
    await rosa.say("/presentar 4.2 " + LINK.format("rosa"))
    await rosa.press("📝 Nota")
    await rosa.press("‹ Sin eso")
    await rosa.say("/continuar")
    await luis.inside(stage.group).say("/presentar 10.1 " + LINK.format("luis"))
    for name, code in (("Sara", "1.1"), ("Marta", "2.1"), ("Nadia", "3.1")):
        phone = stage[name]
        await phone.say("/revisar")
        await phone.say("/revisar 12.1")
        await phone.press("↩️ Observar")
        await phone.say("Falta el anexo")
        await phone.say(f"/reprogramar {code} al 30 de setiembre con Memorando N° 120-2021")
        await phone.say("/evidencia 4.1")
    for name, code in (("Marta", "12.2"), ("Nadia", "18.1")):
        await stage[name].say(f"/presentar {code} " + LINK.format(name))


async def _give_access(stage: Stage) -> None:
    """Leave requests, lists of people and invitations half done."""
    zoe, tito = stage["Zoe"], stage["Tito"]
    await zoe.say("/acceso")
    await zoe.press("Soy Zoe")
    await zoe.press("✍️ Punto focal de una unidad")
    await zoe.press("UTAI")
    await tito.say("/acceso")
    await tito.press("Soy Tito")
    await tito.press("👀 Consultar (lector)")
    await tito.press("📨 Enviar la solicitud")
    for name in ("Pedro", "Marta", "Nadia"):
        admin = stage[name]
        await admin.sees()
        await admin.say("/invitar")
        await admin.press("✍️ Punto focal de una unidad")
        await admin.say("/personas")
        await admin.press("✖ Iván: lector")
