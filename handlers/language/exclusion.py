"""What a question leaves out: «menos los de capacitación», «que no sean de UTAI ni de UC»."""

from functools import cache

from handlers.language.refusal import (
    LINKS,
    LIST_WORDS,
    NOT_ASKED_FOR,
    OUT,
    ends,
    is_denied_order,
    is_seen,
    last_listed,
    refused_before,
    refuses,
)
from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.spelling import is_form_of_verb
from handlers.language.tags import Tag
from handlers.language.tokens import Kind
from handlers.language.verbs import Form, forms
from handlers.language.words import is_only_verb

NEAR = 4  # words within which a denial must be explained
AT_LEAST = frozenset({"lo", "al", "a", "mas"})  # «por lo menos», «al menos», «más o menos»
REACH = 7  # words between «menos» and the first thing it leaves out
AFTER_NO = LINKS | frozenset({"por", "con", "pa", "me", "le", "les", "se", "este"})
# verbs that bind a means to a unit, a day or a wish; where no relative «que» stands before the
# denial only one of them denies: «no recuerdo qué le toca a UTAI» leaves nothing out
BINDING = (Tag.BE, Tag.DUE, Tag.WANT, Tag.ALSO, Tag.DELIVER)
ALSO_BINDING = "pertenecer pertenezc; tener teng ten tien; pasar; tratar; considerar; contar cuent; ver; interesar; importar"
DENYING = frozenset({"no", "ni", "nunca", "jamas"})
ANYTHING = frozenset("algo nada nadie alguno alguna algunos algunas algun".split())
THERE_IS = frozenset("hay habra habia hubo haya".split())
TAKES_BACK = frozenset({"era", "eran"})  # «no, era marzo»
RELATIVE = frozenset({"que", "q", "donde", "cual", "cuales", "quien", "quienes"})
# «¿por qué no…?», «¿verdad que no…?», as «creo que no…», say nothing of means named before
NO_ANTECEDENT = frozenset({"por", "verdad", "cierto", "seguro", "claro"})
OTHER_THAN = frozenset(
    "distinto distinta distintos distintas diferente diferentes ajeno ajena ajenos ajenas".split()
)


def excluded_groups(sentence: Sentence) -> list[list[Claim]]:
    """The claims that are left out; those of one group only together («los de UTAI de mayo»)."""
    groups: list[list[Claim]] = []
    for at in range(len(sentence)):
        if not sentence.is_free(at) or not _opens(sentence, at):
            continue
        denied = _denied_before(sentence, at)
        if denied is not None:
            groups.append([denied])
            had = [sentence.claim_at(at + step) for step in (2, 3)]  # «… no tenga participación»
            sentence.put_aside({one for one in had if one is not None and one.part is Part.TOPIC})
            continue
        first = None if is_seen(sentence, at) else _first_claim(sentence, at)
        if first is None and refuses(sentence, at):
            first = refused_before(sentence, at)
        if first is None or any(first in group for group in groups):
            continue
        groups += _gather(
            sentence,
            first,
            of_antecedent=_says_when(sentence, at, first),
            by_comma=sentence.word(at) != "nada" or first.part is not Part.STATUS,
        )
        if Tag.WITHOUT in sentence.tags(at) and first.first == at + 1:
            groups[-1] = _whose(sentence, groups[-1])
    return groups


def _whose(sentence: Sentence, group: list[Claim]) -> list[Claim]:
    """«sin participación de UTAI»: the unit is left out, whatever it would have to give."""
    topics = [claim for claim in group if claim.part is Part.TOPIC]
    rest = [claim for claim in group if claim.part is Part.UNIT]
    if not topics or not rest:
        return group
    sentence.put_aside(topics)
    return rest


def _says_when(sentence: Sentence, at: int, first: Claim) -> bool:
    """«los que no vencen en mayo … de UOAI»: «de UOAI» goes with what does not fall due then."""
    return (
        first.part is Part.DATE
        and sentence.word(at - 1) in RELATIVE
        and any(Tag.DUE in sentence.tags(place) for place in range(at + 1, first.first))
    )


def _denied_before(sentence: Sentence, at: int) -> Claim | None:
    """«donde UTAI no figura»: what stands before the denial is left out."""
    if sentence.word(at) in {"no", "nada"} and ends(sentence, at):
        return _named_before(sentence, at)
    before = sentence.claim_at(at - 1)
    if sentence.word(at) != "no" or before is None or before.part not in OUT:
        return None
    relates = any(sentence.word(before.first - step) in RELATIVE for step in (1, 2))
    near = (sentence.claim_at(at + step) for step in (2, 3))
    behind = any(claim is not None and claim.part is not Part.TOPIC for claim in near)
    return before if relates and not behind and _is_stated(sentence, at + 1) else None


