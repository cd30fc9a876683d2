"""Lists and details of means."""

from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup, escape

from handlers.permission import Deed
from handlers.question import Intent, Listing
from handlers.views.reply import CODES_IN_A_ROW, Button, Reply, in_rows
from handlers.views.understood import understood
from handlers.views.words import LEVELS, day, joined, means_of, short, sign, status, whole
from storage.records import MeansRow, Status

CARD_CHARS = 200
LINE_CHARS = 60  # of a means' text in a list
DEEDS_IN_A_ROW = 2
MARK_STANDS = "Entendí que quiere registrarlo como presentado; eso se hace en el chat del bot."


def render_listing(listing: Listing, question_id: int | None, areas: dict[str, str]) -> Reply:
    """A list, a count or one thing whole; buttons only for a kept question."""
    question = listing.question
    head = understood(question, listing.resolved, areas)
    if not listing.total:
        return _empty(listing, head, question_id)
    several_acts = len({row.act for row in listing.rows}) > 1
    count = means_of(listing.total)
    if listing.counted is not None:
        noun = LEVELS[question.counted][listing.counted != 1]
        count = f"{listing.counted} {noun} ({count})"
    first = Markup("🔎 <b>{}</b>: {}").format(count, head)
    if question.intent is Intent.DETAIL:
        blocks = [first, *_details(listing)]
    elif question.intent is Intent.MARK:
        blocks = [Markup("✍️ {}").format(escape(MARK_STANDS)), first]
        blocks += [means_line(row, listing, with_act=several_acts) for row in listing.rows]
    else:
        blocks = [
            first,
            *(means_line(row, listing, with_act=several_acts) for row in listing.rows),
        ]
    if listing.total > listing.page_size:
        pages = (listing.total - 1) // listing.page_size + 1
        blocks.append(Markup("<i>Página {} de {}</i>").format(listing.page + 1, pages))
    return Reply(tuple(str(block) for block in blocks), _buttons(listing, question_id))


def means_line(row: MeansRow, listing: Listing, *, with_act: bool = False) -> Markup:
    """Write one means: `⚪ <b>4.1</b> Informe de taller · UTAI, CGC · 30 jun 2021`."""
    act = f" · acta {row.act}" if with_act else ""
    moved = "" if row.due_on == row.signed_on else f" (reprogramado; acta: {day(row.signed_on)})"
    return Markup("{} <b>{}</b> {} · <b>{}</b> · {}{}{}").format(
        sign(row, listing.today),
        row.code,
        short(row.text, LINE_CHARS),
        ", ".join(row.units),
        day(row.due_on),
        moved,
        act,
    )


def _details(listing: Listing) -> list[Markup]:
    """Every commitment once, with its means whole below it; the notes on the scan at the end."""
    blocks = []
    for _, group in groupby(listing.rows, key=lambda row: (row.act, row.commitment)):
        rows = list(group)
        top = rows[0]
        blocks += [
            Markup("\n📌 <b>Compromiso {}</b>: {}").format(
                top.commitment, whole(top.commitment_text)
            ),
            Markup("🗂 Área {} · recomendación {}").format(top.area_name, top.recommendation),
            *(_detail(row, listing) for row in rows),
        ]
    notes = dict.fromkeys(note for row in listing.rows for note in row.notes)
    return [*blocks, *(Markup("<i>Nota: {}</i>").format(note) for note in notes)]


def _detail(row: MeansRow, listing: Listing) -> Markup:
    """One means whole: status, text, due day as valid and as printed, unit, specification."""
    lines = [
        Markup("\n{} <b>Medio {}</b> · {}").format(
            sign(row, listing.today), row.code, status(row, listing.today)
        ),
        whole(row.text),
        _due(row),
        Markup("👥 Responsable: <b>{}</b>").format(", ".join(row.units) or "—"),
    ]
    if row.specification is not None:
        lines.append(Markup("ℹ️ Precisiones: {}").format(whole(row.specification)))
    return Markup("\n").join(lines)


def _due(row: MeansRow) -> Markup:
    """The valid due day, and the one of the act."""
    if row.due_on == row.signed_on:
        return Markup("📅 Vence el <b>{}</b> (en el acta: {})").format(
            day(row.due_on), row.due_text
        )
    return Markup("📅 Vence el <b>{}</b>, reprogramado (en el acta: {}, {})").format(
        day(row.due_on), row.due_text, day(row.signed_on)
    )


DEEDS = {
    Deed.SUBMIT: ("✍️ Presentar", "sub", {Status.PENDING, Status.OBSERVED}),
    Deed.ADD_EVIDENCE: ("📎 Agregar evidencia", "sub", {Status.SUBMITTED}),
    Deed.WITHDRAW: ("↩️ Anular", "wd", {Status.SUBMITTED}),
    Deed.VERIFY: ("✅ Verificar", "ver", {Status.SUBMITTED}),
    Deed.OBSERVE: ("↩️ Observar", "obs", {Status.SUBMITTED, Status.VERIFIED}),
    Deed.REPROGRAM: ("📅 Reprogramar", "rep", {Status.PENDING, Status.OBSERVED, Status.SUBMITTED}),
}


