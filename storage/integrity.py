"""Whether the database is sound, and holds what the record says; it is only looked at."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, text

from storage.engine import Database, Session
from storage.events import Action
from storage.evidence import recorded_evidence
from storage.ledger import every_event
from storage.models import Act, AdmittedChat, Event, Grant, VerificationMeans
from storage.roles import Role, RoleOf

SOUND = "ok"  # all that SQLite says of a file without a fault
EVENT_TRIGGERS = ("events_no_update", "events_no_delete")
SQLITE_TRIGGERS = (*EVENT_TRIGGERS, "events_no_replace")
POSTGRES_TRIGGERS = (*EVENT_TRIGGERS, "events_no_truncate")
SQLITE_TRIGGERS_NOW = """
SELECT lower(name) FROM sqlite_master
WHERE type = 'trigger' AND tbl_name = 'events' AND sql LIKE '%RAISE(ABORT%'
"""
POSTGRES_TRIGGERS_NOW = """
SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgrelid = to_regclass('events') AND tgenabled IN ('O', 'A')
AND prosrc LIKE '%RAISE EXCEPTION%'
"""


def is_there(database: Database) -> bool:
    """Whether there is something to open; asking SQLite itself would create the file."""
    where = database.where
    return not database.is_sqlite or where.startswith("file:") or Path(where).exists()


@asynccontextmanager
async def as_of_one_moment(database: Database) -> AsyncIterator[Session]:
    """Read as if nobody wrote meanwhile, however many statements it takes."""
    async with database.session() as session:
        if not database.is_sqlite:
            level = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
            await session.execute(text(level))
        yield session


async def engine_name(session: Session) -> str:
    """What the database is: «SQLite 3.40.1», «PostgreSQL 15.8»."""
    if _is_sqlite(session):
        return f"SQLite {await session.scalar(text('SELECT sqlite_version()'))}"
    version = str(await session.scalar(text("SHOW server_version")))
    return f"PostgreSQL {version.split(maxsplit=1)[0]}"


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


async def faults(session: Session) -> list[str]:
    """What the database finds wrong with itself, in its own words, and where rows hang loose.

    PostgreSQL has nothing to ask for: it says so itself when it reads what is damaged.
    """
    if not _is_sqlite(session):
        await session.execute(text("SELECT 1"))
        return []
    found = [str(row) for row in await session.scalars(text("PRAGMA integrity_check"))]
    loose = await session.execute(text("PRAGMA foreign_key_check"))
    tables = sorted({f"{row[0]} → {row[2]}" for row in loose})
    return [fault for fault in found if fault != SOUND] + tables


async def missing_triggers(session: Session) -> list[str]:
    """Which of the triggers are gone, or off, that refuse to change or delete an event."""
    is_sqlite = _is_sqlite(session)
    query = SQLITE_TRIGGERS_NOW if is_sqlite else POSTGRES_TRIGGERS_NOW
    found = set(await session.scalars(text(query)))
    wanted = SQLITE_TRIGGERS if is_sqlite else POSTGRES_TRIGGERS
    return [name for name in wanted if name not in found]


async def first_unreadable(session: Session) -> int | None:
    """The first event of which not even the row can be read; None when all can."""
    for event_id in list(await session.scalars(select(Event.id).order_by(Event.id))):
        try:
            await session.scalar(select(Event).where(Event.id == event_id))
        except (TypeError, ValueError):
            return event_id
    return None


async def means_that_are_gone(session: Session) -> list[tuple[str, str]]:
    """The means, by act and code, that events tell of and the matrix does not have."""
    is_known = (
        select(VerificationMeans.id)
        .join(Act, Act.id == VerificationMeans.act_id)
        .where(Act.number == Event.act, VerificationMeans.code == Event.code)
        .exists()
    )
    query = select(Event.act, Event.code).where(Event.code.is_not(None), ~is_known).distinct()
    return [
        (act or "", code or "")
        for act, code in await session.execute(query.order_by(Event.act, Event.code))
    ]


@dataclass(frozen=True, slots=True, order=True)
class Unexplained:
    """A role that is held against what the events say, or that they say is held."""

    user_id: int
    role: RoleOf
    is_held: bool


async def unexplained_roles(session: Session) -> list[Unexplained]:
    """The roles that are not held as the events say."""
    told: set[tuple[int, RoleOf]] = set()
    async for event in every_event(session):
        if event.action in {Action.GRANTED, Action.REVOKED}:
            details = event.details
            one = (int(details["user_id"]), RoleOf(Role(details["role"]), details["unit"]))
            (told.add if event.action is Action.GRANTED else told.discard)(one)
    query = select(Grant.user_id, Grant.role, Grant.unit)
    held = {
        (user_id, RoleOf(Role(role), unit)) for user_id, role, unit in await session.execute(query)
    }
    return sorted(Unexplained(*one, is_held=one in held) for one in told ^ held)


async def unexplained_groups(session: Session) -> list[int]:
    """The chats that are admitted against what the events say, or that they say are admitted."""
    told: set[int] = set()
    async for event in every_event(session):
        match event.action:
            case Action.ADMITTED:
                told.add(event.details["chat_id"])
            case Action.DISMISSED:
                told.discard(event.details["chat_id"])
            case Action.MOVED:
                told.discard(event.details["chat_id"])
                told.add(event.details["new_id"])
            case _:
                pass
    return sorted(told ^ set(await session.scalars(select(AdmittedChat.chat_id))))


async def misrecorded_events(session: Session) -> list[int]:
    """The events that tell of other evidence than is kept as theirs, by number."""
    kept: dict[int, list[dict[str, object]]] = defaultdict(list)
    for event_id, evidence in await recorded_evidence(session):
        kept[event_id].append(evidence.as_json())
    wrong = [
        event.id
        async for event in every_event(session)
        if list(event.details.get("evidence", ())) != kept.pop(event.id, [])
    ]
    return sorted([*wrong, *kept])
