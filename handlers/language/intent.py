"""What the person wants: the rules in order, the first that fits wins."""

from handlers.language.cues import SUBMITTED, Cues, Reading
from handlers.language.filters import speaks_of_shares
from handlers.language.marking import HOW_TO, read_mark
from handlers.language.meaning import read_act, read_define
from handlers.language.notices import read_notices
from handlers.language.numbers import find_numerals
from handlers.language.overview import TO_THE_BOT, read_summary
from handlers.language.sentence import Part, Sentence
from handlers.language.tags import Tag
from handlers.language.tokens import Kind
from handlers.language.verbs import Form
from handlers.question import Courtesy, Intent, Pick
from storage.records import Level, StatusFilter

COURTESIES = (
    (Tag.THANKS, Courtesy.THANKS),
    (Tag.GREETING, Courtesy.GREETING),
    (Tag.FAREWELL, Courtesy.FAREWELL),
)
PLURALS = frozenset({"cuales", "los", "medios", "compromisos", "entregables", "todos"})
# words that change what is asked; where none of them was read, the question was not understood
NARROWING = (Tag.TELL, Tag.NOT, Tag.EXCEPT, Tag.HOW, Tag.COMPARE, Tag.LATE, Tag.EARLY,
             Tag.NEXT, Tag.LAST, Tag.FIRST, Tag.SUMMARY, Tag.STATE, Tag.KIND, Tag.STOP)  # fmt: skip
TIMES = frozenset("antes despues hasta desde mes meses semana semanas quincena trimestre".split())
A_GREETING = 3  # words that are no more than one
SAYING = frozenset({"dice", "dicen", "trata", "va", "pide", "piden"})
OFFICIALS = frozenset(
    "ministro ministra presidente presidenta viceministro viceministra alcalde alcaldesa".split()
)
OLD = frozenset({"viejo", "vieja", "antiguo", "antigua"})
URGENT = frozenset({"urgente", "urgentes"})
NEAR = frozenset({"pronto", "cerca", "encima"})
FAR = frozenset({"lejano", "lejana", "lejos", "tarde"})


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
    if _asks_for_an_official(cues):
        return Reading(Intent.UNKNOWN)
    anchors = cues.part(Part.UNIT, Part.REF, Part.AREA, Part.STATUS, Part.NTH, Part.TOPIC)
    if not cues.part(Part.DATE) or anchors or cues.names_things or cues.has_previous:
        return None
    sentence = cues.sentence
    for at in sentence.free():
        asks = sentence.word(at) in {"que", "cuantos", "cuantas"}
        if sentence.word(at) == "cuanto" and sentence.word(at + 1).startswith("falt"):
            return Reading(Intent.UNKNOWN)
        if asks and sentence.word(at + 1) in {"dia", "dias", "fecha", "semanas", "horas"}:
            due = cues.has(Tag.DELIVER) or any(
                sentence.word(place).startswith("venc") for place in sentence.places(Tag.DUE)
            )
            return None if due else Reading(Intent.UNKNOWN)
    return None


def _asks_for_an_official(cues: Cues) -> bool:
    """«¿quién es el ministro de salud?»."""
    sentence = cues.sentence
    return any(
        sentence.word(at) in OFFICIALS and sentence.before(at, 2) in {"es", "fue", "sera"}
        for at in sentence.free()
    )


