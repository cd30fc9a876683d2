"""Access on the command line: for the first administrator, and for repair."""

from dataclasses import dataclass
from typing import Any

from bot.clock import Clock
from bot.settings import Settings
from bot.start import opened
from bot.terminal import NothingFoundError, WrongUseError, plain, show_table
from handlers.views.people import role_name
from storage.acts import units as known_units
from storage.engine import Session
from storage.entries import admitted_chats, undecided
from storage.people import grant, people, person_name, revoke
from storage.roles import OPERATOR, Actor, PersonRow, RequestRow, Role, RoleOf
from storage.text import fold

OPERATING = Actor(None, "línea de comandos")
LARGEST_ID = 2**52  # no id of Telegram is longer
NAME_CHARS = 80
ROLE_NAMES = {
    "lector": Role.READER,
    "reader": Role.READER,
    "focal": Role.FOCAL,
    "seguimiento": Role.FOLLOW_UP,
    "follow_up": Role.FOLLOW_UP,
    "administrador": Role.ADMIN,
    "admin": Role.ADMIN,
}
BY_SETTING = "administrador (por configuración)"


def _role(name: str) -> Role:
    """Read a role by its Spanish or English name.

    Raises:
        WrongUseError: there is none of that name.
    """
    role = ROLE_NAMES.get(fold(name).strip().replace("-", "_"))
    if role is None:
        names = "lector, focal, seguimiento o administrador"
        raise WrongUseError(f"«{plain(name)}» no es un acceso; use {names}.")
    return role


def _no_units_for(role: Role) -> WrongUseError:
    """Say that a role has no units."""
    return WrongUseError(f"El acceso como {role_name(RoleOf(role))} no lleva --unit.")


async def give(
    settings: Settings, user_id: int, role_text: str, units: list[str], name: str | None
) -> list[str]:
    """Give somebody a role, of each of the units where it is a focal point's; tell what is held.

    Raises:
        WrongUseError: there is no such role, or a unit is missing, unknown, or of no use to it.
    """
    role = _role(role_text)
    if role is not Role.FOCAL and units:
        raise _no_units_for(role)
    now = Clock(settings.timezone, settings.today).now()
    async with opened(settings) as database, database.write() as session:
        wanted = [RoleOf(role)]
        if role is Role.FOCAL:
            wanted = [RoleOf(role, code) for code in await _codes(session, units)]
        given = " ".join(plain(name or "").split())[:NAME_CHARS]
        called = given or await person_name(session, user_id) or f"id {user_id}"
        lines = []
        for one in wanted:
            is_new = await grant(
                session, user_id, called, one, actor=OPERATING, by=OPERATOR, now=now
            )
            said = "tiene acceso como" if is_new else "ya lo tenía:"
            lines.append(f"{_called(user_id, called)}: {said} {role_name(one)}")
        return lines


async def _codes(session: Session, typed: list[str]) -> list[str]:
    """The codes of units, however they were typed, once each.

    Raises:
        WrongUseError: there are none, or one is unknown.
    """
    codes = {fold(unit.code): unit.code for unit in await known_units(session)}
    known = f"Unidades: {', '.join(codes.values())}."
    if not typed:
        raise WrongUseError(f"Un punto focal lo es de una unidad: --unit UTAI. {known}")
    for unit in typed:
        if fold(unit).strip() not in codes:
            raise WrongUseError(f"No conozco la unidad «{plain(unit)}». {known}")
    return list(dict.fromkeys(codes[fold(unit).strip()] for unit in typed))


def _called(user_id: int, name: str) -> str:
    """Name somebody for who operates the bot: «Ana Flores (id 1001)»."""
    own = f"id {user_id}"
    return own if name == own else f"{plain(name)} ({own})"


async def take(
    settings: Settings, user_id: int, role_text: str | None, units: list[str]
) -> list[str]:
    """Take roles away from somebody: all, one, or that of some units; tell which.

    Raises:
        WrongUseError: there is no such role, or it has no units.
        NothingFoundError: nothing of it is held.
    """
    role = None if role_text is None else _role(role_text)
    if units and role is not None and role is not Role.FOCAL:
        raise _no_units_for(role)
    now = Clock(settings.timezone, settings.today).now()
    folded = {fold(unit).strip() for unit in units}
    lines = []
    async with opened(settings) as database, database.write() as session:
        held = [one for one in await people(session) if one.user_id == user_id]
        for grant_id, one in held[0].grants if held else ():
            is_meant = role in {None, one.role} and (not folded or fold(one.unit) in folded)
            if not is_meant:
                continue
            taken = await revoke(session, grant_id, actor=OPERATING, by=OPERATOR, now=now)
            if taken is not None:
                person, lost = taken
                said = f"ya no tiene acceso como {role_name(lost)}"
                lines.append(f"{_called(user_id, person.name)}: {said}")
        name = await person_name(session, user_id)
    still = f"id {user_id} sigue siendo administrador por configuración: quítelo de BOT_ADMIN_IDS."
    stays = user_id in settings.admin_ids and role in {None, Role.ADMIN} and not units
    if not lines:
        nothing = f"{_called(user_id, name or f'id {user_id}')}: no tiene ese acceso."
        raise NothingFoundError(still if stays else nothing)
    return [*lines, still] if stays else lines


@dataclass(frozen=True, slots=True)
class Roster:
    """Who may come in, and who wants to."""

    people: list[PersonRow]
    configured: list[int]
    groups: list[tuple[int, str]]
    requests: list[RequestRow]


async def roster(settings: Settings) -> Roster:
    """Everybody who holds something, the admitted groups and the requests nobody has decided."""
    async with opened(settings) as database, database.session() as session:
        return Roster(
            await people(session),
            sorted(settings.admin_ids),
            await admitted_chats(session),
            await undecided(session),
        )


def roster_values(found: Roster) -> dict[str, Any]:
    """What `people --json` gives."""
    return {
        "people": [
            {
                "user_id": person.user_id,
                "name": person.name,
                "roles": [_role_values(role) for _, role in person.grants],
            }
            for person in found.people
        ],
        "configured_admins": found.configured,
        "groups": [{"chat_id": chat_id, "title": title} for chat_id, title in found.groups],
        "requests": [
            {"user_id": one.user_id, "name": one.name, **_role_values(one.wanted)}
            for one in found.requests
        ],
    }


def _role_values(role: RoleOf) -> dict[str, str | None]:
    return {"role": role.role.value, "unit": role.unit or None}


def show_roster(found: Roster) -> None:
    """Print who may come in, and who wants to."""
    rows = [
        (
            str(person.user_id),
            person.name,
            ", ".join(
                [role_name(role) for _, role in person.grants]
                + [BY_SETTING] * (person.user_id in found.configured)
            ),
        )
        for person in found.people
    ]
    known = {person.user_id for person in found.people}
    rows += [(str(each), "", BY_SETTING) for each in found.configured if each not in known]
    if not rows:
        rows = [("", "nadie todavía", "compromisos grant ID administrador")]
    show_table("Personas", ("id", "nombre", "acceso"), rows)
    if found.groups:
        groups = [(str(chat_id), title) for chat_id, title in found.groups]
        show_table("Grupos admitidos", ("id", "grupo"), groups)
    if found.requests:
        wanted = [(str(one.user_id), one.name, role_name(one.wanted)) for one in found.requests]
        show_table("Solicitudes sin decidir", ("id", "nombre", "pide"), wanted)