def _named_before(sentence: Sentence, at: int) -> Claim | None:
    """«el 4.1 sí, el 4.2 todavía no»: the thing just named, where another one stays."""
    place = at - 1
    while place >= 0 and sentence.is_free(place) and sentence.tags(place) & {Tag.YET, Tag.FILLER}:
        place -= 1
    claim = last_listed(sentence, sentence.claim_at(place))
    if claim is None or claim.part not in OUT or sentence.word(at + 1) == "?":
        return None  # «…, ¿no?»
    if sentence.word(at) == "nada" and sentence.word(claim.first - 1) not in {"de", "del", "d"}:
        return None  # «… y hasta ahora nada»
    place = claim.first - 1
    while sentence.word(place) in LINKS or sentence.tags(place) & {Tag.YET}:
        place -= 1
    is_apart = sentence.word(place) in {",", ";", "pero"}  # «los de mayo, UTAI no»
    is_apart |= place < 0 and claim.first > 0 and claim.part is not Part.REF  # «los vencidos no»
    return claim if is_apart or len(sentence.of_part(claim.part)) > 1 else None


def _opens(sentence: Sentence, at: int) -> bool:
    """What follows may be left out."""
    if sentence.word(at) in DENYING:
        return _denies(sentence, at)
    if sentence.word(at) == "menos" and sentence.before(at) in {"lo", "al"}:
        return False  # «por lo menos», «al menos»
    if sentence.word(at) == "nada" and sentence.word(at - 1) != "o" and ends(sentence, at):
        return _named_before(sentence, at) is not None  # «de UTAI todo, de UOAI nada»
    if is_seen(sentence, at):
        return True
    return bool(sentence.tags(at) & {Tag.EXCEPT, Tag.WITHOUT}) or _puts_aside(sentence, at)


def _denies(sentence: Sentence, at: int) -> bool:
    """«no», «ni», «nunca» that does more than hedge or ask."""
    following = sentence.word(at + 1)
    if following == "se" and sentence.tags(at + 2) & {Tag.ASK}:
        return False  # «no sé qué…»
    if following in {"solo", "solamente", "unicamente"}:
        return False
    if sentence.word(at) == "ni" and _asks_of_each(sentence, at):
        return False
    if _is_relative(sentence, at) or refuses(sentence, at):
        return True
    return not _asks_whether_any(sentence, at)


def _puts_aside(sentence: Sentence, at: int) -> bool:
    """«deja de lado», «deja de mostrar», «saca de la lista», «aparte de», «distintos de», «nada que ver con»."""
    word, following = sentence.word(at), sentence.word(at + 1)
    if word.startswith("dej") and following in {"de", "fuera", "aparte"}:
        shows = sentence.tags(at + 2) & {Tag.SHOW} and Form.INFINITIVE in sentence.forms(at + 2)
        return following != "de" or sentence.word(at + 2) == "lado" or bool(shows)
    if word.startswith("sac"):
        from_it = word.endswith(("le", "les")) or sentence.before(at) == "si"
        return from_it or following == "a" or _takes_out(sentence)  # «saca a la UTI»
    if word in OTHER_THAN:
        return following in {"de", "del", "a", "al"}
    if word == "nada" and _is_refused_whole(sentence, at):
        return True
    if word == "nada":
        has_to_do = "ver" in {sentence.word(at + step) for step in (2, 3)}
        return has_to_do and sentence.word(at - 1) in RELATIVE  # «que nada tengan que ver»
    if word == "ademas" and following in {"de", "d"}:
        return any(  # «además de UTAI, ¿quién más…?»
            sentence.word(place) in {"mas", "otra", "otras", "otro"}
            and sentence.tags(place - 1) & {Tag.ASK, Tag.UNIT}
            for place in range(at, len(sentence))
        )
    return word in {"fuera", "aparte"} and following in {"de", "d"}


