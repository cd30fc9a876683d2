"""The first line of an answer: how the question was understood, every correction named."""

from dataclasses import replace

from markupsafe import Markup, escape

from handlers.question import Pick, Question
from handlers.views.words import LEVELS, STATUS_FILTERS, joined, period
from storage.records import Level, MeansFilter

LAST_PLACES = {-1: "el último", -2: "el penúltimo", -3: "el antepenúltimo"}
NOTHING = MeansFilter()
PICKS = {
    Pick.NEXT: "lo próximo en vencer",
    Pick.EARLIEST: "lo primero en vencer",
    Pick.LATEST: "lo último en vencer",
}


def described(wanted: MeansFilter, areas: dict[str, str]) -> str:
    """A filter in words: «pendientes · de UTAI · en junio de 2021», plain text."""
    parts = []
    if wanted.refs:
        parts.append(_refs(wanted))
    if wanted.status is not None:
        parts.append(STATUS_FILTERS[wanted.status])
    if wanted.topic:
        parts.append(f"sobre «{' '.join(word.typed for word in wanted.topic)}»")
    if wanted.areas:
        parts.append("del área " + joined([areas.get(area, area) for area in wanted.areas]))
    if wanted.units:
        link = "compartidos por" if wanted.together else "de"
        parts.append(f"{link} {joined(list(wanted.units))}")
    if wanted.due:
        parts.append(joined([period(one) for one in wanted.due], "o"))
    if wanted.acts:
        parts.append(f"del acta {joined(list(wanted.acts))}")
    if wanted.either:
        parts.append(_either(wanted, areas))
    parts += [f"menos: {described(out, areas)}" for out in wanted.without]
    return " · ".join(parts) or "todos los medios"


def _either(wanted: MeansFilter, areas: dict[str, str]) -> str:
    """Alternatives; those that only name units ask for means that several units share."""
    if all(replace(one, units=(), together=False, either=()) == NOTHING for one in wanted.either):
        return "compartidos por varias unidades"
    return joined([described(one, areas) for one in wanted.either], "o")


def _refs(wanted: MeansFilter) -> str:
    found = []
    for level in Level:
        numbers = [ref.number for ref in wanted.refs if ref.level is level]
        if numbers:
            found.append(f"{LEVELS[level][len(numbers) > 1]} {joined(numbers)}")
    return joined(found)


def understood(question: Question, resolved: Question, areas: dict[str, str]) -> Markup:
    """The question in words, escaped, with the corrections: «pendientes de UTAI (utia → UTAI)»."""
    words = described(replace(question.wanted, topic=resolved.wanted.topic), areas)
    if question.pick is not None:
        words = (
            f"{PICKS[question.pick]} · {words}"
            if words != "todos los medios"
            else PICKS[question.pick]
        )
    if question.nth:
        places = joined([_place(place) for place in question.nth])
        words = f"{places} de: {words}"
    notes = [f"«{one.typed}» → {one.meant}" for one in question.corrections]
    line = escape(words)
    if notes:
        line += escape(f" ({'; '.join(notes)})")
    ignored = tuple(dict.fromkeys((*question.ignored, *resolved.ignored)))
    if ignored:
        line += escape(f" (no tomé en cuenta: {', '.join(f'«{word}»' for word in ignored)})")
    if resolved.wanted.deep:
        line += escape(" (solo en el texto de la recomendación)")
    return line


def _place(place: int) -> str:
    return LAST_PLACES.get(place, f"el {place}.º")
