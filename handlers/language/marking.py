"""Marks: the order to record something as submitted, or the statement that it has been."""

from datetime import date

from handlers.language.cues import SUBMITTED, Cues, Reading
from handlers.language.date_words import WEEKDAYS
from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.question import Intent
from storage.records import DateRange, Level, StatusFilter

BEING = frozenset(
    "esta estan quedo quedaron fue fueron ha han lista sido se queda quedan ser".split()
)
FIRST_PERSON = ("amos", "imos")
AUXILIARIES = frozenset("ya se han ha fue fueron esta estan habian haya hayan le les".split())
CHECKS = frozenset({"check", "visto", "palomita", "tick", "ok", "✅", "✔"})
READY = frozenset({"listo", "lista", "listos", "listas", "hecho", "hecha", "ok", "conforme"})
RECORDS = frozenset("marca marcas registro check entrega presentacion".split())
PUT_ME = frozenset(
    "ponme ponmelo ponmelos ponganme pongame poneme ponerme ponernos ponnos".split()
)
AS = frozenset({"por", "como", "a", "en", "estado"})
LISTING = frozenset({"cuales", "quien", "quienes"})
CHANGING = ("cambi", "actualiz", "pon", "pong")
ITS_DATA = frozenset("fecha plazo responsable unidad texto nombre".split())
REPORTING = ("inform", "comunic", "constancia", "confirm", "avis", "report", "indic")
PAPERS = frozenset("informes reportes indicadores comunicaciones avisos".split())
HOW_TO = frozenset({"forma", "manera", "modo", "pasos", "instrucciones"})


def read_mark(cues: Cues) -> Reading | None:
    """An order to record, or the statement that something has been handed in."""
    delivered = [claim for claim in cues.sentence.of_part(Part.STATUS) if claim.value in SUBMITTED]
    denied = cues.status(StatusFilter.PENDING)
    if denied or _asks_for_things(cues) or _is_yet_to_come(cues):
        return None
    if _is_forbidden(cues):
        return Reading(Intent.UNKNOWN)
    if _changes_something_else(cues):
        return None if cues.is_question else Reading(Intent.UNKNOWN)
    if _is_ordered(cues, delivered):
        points = cues.part(Part.NTH) or cues.has(Tag.DEICTIC) or bool(delivered)
        if cues.has_content or points or cues.has_previous:
            return Reading(Intent.MARK, wants_status=False)
    if "nota" in cues.words and cues.words & {"toma", "tome", "tomen"} and delivered:
        return Reading(Intent.MARK, wants_status=False)
    if cues.is_question or cues.has(Tag.TELL, Tag.WHO, Tag.WHEN):
        return None
    if _is_ready(cues):
        return Reading(Intent.MARK, wants_status=False)
    stated = any(
        claim.value is StatusFilter.SUBMITTED and _is_statement(cues, claim) for claim in delivered
    )
    return Reading(Intent.MARK, wants_status=False) if stated else None


def _is_forbidden(cues: Cues) -> bool:
    """«no marques el 12.1», «desmarca…», «quita la marca…»; not «no me pongas los de UTI»."""
    sentence = cues.sentence
    undone = any(
        {sentence.word(at + step) for step in (1, 2)} & RECORDS
        for tag in (Tag.STOP, Tag.EXCEPT)
        for at in sentence.places(tag, Form.COMMAND, Form.INFINITIVE)
    )
    if undone or any(word.startswith("desmarc") for word in cues.words):
        return True
    return any(
        Tag.FILLER not in sentence.tags(at)
        and "no" in {sentence.before(at, step) for step in (1, 2, 3)}
        for at in sentence.places(Tag.MARK, Form.WISH)
    )


def _is_yet_to_come(cues: Cues) -> bool:
    """«mañana entregamos el 12.1», «ya casi lo entregamos», «aún no está listo»."""
    sentence = cues.sentence
    if cues.words & {"casi", "manana"}:
        return True
    return any(
        sentence.word(at) in READY
        and {"no", "ni"} & {sentence.before(at, step) for step in (1, 2, 3)}
        for at in range(len(sentence))
    )


