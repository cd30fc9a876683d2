"""The dialogue before something is recorded: it asks for what is missing, and can be left."""

from collections.abc import Sequence
from datetime import date

from handlers import deeds
from handlers.deeds import RefusedError
from handlers.drafting import (
    active,
    changed,
    code_of,
    missing,
    new,
    offered,
    own,
    own_coded,
    own_open,
    picked,
    pointed,
    read,
    sheet,
)
from handlers.gathering import (
    attach_to,
    brings,
    document_noted,
    note_of,
    noted_from,
    take_answer,
    take_in,
    wrong_day_of,
)
from handlers.language.document_days import document_days
from handlers.language.documents import document_refs
from handlers.language.links import links
from handlers.language.new_days import is_only_when
from handlers.language.replies import is_agreement, is_withdrawal
from handlers.permission import ACTIONS, Deed, role_for
from handlers.question import Intent, Question, Trouble
from handlers.turn import Turn
from handlers.views import marks as said
from handlers.views.drafts import cancelled, left_open, nothing_open, open_ones
from handlers.views.reply import Reply
from storage import drafts
from storage.errors import ConflictError
from storage.events import OPEN, TRANSITIONS, EvidenceRow
from storage.evidence import detach_last, evidence_of_draft, record_evidence
from storage.evidence_files import StoredEvidence
from storage.marks import last_submission
from storage.matrix import find_by_id
from storage.records import MeansFilter, MeansRow, Status
from storage.text import word_keys
from storage.traffic import DraftKind, DraftRow

NOT_SEEN = "🤔 No vi ahí un archivo, un enlace ni un N° de documento, así que no anoté nada."
NOT_PICKED = "🤔 No vi ahí cuál es: toque uno o escriba su número, por ejemplo <b>12.1</b>."
NOT_FOUND = "🤔 No encontré en la matriz el medio que dice."
NOT_NEEDED = "🤔 No vi ahí nada que cambiar, así que no anoté nada."
APART = "Eso nombra otro medio: va en un registro aparte. El del {} sigue a medias: /continuar."
NAME_ALONE = "Anoté el documento por su nombre; aquí no guardo el archivo."
NO_FILES = "Aquí no guardo archivos: escríbalo, por favor."
CHANGED = "⚠️ Esto cambió desde que vio ese botón; revise cómo está ahora."
FIELDS = {  # what each button of a dialogue asks for again
    DraftKind.SUBMIT: {"doc": "document", "day": "document_on", "note": "note"},
    DraftKind.OBSERVE: {"note": "note"},
    DraftKind.REPROGRAM: {"doc": "document", "due": "due_on"},
}
NO_QUESTIONS = frozenset({"document", "support", "document_on", "due_on"})  # is what they ask for


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
    mine = [row for row in rows if role_for(Deed.SUBMIT, access, row.units) is not None]
    if rows and not mine:
        raise RefusedError(said.foreign(rows[0], access.units))
    choices = mine or await own_open(turn, access)
    still_open = [row for row in choices if row.status in OPEN]
    chosen = still_open or choices if rows and len(choices) > 1 else choices
    if rows and len(chosen) == 1:
        draft, hint = await _about(turn, DraftKind.SUBMIT, chosen[0])
    else:
        draft = await new(turn, DraftKind.SUBMIT, offered(chosen))
        hint = NOT_FOUND if points and not rows else ""
    return await take_in(turn, draft, text, hint)


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
    left = [
        draft
        for draft in await own(turn)
        if draft.kind is kind and draft.values.get("means") == row.id
    ]
    return await choose(turn, left[0] if left else await new(turn, kind, {}), row)


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
                return await _asked_again(turn, draft, hint), hint
    values = draft.values | {"means": row.id, "seen": row.last_event, "adds": adds, "choices": []}
    if values.get("document_on"):  # it was named before the act was known
        problem = await wrong_day_of(turn, row, date.fromisoformat(values["document_on"]))
        values |= {"document_on": None} if problem else {}
        hint = "\n".join(each for each in (hint, problem) if each)
    return await changed(turn, draft, values), hint


async def _asked_again(turn: Turn, draft: DraftRow, hint: str) -> DraftRow:
    """Ask for another means than one of which nothing can be recorded any more.

    Raises:
        RefusedError: the dialogue has gathered nothing, so that it is over.
    """
    if not await evidence_of_draft(turn.session, draft):
        await drafts.discard(turn.session, draft)
        raise RefusedError(hint)
    others = offered(await own_open(turn, await turn.access()))
    return await changed(turn, draft, draft.values | {"means": None} | others)


# Showing.


