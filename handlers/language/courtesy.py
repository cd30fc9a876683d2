"""Small talk and calls for help, and how the bot is used."""

from handlers.language.cues import Cues, Reading
from handlers.language.marking import HOW_TO
from handlers.language.overview import TO_THE_BOT
from handlers.language.sentence import Part
from handlers.language.tags import Tag
from handlers.language.tokens import Kind
from handlers.language.verbs import Form
from handlers.question import Courtesy, Intent

COURTESIES = (
    (Tag.THANKS, Courtesy.THANKS),
    (Tag.GREETING, Courtesy.GREETING),
    (Tag.FAREWELL, Courtesy.FAREWELL),
)
A_GREETING = 3  # words that are no more than one


def read_how_to(cues: Cues) -> Reading | None:
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


def read_courtesy(cues: Cues) -> Reading | None:
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