def _changes_something_else(cues: Cues) -> bool:
    """«cambia la fecha del 12.1», «marca el 12.1 como observado»: nothing was handed in."""
    sentence = cues.sentence
    orders = any(
        sentence.before(at) not in {"se", "que"}
        for at in sentence.places(Tag.MARK, Form.COMMAND, Form.INFINITIVE)
    )
    delivered = cues.status(*SUBMITTED)
    other = cues.status(StatusFilter.OBSERVED, StatusFilter.OVERDUE, StatusFilter.VERIFIED)
    given = other and any(
        sentence.word(claim.first - 1) in AS for claim in sentence.of_part(Part.STATUS)
    )
    objects = any(
        sentence.word(at).startswith(CHANGING)
        and ITS_DATA & {sentence.word(at + 1), sentence.word(at + 2)}
        for at in sentence.places(Tag.MARK)
    )
    return orders and (given or (objects and not delivered))


def moments_of(sentence: Sentence, today: date) -> list[Claim]:
    """«ya lo presenté hoy», «… el viernes»: when it may have been handed in, and no due day."""
    found = []
    for claim in sentence.of_part(Part.DATE):
        said = {sentence.word(at) for at in range(claim.first, claim.last + 1)}
        match claim.value:
            case (DateRange(start=date() as start, end=date() as end),) if start == end:
                is_past = end <= today or not WEEKDAYS.keys().isdisjoint(said)
                if is_past and not any(word.isdigit() for word in said):
                    found.append(claim)
            case _:
                pass
    return found


def _asks_for_things(cues: Cues) -> bool:
    """«¿cuántos…?», «¿cómo marco…?», «la forma de marcar»: no order."""
    if cues.has(Tag.COUNT) or bool(cues.words & LISTING):
        return True
    return (
        cues.has(Tag.HOW)
        and any(
            Tag.HOW in cues.sentence.tags(at) and not _opens_status(cues, at)
            for at in cues.sentence.free()
        )
    ) or (bool(cues.words & HOW_TO) and cues.is_question)


def _opens_status(cues: Cues, at: int) -> bool:
    """«como presentado»."""
    claim = cues.sentence.claim_at(at + 1)
    return claim is not None and claim.part is Part.STATUS


def _is_ordered(cues: Cues, delivered: list[Claim]) -> bool:
    """«marca el 3.1», «ponle check», «dalo por entregado», «cambia el estado a presentado»."""
    sentence = cues.sentence
    for at in sentence.places(Tag.MARK, Form.COMMAND, Form.INFINITIVE):
        if sentence.tags(at) & {Tag.SUMMARY, Tag.NOTICE} or sentence.word(at).startswith("figur"):
            continue
        if _is_bidding(cues, at):
            return True
    if cues.words & CHECKS - {"ok", "visto"} and (cues.refs or cues.part(Part.NTH, Part.TOPIC)):
        return not cues.is_question
    given = any(sentence.word(claim.first - 1) in AS for claim in delivered)
    bids = cues.has(Tag.SHOW, Tag.MARK, Tag.CAN, Tag.STATE) or cues.has_form(Tag.STOP, Form.CLITIC)
    return given and bids and not cues.is_question


def _is_bidding(cues: Cues, at: int) -> bool:
    """The form is an order and no noun or statement: not «el registro», «se registra»."""
    sentence = cues.sentence
    if sentence.word(at).startswith("cambi") and not cues.status(*SUBMITTED):
        return False  # «cámbiale a UPPM»
    if sentence.word(at) in PUT_ME and not cues.words & CHECKS:
        return False  # «ponme lo de junio»: it is to be shown
    if sentence.before(at) == "a" and Form.WISH in sentence.forms(at - 2):
        return False  # «no vayas a poner…»
    if sentence.before(at) in {
        "se",
        "un",
        "el",
        "su",
        "los",
        "las",
        "que",
        "lo",
        "quise",
        "queria",
    }:
        return False
    return not (cues.asks and Form.CLITIC not in sentence.entries[at].forms)


