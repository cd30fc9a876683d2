"""Orders not to show something: «no me pongas los de UTI», «mayo ya no», «omítelos»."""

from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.tags import Tag
from handlers.language.tokens import Kind
from handlers.language.verbs import Form
from storage.records import DateRange

LIST_WORDS = frozenset({"y", "e", "ni", "o", "u", ",", "/", "tampoco"})
LINKS = frozenset({"de", "del", "la", "los", "las", "el", "lo", "d", "a", "al", "en", "que", "q", "sean",
                   "son", "es", "sea", "para"})  # fmt: skip
OBJECTS = ("lo", "los", "la", "las")
PRONOUNS = frozenset("me nos te se lo los la las le les".split())
# what an order to the bot is about, «no me pongas», «no me cuentes», «no consideres»
ORDERED = frozenset({Tag.SHOW, Tag.ALSO, Tag.DELIVER, Tag.TELL, Tag.FILLER})
SEEN = frozenset("vi vimos tengo tenemos conozco conocemos revise revisamos lei leimos se".split())
NOT_ASKED_FOR = frozenset(  # «los de UTI no van», «lo de mayo no me interesa»
    "va van hace hacen vale valen entra entran cuenta cuentan interesa interesan importa importan sirve sirven quiero "
    "necesito queremos necesitamos deseo".split()
)
OUT = (Part.UNIT, Part.DATE, Part.AREA, Part.REF, Part.STATUS, Part.TOPIC, Part.NTH)


def refuses(sentence: Sentence, at: int) -> bool:
    """«no me pongas», «no quiero», «no van», «omítelos»: what is spoken of is not to be shown."""
    if is_seen(sentence, at):
        return True
    if Tag.EXCEPT in sentence.tags(at):
        return Form.CLITIC in sentence.forms(at) and sentence.word(at).endswith(OBJECTS)
    place = at + 1
    while sentence.word(place) in PRONOUNS:
        place += 1
    return (
        is_denied_order(sentence, place)
        or sentence.word(place) in NOT_ASKED_FOR
        or (place == at + 1 and _no_longer(sentence, at))
    )


def is_seen(sentence: Sentence, at: int) -> bool:
    """«mayo ya lo vimos», «los de UTI ya los tengo»."""
    named = sentence.word(at + 1) in OBJECTS and sentence.word(at + 2) in SEEN
    return sentence.word(at) == "ya" and named


def _no_longer(sentence: Sentence, at: int) -> bool:
    """«lo de mayo ya no»; «¿… o ya no?» asks."""
    asks = sentence.word(at + 1) == "?" or sentence.word(at - 2) in {"o", "u"}
    return Tag.YET in sentence.tags(at - 1) and ends(sentence, at) and not asks


def is_denied_order(sentence: Sentence, at: int) -> bool:
    """The verb of «no me pongas», «no me los muestres», as only an order is denied."""
    going = sentence.word(at - 1) == "a" and Form.WISH in sentence.forms(at - 2)
    is_order = Form.WISH in sentence.forms(at) or (going and Form.INFINITIVE in sentence.forms(at))
    return is_order and bool(sentence.tags(at) & ORDERED)  # «no vayas a ponerme…»


def refused_before(sentence: Sentence, at: int) -> Claim | None:
    """«los de mayo ya no me los cuentes»: the first of what is named just before."""
    first: Claim | None = None
    place = at - 1
    while place >= 0:
        claim = last_listed(sentence, sentence.claim_at(place))
        word = sentence.word(place)
        if claim is not None:
            if claim.part not in OUT:
                break
            first, place = claim, claim.first - 1
            continue
        opens = first is not None and word in {"los", "las", "lo", "el", "la"}
        if opens and sentence.word(place - 1) not in LIST_WORDS - {","}:
            break
        passes = word in LINKS | LIST_WORDS - {","} or sentence.tags(place) & {Tag.YET}
        if not passes or word == ",":
            break
        place -= 1
    return first


def last_listed(sentence: Sentence, claim: Claim | None) -> Claim | None:
    """«lo de junio, mayo ya no»: of days listed with a comma the last is claimed by itself."""
    match claim:
        case Claim(part=Part.DATE, value=(DateRange() as one, DateRange() as other)):
            commas = [at for at in range(claim.first, claim.last) if sentence.word(at) == ","]
            if len(commas) != 1:
                return claim
            (comma,) = commas
            last = Claim(Part.DATE, comma + 1, claim.last, (other,))
            sentence.claims.remove(claim)
            sentence.claim(Claim(Part.DATE, claim.first, comma - 1, (one,)))
            sentence.claim(last)
            return last
        case _:
            return claim


def ends(sentence: Sentence, at: int) -> bool:
    """Nothing of the same clause follows."""
    return at + 1 >= len(sentence) or sentence.tokens[at + 1].kind is Kind.SIGN
