"""Superlatives over the due day: «el próximo en vencer», «lo último», «el más atrasado»."""

from handlers.language.cues import Cues, Reading
from handlers.language.sentence import Part, Sentence
from handlers.language.status import LATER, PAST_VENCER
from handlers.language.tags import Tag
from handlers.question import Intent, Pick
from storage.records import Level, StatusFilter

OLD = frozenset({"viejo", "vieja", "antiguo", "antigua"})
URGENT = frozenset({"urgente", "urgentes"})
NEAR = frozenset({"pronto", "cerca", "encima", "temprano"})
FAR = frozenset({"lejano", "lejana", "lejos"}) | LATER


def read_pick(cues: Cues) -> Reading | None:
    """«el próximo en vencer», «lo último que vence», «el más atrasado»."""
    due = cues.has(Tag.DUE, Tag.DELIVER, Tag.WHEN) or cues.names_things or _fell_due(cues)
    one = any(ref.level is Level.MEANS for ref in cues.refs) or (cues.refs and not due)
    if one or cues.part(Part.NTH):
        return None
    pick = _most(cues, due=due) or (_extreme(cues) if due else None)
    follows = "que" in cues.words and "sigue" in cues.words and not cues.has_content
    if pick is None and (follows or _is_next(cues, due=due)):
        pick = Pick.NEXT
    if pick is None and cues.has(Tag.LAST) and cues.has_filter and not cues.left.topic:
        pick = Pick.LATEST  # «lo último que tiene UTAI»
    return None if pick is None else Reading(Intent.LIST, pick=pick)


def _most(cues: Cues, *, due: bool) -> Pick | None:
    """«el más atrasado», «lo más lejano», «lo más urgente»."""
    words = cues.words
    if "mas" not in words:
        return None
    if _has_most_overdue(cues) or (words & OLD and (due or cues.part(Part.STATUS))):
        return Pick.EARLIEST
    if words & FAR and (due or cues.part(Part.STATUS)):
        return Pick.LATEST
    urgent = words & URGENT and not cues.left.topic
    return Pick.NEXT if urgent or (due and words & (URGENT | NEAR)) else None


def _is_next(cues: Cues, *, due: bool) -> bool:
    """«el próximo plazo», «lo más próximo»; «los próximos» are several."""
    sentence = cues.sentence
    for at in sentence.places(Tag.NEXT):
        is_most = sentence.before(at) == "mas"
        if (due or is_most) and (is_most or not sentence.word(at).endswith("s")):
            return True
    return False


def _extreme(cues: Cues) -> Pick | None:
    """«el último», «al final de todo», «lo primero que vence»."""
    if _is_next(cues, due=True):
        return Pick.NEXT
    ends = cues.is_after(Tag.FILLER, {"al"}) and bool(cues.words & {"final", "ultimo"})
    if cues.has(Tag.LAST) or (ends and not cues.part(Part.DATE)):
        return Pick.LATEST
    dated = cues.has(Tag.DUE, Tag.DELIVER) or cues.names_things or _fell_due(cues)
    first = cues.has(Tag.FIRST) and dated
    return Pick.EARLIEST if first else None


def _fell_due(cues: Cues) -> bool:
    """«lo primero que venció»: of those whose day is past."""
    sentence = cues.sentence
    return any(sentence.word(one.last) in PAST_VENCER for one in sentence.of_part(Part.STATUS))


def _has_most_overdue(cues: Cues) -> bool:
    """«el más atrasado», one; «los más atrasados» are several."""
    sentence = cues.sentence
    return any(
        claim.value is StatusFilter.OVERDUE
        and "mas" in {sentence.before(claim.first), _before_time(sentence, claim.first)}
        and not sentence.word(claim.last).endswith("s")
        for claim in sentence.of_part(Part.STATUS)
    )


def _before_time(sentence: Sentence, at: int) -> str:
    """What stands before «tiempo» in «el que lleva más tiempo vencido»."""
    return sentence.before(at, 2) if sentence.before(at) in {"tiempo", "dias"} else ""
