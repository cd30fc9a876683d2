"""The times at which a subscription was to tell something: each exists once."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.engine import Session
from storage.models import Occurrence
from storage.notices import NoticeKind, OccurrenceRow, Slot

AT_ONCE = 500  # rows of one statement


async def insert_new(session: Session, slots: Sequence[tuple[int, Slot]]) -> list[OccurrenceRow]:
    """Let slots exist that do not yet, each of a subscription; give these, in order."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    rows: list[OccurrenceRow] = []
    for first in range(0, len(slots), AT_ONCE):
        values = [
            {
                "subscription_id": subscription_id,
                "kind": slot.kind,
                "day": slot.day,
                "due_at": slot.due_at,
            }
            for subscription_id, slot in slots[first : first + AT_ONCE]
        ]
        added = insert(Occurrence).values(values).on_conflict_do_nothing().returning(Occurrence)
        rows += [_row(row) for row in await session.scalars(added)]
    return sorted(rows, key=lambda row: (row.due_at, row.id))


async def exists(session: Session, subscription_id: int, kind: NoticeKind, day: date) -> bool:
    """Whether a subscription has an occurrence of a kind on a local day."""
    query = select(Occurrence.id).where(
        Occurrence.subscription_id == subscription_id,
        Occurrence.kind == kind,
        Occurrence.day == day,
    )
    return await session.scalar(query) is not None


async def bring(session: Session, messages: Mapping[int, int]) -> None:
    """Note which message brings each occurrence, by their ids."""
    if messages:
        brought = update(Occurrence).where(Occurrence.id == bindparam("of"))
        connection = await session.connection()
        await connection.execute(
            brought.values(outbox_id=bindparam("by")),
            [{"of": of, "by": by} for of, by in messages.items()],
        )


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
