"""Cells of the table «who may do what, where»: each with people, a means and a chat of its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import product
from typing import Any

from sqlalchemy import delete, func, insert, select

from bot.demo.refusals import Json
from storage import drafts, entries
from storage.engine import Session
from storage.events import Action, EvidenceRow
from storage.evidence import attach
from storage.marks import Change, change
from storage.models import (
    AccessRequest,
    AdmittedChat,
    Draft,
    Event,
    Evidence,
    Grant,
    Invitation,
    OutboxMessage,
    Person,
    SavedQuestion,
    VerificationMeans,
)
from storage.people import people, revoke
from storage.records import ActContents
from storage.roles import OPERATOR, Actor, Role, RoleOf
from storage.traffic import DraftKind, DraftRow
from tests.support.acts import GivenMeans, act
from tests.support.office import Office

SETUP = Actor(1, "Preparación")
WATCHER = "Vigía"  # focal point of every unit: told of whatever is done about a means
LINK = "https://midis.gob.pe/evidencia"
DUE = date(2021, 6, 30)
MOVED_TO = date(2021, 9, 30)
MEANS_OF_A_KIND = 130


class Who(StrEnum):
    """Who does it."""

    STRANGER = "stranger"
    READER = "reader"
    FOCAL = "focal"  # of the unit of the means, which somebody else handed in
    SUBMITTER = "submitter"  # focal too, and handed it in
    FOLLOW_UP = "follow_up"
    OWN_REVIEWER = "own_reviewer"  # follow-up and focal, and handed it in
    ADMIN = "admin"  # by grant
    CONFIGURED = "configured"  # an administrator by BOT_ADMIN_IDS
    REVOKED = "revoked"  # held everything until just before the last tap
    ANONYMOUS = "anonymous"  # an administrator of the group who is hidden
    CHANNEL = "channel"  # somebody who writes as a channel
    LINKED = "linked"  # the channel of which this group is the discussion


class Where(StrEnum):
    """Where it is done."""

    PRIVATE = "private"
    GROUP = "group"  # an admitted one
    OTHER_GROUP = "other_group"  # one that is not


class Whose(StrEnum):
    """Whose the means is, for a focal point."""

    OWN = "own"
    SHARED = "shared"  # the own unit's and another's
    FOREIGN = "foreign"


class What(StrEnum):
    """What is done."""

    READ = "read"
    HISTORY = "history"
    EVIDENCE = "evidence"  # the list of what was handed in
    FILE = "file"  # one file of it
    SUBMIT = "submit"
    ADD = "add"
    WITHDRAW = "withdraw"
    VERIFY = "verify"
    OBSERVE = "observe"
    REPROGRAM = "reprogram"
    WAITING = "waiting"
    PEOPLE = "people"
    REVOKE = "revoke"
    APPROVE = "approve"
    REFUSE = "refuse"
    INVITE = "invite"
    ADMIT = "admit"
    DISMISS = "dismiss"


ON_A_MEANS = frozenset(
    {
        *(What.HISTORY, What.EVIDENCE, What.FILE, What.SUBMIT, What.ADD),
        *(What.WITHDRAW, What.VERIFY, What.OBSERVE, What.REPROGRAM),
    }
)
ON_A_SUBMISSION = ON_A_MEANS - {What.SUBMIT, What.REPROGRAM}
DIALOGUES: dict[What, tuple[DraftKind, dict[str, Any]]] = {  # all but the right to confirm
    What.SUBMIT: (DraftKind.SUBMIT, {"adds": False}),
    What.ADD: (DraftKind.SUBMIT, {"adds": True}),
    What.OBSERVE: (DraftKind.OBSERVE, {"note": "Falta la firma"}),
    What.REPROGRAM: (
        DraftKind.REPROGRAM,
        {"due_on": MOVED_TO.isoformat(), "document": "Memorando N° 120-2021"},
    ),
}
ANSWERS = {  # by what an answer is known that gives what was asked for
    What.HISTORY: "Historia del {}<",
    What.EVIDENCE: "Evidencia del {}<",
    What.WAITING: "<b>Por revisar",
    What.PEOPLE: "Personas con acceso",
}
KINDS = list(product(Where, Whose))
NOTIFIED = frozenset({Who.FOLLOW_UP, Who.OWN_REVIEWER, Who.ADMIN, Who.CONFIGURED, Who.REVOKED})
GROUP_BOT = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL = {"id": -1001999000111, "type": "channel", "title": "Noticias"}

CONFIRM = "d:ok"  # how the data of the button begins that confirms a dialogue

Effect = dict[str, object]


def act_of_cells() -> ActContents:
    """An act with enough means of each kind, those of each kind with units of their own."""
    return act(
        *(
            GivenMeans(
                code_of(kind, number),
                due_on=DUE,
                units={
                    Whose.OWN: (f"A{kind}",),
                    Whose.SHARED: (f"B{kind}", f"A{kind}"),
                    Whose.FOREIGN: (f"B{kind}",),
                }[whose],
            )
            for kind, (_, whose) in enumerate(KINDS)
            for number in range(MEANS_OF_A_KIND)
        )
    )


def code_of(kind: int, number: int) -> str:
    """The code of a means; one beyond 99 would be read as a quantity."""
    return f"{10 * kind + number // 13 + 1}.{number % 13 + 1}"


def configured_name(where: Where, whose: Whose) -> str:
    """The name of the administrator by configuration who is in the cells of this kind."""
    return f"Configurado {where} {whose}"


@dataclass
class Cell:
    """One cell of the table, with all that takes part in it."""

    who: Who
    what: What
    where: Where
    whose: Whose
    person: Json  # who does it, as Telegram has it
    chat_id: int
    code: str
    said: Json = field(default_factory=dict)  # what a message says besides
    means_id: int = 0
    seen: int = 0  # the last event of the means
    evidence_id: int = 0
    draft_id: int = 0  # a dialogue that lacks nothing but the right to confirm it
    group: int = 0  # the one to be admitted or dismissed
    victim: int = 0  # who is to lose a role
    grant_id: int = 0  # by which the victim has it
    asker: int = 0  # who asks for a role
    request_id: int = 0
    was_offered: bool = False  # whether the button to press was really shown

    @property
    def user_id(self) -> int:
        """The id of who does it."""
        return int(self.person["id"])

    @property
    def first_name(self) -> str:
        """The name of who does it."""
        return str(self.person["first_name"])

    @property
    def kind(self) -> int:
        """Which of the kinds of means it takes."""
        return KINDS.index((self.where, self.whose))

    @property
    def roles(self) -> list[RoleOf]:
        """What the person holds when it begins."""
        own, other = RoleOf(Role.FOCAL, f"A{self.kind}"), RoleOf(Role.FOCAL, f"B{self.kind}")
        follow_up, admin = RoleOf(Role.FOLLOW_UP), RoleOf(Role.ADMIN)
        everything = [own, other, follow_up, admin]
        return {
            Who.STRANGER: [],
            Who.READER: [RoleOf(Role.READER)],
            Who.FOCAL: [own],
            Who.SUBMITTER: [own],
            Who.FOLLOW_UP: [follow_up],
            Who.OWN_REVIEWER: [own, follow_up],
            Who.ADMIN: [admin],
            Who.CONFIGURED: [],
        }.get(self.who, everything)

    @property
    def has_handed_in(self) -> bool:
        """Whether it was this person who handed in what there is."""
        is_own = self.who in {Who.SUBMITTER, Who.OWN_REVIEWER}
        return is_own or (self.who is Who.REVOKED and self.what is What.WITHDRAW)


@dataclass
class Bench:
    """The running bot, and the cells that are tried on it."""

    office: Office
    file: EvidenceRow
    people: int = 0
    used: Counter[int] = field(default_factory=Counter)  # means, by kind
    seen: Counter[int] = field(default_factory=Counter)  # messages of the bot, by chat
    last_event: int = 0  # before the cells do anything
    last_message: int = 0  # of the outbox, then
    means_ids: dict[str, int] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The instant of everything."""
        return self.office.clock.now()

    @property
    def watcher(self) -> int:
        """The id of who is told of everything."""
        return self.office.telegram.private(WATCHER)

    # Setting the scene.

    def cell(self, who: Who, what: What, where: Where, whose: Whose) -> Cell:
        """A cell of somebody new, in a chat of its own."""
        telegram, kind = self.office.telegram, KINDS.index((where, whose))
        self.people += 1
        name = f"Persona {self.people}"
        if who is Who.CONFIGURED:
            name = configured_name(where, whose)
        person: Json = telegram.world.person(name)
        said: Json = {}
        chat_id = telegram.world.private(person).id
        if where is not Where.PRIVATE:
            chat_id = telegram.group(f"Grupo {self.people}", has_privacy=False)
        if who is Who.ANONYMOUS:
            person, said = GROUP_BOT, {"sender_chat": telegram.world.chats[chat_id].info}
        if who is Who.CHANNEL:
            person, said = CHANNEL_BOT, {"sender_chat": CHANNEL}
        if who is Who.LINKED:
            person, said = TELEGRAM, {"sender_chat": CHANNEL, "is_automatic_forward": True}
        self.used[kind] += what in ON_A_MEANS or what is What.WAITING
        code = code_of(kind, self.used[kind])
        cell = Cell(who, what, where, whose, person, chat_id, code, said)
        cell.group = chat_id
        chat = telegram.world.chats[chat_id]
        telegram.world.store(chat, person, {"text": "hola"}, is_hidden=True)  # to press on
        if what is What.DISMISS and where is not Where.GROUP:
            cell.group = telegram.group(f"Otro grupo {self.people}")
        return cell

    async def set_up(self, cells: Sequence[Cell]) -> None:
        """Give those in the cells what they hold, and nobody else anything."""
        async with self.office.database.write() as session:
            for table in (Draft, AccessRequest, AdmittedChat, Grant):
                await session.execute(delete(table))
            if not self.means_ids:
                query = select(VerificationMeans.code, VerificationMeans.id)
                self.means_ids = {row.code: row.id for row in await session.execute(query)}
            await self._employ(session, cells)
            for cell in cells:
                await self._prepare(session, cell)
            self.last_event = (await session.execute(select(func.max(Event.id)))).scalar() or 0
            last_message = await session.execute(select(func.max(OutboxMessage.id)))
            self.last_message = last_message.scalar() or 0
        self.seen.clear()

    async def _employ(self, session: Session, cells: Sequence[Cell]) -> None:
        """Give everybody their roles."""
        names = {self.watcher: WATCHER}
        held = {
            (self.watcher, RoleOf(Role.FOCAL, f"{letter}{kind}"))
            for letter, kind in product("AB", range(len(KINDS)))
        }
        for cell in cells:
            names[cell.user_id] = cell.first_name
            held |= {(cell.user_id, role) for role in cell.roles}
            if cell.what is What.REVOKE:
                name = f"A {cell.chat_id}"  # on the first page of the list
                cell.victim = self.office.telegram.private(name)
                names[cell.victim] = name
                held.add((cell.victim, RoleOf(Role.READER)))
        known = set(await session.scalars(select(Person.user_id)))
        people = [{"user_id": each, "name": names[each]} for each in names if each not in known]
        grants = [
            {"user_id": each, "role": role.role, "unit": role.unit, "granted_at": self.now}
            for each, role in sorted(held)
        ]
        if people:
            await session.execute(insert(Person), people)
        await session.execute(insert(Grant), grants)
        grant_ids = select(Grant.user_id, Grant.id).where(Grant.role == Role.READER)
        by_person = {row.user_id: row.id for row in await session.execute(grant_ids)}
        for cell in cells:
            cell.grant_id = by_person.get(cell.victim, 0)

    async def _prepare(self, session: Session, cell: Cell) -> None:
        cell.means_id = self.means_ids[cell.code]
        admitted = {cell.chat_id} if cell.where is Where.GROUP else set()
        for chat_id in admitted | ({cell.group} if cell.what is What.DISMISS else set()):
            row = {"chat_id": chat_id, "title": f"Grupo {chat_id}", "admitted_at": self.now}
            await session.execute(insert(AdmittedChat), row)
        if cell.what in ON_A_SUBMISSION or cell.what is What.WAITING:
            await self._hand_in(session, cell)
        if cell.what in DIALOGUES:
            await self._begin(session, cell)
        if cell.what in {What.APPROVE, What.REFUSE}:
            cell.asker = self.office.telegram.private(f"Solicitante {cell.chat_id}")

    async def _hand_in(self, session: Session, cell: Cell) -> None:
        """Have the means handed in with a file, by the person or by somebody else."""
        submitter = Actor(self.watcher, WATCHER)
        wanted = Change(
            means_id=cell.means_id,
            seen=0,
            action=Action.SUBMITTED,
            actor=Actor(cell.user_id, cell.first_name) if cell.has_handed_in else submitter,
            role="focal",
        )
        event = await change(session, wanted, self.now)
        file = insert(Evidence).values(
            event_id=event.id,
            label=self.file.label,
            stored_name=self.file.stored_name,
            mime=self.file.mime,
            size=self.file.size,
            sha256=self.file.sha256,
            added_at=self.now,
        )
        cell.evidence_id = (await session.execute(file.returning(Evidence.id))).scalar_one()
        cell.seen = event.id

    async def _begin(self, session: Session, cell: Cell) -> None:
        """Leave a dialogue as if it had been begun while that was allowed."""
        kind, told = DIALOGUES[cell.what]
        values = {"means": cell.means_id, "seen": cell.seen, "choices": []} | told
        draft = await self._draft(session, cell, kind, values)
        if kind is DraftKind.SUBMIT:
            await attach(session, draft, EvidenceRow(label=LINK, url=LINK), self.now)
        cell.draft_id = draft.id

    async def _draft(
        self, session: Session, cell: Cell, kind: DraftKind, values: dict[str, Any]
    ) -> DraftRow:
        place = {"chat_id": cell.chat_id, "user_id": cell.user_id}
        return await drafts.begin(session, kind, **place, values=values, now=self.now)

    async def ask_for_access(self, cell: Cell) -> None:
        """Have somebody send a request, which the administrators get with its buttons."""
        telegram = self.office.telegram
        chat = telegram.world.chats[cell.asker]
        person = telegram.world.people[cell.asker]
        async with self.office.database.write() as session:
            draft = await drafts.begin(
                session,
                DraftKind.REQUEST,
                chat_id=chat.id,
                user_id=cell.asker,
                values={"name": "Solicitante", "role": Role.READER.value},
                now=self.now,
            )
        shown = telegram.world.store(chat, person, {"text": "/acceso"})  # something to press on
        query = telegram.phones.press(chat, person, f"q:ok:{draft.id}:0", shown["message_id"])
        await telegram.toast(query)
        async with self.office.database.session() as session:
            of_asker = select(AccessRequest.id).where(AccessRequest.user_id == cell.asker)
            cell.request_id = (await session.execute(of_asker)).scalar_one()
        await self._settle(cell.chat_id)

    async def strip(self, cell: Cell) -> None:
        """Take everything away from somebody who held it until now."""
        if cell.who is not Who.REVOKED:
            return
        async with self.office.database.write() as session:
            for person in await people(session):
                for grant_id, _ in person.grants if person.user_id == cell.user_id else ():
                    await revoke(session, grant_id, actor=SETUP, by=OPERATOR, now=self.now)

    # Doing it.

    async def say(self, cell: Cell, text: str) -> None:
        """Write a text to the bot, and wait until it is answered."""
        telegram = self.office.telegram
        chat = telegram.world.chats[cell.chat_id]
        to_bot = text if text.startswith("/") or chat.is_private else f"@compromisos_bot {text}"
        telegram.phones.say(chat, cell.person, to_bot, **cell.said)
        await self._see(cell)

    async def press(self, cell: Cell, data: str) -> None:
        """Press the button with this data, or forge it; wait until it is answered."""
        telegram = self.office.telegram
        chat = telegram.world.chats[cell.chat_id]
        with_it = [number for number, buttons in self._buttons(cell.chat_id) if data in buttons]
        query = telegram.phones.press(chat, cell.person, data, max(with_it or chat.messages))
        if not await telegram.toast(query):
            await self._see(cell)  # no press is left without an answer

    async def press_last(self, cell: Cell, data: str) -> None:
        """Press the button that records it, or forge it where none was shown.

        That of a dialogue has a number that nobody knows before, unless it was left behind.
        """
        is_dialogue = data == CONFIRM
        offered = self._offered(cell.chat_id, data)
        cell.was_offered = bool(offered)
        await self.strip(cell)
        forged = f"{CONFIRM}:{cell.draft_id}:0" if is_dialogue else data
        await self.press(cell, offered[-1] if offered else forged)

    def _offered(self, chat_id: int, beginning: str) -> list[str]:
        """The data of the buttons in a chat that begin so, the newest last."""
        return [
            data
            for _, buttons in self._buttons(chat_id)
            for data in buttons
            if f"{data}:".startswith(f"{beginning}:")
        ]

    def _buttons(self, chat_id: int) -> list[tuple[int, list[str]]]:
        """The messages of a chat with the data of their buttons."""
        return [
            (
                number,
                [
                    button["callback_data"]
                    for row in message.get("reply_markup", {}).get("inline_keyboard", [])
                    for button in row
                ],
            )
            for number, message in self.office.telegram.world.chats[chat_id].messages.items()
        ]

    async def _see(self, cell: Cell) -> None:
        """Wait for the answer; to some a notice may come before it."""
        await self.office.telegram.see(cell.chat_id)
        self.seen[cell.chat_id] += 1
        if cell.where is Where.PRIVATE and cell.who in NOTIFIED:
            await self._settle(cell.chat_id)

    async def settle_all(self, cells: Sequence[Cell]) -> None:
        """Wait until all that the cells led to is where it belongs."""
        await self._settle(*{cell.chat_id for cell in cells}, *self.office.admin_ids)

    async def _settle(self, *chats: int) -> None:
        """Wait until all that was committed for some chats is there."""
        of_chats = select(OutboxMessage.chat_id).where(
            OutboxMessage.chat_id.in_(chats), OutboxMessage.id > self.last_message
        )
        async with self.office.database.session() as session:
            count = Counter(await session.scalars(of_chats))
        for chat_id in chats:
            while self.seen[chat_id] < count[chat_id]:
                await self.office.telegram.see(chat_id)
                self.seen[chat_id] += 1

    # What came of it.

    async def stands(self, cells: Sequence[Cell]) -> list[Effect]:
        """What the database says of all that the cells could change."""
        async with self.office.database.session() as session:
            found = await self._found(session, cells)
        return [_effect(found, cell, self.watcher) for cell in cells]

    async def _found(self, session: Session, cells: Sequence[Cell]) -> "Found":
        of_cells = VerificationMeans.id.in_([cell.means_id for cell in cells])
        means = select(VerificationMeans.id, VerificationMeans.status, VerificationMeans.due_on)
        events = select(Event.actor_id, Event.action).where(Event.id > self.last_event)
        evidence = select(Event.code).join(Evidence, Evidence.event_id == Event.id)
        outbox = select(OutboxMessage.chat_id, OutboxMessage.text, OutboxMessage.evidence_id)
        new = OutboxMessage.id > self.last_message
        return Found(
            means={
                row[0]: (row[1], row[2]) for row in await session.execute(means.where(of_cells))
            },
            events=[(row[0], row[1]) for row in await session.execute(events.order_by(Event.id))],
            evidence=Counter(
                await session.scalars(
                    evidence.where(Event.code.in_([cell.code for cell in cells]))
                )
            ),
            outbox=[(row[0], row[1], row[2]) for row in await session.execute(outbox.where(new))],
            questions=Counter(await session.scalars(select(SavedQuestion.chat_id))),
            invited=Counter(await session.scalars(select(Invitation.made_by))),
            holders=frozenset(await session.scalars(select(Grant.user_id))),
            admitted=frozenset(await session.scalars(select(AdmittedChat.chat_id))),
            undecided=frozenset(each.user_id for each in await entries.undecided(session)),
        )


