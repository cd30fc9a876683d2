"""What the person wants: the rules in order, the first that fits wins."""

from handlers.language.courtesy import read_courtesy, read_how_to
from handlers.language.cues import ASKED_FOR, SUBMITTED, Cues, Reading
from handlers.language.filters import speaks_of_shares
from handlers.language.marking import AUXILIARIES, heads_fragment, read_mark
from handlers.language.meaning import read_act, read_define
from handlers.language.notices import read_notices
from handlers.language.overview import read_summary
from handlers.language.picks import read_pick
from handlers.language.sentence import Part, Sentence
from handlers.language.spelling import is_verb
from handlers.language.tags import Tag
from handlers.language.topic import RELATED
from handlers.language.verbs import Form
from handlers.language.words import empty_nouns
from handlers.question import Intent
from storage.records import Level, StatusFilter
from storage.text import fold

PLURALS = frozenset({"cuales", "los", "medios", "compromisos", "entregables", "todos"})
# words that change what is asked; where none of them was read, the question was not understood
NARROWING = (Tag.TELL, Tag.NOT, Tag.EXCEPT, Tag.HOW, Tag.COMPARE, Tag.LATE, Tag.EARLY,
             Tag.NEXT, Tag.LAST, Tag.FIRST, Tag.SUMMARY, Tag.STATE, Tag.KIND, Tag.STOP)  # fmt: skip
OF_ALL = (Tag.FILLER, Tag.MARK, Tag.ALSO, Tag.DUE)  # what is done with every means of a matrix
TIMES = frozenset("antes despues hasta desde mes meses semana semanas quincena trimestre".split())
# nouns of a question that stand for whatever is counted
ANY_NOUN = frozenset("temas asuntos casos lotes tipos oficinas varios varias demas mas".split())
# kinds of papers and doings that are handed in, and can be counted
DELIVERED = frozenset(
    "informe reporte plan directiva documento tdr rde resolucion lineamiento taller capacitacion base "
    "planificacion tablero malla propuesta pauta modulo normativa norma modelo procedimiento estrategia "
    "herramienta instrumento formato ficha registro certificacion evaluacion termino consolidado diseno "
    "protocolo guia estudio proceso cadena producto actividad accion tarea medio compromiso".split()
)
SAYING = frozenset({"dice", "dicen", "trata", "va", "pide", "piden"})
OFFICIALS = frozenset(
    "ministro ministra presidente presidenta viceministro viceministra alcalde alcaldesa".split()
)


def read_intent(cues: Cues) -> Reading:
    """Decide what is wanted; UNKNOWN where no rule fits."""
    for rule in (
        _read_other_question, read_how_to, read_notices, read_act, read_mark, read_define, read_summary, read_courtesy,
        _read_count, read_pick, _read_detail, _read_list,
    ):  # fmt: skip
        reading = rule(cues)
        if reading is not None:
            return reading
    return Reading(Intent.UNKNOWN)


def _read_other_question(cues: Cues) -> Reading | None:
    """«¿qué día cae el 28 de julio?», «¿cuántos días trae febrero?»: about the calendar."""
    if _asks_for_an_official(cues) or _asks_for_units_without(cues):
        return Reading(Intent.UNKNOWN)
    anchors = cues.part(Part.UNIT, Part.REF, Part.AREA, Part.STATUS, Part.NTH, Part.TOPIC)
    if not cues.part(Part.DATE) or anchors or cues.names_things or cues.has_previous:
        return None
    sentence = cues.sentence
    for at in sentence.free():
        asks = sentence.word(at) in {"que", "cuantos", "cuantas"}
        counts = sentence.word(at) in {"cuanto", "poco", "poquito", "mucho", "nada"}
        beside = sentence.word(at + 1), sentence.word(at - 1)
        if counts and any(word.startswith("falt") for word in beside):
            return Reading(Intent.UNKNOWN)
        if asks and sentence.word(at + 1) in {"dia", "dias", "fecha", "semanas", "horas"}:
            due = cues.has(Tag.DELIVER) or any(
                sentence.word(place).startswith("venc") for place in sentence.places(Tag.DUE)
            )
            return None if due else Reading(Intent.UNKNOWN)
    return None


def _asks_for_units_without(cues: Cues) -> bool:
    """«¿qué unidades no tienen pendientes?»: those that have some are the others."""
    sentence = cues.sentence
    return cues.is_after(Tag.UNIT, {"que", "cual", "cuales"}) and any(
        sentence.word(at) == "no" and sentence.word(at + 1).startswith(("tien", "deb"))
        for at in range(len(sentence))
    )


def _asks_for_an_official(cues: Cues) -> bool:
    """«¿quién es el ministro de salud?»."""
    sentence = cues.sentence
    return any(
        sentence.word(at) in OFFICIALS and sentence.before(at, 2) in {"es", "fue", "sera"}
        for at in sentence.free()
    )


