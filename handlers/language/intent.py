"""What the person wants: the rules in order, the first that fits wins."""

from handlers.language.cues import SUBMITTED, Cues, Reading
from handlers.language.filters import speaks_of_shares
from handlers.language.marking import HOW_TO, read_mark
from handlers.language.meaning import read_act, read_define
from handlers.language.notices import read_notices
from handlers.language.overview import TO_THE_BOT, read_summary
from handlers.language.sentence import Part
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.question import Courtesy, Intent, Pick
from storage.records import Level, StatusFilter

COURTESIES = (
    (Tag.THANKS, Courtesy.THANKS),
    (Tag.GREETING, Courtesy.GREETING),
    (Tag.FAREWELL, Courtesy.FAREWELL),
)
PLURALS = frozenset({"cuales", "los", "medios", "compromisos", "entregables", "todos"})
EXTREMES = frozenset(
    "urgente urgentes proximo atrasado atrasada vencido vencida antiguo antigua".split()
)


def read_intent(cues: Cues) -> Reading:
    """Decide what is wanted; UNKNOWN where no rule fits."""
    for rule in (
        _read_other_question, _read_how_to, read_notices, read_act, read_mark, read_define, read_summary, _read_courtesy,
        _read_count, _read_pick, _read_detail, _read_list,
    ):  # fmt: skip
        reading = rule(cues)
        if reading is not None:
            return reading
    return Reading(Intent.UNKNOWN)


def _read_other_question(cues: Cues) -> Reading | None:
    """«¿qué día cae el 28 de julio?», «¿cuántos días trae febrero?»: about the calendar."""
    anchors = cues.part(Part.UNIT, Part.REF, Part.AREA, Part.STATUS, Part.NTH, Part.TOPIC)
    if not cues.part(Part.DATE) or anchors or cues.names_things or cues.has_previous:
        return None
    sentence = cues.sentence
    for at in sentence.free():
        asks = sentence.word(at) in {"que", "cuantos", "cuantas"}
        if asks and sentence.word(at + 1) in {"dia", "dias", "fecha", "semanas", "horas"}:
            due = cues.has(Tag.DELIVER) or any(
                sentence.word(place).startswith("venc") for place in sentence.places(Tag.DUE)
            )
            return None if due else Reading(Intent.UNKNOWN)
    return None


def _read_how_to(cues: Cues) -> Reading | None:
    """«¿cómo hago para marcar…?», «¿qué te puedo preguntar?»: how to use the bot."""
    if cues.refs or cues.part(Part.UNIT, Part.AREA, Part.DATE, Part.NTH) or cues.left.foreign:
        return None
    sentence = cues.sentence
    acts = (Tag.MARK, Tag.SUBSCRIBE, Tag.NOTIFY, Tag.CAN, Tag.SHOW, Tag.DELIVER, Tag.UNSUBSCRIBE)
    for at in sentence.free():
        if Tag.HOW in sentence.tags(at) and not cues.left.topic:
            following = range(at + 1, min(at + 6, len(sentence)))
            does = [place for place in following if set(acts) & sentence.tags(place)]
            is_mine = any(
                sentence.entries[place].forms & {Form.INFINITIVE, Form.CLITIC}
                or sentence.word(place).endswith(("o", "s"))
                or sentence.before(place) in {"se", "puedo", "debo"}
                for place in does
            )
            if is_mine and not _is_status_at(cues, at + 1) and not _goes(cues, at):
                return Reading(Intent.HELP)
    if cues.words & HOW_TO and any(cues.has(tag) for tag in (Tag.NOTIFY, Tag.MARK)):
        return Reading(Intent.HELP) if cues.is_question or "cual" in cues.words else None
    return None


def _is_status_at(cues: Cues, at: int) -> bool:
    claim = cues.sentence.claim_at(at)
    return claim is not None and claim.part is Part.STATUS


def _goes(cues: Cues, at: int) -> bool:
    """«cómo va», «cómo vamos»."""
    return any(Tag.GO in cues.sentence.tags(at + step) for step in (1, 2))


def _read_courtesy(cues: Cues) -> Reading | None:
    """Greetings, thanks and calls for help that name nothing of the matrix."""
    if cues.has_content or cues.part(Part.TERM) or cues.left.foreign:
        return None
    if len(cues.left.unknown) > 1:
        return None
    if _asks_help(cues):
        return Reading(Intent.HELP)
    if cues.has(Tag.GREETING) and _asks_how_are_you(cues):
        return Reading(Intent.HELP, courtesy=Courtesy.GREETING)
    wants = (Tag.DUE, Tag.PENDING, Tag.COUNT, Tag.WHO, Tag.SHOW, Tag.NEXT, Tag.WHEN)
    thanks = cues.has(Tag.THANKS)
    asks = cues.names_things or cues.has(Tag.ASK) or (cues.has(*wants) and not thanks)
    if asks or cues.left.unknown:
        return None
    for tag, courtesy in COURTESIES:
        if cues.has(tag):
            return Reading(Intent.HELP, courtesy=courtesy)
    return None


def _asks_how_are_you(cues: Cues) -> bool:
    """«hola, ¿qué tal?», «hola, ¿cómo estás?»."""
    sentence = cues.sentence
    return (
        any(
            (sentence.word(at) == "que" and sentence.word(at + 1) == "tal")
            or (Tag.HOW in sentence.tags(at) and sentence.word(at + 1) in TO_THE_BOT)
            for at in sentence.free()
        )
        and not cues.names_things
    )


