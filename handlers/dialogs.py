"""The dialogue before something is recorded: it asks for what is missing, and can be left."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from handlers import deeds
from handlers.answers.resolve import resolve
from handlers.deeds import RefusedError
from handlers.language.document_days import document_days
from handlers.language.documents import document_refs
from handlers.language.links import links
from handlers.language.new_days import is_only_when, new_days
from handlers.language.replies import is_agreement, is_withdrawal
from handlers.permission import ACTIONS, Deed, role_for
from handlers.question import Intent, Question, Trouble
from handlers.turn import Turn
from handlers.views import marks as said
from handlers.views.drafts import (
    Sheet,
    cancelled,
    left_open,
    nothing_open,
    open_ones,
    render_sheet,
)
from handlers.views.reply import Reply
from storage import drafts
from storage.acts import met_on
from storage.errors import ConflictError
from storage.events import OPEN, TRANSITIONS, EvidenceRow
from storage.evidence import attach, evidence_of_draft, record_evidence
from storage.evidence_files import StoredEvidence
from storage.marks import last_submission
from storage.matrix import find_by_id, find_means
from storage.records import Level, MeansFilter, MeansRow, Ref, Status, StatusFilter
from storage.roles import Access
from storage.text import word_keys
from storage.traffic import DraftKind, DraftRow

CHOICES = 8  # means offered at once
MOST_EVIDENCE = 20  # files and links of one dialogue
NOTE_CHARS, DOCUMENT_CHARS = 1000, 120
NOT_SEEN = "🤔 No vi ahí un archivo, un enlace ni un N° de documento, así que no anoté nada."
NOT_PICKED = "🤔 No vi ahí cuál es: toque uno o escriba su número, por ejemplo <b>12.1</b>."
NOT_FOUND = "🤔 No encontré en la matriz el medio que dice."
NOT_NEEDED = "🤔 No vi ahí nada que cambiar, así que no anoté nada."
NO_DAY = "🤔 No vi ahí un día exacto."
NO_WORDS = "🤔 No vi ahí palabras, así que no anoté nada."
NO_DOCUMENT = "🤔 No vi ahí un documento, así que no anoté nada."
SEVERAL_DAYS = "🤔 Vi varias fechas; escriba solo la nueva."
PAST_DUE = "⚠️ La nueva fecha tiene que ser de hoy en adelante."
SAME_DUE = "⚠️ Esa ya es su fecha."
TWICE = "Ese archivo o enlace ya estaba; no lo repetí."
CHANGED = "⚠️ Esto cambió desde que vio ese botón; revise cómo está ahora."
FULL = f"⚠️ Un registro lleva hasta {MOST_EVIDENCE} archivos y enlaces; ese no se agregó."
CUT_NOTE = f"⚠️ Es muy largo: guardé las primeras {NOTE_CHARS} letras; el resto, en un archivo."
FIELDS = {  # what each button of a dialogue asks for again
    DraftKind.SUBMIT: {"doc": "document", "day": "document_on", "note": "note"},
    DraftKind.OBSERVE: {"note": "note"},
    DraftKind.REPROGRAM: {"doc": "document", "due": "due_on"},
}
CODE = re.compile(r"(?<![\w.,])\d{1,2}\.\d{1,2}(?!\.?\d)", re.ASCII)
NO_QUESTIONS = frozenset({"document", "support", "document_on", "due_on"})  # is what they ask for


async def active(turn: Turn) -> DraftRow | None:
    """The dialogue to which the sender's words belong here; None when there is none awake."""
    user_id = turn.sender.user_id
    if user_id is None:
        return None
    found = await drafts.of_person(turn.session, turn.place.chat_id, user_id)
    return next((draft for draft in found if not draft.is_asleep), None)


# Beginning.


