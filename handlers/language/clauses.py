"""Clauses of a question: what only says who asks and why is set aside.

«Estoy en reunión, ¿qué vence en junio?», «El correo que me llegó en agosto decía que …», «soy de
UTAI, qué me toca»: the clause that asks decides; from the others stay the unit, where no other is
named, and what they bind to the matrix («lo que vence en setiembre»).
"""

from collections.abc import Iterator, Sequence

from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.status import names_status
from handlers.language.tags import Tag
from handlers.language.tokens import Kind
from handlers.language.verbs import Form

BREAKS = frozenset(".;:?!¿¡,()—–\n")
GLUED_BREAKS = frozenset(".,")  # «12.1», «N.º»
REASONS = frozenset({"porque", "pues", "mientras"})
AFTER_QUE = frozenset({"mi", "mis", "me", "ya", "nos"})
ARTICLES = frozenset("un una el la los las mi mis nuestro nuestra este esta".split())
ASKS = (Tag.ASK, Tag.COUNT, Tag.WHO, Tag.WHEN, Tag.TELL, Tag.THING, Tag.MEANS, Tag.DUE, Tag.PENDING,
        Tag.SUMMARY, Tag.OVERDUE, Tag.COMMITMENT, Tag.SHOW, Tag.MARK, Tag.DEFINE)  # fmt: skip
SUBSTANCE = frozenset({Tag.DUE, Tag.DELIVER, Tag.THING, Tag.MEANS, Tag.COMMITMENT, Tag.PENDING, Tag.OVERDUE,
                       Tag.SUMMARY, Tag.DEFINE, Tag.MARK, Tag.RECOMMENDATION, Tag.STATE, Tag.NOTICE,
                       Tag.NOTIFY, Tag.COUNT, Tag.GO})  # fmt: skip
OURS = frozenset({Tag.THING, Tag.MEANS, Tag.COMMITMENT, Tag.UNIT, Tag.AREA, Tag.FILLER, Tag.PENDING,
                  Tag.OVERDUE, Tag.RECOMMENDATION, Tag.SUMMARY, Tag.STATE})  # fmt: skip
APPOINTMENTS = frozenset({"reunion", "comite", "cita", "clase", "examen"})
STATED = (Form.PRESENT, Form.PAST)
KNOWN = frozenset(
    "se vi tengo revise conozco lei vimos tenemos revisamos conocemos sabemos anote".split()
)
AGAIN = (("o", "sea"), ("osea",), ("es", "decir"), ("mejor", "dicho"))
BINDERS = frozenset("lo los las".split())
REACH = 3  # words between «vence» and the day it governs


def set_aside(sentence: Sentence) -> None:
    """Put the clauses about the person aside, where another clause asks something."""
    parts = list(clauses(sentence))
    _set_known_aside(sentence, parts)
    anchored = any(claim.part in {Part.REF, Part.UNIT} for claim in sentence.claims)
    about_person = [
        part
        for part in parts
        if _is_situation(sentence, part)
        or ((anchored or sentence.word(part[0]) == "o") and _is_apart(sentence, part))
    ]
    others = [part for part in parts if part not in about_person]
    if any(_points_back(sentence, part) for part in others):
        return  # «me comentaron que hay algo con el MINSA, ¿quién ve eso?»
    asked_here = not any(_names_anything(sentence, part) for part in others)
    if asked_here and not any(_names_bound(sentence, part) for part in about_person):
        return  # «me piden lo que está fuera de fecha, ¿cuáles son?»
    if not about_person or not any(_asks(sentence, part) for part in others):
        return
    named_elsewhere = any(
        claim.part is Part.UNIT and _lies_in(claim, part)
        for claim in sentence.claims
        for part in others
    )
    for part in about_person:
        for claim in [one for one in sentence.claims if _lies_in(one, part)]:
            is_own = sentence.word(part[0]) in {"mi", "mis"}  # «mi cumple es en mayo»
            bound = not is_own and _is_bound(sentence, claim)
            is_mine = not named_elsewhere and not _is_denied(sentence, claim, part)
            keep = is_mine if claim.part is Part.UNIT else bound
            if not keep:
                sentence.claims.remove(claim)
        sentence.aside.update(at for at in part if sentence.claim_at(at) is None)


def _set_known_aside(sentence: Sentence, parts: Sequence[range]) -> None:
    """«ya vi mayo, ahora junio», «sé que hay cosas de mayo, pero…»: what is known is not asked."""
    known = [part for part in parts if _is_known(sentence, part)]
    others = [part for part in parts if part not in known]
    asked = any(_lies_in(claim, part) for claim in sentence.claims for part in others)
    for part in known if asked else ():
        sentence.put_aside([claim for claim in sentence.claims if _lies_in(claim, part)])
        sentence.aside.update(part)


