from datetime import UTC, datetime, time, timedelta

from storage import subscriptions
from storage.engine import Database, Session
from storage.notices import (
    About,
    NoticeKind,
    Rhythm,
    Schedule,
    Scope,
    Slot,
    SubscriptionRow,
    SubscriptionState,
)
from storage.occurrences import bring, insert_new, of_message, of_subscription
from storage.records import Level, Ref

NOW = datetime(2021, 5, 14, 15, tzinfo=UTC)
MONDAY = datetime(2021, 5, 17, 13, tzinfo=UTC)
GROUP = -1_001_234_567_890
SCOPE = Scope(("UT", "UTAI"), ("capacitacion",), (Ref(Level.MEANS, "12.1"),))
SCHEDULE = Schedule(
    rhythm=Rhythm.MONTHLY,
    weekdays=(1, 4),
    month_day=31,
    at=time(17, 30),
    zone="Europe/Madrid",
    lead_days=(15, 0),
    tells_late=False,
)


async def subscribed(
    session: Session, chat: tuple[int, int | None] = (GROUP, None), next_at: datetime = MONDAY
) -> SubscriptionRow:
    return await subscriptions.subscribe(
        session,
        chat,
        "Equipo «UTAI»",
        about=About.MEANS,
        scope=SCOPE,
        schedule=SCHEDULE,
        next_at=next_at,
        told_event=7,
        created_by=5_000_000_001,
        now=NOW,
    )


async def test_a_subscription_is_found_as_it_was_kept(database: Database) -> None:
    async with database.write() as session:
        kept = await subscribed(session, (GROUP, 5))
        await subscribed(session, (GROUP, None))

    async with database.session() as session:
        found = await subscriptions.of_chat(session, (GROUP, 5))

    assert found == [kept]
    assert (kept.scope, kept.schedule) == (SCOPE, SCHEDULE)
    assert (kept.title, kept.told_event, kept.planned_until) == ("Equipo «UTAI»", 7, NOW)


async def test_only_what_is_active_falls_due_and_the_earliest_first(database: Database) -> None:
    async with database.write() as session:
        later = await subscribed(session, next_at=MONDAY + timedelta(hours=1))
        first = await subscribed(session)
        ended = await subscribed(session)
        await subscriptions.end(session, ended)

    async with database.write() as session:
        at_eight = await subscriptions.due(session, MONDAY, 10)
        at_nine = await subscriptions.due(session, MONDAY + timedelta(hours=1), 10)
        one = await subscriptions.due(session, MONDAY + timedelta(hours=1), 1)

    assert [row.id for row in at_eight] == [first.id]
    assert [row.id for row in at_nine] == [first.id, later.id]
    assert [row.id for row in one] == [first.id]


async def test_a_closed_chat_is_told_nothing_until_it_is_revived(database: Database) -> None:
    async with database.write() as session:
        kept = await subscribed(session)
        other = await subscribed(session, (GROUP - 1, None))

        closed = await subscriptions.close_chat(session, GROUP)
        none = await subscriptions.close_chat(session, GROUP)
        [shown] = await subscriptions.of_chat(session, (GROUP, None))
        due = await subscriptions.due(session, MONDAY, 10)
        await subscriptions.revive(session, shown, MONDAY, MONDAY + timedelta(days=7))
        after = await subscriptions.find(session, kept.id)

    assert [row.id for row in closed] == [kept.id]
    assert none == []
    assert shown.state is SubscriptionState.CLOSED
    assert [row.id for row in due] == [other.id]
    assert after is not None
    assert (after.state, after.planned_until) == (SubscriptionState.ACTIVE, MONDAY)


async def test_a_group_is_followed_to_its_new_id(database: Database) -> None:
    async with database.write() as session:
        kept = await subscribed(session, (-5, 3))
        await subscriptions.move_chat(session, -5, GROUP)
        found = await subscriptions.of_chat(session, (GROUP, 3))

    assert [row.id for row in found] == [kept.id]


async def test_a_slot_exists_once(database: Database) -> None:
    digest = Slot(NoticeKind.DIGEST, MONDAY.date(), MONDAY)
    reminder = Slot(NoticeKind.REMINDER, MONDAY.date(), MONDAY)
    next_day = Slot(NoticeKind.REMINDER, MONDAY.date() + timedelta(days=1), MONDAY)

    async with database.write() as session:
        kept = await subscribed(session)
        first = await insert_new(session, [(kept.id, digest), (kept.id, reminder)])
        again = await insert_new(session, [(kept.id, digest), (kept.id, next_day)])
        await bring(session, {one.id: 9 for one in first})
        brought = await of_message(session, 9)
        everything = await of_subscription(session, kept.id)

    assert [one.kind for one in first] == [NoticeKind.DIGEST, NoticeKind.REMINDER]
    assert [one.day for one in again] == [next_day.day]
    assert brought == first
    assert len(everything) == 3