def _is_ready(cues: Cues) -> bool:
    """«12.2 listo»."""
    coded = any(ref.level is not Level.RECOMMENDATION for ref in cues.refs)
    return coded and bool(cues.words & READY) and not cues.part(Part.DATE)


def _is_statement(cues: Cues, claim: Claim) -> bool:
    """«ya lo entregamos», «3.1 enviado», «la RDE ya se envió»; not «los ya entregados»."""
    sentence, at = cues.sentence, claim.first
    before = sentence.before(at)
    if before in {"que", "los", "las"}:
        relates = before == "que" and _is_report(cues, at)
        if not relates:
            return False
    if heads_fragment(sentence, claim) or (
        _is_relative(sentence, at) and not _is_report(cues, at)
    ):
        return False
    if any(ref.level is not Level.RECOMMENDATION for ref in cues.refs):
        return True
    near = {sentence.before(at, step) for step in (1, 2, 3)}
    word, forms = sentence.word(claim.last), sentence.entries[claim.last].forms
    first_person = _is_first_person(cues, claim.last)
    if before == "se" and sentence.word(at + 1) == "con":
        return bool(cues.left.topic)  # «se cumplió con mandar…»
    if Form.PARTICIPLE in forms and not first_person:
        stated = bool(near & BEING) or sentence.word(at + 1) == "ya" or "ya" in near
    else:
        stated = bool(near & BEING) or first_person or "ya" in near | {sentence.word(at + 1)}
    if not stated:
        return False
    points = cues.part(Part.NTH) or (
        cues.has_previous
        and (cues.has(Tag.DEICTIC) or not cues.part(Part.UNIT, Part.DATE, Part.AREA))
    )
    return bool(cues.left.topic) or points or bool(cues.refs) or word.endswith(FIRST_PERSON)


def heads_fragment(sentence: Sentence, claim: Claim) -> bool:
    """«ya presentados de la recomendación 4»: those of it that are; «ya presentado el 12.1»."""
    opens = all(sentence.tags(at) & {Tag.YET, Tag.GREETING} for at in range(claim.first))
    several = sentence.word(claim.last).endswith(("dos", "das"))
    of_it = sentence.word(claim.last + 1) in {"de", "del", "en"}
    return opens and several and of_it and Form.PARTICIPLE in sentence.forms(claim.last)


def _is_relative(sentence: Sentence, at: int) -> bool:
    """«los que ya se entregaron», «lo ya presentado»: some of them, and no statement."""
    steps = 1
    while sentence.before(at, steps) in AUXILIARIES:
        steps += 1
    opener = sentence.before(at, steps)
    if opener in {"los", "las"} or (opener == "lo" and steps > 1):
        return steps > 1
    if opener != "que":
        return False
    named = sentence.claim_at(at - steps - 1)  # «los de la rec 4 que ya se cumplieron»
    return named is not None or sentence.before(at, steps + 1) in {"los", "las", "lo"}


def _is_first_person(cues: Cues, at: int) -> bool:
    """«entregamos», «entregué», «ya mande», «acabo de enviar»."""
    word, typed = cues.sentence.word(at), cues.sentence.tokens[at].text.lower()
    forms = cues.sentence.entries[at].forms
    if word.endswith(FIRST_PERSON) or typed.endswith(("é", "í")):
        return True
    return Form.INFINITIVE in forms or (Form.PAST in forms and word.endswith(("e", "i")))


def _is_report(cues: Cues, at: int) -> bool:
    """«informo que ya se presentó», «dejo constancia de que fue remitido»; not «los informes que…»."""
    before = {cues.sentence.before(at, step) for step in (2, 3, 4)}
    return any(word.startswith(REPORTING) and word not in PAPERS for word in before)
