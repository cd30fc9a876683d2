"""Subscriptions: «avísame…», «activa los recordatorios» / «ya no me mandes avisos»."""

from handlers.language.cues import Cues, Reading
from handlers.language.date_words import WEEKDAYS
from handlers.language.moods import DIGESTS, is_denial, read_kinds
from handlers.language.pauses import asks_for_silence, resumes
from handlers.language.rhythms import says_how_often
from handlers.language.sentence import Part, Sentence
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.language.zones import find_zones
from handlers.question import Intent

DIGEST_WORDS = frozenset(
    "semanal semanales diario diaria mensual mensuales quincenal lunes".split()
)
EVERY = frozenset({"cada", "todos", "todas"})
CLITICS_ME = ("me", "nos", "melo", "noslo", "melos", "mela")
LEAVING = frozenset({"baja", "retiro", "desuscripcion"})
LEAVES = ("salir", "salg", "salt", "irm", "irn", "borr", "retir", "desvincul")
SILENCE = frozenset({"dejen", "basta", "silencio", "stop"})
DENIED = 5  # words over which «no» denies a bid: «no quiero que me escribas»
RECEIVING = (
    "llegu",
    "recib",
    "mand",
    "envi",
    "pas",
    "inscrib",
    "suscrib",
    "apunt",
    "quier",
    "activ",
)


def read_notices(cues: Cues) -> Reading | None:
    """A wish to be told of things from now on, or no longer."""
    reading = _read_wish(cues)
    if reading is not None and reading.intent is Intent.SUBSCRIBE:
        _set_zones_aside(cues.sentence)
    return reading


def _read_wish(cues: Cues) -> Reading | None:
    words = cues.words
    if words <= SILENCE and words:
        return Reading(Intent.UNSUBSCRIBE)
    if cues.has(Tag.HOW) and not cues.has_form(Tag.NOTIFY, Form.COMMAND):
        return Reading(Intent.HELP) if _goes_out(cues) else None  # «¿cómo me salgo de…?»
    if _bids_to_go_on(cues) or resumes(cues.sentence):
        return Reading(Intent.SUBSCRIBE)
    if asks_for_silence(cues.sentence):
        return Reading(Intent.UNSUBSCRIBE)
    if _leaves(cues):
        return Reading(Intent.UNSUBSCRIBE)
    if _each_time(cues) or _bids_again_and_again(cues):
        return Reading(Intent.SUBSCRIBE)
    if any(
        cues.sentence.word(at) == "aviso"
        and (
            cues.sentence.word(at + 1) == "que" or cues.sentence.before(at) in {"te", "les", "le"}
        )
        for at in cues.sentence.places(Tag.NOTICE)
    ):
        return None  # «aviso que ya lo presentamos», «te aviso»
    silence = cues.has(Tag.NOT) or {"no", "ya"} <= words or bool(words & SILENCE)
    texts = cues.part(Part.AREA) or (cues.part(Part.TOPIC) and "mi" not in words)
    about_texts = texts and not cues.has(Tag.ME)  # «monitoreo de alarmas»
    noted = cues.has(Tag.NOTICE) and not about_texts
    if _notifies(cues) or _subscribes(cues) or _wants_digest(cues) or noted:
        ends = (cues.has(Tag.STOP) or silence or _stops(cues)) and not _wants_one_kind(cues)
        return Reading(Intent.UNSUBSCRIBE if ends else Intent.SUBSCRIBE)
    narrows = cues.leaves_out and not cues.has(Tag.NOTICE)  # «ya no me pongas los de mayo»
    if silence and "ya" in words and _bids_the_bot(cues) and not cues.refs and not narrows:
        return Reading(Intent.UNSUBSCRIBE)
    return None


def _set_zones_aside(sentence: Sentence) -> None:
    """«hora de Madrid» says when, and is no topic."""
    for span in find_zones(sentence):
        inside = [claim for claim in sentence.claims if span.first <= claim.first <= span.last]
        sentence.put_aside(inside)
        sentence.aside.update(range(span.first, span.last + 1))


