"""The ways in: requests, invitations, and groups that are admitted."""

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import ColumnElement, delete, insert, select, update

from storage import outbox, subscriptions
from storage.engine import Session
from storage.events import Action
from storage.ledger import append, lock
from storage.models import AccessRequest, AdmittedChat, Invitation
from storage.roles import Actor, Decision, RequestRow, Role, RoleOf

TOKEN_BYTES = 24
TELEGRAM = "Telegram"  # who tells the record that a group moved


async def ask(
    session: Session, user_id: int, name: str, wanted: RoleOf, now: datetime
) -> RequestRow:
    """Note that somebody asks for a role; an undecided request of before is replaced."""
    undecided = (AccessRequest.user_id == user_id) & AccessRequest.decision.is_(None)
    await session.execute(delete(AccessRequest).where(undecided))
    added = insert(AccessRequest).values(
        user_id=user_id, name=name, role=wanted.role, unit=wanted.unit, asked_at=now
    )
    request_id = (await session.execute(added.returning(AccessRequest.id))).scalar_one()
    return RequestRow(request_id, user_id, name, wanted, None)


async def find_request(session: Session, request_id: int) -> RequestRow | None:
    """A request by its id; no other can decide it before the end of the transaction."""
    query = select(AccessRequest).where(AccessRequest.id == request_id).with_for_update()
    found = await session.scalar(query)
    return None if found is None else _request(found)


async def undecided(session: Session) -> list[RequestRow]:
    """The requests that nobody has decided, in the order in which they came."""
    query = select(AccessRequest).where(AccessRequest.decision.is_(None))
    return [_request(row) for row in await session.scalars(query.order_by(AccessRequest.id))]


def _request(row: AccessRequest) -> RequestRow:
    decision = None if row.decision is None else Decision(row.decision)
    wanted = RoleOf(Role(row.role), row.unit)
    return RequestRow(row.id, row.user_id, row.name, wanted, decision)


async def has_asked(session: Session, user_id: int) -> bool:
    """Whether a request of somebody is undecided."""
    query = select(AccessRequest.id).where(
        AccessRequest.user_id == user_id, AccessRequest.decision.is_(None)
    )
    return (await session.execute(query)).first() is not None


async def decide(session: Session, request: RequestRow, decision: Decision) -> None:
    """Close a request; what follows from it is the caller's."""
    await session.execute(
        update(AccessRequest).where(AccessRequest.id == request.id).values(decision=decision)
    )


async def note_refusal(
    session: Session, request: RequestRow, *, actor: Actor, by: str, now: datetime
) -> None:
    """Tell in the record that a request was refused."""
    details = {
        "user_id": request.user_id,
        "name": request.name,
        "role": request.wanted.role.value,
        "unit": request.wanted.unit,
    }
    await append(session, Action.REFUSED, actor=actor, role=by, now=now, details=details)


async def invite(  # noqa: PLR0913 - who may come in as what, until when, by whom
    session: Session, role: RoleOf, *, expires_at: datetime, actor: Actor, by: str, now: datetime
) -> str:
    """Make an invitation; the token is given once and not kept."""
    token = token_urlsafe(TOKEN_BYTES)
    added = insert(Invitation).values(
        token_hash=_hash(token),
        role=role.role,
        unit=role.unit,
        made_by=actor.user_id or 0,
        expires_at=expires_at,
    )
    await session.execute(added)
    details = {"role": role.role.value, "unit": role.unit, "expires_at": expires_at.isoformat()}
    await append(session, Action.INVITED, actor=actor, role=by, now=now, details=details)
    return token


async def invited_role(session: Session, token: str, now: datetime) -> RoleOf | None:
    """What an invitation gives; None when it is no good."""
    query = select(Invitation.role, Invitation.unit).where(*_is_good(token, now))
    found = (await session.execute(query)).one_or_none()
    return None if found is None else RoleOf(Role(found.role), found.unit)


async def use_invitation(
    session: Session, token: str, user_id: int, now: datetime
) -> tuple[RoleOf, int] | None:
    """Use an invitation up; give its role and its maker, or None when it is no good."""
    unused = (
        update(Invitation)
        .where(*_is_good(token, now))
        .values(used_by=user_id)
        .returning(Invitation.role, Invitation.unit, Invitation.made_by)
    )
    found = (await session.execute(unused)).one_or_none()
    return None if found is None else (RoleOf(Role(found.role), found.unit), found.made_by)


def _is_good(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The invitation of a token, as long as it is unused and has not lapsed."""
    return (
        Invitation.token_hash == _hash(token),
        Invitation.used_by.is_(None),
        Invitation.expires_at > now,
    )


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


async def admit(  # noqa: PLR0913 - which group, by whom
    session: Session, chat_id: int, title: str, *, actor: Actor, by: str, now: datetime
) -> bool:
    """Admit a group; False when it was admitted already."""
    await lock(session)  # two who admit it at once come one after the other
    if await is_admitted(session, chat_id):
        return False
    added = {"chat_id": chat_id, "title": title, "admitted_at": now}
    await session.execute(insert(AdmittedChat).values(added))
    details = {"chat_id": chat_id, "title": title}
    await append(session, Action.ADMITTED, actor=actor, role=by, now=now, details=details)
    return True


async def dismiss(
    session: Session, chat_id: int, *, actor: Actor, by: str, now: datetime
) -> str | None:
    """Admit a group no more; give its title, or None when it was not admitted."""
    lapsed = delete(AdmittedChat).where(AdmittedChat.chat_id == chat_id)
    title = (await session.execute(lapsed.returning(AdmittedChat.title))).scalar_one_or_none()
    if title is None:
        return None
    details = {"chat_id": chat_id, "title": title}
    await append(session, Action.DISMISSED, actor=actor, role=by, now=now, details=details)
    return title


async def is_admitted(session: Session, chat_id: int) -> bool:
    """Whether a group is admitted; in a writing transaction it stays so to its end."""
    query = select(AdmittedChat.chat_id).where(AdmittedChat.chat_id == chat_id)
    return (await session.execute(query.with_for_update(read=True))).first() is not None


async def admitted_chats(session: Session) -> list[tuple[int, str]]:
    """The admitted groups by title: id and title."""
    query = select(AdmittedChat.chat_id, AdmittedChat.title)
    rows = await session.execute(query.order_by(AdmittedChat.title, AdmittedChat.chat_id))
    return [(chat_id, title) for chat_id, title in rows]


async def move_chat(
    session: Session, old: int, new: int, now: datetime, update_id: int | None = None
) -> None:
    """Follow a group that became a supergroup and lives on under another id, with all it has."""
    await lock(session)
    await subscriptions.move_chat(session, old, new)
    await outbox.move_chat(session, old, new)
    if not await is_admitted(session, old):
        return
    actor, details = Actor(None, TELEGRAM, update_id), {"chat_id": old, "new_id": new}
    await append(session, Action.MOVED, actor=actor, role=TELEGRAM, now=now, details=details)
    of_old = AdmittedChat.chat_id == old
    if await is_admitted(session, new):
        await session.execute(delete(AdmittedChat).where(of_old))
    else:
        await session.execute(update(AdmittedChat).where(of_old).values(chat_id=new))