async def begin(
    turn: Turn, rows: Sequence[MeansRow], text: str = "", *, points: bool = False
) -> Reply:
    """Begin to record means that words point to; none pointed to asks which.

    Args:
        turn: of who begins.
        rows: the means that the words point to.
        text: the words, which may name a document and links too.
        points: whether the words point to means at all, be it in vain.

    Raises:
        RefusedError: the sender may mark none of them.
    """
    access = await turn.access()
    if turn.sender.user_id is None:
        raise RefusedError(said.ANONYMOUS)
    if not access.units:
        raise RefusedError(said.NOT_FOCAL)
    own = [row for row in rows if role_for(Deed.SUBMIT, access, row.units) is not None]
    if rows and not own:
        raise RefusedError(said.foreign(rows[0], access.units))
    choices = own or await own_open(turn, access)
    still_open = [row for row in choices if row.status in OPEN]
    chosen = still_open or choices if rows and len(choices) > 1 else choices
    if rows and len(chosen) == 1:
        draft, hint = await _about(turn, DraftKind.SUBMIT, chosen[0])
    else:
        draft = await _new(turn, DraftKind.SUBMIT, _choices(chosen))
        hint = NOT_FOUND if points and not rows else ""
    return await _take_in(turn, draft, text, hint)


def _choices(rows: Sequence[MeansRow]) -> dict[str, Any]:
    """What a dialogue keeps of the means that are offered."""
    return {"choices": [row.id for row in rows[:CHOICES]]}


async def begin_at(turn: Turn, row: MeansRow, deed: Deed) -> Reply:
    """Begin to record about one means, from its button.

    Raises:
        RefusedError: the sender may not, or it cannot be done to a means that stands so.
    """
    await deeds.role_in(turn, deed, row)
    if deed in said.NOT_SO and row.status not in TRANSITIONS[ACTIONS[deed]].sources:
        raise RefusedError(said.NOT_SO[deed])
    kind = {Deed.OBSERVE: DraftKind.OBSERVE, Deed.REPROGRAM: DraftKind.REPROGRAM}.get(
        deed, DraftKind.SUBMIT
    )
    draft, hint = await _about(turn, kind, row)
    return await sheet(turn, draft, hint)


async def _about(turn: Turn, kind: DraftKind, row: MeansRow) -> tuple[DraftRow, str]:
    """Take up the dialogue of a kind about a means, or begin one; give what is to be said too.

    Raises:
        RefusedError: nothing can be recorded about it.
    """
    own = await _own(turn)
    left = [draft for draft in own if draft.kind is kind and draft.values.get("means") == row.id]
    return await choose(turn, left[0] if left else await _new(turn, kind, {}), row)


async def _new(turn: Turn, kind: DraftKind, values: dict[str, Any]) -> DraftRow:
    return await drafts.begin(
        turn.session,
        kind,
        chat_id=turn.place.chat_id,
        user_id=turn.sender.user_id or 0,
        values=values,
        now=turn.services.clock.now(),
    )


async def own_open(turn: Turn, access: Access) -> list[MeansRow]:
    """What the sender's units have not handed in, the next due first."""
    wanted = MeansFilter(units=tuple(sorted(access.units)), status=StatusFilter.PENDING)
    return await find_means(turn.session, wanted, turn.as_of)


async def choose(turn: Turn, draft: DraftRow, row: MeansRow) -> tuple[DraftRow, str]:
    """Make a dialogue one about a means as it stands now; give it with what is to be said.

    Raises:
        RefusedError: nothing can be recorded about it.
    """
    adds, hint = False, ""
    if draft.kind is DraftKind.SUBMIT:
        await deeds.role_in(turn, Deed.SUBMIT, row)
        adds = row.status is Status.SUBMITTED
        if row.status in {Status.SUBMITTED, Status.VERIFIED}:
            submission = await last_submission(turn.session, (row.act, row.code))
            clock = turn.services.clock
            stands = said.standing(row, submission, clock.timezone, clock.today())
            hint = said.already(stands, is_verified=not adds)
            if not adds:
                await drafts.discard(turn.session, draft)
                raise RefusedError(hint)
    values = draft.values | {"means": row.id, "seen": row.last_event, "adds": adds, "choices": []}
    if values.get("document_on"):  # it was named before the act was known
        problem = await _wrong_day(turn, row, date.fromisoformat(values["document_on"]))
        values |= {"document_on": None} if problem else {}
        hint = "\n".join(each for each in (hint, problem) if each)
    return await _changed(turn, draft, values), hint