def _bids_to_stop(cues: Cues) -> bool:
    """«deja de escribirme»."""
    sentence = cues.sentence
    stops = [at for at in sentence.free() if Tag.STOP in sentence.tags(at) or _halts(sentence, at)]
    bids = [at + 2 + (sentence.word(at + 1) == "ya") for at in stops]  # «deja ya de…»
    return any(
        sentence.word(bid - 1) == "de"
        and sentence.word(bid).endswith(CLITICS_ME)
        and Form.CLITIC in sentence.forms(bid)
        for bid in bids
    )


def _bids_to_go_on(cues: Cues) -> bool:
    """«no dejes de avisarme», «no pares de escribirme»."""
    sentence = cues.sentence
    return any(
        sentence.before(at) == "no"
        and sentence.word(at + 1) == "de"
        and sentence.word(at + 2).endswith(CLITICS_ME)
        and Form.CLITIC in sentence.forms(at + 2)
        for at in sentence.places(Tag.STOP, Form.WISH)
    )


def _halts(sentence: Sentence, at: int) -> bool:
    """«para de avisarme», «para ya de…»: a verb, as no preposition has «de» behind it."""
    behind = at + 1 + (sentence.word(at + 1) == "ya")
    if sentence.word(at) != "para" or sentence.word(behind) != "de":
        return False
    does = Form.INFINITIVE in sentence.forms(behind + 1) or (
        sentence.word(behind + 1).endswith(("ar", "er", "ir"))
        and not sentence.claim_at(behind + 1)
    )
    return does or Tag.NOTICE in sentence.tags(behind + 1)


def _leaves(cues: Cues) -> bool:
    """«dame de baja», «cancela el resumen semanal», «deja de escribirme»."""
    if cues.has(Tag.UNSUBSCRIBE) or (cues.words & LEAVING and not cues.part(Part.DATE)):
        return True
    ends_digest = bool(cues.words & DIGEST_WORDS - {"lunes"}) and cues.has(Tag.STOP)
    return ends_digest or _bids_to_stop(cues) or _goes_out(cues)


def _goes_out(cues: Cues) -> bool:
    """«quiero salirme de las alertas», «… del resumen semanal»."""
    sentence = cues.sentence
    told = {Tag.NOTICE, Tag.SUMMARY} if cues.words & DIGEST_WORDS else {Tag.NOTICE}
    return any(
        sentence.word(at).startswith(LEAVES)
        and any(sentence.word(at + step) in {"de", "del"} for step in (1, 2))
        and any(sentence.tags(at + step) & told for step in (2, 3, 4))
        for at in sentence.free()
    )


def _each_time(cues: Cues) -> bool:
    """«pásame la voz cada vez que algo esté por vencer»."""
    sentence = cues.sentence
    each = any(
        sentence.word(at) == "cada"
        and (sentence.word(at + 1) == "vez" or Tag.THING in sentence.tags(at + 1))
        for at in range(len(sentence))
    )
    return each and any(
        sentence.word(at).endswith(CLITICS_ME)
        if Form.CLITIC in sentence.entries[at].forms
        else sentence.before(at) in {"me", "nos"} and Form.PRESENT in sentence.entries[at].forms
        for at in range(len(sentence))
    )


def _bids_again_and_again(cues: Cues) -> bool:
    """«mándame cada día lo pendiente», «los lunes pásanos…»; not «dime qué vence cada mes»."""
    sentence = cues.sentence
    often = says_how_often(sentence)
    bids = [at for at in range(len(sentence)) if often and _bids_to_send(sentence, at)]
    if not bids or any(is_denial(sentence, at) for at in range(bids[0])):
        return False
    between = range(bids[0] + 1, max(often))
    asks = any(sentence.tags(at) & {Tag.DUE, Tag.ASK, Tag.COUNT} for at in between)
    return min(often) < bids[0] or not asks


