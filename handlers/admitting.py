"""Who gets in: requests, invitations, what an administrator gives and takes, and groups."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from handlers.deeds import RefusedError, manager
from handlers.language.replies import is_withdrawal
from handlers.permission import Deed, role_for
from handlers.turn import Turn, plain_name
from handlers.views import marks as said
from handlers.views import people as views
from handlers.views.drafts import cancelled
from handlers.views.reply import Reply
from storage import drafts, entries
from storage.people import access_of, find_grant, grant, people, revoke
from storage.roles import Decision, Role, RoleOf
from storage.text import fold
from storage.traffic import DraftKind, DraftRow

NOT_FOR_YOU = "Por ahora no le conozco: escríbame /acceso en privado."
INVITATION = "i_"  # a deep link that begins so is an invitation
LIFETIME = timedelta(days=7)
NAME_CHARS = 80
BY_INVITATION = "invitation"
ROLE_WORDS = {
    "lector": Role.READER,
    "focal": Role.FOCAL,
    "seguimiento": Role.FOLLOW_UP,
    "administrador": Role.ADMIN,
    "admin": Role.ADMIN,
}


async def may_read(turn: Turn) -> bool:
    """Whether the sender may read: somebody known in private, anybody in an admitted group."""
    if turn.services.is_open:
        return True
    if turn.place.is_private:
        return role_for(Deed.READ, await turn.access()) is not None
    return await entries.is_admitted(turn.session, turn.place.chat_id)


def turned_away(turn: Turn) -> Reply:
    """What somebody is told who may not read here."""
    return views.stranger() if turn.place.is_private else Reply((views.GROUP_NOT_ADMITTED,))


async def unit_codes(turn: Turn) -> list[str]:
    """The units for which somebody can be a focal point."""
    return [unit.code for unit in (await turn.reader()).words.units]


# Asking.


async def ask(turn: Turn, *, again: bool = False) -> Reply:
    """Begin to ask for access; `again` where a request is to be replaced by another."""
    user_id = turn.sender.user_id
    if user_id is None:
        raise RefusedError(said.ANONYMOUS)
    if not turn.place.is_private:
        raise RefusedError(views.IN_PRIVATE)
    if not again and await entries.has_asked(turn.session, user_id):
        return views.asked_already()
    for old in await drafts.of_person(turn.session, turn.place.chat_id, user_id):
        if old.kind is DraftKind.REQUEST:
            await drafts.discard(turn.session, old)
    draft = await drafts.begin(
        turn.session,
        DraftKind.REQUEST,
        chat_id=turn.place.chat_id,
        user_id=user_id,
        values={},
        now=turn.services.clock.now(),
    )
    return await sheet(turn, draft)


async def sheet(turn: Turn, draft: DraftRow) -> Reply:
    """What is asked for so far, and the next question."""
    return views.request_sheet(draft, await unit_codes(turn), turn.sender.name)


async def hear(turn: Turn, draft: DraftRow, text: str) -> Reply | None:
    """Take words as the name of who asks; None when no name is asked for."""
    if is_withdrawal(text):
        await drafts.discard(turn.session, draft)
        return cancelled(None)
    if draft.values.get("name"):
        return await _hear_role(turn, draft, text)
    name = plain_name(text)[:NAME_CHARS]
    if not any(sign.isalpha() for sign in name) or {"?", "¿"} & set(name):
        return None if await may_read(turn) else await sheet(turn, draft)
    return await _noted(turn, draft, name=name)


async def _hear_role(turn: Turn, draft: DraftRow, text: str) -> Reply | None:
    """Take words as the role or the unit; None for a question of somebody who may ask."""
    role, unit = role_in(text, await unit_codes(turn))
    known = {"role": role if role in views.ASKABLE else None, "unit": unit}
    lacking = {name: value for name, value in known.items() if value and name not in draft.values}
    if lacking:
        return await _noted(turn, draft, **lacking)
    return None if await may_read(turn) else await sheet(turn, draft)


def role_in(text: str, units: Sequence[str]) -> tuple[Role | None, str | None]:
    """The role and the unit that words name: «punto focal de UTAI»."""
    words = fold(text).split()
    codes = {fold(code): code for code in units}
    role = next((ROLE_WORDS[word] for word in words if word in ROLE_WORDS), None)
    return role, next((codes[word] for word in words if word in codes), None)


async def _noted(turn: Turn, draft: DraftRow, **values: Any) -> Reply:
    now = turn.services.clock.now()
    changed = await drafts.change(turn.session, draft, draft.values | values, now)
    return await sheet(turn, changed)


async def press_request(
    turn: Turn, draft: DraftRow, verb: str, revision: int, rest: list[int]
) -> Reply:
    """Go on with a request by one of its buttons."""
    units = await unit_codes(turn)
    if verb == "no":
        await drafts.discard(turn.session, draft)
        return cancelled(None)
    if revision != draft.revision:
        return await sheet(turn, draft)
    match verb, rest:
        case "name", []:
            return await _noted(turn, draft, name=turn.sender.name[:NAME_CHARS])
        case "role", [at] if 0 <= at < len(views.ASKABLE):
            return await _noted(turn, draft, role=views.ASKABLE[at].value)
        case "unit", [at] if 0 <= at < len(units):
            return await _noted(turn, draft, unit=units[at])
        case "ok", [] if _is_complete(draft):
            return await _send_request(turn, draft)
        case _:
            raise RefusedError(said.GONE)


def _is_complete(draft: DraftRow) -> bool:
    values = draft.values
    needs_unit = values.get("role") == Role.FOCAL
    return bool(values.get("name") and values.get("role")) and (
        not needs_unit or bool(values.get("unit"))
    )


async def _send_request(turn: Turn, draft: DraftRow) -> Reply:
    """Put a request before the administrators."""
    values = draft.values
    wanted = RoleOf(Role(values["role"]), values.get("unit", ""))
    now = turn.services.clock.now()
    request = await entries.ask(turn.session, draft.user_id, values["name"], wanted, now)
    await drafts.discard(turn.session, draft)
    administrators = await turn.services.administrators(turn.session)
    for admin in administrators:
        turn.tell(admin, views.request_notice(request, turn.sender.name))
    return Reply((views.ASKED if administrators else views.ASKED_NOBODY,))


# Giving and taking.


async def decide(turn: Turn, request_id: int, *, is_approved: bool) -> Reply:
    """Approve or refuse a request, once."""
    by = await manager(turn)
    request = await entries.find_request(turn.session, request_id)
    if request is None or request.decision is not None:
        return Reply((views.DECIDED,))
    decision = Decision.APPROVED if is_approved else Decision.REFUSED
    await entries.decide(turn.session, request, decision)
    actor, now = await turn.actor(), turn.services.clock.now()
    if is_approved:
        await grant(
            turn.session,
            request.user_id,
            request.name,
            request.wanted,
            actor=actor,
            by=by,
            now=now,
        )
        turn.tell(request.user_id, views.welcome(request.wanted))
    else:
        await entries.note_refusal(turn.session, request, actor=actor, by=by, now=now)
        turn.tell(request.user_id, Reply((views.REFUSED,)))
    return views.decided(request, is_approved=is_approved)


async def invite(turn: Turn, text: str) -> Reply:
    """Make an invitation from words («focal UTAI»), or ask as what."""
    await manager(turn)
    if not turn.place.is_private:
        raise RefusedError(views.IN_PRIVATE)
    units = await unit_codes(turn)
    role, unit = role_in(text, units)
    if role is None:
        return views.invite_roles()
    if role is Role.FOCAL and unit is None:
        return views.invite_units(units)
    return await _invited(turn, RoleOf(role, unit or "" if role is Role.FOCAL else ""))


async def press_invite(turn: Turn, rest: list[int]) -> Reply:
    """Make an invitation by buttons: the role, then the unit where it needs one."""
    await manager(turn)
    if not turn.place.is_private:
        raise RefusedError(views.IN_PRIVATE)
    units, roles = await unit_codes(turn), list(Role)
    match rest:
        case [at] if at < len(roles) and roles[at] is Role.FOCAL:
            return views.invite_units(units)
        case [at] if at < len(roles):
            return await _invited(turn, RoleOf(roles[at]))
        case [at, unit] if at < len(roles) and roles[at] is Role.FOCAL and unit < len(units):
            return await _invited(turn, RoleOf(Role.FOCAL, units[unit]))
        case _:
            raise RefusedError(said.GONE)


async def _invited(turn: Turn, role: RoleOf) -> Reply:
    clock = turn.services.clock
    expires_at = clock.now() + LIFETIME
    token = await entries.invite(
        turn.session,
        role,
        expires_at=expires_at,
        actor=await turn.actor(),
        by=await manager(turn),
        now=clock.now(),
    )
    link = f"https://t.me/{turn.bot_name}?start={INVITATION}{token}"
    return views.invitation(role, link, expires_at, clock.timezone)


async def come_in(turn: Turn, token: str) -> Reply:
    """Use an invitation: the role is given if it is unused and its maker may still give it."""
    user_id, now = turn.sender.user_id, turn.services.clock.now()
    if user_id is None:
        raise RefusedError(said.ANONYMOUS)
    if not turn.place.is_private:
        raise RefusedError(views.IN_PRIVATE)
    offered = await entries.invited_role(turn.session, token, now)
    if offered in (await turn.access()).roles:
        return views.welcome(offered)  # the invitation stays good for somebody else
    used = await entries.use_invitation(turn.session, token, user_id, now)
    if used is None:
        return Reply((views.LAPSED_INVITATION,))
    role, made_by = used
    maker = await access_of(turn.session, made_by)
    if made_by not in turn.services.admin_ids and role_for(Deed.MANAGE, maker) is None:
        return Reply((views.LAPSED_INVITATION,))
    actor = await turn.actor()
    name = actor.name[:NAME_CHARS]
    await grant(turn.session, user_id, name, role, actor=actor, by=BY_INVITATION, now=now)
    return views.welcome(role)


async def show_people(turn: Turn, page: int = 0) -> Reply:
    """Who holds what, and the admitted groups."""
    await manager(turn)
    if not turn.place.is_private:
        raise RefusedError(views.IN_PRIVATE)
    configured = sorted(turn.services.admin_ids)
    chats = await entries.admitted_chats(turn.session)
    undecided = await entries.undecided(turn.session)
    return views.roster(await people(turn.session), chats, configured, undecided, page)


async def take_away(turn: Turn, grant_id: int, *, is_sure: bool) -> Reply:
    """Take a role away, after asking once more; it holds from the next tap on."""
    by = await manager(turn)
    if not is_sure:
        found = await find_grant(turn.session, grant_id)
        if found is None:
            return Reply((views.NOTHING_TO_REVOKE,))
        return views.confirm_revoke(*found, grant_id)
    now = turn.services.clock.now()
    taken = await revoke(turn.session, grant_id, actor=await turn.actor(), by=by, now=now)
    if taken is None:
        return Reply((views.NOTHING_TO_REVOKE,))
    person, role = taken
    turn.tell(person.user_id, views.lost(role))
    return views.revoked(person, role)


# Groups.


async def admit(turn: Turn) -> Reply:
    """Admit the group in which it is said."""
    by = await manager(turn)
    if turn.place.is_private:
        raise RefusedError(views.IN_A_GROUP)
    place, now = turn.place, turn.services.clock.now()
    is_new = await entries.admit(
        turn.session, place.chat_id, place.title, actor=await turn.actor(), by=by, now=now
    )
    return views.admitted(place.title, is_new=is_new)


async def dismiss(turn: Turn, chat_id: int) -> Reply:
    """Admit a group no more."""
    by = await manager(turn)
    now = turn.services.clock.now()
    actor = await turn.actor()
    return views.dismissed(
        await entries.dismiss(turn.session, chat_id, actor=actor, by=by, now=now)
    )
