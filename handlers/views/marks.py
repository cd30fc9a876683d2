"""What was recorded, in words: receipts, notices, the history of a means, and refusals."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, tzinfo

from markupsafe import Markup

from handlers.permission import Deed
from handlers.views.drafts import evidence_lines, means_head
from handlers.views.reply import CODES_IN_A_ROW, Button, Reply, in_rows
from handlers.views.words import day, joined, sign, status
from storage.events import Action, EventRow, EvidenceRow
from storage.records import MeansRow, Status

DONE = {
    Action.SUBMITTED: "✅ <b>Registrado como presentado</b>",
    Action.EVIDENCE_ADDED: "📎 <b>Evidencia agregada</b>",
    Action.WITHDRAWN: "↩️ <b>Registro anulado</b>",
    Action.VERIFIED: "🟢 <b>Verificado</b>",
    Action.OBSERVED: "🟠 <b>Devuelto con observación</b>",
    Action.REPROGRAMMED: "📅 <b>Reprogramado</b>",
}
NEWS = {
    Action.SUBMITTED: "🔵 <b>Se presentó un medio</b>",
    Action.EVIDENCE_ADDED: "📎 <b>Se agregó evidencia</b>",
    Action.WITHDRAWN: "↩️ <b>Se anuló una presentación</b>",
    Action.VERIFIED: "🟢 <b>Se verificó un medio</b>",
    Action.OBSERVED: "🟠 <b>Se devolvió un medio</b>",
    Action.REPROGRAMMED: "📅 <b>Se reprogramó un medio</b>",
}
TOLD = {
    Action.SUBMITTED: "presentó",
    Action.EVIDENCE_ADDED: "agregó evidencia",
    Action.WITHDRAWN: "anuló su presentación",
    Action.VERIFIED: "verificó",
    Action.OBSERVED: "devolvió con observación",
    Action.REPROGRAMMED: "reprogramó",
    Action.GRANTED: "dio acceso",
    Action.REVOKED: "quitó un acceso",
    Action.REFUSED: "rechazó una solicitud de acceso",
    Action.INVITED: "hizo una invitación",
    Action.ADMITTED: "admitió un grupo",
    Action.DISMISSED: "retiró un grupo",
    Action.MOVED: "siguió a un grupo que cambió de número",
}
HASH_CHARS = 12


def moment(at: datetime, zone: tzinfo) -> str:
    """Write an instant where the people are: «14 may 2021, 10:32»."""
    local = at.astimezone(zone)
    return f"{day(local.date())}, {local:%H:%M}"


def receipt(
    event: EventRow, row: MeansRow, evidence: Sequence[EvidenceRow], zone: tzinfo
) -> Reply:
    """What was recorded, whole: means, who, when, evidence with its hash, number of the record."""
    blocks = [DONE[event.action], means_head(row), *_told(event, zone)]
    for one in evidence:
        blocks += evidence_lines((one,))
        if one.sha256:
            blocks.append(Markup("<code>sha256 {}</code>").format(one.sha256))
    blocks.append(
        Markup("🧾 Registro N° <b>{}</b> · huella <code>{}</code>").format(
            event.id, event.hash[:HASH_CHARS]
        )
    )
    buttons = [Button("🕓 Historia", f"k:his:{row.id}:{event.id}")]
    if event.action is Action.SUBMITTED:
        buttons.insert(0, Button("↩️ Anular", f"k:wd:{row.id}:{event.id}"))
        blocks.append(Markup("<i>Puede anularlo durante un día, mientras nadie lo revise.</i>"))
    return Reply(tuple(str(block) for block in blocks), (tuple(buttons),))


def notice(
    event: EventRow,
    row: MeansRow,
    evidence: Sequence[EvidenceRow],
    zone: tzinfo,
    *,
    is_reviewer: bool = False,
) -> Reply:
    """Tell somebody else what happened; a reviewer gets the buttons to review it."""
    blocks = [NEWS[event.action], means_head(row), *_told(event, zone)]
    blocks += evidence_lines(tuple(evidence))
    return Reply(
        tuple(str(block) for block in blocks),
        review_buttons(row) if is_reviewer else ((Button("🕓 Historia", _deed("his", row)),),),
    )


def review_buttons(row: MeansRow) -> tuple[tuple[Button, ...], ...]:
    """What follow-up can do about a means that was handed in."""
    return (
        (Button("✅ Verificar", _deed("ver", row)), Button("↩️ Observar", _deed("obs", row))),
        (Button("📎 Evidencia", _deed("evi", row)), Button("🕓 Historia", _deed("his", row))),
    )


def _deed(verb: str, row: MeansRow) -> str:
    return f"k:{verb}:{row.id}:{row.last_event}"


def _told(event: EventRow, zone: tzinfo) -> list[Markup]:
    """Who and when, and what the event says besides."""
    details = event.details
    lines = [
        Markup("👤 {} ({}) · {}").format(
            event.actor_name, role_words(event.role), moment(event.at, zone)
        )
    ]
    if details.get("document") or details.get("document_on"):
        on = (
            f" · {day(date.fromisoformat(details['document_on']))}"
            if details.get("document_on")
            else ""
        )
        lines.append(Markup("📄 {}{}").format(details.get("document") or "Documento", on))
    if event.action is Action.REPROGRAMMED:
        before, after = details["before"]["due_on"], details["after"]["due_on"]
        lines.append(
            Markup("📅 Del {} al <b>{}</b>").format(
                day(date.fromisoformat(before)), day(date.fromisoformat(after))
            )
        )
    if event.note:
        lines.append(Markup("💬 {}").format(event.note))
    return lines


def role_words(role: str) -> str:
    """Write a role of the record: «punto focal de UTAI»."""
    name, _, unit = role.partition(":")
    words = {
        "reader": "lector",
        "focal": "punto focal",
        "follow_up": "seguimiento",
        "admin": "administrador",
        "operator": "línea de comandos",
        "invitation": "invitación",
    }.get(name, name)
    return f"{words} de {unit}" if unit else words


def history(
    row: MeansRow,
    events: Sequence[EventRow],
    zone: tzinfo,
    today: date,
    *,
    sees_links: bool = False,
) -> Reply:
    """All that was done about a means, the oldest first; links for those who may see them."""
    blocks = [
        Markup("🕓 <b>Historia del {}</b>").format(row.code),
        Markup("{} {} · {}").format(sign(row, today), means_head(row), status(row, today)),
    ]
    if row.due_on != row.signed_on:
        blocks.append(Markup("📅 En el acta: {} ({})").format(day(row.signed_on), row.due_text))
    if not events:
        blocks.append(Markup("Nadie ha registrado nada todavía."))
    blocks += [event_line(event, zone, sees_links=sees_links) for event in events]
    return Reply(tuple(str(block) for block in blocks))


def event_line(event: EventRow, zone: tzinfo, *, sees_links: bool) -> Markup:
    """One event: number, when, who, what, with what, and the beginning of its hash."""
    details = event.details
    parts = [
        Markup("\n<b>N° {}</b> · {} · {} ({}) {}").format(
            event.id,
            moment(event.at, zone),
            event.actor_name,
            role_words(event.role),
            TOLD[event.action],
        )
    ]
    parts += _told(event, zone)[1:]
    for one in details.get("evidence", ()):
        name = one["label"] if not one.get("url") else one["url"] if sees_links else "enlace"
        mark = f" · {one['sha256'][:HASH_CHARS]}…" if one.get("sha256") else ""
        parts.append(Markup("📎 {}{}").format(name, mark))
    parts.append(Markup("<code>{}…</code>").format(event.hash[:HASH_CHARS]))
    return Markup("\n").join(parts)


def standing(row: MeansRow, submission: EventRow | None, zone: tzinfo, today: date) -> Markup:
    """How a means stands now, and since when: «12.1: presentado por … el …»."""
    line = Markup("<b>{}</b> · {} {}").format(row.code, sign(row, today), status(row, today))
    if submission is not None and row.status in {Status.SUBMITTED, Status.VERIFIED}:
        line += Markup(" · lo presentó {} el {} (registro N° {})").format(
            submission.actor_name, moment(submission.at, zone), submission.id
        )
    return line


# Refusals.

NOT_FOCAL = (
    "Para registrar un medio hay que ser punto focal de su unidad. Si lo es, pida el acceso con "
    "/acceso y un administrador lo confirmará."
)
NOT_FOLLOW_UP = "Eso lo hace la oficina de seguimiento."
NOT_OWN_REVIEW = "Nadie revisa lo que presentó: lo verá otra persona de seguimiento."
NOT_ADMIN = "Eso lo hace un administrador."
NOT_SO = {
    Deed.OBSERVE: "No hay nada presentado que devolver.",
    Deed.REPROGRAM: "Ya está verificado, así que su fecha no se mueve.",
}
TOO_LATE = "Ya pasó el día en que podía anularlo; seguimiento puede devolvérselo."
HAS_CHANGED = "⚠️ Ese botón es de antes: el medio ha cambiado. Ahora está así:"
GONE = "Ese botón ya no vale; pregunte de nuevo."
NOT_YOURS = "Ese registro es de otra persona."
SENT_PRIVATELY = "Se lo envié en privado. Si no le llega, escríbame ahí /start y pídalo otra vez."
ANONYMOUS = (
    "No puedo saber quién es: escribió como grupo, canal o administrador anónimo. "
    "Hágalo con su propio nombre."
)
NO_EVIDENCE_ACCESS = "La evidencia la ven el punto focal de la unidad y seguimiento."


def foreign(row: MeansRow, own: Collection[str]) -> str:
    """The means belongs to other units."""
    units = joined(sorted(row.units))
    mine = joined(sorted(own))
    return str(
        Markup("El {} es de {}; usted es punto focal de {}, así que no puede registrarlo.").format(
            row.code, units, mine
        )
    )


def already(stands: Markup, *, is_verified: bool) -> str:
    """The means was handed in before."""
    if is_verified:
        return str(Markup("Ya está verificado, no hay nada que presentar.\n{}").format(stands))
    return str(
        Markup("Ya está presentado. Si quiere, agregue evidencia a ese registro.\n{}").format(
            stands
        )
    )


def wrong_day(given: date, today: date, act_day: date) -> str | None:
    """Why a document cannot be of that day; None when it can."""
    if given > today:
        why = f"todavía no llega (hoy es {day(today)})"
    elif given < act_day:
        why = f"es anterior al acta ({day(act_day)})"
    else:
        return None
    return f"⚠️ El {day(given)} {why}: no puede ser la fecha del documento."


def waiting(rows: Sequence[tuple[MeansRow, EventRow]], today: date, zone: tzinfo) -> Reply:
    """What waits for review, the oldest first."""
    if not rows:
        return Reply(("🟢 No hay nada por revisar.",))
    blocks = [f"📥 <b>Por revisar: {len(rows)}</b>"]
    for row, event in rows:
        days = (today - event.at.astimezone(zone).date()).days
        since = "hoy" if days == 0 else f"hace {days} {'día' if days == 1 else 'días'}"
        blocks.append(str(Markup("{} · {} · {}").format(means_head(row), event.actor_name, since)))
    buttons = [Button(row.code, _deed("card", row)) for row, _ in rows]
    return Reply(tuple(blocks), in_rows(buttons, CODES_IN_A_ROW))


def evidence_menu(row: MeansRow, evidence: Sequence[EvidenceRow]) -> Reply:
    """The evidence of a means, a button a file."""
    if not evidence:
        return Reply((str(Markup("El {} no tiene evidencia registrada.").format(row.code)),))
    blocks = [
        Markup("📎 <b>Evidencia del {}</b>").format(row.code),
        *evidence_lines(tuple(evidence)),
    ]
    buttons = tuple(
        (Button(f"⬇ {one.label}"[:40], f"e:{one.id}"),) for one in evidence if one.stored_name
    )
    return Reply(tuple(str(block) for block in blocks), buttons)
