"""What comes by itself: which slots exist, and what a notice says when it is about to be sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.deeds import waiting_for_review
from handlers.services import Services
from handlers.slots import next_slot, rested, slots
from handlers.views.digests import (
    TOLD,
    Digest,
    Reminder,
    render_digest,
    render_reminder,
    render_review,
)
from handlers.views.reply import Reply
from storage import occurrences, outbox, subscriptions
from storage.acts import area_names, matrix_version
from storage.engine import Session
from storage.entries import is_admitted
from storage.events import Action, EventRow
from storage.ledger import events_since, last_event
from storage.matrix import due_counts, find_means
from storage.notices import (
    About,
    NoticeKind,
    OccurrenceRow,
    Scope,
    Slot,
    SubscriptionRow,
    SubscriptionState,
)
from storage.people import access_of
from storage.records import AsOf, MeansFilter, MeansRow, Status, StatusFilter
from storage.roles import Access, Role
from storage.traffic import Notice, OutboxRow, Sort

MOST_GATHERED = 1_000  # scopes kept in memory
BATCH = 500  # subscriptions planned in one transaction
NEXT_DAYS = timedelta(days=30)
IN_TIME = timedelta(hours=1)  # what is sent later than this says so
SORTS = {
    NoticeKind.DIGEST: Sort.DIGEST,
    NoticeKind.REMINDER: Sort.REMINDER,
    NoticeKind.LATE: Sort.REMINDER,
}
OPEN = frozenset({Status.PENDING, Status.OBSERVED})


@dataclass(frozen=True, slots=True)
class Composed:
    """What a notice says now, and up to which event of the record it tells."""

    reply: Reply
    told_event: int | None = None


# Planning.


async def plan(services: Services) -> None:
    """Let every slot up to now exist, once, with the message that is to bring it."""
    now = services.clock.now()
    async with services.database.session() as session:
        planned = BATCH if await subscriptions.is_any_due(session, now) else 0
    while planned == BATCH:
        async with services.database.write() as session:
            found = await subscriptions.due(session, now, BATCH)
            await plan_some(session, found, now)
        planned = len(found)


class DueDays:
    """On which days what is not handed in falls due, looked up once for each scope."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[Scope, frozenset[date]] = {}

    async def of(self, scope: Scope) -> frozenset[date]:
        """The days of a scope."""
        if scope not in self._known:
            wanted = means_of(scope, StatusFilter.PENDING)
            counts = await due_counts(self._session, wanted, AsOf(date.min))
            self._known[scope] = frozenset(one.due_on for one in counts)
        return self._known[scope]


def means_of(scope: Scope, status: StatusFilter | None = None) -> MeansFilter:
    """The means that a scope names."""
    return MeansFilter(units=scope.units, areas=scope.areas, refs=scope.refs, status=status)


async def plan_some(session: Session, found: Sequence[SubscriptionRow], now: datetime) -> None:
    """Let the slots of some subscriptions exist that have something to tell."""
    due_days, wanted = DueDays(session), list[tuple[int, Slot]]()
    next_at: dict[int, datetime | None] = {}
    for row in found:
        days = await due_days.of(row.scope) if row.about is About.MEANS else frozenset()
        wanted += [
            (row.id, slot)
            for slot in slots(row.schedule, rested(row, row.planned_until), now)
            if _has_something(row, slot, days)
        ]
        next_at[row.id] = next_slot(row.schedule, rested(row, now))
    rows = {row.id: row for row in found}
    brought = {
        one.id: _notice(rows[one.subscription_id], one)
        for one in await occurrences.insert_new(session, wanted)
    }
    messages = await outbox.notices_for(session, brought.values(), now)
    await occurrences.bring(session, {one: messages[notice] for one, notice in brought.items()})
    await subscriptions.planned(session, next_at, now)


def _notice(row: SubscriptionRow, occurrence: OccurrenceRow) -> Notice:
    """What brings an occurrence: a digest is of one subscription, a reminder of all of a chat."""
    sort = SORTS[occurrence.kind]
    of = row.id if sort is Sort.DIGEST else None
    return Notice(sort, row.chat_id, row.thread_id, of)


def _has_something(row: SubscriptionRow, slot: Slot, due_days: Iterable[date]) -> bool:
    """Whether a slot can have anything to tell; a digest also tells that there is nothing."""
    match slot.kind:
        case NoticeKind.DIGEST:
            return True
        case NoticeKind.REMINDER:
            return any((due_on - slot.day).days in row.schedule.lead_days for due_on in due_days)
        case _:
            return any(due_on < slot.day for due_on in due_days)


# Composing.


class Gathered:
    """What notices tell of, looked up once for each scope, and anew after whatever changed it."""

    def __init__(self) -> None:
        self._as_of: tuple[int, int] = 0, 0  # the version of the matrix, the last event
        self._rows: dict[tuple[Scope, AsOf], tuple[MeansRow, ...]] = {}
        self._areas: dict[str, str] = {}

    async def refresh(self, session: Session) -> int:
        """Forget what has changed; give the last event."""
        as_of = await matrix_version(session), await last_event(session)
        if as_of != self._as_of or len(self._rows) > MOST_GATHERED:
            self._as_of, self._areas = as_of, await area_names(session)
            self._rows.clear()
        return as_of[1]

    async def rows(self, session: Session, scope: Scope, as_of: AsOf) -> tuple[MeansRow, ...]:
        """The means of a scope, the earliest due first."""
        key = scope, as_of
        if key in self._rows:
            return self._rows[key]
        before, known = self._as_of, self._rows
        rows = tuple(await find_means(session, means_of(scope), as_of))
        if before == self._as_of:  # else somebody else found a change meanwhile
            known[key] = rows
        return rows

    @property
    def areas(self) -> dict[str, str]:
        """The names of the areas by their keys."""
        return self._areas