def _bids_to_send(sentence: Sentence, at: int) -> bool:
    """«mándame», «que nos envíes»."""
    tags, forms = sentence.entries[at].tags, sentence.entries[at].forms
    if not tags & {Tag.DELIVER, Tag.SHOW}:
        return False
    if Form.CLITIC in forms:
        return sentence.word(at).endswith(CLITICS_ME)
    return Form.WISH in forms and sentence.before(at) in {"me", "nos"}


def _wants_one_kind(cues: Cues) -> bool:
    """«no quiero recordatorios, solo el resumen»: one kind ends, the other does not."""
    kinds = read_kinds(cues.sentence, timed=False)
    return kinds.digest is True or kinds.reminders is True


def _stops(cues: Cues) -> bool:
    """«para con los avisos», «para de mandar avisos»."""
    sentence = cues.sentence
    return any(
        _halts(sentence, at)
        or (
            sentence.word(at) == "para" and "con" in {sentence.word(at + 1), sentence.word(at + 2)}
        )
        for at in sentence.free()
    )


def _notifies(cues: Cues) -> bool:
    """«avísame», «quiero que me avises»; «avisarte» is what the person does."""
    sentence = cues.sentence
    return any(
        not sentence.word(at).endswith(("te", "les", "le"))
        and not _only_tells(sentence, at)
        and (
            Form.PRESENT not in sentence.entries[at].forms
            or sentence.word(at).endswith(CLITICS_ME)
            or sentence.before(at) in {"me", "nos"}
        )
        for at in sentence.places(Tag.NOTIFY)
    )


def _only_tells(sentence: Sentence, at: int) -> bool:
    """«recuérdame qué significa…», «recuérdame qué vence»: now, and not from now on."""
    return sentence.word(at).startswith("rec") and sentence.word(at + 1) in {
        "que",
        "cual",
        "cuales",
        "quien",
    }


def _subscribes(cues: Cues) -> bool:
    """«suscríbeme», «quiero suscribirme», «apúntame a las alertas»; not who signed the act."""
    sentence = cues.sentence
    if cues.part(Part.ACT) or cues.has(Tag.ACT):
        return False
    return any(
        sentence.word(at).endswith((*CLITICS_ME, "irme", "irnos"))
        or sentence.before(at) in {"me", "nos"}
        or sentence.entries[at].forms & {Form.INFINITIVE}
        for at in sentence.places(Tag.SUBSCRIBE)
        if not sentence.word(at).endswith("te")
        and (
            sentence.word(at).startswith(("suscri", "inscri")) or cues.has(Tag.NOTICE, Tag.SUMMARY)
        )
    )


def _wants_digest(cues: Cues) -> bool:
    """«el resumen semanal», «que cada lunes me llegue el resumen»."""
    digest = cues.has(Tag.SUMMARY, Tag.NOTICE)
    if not digest:
        return False
    if cues.words & DIGEST_WORDS - {"lunes"}:
        return True
    asks = cues.has(Tag.DUE, Tag.ASK, Tag.COUNT)
    if cues.words & DIGESTS and not asks and says_how_often(cues.sentence):
        return True  # «el resumen los lunes y jueves»
    weekly = bool(cues.words & EVERY) or any(  # «el resumen de los lunes»
        word in WEEKDAYS and cues.sentence.word(at - 1) == "los"
        for at, word in enumerate(token.fold for token in cues.sentence.tokens)
    )
    receives = any(token.fold.startswith(RECEIVING) for token in cues.sentence.tokens)
    return (
        weekly
        and receives
        and bool(cues.words & (WEEKDAYS.keys() | {"semana", "semanas", "dia", "mes"}))
    )


def _bids_the_bot(cues: Cues) -> bool:
    """«ya no me mandes nada», «ya no me escribas»; in «dime los que ya no…» no bid is denied."""
    sentence = cues.sentence
    return any(
        "no" in {sentence.before(at, step) for step in range(1, DENIED + 1)}
        and (sentence.word(at).endswith(CLITICS_ME) or sentence.before(at) in {"me", "nos"})
        for tag in (Tag.DELIVER, Tag.CAN, Tag.SHOW)
        for at in sentence.places(tag)
    )
