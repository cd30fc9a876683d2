"""What a question asks of the status: pendientes, vencidos, «sin presentar», «ya entregados»."""

from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from storage.records import StatusFilter

REACH = 5  # words over which «no», «sin» or «por» govern a verb
ARTICLES = frozenset({"los", "las", "lo", "el", "la"})
PAST_VENCER = frozenset({"vencio", "vencieron", "caduco", "caducaron", "expiro", "expiraron"})
LAPSED = frozenset({"pasaron", "paso", "pasado", "pasados", "pasada", "pasadas"})
IN_TIME = frozenset({"plazo", "fecha", "tiempo"})
OUT_OF = frozenset(
    {"plazo", "plazos", "fecha", "fechas", "tiempo", "termino", "hora", "cronograma"}
)
BEFORE_LAPSED = frozenset({"se", "les", "le", "nos", "me", "ya", "han", "ha"})
DENIALS = frozenset({"no", "sin", "nunca", "ni", "tampoco", "jamas", "falta", "faltan", "por", "resta",
                     "restan", "queda", "quedan", "falto", "faltaron", "faltaba", "pendiente",
                     "pendientes"})  # fmt: skip
WITH_INFINITIVE = frozenset({"falta", "faltan", "resta", "restan", "queda", "quedan", "falto",
                             "faltaron", "faltaba", "pendiente", "pendientes"})  # fmt: skip
REMAINS = frozenset("queda quedan quedaba quedaban resta restan quedara quedaria".split())
ARRIVED = frozenset(
    "llego llegaron logro lograron pudo pudieron alcanzo alcanzaron termino".split()
)
BOT = frozenset({"me", "nos"})
NOUN_MARKS = frozenset("de del el la un su al este por mi".split())


def claim_status(sentence: Sentence) -> None:
    """Claim status words; a denied delivery is pending, a denied lateness is upcoming."""
    for at in range(len(sentence)):
        if not sentence.is_free(at):
            continue
        found = _status(sentence, at)
        if found:
            status, first, last = found
            first = first if sentence.is_free(first, last) else at
            sentence.claim(Claim(Part.STATUS, first, last, status))


def _status(sentence: Sentence, at: int) -> tuple[StatusFilter, int, int] | None:
    known = sentence.entries[at]
    settled = _timely(sentence, at)
    if settled is not None:
        return settled
    denied = _denial(sentence, at)
    first = at if denied is None else denied
    if Tag.OVERDUE in known.tags:
        failed = sentence.word(at).startswith("incumpl")
        status = StatusFilter.OVERDUE if failed or denied is None else StatusFilter.UPCOMING
        return status, first, at
    if Tag.PENDING in known.tags and _remains(sentence, at):
        return StatusFilter.PENDING, first, at
    if Tag.DELIVER in known.tags and Tag.WHO not in known.tags:
        return _delivery(sentence, at, denied)
    if Tag.DUE in known.tags:
        return _still_to_come(sentence, at, denied)
    if Form.PRESENT in known.forms:
        return None
    if Tag.OBSERVED in known.tags:
        return StatusFilter.OBSERVED, first, at
    if Tag.VERIFIED in known.tags and denied is None:
        return StatusFilter.VERIFIED, first, at
    return None


def _timely(sentence: Sentence, at: int) -> tuple[StatusFilter, int, int] | None:
    """«fuera de plazo», «se nos pasó la fecha», «ya vencieron»; «en plazo», «dentro del plazo»."""
    lapsed = _lapsed(sentence, at)
    if lapsed is not None:
        return StatusFilter.OVERDUE, at, lapsed
    if sentence.word(at) not in {"en", "dentro"}:
        return None
    last = at + 1 + (sentence.word(at + 1) in {"de", "del"})
    if sentence.word(last) in IN_TIME and sentence.claim_at(last + 1) is None:
        return StatusFilter.UPCOMING, at, last
    return None


def _still_to_come(
    sentence: Sentence, at: int, denied: int | None
) -> tuple[StatusFilter, int, int] | None:
    """«por vencer», «que aún no vencen»."""
    if denied is None or not sentence.word(at).startswith("venc"):
        return None
    to_come = sentence.word(denied) in {"no", "por", "sin"}
    return (StatusFilter.UPCOMING, denied, at) if to_come else None


def _remains(sentence: Sentence, at: int) -> bool:
    """«faltan», «pendientes»; «queda» only where nothing else is said to be: «¿qué queda?»."""
    word = sentence.word(at)
    if not word.startswith(("qued", "rest")):
        return True
    is_said_to_be = at + 1 < len(sentence) and Form.PARTICIPLE in sentence.entries[at + 1].forms
    return word in REMAINS and not is_said_to_be


