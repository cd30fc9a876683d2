"""Acronyms, words of the act, and the act itself."""

from markupsafe import Markup, escape

from handlers.question import ActFacet, ActFacts, Meaning
from handlers.views.reply import Reply
from handlers.views.words import MONTHS, day, joined
from storage.records import ActRecord

NOT_SPELT = "el acta no lo desarrolla y no encontré una fuente pública; no invento un nombre"


def render_meaning(meaning: Meaning) -> Reply:
    """Each term with its expansion and where it is known from."""
    blocks = [
        _meaning(unit.code, unit.name, unit.source, "unidad responsable en la matriz")
        for unit in meaning.units
    ]
    blocks += [
        _meaning(term.term, term.expansion, term.source, term.note) for term in meaning.terms
    ]
    if not blocks:
        if meaning.question.terms:
            asked = joined([f"«{term}»" for term in meaning.question.terms])
            blocks.append(Markup("No tengo {} en el glosario del acta.").format(escape(asked)))
        blocks.append(Markup("Puedo explicar: {}.").format(", ".join(meaning.known)))
    return Reply(tuple(str(block) for block in blocks))


def _meaning(term: str, expansion: str | None, source: str | None, note: str | None) -> Markup:
    line = Markup("📖 <b>{}</b>: {}").format(term, expansion or NOT_SPELT)
    if source:
        line += Markup(" <i>(fuente: {})</i>").format(source)
    if note:
        line += Markup(" · {}").format(note)
    return line


def render_act(facts: ActFacts) -> Reply:
    """The act, or the facet of it that was asked."""
    facet = facts.question.facet
    wanted = facts.question.wanted.acts
    acts = [act for act in facts.acts if not wanted or act.number in wanted]
    blocks = [block for act in acts for block in _act(act, facet)]
    return Reply(tuple(str(block) for block in blocks))


def _act(act: ActRecord, facet: ActFacet | None) -> list[Markup]:
    blocks = [Markup("📜 <b>Acta N° {}</b> · {}").format(act.number, act.title)]
    parts = {
        ActFacet.MEETING: _meeting(act),
        ActFacet.SIGNATORIES: _signatories(act),
        ActFacet.PARTIES: [
            Markup("Partes: {}").format(
                "; ".join(f"{name} ({code})" for code, name in act.parties.items())
            )
        ],
        ActFacet.AGREEMENTS: [
            Markup("Acuerdo {}: {}").format(number, text)
            for number, text in enumerate(act.agreements, start=1)
        ],
        ActFacet.DIRECTIVE: [Markup("Directiva: {}").format(act.directive)],
        ActFacet.EVALUATION: [Markup("Evaluación: {}").format(act.evaluation)],
        ActFacet.CONTACT: [Markup("Contacto: {}").format(act.contact)],
        ActFacet.COMPLIANCE: [Markup("Responsable del cumplimiento: {}").format(act.compliance)],
        ActFacet.FOLLOW_UP: [
            Markup("Responsable de seguimiento: {}").format(" / ".join(act.follow_up))
        ],
    }
    if facet is None or facet is ActFacet.WHOLE:
        return [*blocks, *(block for part in parts.values() for block in part)]
    return [*blocks, *parts[facet]]


def _meeting(act: ActRecord) -> list[Markup]:
    met = f"{act.met_on.day} de {MONTHS[act.met_on.month - 1]} de {act.met_on.year}"
    return [
        Markup("Reunión: {}, {}, de {:%H:%M} a {:%H:%M}").format(
            act.place, met, act.met_from, act.met_until
        )
    ]


def _signatories(act: ActRecord) -> list[Markup]:
    return [
        Markup("✒️ {}, {} · firmó el {}").format(one.name, one.office, day(one.signed_at.date()))
        for one in act.signatories
    ]