async def _changed(turn: Turn, draft: DraftRow, values: dict[str, Any]) -> DraftRow:
    return await drafts.change(turn.session, draft, values, turn.services.clock.now())


# Showing.


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


async def remind(turn: Turn, draft: DraftRow, reply: Reply) -> Reply:
    """Say below another answer that a dialogue is still open."""
    still = await drafts.find(turn.session, draft.id)
    if still is None or still.kind is DraftKind.REQUEST or _is_sheet(reply):
        return reply
    return Reply((*reply.blocks, left_open(draft, await code_of(turn, draft))), reply.buttons)


def _is_sheet(reply: Reply) -> bool:
    """Whether a reply is the sheet of a dialogue."""
    return any(button.data.startswith("d:") for row in reply.buttons for button in row)


async def code_of(turn: Turn, draft: DraftRow) -> str | None:
    """The code of the means that a dialogue is about."""
    means_id = draft.values.get("means")
    row = None if means_id is None else await find_by_id(turn.session, means_id, turn.as_of)
    return None if row is None else row.code


# Hearing.


async def hear(turn: Turn, draft: DraftRow, text: str) -> Reply | None:
    """Take words as part of a dialogue; None when they are something else.

    Raises:
        RefusedError: what they ask for may not be recorded.
    """
    if is_withdrawal(text):
        return await cancel(turn, draft)
    asked = missing(draft, has_evidence=True)
    if is_only_when(text):
        is_day = bool(document_days(text, turn.services.clock.today()))
        asked = _day_asked(draft, asked, is_day=is_day)
    if asked is not None and asked != "means":
        is_question = asked in NO_QUESTIONS and bool({"?", "¿"} & set(text))
        return None if is_question else await _answered(turn, draft, asked, text)
    if asked == "means":
        return await _pointed_or_lost(turn, draft, text)
    if draft.kind is not DraftKind.OBSERVE and (document_refs(text) or links(text)):
        return await _take_in(turn, draft, text)
    is_whole = missing(draft, has_evidence=bool(await evidence_of_draft(turn.session, draft)))
    if is_agreement(text) and is_whole is None:
        return await confirm(turn, draft)
    return await _added_or_lost(turn, draft, text)


def _day_asked(draft: DraftRow, asked: str | None, *, is_day: bool) -> str | None:
    """What words that say when are the answer to, which need not be what was asked last."""
    if draft.kind is DraftKind.REPROGRAM:
        return "due_on"
    is_of_document = draft.kind is DraftKind.SUBMIT and bool(draft.values.get("document"))
    return "document_on" if asked is None and is_of_document and is_day else asked


async def _pointed_or_lost(turn: Turn, draft: DraftRow, text: str) -> Reply | None:
    """Take words that pick a means, or that say nothing; None for a question."""
    question = await _read(turn, text, Question(intent=Intent.LIST))
    row = await _picked(turn, draft, question)
    if row is not None:
        draft, hint = await choose(turn, draft, row)
        return await _take_in(turn, draft, text, hint)
    if document_refs(text) or links(text):
        return await _take_in(turn, draft, text)
    is_lost = _says_nothing(question) or _says_nothing(await _read(turn, text))
    return await sheet(turn, draft, NOT_PICKED) if is_lost else None


async def _added_or_lost(turn: Turn, draft: DraftRow, text: str) -> Reply | None:
    """Take words into a dialogue that asks for nothing more; None for a question."""
    if not _says_nothing(await _read(turn, text)):
        return None
    if draft.kind is DraftKind.SUBMIT:
        return await sheet(turn, draft, NOT_SEEN)
    if draft.kind is DraftKind.REPROGRAM:
        return await sheet(turn, draft, NOT_NEEDED)
    note, hint = _note(f"{draft.values['note']}\n{text}")  # a reason comes in several messages
    return await sheet(turn, await _changed(turn, draft, draft.values | {"note": note}), hint)


