"""What a question asks of the status: pendientes, vencidos, «sin presentar», «ya entregados»."""

from collections.abc import Iterable

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
                     "pendientes", "nadie", "ningun", "ninguno", "ninguna"})  # fmt: skip
WITH_INFINITIVE = frozenset({"falta", "faltan", "resta", "restan", "queda", "quedan", "falto",
                             "faltaron", "faltaba", "pendiente", "pendientes"})  # fmt: skip
LATER = frozenset("tarde tardio tardia tardiamente".split())
REMAINS = frozenset("queda quedan quedaba quedaban resta restan quedara quedaria".split())
ARRIVED = frozenset(
    "llego llegaron logro lograron pudo pudieron alcanzo alcanzaron termino".split()
)
PAST_DUTY = frozenset("debieron debio debia debian deberia deberian".split())
COMES_IN = frozenset("llega llegan sale salen entra entran".split())
AUXILIARY = frozenset("se esten este esta estan haya hayan ha han sido".split())
DONE = frozenset({"hizo", "hicieron"})  # «las que ya se hicieron»
READY = frozenset("listo lista listos listas".split())
COMING_IN = frozenset(
    "llego llegaron llegado llegada llegados llegadas salio salieron salido salidos".split()
)
BOT = frozenset({"me", "nos"})
THE_TERM = frozenset("plazo plazos vencimiento vencimientos".split())
NOUN_MARKS = frozenset("de del el la un su al este por mi".split())
HAVE = frozenset("ha han he hemos haya hayan hayamos habia habian".split())
MADE = frozenset({"hecho", "hecha", "hechos", "hechas"})


def claim_status(sentence: Sentence) -> None:
    """Claim status words; a denied delivery is pending, a denied lateness is upcoming."""
    for at in range(len(sentence)):
        if not sentence.is_free(at):
            continue
        found = _status(sentence, at)
        if found:
            status, first, last = found
            if _is_either_way(sentence, last) or _is_conceded(sentence, first):
                continue
            first = first if sentence.is_free(first, last) else at
            sentence.claim(Claim(Part.STATUS, first, last, status))


def names_status(sentence: Sentence, places: Iterable[int]) -> bool:
    """One of these words says how something stands."""
    return any(_status(sentence, at) is not None for at in places)


def _is_either_way(sentence: Sentence, last: int) -> bool:
    """«dame todo, entregado o no»; «¿se entregó o no?» asks for one of the two."""
    either = [sentence.word(last + step) for step in (1, 2)] == ["o", "no"]
    return (
        either
        and sentence.entries[last].forms == {Form.PARTICIPLE}
        and (not sentence.tags(last - 1) & {Tag.BE})
    )


def _is_conceded(sentence: Sentence, first: int) -> bool:
    """«… aunque ya esté entregado»: it is wanted all the same."""
    place = first - 1
    while place >= 0 and sentence.is_word(place) and place >= first - REACH:
        if sentence.word(place) == "aunque":
            return True
        if not sentence.tags(place) & {Tag.BE, Tag.YET} and sentence.word(place) not in AUXILIARY:
            return False
        place -= 1
    return False


Found = tuple[StatusFilter, int, int]  # what is asked, and the first and the last token of it


def _status(sentence: Sentence, at: int) -> Found | None:
    settled = _timely(sentence, at)
    if settled is not None or _is_no_status(sentence, at):
        return settled
    denied = _denial(sentence, at)
    rules = (_outlook, _lateness, _remainder, _arrival, _delivery, _debt, _still_to_come, _review)
    for rule in rules:
        found = rule(sentence, at, denied)
        if found is not None:
            return found
    return None


def _is_no_status(sentence: Sentence, at: int) -> bool:
    """«en la tarde», «cuántos días faltan para junio»."""
    if sentence.word(at) == "tarde" and sentence.before(at) in {"la", "esta", "buena"}:
        return True
    if sentence.word(at) in LATER and sentence.before(at) == "mas":
        return _compares_days(sentence)
    return Tag.PENDING in sentence.tags(at) and _counts_down(sentence, at)