def _is_refused_whole(sentence: Sentence, at: int) -> bool:
    """«nada de mayo, solo junio»: of two things of a kind the one refused and the one asked for."""
    opens = at == 0 or not sentence.is_word(at - 1) or sentence.word(at - 1) in {"pero", "y"}
    if not opens or sentence.word(at + 1) not in {"de", "del", "d"}:
        return False
    place = at + 2
    while sentence.is_free(place) and place <= at + REACH and _leads_on(sentence, place):
        place += 1
    claim = sentence.claim_at(place)
    if claim is None:
        return False
    behind = sentence.word(claim.last + 1) in {",", ";", "solo"} and len(sentence.claims) > 1
    apart = claim.part is Part.STATUS and (at > 0 or behind)  # «lo de mayo, nada de entregados»
    return apart or len(sentence.of_part(claim.part)) > 1


def _leads_on(sentence: Sentence, at: int) -> bool:
    """It stands between «nada de» and what is refused: «… lo que ya se ha presentado»."""
    return sentence.word(at) in LINKS | {"se", "ha", "han", "fue", "fueron"} or bool(
        sentence.tags(at) & {Tag.YET}
    )


def _asks_whether_any(sentence: Sentence, at: int) -> bool:
    """«¿no tiene UTAI algo en junio?»."""
    return any(
        sentence.word(place) in ANYTHING
        and [sentence.word(place + 1), sentence.word(place + 2)] != ["que", "ver"]
        for place in range(at + 1, len(sentence))
    )


def _takes_out(sentence: Sentence) -> bool:
    """«sácame a UTAI de ahí», «sácalo de la lista»."""
    return any(
        sentence.word(at) == "de"
        and {sentence.word(at + 1), sentence.word(at + 2)} & {"ahi", "lista"}
        for at in range(len(sentence))
    )


def _asks_of_each(sentence: Sentence, at: int) -> bool:
    """«¿ni en julio ni en agosto hay entregas?»: a question about both."""
    opens = all(sentence.word(place) != "no" for place in range(at))
    asks = any(Tag.ASK in found.tags for found in sentence.entries)
    return (
        opens
        and not asks
        and any(token.fold in {"hay", "habra", "vence", "toca"} for token in sentence.tokens)
    )


def _first_claim(sentence: Sentence, at: int) -> Claim | None:
    strict = sentence.word(at) in DENYING and not _is_relative(sentence, at)
    place = at + 1
    while place < len(sentence) and place - at <= REACH:
        claim = sentence.claim_at(place)
        if claim is not None:
            denies = Tag.NOT in sentence.tags(claim.first)  # «ninguno atrasado»
            return claim if claim.part in OUT and not denies else None
        word = sentence.word(place)
        if Tag.NOT in sentence.tags(place):
            return None
        asked_for = sentence.word(place - 1) in NOT_ASKED_FOR  # «no quiero nada de…»
        if word == "nada" and (asked_for or is_denied_order(sentence, place - 1)):
            place += 1
            continue
        if strict and word not in AFTER_NO and not _binds(sentence, place):
            return None
        if sentence.tokens[place].kind is Kind.SIGN and word not in {":", "("}:
            return None
        if not sentence.tags(place) and sentence.is_word(place) and not is_form_of_verb(word):
            return None
        if Tag.ONLY in sentence.entries[place].tags or word == "pero":
            return None
        if Form.PARTICIPLE in sentence.forms(place) and sentence.word(place + 1) in {"de", "del"}:
            return None  # «los que no están firmados, de UTAI»: UTAI is not what is denied
        place += 1
    return None


def _is_relative(sentence: Sentence, at: int) -> bool:
    """«los que no dependan de…», «donde no figure…»: it says of the means what they are not."""
    if Form.PARTICIPLE in sentence.forms(at + 1) and sentence.is_word(at - 1):
        return True  # «los no relacionados con…»
    place = at - 1
    while place > 0 and sentence.tags(place) & {Tag.YET}:
        place -= 1
    if sentence.word(place) not in RELATIVE or _is_said_of_me(sentence, at + 1):
        return False
    before = sentence.word(place - 1)
    says = is_only_verb(before) and not sentence.forms(place - 1) <= {Form.PARTICIPLE}
    return sentence.is_word(place - 1) and not says and before not in NO_ANTECEDENT


def _is_said_of_me(sentence: Sentence, at: int) -> bool:
    """«no recuerdo», «no me acuerdo», «no hay»: what I do, and what there is."""
    word = sentence.word(at)
    is_mine = Form.PRESENT in sentence.forms(at) and word.endswith("o")
    return word in THERE_IS | {"me", "nos", "te"} or is_mine


