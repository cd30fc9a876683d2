"""Summaries: «avance», «cómo vamos», «qué unidad está más atrasada»."""

from handlers.language.calendar import Grain
from handlers.language.cues import SUBMITTED, Cues, Reading
from handlers.language.days import whole_of
from handlers.language.filters import bounds_units, speaks_of_shares
from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.tags import Tag
from handlers.language.word_tables import SUMMARISING
from handlers.question import Grouping, Intent, Ranking
from storage.records import DateRange

LEADING = frozenset({"ganando", "lidera", "liderando", "encabeza"})
GOING = frozenset({"vamos", "andamos", "va"})  # «¿vamos bien?»
STANDING = frozenset({"esta", "estan", "estamos", "ta", "tamos"})
TO_THE_BOT = frozenset({"estas", "vas", "andas", "te", "usted", "ustedes"})  # «¿cómo estás?»
AT_A_TIME = frozenset("en a al hasta desde para todo".split())
REACH = 4  # words between «cómo» and «vamos»
OFFICES = frozenset({"oficina", "oficinas", "quien", "quienes", "equipo", "dependencia"})


def read_summary(cues: Cues) -> Reading | None:
    """How things stand, in whole or by unit or area, or who is ahead or behind."""
    if (cues.refs and not cues.has(Tag.SUMMARY)) or cues.part(Part.NTH):
        return None
    groups = _grouping(cues)
    statuses = {claim.value for claim in cues.sentence.of_part(Part.STATUS)}
    counts = sum(1 for _ in cues.sentence.places(Tag.COUNT))  # «cuántos … y cuántos …»
    if len(statuses) > 1 and (counts > 1 or cues.has(Tag.SUMMARY, Tag.STATE)):
        return Reading(Intent.SUMMARY, grouping=groups or Grouping.WHOLE, wants_status=False)
    if groups is not None and _asks_which_there_are(cues):
        return Reading(Intent.SUMMARY, grouping=groups)
    if groups is not None and cues.has(Tag.COUNT) and cues.is_after(Tag.UNIT, {"cada"}):
        return Reading(Intent.SUMMARY, grouping=groups)  # «¿cuántos tiene cada unidad?»
    rank = _ranking(cues)
    if rank is not None:
        by = groups or Grouping.UNITS
        return Reading(Intent.SUMMARY, grouping=by, ranking=rank, wants_status=False)
    share = statuses <= SUBMITTED  # «¿qué porcentaje se ha cumplido?» is a share of all
    summary = Reading(Intent.SUMMARY, grouping=groups or Grouping.WHOLE, wants_status=not share)
    if _names_summary(cues) or (_how_is_it(cues) and not cues.left.topic and not cues.refs):
        return summary
    return None


def _asks_which_there_are(cues: Cues) -> bool:
    """«¿qué unidades hay?», «¿cuáles son las áreas?»."""
    if cues.has_content or cues.left.unknown or cues.has(Tag.DUE, Tag.DELIVER, Tag.WHO):
        return False
    sentence = cues.sentence
    asked = any(
        sentence.word(at) in {"unidades", "areas"}
        and sentence.before(at) in {"que", "las", "cuantas", "cuales"}
        for at in sentence.free()
    )
    return asked and bool(cues.words & {"hay", "son", "existen"})


def _names_summary(cues: Cues) -> bool:
    sentence, words = cues.sentence, cues.words
    found = {sentence.word(at) for at in sentence.places(Tag.SUMMARY)}
    if found & SUMMARISING or "%" in words or {"por", "ciento"} <= words:
        return not cues.refs or bool(found)
    if cues.part(Part.STATUS, Part.DATE) or cues.left.topic or cues.refs:
        return False
    asks_else = cues.has(Tag.WHO, Tag.DUE) or (cues.has(Tag.WHEN) and not cues.has(Tag.STATE))
    return (bool(found) or cues.has(Tag.STATE)) and not asks_else