def _compares_days(sentence: Sentence) -> bool:
    """«el que vence más tarde»: the last due day, and nothing late."""
    return any(
        sentence.tags(at) & {Tag.DUE, Tag.DELIVER}
        and not sentence.forms(at) & {Form.PAST, Form.PARTICIPLE}
        for at in sentence.free()
    ) or any(sentence.word(at) in THE_TERM | {"fecha"} for at in sentence.free())


def _outlook(sentence: Sentence, at: int, _denied: int | None) -> Found | None:
    """«próximos vencimientos»: all that are still to come."""
    plural = Tag.NEXT in sentence.tags(at) and sentence.word(at).endswith("s")
    beside = sentence.tags(at + 1) | (sentence.tags(at - 1) if at else frozenset())
    is_outlook = plural and beside & {Tag.THING, Tag.MEANS, Tag.COMMITMENT}
    return (StatusFilter.UPCOMING, at, at) if is_outlook else None


def _lateness(sentence: Sentence, at: int, denied: int | None) -> Found | None:
    """«vencidos», «incumplen»; «no vencidos» are still to come."""
    if Tag.OVERDUE not in sentence.tags(at):
        return None
    failed = sentence.word(at).startswith("incumpl")
    asked = denied is not None and _asks_whether_any(sentence, denied, at)
    is_late = failed or denied is None or asked
    status = StatusFilter.OVERDUE if is_late else StatusFilter.UPCOMING
    return status, at if denied is None else denied, at


def _asks_whether_any(sentence: Sentence, denied: int, at: int) -> bool:
    """«¿no tenemos ninguno atrasado?», «¿no hay vencidos?»."""
    between = {sentence.word(place) for place in range(denied, at)}
    return bool(between & {"hay", "tenemos", "tiene", "tienen", "ningun", "ninguno", "ninguna"})


def _remainder(sentence: Sentence, at: int, denied: int | None) -> Found | None:
    """«pendientes», «faltan»."""
    if Tag.PENDING not in sentence.tags(at) or not _remains(sentence, at):
        return None
    return StatusFilter.PENDING, at if denied is None else denied, at


def _arrival(sentence: Sentence, at: int, denied: int | None) -> Found | None:
    """«cuáles sí llegaron», «acabo de dejarlo en mesa de partes»."""
    is_past = Form.PAST in sentence.entries[at].forms
    if _is_filed(sentence, at) and (is_past or _has_just(sentence, at)):
        return StatusFilter.SUBMITTED, at, at
    comes_in = sentence.word(at) in {"llegar", "salir", "entrar"}
    if comes_in and denied is not None and sentence.word(denied) == "sin":
        return StatusFilter.PENDING, denied, at
    if denied is not None and sentence.word(denied) in {"no", "ni"}:
        still = any(sentence.tags(denied - step) & {Tag.YET} for step in (1, 2))
        if sentence.word(at) in READY or (sentence.word(at) in COMES_IN and still):
            return (
                StatusFilter.PENDING,
                denied,
                at,
            )  # «lo que aún no llega», «lo que no está listo»
    is_done = sentence.word(at) in DONE and any(
        sentence.tags(at - step) & {Tag.YET} for step in (1, 2)
    )
    comes = sentence.word(at) in COMING_IN and _has_come_in(sentence, at)
    if not is_done and not comes:
        return None
    status = StatusFilter.SUBMITTED if denied is None else StatusFilter.PENDING
    return status, at if denied is None else denied, at


def _debt(sentence: Sentence, at: int, _denied: int | None) -> Found | None:
    """«lo que debemos»; «lo que ya debió entregarse»."""
    if sentence.word(at) in PAST_DUTY and sentence.before(at) == "ya":
        return StatusFilter.OVERDUE, at, at
    owed = sentence.word(at).startswith("deb") and _is_owed(sentence, at)
    return (StatusFilter.PENDING, at, at) if owed else None