async def remind(turn: Turn, draft: DraftRow, reply: Reply) -> Reply:
    """Say below another answer that a dialogue is still open."""
    still = await drafts.find(turn.session, draft.id)
    if still is None or still.kind is DraftKind.REQUEST or _is_sheet(reply):
        return reply
    return Reply((*reply.blocks, left_open(draft, await code_of(turn, draft))), reply.buttons)


def _is_sheet(reply: Reply) -> bool:
    """Whether a reply is the sheet of a dialogue."""
    return any(button.data.startswith("d:") for row in reply.buttons for button in row)


# Hearing.


async def hear(turn: Turn, draft: DraftRow, text: str) -> Reply | None:
    """Take words as part of a dialogue; None when they are something else.

    Raises:
        RefusedError: what they ask for may not be recorded.
    """
    if is_withdrawal(text):
        return await cancel(turn, draft)
    others = await _others_named(turn, draft, text)
    if others and brings(text) and draft.values.get("awaits") != "note":
        return await begin(turn, others, text, points=True)
    asked = missing(draft, has_evidence=True)
    if is_only_when(text):
        is_day = bool(document_days(text, turn.services.clock.today()))
        asked = _day_asked(draft, asked, is_day=is_day)
    if asked == "means":
        return await _pointed_or_lost(turn, draft, text)
    if asked is None:
        return await _heard_more(turn, draft, text)
    is_other = asked in NO_QUESTIONS and is_question(text)
    return None if is_other else await take_answer(turn, draft, asked, text)


async def _heard_more(turn: Turn, draft: DraftRow, text: str) -> Reply | None:
    """Take words into a dialogue that asks for no words: more of it, or the order to record it."""
    if draft.kind is not DraftKind.OBSERVE and brings(text):
        return await take_in(turn, draft, text)
    lacks = missing(draft, has_evidence=bool(await evidence_of_draft(turn.session, draft)))
    if lacks is None and (is_agreement(text) or await _orders_it(turn, draft, text)):
        return await confirm(turn, draft)
    return await _added_or_lost(turn, draft, text)


async def _orders_it(turn: Turn, draft: DraftRow, text: str) -> bool:
    """Whether a text orders to record what the dialogue shows: «regístralo como presentado»."""
    question = await read(turn, text)
    names_nothing = question.wanted == MeansFilter() and not question.nth
    return draft.kind is DraftKind.SUBMIT and question.intent is Intent.MARK and names_nothing


def _day_asked(draft: DraftRow, asked: str | None, *, is_day: bool) -> str | None:
    """What words that say when are the answer to, which need not be what was asked last."""
    if draft.kind is DraftKind.REPROGRAM:
        return "due_on"
    is_of_document = draft.kind is DraftKind.SUBMIT and bool(draft.values.get("document"))
    return "document_on" if asked is None and is_of_document and is_day else asked


async def _pointed_or_lost(turn: Turn, draft: DraftRow, text: str) -> Reply | None:
    """Take words that pick a means, or that say nothing; None for a question."""
    if is_question(text):
        return None
    question = await read(turn, text, Question(intent=Intent.LIST))
    row = await picked(turn, draft, question)
    if row is not None:
        draft, hint = await choose(turn, draft, row)
        return await take_in(turn, draft, text, hint)
    if brings(text):
        return await take_in(turn, draft, text)
    is_lost = _says_nothing(question) or _says_nothing(await read(turn, text))
    return await sheet(turn, draft, NOT_PICKED) if is_lost else None


async def _added_or_lost(turn: Turn, draft: DraftRow, text: str) -> Reply | None:
    """Take words into a dialogue that asks for nothing more; None for a question."""
    is_reason = draft.kind is DraftKind.OBSERVE and not is_question(text)
    if not is_reason and not _says_nothing(await read(turn, text)):
        return None
    if draft.kind is DraftKind.SUBMIT:
        return await sheet(turn, draft, NOT_SEEN)
    if draft.kind is DraftKind.REPROGRAM:
        return await sheet(turn, draft, NOT_NEEDED)
    note, hint = note_of(f"{draft.values['note']}\n{text}")  # a reason comes in several messages
    return await sheet(turn, await changed(turn, draft, draft.values | {"note": note}), hint)


def is_question(text: str) -> bool:
    """Whether a text has the signs of a question."""
    return bool({"?", "¿"} & set(text))


def _says_nothing(question: Question) -> bool:
    """Whether words are no question at all."""
    return question.intent is Intent.UNKNOWN and question.trouble is not Trouble.IMPOSSIBLE_DATE


# Files.