def card(
    row: MeansRow, stands: Markup, buttons: tuple[tuple[Button, ...], ...], hint: str = ""
) -> Reply:
    """A means in short, with what can be done about it now."""
    blocks = [*([hint, ""] if hint else []), str(stands), str(short(row.text, CARD_CHARS))]
    return Reply(tuple(blocks), buttons)


def deed_buttons(
    row: MeansRow, deeds: Iterable[Deed], *, sees_evidence: bool
) -> tuple[tuple[Button, ...], ...]:
    """What may be done about a means as it stands, then what may be looked at."""
    doing = [
        Button(label, f"k:{verb}:{row.id}:{row.last_event}")
        for label, verb, statuses in (DEEDS[deed] for deed in deeds)
        if row.status in statuses
    ]
    looking = [Button("🕓 Historia", f"k:his:{row.id}:{row.last_event}")]
    if sees_evidence and row.last_event:
        looking.append(Button("📎 Evidencia", f"k:evi:{row.id}:{row.last_event}"))
    return (*in_rows(doing, DEEDS_IN_A_ROW), tuple(looking))


def render_recommendation(row: MeansRow, back: str) -> Reply:
    """The long text of a means' recommendation and its area."""
    return Reply(
        (
            str(
                Markup("<b>Recomendación {}</b> · área {}").format(
                    row.recommendation, row.area_name
                )
            ),
            str(whole(row.recommendation_text)),
        ),
        ((Button("‹ Volver", back),),),
    )


def _empty(listing: Listing, head: Markup, question_id: int | None) -> Reply:
    question = listing.question
    if question.intent is Intent.MARK:
        text = "¿Qué medio quiere marcar? Escriba su número, por ejemplo «marca el 4.1»."
        return Reply((str(Markup("✍️ {}").format(text)), MARK_STANDS))
    named = Markup("🔎 <b>Nada</b>: {}").format(head)
    blocks = [named]
    if question.nth:
        blocks.append(Markup("Esa lista no tiene tantos medios."))
    elif question.wanted.refs:
        blocks.append(Markup("Ese número no está en la matriz, o no cumple lo demás que pide."))
    if listing.nearest:
        near = joined([f"{means_of(one.count)} el {day(one.due_on)}" for one in listing.nearest])
        blocks.append(Markup("Lo más cercano: {}.").format(near))
    return Reply(tuple(str(block) for block in blocks), _years(listing, question_id))


def _years(listing: Listing, question_id: int | None) -> tuple[tuple[Button, ...], ...]:
    years = listing.question.years
    if question_id is None or len(years) < 2:  # noqa: PLR2004 - nothing to choose between
        return ()
    return (tuple(Button(str(year), f"y:{question_id}:{year}") for year in years),)


def _buttons(listing: Listing, question_id: int | None) -> tuple[tuple[Button, ...], ...]:
    if question_id is None:
        return ()
    question = listing.question
    rows: list[tuple[Button, ...]] = []
    if question.intent is Intent.DETAIL:
        rows += [
            (
                Button(
                    f"Recomendación {one.recommendation}",
                    f"r:{question_id}:{listing.page}:{one.id}",
                ),
            )
            for one in _one_a_recommendation(listing.rows)
        ]
    else:
        codes = [
            Button(f"{row.code}", f"m:{question_id}:{listing.page}:{row.id}")
            for row in listing.rows
        ]
        rows += in_rows(codes, CODES_IN_A_ROW)
    pages = (listing.total - 1) // listing.page_size + 1
    turn = []
    if listing.page > 0:
        turn.append(Button("‹ Anterior", f"p:{question_id}:{listing.page - 1}"))
    if listing.page + 1 < pages:
        turn.append(Button("Siguiente ›", f"p:{question_id}:{listing.page + 1}"))
    if turn:
        rows.append(tuple(turn))
    rows += _years(listing, question_id)
    if question.intent in {Intent.LIST, Intent.COUNT}:
        steps = []
        if question.wanted.status is None and listing.total > 1:
            steps.append(Button("Solo pendientes", f"s:{question_id}"))
        if len({row.units for row in listing.rows}) > 1:
            steps.append(Button("Por unidad", f"u:{question_id}"))
        if steps:
            rows.append(tuple(steps))
    return tuple(rows)


def _one_a_recommendation(rows: tuple[MeansRow, ...]) -> list[MeansRow]:
    return list({(row.act, row.recommendation): row for row in rows}.values())
