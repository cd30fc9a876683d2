"""People and the roles they hold; every change is told in the record."""

from collections.abc import Collection
from datetime import datetime
from itertools import groupby

from sqlalchemy import delete, insert, select, update

from storage.engine import Session
from storage.events import Action
from storage.ledger import append, lock
from storage.models import Grant, Person
from storage.roles import Access, Actor, PersonRow, Role, RoleOf


async def access_of(session: Session, user_id: int) -> Access:
    """What somebody holds; in a writing transaction nobody can revoke it before its end."""
    query = select(Grant.role, Grant.unit).where(Grant.user_id == user_id)
    rows = await session.execute(query.with_for_update(read=True))
    return Access(frozenset(RoleOf(Role(role), unit) for role, unit in rows))


async def people(session: Session) -> list[PersonRow]:
    """Everybody who holds a role, by name."""
    query = (
        select(Person.user_id, Person.name, Grant.id, Grant.role, Grant.unit)
        .join(Grant, Grant.user_id == Person.user_id)
        .order_by(Person.name, Person.user_id, Grant.role, Grant.unit)
    )
    rows = await session.execute(query)
    return [
        PersonRow(user_id, name, tuple((row[2], RoleOf(Role(row[3]), row[4])) for row in group))
        for (user_id, name), group in groupby(rows, key=lambda row: (row[0], row[1]))
    ]


async def person_name(session: Session, user_id: int) -> str | None:
    """What somebody is called here; None for somebody unknown."""
    return await session.scalar(select(Person.name).where(Person.user_id == user_id))


async def holders(session: Session, role: Role, units: Collection[str] = ()) -> list[int]:
    """Who holds a role, for one of the units where any are given; by id."""
    query = select(Grant.user_id).where(Grant.role == role).distinct().order_by(Grant.user_id)
    if units:
        query = query.where(Grant.unit.in_(sorted(units)))
    return list(await session.scalars(query))


async def grant(  # noqa: PLR0913 - who gets what from whom
    session: Session,
    user_id: int,
    name: str,
    role: RoleOf,
    *,
    actor: Actor,
    by: str,
    now: datetime,
) -> bool:
    """Give somebody a role; False when it was held already.

    Args:
        session: in which it is written.
        user_id: who gets it.
        name: what that person is called from now on.
        role: what is given.
        actor: who gives it.
        by: the role by which that is allowed.
        now: when.
    """
    await lock(session)  # two who give the same at once come one after the other
    if await person_name(session, user_id) is None:
        await session.execute(insert(Person).values(user_id=user_id, name=name))
    else:
        await session.execute(update(Person).where(Person.user_id == user_id).values(name=name))
    held = select(Grant.id).where(
        Grant.user_id == user_id, Grant.role == role.role, Grant.unit == role.unit
    )
    if (await session.execute(held)).first() is not None:
        return False
    added = {"user_id": user_id, "role": role.role, "unit": role.unit, "granted_at": now}
    await session.execute(insert(Grant).values(added))
    details = _told(user_id, name, role)
    await append(session, Action.GRANTED, actor=actor, role=by, now=now, details=details)
    return True


async def revoke(
    session: Session, grant_id: int, *, actor: Actor, by: str, now: datetime
) -> tuple[PersonRow, RoleOf] | None:
    """Take a role away; give who held what, or None when it is held no more."""
    found = await find_grant(session, grant_id)
    if found is None:
        return None
    person, held = found
    await session.execute(delete(Grant).where(Grant.id == grant_id))
    details = _told(person.user_id, person.name, held)
    await append(session, Action.REVOKED, actor=actor, role=by, now=now, details=details)
    return found


async def find_grant(session: Session, grant_id: int) -> tuple[PersonRow, RoleOf] | None:
    """Who holds what by a grant; None when it is held no more."""
    query = (
        select(Person.user_id, Person.name, Grant.role, Grant.unit)
        .join(Person, Person.user_id == Grant.user_id)
        .where(Grant.id == grant_id)
        .with_for_update(of=Grant)
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    held = RoleOf(Role(found.role), found.unit)
    return PersonRow(found.user_id, found.name, ((grant_id, held),)), held


def _told(user_id: int, name: str, role: RoleOf) -> dict[str, object]:
    """What the record tells of a role that changed hands."""
    return {"user_id": user_id, "name": name, "role": role.role.value, "unit": role.unit}