def _says_nothing(question: Question) -> bool:
    """Whether words are no question at all."""
    return question.intent is Intent.UNKNOWN and question.trouble is not Trouble.IMPOSSIBLE_DATE


def _note(text: str) -> tuple[str, str]:
    """A note as it is kept, and what is to be said where it is cut."""
    note = text.strip()
    return note[:NOTE_CHARS], CUT_NOTE if len(note) > NOTE_CHARS else ""


async def _answered(turn: Turn, draft: DraftRow, asked: str, text: str) -> Reply:
    """Take words as the answer to what was asked."""
    noted: dict[str, Any] = {}
    hint = ""
    refs = document_refs(text)
    is_empty = not any(sign.isalnum() for sign in text)
    if is_empty or (asked in {"document", "support"} and not refs and is_agreement(text)):
        return await sheet(turn, draft, NO_WORDS if is_empty else NO_DOCUMENT)
    match asked:
        case "note" | "reason":
            noted["note"], hint = _note(text)
        case "document" | "support":
            named = refs[0] if refs else text.strip()[:DOCUMENT_CHARS]
            noted, hint = await _document(turn, draft, named, text)
        case "document_on":
            day, hint = await _document_day(turn, draft, text)
            if day is None:
                return await sheet(turn, draft, hint or NO_DAY)
            noted["document_on"] = day.isoformat()
        case _:
            day, about, hint = await _new_due(turn, draft, text)
            if refs:
                noted, problem = await _document(turn, draft, refs[0], about)
                hint = hint or problem
            if day is None:
                draft = await _changed(turn, draft, draft.values | noted)
                return await sheet(turn, draft, hint)
            noted["due_on"] = day.isoformat()
    draft = await _changed(turn, draft, draft.values | noted | {"awaits": None})
    return await sheet(turn, draft, hint)


async def _take_in(turn: Turn, draft: DraftRow, text: str, hint: str = "") -> Reply:
    """Note the links, the document and its date that a text names."""
    found = [EvidenceRow(label=link, url=link) for link in links(text)]
    hints = [hint, *[await _attach(turn, draft, link) for link in found]]
    noted: dict[str, Any] = {}
    if refs := document_refs(text):
        noted, problem = await _document(turn, draft, refs[0], text)
        hints.append(problem)
        if draft.values.get("awaits") == "document":
            noted["awaits"] = None
    draft = await _changed(turn, draft, draft.values | noted)
    return await sheet(turn, draft, "\n".join(dict.fromkeys(each for each in hints if each)))