def _is_stated(sentence: Sentence, at: int) -> bool:
    """A finite verb in the third person: «… no figura», «… no interviene»."""
    if _is_said_of_me(sentence, at) or not sentence.is_word(at):
        return False
    if Tag.SHARED in sentence.tags(at):
        return False  # «… no comparte con nadie» says with whom
    if sentence.tags(at):
        finite = sentence.forms(at) & {Form.PRESENT, Form.PAST}
        return bool(finite) or sentence.word(at) in {"va", "ve"}
    return is_form_of_verb(sentence.word(at))


def _binds(sentence: Sentence, at: int) -> bool:
    """A verb that says what belongs where: «corresponda», «incluyas», «quiero»."""
    if Tag.WANT in sentence.tags(at) or is_denied_order(sentence, at):
        return True
    is_mine = sentence.word(at).endswith("o") and Form.PRESENT in sentence.forms(at)
    if is_mine or sentence.word(at) in TAKES_BACK:
        return False
    return bool(sentence.tags(at).intersection(BINDING)) or sentence.word(at) in _also_binding()


@cache
def _also_binding() -> frozenset[str]:
    return frozenset(word for verb in ALSO_BINDING.split(";") for word in forms(*verb.split())) | {
        "ve",
        "vea",
        "vean",
        "ven",
    }


def _is_put_right(sentence: Sentence, first: Claim) -> bool:
    """«no mayo, junio»: what comes behind the comma is meant instead."""
    opener = sentence.word(first.first - 1)
    if opener in {"el", "la", "los", "en", "de", "es", "era"}:
        opener = sentence.word(first.first - 2)
    behind = [one for one in sentence.of_part(first.part) if one.first > first.last]
    return opener == "no" and sentence.word(first.last + 1) in {",", "sino"} and len(behind) == 1


def _gather(
    sentence: Sentence, first: Claim, *, of_antecedent: bool = False, by_comma: bool = True
) -> list[list[Claim]]:
    """The things listed after the first one: joined by «y», «ni» or a comma.

    With `of_antecedent` what follows by «de» narrows what stays, not what is left out; without
    `by_comma` what stands behind a comma is asked for: «nada de entregados, los pendientes».
    """
    groups = [[first]]
    if _is_put_right(sentence, first):
        return groups
    at = sentence.claims.index(first)
    for claim in sentence.claims[at + 1 :]:
        between = [sentence.word(place) for place in range(groups[-1][-1].last + 1, claim.first)]
        if claim.part not in OUT:
            break
        if sentence.word(claim.first) == "ni":
            between.append("ni")  # «ni observados»
        kind = groups[-1][-1].part
        listed = any(word in LIST_WORDS for word in between)
        only_links = all(word in LINKS | LIST_WORDS for word in between)
        if not only_links or (not by_comma and "," in between and "ni" not in between):
            break
        if claim.part is Part.TOPIC and kind is Part.TOPIC:
            groups[-1].append(claim)
        elif listed and ("," not in between or claim.part is kind):
            groups.append([claim])
        elif (
            not listed
            and not of_antecedent
            and claim.part is not kind
            and between
            and between[0] in {"de", "del", "d"}
        ):
            groups[-1].append(claim)
        else:
            break
    return groups


def leaves_denial_unread(sentence: Sentence, groups: list[list[Claim]]) -> bool:
    """A denial stands just before something named, and no rule says what it denies.

    A list without it would hold what was to be left out.
    """
    return any(
        _is_unread(sentence, at, groups)
        for tag in (Tag.NOT, Tag.EXCEPT, Tag.WITHOUT)
        for at in sentence.places(tag)
    )


def _is_unread(sentence: Sentence, at: int, groups: list[list[Claim]]) -> bool:
    if sentence.before(at) in AT_LEAST or _is_said_of_me(sentence, at + 1):
        return False
    if sentence.word(at + 1) == "mas" or sentence.tags(at + 1) & {Tag.CAN, Tag.ASK}:
        return False  # «no más los de UTAI»
    if _asks_of_each(sentence, at):
        return False
    if _asks_whether_any(sentence, at) and not refuses(sentence, at):
        return False
    for place in range(at + 1, min(at + 1 + NEAR, len(sentence))):
        claim = sentence.claim_at(place)
        if claim is not None:
            is_out = any(claim in group for group in groups)
            return claim.part in OUT and claim.part is not Part.STATUS and not is_out
        if not sentence.is_word(place) or sentence.word(place) in TAKES_BACK:
            return False
        if sentence.tags(place) & {Tag.ASK, Tag.ONLY, Tag.WRONG}:
            return False
    return False
