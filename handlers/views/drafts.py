"""What a dialogue shows: what will be recorded, what is missing, and how it ends."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from handlers.views.reply import Button, Reply
from handlers.views.words import day, short
from storage.events import EvidenceRow
from storage.records import MeansRow
from storage.traffic import DraftKind, DraftRow

LINE_CHARS = 60
CHOICE_CHARS = 34
KIB, MIB = 1024, 1024 * 1024
TITLES = {
    DraftKind.SUBMIT: "✍️ <b>Registrar como presentado</b>",
    DraftKind.OBSERVE: "↩️ <b>Devolver con observación</b>",
    DraftKind.REPROGRAM: "📅 <b>Reprogramar</b>",
}
ADDING = "📎 <b>Agregar evidencia a lo ya presentado</b>"
NAMES = {
    DraftKind.SUBMIT: "registro",
    DraftKind.OBSERVE: "observación",
    DraftKind.REPROGRAM: "reprogramación",
    DraftKind.REQUEST: "solicitud de acceso",
}
CONFIRMS = {
    DraftKind.SUBMIT: "✅ Registrar",
    DraftKind.OBSERVE: "↩️ Devolver",
    DraftKind.REPROGRAM: "✅ Reprogramar",
}
NOT_YET = "<i>Todavía no se ha registrado nada.</i>"
QUESTIONS = {
    "means": "¿Qué medio presenta? Elija uno o escriba su número.",
    "evidence": "Falta la evidencia: envíe aquí el archivo (PDF, foto, Office) o pegue un enlace.",
    "reason": "¿Por qué lo devuelve? Escriba el motivo; le llegará a quien lo presentó.",
    "due_on": "¿Para qué fecha? Por ejemplo: <i>30 de setiembre</i>.",
    "support": "¿Con qué documento se autoriza? Por ejemplo: <i>Memorando N° 120-2021</i>.",
    "document": "Escriba el número del documento, por ejemplo <i>Informe N° 045-2021-UTAI</i>.",
    "document_on": "Escriba la fecha del documento, por ejemplo <i>12 de mayo</i>.",
    "note": "Escriba la nota.",
}
IN_A_GROUP = "<i>En el grupo, responda a este mensaje para que lo lea.</i>"
COMPLETE = "¿Está bien? Toque <b>{}</b>."
MORE = "Puede sumar más archivos, enlaces, el N° y la fecha del documento o una nota."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A dialogue with all that its values point to."""

    draft: DraftRow
    means: MeansRow | None
    choices: tuple[MeansRow, ...]
    evidence: tuple[EvidenceRow, ...]
    asks: str | None  # a key of QUESTIONS; None when nothing is missing
    in_group: bool = False  # where the bot hears only what answers it
    hint: str = ""  # what was wrong with, or is to be said of, the last words; markup


def render_sheet(sheet: Sheet) -> Reply:
    """What will be recorded, then what is missing."""
    draft, values = sheet.draft, sheet.draft.values
    title = ADDING if values.get("adds") else TITLES[draft.kind]
    blocks = [*([sheet.hint, ""] if sheet.hint else []), title]
    if sheet.means is not None:
        blocks.append(str(means_head(sheet.means)))
    blocks += _fields(sheet)
    asks_which = sheet.means is None
    if asks_which and sheet.choices:
        blocks += [str(means_head(row)) for row in sheet.choices]
    confirm = CONFIRMS[draft.kind]
    if sheet.asks is not None:
        blocks += ["", NOT_YET, QUESTIONS[sheet.asks]]
        blocks += [IN_A_GROUP] if sheet.in_group else []
    else:
        more = f" {MORE}" if draft.kind is DraftKind.SUBMIT else ""
        blocks += ["", f"{NOT_YET} {COMPLETE.format(confirm.split(' ', 1)[1])}{more}"]
    return Reply(tuple(blocks), _buttons(sheet, confirm))


def means_head(row: MeansRow) -> Markup:
    """Name a means: `<b>12.1</b> Informe… · <b>UTAI</b> · vence el 31 may 2021`."""
    return Markup("<b>{}</b> {} · <b>{}</b> · vence el {}").format(
        row.code, short(row.text, LINE_CHARS), ", ".join(row.units), day(row.due_on)
    )


def _fields(sheet: Sheet) -> list[str]:
    values, lines = sheet.draft.values, []
    if values.get("due_on"):
        lines.append(Markup("📅 Nueva fecha: <b>{}</b>").format(_day(values["due_on"])))
    if values.get("document") or values.get("document_on"):
        on = f" · {_day(values['document_on'])}" if values.get("document_on") else ""
        lines.append(
            Markup("📄 {}{}").format(values.get("document") or "Documento sin número", on)
        )
    lines += evidence_lines(sheet.evidence)
    if values.get("note"):
        sign = "💬" if sheet.draft.kind is DraftKind.OBSERVE else "📝"
        lines.append(Markup("{} {}").format(sign, values["note"]))
    return [str(line) for line in lines]


