"""Questions for a meaning, «qué es RDE», and on the act itself, «quién firmó el acta»."""

from handlers.language.cues import Cues, Reading
from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.question import ActFacet, Intent

BEING = frozenset({"es", "son", "era", "eran", "sera", "seria"})
NAMING = frozenset(
    "llaman llama denomina denominan refiere refieren refiera representa entiende come".split()
)
SIGNING = frozenset({"firmante", "firmantes", "firmas", "signatarios", "rubricas"})
SPELLING = frozenset("lee escribe desarrolla dice llama pronuncia".split())
SAYING = frozenset({"decir", "dice", "significa"})
KINDS = frozenset(
    "institucion oficina unidad area entidad organismo dependencia sigla siglas palabra".split()
)
BLANK = frozenset({Tag.FILLER, Tag.VAGUE_THING, Tag.BE, Tag.GO, Tag.DUE, Tag.SITUATION})
TIMES = frozenset("dia dias fecha fechas mes hora plazo ano".split())
MOST_BETWEEN = 5  # words between «qué» and «es»
EXPLAINED = frozenset("termino sigla significado definicion concepto acronimo".split())
GLOSSARY = frozenset("glosario siglas acronimos terminologia abreviaturas".split())
RELATIVE = frozenset({"lo", "los", "las", "el", "la"})  # «qué es lo que vence»
FACETS = {
    "acuerdos": ActFacet.AGREEMENTS,
    "acordo": ActFacet.AGREEMENTS,
    "acordaron": ActFacet.AGREEMENTS,
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
OF_THE_ACT = frozenset({"matriz", "fue", "rige", "aplica"})  # «¿qué evaluación fue?»
NUMBERED = frozenset({"numero", "num", "nro", "total"})


def may_ask_meaning(sentence: Sentence) -> bool:
    """Whether terms are looked for: a meaning is asked, or a term stands alone."""
    if any(Tag.DEFINE in known.tags for known in sentence.entries):
        return True
    if any(_wants_meaning(sentence, at) for at in range(len(sentence))):
        return True
    if any(token.fold == "=" for token in sentence.tokens) or _ends_in_what(sentence):
        return True
    said = [
        at
        for at in sentence.free()
        if sentence.is_word(at)
        and (not sentence.tags(at) or not sentence.tags(at) <= {Tag.FILLER, Tag.GREETING, Tag.BE})
    ]
    alone = len(said) == 1 and not sentence.tags(said[0]) and not sentence.claims
    return alone and sentence.before(said[0]) not in {"de", "del", "sobre"}  # «lo del SINEACE»


def _wants_meaning(sentence: Sentence, at: int) -> bool:
    """«qué es», «qué quiere decir», «a qué le llaman», «qué institución es»."""
    word = sentence.word(at)
    if word in {"quiere", "quieren", "querra"} and sentence.word(at + 1) in SAYING:
        return True
    if word == "como" and sentence.word(at + 1) == "se":
        return sentence.word(at + 2) in SPELLING
    if word != "que" or _is_relative(sentence, at):
        return False
    after = [sentence.word(at + step) for step in (1, 2, 3)]
    is_bound = sentence.word(at - 1) == "en" or _asks_for_duties(sentence, at)
    if after[0] in BEING and not is_bound:
        what = after[1:] if after[1] not in {"eso", "esto"} else after[2:]
        is_relative = what[0] in RELATIVE and (
            sentence.word(at + 3) in {"que", "de", "del", "mas"}
            or Tag.NEXT in sentence.tags(at + 3)
            or Tag.LAST in sentence.tags(at + 3)
            or Tag.FIRST in sentence.tags(at + 3)
        )
        return not is_relative
    if after[0] == "cosa" and set(after[1:]) & BEING:
        return True
    if {"le", "se"} & set(after) and {"dice", "dicen"} & set(after):
        return True
    if NAMING.intersection(after) or _asks_what_it_is(sentence, at):
        return True
    is_named = after[0] in KINDS and bool(BEING.intersection(after))
    return is_named and sentence.word(at + 4) != "que"  # «qué unidad es la que…»


def _asks_for_duties(sentence: Sentence, at: int) -> bool:
    """«¿de qué es responsable CGC?», «¿a qué está obligada la UC?»."""
    governs = sentence.word(at - 1) in {"de", "a", "por", "con"}
    return governs and (
        Tag.WHO in sentence.tags(at + 2) or Form.PARTICIPLE in sentence.forms(at + 2)
    )


def _ends_in_what(sentence: Sentence) -> bool:
    """«PNCM viene a ser qué cosa», «el SAF es como qué»: the term first, «qué» last."""
    at = len(sentence) - 1
    while at > 0 and (
        not sentence.is_word(at) or sentence.word(at) == "cosa" or _is_aside(sentence, at)
    ):
        at -= 1
    if sentence.word(at) != "que":
        return False
    at -= 1
    if sentence.word(at) == "como":
        at -= 1
    return sentence.word(at) in BEING | {"ser", "siendo"}


def _is_aside(sentence: Sentence, at: int) -> bool:
    """A courtesy behind the question: «… qué pues», «… qué, jefe»."""
    return sentence.word(at) != "que" and sentence.tags(at) <= {
        Tag.FILLER,
        Tag.THANKS,
        Tag.GREETING,
    }


def _corresponds(sentence: Sentence, at: int) -> bool:
    """«¿a qué corresponde UTI?»; «¿qué le corresponde a UTI?» asks for its means."""
    following = sentence.claim_at(at + 2)
    asked = sentence.word(at) == "que" and sentence.word(at - 1) == "a"
    is_unit = following is not None and following.part in {Part.UNIT, Part.TERM}
    return asked and is_unit and sentence.word(at + 1).startswith("correspond")


def _asks_for_a_word(cues: Cues) -> bool:
    """«el glosario», «aclare el término «cogestión comunal»»: a word it may not know."""
    if cues.has_filter or cues.refs or cues.left.foreign:
        return False
    words = {cues.sentence.word(at) for at in cues.sentence.places(Tag.DEFINE)}
    if cues.left.topic:
        return bool(words & EXPLAINED)
    return bool(words & GLOSSARY) and not cues.left.unknown


def _asks_what_it_is(sentence: Sentence, at: int) -> bool:
    """«qué cosa viene a ser…», «qué rayos es…»: between them no word of the matrix."""
    if sentence.word(at) != "que" or sentence.word(at - 1) == "en" or _is_relative(sentence, at):
        return False  # «¿en qué es responsable CGC?»
    if _asks_for_duties(sentence, at):
        return False
    for place in range(at + 1, at + 1 + MOST_BETWEEN):
        word, tags = sentence.word(place), sentence.tags(place)
        if word in BEING or (word == "ser" and sentence.word(place - 1) == "a"):
            return sentence.word(place + 1) not in {"lo", "los", "las"}
        if tags - BLANK or word in TIMES or not sentence.is_word(place):
            return False
    return False


def _leads_to(named: list[Claim], at: int) -> bool:
    """A term stands behind the question word: «qué cosa es el SAF»."""
    return any(
        at < claim.first <= at + MOST_BETWEEN + 2 or claim.last == at - 1 for claim in named
    )


def _is_relative(sentence: Sentence, at: int) -> bool:
    """«los que son…», «medios que son…»."""
    if _ends_in_being(sentence, at):
        return False
    nouns = {Tag.MEANS, Tag.COMMITMENT, Tag.THING, Tag.UNIT, Tag.AREA, Tag.RECOMMENDATION}
    return sentence.word(at - 1) in RELATIVE or bool(nouns & sentence.tags(at - 1))


def _ends_in_being(sentence: Sentence, at: int) -> bool:
    """«MCM qué es», «la MCM que viene a ser»: no relative clause ends so."""
    rest = [place for place in range(at + 1, len(sentence)) if sentence.is_word(place)]
    while rest and sentence.tags(rest[-1]) and _is_aside(sentence, rest[-1]):
        rest.pop()
    words = [sentence.word(place) for place in rest]
    return words == ["viene", "a", "ser"] or (len(words) == 1 and words[0] in BEING)


def read_define(cues: Cues) -> Reading | None:
    """A question for the meaning of a term or a unit; or a bare term."""
    named = cues.sentence.of_part(Part.TERM) or cues.sentence.of_part(Part.UNIT)
    says = cues.words & {"significa", "significan"} or {"quiere", "decir"} <= cues.words
    if (says and cues.part(Part.TERM)) or (not named and _asks_for_a_word(cues)):
        return Reading(Intent.DEFINE)
    takes_back = cues.has_previous and cues.has(Tag.WRONG)
    if takes_back or not named or cues.refs or cues.part(Part.DATE, Part.STATUS):
        return None
    return Reading(Intent.DEFINE) if _asks_for_named(cues, named) else None


def _asks_for_named(cues: Cues, named: list[Claim]) -> bool:
    """The meaning of what is named is asked for, or nothing else is said."""
    sentence = cues.sentence
    words = [token.fold for token in sentence.tokens if token.fold.isalnum()]
    if cues.has(Tag.DEFINE) or "=" in cues.words or not NAMING.isdisjoint(cues.words):
        return True
    if (words[-2:] == ["de", "que"] and BEING & set(words)) or _ends_in_what(sentence):
        return True  # «UC es la unidad de qué»
    if any(_asks_what_it_is(sentence, at) and _leads_to(named, at) for at in sentence.free()):
        return True
    if len(named) > 1 and cues.words >= {"lo", "mismo"} and BEING & cues.words:
        return True  # «¿UT y UTAI son lo mismo?»
    if any(_corresponds(sentence, at) for at in sentence.free()):
        return True
    if cues.has(Tag.DUE, Tag.PENDING, Tag.COUNT, Tag.DELIVER):
        return False
    if any(_wants_meaning(sentence, at) for at in sentence.free()):
        return True
    alone = sentence.of_part(Part.TERM) and not cues.left.topic
    explained = cues.has(Tag.TELL, Tag.HOW) or cues.is_question
    is_all = len(sentence) == named[0].last - named[0].first + 1
    return bool(alone) and (explained or is_all)


def read_act(cues: Cues) -> Reading | None:
    """Who signed, when it met, which evaluation, who follows up, or the act as a whole."""
    counts = any(cues.sentence.word(at) not in NUMBERED for at in cues.sentence.places(Tag.COUNT))
    if cues.refs or cues.part(Part.STATUS) or counts or cues.left.foreign:
        return None
    names_act = bool(cues.words & {"acta", "actas"}) or cues.part(Part.ACT)
    facet = next((facet for word, facet in FACETS.items() if word in cues.words), None)
    if _asks_facet(cues, facet, names_act=names_act):
        return Reading(Intent.DEFINE, facet=facet)
    if cues.left.unknown:
        return None
    signed = bool(cues.words & SIGNING) or (
        cues.has(Tag.SIGN)
        and (names_act or cues.has(Tag.WHO, Tag.WHEN))
        and not cues.has(Tag.SUMMARY)
    )
    if signed and (names_act or not cues.has_content):
        return Reading(Intent.DEFINE, facet=ActFacet.SIGNATORIES)
    if not names_act or cues.part(Part.DATE, Part.UNIT):
        return None
    if facet is None and cues.has(Tag.WHEN):
        facet = ActFacet.MEETING
    sums_up = cues.has(Tag.SUMMARY) and facet in {None, ActFacet.COMPLIANCE}
    if sums_up and not cues.has(Tag.WHO):
        return None
    return Reading(Intent.DEFINE, facet=facet or ActFacet.WHOLE)


def _asks_facet(cues: Cues, facet: ActFacet | None, *, names_act: bool) -> bool:
    """A facet is asked for by its own word, «acta» being said or not."""
    match facet:
        case None:
            return False
        case ActFacet.AGREEMENTS:
            only = not cues.has_filter and not cues.refs and len(cues.left.topic) <= 1
            return only and cues.has(Tag.ASK)
        case ActFacet.MEETING:
            asks = cues.words & {"fue", "donde"}
            return bool(asks) and not cues.has_filter and not cues.left.unknown
        case ActFacet.DIRECTIVE | ActFacet.EVALUATION:
            of_act = names_act or not OF_THE_ACT.isdisjoint(cues.words)
            return of_act and not cues.refs and _asks_which(cues, facet)
        case ActFacet.FOLLOW_UP | ActFacet.COMPLIANCE | ActFacet.CONTACT:
            if cues.words & {"lidera", "lider", "mejor", "mas", "gana"}:
                return False
            asked = cues.has(Tag.WHO) and not cues.has_filter and not cues.left.unknown
            return asked and not names_act and len(cues.left.topic) <= 1
        case _:
            return False


def _asks_which(cues: Cues, facet: ActFacet) -> bool:
    """«¿en virtud de qué directiva…?», «¿de qué evaluación sale…?»."""
    return any(
        FACETS.get(token.fold) is facet and cues.sentence.before(at) in {"que", "cual"}
        for at, token in enumerate(cues.sentence.tokens)
    )
