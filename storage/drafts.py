"""Dialogues that are not finished, and the evidence that was brought to them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from storage.engine import Session
from storage.models import Draft
from storage.traffic import DraftKind, DraftRow


async def begin(  # noqa: PLR0913 - whose dialogue, where, about what
    session: Session,
    kind: DraftKind,
    *,
    chat_id: int,
    user_id: int,
    values: dict[str, Any],
    now: datetime,
) -> DraftRow:
    """Begin a dialogue; it is the one that the person's next words belong to."""
    added = insert(Draft).values(
        chat_id=chat_id,
        user_id=user_id,
        kind=kind,
        values=values,
        revision=0,
        touched_at=now,
        is_asleep=False,
    )
    draft_id = (await session.execute(added.returning(Draft.id))).scalar_one()
    return DraftRow(
        id=draft_id,
        chat_id=chat_id,
        user_id=user_id,
        kind=kind,
        values=values,
        revision=0,
        touched_at=now,
        is_asleep=False,
    )


async def find(session: Session, draft_id: int) -> DraftRow | None:
    """A dialogue by its id, whoever's it is; nobody else can go on with it meanwhile."""
    found = await session.scalar(select(Draft).where(Draft.id == draft_id).with_for_update())
    return None if found is None else _row(found)


async def of_person(session: Session, chat_id: int, user_id: int) -> list[DraftRow]:
    """The dialogues of somebody in a chat, the one touched last first."""
    query = select(Draft).where(Draft.user_id == user_id, Draft.chat_id == chat_id)
    newest = query.order_by(Draft.touched_at.desc(), Draft.id.desc())
    return [_row(draft) for draft in await session.scalars(newest)]


async def change(
    session: Session, draft: DraftRow, values: dict[str, Any], now: datetime
) -> DraftRow:
    """Put other values in a dialogue, awake it, and count the change."""
    changed = replace(
        draft, values=values, revision=draft.revision + 1, touched_at=now, is_asleep=False
    )
    await session.execute(
        update(Draft)
        .where(Draft.id == draft.id)
        .values(values=values, revision=changed.revision, touched_at=now, is_asleep=False)
    )
    return changed


async def discard(session: Session, draft: DraftRow) -> None:
    """End a dialogue; evidence that no event has recorded goes with it."""
    await session.execute(delete(Draft).where(Draft.id == draft.id))


async def idle(session: Session, before: datetime) -> list[DraftRow]:
    """The dialogues that nobody touched since, and that are awake."""
    query = select(Draft).where(Draft.touched_at < before, Draft.is_asleep.is_(False))
    return [_row(draft) for draft in await session.scalars(query.order_by(Draft.id))]


async def put_to_sleep(session: Session, draft: DraftRow) -> None:
    """Let a dialogue rest: words no longer belong to it until it is taken up again."""
    await session.execute(update(Draft).where(Draft.id == draft.id).values(is_asleep=True))


async def discard_older(session: Session, before: datetime) -> None:
    """End the dialogues that nobody came back to."""
    await session.execute(delete(Draft).where(Draft.touched_at < before))


def _row(draft: Draft) -> DraftRow:
    return DraftRow(
        id=draft.id,
        chat_id=draft.chat_id,
        user_id=draft.user_id,
        kind=DraftKind(draft.kind),
        values=draft.values,
        revision=draft.revision,
        touched_at=draft.touched_at,
        is_asleep=draft.is_asleep,
    )