async def compose(
    services: Services, gathered: Gathered, session: Session, row: OutboxRow
) -> Composed | None:
    """Say what a notice is to say now, in the transaction of its attempt; None for nothing."""
    brought = await occurrences.of_message(session, row.id)
    now = services.clock.now()
    told: list[tuple[SubscriptionRow, list[OccurrenceRow]]] = []
    for subscription_id in dict.fromkeys(one.subscription_id for one in brought):
        found = await subscriptions.read(session, subscription_id)
        if found is not None and await _is_told(services, session, found, now):
            own = [one for one in brought if one.subscription_id == subscription_id]
            told.append((found, own))
    if not told:
        return None
    if row.sort is Sort.REMINDER:
        return await _reminder(session, gathered, told, now)
    [(subscription, own)] = told
    return await digest_of(session, gathered, subscription, now, _missed(own, now))


async def _is_told(
    services: Services, session: Session, row: SubscriptionRow, now: datetime
) -> bool:
    """Whether a subscription is told anything now; one that may read no more is switched off."""
    if row.state is not SubscriptionState.ACTIVE or (row.paused_until or now) > now:
        return False
    if await may_be_told(services, session, row.chat_id, row.about):
        return True
    await subscriptions.close(session, row)
    return False


async def may_be_told(services: Services, session: Session, chat_id: int, about: About) -> bool:
    """Whether a chat may read what is told of; in private the person must hold a role."""
    if chat_id < 0:
        return services.is_open or await is_admitted(session, chat_id)
    access = await access_of(session, chat_id)
    is_admin = chat_id in services.admin_ids
    if about is About.REVIEW:
        return is_admin or _reviews(access)
    return services.is_open or is_admin or bool(access.roles)


def _reviews(access: Access) -> bool:
    return access.has(Role.FOLLOW_UP) or access.has(Role.ADMIN)


def _missed(brought: Sequence[OccurrenceRow], now: datetime) -> tuple[date, ...]:
    """The days on which a notice should have come and did not."""
    if len(brought) == 1 and now - brought[0].due_at <= IN_TIME:
        return ()
    return tuple(one.day for one in brought if now - one.due_at > IN_TIME)


async def digest_of(
    session: Session,
    gathered: Gathered,
    row: SubscriptionRow,
    now: datetime,
    missed: tuple[date, ...] = (),
) -> Composed | None:
    """Compose the digest of a subscription; None where it has nothing to say and is not to."""
    zone = ZoneInfo(row.schedule.zone)
    today = now.astimezone(zone).date()
    as_of = AsOf(today, zone=zone)
    if row.about is About.REVIEW:
        waiting = await waiting_for_review(session, as_of)
        if not waiting and not row.tells_nothing:
            return None
        return Composed(render_review(waiting, row, now, missed))
    head = await gathered.refresh(session)
    rows = await gathered.rows(session, row.scope, as_of)
    still_open = [one for one in rows if one.status in OPEN]
    sunday = today + timedelta(days=6 - today.weekday())
    digest = Digest(
        subscription=row,
        today=today,
        rows=rows,
        late=tuple(one for one in still_open if one.due_on < today),
        this_week=tuple(one for one in still_open if today <= one.due_on <= sunday),
        next_days=tuple(one for one in still_open if sunday < one.due_on <= today + NEXT_DAYS),
        news=await _news(session, row, rows) if head > row.told_event else (),
        missed=missed,
        areas=gathered.areas,
    )
    says = digest.late or digest.this_week or digest.next_days or digest.news
    if not says and not row.tells_nothing:
        return None
    return Composed(render_digest(digest), head)


async def _news(
    session: Session, row: SubscriptionRow, rows: Sequence[MeansRow]
) -> tuple[EventRow, ...]:
    """What happened last to each means since the last digest, in order."""
    scope = {(one.act, one.code) for one in rows}
    newest: dict[tuple[str | None, str | None], EventRow] = {}
    for event in await events_since(session, row.told_event):
        if event.action in TOLD and (event.act, event.code) in scope:
            newest[event.act, event.code] = event
    return tuple(
        sorted(
            (event for event in newest.values() if event.action is not Action.WITHDRAWN),
            key=lambda event: event.id,
        )
    )


async def _reminder(
    session: Session,
    gathered: Gathered,
    told: list[tuple[SubscriptionRow, list[OccurrenceRow]]],
    now: datetime,
) -> Composed | None:
    """Compose one reminder of all that the subscriptions of a chat want to be reminded of."""
    await gathered.refresh(session)
    first = told[0][0]
    zone = ZoneInfo(first.schedule.zone)
    today = now.astimezone(zone).date()
    found: dict[int, MeansRow] = {}
    for row, own in told:
        days = {
            one.day + timedelta(days=lead)
            for one in own
            if one.kind is NoticeKind.REMINDER
            for lead in row.schedule.lead_days
        }
        tells_late = any(one.kind is NoticeKind.LATE for one in own)
        for means in await gathered.rows(session, row.scope, AsOf(today, zone=zone)):
            is_wanted = means.due_on in days or (tells_late and means.due_on < today)
            if is_wanted and means.status in OPEN:
                found[means.id] = means
    if not found:
        return None
    reminder = Reminder(
        scopes=tuple(dict.fromkeys(row.scope for row, _ in told)),
        today=today,
        rows=tuple(sorted(found.values(), key=lambda means: (means.due_on, means.id))),
        missed=_missed([one for _, own in told for one in own], now),
        areas=gathered.areas,
    )
    return Composed(render_reminder(reminder))