def _review(sentence: Sentence, at: int, denied: int | None) -> Found | None:
    """«observados», «verificados»; «observo» is what the person does."""
    known = sentence.entries[at]
    if _describes(sentence, at):
        return None
    if known.forms and not known.forms & {Form.PARTICIPLE, Form.PAST}:
        return None  # «aprobar la malla»
    if Form.PRESENT in known.forms:
        return None
    if Tag.OBSERVED in known.tags:
        return StatusFilter.OBSERVED, at if denied is None else denied, at
    if Tag.VERIFIED in known.tags and denied is None:
        return StatusFilter.VERIFIED, at, at
    return None


def _is_owed(sentence: Sentence, at: int) -> bool:
    """«lo que debemos», «¿qué debe UTAI todavía?»; «debe presentar» is no debt."""
    following = range(at + 1, min(at + REACH, len(sentence)))
    if Form.PRESENT not in sentence.entries[at].forms or any(
        Form.INFINITIVE in sentence.entries[place].forms for place in following
    ):
        return False
    still = any(Tag.YET in found.tags for found in sentence.entries[at:])
    return still or _is_last(sentence, at)


def _is_last(sentence: Sentence, at: int) -> bool:
    """Nothing follows but courtesies and what the debt is narrowed to: «… UTAI de mayo»."""
    return all(
        not sentence.is_word(place)
        or sentence.tags(place) & {Tag.FILLER, Tag.YET}
        or sentence.claim_at(place) is not None
        for place in range(at + 1, len(sentence))
    )


def _timely(sentence: Sentence, at: int) -> Found | None:
    """«fuera de plazo», «se nos pasó la fecha», «ya vencieron»; «en plazo», «dentro del plazo»."""
    lapsed = _lapsed(sentence, at)
    if lapsed is not None:
        return StatusFilter.OVERDUE, at, lapsed
    if sentence.word(at) == "en" and sentence.word(at + 1) == "rojo":
        return StatusFilter.OVERDUE, at, at + 1
    denied = "no" in {sentence.before(at, step) for step in range(1, REACH + 1)}
    on_time = sentence.word(at) == "a" and sentence.word(at + 1) == "tiempo" and not denied
    if on_time and Form.PARTICIPLE not in sentence.entries[at - 1].forms:
        return StatusFilter.UPCOMING, at, at + 1
    if sentence.word(at) not in {"en", "dentro"}:
        return None
    last = at + 1 + (sentence.word(at + 1) in {"de", "del"})
    if sentence.word(last) in IN_TIME and sentence.claim_at(last + 1) is None:
        return StatusFilter.UPCOMING, at, last
    return None


def _still_to_come(sentence: Sentence, at: int, denied: int | None) -> Found | None:
    """«por vencer», «que aún no vencen»."""
    ends = sentence.word(at).startswith(("venc", "caduc", "expir"))
    is_due = Tag.DUE in sentence.tags(at) and ends
    if denied is None or not is_due:
        return None
    if _names_the_day(sentence, at, denied):
        return None  # «los que no vencen este año»: any other day
    to_come = sentence.word(denied) in {"no", "por", "sin"}
    return (StatusFilter.UPCOMING, denied, at) if to_come else None


def _counts_down(sentence: Sentence, at: int) -> bool:
    """«cuántos días faltan para navidad», «falta poco para fiestas patrias»."""
    if sentence.before(at) in {"hace", "hacen"}:
        return True  # «no hace falta»
    if sentence.word(at + 1) in {"poco", "poquito", "mucho", "nada"} and (
        sentence.word(at + 2) == "para"
    ):
        return True
    claim = sentence.claim_at(at + 2) or sentence.claim_at(at + 1)
    return (
        sentence.before(at) in {"dias", "semanas", "meses", "tiempo", "cuanto"}
        and claim is not None
        and claim.part is Part.DATE
    )