def _read_count(cues: Cues) -> Reading | None:
    """«cuántos…», «cantidad de…», «en total»."""
    sentence = cues.sentence
    for at in sentence.places(Tag.COUNT):
        word = sentence.word(at)
        if Form.CLITIC in sentence.entries[at].forms:
            continue  # «súmale la UC»
        if word == "total" and not (
            sentence.before(at) in {"en", "el", "un", ""} or sentence.word(at + 1) == "de"
        ):
            continue
        if word in {"cuanto", "cuanta"} and sentence.before(at) == "a":
            continue  # «¿a cuánto está el dólar?»
        single = any(ref.level is Level.MEANS for ref in cues.refs)
        if word in {"cuanto", "cuanta"} and (single or _counts_time(cues, at)):
            continue
        if word in {"cuantos", "cuantas"} and _counts_time(cues, at):
            continue
        if word in {"num", "numero", "nro", "numeros"} and cues.refs and not cues.has(Tag.MEANS):
            continue
        if _counts_something_else(cues, at):
            return Reading(Intent.UNKNOWN)
        whole = cues.names_things or cues.has(Tag.DUE, Tag.DELIVER)
        shared = speaks_of_shares(sentence) and not cues.left.unknown and not cues.left.foreign
        counted = shared or (whole and not _says_more(cues, counts=True))
        if cues.has_content or cues.has_previous or counted:
            return Reading(Intent.COUNT)
    return None


def _counts_something_else(cues: Cues, at: int) -> bool:
    """«cuántas quejas tiene UTAI», «número de trabajadores»: a noun that is nothing of ours."""
    sentence = cues.sentence
    noun = at + 1
    if not sentence.word(at).startswith("cuant"):
        if sentence.word(noun) not in {"de", "d"}:
            return False
        noun += 1
    if not sentence.is_word(noun):
        return False
    word = sentence.word(noun)
    claim = sentence.claim_at(noun)
    if claim is not None:
        return claim.part in {Part.TOPIC, Part.AREA} and _is_no_kind(sentence, noun)
    if noun in sentence.aside:
        return False
    if not sentence.tags(noun):
        strange = {fold(one) for one in (*cues.left.unknown, *cues.left.foreign)}
        return word in strange and not is_verb(word)
    known, forms = sentence.tags(noun), sentence.forms(noun)
    if forms == {Form.PARTICIPLE} and word.endswith("as") and word not in empty_nouns():
        return Tag.SITUATION in known and known <= {Tag.SITUATION, Tag.FILLER}  # «llamadas»
    assigned = Form.PARTICIPLE in forms and sentence.word(noun + 1) in {"a", "en", "para", "por"}
    return word.endswith("s") and word in empty_nouns() - ANY_NOUN and not assigned


def _is_no_kind(sentence: Sentence, at: int) -> bool:
    """«cuántos niños», «cuántas madres»: spoken of in the texts, and no kind of what is handed in."""
    word = sentence.word(at)
    singular = {word, word.removesuffix("s"), word.removesuffix("es")}
    counted = word.endswith("s") and not sentence.tokens[at].text.isupper()
    return counted and singular.isdisjoint(DELIVERED)


def _counts_time(cues: Cues, at: int) -> bool:
    """«cuánto tiempo queda», «cuántos días faltan»."""
    return cues.sentence.word(at + 1) in {"tiempo", "dias", "meses", "semanas", "falta", "plazo"}


def _read_detail(cues: Cues) -> Reading | None:
    """One thing by its number or topic, or who and when about it."""
    aspect = _asks_who(cues) or _asks_unit(cues) or _asks_which_one(cues)
    when = asks_when(cues) or (bool(cues.refs) and "cuando" in cues.words)
    tells = cues.has(Tag.TELL) or bool(cues.words & SAYING)
    levels = {ref.level for ref in cues.refs}
    if cues.part(Part.NTH) or Level.MEANS in levels:
        return Reading(Intent.DETAIL, wants_status=False)
    if Level.COMMITMENT in levels:
        delivered = any(
            claim.value in SUBMITTED and not heads_fragment(cues.sentence, claim)
            for claim in cues.sentence.of_part(Part.STATUS)
        )
        narrowed = cues.part(Part.STATUS) and (not delivered or _asks_which_are(cues))
        lists = cues.has(Tag.MEANS) or narrowed or cues.part(Part.DATE)
        return Reading(Intent.LIST if lists and not aspect and not when else Intent.DETAIL)
    if levels:
        asks = not cues.words & {"pide", "piden"}
        return Reading(Intent.DETAIL if tells and asks else Intent.LIST)
    if not cues.left.topic:
        return None
    plural = bool(cues.words & PLURALS)
    if aspect or when or (tells and not (plural and _tells_of_many(cues))):
        return Reading(Intent.DETAIL, wants_status=False)
    asks_what = any(
        cues.sentence.before(claim.first) == "que" and claim.value is StatusFilter.PENDING
        for claim in cues.sentence.of_part(Part.STATUS)
    )
    asked_delivery = (
        not asks_what
        and not _asks_which_are(cues)
        and cues.is_question
        and cues.status(StatusFilter.SUBMITTED, StatusFilter.PENDING)
    )
    if asked_delivery and not plural and not cues.part(Part.DATE):
        return Reading(Intent.DETAIL, wants_status=False)
    return None