def _asks_help(cues: Cues) -> bool:
    """«ayuda», «¿qué puedes hacer?», «¿para qué sirves?»."""
    if cues.left.unknown:
        return False
    if cues.has(Tag.HELP) and not cues.has(Tag.DUE, Tag.PENDING):
        return True
    asks = cues.has(Tag.ASK, Tag.HOW)
    about_matrix = cues.names_things or cues.has(Tag.DUE, Tag.DELIVER, Tag.PENDING)
    denies = cues.has(Tag.NOT) and "se" not in cues.words
    return cues.has(Tag.CAN) and asks and not about_matrix and not denies


def _read_count(cues: Cues) -> Reading | None:
    """«cuántos…», «cantidad de…», «en total»."""
    sentence = cues.sentence
    for at in sentence.places(Tag.COUNT):
        word = sentence.word(at)
        if word == "total" and not (
            sentence.before(at) in {"en", "el", "un", ""} or sentence.word(at + 1) == "de"
        ):
            continue
        single = any(ref.level is Level.MEANS for ref in cues.refs)
        if word in {"cuanto", "cuanta"} and (single or _counts_time(cues, at)):
            continue
        if word in {"cuantos", "cuantas"} and _counts_time(cues, at):
            continue
        if word in {"num", "numero", "nro", "numeros"} and cues.refs and not cues.has(Tag.MEANS):
            continue
        if cues.has_content or cues.names_things or cues.has(Tag.DUE) or cues.has_previous:
            return Reading(Intent.COUNT)
    return None


def _counts_time(cues: Cues, at: int) -> bool:
    """«cuánto tiempo queda», «cuántos días faltan»."""
    return cues.sentence.word(at + 1) in {"tiempo", "dias", "meses", "semanas", "falta", "plazo"}


def _read_pick(cues: Cues) -> Reading | None:
    """«el próximo en vencer», «lo último que vence», «el más atrasado»."""
    sentence = cues.sentence
    due = cues.has(Tag.DUE, Tag.DELIVER, Tag.WHEN) or cues.names_things
    if cues.refs or (cues.part(Part.NTH) and not due):
        return None
    most = "mas" in cues.words
    if most and _has_most_overdue(cues):
        return Reading(Intent.LIST, pick=Pick.EARLIEST)
    for at in sentence.places(Tag.NEXT):
        is_most = sentence.before(at) == "mas"
        if (due or is_most) and (is_most or not sentence.word(at).endswith("s")):
            return Reading(Intent.LIST, pick=Pick.NEXT)
    if due and most and cues.words & {"urgente", "urgentes", "pronto", "cerca", "encima"}:
        return Reading(Intent.LIST, pick=Pick.NEXT)
    if not due:
        return None
    if cues.has(Tag.LAST):
        return Reading(Intent.LIST, pick=Pick.LATEST)
    first = cues.has(Tag.FIRST) and (cues.has(Tag.DUE, Tag.DELIVER) or cues.names_things)
    return Reading(Intent.LIST, pick=Pick.EARLIEST) if first else None


def _has_most_overdue(cues: Cues) -> bool:
    """«el más atrasado», one; «los más atrasados» are several."""
    sentence = cues.sentence
    return any(
        claim.value is StatusFilter.OVERDUE
        and sentence.before(claim.first) == "mas"
        and not sentence.word(claim.last).endswith("s")
        for claim in sentence.of_part(Part.STATUS)
    )


def _read_detail(cues: Cues) -> Reading | None:
    """One thing by its number or topic, or who and when about it."""
    aspect = cues.has(Tag.WHO) or _asks_unit(cues)
    when = asks_when(cues)
    tells = cues.has(Tag.TELL) or bool(cues.words & {"dice", "dicen", "trata", "va"})
    levels = {ref.level for ref in cues.refs}
    if cues.part(Part.NTH) or Level.MEANS in levels:
        return Reading(Intent.DETAIL, wants_status=False)
    if Level.COMMITMENT in levels:
        delivered = any(claim.value in SUBMITTED for claim in cues.sentence.of_part(Part.STATUS))
        narrowed = cues.part(Part.STATUS) and not delivered
        lists = cues.has(Tag.MEANS) or narrowed or cues.part(Part.DATE)
        return Reading(Intent.LIST if lists and not aspect and not when else Intent.DETAIL)
    if levels:
        return Reading(Intent.DETAIL if tells else Intent.LIST)
    if not cues.left.topic:
        return None
    plural = bool(cues.words & PLURALS)
    if aspect or when or (tells and not (plural and _tells_of_many(cues))):
        return Reading(Intent.DETAIL, wants_status=False)
    asked_delivery = cues.is_question and cues.status(StatusFilter.SUBMITTED, StatusFilter.PENDING)
    if asked_delivery and not plural and not cues.part(Part.DATE):
        return Reading(Intent.DETAIL, wants_status=False)
    return None


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


def _read_list(cues: Cues) -> Reading | None:
    if cues.has_content:
        return Reading(Intent.LIST)
    if (cues.names_things or speaks_of_shares(cues.sentence)) and not cues.left.unknown:
        return Reading(Intent.LIST)
    if cues.has(Tag.DUE) and cues.has(Tag.ASK) and not cues.left.unknown:
        return Reading(Intent.LIST)
    return None