def evidence_lines(evidence: tuple[EvidenceRow, ...]) -> list[Markup]:
    """A line for each file or link."""
    return [
        Markup("🔗 {}").format(one.url)
        if one.url
        else Markup("📎 {} ({})").format(one.label, size_text(one.size or 0))
        for one in evidence
    ]


def size_text(size: int) -> str:
    """«812 bytes», «120 kB», «3,4 MB»."""
    if size < KIB:
        return f"{size} bytes"
    if size < MIB:
        return f"{size / KIB:.0f} kB"
    return f"{size / MIB:.1f} MB".replace(".", ",")


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))


def _buttons(sheet: Sheet, confirm: str) -> tuple[tuple[Button, ...], ...]:
    draft, values = sheet.draft, sheet.draft.values

    def button(label: str, verb: str, *arguments: int) -> Button:
        more = "".join(f":{argument}" for argument in arguments)
        return Button(label, f"d:{verb}:{draft.id}:{draft.revision}{more}")

    cancel = button("✖ Cancelar", "no")
    if sheet.means is None:
        picks = [
            (button(f"{row.code} {row.text.text}"[:CHOICE_CHARS], "pick", row.id),)
            for row in sheet.choices
        ]
        return (*picks, (cancel,))
    rows: list[tuple[Button, ...]] = []
    if sheet.asks is None:
        rows.append((button(confirm, "ok"),))
    if draft.kind is DraftKind.SUBMIT:
        rows.append(
            (
                button("📄 N° de documento", "doc"),
                button("📅 Su fecha", "day"),
                button("📝 Nota", "note"),
            )
        )
    if draft.kind is DraftKind.OBSERVE and values.get("note"):
        rows.append((button("Cambiar el motivo", "note"),))
    if draft.kind is DraftKind.REPROGRAM and values.get("due_on"):
        rows.append((button("Cambiar la fecha", "due"), button("Cambiar el documento", "doc")))
    if sheet.evidence:
        rows.append((button("↶ Quitar lo último", "drop"),))
    if awaited := values.get("awaits"):
        removes = draft.kind is DraftKind.SUBMIT and values.get(awaited)
        rows.append((button("‹ Quitar" if removes else "‹ Sin eso", "skip"), cancel))
    else:
        rows.append((cancel,))
    return tuple(rows)


def cancelled(code: str | None) -> Reply:
    """A dialogue that was left for good."""
    about = f" del {code}" if code else ""
    return Reply((f"✖ Cancelado: no se registró nada{about}.",))


def asleep(draft: DraftRow, code: str | None) -> Reply:
    """A dialogue that nobody went on with for a while."""
    about = f" del {code}" if code else ""
    return Reply(
        (
            f"⏸ Dejé en pausa su {NAMES[draft.kind]}{about}; no se ha registrado nada. "
            "Lo guardo siete días.",
        ),
        (resume_buttons(draft),),
    )


def resume_buttons(draft: DraftRow) -> tuple[Button, ...]:
    """The two ways on with a dialogue."""
    return (
        Button("▶ Continuar", f"d:go:{draft.id}:{draft.revision}"),
        Button("✖ Descartar", f"d:no:{draft.id}:{draft.revision}"),
    )


def left_open(draft: DraftRow, code: str | None) -> str:
    """Remind, below another answer, of a dialogue that is still open."""
    about = f" del {code}" if code else ""
    return f"\n⏸ <i>Queda a medias su {NAMES[draft.kind]}{about}: /continuar o /cancelar.</i>"


def nothing_open() -> Reply:
    """There is no dialogue to go on with or to cancel."""
    return Reply(("No tiene ningún registro a medias.",))


def open_ones(drafts: list[tuple[DraftRow, str | None]]) -> Reply:
    """Several dialogues to go on with: each with its means."""
    names = {
        DraftKind.SUBMIT: "presentar",
        DraftKind.OBSERVE: "observar",
        DraftKind.REPROGRAM: "reprogramar",
        DraftKind.REQUEST: "pedir acceso",
    }
    rows = tuple(
        (
            Button(
                f"▶ {names[draft.kind]} {code or ''}".strip(),
                f"d:go:{draft.id}:{draft.revision}",
            ),
        )
        for draft, code in drafts
    )
    return Reply(("¿Con cuál sigue?",), rows)