def _read_how_to(cues: Cues) -> Reading | None:
    """«¿cómo hago para marcar…?», «¿qué te puedo preguntar?»: how to use the bot."""
    if cues.refs or cues.part(Part.UNIT, Part.AREA, Part.DATE, Part.NTH) or cues.left.foreign:
        return None
    sentence = cues.sentence
    acts = (Tag.MARK, Tag.SUBSCRIBE, Tag.NOTIFY, Tag.CAN, Tag.SHOW, Tag.DELIVER, Tag.UNSUBSCRIBE,
            Tag.STOP)  # fmt: skip
    for at in sentence.free():
        if Tag.HOW in sentence.tags(at) and not cues.left.topic:
            following = range(at + 1, min(at + 6, len(sentence)))
            does = [place for place in following if set(acts) & sentence.tags(place)]
            is_mine = any(
                sentence.entries[place].forms & {Form.INFINITIVE, Form.CLITIC}
                or sentence.word(place).endswith(("o", "s"))
                or sentence.before(place) in {"se", "te", "puedo", "debo"}
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
    named = cues.has_filter or cues.part(Part.REF, Part.TERM, Part.NTH) or cues.left.foreign
    if not named and _thanks_for(cues):
        return Reading(Intent.HELP, courtesy=Courtesy.THANKS)
    if not named and _asks_for_help(cues):
        return Reading(Intent.HELP)
    if named or cues.has_content:
        return None
    if len(cues.left.unknown) > 1:
        return None
    if _asks_help(cues):
        return Reading(Intent.HELP)
    words = [token for token in cues.sentence.tokens if token.kind is Kind.WORD]
    brief = cues.has(Tag.GREETING) or len(words) <= A_GREETING
    if brief and _asks_how_are_you(cues):
        return Reading(Intent.HELP, courtesy=Courtesy.GREETING)
    wants = (Tag.DUE, Tag.PENDING, Tag.COUNT, Tag.WHO, Tag.SHOW, Tag.NEXT, Tag.WHEN)
    thanks = cues.has(Tag.THANKS)
    asks = cues.names_things or cues.has(Tag.ASK) or (cues.has(*wants) and not thanks)
    polite = cues.has(*(tag for tag, _ in COURTESIES))
    if asks or (cues.left.unknown and not (polite and len(words) <= A_GREETING)):
        return None
    for tag, courtesy in COURTESIES:
        if cues.has(tag):
            return Reading(Intent.HELP, courtesy=courtesy)
    return None


def _thanks_for(cues: Cues) -> bool:
    """«muchas gracias por su apoyo»: what for is no topic."""
    sentence = cues.sentence
    thanks = any(sentence.word(at + 1) == "por" for at in sentence.places(Tag.THANKS))
    return thanks and not cues.has(Tag.ASK, Tag.WHO, Tag.SHOW)


def _asks_for_help(cues: Cues) -> bool:
    """«¿en qué me puede ayudar este servicio?»."""
    helps = any(token.fold.startswith("ayud") for token in cues.sentence.tokens)
    return helps and "en" in cues.words and "que" in cues.words and not cues.names_things


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
    if cues.left.unknown or (cues.has_previous and cues.has(Tag.WHO)):
        return False
    if _asks_what_it_answers(cues):
        return True
    if cues.has(Tag.HELP) and not cues.has(Tag.DUE, Tag.PENDING):
        return True
    teaches = any(token.fold.startswith("ensen") for token in cues.sentence.tokens)
    if teaches and cues.has(Tag.CAN) and not cues.names_things:
        return True
    itself = cues.words & {"sirves", "haces", "funciona", "funcionas"}
    if itself and cues.has(Tag.ASK, Tag.HOW) and not cues.names_things:
        return True
    asks = cues.has(Tag.ASK, Tag.HOW)
    about_matrix = cues.names_things or cues.has(Tag.DUE, Tag.DELIVER, Tag.PENDING)
    denies = cues.has(Tag.NOT) and "se" not in cues.words
    return cues.has(Tag.CAN) and asks and not about_matrix and not denies


def _asks_what_it_answers(cues: Cues) -> bool:
    """«¿qué tipo de consultas absuelves?», «¿qué cosas respondes?»."""
    sentence = cues.sentence
    addressed = any(
        Form.PRESENT in sentence.entries[at].forms and sentence.word(at).endswith(("as", "es"))
        for at in sentence.free()
    )
    asked = cues.words & {"consultas", "preguntas", "dudas", "cosas", "temas"}
    return bool(asked) and addressed and cues.has(Tag.ASK) and not cues.names_things


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
        whole = cues.names_things or cues.has(Tag.DUE, Tag.DELIVER) or speaks_of_shares(sentence)
        counted = whole and not _says_more(cues, counts=True)
        if cues.has_content or cues.has_previous or counted:
            return Reading(Intent.COUNT)
    return None


def _counts_time(cues: Cues, at: int) -> bool:
    """«cuánto tiempo queda», «cuántos días faltan»."""
    return cues.sentence.word(at + 1) in {"tiempo", "dias", "meses", "semanas", "falta", "plazo"}


def _read_pick(cues: Cues) -> Reading | None:
    """«el próximo en vencer», «lo último que vence», «el más atrasado»."""
    due = cues.has(Tag.DUE, Tag.DELIVER, Tag.WHEN) or cues.names_things
    if cues.refs or (cues.part(Part.NTH) and not due):
        return None
    pick = _most(cues, due=due) or (_extreme(cues) if due else None)
    follows = "que" in cues.words and "sigue" in cues.words and not cues.has_content
    if pick is None and (follows or _is_next(cues, due=due)):
        pick = Pick.NEXT
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
    urgent = words & URGENT and not cues.has_content
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
    first = cues.has(Tag.FIRST) and (cues.has(Tag.DUE, Tag.DELIVER) or cues.names_things)
    return Pick.EARLIEST if first else None


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


def _read_detail(cues: Cues) -> Reading | None:
    """One thing by its number or topic, or who and when about it."""
    aspect = _asks_who(cues) or _asks_unit(cues) or _asks_which_one(cues)
    when = asks_when(cues) or (bool(cues.refs) and "cuando" in cues.words)
    tells = cues.has(Tag.TELL) or bool(cues.words & SAYING)
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
    asks_what = any(
        cues.sentence.before(claim.first) == "que" and claim.value is StatusFilter.PENDING
        for claim in cues.sentence.of_part(Part.STATUS)
    )
    asked_delivery = (
        not asks_what
        and cues.is_question
        and cues.status(StatusFilter.SUBMITTED, StatusFilter.PENDING)
    )
    if asked_delivery and not plural and not cues.part(Part.DATE):
        return Reading(Intent.DETAIL, wants_status=False)
    return None


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
    numerals = find_numerals(sentence.tokens)
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
    without = any(not _is_manner(sentence, at) for at in sentence.places(Tag.WITHOUT))
    return without or cues.has(*NARROWING) or bool(_unclaimed(cues) & TIMES)


def _is_manner(sentence: Sentence, at: int) -> bool:
    """«sin vueltas», «sin apuro»: how it is to be told."""
    following = sentence.tags(at + 1)
    return at + 1 < len(sentence) and following <= {Tag.FILLER, Tag.WANT, Tag.WHEN}


def _unclaimed(cues: Cues) -> set[str]:
    return {cues.sentence.word(at) for at in cues.sentence.free()}
