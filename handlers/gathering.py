"""What people say in a dialogue becomes what will be recorded: documents, days, links, notes."""

from datetime import date
from typing import Any

from handlers.drafting import changed, sheet
from handlers.language.document_days import document_days
from handlers.language.documents import document_refs
from handlers.language.links import links
from handlers.language.new_days import new_days
from handlers.language.replies import is_agreement
from handlers.turn import Turn
from handlers.views import marks as said
from handlers.views.reply import Reply
from storage.acts import met_on
from storage.events import EvidenceRow
from storage.evidence import attach, evidence_of_draft
from storage.matrix import find_by_id
from storage.records import MeansRow
from storage.traffic import DraftKind, DraftRow

MOST_EVIDENCE = 20  # files and links of one dialogue
NOTE_CHARS, DOCUMENT_CHARS = 1000, 120
NO_DAY = "🤔 No vi ahí un día exacto."
NO_WORDS = "🤔 No vi ahí palabras, así que no anoté nada."
NO_DOCUMENT = "🤔 No vi ahí un documento, así que no anoté nada."
SEVERAL_DAYS = "🤔 Vi varias fechas; escriba solo la nueva."
PAST_DUE = "⚠️ La nueva fecha tiene que ser de hoy en adelante."
SAME_DUE = "⚠️ Esa ya es su fecha."
TWICE = "Ese archivo o enlace ya estaba; no lo repetí."
FULL = f"⚠️ Un registro lleva hasta {MOST_EVIDENCE} archivos y enlaces; ese no se agregó."
CUT_NOTE = f"⚠️ Es muy largo: guardé las primeras {NOTE_CHARS} letras; el resto, en un archivo."


def brings(text: str) -> bool:
    """Whether a text brings evidence, or names a document."""
    return bool(document_refs(text) or links(text))


async def take_answer(turn: Turn, draft: DraftRow, asked: str, text: str) -> Reply:
    """Take words as the answer to what was asked."""
    noted: dict[str, Any] = {}
    hint = ""
    refs = document_refs(text)
    if not any(sign.isalnum() for sign in text):
        return await sheet(turn, draft, NO_WORDS)
    if asked in {"document", "support"} and not refs and _is_no_document(asked, text):
        found = draft.kind is DraftKind.SUBMIT and links(text)
        return await (take_in(turn, draft, text) if found else sheet(turn, draft, NO_DOCUMENT))
    match asked:
        case "note" | "reason":
            noted["note"], hint = note_of(text)
        case "document" | "support":
            named = refs[0] if refs else text.strip()[:DOCUMENT_CHARS]
            noted, hint = await document_noted(turn, draft, named, text)
        case "document_on":
            day, hint = await _document_day(turn, draft, text)
            if day is None:
                return await sheet(turn, draft, hint or NO_DAY)
            noted["document_on"] = day.isoformat()
        case _:
            day, about, hint = await _new_due(turn, draft, text)
            if refs:
                noted, problem = await document_noted(turn, draft, refs[0], about)
                hint = hint or problem
            if day is None:
                draft = await changed(turn, draft, draft.values | noted)
                return await sheet(turn, draft, hint)
            noted["due_on"] = day.isoformat()
    draft = await changed(turn, draft, draft.values | noted | {"awaits": None})
    return await sheet(turn, draft, hint)


def _is_no_document(asked: str, text: str) -> bool:
    """Whether words name no document; one that allows something has a number."""
    has_number = any(sign.isdigit() for sign in text)
    return is_agreement(text) or bool(links(text)) or (asked == "support" and not has_number)


async def take_in(turn: Turn, draft: DraftRow, text: str, hint: str = "") -> Reply:
    """Note what a text names; give what will be recorded now."""
    return await sheet(turn, *await noted_from(turn, draft, text, hint))


async def noted_from(
    turn: Turn, draft: DraftRow, text: str, hint: str = ""
) -> tuple[DraftRow, str]:
    """Note the links, the document and its date that a text names; give what is to be said."""
    found = [EvidenceRow(label=link, url=link) for link in links(text)]
    hints = [hint, *[await attach_to(turn, draft, link) for link in found]]
    noted: dict[str, Any] = {}
    if refs := document_refs(text):
        noted, problem = await document_noted(turn, draft, refs[0], text)
        hints.append(problem)
        if draft.values.get("awaits") == "document":
            noted["awaits"] = None
    draft = await changed(turn, draft, draft.values | noted)
    return draft, "\n".join(dict.fromkeys(each for each in hints if each))


async def document_noted(
    turn: Turn, draft: DraftRow, named: str, text: str
) -> tuple[dict[str, Any], str]:
    """What is noted of a document that a text names; another one has another day."""
    day, hint = await _document_day(turn, draft, text)
    noted: dict[str, Any] = {"document": named}
    if day is not None or draft.values.get("document") not in {None, named}:
        noted["document_on"] = None if day is None else day.isoformat()
    return noted, hint


async def _document_day(turn: Turn, draft: DraftRow, text: str) -> tuple[date | None, str]:
    """The day of a document that a text names; with what is wrong with one that cannot be."""
    today = turn.services.clock.today()
    days = document_days(text, today)
    means_id = draft.values.get("means")
    row = None if means_id is None else await find_by_id(turn.session, means_id, turn.as_of)
    if not days or row is None:
        return (days[0] if days and days[0] <= today else None), ""
    problem = await wrong_day_of(turn, row, days[0])
    return (None, problem) if problem else (days[0], "")


async def wrong_day_of(turn: Turn, row: MeansRow, day: date) -> str:
    """Why a document about a means cannot be of a day; nothing when it can."""
    today = turn.services.clock.today()
    return said.wrong_day(day, today, await met_on(turn.session, row.act)) or ""


async def _new_due(turn: Turn, draft: DraftRow, text: str) -> tuple[date | None, str, str]:
    """The new due day that a text names, the words about a document, and what is wrong."""
    today = turn.services.clock.today()
    days, about = new_days(text, today)
    row = await find_by_id(turn.session, draft.values["means"], turn.as_of)
    if not days:
        problem = NO_DAY
    elif len(days) > 1:
        problem = SEVERAL_DAYS
    elif days[0] < today:
        problem = PAST_DUE
    elif row is not None and row.due_on == days[0]:
        problem = SAME_DUE
    else:
        return days[0], about, ""
    return None, about, problem


async def attach_to(turn: Turn, draft: DraftRow, evidence: EvidenceRow) -> str:
    """Bring evidence to a dialogue; give what is to be said where it was not taken."""
    if len(await evidence_of_draft(turn.session, draft)) >= MOST_EVIDENCE:
        return FULL
    is_new = await attach(turn.session, draft, evidence, turn.services.clock.now())
    return "" if is_new else TWICE


def note_of(text: str) -> tuple[str, str]:
    """A note as it is kept, and what is to be said where it is cut."""
    note = text.strip()
    return note[:NOTE_CHARS], CUT_NOTE if len(note) > NOTE_CHARS else ""