def _names_the_day(sentence: Sentence, at: int, denied: int) -> bool:
    claim = sentence.claim_at(at + 1) or sentence.claim_at(at + 2)
    still = any(
        Tag.YET in sentence.tags(place) and sentence.word(place) != "ya"
        for place in range(max(0, denied - 2), at)
    )
    is_day = claim is not None and claim.part is Part.DATE
    return is_day and not still and sentence.word(denied) == "no"


def _remains(sentence: Sentence, at: int) -> bool:
    """«faltan», «pendientes»; «queda» only where nothing else is said to be: «¿qué queda?»."""
    word = sentence.word(at)
    if not word.startswith(("qued", "rest")):
        return True
    if sentence.word(at + 1) in {"claro", "clara"} or sentence.before(at) in {"donde", "adonde"}:
        return False  # «no me queda claro», «¿dónde queda…?»
    is_said_to_be = at + 1 < len(sentence) and Form.PARTICIPLE in sentence.entries[at + 1].forms
    return word in REMAINS and not is_said_to_be


def _lapsed(sentence: Sentence, at: int) -> int | None:
    """Where «fuera de plazo», «se nos pasó la fecha», «ya vencieron» ends, if it begins here."""
    word = sentence.word(at)
    if word == "fuera":
        return _follows(sentence, at, OUT_OF)
    if word in LAPSED and sentence.before(at, 2) == "eso":
        return None  # «eso ya pasó»
    ended = {sentence.claim_at(at - 1), sentence.claim_at(at - 2)} - {None}
    if any(claim.part is Part.DATE for claim in ended if claim is not None):
        return None  # «setiembre ya pasó»
    if word in LAPSED and sentence.before(at) in BEFORE_LAPSED:
        return _follows(sentence, at, OUT_OF) or at
    if word.startswith("pasad"):
        if sentence.before(at) in OUT_OF:
            return at  # «con la fecha pasada»
        of_it = sentence.word(at + 1) in {"de", "del"}  # «pasado de fecha», «pasados de su plazo»
        return _follows(sentence, at, OUT_OF) if of_it else None
    return at if word in PAST_VENCER else None


def _delivery(sentence: Sentence, at: int, denied: int | None) -> Found | None:
    """«sin presentar», «por entregar», «no entregados» / «ya entregados», «se presentaron»."""
    tags, forms = sentence.tags(at), sentence.entries[at].forms
    if Tag.DELIVER not in tags or Tag.WHO in tags or _describes(sentence, at):
        return None
    is_due = sentence.before(at) in {"estar", "ser", "haber", "quedar"}
    if is_due and any(sentence.before(at, step).startswith("deb") for step in (2, 3)):
        return None  # «los que ya debieron estar entregados»
    if _term_is_over(sentence, at):
        is_over = Form.PAST in forms and denied is None and not sentence.of_part(Part.DATE)
        return (StatusFilter.OVERDUE, at, at) if is_over else None
    if denied is not None:
        return _denied_delivery(sentence, at, denied)
    if _is_for_the_bot(sentence, at):
        return None
    if Form.PARTICIPLE in forms or sentence.word(at) in MADE:
        return StatusFilter.SUBMITTED, at, at
    if Form.PAST in forms and (_is_past(sentence, at) or Form.PRESENT not in forms):
        return StatusFilter.SUBMITTED, at, at
    if Form.INFINITIVE in forms and _has_just(sentence, at):
        return StatusFilter.SUBMITTED, at, at
    return None


def _describes(sentence: Sentence, at: int) -> bool:
    """«los costos que mandaron al MEF, ¿en qué medio están?»: says which costs are meant.

    A noun of the texts stands before «que», and behind the verb something else is asked of it.
    """
    noun = sentence.word(at - 2)
    is_relative = sentence.word(at - 1) == "que" and Form.PAST in sentence.forms(at)
    named = sentence.is_word(at - 2) and not sentence.tags(at - 2) and sentence.is_free(at - 2)
    if not (is_relative and named and noun):
        return False
    return any(
        Tag.ASK in sentence.tags(place) and sentence.word(place - 1) not in ARTICLES
        for place in range(at + 1, len(sentence))
    )


