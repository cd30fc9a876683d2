"""What is sent and what is not, in words; pure."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from markupsafe import Markup

from handlers.views.marks import moment
from handlers.views.reply import Button, Reply
from handlers.views.subscriptions import about_words, reason_words
from storage.notices import SubscriptionRow
from storage.traffic import Held, OutboxState, Sort

MOST_DUE = 5
SORTS = {
    Sort.REPLY: ("respuesta", "respuestas"),
    Sort.DIGEST: ("resumen", "resúmenes"),
    Sort.REMINDER: ("recordatorio", "recordatorios"),
}
STATES = {
    OutboxState.WAITING: "por enviar",
    OutboxState.SENDING: "saliendo",
    OutboxState.SENT: "enviados",
    OutboxState.EMPTY: "sin nada que decir",
    OutboxState.HELD: "en duda",
    OutboxState.FAILED: "no entregados",
}
RULE = (
    "Un resumen en duda pudo haber llegado, así que no se repite solo. Los recordatorios y las "
    "respuestas sí se repiten."
)


def deliveries(
    counts: Mapping[tuple[Sort, OutboxState], int],
    troubled: Sequence[Held],
    active: Sequence[SubscriptionRow],
    areas: dict[str, str],
    zone: tzinfo,
) -> Reply:
    """What went out in the last week, what is in trouble and why, and what comes next."""
    blocks = [Markup("📮 <b>Entregas de los últimos siete días</b>")]
    for state, words in STATES.items():
        parts = [
            f"{number} {SORTS[sort][number != 1]}"
            for sort in Sort
            if (number := counts.get((sort, state), 0))
        ]
        if parts:
            blocks.append(Markup("• {}: {}").format(words.capitalize(), ", ".join(parts)))
    if not counts:
        blocks.append(Markup("Todavía nada."))
    buttons: list[tuple[Button, ...]] = []
    if troubled:
        blocks.append(Markup("\n⚠️ <b>Sin entregar</b>"))
    for one in troubled:
        blocks.append(
            Markup("• N° {} · {} · chat {} · {} · {}").format(
                one.id,
                SORTS[one.sort][0],
                one.chat_id,
                moment(one.at, zone),
                reason_words(one.error),
            )
        )
        buttons.append(_decisions(one))
    if any(one.state is OutboxState.HELD for one in troubled):
        blocks.append(Markup("<i>{}</i>").format(RULE))
    if active:
        blocks.append(Markup("\n🔔 <b>Avisos activos: {}</b>").format(len(active)))
        blocks += [
            Markup("• {}: {}").format(row.title or row.chat_id, about_words(row, areas))
            for row in active[:MOST_DUE]
        ]
    return Reply(tuple(str(block) for block in blocks), tuple(buttons))


def _decisions(one: Held) -> tuple[Button, ...]:
    again = Button(f"🔁 Enviar N° {one.id}", f"a:rep:{one.id}")
    if one.state is not OutboxState.HELD:
        return (again,)
    return again, Button(f"✓ Dejar N° {one.id}", f"a:drop:{one.id}")
