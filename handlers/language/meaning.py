"""Questions for a meaning, «qué es RDE», and on the act itself, «quién firmó el acta»."""

from handlers.language.cues import Cues, Reading
from handlers.language.sentence import Part, Sentence
from handlers.language.tags import Tag
from handlers.language.topic import Leftover
from handlers.question import ActFacet, Intent

BEING = frozenset({"es", "son", "era", "eran", "sera", "seria"})
NAMING = frozenset(
    "dicen dice llaman llama denomina denominan refiere refieren refiera representa entiende come".split()
)
SIGNING = frozenset({"firmante", "firmantes", "firmas", "signatarios", "rubricas"})
SAYING = frozenset({"decir", "dice", "significa"})
KINDS = frozenset(
    "institucion oficina unidad area entidad organismo dependencia sigla siglas palabra".split()
)
RELATIVE = frozenset({"lo", "los", "las", "el", "la"})  # «qué es lo que vence»
FACETS = {
    "directiva": ActFacet.DIRECTIVE,
    "evaluacion": ActFacet.EVALUATION,
    "contacto": ActFacet.CONTACT,
    "seguimiento": ActFacet.FOLLOW_UP,
    "cumplimiento": ActFacet.COMPLIANCE,
    "reunion": ActFacet.MEETING,
    "lugar": ActFacet.MEETING,
    "participantes": ActFacet.PARTIES,
    "participaron": ActFacet.PARTIES,
    "partes": ActFacet.PARTIES,
}
ASKED_WITHOUT_ACT = {ActFacet.FOLLOW_UP, ActFacet.COMPLIANCE, ActFacet.CONTACT}


def may_ask_meaning(sentence: Sentence) -> bool:
    """Whether terms are looked for: a meaning is asked, or a term stands alone."""
    if any(Tag.DEFINE in known.tags for known in sentence.entries):
        return True
    if any(_wants_meaning(sentence, at) for at in range(len(sentence))):
        return True
    said = [
        at
        for at in sentence.free()
        if sentence.is_word(at)
        and (not sentence.tags(at) or not sentence.tags(at) <= {Tag.FILLER, Tag.GREETING, Tag.BE})
    ]
    return len(said) == 1 and not sentence.tags(said[0])


def _wants_meaning(sentence: Sentence, at: int) -> bool:
    """«qué es», «qué quiere decir», «a qué le llaman», «qué institución es»."""
    word = sentence.word(at)
    if word in {"quiere", "quieren", "querra"} and sentence.word(at + 1) in SAYING:
        return True
    if word != "que":
        return False
    after = [sentence.word(at + step) for step in (1, 2, 3)]
    if after[0] in BEING:
        what = after[1:] if after[1] not in {"eso", "esto"} else after[2:]
        is_relative = what[0] in RELATIVE and (
            sentence.word(at + 3) in {"que", "de", "del"}
            or Tag.NEXT in sentence.tags(at + 3)
            or Tag.LAST in sentence.tags(at + 3)
            or Tag.FIRST in sentence.tags(at + 3)
        )
        return not is_relative
    if after[0] == "cosa" and set(after[1:]) & BEING:
        return True
    if NAMING.intersection(after):
        return True
    return after[0] in KINDS and bool(BEING.intersection(after))


def read_define(cues: Cues) -> Reading | None:
    """A question for the meaning of a term or a unit; or a bare term."""
    sentence = cues.sentence
    named = sentence.of_part(Part.TERM) or sentence.of_part(Part.UNIT)
    if not named or cues.refs or cues.part(Part.DATE, Part.STATUS):
        return None
    if cues.has(Tag.DEFINE) or not NAMING.isdisjoint(cues.words):
        return Reading(Intent.DEFINE)
    if cues.has(Tag.DUE, Tag.PENDING, Tag.COUNT, Tag.DELIVER):
        return None
    if any(_wants_meaning(sentence, at) for at in sentence.free()):
        return Reading(Intent.DEFINE)
    alone = sentence.of_part(Part.TERM) and not cues.left.topic
    explained = cues.has(Tag.TELL, Tag.HOW) or cues.is_question
    if alone and (explained or len(sentence) == named[0].last - named[0].first + 1):
        return Reading(Intent.DEFINE)
    return None


def read_act(cues: Cues) -> Reading | None:
    """Who signed, when it met, which evaluation, who follows up, or the act as a whole."""
    words = cues.words
    names_act = bool(words & {"acta", "actas"}) or cues.part(Part.ACT)
    facet = next((facet for word, facet in FACETS.items() if word in words), None)
    if cues.refs or cues.part(Part.STATUS) or cues.has(Tag.COUNT) or _is_foreign(cues.left):
        return None
    signed = bool(words & SIGNING) or (
        cues.has(Tag.SIGN)
        and (names_act or cues.has(Tag.WHO, Tag.WHEN))
        and not cues.has(Tag.SUMMARY)
    )
    if signed and (names_act or not cues.has_content):
        return Reading(Intent.DEFINE, facet=ActFacet.SIGNATORIES)
    if names_act and not cues.part(Part.DATE, Part.UNIT):
        if facet is None and cues.has(Tag.WHEN):
            facet = ActFacet.MEETING
        if (
            cues.has(Tag.SUMMARY)
            and facet in {None, ActFacet.COMPLIANCE}
            and not cues.has(Tag.WHO)
        ):
            return None
        return Reading(Intent.DEFINE, facet=facet or ActFacet.WHOLE)
    asked = facet in ASKED_WITHOUT_ACT and cues.has(Tag.WHO) and not cues.has_filter
    if asked and len(cues.left.topic) <= 1:
        return Reading(Intent.DEFINE, facet=facet)
    return None


def _is_foreign(left: Leftover) -> bool:
    return bool(left.foreign or left.unknown)