def _is_known(sentence: Sentence, part: range) -> bool:
    """It says that I know or have seen something: «ya sé lo de…», «ya vi…», «sé que…»."""
    words = [at for at in part if sentence.is_word(at)]
    if _is_scolding([sentence.word(at) for at in words]):
        return True
    first = next((at for at in words if sentence.word(at) not in {"ya", "yo", "y", "lo"}), None)
    if first is None or sentence.word(first) not in KNOWN:
        return False
    if sentence.word(first) == "se":  # «sé», no reflexive «se»
        opens = first == words[0] or sentence.word(first - 1) in {"ya", "yo"}
        what = sentence.word(first + 1) in {"que", "lo", "los", "las", "cual", "cuales"}
        return opens and what
    return any(sentence.word(at) == "ya" for at in words if at < first)


def _is_scolding(words: list[str]) -> bool:
    """«quién dijo que octubre estaba vacío, …», «cómo que no hay nada, …»: nobody is asked for."""
    said = [word for word in words if word not in {"y", "pero", "te", "ha", "les", "le"}]
    if said[:2] == ["como", "que"]:
        return True
    tells = said[1:2] and said[1] in {"dijo", "dice", "dicho", "dijeron"}
    return bool(tells) and said[0] in {"quien", "quienes"} and said[2:3] == ["que"]


def _is_denied(sentence: Sentence, claim: Claim, part: range) -> bool:
    """«no soy de UTAI, soy de UTI»."""
    before = [sentence.word(at) for at in part if at < claim.first]
    return "no" in before and "sino" not in before


def _names_bound(sentence: Sentence, part: range) -> bool:
    """«lo que vence en setiembre» beside «el correo que llegó en agosto»."""
    days = [one for one in sentence.of_part(Part.DATE) if _lies_in(one, part)]
    return len(days) > 1 and any(_is_bound(sentence, one) for one in days)


def _names_anything(sentence: Sentence, part: range) -> bool:
    """It names something of the matrix, or says what is done with it."""
    if any(_lies_in(claim, part) for claim in sentence.claims):
        return True
    return any(
        sentence.tags(at) & SUBSTANCE or (sentence.is_word(at) and not sentence.tags(at))
        for at in part
    )


def _points_back(sentence: Sentence, part: range) -> bool:
    names = any(_lies_in(claim, part) for claim in sentence.claims)
    return not names and any(sentence.word(at) in {"eso", "ese", "esa"} for at in part)


def put_right(sentence: Sentence) -> None:
    """«lo del apoyo, perdón, el soporte»: what comes behind stands for what came before."""
    _say_again(sentence)
    for at in range(1, len(sentence) - 1):
        if sentence.word(at) not in {"perdon", "digo", "corrijo", "mejor"} or not _is_break(
            sentence, at - 1
        ):
            continue
        following = {sentence.claim_at(at + step) for step in (1, 2, 3)} - {None}
        if sentence.word(at) == "mejor" and not following:
            continue  # «mayo, no, mejor junio»
        for part in {claim.part for claim in sentence.claims if claim.first > at}:
            for claim in sentence.of_part(part):
                if claim.last < at:
                    sentence.put_aside([claim])
        named = [place for place in range(len(sentence)) if _is_bare(sentence, place)]
        if any(place > at for place in named):
            sentence.aside.update(place for place in named if place < at)


def _say_again(sentence: Sentence) -> None:
    """«quién la tiene difícil, o sea qué unidad debe más»: what is asked behind «o sea» counts."""
    for at in range(1, len(sentence) - 2):
        length = next((len(one) for one in AGAIN if _stands(sentence, at, one)), 0)
        behind = range(at + length, len(sentence))
        if not length or not _names_anything(sentence, behind):
            continue
        before = [place for place in range(at + length) if sentence.claim_at(place) is None]
        asks = any(Tag.ASK in sentence.tags(place) for place in behind[:2]) and any(
            sentence.tags(place) & SUBSTANCE for place in behind
        )
        named = len(before) < at + length or any(_is_a_topic(sentence, one) for one in before)
        if asks and not named and not names_status(sentence, before):
            sentence.aside.update(before)
        else:
            sentence.aside.update(range(at, at + length))


