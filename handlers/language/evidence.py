"""Whether a question is about the matrix, although some of its words mean nothing to us."""

from handlers.language.cues import Cues, Reading
from handlers.language.sentence import Claim, Part
from handlers.language.spelling import is_verb
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.language.zones import zone_words
from handlers.question import Intent
from storage.records import Level

THINGS = (Tag.THING, Tag.MEANS, Tag.COMMITMENT)
NOUNS = (Tag.MEANS, Tag.COMMITMENT, Tag.RECOMMENDATION)
UNKNOWN = 1.5  # what one unexplained word weighs against a question
VERB = 0.4  # what an unexplained verb weighs: «amanecimos con algo vencido»
FOREIGN = 3.0  # what a word of everyday life weighs
NEEDED = 1.0  # by how much what is understood must outweigh them
FOLLOWS = 1.5  # what it weighs that a question leans on the one before
COURTESY = 3.0  # what a call for help or for notices weighs
SHORT_CODE = 2  # letters of «UT» and «UC», which mean many other things
WEIGHTS = {
    Part.AREA: 2.0,
    Part.STATUS: 1.5,
    Part.NTH: 1.5,
    Part.TERM: 2.0,
    Part.ACT: 3.0,
}
MEANING = 2.5  # what it weighs that a meaning is asked for
TOLERANT = {Intent.HELP, Intent.SUBSCRIBE, Intent.UNSUBSCRIBE}
REMARKED = {Intent.LIST, Intent.COUNT}
NAMED = (Part.UNIT, Part.REF, Part.AREA, Part.TERM, Part.ACT, Part.NTH)
ASKED = (
    Tag.SHOW,
    Tag.WANT,
    Tag.TELL,
    Tag.COUNT,
    Tag.DUE,
    Tag.ONLY,
    Tag.ALL,
    Tag.RECOMMENDATION,
)
FINITE = {Form.PRESENT, Form.PAST, Form.OTHER}
ONE_OF_MINE = frozenset("un una mi tu su algun otro este".split())
ONLY_OURS = frozenset("entregable entregables vencimiento vencimientos verificacion hay".split())
POINTERS = frozenset({"el", "del", "al", "la", "y"})


def is_about_the_matrix(cues: Cues, reading: Reading, *, is_follow_up: bool) -> bool:
    """Weigh what was understood against the words nobody knows.

    With no such word everything that was understood is enough; with some, a month or a verb
    alone is not («mi DNI se vence en junio»), a unit or a number of the matrix is.
    """
    if cues.left.is_vague and cues.part(Part.TOPIC) and not _is_supported(cues):
        return False
    if not is_follow_up and reading.intent in REMARKED and _is_a_remark(cues):
        return False
    zone = zone_words(cues.sentence) if reading.intent is Intent.SUBSCRIBE else frozenset()
    unknown = [word for word in cues.left.unknown if len(word) > 1 and word not in zone]
    foreign = [word for word in cues.left.foreign if word not in zone]
    strange = sum(VERB if _is_aside(cues, word) else UNKNOWN for word in unknown)
    strange += FOREIGN * len(foreign)
    if not strange:
        return True
    weight = understood(cues) + (FOLLOWS if is_follow_up else 0)
    if reading.intent in TOLERANT:
        weight += 1.0 if cues.has(Tag.NOTICE) and cues.has(Tag.STOP, Tag.SUBSCRIBE) else 0
        return weight + COURTESY > strange
    if reading.intent is Intent.DEFINE:
        weight += MEANING
    return weight > strange + NEEDED


def _is_a_remark(cues: Cues) -> bool:
    """«el sábado tengo un compromiso», «ya terminé mi tarea»: told, and nothing is asked.

    One thing, somebody's or just any, in a sentence that names nothing else of a matrix.
    """
    sentence = cues.sentence
    things = {at for tag in THINGS for at in sentence.places(tag)}
    topics = [one for one in sentence.of_part(Part.TOPIC) if one.first - 1 not in things]
    if cues.is_question or topics or cues.part(*NAMED):
        return False  # «un compromiso familiar» has its topic just behind it
    if _promises(cues) or (cues.only_status and _says_i_did(cues)):
        return True
    if not things or cues.has(*ASKED) or not ONLY_OURS.isdisjoint(cues.words):
        return False
    if not any(sentence.forms(at) & FINITE and at not in things for at in range(len(sentence))):
        return False  # «mi entrega de mayo»
    return all(_is_one(cues, at) for at in things)


def _is_one(cues: Cues, at: int) -> bool:
    sentence = cues.sentence
    before = sentence.word(at - 1)
    bare = Form.PRESENT in sentence.forms(at - 1) and before.endswith(("o", "mos"))
    return not sentence.word(at).endswith("s") and (before in ONE_OF_MINE or bare)


def _says_i_did(cues: Cues) -> bool:
    """«ya cumplí», «ya entregué todo»: no thing is named that could be meant."""
    sentence = cues.sentence
    asked = [tag for tag in (*ASKED, *THINGS) if tag is not Tag.ALL]
    return not cues.has(*asked) and any(
        Form.PAST in sentence.forms(claim.last)
        and sentence.tokens[claim.last].text.lower().endswith(("é", "í"))
        for claim in sentence.of_part(Part.STATUS)
    )


def _promises(cues: Cues) -> bool:
    """«me comprometo a…»."""
    sentence = cues.sentence
    return any(
        sentence.word(at).startswith("compromet") and sentence.before(at) in {"me", "nos"}
        for at in sentence.places(Tag.DUE)
    )


def _is_aside(cues: Cues, word: str) -> bool:
    """A verb beside what was understood without it; with a topic it may belong to that."""
    return not cues.left.topic and is_verb(word)


def _is_supported(cues: Cues) -> bool:
    """Something besides a vague topic word speaks of the matrix."""
    named = cues.names_things or cues.has(
        Tag.SUMMARY, Tag.DUE, Tag.DELIVER, Tag.MARK, Tag.VAGUE_THING, Tag.COUNT
    )
    return named or cues.part(Part.UNIT, Part.REF, Part.AREA, Part.STATUS, Part.TERM)


def understood(cues: Cues) -> float:
    """How much of the question certainly speaks of the matrix."""
    weight = sum(_weight(cues, claim) for claim in cues.sentence.claims)
    if cues.part(Part.DATE):
        weight += 1.0
    if cues.refs and all(ref.level is not Level.MEANS for ref in cues.refs):
        weight += 0.5
    topic = cues.left.topic
    if topic and not cues.left.is_deep:
        weight += 2.5 if cues.left.is_phrase else 1.0
        weight += 0.5 * max(0, len(topic) - 2)
    weight += 2.0 if cues.has(*NOUNS) else 0
    for tags in ((Tag.THING,), (Tag.DUE,), (Tag.DELIVER, Tag.MARK), (Tag.SUMMARY,)):
        weight += 1.0 if cues.has(*tags) else 0
    return weight


def _weight(cues: Cues, claim: Claim) -> float:
    sentence = cues.sentence
    if claim.part is Part.UNIT:
        return 3.0 if len(str(claim.value)) > SHORT_CODE else 2.0
    if claim.part is Part.REF:
        if claim.first != claim.last and any(tag in sentence.tags(claim.first) for tag in NOUNS):
            return 4.0
        return 3.0 if sentence.word(claim.first - 1) in POINTERS else 1.5
    return WEIGHTS.get(claim.part, 0.0)