@dataclass(frozen=True)
class Found:
    """What the database has that the cells could change."""

    means: dict[int, tuple[str, date]]  # status and valid due day, by id
    events: list[tuple[int | None, str]]  # actor and action
    evidence: Counter[str | None]  # recorded files and links, by the code of the means
    outbox: list[tuple[int, str, int | None]]  # chat, text and file
    questions: Counter[int]  # by chat
    invited: Counter[int]  # invitations, by who made them
    holders: frozenset[int]  # who holds any role
    admitted: frozenset[int]  # groups
    undecided: frozenset[int]  # who waits for a decision


def _effect(found: Found, cell: Cell, watcher: int) -> Effect:
    """What of it is the concern of a cell."""
    status, due_on = found.means[cell.means_id]
    own = {cell.chat_id, cell.user_id}  # what is not for a whole group comes in private
    in_chat = [(text, file) for chat_id, text, file in found.outbox if chat_id in own]
    told = [text for chat_id, text, _ in found.outbox if chat_id == watcher]
    answer = ANSWERS.get(cell.what)
    return {
        "status": status,
        "due_on": due_on,
        "evidence": found.evidence[cell.code],
        "events": tuple(
            action for actor_id, action in found.events if actor_id in {None, cell.user_id}
        ),
        "told": sum(f"<b>{cell.code}</b>" in text for text in told),
        "shown": answer is not None
        and any(answer.format(cell.code) in text for text, _ in in_chat),
        "files": sum(file is not None and file == cell.evidence_id for _, file in in_chat),
        "answers": found.questions[cell.chat_id],
        "invitations": found.invited[cell.user_id],
        "victim holds": cell.victim in found.holders,
        "asker holds": cell.asker in found.holders,
        "asker waits": cell.asker in found.undecided,
        "admitted": cell.group in found.admitted,
    }


def changes(before: Effect, after: Effect) -> Effect:
    """What is otherwise than before."""
    return {name: after[name] for name in before if after[name] != before[name]}
