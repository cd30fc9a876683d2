"""What a dialogue has gathered so far, what it lacks, and which means its words point to."""

import re
from collections.abc import Sequence
from typing import Any

from handlers.answers.resolve import resolve
from handlers.question import Question
from handlers.turn import Turn
from handlers.views.drafts import Sheet, render_sheet
from handlers.views.reply import Reply
from storage import drafts
from storage.evidence import evidence_of_draft
from storage.matrix import find_by_id, find_means
from storage.records import Level, MeansFilter, MeansRow, Ref, StatusFilter
from storage.roles import Access
from storage.traffic import DraftKind, DraftRow

CHOICES = 8  # means offered at once
CODE = re.compile(r"(?<![\w.,])\d{1,2}\.\d{1,2}(?!\.?\d)", re.ASCII)


async def active(turn: Turn) -> DraftRow | None:
    """The dialogue to which the sender's words belong here; None when there is none awake."""
    user_id = turn.sender.user_id
    if user_id is None:
        return None
    found = await drafts.of_person(turn.session, turn.place.chat_id, user_id)
    return next((draft for draft in found if not draft.is_asleep), None)


async def own(turn: Turn) -> list[DraftRow]:
    """The dialogues of the sender here, the one touched last first."""
    return await drafts.of_person(turn.session, turn.place.chat_id, turn.sender.user_id or 0)


async def own_open(turn: Turn, access: Access) -> list[MeansRow]:
    """What the sender's units have not handed in, the next due first."""
    wanted = MeansFilter(units=tuple(sorted(access.units)), status=StatusFilter.PENDING)
    return await find_means(turn.session, wanted, turn.as_of)


async def new(turn: Turn, kind: DraftKind, values: dict[str, Any]) -> DraftRow:
    """Begin a dialogue of the sender."""
    return await drafts.begin(
        turn.session,
        kind,
        chat_id=turn.place.chat_id,
        user_id=turn.sender.user_id or 0,
        values=values,
        now=turn.services.clock.now(),
    )


async def changed(turn: Turn, draft: DraftRow, values: dict[str, Any]) -> DraftRow:
    """Keep other values of a dialogue."""
    return await drafts.change(turn.session, draft, values, turn.services.clock.now())


def offered(rows: Sequence[MeansRow]) -> dict[str, Any]:
    """What a dialogue keeps of the means that are offered."""
    return {"choices": [row.id for row in rows[:CHOICES]]}


async def sheet(turn: Turn, draft: DraftRow, hint: str = "") -> Reply:
    """What will be recorded so far, and what is missing."""
    return render_sheet(await _sheet(turn, draft, hint))


async def _sheet(turn: Turn, draft: DraftRow, hint: str = "") -> Sheet:
    session, values = turn.session, draft.values
    evidence = tuple(await evidence_of_draft(session, draft))
    means_id = values.get("means")
    choices = [
        await find_by_id(session, choice, turn.as_of) for choice in values.get("choices", ())
    ]
    return Sheet(
        draft=draft,
        means=None if means_id is None else await find_by_id(session, means_id, turn.as_of),
        choices=tuple(row for row in choices if row is not None),
        evidence=evidence,
        asks=missing(draft, has_evidence=bool(evidence)),
        in_group=not turn.place.is_private,
        hint=hint,
    )


def missing(draft: DraftRow, *, has_evidence: bool) -> str | None:
    """Name what a dialogue asks for next, as `QUESTIONS` does; None when it is complete."""
    values, awaits = draft.values, draft.values.get("awaits")
    asked: str | None = None
    if values.get("means") is None:
        asked = "means"
    elif draft.kind is DraftKind.OBSERVE:
        asked = "reason" if awaits or not values.get("note") else None
    elif draft.kind is DraftKind.REPROGRAM:
        if awaits == "due_on" or not values.get("due_on"):
            asked = "due_on"
        elif awaits == "document" or not values.get("document"):
            asked = "support"
    elif awaits:
        asked = awaits
    elif not has_evidence:
        asked = "evidence"
    return asked


async def code_of(turn: Turn, draft: DraftRow) -> str | None:
    """The code of the means that a dialogue is about."""
    means_id = draft.values.get("means")
    row = None if means_id is None else await find_by_id(turn.session, means_id, turn.as_of)
    return None if row is None else row.code


async def read(turn: Turn, text: str, previous: Question | None = None) -> Question:
    """Read words as a question."""
    reader = await turn.reader()
    return reader.read(text, turn.services.clock.today(), previous)


async def picked(turn: Turn, draft: DraftRow, question: Question) -> MeansRow | None:
    """The one means that words point to, by its number or by its place among those offered."""
    choices = draft.values.get("choices", [])
    if question.nth and not question.wanted.refs:
        at = question.nth[0] - 1 if question.nth[0] > 0 else question.nth[0]
        if len(question.nth) == 1 and -len(choices) <= at < len(choices):
            return await find_by_id(turn.session, choices[at], turn.as_of)
    if not question.wanted.refs:
        return None
    rows = await pointed(turn, question)
    return rows[0] if len(rows) == 1 else None


async def pointed(turn: Turn, question: Question) -> list[MeansRow]:
    """The means that a question names."""
    resolved = await resolve(turn.session, question, turn.as_of)
    return await find_means(turn.session, resolved.wanted, turn.as_of)


async def own_coded(turn: Turn, access: Access, words: str) -> list[MeansRow]:
    """The sender's means whose codes stand among words that are no question: «12.1 sjm»."""
    refs = tuple(Ref(Level.MEANS, code) for code in dict.fromkeys(CODE.findall(words)))
    wanted = MeansFilter(refs=refs, units=tuple(sorted(access.units)))
    return await find_means(turn.session, wanted, turn.as_of) if refs else []