async def bring(turn: Turn, stored: StoredEvidence, caption: str) -> tuple[Reply, bool]:
    """Take a file that was sent: into the open dialogue, or into one that it begins.

    Gives the sheet, and whether it says something of this file that must not be lost.

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
    draft, words = await active(turn), caption or _as_words(stored.label)
    hint = ""
    if draft is None or draft.kind is not DraftKind.SUBMIT:
        draft, hint = await _begun_by(turn, caption, stored.label)
    elif await _others_named(turn, draft, words):
        left = await code_of(turn, draft)
        draft, hint = await _begun_by(turn, caption, stored.label)
        hint = "\n".join(each for each in (hint, APART.format(left)) if each)
    elif draft.values.get("means") is None and (row := await _own_named(turn, draft, words)):
        draft, hint = await choose(turn, draft, row)
    problem = await attach_to(turn, draft, file)
    hints = "\n".join(each for each in (hint, problem) if each)
    named = bool(draft.values.get("document"))  # the names of further files say nothing of it
    text = caption if named else f"{caption} {stored.label}"
    draft, hints = await noted_from(turn, draft, text, hints)
    return await sheet(turn, draft, hints), bool(hints)


async def name_file(turn: Turn, draft: DraftRow, caption: str, label: str) -> Reply:
    """Take what a file is called where a dialogue keeps no files: the document that allows it."""
    words = f"{caption} {label}"
    if draft.kind is DraftKind.REPROGRAM and (refs := document_refs(words)):
        noted, hint = await document_noted(turn, draft, refs[0], words)
        draft = await changed(turn, draft, draft.values | noted | {"awaits": None})
        return await sheet(turn, draft, hint or NAME_ALONE)
    return await sheet(turn, draft, NO_FILES)


async def _others_named(turn: Turn, draft: DraftRow, text: str) -> list[MeansRow]:
    """The means that words name where they are others than the one of the dialogue."""
    if draft.kind is not DraftKind.SUBMIT or draft.values.get("means") is None:
        return []
    words = " ".join(word for word in text.split() if not links(word))
    question = await read(turn, words)
    rows = await pointed(turn, question) if question.wanted.refs else []
    rows = rows or await own_coded(turn, await turn.access(), words)
    return [] if draft.values["means"] in {row.id for row in rows} else rows


async def _own_named(turn: Turn, draft: DraftRow, words: str) -> MeansRow | None:
    """The one means that the words with a file name, where the dialogue asks which it is."""
    question = await read(turn, words, Question(intent=Intent.LIST))
    coded = await own_coded(turn, await turn.access(), words)
    return await picked(turn, draft, question) or (coded[0] if len(coded) == 1 else None)


async def _begun_by(turn: Turn, caption: str, label: str) -> tuple[DraftRow, str]:
    """Begin a dialogue with a file: about the means it names, else about those most like it."""
    access = await turn.access()
    rows: list[MeansRow] = []
    for words in (caption, _as_words(label)):
        question = await read(turn, words)
        if question.wanted.refs:
            rows = await pointed(turn, question)
            break
    mine = [row for row in rows if role_for(Deed.SUBMIT, access, row.units) is not None]
    if rows and not mine:
        raise RefusedError(said.foreign(rows[0], access.units))
    mine = mine or await own_coded(turn, access, f"{caption} {_as_words(label)}")
    choices = mine or _likely(await own_open(turn, access), f"{caption} {_as_words(label)}")
    if len(mine) == 1:
        return await _about(turn, DraftKind.SUBMIT, mine[0])
    return await new(turn, DraftKind.SUBMIT, offered(choices)), ""


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
            awaited = draft.values.get("awaits") if draft.kind is DraftKind.SUBMIT else None
            cleared = {"awaits": None} | ({awaited: None} if awaited else {})
            draft = await changed(turn, draft, draft.values | cleared)
        case "drop", []:
            await detach_last(turn.session, draft)
            draft = await changed(turn, draft, draft.values)
        case "pick", [means_id] if means_id in draft.values.get("choices", []):
            row = await find_by_id(turn.session, means_id, turn.as_of)
            if row is not None:
                draft, hint = await choose(turn, draft, row)
                return await sheet(turn, draft, hint)
        case field, [] if field in FIELDS[draft.kind]:
            awaits = {"awaits": FIELDS[draft.kind][field]}
            draft = await changed(turn, draft, draft.values | awaits)
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
    draft = await changed(turn, draft, draft.values)
    return await sheet(turn, draft)


async def resume_some(turn: Turn) -> Reply:
    """Go on with the one open dialogue, or ask with which."""
    found = [draft for draft in await own(turn) if draft.kind is not DraftKind.REQUEST]
    if not found:
        return nothing_open()
    if len(found) == 1:
        return await resume(turn, found[0])
    return open_ones([(draft, await code_of(turn, draft)) for draft in found])


async def cancel_newest(turn: Turn) -> Reply:
    """Leave the dialogue touched last for good."""
    found = await own(turn)
    return await cancel(turn, found[0]) if found else nothing_open()


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