async def _document(
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
    problem = await _wrong_day(turn, row, days[0])
    return (None, problem) if problem else (days[0], "")


async def _wrong_day(turn: Turn, row: MeansRow, day: date) -> str:
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


async def _attach(turn: Turn, draft: DraftRow, evidence: EvidenceRow) -> str:
    """Bring evidence to a dialogue; give what is to be said where it was not taken."""
    if len(await evidence_of_draft(turn.session, draft)) >= MOST_EVIDENCE:
        return FULL
    is_new = await attach(turn.session, draft, evidence, turn.services.clock.now())
    return "" if is_new else TWICE


async def _read(turn: Turn, text: str, previous: Question | None = None) -> Question:
    reader = await turn.reader()
    return reader.read(text, turn.services.clock.today(), previous)


async def _picked(turn: Turn, draft: DraftRow, question: Question) -> MeansRow | None:
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


# Files.


async def bring(turn: Turn, stored: StoredEvidence, caption: str) -> Reply:
    """Take a file that was sent: into the open dialogue, or into one that it begins.

    Raises:
        RefusedError: the sender may mark nothing, or nothing that the words name.
    """
    file = EvidenceRow(
        label=stored.label,
        stored_name=stored.name,
        mime=stored.mime,
        size=stored.size,
        sha256=stored.sha256,
    )
    draft = await active(turn)
    hint = ""
    if draft is None or draft.kind is not DraftKind.SUBMIT or await _names(turn, caption, draft):
        draft, hint = await _begun_by(turn, caption, stored.label)
    problem = await _attach(turn, draft, file)
    hints = "\n".join(each for each in (hint, problem) if each)
    named = bool(draft.values.get("document"))  # the names of further files say nothing of it
    text = caption if named else f"{caption} {stored.label}"
    return await _take_in(turn, draft, text, hints)


async def _names(turn: Turn, caption: str, draft: DraftRow) -> bool:
    """Whether a caption names other means than the one that a dialogue is about."""
    question = await _read(turn, caption)
    if draft.values.get("means") is None or not question.wanted.refs:
        return False
    rows = await pointed(turn, question)
    return bool(rows) and draft.values["means"] not in {row.id for row in rows}


async def _begun_by(turn: Turn, caption: str, label: str) -> tuple[DraftRow, str]:
    """Begin a dialogue with a file: about the means it names, else about those most like it."""
    access = await turn.access()
    rows: list[MeansRow] = []
    for words in (caption, _as_words(label)):
        question = await _read(turn, words)
        if question.wanted.refs:
            rows = await pointed(turn, question)
            break
    own = [row for row in rows if role_for(Deed.SUBMIT, access, row.units) is not None]
    if rows and not own:
        raise RefusedError(said.foreign(rows[0], access.units))
    own = own or await _own_coded(turn, access, f"{caption} {_as_words(label)}")
    choices = own or _likely(await own_open(turn, access), f"{caption} {_as_words(label)}")
    if len(own) == 1:
        return await _about(turn, DraftKind.SUBMIT, own[0])
    return await _new(turn, DraftKind.SUBMIT, _choices(choices)), ""


async def _own_coded(turn: Turn, access: Access, words: str) -> list[MeansRow]:
    """The sender's means whose codes stand among words that are no question: «12.1 sjm»."""
    refs = tuple(Ref(Level.MEANS, code) for code in dict.fromkeys(CODE.findall(words)))
    wanted = MeansFilter(refs=refs, units=tuple(sorted(access.units)))
    return await find_means(turn.session, wanted, turn.as_of) if refs else []


def _as_words(label: str) -> str:
    """The words of a file's name."""
    return label.rpartition(".")[0].replace("_", " ").replace("-", " ")


def _likely(rows: list[MeansRow], words: str) -> list[MeansRow]:
    """The means first that share the most words with a file; the others as they come.

    Words of a document's name («Informe N° 045-2021-UTAI») and of most means tell nothing.
    """
    keys = set(word_keys(words)) - set(word_keys(" ".join(document_refs(words))))
    texts = {row.id: set(word_keys(row.text.text)) for row in rows}
    telling = {
        key for key in keys if 2 * sum(key in text for text in texts.values()) <= len(texts)
    }
    return sorted(rows, key=lambda row: len(telling & texts[row.id]), reverse=True)


# Ending.


async def press(turn: Turn, draft: DraftRow, verb: str, revision: int, rest: list[int]) -> Reply:
    """Go on with a dialogue by one of its buttons.

    Raises:
        RefusedError: what was asked for may not be done.
    """
    if verb == "no":
        return await cancel(turn, draft)
    if verb == "go":
        return await resume(turn, draft)
    if revision != draft.revision:
        return await sheet(turn, draft, CHANGED)
    match verb, rest:
        case "ok", []:
            return await confirm(turn, draft)
        case "skip", []:
            draft = await _changed(turn, draft, draft.values | {"awaits": None})
        case "pick", [means_id] if means_id in draft.values.get("choices", []):
            row = await find_by_id(turn.session, means_id, turn.as_of)
            if row is not None:
                draft, hint = await choose(turn, draft, row)
                return await sheet(turn, draft, hint)
        case field, [] if field in FIELDS[draft.kind]:
            awaits = {"awaits": FIELDS[draft.kind][field]}
            draft = await _changed(turn, draft, draft.values | awaits)
        case _:
            raise RefusedError(said.GONE)
    return await sheet(turn, draft)


async def cancel(turn: Turn, draft: DraftRow) -> Reply:
    """Leave a dialogue for good."""
    code = await code_of(turn, draft)
    await drafts.discard(turn.session, draft)
    return cancelled(code)


async def resume(turn: Turn, draft: DraftRow) -> Reply:
    """Go on with a dialogue as it stands, about the means as it stands now."""
    draft = await _changed(turn, draft, draft.values)
    return await sheet(turn, draft)


async def resume_some(turn: Turn) -> Reply:
    """Go on with the one open dialogue, or ask with which."""
    found = [draft for draft in await _own(turn) if draft.kind is not DraftKind.REQUEST]
    if not found:
        return nothing_open()
    if len(found) == 1:
        return await resume(turn, found[0])
    return open_ones([(draft, await code_of(turn, draft)) for draft in found])


async def cancel_newest(turn: Turn) -> Reply:
    """Leave the dialogue touched last for good."""
    found = await _own(turn)
    return await cancel(turn, found[0]) if found else nothing_open()


async def _own(turn: Turn) -> list[DraftRow]:
    return await drafts.of_person(turn.session, turn.place.chat_id, turn.sender.user_id or 0)


async def confirm(turn: Turn, draft: DraftRow) -> Reply:
    """Record what a dialogue gathered, or say what stands in the way.

    Raises:
        RefusedError: the sender may not record it (any more).
    """
    values, session = draft.values, turn.session
    evidence = await evidence_of_draft(session, draft)
    if missing(draft, has_evidence=bool(evidence)) is not None:
        return await sheet(turn, draft)
    row = await find_by_id(session, values["means"], turn.as_of)
    if row is None:
        raise RefusedError(said.GONE)
    told = {key: values[key] for key in ("document", "document_on") if values.get(key)}
    if evidence:
        told["evidence"] = [one.as_json() for one in evidence]
    due_on = values.get("due_on") if draft.kind is DraftKind.REPROGRAM else None
    try:
        event, after = await deeds.do(
            turn,
            row,
            values["seen"],
            _deed(draft),
            note=values.get("note"),
            details=told,
            due_on=None if due_on is None else date.fromisoformat(due_on),
        )
    except ConflictError:
        return await _overtaken(turn, draft)
    await record_evidence(session, draft, event.id)
    await drafts.discard(session, draft)
    return await deeds.recorded(turn, event, after, evidence)


def _deed(draft: DraftRow) -> Deed:
    match draft.kind:
        case DraftKind.OBSERVE:
            return Deed.OBSERVE
        case DraftKind.REPROGRAM:
            return Deed.REPROGRAM
        case _:
            return Deed.ADD_EVIDENCE if draft.values.get("adds") else Deed.SUBMIT


async def _overtaken(turn: Turn, draft: DraftRow) -> Reply:
    """Say that the means has changed meanwhile; what was gathered is not lost."""
    row = await find_by_id(turn.session, draft.values["means"], turn.as_of)
    if row is None:
        raise RefusedError(said.GONE)
    submission = await last_submission(turn.session, (row.act, row.code))
    clock = turn.services.clock
    stands = said.standing(row, submission, clock.timezone, clock.today())
    if draft.kind is DraftKind.SUBMIT or row.status in TRANSITIONS[ACTIONS[_deed(draft)]].sources:
        draft, hint = await choose(turn, draft, row)
        return await sheet(turn, draft, hint or f"{said.HAS_CHANGED}\n{stands}")
    await drafts.discard(turn.session, draft)
    raise RefusedError(f"{said.HAS_CHANGED}\n{stands}")