def _is_a_topic(sentence: Sentence, at: int) -> bool:
    """«lo de los talleres, o sea cuándo vence»: a noun nobody knows may be what is asked about."""
    leads = ARTICLES | BINDERS | {"de", "del", "sobre", "en", "con", "para", "a", "al"}
    opens = not sentence.is_word(at - 1) or sentence.word(at - 1) in leads
    return _is_bare(sentence, at) and opens


def _stands(sentence: Sentence, at: int, words: tuple[str, ...]) -> bool:
    return all(sentence.word(at + step) == word for step, word in enumerate(words))


def _is_bare(sentence: Sentence, at: int) -> bool:
    return sentence.is_word(at) and not sentence.tags(at) and sentence.is_free(at)


def clauses(sentence: Sentence) -> Iterator[range]:
    """The stretches between signs, and before «necesito…», «que voy manejando»."""
    start = 0
    for at in range(len(sentence)):
        if at > start and _begins(sentence, at, start):
            yield range(start, at)
            start = at
    if start < len(sentence):
        yield range(start, len(sentence))


def _begins(sentence: Sentence, at: int, start: int) -> bool:
    """A new clause begins here: after a sign, before a request, before a reason."""
    if sentence.claim_at(at) is not None and sentence.claim_at(at) is sentence.claim_at(at - 1):
        return False
    if _is_break(sentence, at - 1):
        return True
    word, tags = sentence.word(at), sentence.tags(at)
    if word in REASONS or (word == "pero" and at > start):
        return True
    if word == "o" and at not in sentence.aside and _is_alternative(sentence, at):
        return True  # «vence algo en agosto o ya me voy de vacaciones»
    if word == "que" and sentence.word(at + 1) in AFTER_QUE | {"estoy", "voy", "ando", "tengo"}:
        tells = Tag.SITUATION in sentence.tags(at + 1) or sentence.word(at + 1) == "tengo"
        return tells or sentence.word(at + 1) in {"mi", "mis"}
    wants = Tag.WANT in tags and not sentence.entries[at].forms & {
        Form.INFINITIVE,
        Form.PARTICIPLE,
    }
    return wants and sentence.before(at) not in {"que", "lo", "no", "me", "te", "le", "se", "por"}


def _is_alternative(sentence: Sentence, at: int) -> bool:
    """Behind «o» nothing of the matrix is named, and before it something is."""
    late = {Tag.OVERDUE, Tag.PENDING}
    named = sentence.claims or any(sentence.tags(place) & late for place in range(at))
    rest = range(at + 1, len(sentence))
    return (
        bool(named)
        and all(claim.last < at for claim in sentence.claims)
        and any(sentence.is_word(place) and not sentence.tags(place) for place in rest)
        and not any(sentence.tags(place) & (SUBSTANCE - {Tag.GO} | {Tag.LATE}) for place in rest)
    )


def _is_break(sentence: Sentence, at: int) -> bool:
    if sentence.word(at) not in BREAKS or sentence.tokens[at].kind is not Kind.SIGN:
        return False
    follows = at + 1 < len(sentence) and sentence.tokens[at + 1].glued
    return not (sentence.word(at) in GLUED_BREAKS and follows)


def _is_situation(sentence: Sentence, part: range) -> bool:
    """It tells about the person: «soy…», «me llegó…», «para la nota que sale…», «mi jefe…»."""
    if any(
        claim.part in {Part.REF, Part.NTH} and _lies_in(claim, part) for claim in sentence.claims
    ):
        return False
    if any(_asks_at(sentence, at, part) for at in part):
        return False
    words = [at for at in part if sentence.is_word(at) and not _is_courtesy(sentence, at)]
    if not words or _takes_back(sentence, part):
        return False
    first = words[0]
    if sentence.word(first) in REASONS | {"que"} and len(words) > 1:
        first = words[1]
    if sentence.word(first) in {"mi", "mis"} and sentence.claim_at(first) is None:
        is_own = not sentence.tags(first + 1) & OURS  # «mi cumple es en junio»
        return is_own or any(Tag.SITUATION in sentence.tags(at) for at in words)
    if sentence.word(first) == "para" and sentence.word(first + 1) in ARTICLES:
        return _is_purpose(sentence, part, first)
    start = part[0] + (sentence.word(part[0]) == "que")
    has_plans = sentence.word(start) == "tengo" and (
        sentence.word(start + 1) in APPOINTMENTS
        or (start > part[0] and not names_status(sentence, part))  # «que tengo en rojo»
    )
    return has_plans or _tells_of_me(sentence, first) or _happens_to_me(sentence, words)


