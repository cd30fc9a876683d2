"""The record on the command line: as lines to read, and as JSON to be audited."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from bot.clock import Clock
from bot.settings import Settings
from bot.start import opened
from bot.terminal import NothingFoundError, plain
from handlers.views.marks import TOLD, moment, role_words
from handlers.views.people import role_name
from handlers.views.words import day
from storage.engine import Session
from storage.events import Action, EventRow
from storage.ledger import every_event
from storage.matrix import find_means
from storage.records import AsOf, MeansFilter
from storage.roles import Role, RoleOf

INVITED = "invitation"  # in place of a role: somebody came in by a link
INDENT = "    "


async def find_events(
    settings: Settings, code: str | None, act: str | None, limit: int | None
) -> list[EventRow]:
    """The newest events, the oldest of them first: all, or those of a means or an act.

    Raises:
        NothingFoundError: there is no such means or act, or the record cannot be read.
    """
    code = None if code is None else code.strip().replace(",", ".")
    today = Clock(settings.timezone, settings.today).today()
    async with opened(settings) as database, database.session() as session:
        events = await _all_events(session)
        rows = await find_means(session, MeansFilter(), AsOf(today))
    means = {(row.act, row.code) for row in rows} | {(one.act, one.code) for one in events}
    acts = sorted({number for number, _ in means if number})
    if act is not None and act not in acts:
        raise NothingFoundError(f"No hay ningún acta {plain(act)}; están: {', '.join(acts)}.")
    found = [one for one in events if code in {None, one.code} and act in {None, one.act}]
    is_known = any(code == one and act in {None, number} for number, one in means)
    if code is not None and not is_known:
        where = f" en el acta {act}" if act else ""
        raise NothingFoundError(f"No hay ningún medio {plain(code)}{where}.")
    return found if limit is None else found[-limit:]


async def _all_events(session: Session) -> list[EventRow]:
    """All events in order.

    Raises:
        NothingFoundError: one cannot be read, which only a change from outside brings about.
    """
    try:
        return [event async for event in every_event(session)]
    except ValueError:
        told = "Hay un registro que no se puede leer; compromisos check dice cuál."
        raise NothingFoundError(told) from None


def event_values(event: EventRow) -> dict[str, Any]:
    """What `history --json` gives of an event: all that its hash covers, in the same order."""
    instant = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {**asdict(event), "at": instant}


def event_text(event: EventRow, zone: tzinfo) -> str:
    """One event: who did what and when in the first line, with what in those below it."""
    told = "entró" if event.role == INVITED else TOLD[event.action]
    parts = [f"N° {event.id}", moment(event.at, zone), _who(event), told]
    if event.code is not None:
        parts.append(f"{event.code} del acta {event.act}")
    lines = [" · ".join(parts), *(INDENT + line for line in _with_what(event, zone))]
    return "\n".join(plain(line) for line in lines)


def _who(event: EventRow) -> str:
    """Name who did it: «Ana Flores (id 1001, punto focal de UTAI)»."""
    number = "" if event.actor_id is None else f"id {event.actor_id}"
    role = role_words(event.role)
    beside = ", ".join(each for each in (number, role) if each and each != event.actor_name)
    return f"{event.actor_name} ({beside})" if beside else event.actor_name


def _with_what(event: EventRow, zone: tzinfo) -> Iterator[str]:
    """What an event says besides: labelled, one line each, and its hash at last."""
    details = event.details
    if event.code is None:
        yield from _about_access(event.action, details, zone)
    if event.action is Action.REPROGRAMMED:
        before, after = details["before"]["due_on"], details["after"]["due_on"]
        yield f"vence: antes el {_day(before)}, ahora el {_day(after)}"
    document = [details["document"]] if details.get("document") else []
    if details.get("document_on"):
        document.append(_day(details["document_on"]))
    if document:
        yield f"documento: {' · '.join(document)}"
    if event.note:
        yield f"nota: {event.note}"
    for one in details.get("evidence", ()):
        digest = f" · sha256 {one['sha256']}" if one.get("sha256") else ""
        yield f"evidencia: {one.get('url') or one['label']}{digest}"
    yield f"hash: {event.hash}"


def _about_access(action: Action, details: Mapping[str, Any], zone: tzinfo) -> Iterator[str]:
    """Who or what it was about where it was about no means."""
    if action is Action.MOVED:
        yield f"grupo: antes id {details['chat_id']}, ahora id {details['new_id']}"
        return
    if action in {Action.ADMITTED, Action.DISMISSED}:
        yield f"grupo: {details['title']} (id {details['chat_id']})"
        return
    if "name" in details:
        yield f"persona: {details['name']} (id {details['user_id']})"
    yield f"acceso: {role_name(RoleOf(Role(details['role']), details['unit']))}"
    if "expires_at" in details:
        yield f"vale hasta: {moment(datetime.fromisoformat(details['expires_at']), zone)}"


def _day(written: str) -> str:
    return day(date.fromisoformat(written))