def _how_is_it(cues: Cues) -> bool:
    """«cómo va», «cómo estamos»; «cómo vencen…» is none."""
    sentence = cues.sentence
    for at in sentence.free():
        if sentence.word(at) in STANDING | GOING and sentence.word(at + 1) in {"bien", "mal"}:
            return True
        if not _is_how(sentence, at) or sentence.word(at + 1) in TO_THE_BOT:
            continue
        for place in range(at + 1, min(at + 1 + REACH, len(sentence))):
            if Tag.GO in sentence.tags(place) or sentence.word(place) in STANDING:
                return not _is_of_days(cues, at, place)
    return False


def _is_of_days(cues: Cues, how: int, verb: int) -> bool:
    """«¿cómo viene junio?», «y junio, ¿cómo pinta?»: what the month brings, and no balance."""
    sentence = cues.sentence
    if _grouping(cues) is not None or cues.part(Part.UNIT, Part.AREA):
        return False
    if sentence.word(verb).endswith("mos"):
        return False  # «¿cómo vamos en junio?»
    before = how - 1 - (sentence.word(how - 1) == ",")
    return any(
        (claim.last == before or claim.first in {verb, verb + 1})
        and _is_a_month(sentence, claim)
        and _takes(claim, sentence.word(verb))
        for claim in sentence.of_part(Part.DATE)
    )


def _takes(claim: Claim, verb: str) -> bool:
    """The verb goes with one month, or with several: «¿cómo vienen julio y agosto?»."""
    several = isinstance(claim.value, tuple) and len(claim.value) > 1
    return several or not verb.endswith("n")


def _is_a_month(sentence: Sentence, claim: Claim) -> bool:
    """Whole months or weeks, as what is spoken of: «junio»; «en junio» says when."""
    said = {sentence.word(at) for at in range(claim.first, claim.last + 1)}
    match claim.value:
        case tuple(ranges):
            grains = {whole_of(one) for one in ranges if isinstance(one, DateRange)}
        case _:
            return False
    return said.isdisjoint(AT_A_TIME) and grains <= {Grain.MONTH, Grain.WEEK, Grain.QUARTER}


def _is_how(sentence: Sentence, at: int) -> bool:
    """«cómo» or «qué tal»; «¿a cómo está?» asks for a price."""
    if sentence.word(at) == "tal":
        return sentence.before(at) == "que"
    return Tag.HOW in sentence.tags(at) and sentence.before(at) != "a"


def _grouping(cues: Cues) -> Grouping | None:
    if cues.has(Tag.AREA):
        return Grouping.AREAS
    return Grouping.UNITS if cues.has(Tag.UNIT) or cues.words & OFFICES else None


def _ranking(cues: Cues) -> Ranking | None:
    """«más atrasada», «la que menos debe», «quién cumple mejor»."""
    compares = cues.has(Tag.COMPARE) or not LEADING.isdisjoint(cues.words)
    if _grouping(cues) is None or not compares or cues.left.topic or cues.refs:
        return None
    if speaks_of_shares(cues.sentence) or bounds_units(cues.sentence):
        return None  # «más de una unidad»
    if cues.has(Tag.NEXT) or (cues.has_previous and cues.has(Tag.ALL)):
        return None
    everywhere = {tag for known in cues.sentence.entries for tag in known.tags}
    words = cues.words
    fewest = "menos" in words or "menor" in words
    if "peor" in words or Tag.LATE in everywhere:
        return Ranking.AHEAD if fewest else Ranking.BEHIND
    if "mejor" in words or words & LEADING or everywhere & {Tag.EARLY, Tag.DELIVER}:
        return Ranking.BEHIND if fewest else Ranking.AHEAD
    names = everywhere & {Tag.PENDING, Tag.THING, Tag.MEANS, Tag.COMMITMENT}
    if names and words & {"mas", "menos", "mayor", "menor"}:
        return Ranking.AHEAD if fewest else Ranking.BEHIND
    return None
