"""What chats asked to be told by themselves: kept, changed, and found when it is time."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from storage.engine import Session
from storage.models import Subscription
from storage.notices import (
    About,
    Rhythm,
    Schedule,
    Scope,
    SubscriptionRow,
    SubscriptionState,
)
from storage.records import Level, Ref


async def subscribe(  # noqa: PLR0913 - who is told what, where, when
    session: Session,
    chat: tuple[int, int | None],
    title: str,
    *,
    about: About,
    scope: Scope,
    schedule: Schedule,
    next_at: datetime | None,
    told_event: int,
    created_by: int | None,
    now: datetime,
) -> SubscriptionRow:
    """Keep what a chat, or a topic in it, is to be told from now on."""
    added = insert(Subscription).values(
        chat_id=chat[0],
        thread_id=chat[1],
        title=title,
        about=about,
        scope=_scope_json(scope),
        schedule=_schedule_json(schedule),
        tells_nothing=True,
        state=SubscriptionState.ACTIVE,
        planned_until=now,
        next_at=next_at,
        told_event=told_event,
        created_by=created_by,
        created_at=now,
    )
    subscription_id = (await session.execute(added.returning(Subscription.id))).scalar_one()
    found = await find(session, subscription_id)
    assert found is not None  # noqa: S101 - it was added a line above
    return found


async def find(session: Session, subscription_id: int) -> SubscriptionRow | None:
    """A subscription by its id; nobody else can change it meanwhile."""
    query = select(Subscription).where(Subscription.id == subscription_id)
    found = await session.scalar(query.with_for_update())
    return None if found is None else _row(found)


async def read(session: Session, subscription_id: int) -> SubscriptionRow | None:
    """A subscription by its id as it stands, whoever is about to change it."""
    found = await session.get(Subscription, subscription_id)
    return None if found is None else _row(found)


async def of_chat(
    session: Session, chat: tuple[int, int | None], *, with_closed: bool = True
) -> list[SubscriptionRow]:
    """The subscriptions of a chat, or of a topic in it, that nobody has ended."""
    states = {SubscriptionState.ACTIVE} | ({SubscriptionState.CLOSED} if with_closed else set())
    query = select(Subscription).where(
        Subscription.chat_id == chat[0],
        Subscription.thread_id.is_not_distinct_from(chat[1]),
        Subscription.state.in_(states),
    )
    return [_row(row) for row in await session.scalars(query.order_by(Subscription.id))]


async def active(session: Session) -> list[SubscriptionRow]:
    """All that are told something, the next one first."""
    query = select(Subscription).where(Subscription.state == SubscriptionState.ACTIVE)
    ordered = query.order_by(Subscription.next_at, Subscription.id)
    return [_row(row) for row in await session.scalars(ordered)]


async def is_any_due(session: Session, now: datetime) -> bool:
    """Whether any has a slot up to now."""
    query = select(Subscription.id).where(
        Subscription.state == SubscriptionState.ACTIVE, Subscription.next_at <= now
    )
    return (await session.execute(query.limit(1))).first() is not None


async def due(session: Session, now: datetime, limit: int) -> list[SubscriptionRow]:
    """Those that have a slot up to now, the earliest first; no other program gets them."""
    query = (
        select(Subscription)
        .where(Subscription.state == SubscriptionState.ACTIVE, Subscription.next_at <= now)
        .order_by(Subscription.next_at, Subscription.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_row(row) for row in await session.scalars(query)]


async def planned(
    session: Session, next_at: Mapping[int, datetime | None], until: datetime
) -> None:
    """Note that every slot up to an instant has its occurrence, and when the next ones are."""
    if next_at:
        changed = update(Subscription).where(Subscription.id == bindparam("of"))
        connection = await session.connection()
        await connection.execute(
            changed.values(planned_until=until, next_at=bindparam("at")),
            [{"of": subscription_id, "at": at} for subscription_id, at in next_at.items()],
        )


async def told(session: Session, subscription_id: int, event_id: int) -> None:
    """Note up to which event of the record a digest has told."""
    await _change(session, subscription_id, told_event=event_id)


async def reschedule(
    session: Session,
    row: SubscriptionRow,
    schedule: Schedule,
    next_at: datetime | None,
    now: datetime,
) -> None:
    """Let the notices come at other times from `now` on."""
    values = {"schedule": _schedule_json(schedule), "next_at": next_at, "planned_until": now}
    await _change(session, row.id, **values)


async def rescope(session: Session, row: SubscriptionRow, scope: Scope) -> None:
    """Tell of other means."""
    await _change(session, row.id, scope=_scope_json(scope))


async def tell_nothing(session: Session, row: SubscriptionRow, *, wanted: bool) -> None:
    """Send a digest with nothing in it too, or not."""
    await _change(session, row.id, tells_nothing=wanted)


async def pause(session: Session, row: SubscriptionRow, until: datetime | None) -> None:
    """Send nothing before an instant; None ends the pause."""
    await _change(session, row.id, paused_until=until)


async def end(session: Session, row: SubscriptionRow) -> None:
    """Send nothing any more."""
    await _change(session, row.id, state=SubscriptionState.ENDED, next_at=None)


async def revive(
    session: Session, row: SubscriptionRow, now: datetime, next_at: datetime | None
) -> None:
    """Send again what was switched off; what was missed meanwhile stays so."""
    await _change(
        session,
        row.id,
        state=SubscriptionState.ACTIVE,
        paused_until=None,
        planned_until=now,
        next_at=next_at,
    )


async def close(session: Session, row: SubscriptionRow) -> None:
    """Switch off what the chat may read no more."""
    await _change(session, row.id, state=SubscriptionState.CLOSED, next_at=None)


async def close_chat(session: Session, chat_id: int) -> list[SubscriptionRow]:
    """Switch off all that a chat is told, since it takes nothing any more; give what that was."""
    query = select(Subscription).where(
        Subscription.chat_id == chat_id, Subscription.state == SubscriptionState.ACTIVE
    )
    closed = [_row(row) for row in await session.scalars(query.order_by(Subscription.id))]
    for row in closed:
        await close(session, row)
    return closed


async def move_chat(session: Session, old: int, new: int) -> None:
    """Follow a group that became a supergroup."""
    moved = update(Subscription).where(Subscription.chat_id == old)
    await session.execute(moved.values(chat_id=new))


async def _change(session: Session, subscription_id: int, **values: Any) -> None:
    await session.execute(
        update(Subscription).where(Subscription.id == subscription_id).values(values)
    )


def _row(row: Subscription) -> SubscriptionRow:
    return SubscriptionRow(
        id=row.id,
        chat_id=row.chat_id,
        thread_id=row.thread_id,
        title=row.title,
        about=About(row.about),
        scope=_scope(row.scope),
        schedule=_schedule(row.schedule),
        tells_nothing=row.tells_nothing,
        state=SubscriptionState(row.state),
        paused_until=row.paused_until,
        planned_until=row.planned_until,
        told_event=row.told_event,
        created_by=row.created_by,
        created_at=row.created_at,
    )


def _scope_json(scope: Scope) -> dict[str, Any]:
    return {
        "units": list(scope.units),
        "areas": list(scope.areas),
        "refs": [[ref.level.value, ref.number] for ref in scope.refs],
    }


def _scope(values: Mapping[str, Any]) -> Scope:
    refs = tuple(Ref(Level(level), number) for level, number in values["refs"])
    return Scope(tuple(values["units"]), tuple(values["areas"]), refs)


def _schedule_json(schedule: Schedule) -> dict[str, Any]:
    return {
        "rhythm": schedule.rhythm,
        "weekdays": list(schedule.weekdays),
        "month_day": schedule.month_day,
        "at": schedule.at.isoformat("minutes"),
        "zone": schedule.zone,
        "lead_days": list(schedule.lead_days),
        "tells_late": schedule.tells_late,
    }


def _schedule(values: Mapping[str, Any]) -> Schedule:
    return Schedule(
        rhythm=None if values["rhythm"] is None else Rhythm(values["rhythm"]),
        weekdays=tuple(values["weekdays"]),
        month_day=values["month_day"],
        at=time.fromisoformat(values["at"]),
        zone=values["zone"],
        lead_days=tuple(values["lead_days"]),
        tells_late=values["tells_late"],
    )
