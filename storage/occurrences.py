"""The times at which a subscription was to tell something: each exists once."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.engine import Session
from storage.models import Occurrence
from storage.notices import NoticeKind, OccurrenceRow, Slot


async def insert_new(
    session: Session, subscription_id: int, slots: Sequence[Slot]
) -> list[OccurrenceRow]:
    """Let slots exist that do not yet; give these, in order."""
    if not slots:
        return []
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    values = [
        {
            "subscription_id": subscription_id,
            "kind": slot.kind,
            "day": slot.day,
            "due_at": slot.due_at,
        }
        for slot in slots
    ]
    added = insert(Occurrence).values(values).on_conflict_do_nothing().returning(Occurrence)
    rows = [_row(row) for row in await session.scalars(added)]
    return sorted(rows, key=lambda row: (row.due_at, row.id))


async def bring(session: Session, rows: Sequence[OccurrenceRow], outbox_id: int) -> None:
    """Note which message brings them."""
    brought = update(Occurrence).where(Occurrence.id.in_([row.id for row in rows]))
    await session.execute(brought.values(outbox_id=outbox_id))


async def of_message(session: Session, outbox_id: int) -> list[OccurrenceRow]:
    """What a message brings, in order."""
    query = select(Occurrence).where(Occurrence.outbox_id == outbox_id)
    ordered = query.order_by(Occurrence.due_at, Occurrence.id)
    return [_row(row) for row in await session.scalars(ordered)]


async def of_subscription(session: Session, subscription_id: int) -> list[OccurrenceRow]:
    """All that a subscription ever had, in order."""
    query = select(Occurrence).where(Occurrence.subscription_id == subscription_id)
    ordered = query.order_by(Occurrence.due_at, Occurrence.id)
    return [_row(row) for row in await session.scalars(ordered)]


def _row(row: Occurrence) -> OccurrenceRow:
    return OccurrenceRow(row.id, row.subscription_id, NoticeKind(row.kind), row.day, row.due_at)