def _lapsed(sentence: Sentence, at: int) -> int | None:
    """Where «fuera de plazo», «se nos pasó la fecha», «ya vencieron» ends, if it begins here."""
    word = sentence.word(at)
    if word == "fuera":
        return _follows(sentence, at, OUT_OF)
    if word in LAPSED and sentence.before(at) in BEFORE_LAPSED:
        return _follows(sentence, at, OUT_OF) or at
    return at if word in PAST_VENCER else None


def _delivery(
    sentence: Sentence, at: int, denied: int | None
) -> tuple[StatusFilter, int, int] | None:
    """«sin presentar», «por entregar», «no entregados» / «ya entregados», «se presentaron»."""
    forms = sentence.entries[at].forms
    if denied is not None:
        return _denied_delivery(sentence, at, denied)
    if _is_for_the_bot(sentence, at):
        return None
    if Form.PARTICIPLE in forms or sentence.word(at) in {"hecho", "hecha", "hechos", "hechas"}:
        return StatusFilter.SUBMITTED, at, at
    if Form.PAST in forms and (_is_past(sentence, at) or Form.PRESENT not in forms):
        return StatusFilter.SUBMITTED, at, at
    if Form.INFINITIVE in forms and _has_just(sentence, at):
        return StatusFilter.SUBMITTED, at, at
    return None


def _denied_delivery(
    sentence: Sentence, at: int, denied: int
) -> tuple[StatusFilter, int, int] | None:
    forms = sentence.entries[at].forms
    denial = sentence.word(denied)
    if denial == "por" and Form.INFINITIVE not in forms:
        return (StatusFilter.SUBMITTED, at, at) if Form.PARTICIPLE in forms else None
    if denial in WITH_INFINITIVE and not forms & {Form.INFINITIVE, Form.PARTICIPLE, Form.PRESENT}:
        return None
    arrived = any(sentence.word(place) in ARRIVED for place in range(denied, at))
    if denial == "no" and Form.INFINITIVE in forms and not arrived:
        return None
    if (
        sentence.word(denied + 1) in BOT
        and Form.PRESENT in forms
        and sentence.word(at).endswith("s")
    ):
        return None  # «no me mandes»: an order to the bot
    late = (
        _follows(sentence, at, OUT_OF) if sentence.word(at + 1) in {"a", "en", "dentro"} else None
    )
    if late is not None:
        return StatusFilter.OVERDUE, denied, late  # «no se presentó a tiempo»
    return StatusFilter.PENDING, denied, at


def _is_for_the_bot(sentence: Sentence, at: int) -> bool:
    """«mándame», «me mandas»: an order to the bot."""
    return sentence.before(at) in BOT and sentence.word(at).endswith("s")


def _is_past(sentence: Sentence, at: int) -> bool:
    """«presentó», «entregué», «ya entregue», «se presentaron»; «presento» may be either."""
    typed = sentence.tokens[at].text.lower()
    word = sentence.word(at)
    if word == typed and word.endswith("o") and sentence.before(at) in NOUN_MARKS:
        return False  # «la fecha de envio»
    has_ya = (
        "ya" in {sentence.before(at, step) for step in (1, 2, 3)} or sentence.word(at + 1) == "ya"
    )
    if typed.endswith(("é", "í")):
        return True
    if word.endswith(("e", "i")) and not typed.endswith("ó"):
        return has_ya and sentence.before(at) not in {"que", "se"}
    if word.endswith(("amos", "imos")):
        return has_ya or not _asks(sentence)  # «¿qué presentamos en junio?» is yet to come
    return has_ya or word.endswith(("aron", "ieron", "o"))


def _asks(sentence: Sentence) -> bool:
    return any(
        token.fold in {"?", "¿"} or Tag.ASK in sentence.tags(at)
        for at, token in enumerate(sentence.tokens)
    )


def _has_just(sentence: Sentence, at: int) -> bool:
    """«acabamos de ingresar»."""
    return sentence.before(at) == "de" and sentence.before(at, 2).startswith("acab")


def _denial(sentence: Sentence, at: int) -> int | None:
    """The place of the word that denies the one here: «no», «sin», «nunca», «falta», «por»."""
    for step in range(1, REACH + 1):
        place = at - step
        if place < 0:
            return None
        word = sentence.word(place)
        claim = sentence.claim_at(place)
        if claim is not None and not (claim.part is Part.STATUS and word in WITH_INFINITIVE):
            return None
        if word in DENIALS and place not in sentence.aside:
            if word == "por" and step > 1:
                return None
            return place
        known = sentence.tags(place)
        passes = known & {Tag.FILLER, Tag.BE, Tag.YET}
        if word in ARTICLES | {"que", "y", ","} or not passes or place in sentence.aside:
            return None
    return None


def _follows(sentence: Sentence, at: int, words: frozenset[str]) -> int | None:
    """The place of one of the words within the next three, or None."""
    return next((at + step for step in (1, 2, 3) if sentence.word(at + step) in words), None)
