"""What a question leaves out: «menos los de capacitación», «que no sean de UTAI ni de UC»."""

from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.tags import Tag
from handlers.language.tokens import Kind

REACH = 7  # words between «menos» and the first thing it leaves out
LIST_WORDS = frozenset({"y", "e", "ni", "o", "u", ",", "/", "tampoco"})
LINKS = frozenset({"de", "del", "la", "los", "las", "el", "lo", "d", "a", "al", "en", "que", "q", "sean",
                   "son", "es", "sea", "para"})  # fmt: skip
AFTER_NO = frozenset(
    "es son sea sean este esten esta estan de del la los las el lo le les a al en que q "
    "corresponda corresponden corresponde toque toquen toca tocan pertenezca pertenezcan pertenece "
    "pertenecen tenga tengan vea ve sera seran fue fueron venzan venza vence vencen caen cae caigan "
    "incluya incluyas incluyan quiero considerar considere contar cuenten cuentes trate traten tratan "
    "d por para pa se presente presentan ver con pasan pasen pasa me interesa interesan importa "
    "necesito deseo".split()
)
OTHER_THAN = frozenset("distinto distinta distintos distintas diferente diferentes".split())
TAKING_PART = frozenset(
    "figura figure esta este participa participe sale salga aparece aparezca interviene intervenga entra "
    "entre va vaya tiene tenga".split()
)
OUT = (Part.UNIT, Part.DATE, Part.AREA, Part.REF, Part.STATUS, Part.TOPIC, Part.NTH)


def excluded_groups(sentence: Sentence) -> list[list[Claim]]:
    """The claims that are left out; those of one group only together («los de UTAI de mayo»)."""
    groups: list[list[Claim]] = []
    for at in range(len(sentence)):
        if not sentence.is_free(at) or not _opens(sentence, at):
            continue
        denied = _denied_before(sentence, at)
        if denied is not None:
            groups.append([denied])
            continue
        first = _first_claim(sentence, at)
        if first is None or any(first in group for group in groups):
            continue
        groups += _gather(sentence, first)
    return groups


def _denied_before(sentence: Sentence, at: int) -> Claim | None:
    """«donde UTAI no figura»: what stands before the denial is left out."""
    if sentence.word(at) == "no" and _ends(sentence, at):
        return _named_before(sentence, at)
    if sentence.word(at) != "no" or sentence.word(at + 1) not in TAKING_PART:
        return None
    before = sentence.claim_at(at - 1)
    behind = any(sentence.claim_at(at + step) for step in (2, 3))
    return before if before is not None and before.part in OUT and not behind else None


def _named_before(sentence: Sentence, at: int) -> Claim | None:
    """«el 4.1 sí, el 4.2 todavía no»: the thing just named, where another one stays."""
    place = at - 1
    while place >= 0 and sentence.is_free(place) and sentence.tags(place) & {Tag.YET, Tag.FILLER}:
        place -= 1
    claim = sentence.claim_at(place)
    if claim is None or claim.part not in OUT or sentence.word(at + 1) == "?":
        return None  # «…, ¿no?»
    return claim if len(sentence.of_part(claim.part)) > 1 else None


def _ends(sentence: Sentence, at: int) -> bool:
    """Nothing of the same clause follows."""
    return at + 1 >= len(sentence) or sentence.tokens[at + 1].kind is Kind.SIGN


def _opens(sentence: Sentence, at: int) -> bool:
    tags = sentence.entries[at].tags
    word = sentence.word(at)
    if word == "menos" and sentence.before(at) in {"lo", "al"}:
        return False  # «por lo menos», «al menos»
    if word == "no" and sentence.word(at + 1) == "se" and sentence.tags(at + 2) & {Tag.ASK}:
        return False  # «no sé qué…»
    if Tag.EXCEPT in tags or Tag.WITHOUT in tags:
        return True
    if word.startswith("dej") and sentence.word(at + 1) in {"de", "fuera", "aparte"}:
        return sentence.word(at + 1) != "de" or sentence.word(at + 2) == "lado"
    from_it = word.endswith(("le", "les")) or sentence.before(at) == "si"
    if word.startswith("sac") and (from_it or _takes_out(sentence)):
        return True
    if word in OTHER_THAN and sentence.word(at + 1) in {"de", "del", "a", "al"}:
        return True
    if word == "ni" and _asks_of_each(sentence, at):
        return False
    if word == "no" and sentence.word(at + 1) in {"solo", "solamente", "unicamente"}:
        return False
    if word in {"fuera", "aparte"} and sentence.word(at + 1) in {"de", "d"}:
        return True
    return word in {"no", "ni"}


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
    strict = sentence.word(at) in {"no", "ni"}
    place = at + 1
    while place < len(sentence) and place - at <= REACH:
        claim = sentence.claim_at(place)
        if claim is not None:
            return claim if claim.part in OUT else None
        word = sentence.word(place)
        if strict and word not in AFTER_NO:
            return None
        if sentence.tokens[place].kind is Kind.SIGN and word not in {":", "("}:
            return None
        if not sentence.entries[place].tags and sentence.tokens[place].kind is Kind.WORD:
            return None
        if Tag.ONLY in sentence.entries[place].tags or word == "pero":
            return None
        place += 1
    return None


def _is_put_right(sentence: Sentence, first: Claim) -> bool:
    """«no mayo, junio»: what comes behind the comma is meant instead."""
    opener = sentence.word(first.first - 1)
    if opener in {"el", "la", "los", "en", "de", "es", "era"}:
        opener = sentence.word(first.first - 2)
    behind = [one for one in sentence.of_part(first.part) if one.first > first.last]
    return opener == "no" and sentence.word(first.last + 1) in {",", "sino"} and len(behind) == 1


def _gather(sentence: Sentence, first: Claim) -> list[list[Claim]]:
    """The things listed after the first one: joined by «y», «ni» or a comma."""
    groups = [[first]]
    if _is_put_right(sentence, first):
        return groups
    at = sentence.claims.index(first)
    for claim in sentence.claims[at + 1 :]:
        between = [sentence.word(place) for place in range(groups[-1][-1].last + 1, claim.first)]
        if claim.part not in OUT:
            break
        kind = groups[-1][-1].part
        listed = any(word in LIST_WORDS for word in between)
        only_links = all(word in LINKS | LIST_WORDS for word in between)
        if not only_links:
            break
        if claim.part is Part.TOPIC and kind is Part.TOPIC:
            groups[-1].append(claim)
        elif listed and ("," not in between or claim.part is kind):
            groups.append([claim])
        elif (
            not listed and claim.part is not kind and between and between[0] in {"de", "del", "d"}
        ):
            groups[-1].append(claim)
        else:
            break
    return groups