def _takes_back(sentence: Sentence, part: range) -> bool:
    return any(Tag.WRONG in sentence.tags(at) or sentence.word(at) == "quise" for at in part)


def _is_purpose(sentence: Sentence, part: range, first: int) -> bool:
    """«para la nota que sale mañana»; «para la próxima semana» is a day."""
    if sentence.claim_at(first + 1) or sentence.claim_at(first + 2):
        return False
    return sentence.claim_at(first) is None and not any(
        _lies_in(claim, part) and claim.part is not Part.DATE for claim in sentence.claims
    )


def _happens_to_me(sentence: Sentence, words: list[int]) -> bool:
    """«el correo que me llegó»."""
    return any(
        Tag.SITUATION in sentence.tags(at)
        and sentence.entries[at].forms.intersection(STATED)
        and sentence.word(at - 1) in {"me", "nos"}
        for at in words
    )


def _is_apart(sentence: Sentence, part: range) -> bool:
    """«perdí mi cuaderno, …»: it neither asks nor names anything of the matrix."""
    return (
        not _asks(sentence, part)
        and not any(_asks_at(sentence, at, part) for at in part if sentence.is_word(at))
        and any(not sentence.tags(at) for at in part if sentence.is_word(at))
    )


def _tells_of_me(sentence: Sentence, at: int) -> bool:
    """«soy», «estoy», «recién ingreso», «le escribo», «trabajo en»."""
    if Tag.SITUATION not in sentence.tags(at):
        return sentence.word(at) in {"le", "les", "te", "me", "nos"} and Tag.SITUATION in (
            sentence.tags(at + 1)
        )
    forms = sentence.entries[at].forms
    is_mine = (
        sentence.word(at).endswith(("o", "amos", "imos", "emos"))
        or "é" in (sentence.tokens[at].text.lower()[-1:])
    )
    return Tag.BE in sentence.tags(at) or not forms or (Form.PRESENT in forms and is_mine)


def _asks_at(sentence: Sentence, at: int, part: range) -> bool:
    """A question word or an order stands there."""
    token, tags = sentence.tokens[at], sentence.tags(at)
    if token.fold in {"?", "¿"}:
        return True
    if Tag.COUNT in tags and token.fold.startswith("cuant"):
        return True
    if Tag.ASK in tags and (
        at == part[0] or token.text.lower() in {"qué", "cuál", "cuáles", "cuándo"}
    ):
        return sentence.word(at + 1) not in AFTER_QUE | {"estoy", "voy", "ando", "tengo"}
    if token.fold in {"cual", "cuales"}:
        return True
    if Tag.DELIVER not in tags:
        return False
    forms = sentence.entries[at].forms
    just = Form.INFINITIVE in forms and sentence.before(at, 2).startswith("acab")
    done = "ya" in {sentence.before(at), sentence.before(at, 2)}
    return just or (Form.PAST in forms and (done or Tag.SITUATION not in tags))


def _is_courtesy(sentence: Sentence, at: int) -> bool:
    """A word that may stand before the first one that counts: «hola», «y», «jefe»."""
    tags = sentence.tags(at)
    if tags & {Tag.SITUATION, Tag.DEICTIC, Tag.ASK, Tag.HOW} or sentence.claim_at(at) is not None:
        return False
    word = sentence.word(at)
    return Tag.GREETING in tags or (
        Tag.FILLER in tags
        and word not in ARTICLES | {"para", "que", "le", "les", "te", "me", "nos"}
    )


def _asks(sentence: Sentence, part: range) -> bool:
    """It asks, or names something of the matrix."""
    if any(_lies_in(claim, part) for claim in sentence.claims):
        return True
    return any(sentence.tags(at).intersection(ASKS) for at in part if sentence.is_word(at))


def _is_bound(sentence: Sentence, claim: Claim) -> bool:
    """«lo que vence en setiembre», «lo de mayo»: the day belongs to the matrix, not to the person."""
    if claim.part not in {Part.DATE, Part.AREA, Part.TERM, Part.ACT}:
        return claim.part is not Part.TOPIC
    before = list(range(claim.first - 1, max(-1, claim.first - 1 - REACH), -1))
    if any(
        sentence.tags(at) & {Tag.DUE, Tag.THING, Tag.MEANS, Tag.COMMITMENT}
        and Tag.SITUATION not in sentence.tags(at)
        for at in before
    ):
        return True
    return any(
        sentence.word(at) in BINDERS and sentence.word(at + 1) in {"de", "del", "d"}
        for at in before
    )


def _lies_in(claim: Claim, part: range) -> bool:
    return claim.first in part