def _asks_which_are(cues: Cues) -> bool:
    """«¿cuáles ya se entregaron?», «… qué informes ya fueron remitidos»: those, and no one thing."""
    sentence = cues.sentence
    for claim in sentence.of_part(Part.STATUS):
        place = claim.first - 1
        while sentence.word(place) in AUXILIARIES or sentence.tags(place) & ASKED_FOR:
            place -= 1
        is_plural = sentence.word(claim.last).endswith(("n", "s")) or place < claim.first - 1
        if sentence.word(place) in {"que", "cuales"} and sentence.word(place - 1) not in RELATED:
            return is_plural
    return False


def _asks_who(cues: Cues) -> bool:
    """«quién», «responsable», «a cargo»; «ese cargo» is a word of the texts."""
    sentence = cues.sentence
    return any(
        sentence.word(at) != "cargo" or sentence.before(at) in {"a", "al", "su"}
        for at in sentence.places(Tag.WHO)
    )


def _tells_of_many(cues: Cues) -> bool:
    """«los que tratan de…»: a list of those that do."""
    return any(
        cues.sentence.before(at) == "que" and cues.sentence.word(at).endswith("n")
        for at in cues.sentence.places(Tag.TELL)
    ) or bool(cues.words & {"medios", "compromisos", "entregables", "cuales"})


def asks_when(cues: Cues) -> bool:
    """«cuándo», «fecha», «para qué mes», with no day named already."""
    if cues.part(Part.DATE):
        return False
    return cues.has(Tag.WHEN) or any(
        token.fold in {"mes", "dia"} and cues.sentence.before(at) in {"que", "cual"}
        for at, token in enumerate(cues.sentence.tokens)
    )


def _asks_unit(cues: Cues) -> bool:
    """«qué unidad», «cuál oficina»."""
    return cues.is_after(Tag.UNIT, {"que", "cual"}) or any(
        token.fold == "oficina" and cues.sentence.before(at) in {"que", "cual"}
        for at, token in enumerate(cues.sentence.tokens)
    )


def _asks_which_one(cues: Cues) -> bool:
    """«¿qué documento es?», «¿cuál compromiso es?»."""
    sentence = cues.sentence
    return any(
        sentence.before(at) in {"que", "cual"} and sentence.word(at + 1) == "es"
        for tag in (Tag.VAGUE_THING, Tag.THING, Tag.MEANS, Tag.COMMITMENT)
        for at in sentence.places(tag)
    )


def _read_list(cues: Cues) -> Reading | None:
    if cues.has_content:
        return Reading(Intent.LIST)
    if speaks_of_shares(cues.sentence) and not cues.left.unknown:
        return Reading(Intent.LIST)
    asks = cues.names_things or (cues.has(Tag.DUE) and cues.has(Tag.ASK))
    return Reading(Intent.LIST) if asks and not _says_more(cues) else None


def _says_more(cues: Cues, *, counts: bool = False) -> bool:
    """Words that narrow in a way no rule has read: to list everything would be no answer."""
    sentence = cues.sentence
    if cues.left.unknown or cues.left.foreign:
        return True
    numerals = sentence.numerals
    if any(
        sentence.is_free(one.first, one.last)
        and sentence.word(one.first) not in {"un", "una", "uno"}
        for one in numerals
    ):
        return not cues.has_previous
    if cues.has_previous:
        return False
    if cues.has(Tag.COUNT) and not counts:
        return True
    if any(_is_a_state(sentence, at) for at in sentence.free()):
        return True
    without = any(not _is_manner(sentence, at) for at in sentence.places(Tag.WITHOUT))
    return without or cues.has(*NARROWING) or bool(_unclaimed(cues) & TIMES)


def _is_a_state(sentence: Sentence, at: int) -> bool:
    """«los medios anulados»; «los asumidos», «los registrados» are all of them."""
    is_participle = sentence.forms(at) == {Form.PARTICIPLE}
    says = sentence.tags(at).isdisjoint(OF_ALL) and sentence.word(at) not in empty_nouns()
    return is_participle and says


def _is_manner(sentence: Sentence, at: int) -> bool:
    """«sin vueltas», «sin apuro»: how it is to be told."""
    following = sentence.tags(at + 1)
    return at + 1 < len(sentence) and following <= {Tag.FILLER, Tag.WANT, Tag.WHEN}


def _unclaimed(cues: Cues) -> set[str]:
    return {cues.sentence.word(at) for at in cues.sentence.free()}