def _has_come_in(sentence: Sentence, at: int) -> bool:
    """«cuáles sí llegaron»; «no llegaron a presentar» and «me llegó» are something else."""
    before = {sentence.before(at), sentence.before(at, 2)}
    if sentence.word(at).startswith("sal") and "ya" not in before:
        return False
    of_day = sentence.claim_at(at + 2)
    is_day = of_day is not None and of_day.part is Part.DATE  # «cuáles ya salieron de junio»
    out_of = set() if is_day else {"de", "del"}
    return (
        sentence.word(at + 1) not in {"a", "al", "tarde", *out_of}
        and before.isdisjoint({"me", "nos", "te", "le", "les"})
        and _asks(sentence)
    )


def _term_is_over(sentence: Sentence, at: int) -> bool:
    """«se cumplió el plazo»: what ends is the term, and nothing has been handed in."""
    around = range(max(0, at - 3), at + 4)
    return Tag.DUE in sentence.tags(at) and any(
        sentence.word(place) in THE_TERM for place in around
    )


def _denied_delivery(sentence: Sentence, at: int, denied: int) -> Found | None:
    forms = sentence.entries[at].forms
    denial = sentence.word(denied)
    if denial == "por" and Form.INFINITIVE not in forms:
        is_done = Form.PARTICIPLE in forms or _is_given_as_made(sentence, at)
        return (StatusFilter.SUBMITTED, at, at) if is_done else None
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
    as_of = sentence.word(at + 1) == "a" and sentence.word(at + 2) == "la"  # «a la fecha»
    by_then = sentence.word(at + 1) in {"a", "en", "dentro"} and not as_of
    late = _follows(sentence, at, OUT_OF) if by_then else None
    if late is not None:
        return StatusFilter.OVERDUE, denied, late  # «no se presentó a tiempo»
    return StatusFilter.PENDING, denied, at


def _is_given_as_made(sentence: Sentence, at: int) -> bool:
    """«dalo por hecho»."""
    return sentence.word(at) in MADE and sentence.before(at, 2).startswith(("da", "den", "doy"))


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
        dated = any(
            token.fold in {"ayer", "anteayer", "antier", "mesa"} for token in sentence.tokens
        )
        return (has_ya or dated) and sentence.before(at) not in {"que", "se"}
    if word.endswith(("amos", "imos")):
        return has_ya or not _asks(sentence)  # «¿qué presentamos en junio?» is yet to come
    return has_ya or word.endswith(("aron", "ieron", "o"))


def _asks(sentence: Sentence) -> bool:
    return any(
        token.fold in {"?", "¿"} or Tag.ASK in sentence.tags(at)
        for at, token in enumerate(sentence.tokens)
    )


def _is_filed(sentence: Sentence, at: int) -> bool:
    """«acabo de dejar el 11.1 en mesa de partes»."""
    filed = any(
        sentence.word(place) == "mesa" and sentence.word(place + 2) == "partes"
        for place in range(len(sentence))
    )
    return filed and sentence.word(at).startswith(("dej", "ingres", "present"))


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
        if word in ARTICLES and step == 1 and _is_finite(sentence, at):
            continue  # «nadie los mandó»
        if word in ARTICLES and sentence.word(place + 1) in HAVE:
            continue  # «nadie los ha mandado»
        if word in ARTICLES | {"que", "y", ","} or not passes or place in sentence.aside:
            return None
    return None


def _is_finite(sentence: Sentence, at: int) -> bool:
    """A pronoun stands before a form of a verb, an article before a participle."""
    return bool(sentence.entries[at].forms & {Form.PAST, Form.PRESENT})


def _follows(sentence: Sentence, at: int, words: frozenset[str]) -> int | None:
    """The place of one of the words within the next three, or None."""
    return next((at + step for step in (1, 2, 3) if sentence.word(at + step) in words), None)
