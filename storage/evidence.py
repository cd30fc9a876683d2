"""Evidence: files and links, of a dialogue until an event records them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from storage.engine import Session
from storage.events import EvidenceRow
from storage.models import Event, Evidence
from storage.traffic import DraftRow


async def attach(session: Session, draft: DraftRow, evidence: EvidenceRow, now: datetime) -> bool:
    """Bring evidence to a dialogue; False for a file or link that it has already."""
    twin = Evidence.url == evidence.url if evidence.url else Evidence.sha256 == evidence.sha256
    known = select(Evidence.id).where(Evidence.draft_id == draft.id, twin)
    if (await session.execute(known)).first() is not None:
        return False
    await session.execute(
        insert(Evidence).values(
            draft_id=draft.id,
            label=evidence.label,
            url=evidence.url,
            stored_name=evidence.stored_name,
            mime=evidence.mime,
            size=evidence.size,
            sha256=evidence.sha256,
            added_at=now,
        )
    )
    return True


async def evidence_of_draft(session: Session, draft: DraftRow) -> list[EvidenceRow]:
    """What was brought to a dialogue, in order."""
    query = select(Evidence).where(Evidence.draft_id == draft.id).order_by(Evidence.id)
    return [_evidence(row) for row in await session.scalars(query)]


async def detach_last(session: Session, draft: DraftRow) -> None:
    """Take back what was brought to a dialogue last, if anything was."""
    newest = select(func.max(Evidence.id)).where(Evidence.draft_id == draft.id)
    await session.execute(delete(Evidence).where(Evidence.id == newest.scalar_subquery()))


async def record_evidence(session: Session, draft: DraftRow, event_id: int) -> None:
    """Make the evidence of a dialogue that of an event, for good."""
    recorded = update(Evidence).where(Evidence.draft_id == draft.id)
    await session.execute(recorded.values(draft_id=None, event_id=event_id))


async def evidence_of_means(
    session: Session, means: tuple[str, str], since: int = 0
) -> list[EvidenceRow]:
    """The evidence of a means from an event on, in order."""
    query = (
        select(Evidence)
        .join(Event, Event.id == Evidence.event_id)
        .where(Event.act == means[0], Event.code == means[1], Event.id >= since)
        .order_by(Evidence.id)
    )
    return [_evidence(row) for row in await session.scalars(query)]


async def find_evidence(session: Session, evidence_id: int) -> EvidenceRow | None:
    """One piece of evidence by its id."""
    found = await session.get(Evidence, evidence_id)
    return None if found is None else _evidence(found)


async def means_of_evidence(session: Session, evidence_id: int) -> tuple[str, str] | None:
    """The act and the code of the means that recorded evidence belongs to."""
    query = (
        select(Event.act, Event.code)
        .join(Evidence, Evidence.event_id == Event.id)
        .where(Evidence.id == evidence_id)
    )
    found = (await session.execute(query)).one_or_none()
    return None if found is None else (found.act or "", found.code or "")


async def stored_names(session: Session) -> frozenset[str]:
    """The names of all files that are evidence of something."""
    query = select(Evidence.stored_name).where(Evidence.stored_name.is_not(None))
    return frozenset(name for name in await session.scalars(query) if name is not None)


async def recorded_evidence(session: Session) -> Sequence[tuple[int, EvidenceRow]]:
    """All that is kept as evidence of events: the event, and the file or link."""
    query = select(Evidence).where(Evidence.event_id.is_not(None)).order_by(Evidence.id)
    return [(row.event_id or 0, _evidence(row)) for row in await session.scalars(query)]


async def recorded_files(session: Session) -> Sequence[tuple[int, EvidenceRow]]:
    """The files that events tell of: the event, and the file."""
    found = await recorded_evidence(session)
    return [(event_id, evidence) for event_id, evidence in found if evidence.stored_name]


def _evidence(row: Evidence) -> EvidenceRow:
    return EvidenceRow(
        id=row.id,
        label=row.label,
        url=row.url,
        stored_name=row.stored_name,
        mime=row.mime,
        size=row.size,
        sha256=row.sha256,
    )
