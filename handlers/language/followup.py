"""A follow-up changes the last question of the chat by just the part it names."""

from dataclasses import replace
from datetime import date

from handlers.language.cues import Cues, Reading
from handlers.language.days import whole_of
from handlers.language.places import says_only_numbers
from handlers.language.sentence import Part, Sentence
from handlers.language.tags import Tag
from handlers.language.tokens import Kind
from handlers.language.verbs import Form
from handlers.question import Intent, Question
from storage.records import DateRange, Level, MeansFilter, StatusFilter

STARTS = frozenset(
    "nada y e ahora pero entonces tambien solo solamente unicamente nomas mejor no ademas aja ya ok oki "
    "bueno tonces aparte perdon digo quise corrijo".split()
)
TAKEN_BACK = frozenset(
    "era dije quise digo equivoque corrijo confundi decia queria refiero referia".split()
)
FRESH = frozenset({"matriz", "acta", "todo", "todos", "todas"})
PREPOSITIONS = frozenset("en para pa de del desde hasta d entre a por los las".split())
LISTED = {Intent.LIST, Intent.COUNT, Intent.DETAIL, Intent.SUMMARY, Intent.MARK}
OWN = {Intent.SUBSCRIBE, Intent.UNSUBSCRIBE, Intent.HELP, Intent.SUMMARY, Intent.DEFINE}
LEANING = (
    Tag.ASK,
    Tag.COUNT,
    Tag.WHO,
    Tag.WHEN,
    Tag.TELL,
    Tag.MARK,
    Tag.DELIVER,
    Tag.SHOW,
    Tag.DUE,
)
WITH_NOUN = (Tag.DUE, Tag.THING, Tag.MEANS, Tag.COMMITMENT, Tag.RECOMMENDATION, Tag.DELIVER,
             Tag.COUNT, Tag.WHO, Tag.SHOW, Tag.ALL, Tag.ASK)  # fmt: skip
# words after «ese» with which it is no noun's article: «ese ya», «esos cuántos», «eso vence»
AFTER_DEICTIC = frozenset({
    Tag.FILLER, Tag.YET, Tag.DELIVER, Tag.ASK, Tag.BE, Tag.WHO, Tag.WHEN, Tag.COUNT, Tag.PENDING,
    Tag.OVERDUE, Tag.ONLY, Tag.TELL, Tag.DUE, Tag.NOT, Tag.MARK, Tag.SHOW, Tag.MEANS, Tag.COMMITMENT,
})  # fmt: skip
NEAR_DEICTICS = frozenset("este esta estos estas mismo misma esto dicho".split())
ANY = frozenset({"cualquier", "cualquiera", "olvidate", "olvida", "importar"})
PERIODS = frozenset({"mes", "meses", "fecha", "fechas"})
ONWARD = frozenset("siguiente proximo proxima viene sigue entra otro otra".split())
BACKWARD = frozenset("anterior previo previa".split())
REST = frozenset("demas otros otras resto restantes".split())
AROUND_REST = frozenset("y e o el la al del lo los las de en a para pa que con ahora".split())
CLITICS = ("lo", "los", "la", "las")
AROUND_DAYS = frozenset(
    "y e o en los las a de aqui aca mejor que tal si proximos siguientes dias no digo perdon entonces".split()
)
INVERTED = {
    StatusFilter.SUBMITTED: StatusFilter.PENDING,
    StatusFilter.PENDING: StatusFilter.SUBMITTED,
    StatusFilter.OVERDUE: StatusFilter.UPCOMING,
    StatusFilter.UPCOMING: StatusFilter.OVERDUE,
}
NARROWING = ("quedate", "quedese", "quedemonos", "filtr", "limit", "reduc", "restring", "acot")


def opens_follow_up(cues: Cues, reading: Reading, question: Question, previous: Question) -> bool:
    """Whether the sentence leans on the question before it."""
    if previous.intent is Intent.DEFINE:
        return _leans_on_meaning(cues, reading, previous)
    words = words_of(cues)
    if counts_on(cues, previous) is not None:
        return True
    if reading.intent in OWN or previous.intent not in LISTED or not words:
        return False
    if only_leaves_out(question) or inverts(words, previous):
        return True
    if only_steps(words) or asks_for_rest(words) or asks_for_rest_of(cues):
        return True
    names_means = any(ref.level is Level.MEANS for ref in cues.refs)
    if (names_means and not takes_back(cues)) or _speaks_to_the_bot(cues):
        return False
    if (cues.part(Part.NTH) and not cues.refs) or _points_back(cues) or widens(cues):
        return True
    if _lacks_subject(cues, previous):
        return True
    if not cues.has_content:
        leans = reading.intent is not Intent.UNKNOWN or cues.has(*LEANING)
        strange = cues.left.unknown or cues.left.foreign or _counts_unread(cues)
        return not strange and not _starts_afresh(cues) and (leans or words[0] in STARTS)
    return _opens_with_link(cues, words) or _narrows(cues) or _is_fragment(cues, words)


def _lacks_subject(cues: Cues, previous: Question) -> bool:
    """«¿cuántos ya entregó?» after a unit: it is the unit that did."""
    sentence = cues.sentence
    return (
        cues.only_status
        and len(previous.wanted.units) == 1
        and any(
            Form.PAST in sentence.entries[claim.last].forms
            and Form.PARTICIPLE not in sentence.entries[claim.last].forms
            and sentence.word(claim.last).endswith("o")
            for claim in sentence.of_part(Part.STATUS)
        )
    )


def _opens_with_link(cues: Cues, words: list[str]) -> bool:
    """«y…», «perdón…», «también…», «sin…», «… nomás», «filtra…»."""
    first = cues.sentence.tags(0) if cues.sentence.is_free(0) else frozenset()
    return (
        words[0] in STARTS
        or words[0].startswith(NARROWING)
        or words[-1] == "entonces"
        or "nomas" in words
        or takes_back(cues)
        or (cues.has(Tag.ALSO) and words[0] != "que")
        or bool(first & {Tag.EXCEPT, Tag.WITHOUT})
    )


def steps_on(words: list[str]) -> int:
    """«¿y el siguiente?», «¿y para el otro?»: 1; «¿y el anterior?»: -1; 0 for others."""
    said = set(words)
    return 1 if said & ONWARD else -1 if said & BACKWARD else 0


def only_steps(words: list[str]) -> bool:
    """«el siguiente», «¿y para el otro?»: nothing else is said."""
    return steps_on(words) != 0 and set(words) <= AROUND_REST | ONWARD | BACKWARD


def asks_for_rest(words: list[str]) -> bool:
    """«¿y los demás?», «el resto»: what the answer before has left out."""
    return bool(set(words) & REST) and set(words) <= AROUND_REST | REST


def asks_for_rest_of(cues: Cues) -> bool:
    """«lo demás de UTAI», «los otros de junio»: what of it the answer before has not shown."""
    sentence = cues.sentence
    return cues.has_filter and any(
        sentence.word(at) in REST
        and sentence.word(at - 1) in {"los", "las", "lo", "el"}
        and sentence.word(at + 1) in {"de", "del", "d"}
        for at in sentence.free()
    )


def counts_on(cues: Cues, previous: Question) -> int | None:
    """The days of «mejor en 60», «¿y en los próximos 20?» after «en los próximos 10 días»."""
    match previous.wanted.due:
        case (DateRange(start=date(), end=date()) as days,) if not cues.sentence.claims:
            if whole_of(days) is not None:
                return None  # «14» after «junio»
        case _:
            return None
    numerals = cues.sentence.numerals
    said = set(words_of(cues)) - {cues.sentence.word(one.first) for one in numerals}
    alone = len(numerals) == 1 and not numerals[0].ordinal and said <= AROUND_DAYS
    return numerals[0].value if alone else None


def only_leaves_out(question: Question) -> bool:
    """«menos los de UTAI»: it leaves something out of what was asked before."""
    wanted = question.wanted
    return bool(wanted.without) and replace(wanted, without=()) == MeansFilter()


def _counts_unread(cues: Cues) -> bool:
    """«mejor en 60» after «junio»: a number that no rule has read."""
    sentence = cues.sentence
    return any(
        sentence.tokens[one.first].kind is Kind.NUMBER and sentence.is_free(one.first)
        for one in sentence.numerals
    )


def inverts(words: list[str], previous: Question) -> bool:
    """«¿y los que no?» after those that were submitted."""
    reversed_ = bool(set(words) & {"reves", "contrario"})
    return (reversed_ or words[-3:] == ["los", "que", "no"]) and previous.wanted.status in INVERTED


def _speaks_to_the_bot(cues: Cues) -> bool:
    """«¿ya almorzaste?»."""
    sentence = cues.sentence
    return not cues.has_content and any(
        Form.PAST in sentence.entries[at].forms and sentence.word(at).endswith(("aste", "iste"))
        for at in sentence.free()
    )


def takes_back(cues: Cues) -> bool:
    """«me equivoqué», «digo uti, no utai»."""
    return bool(set(words_of(cues)) & TAKEN_BACK) or cues.has(Tag.WRONG)


def words_of(cues: Cues) -> list[str]:
    """The words and numbers, without signs and what is set aside."""
    sentence = cues.sentence
    return [
        token.fold
        for at, token in enumerate(sentence.tokens)
        if token.fold.isalnum() and at not in sentence.aside
    ]


def _leans_on_meaning(cues: Cues, reading: Reading, previous: Question) -> bool:
    """«¿y SAF?» after «qué es RDE»; «¿y qué tareas tiene?» after «qué es UOAI»."""
    words = words_of(cues)
    if cues.part(Part.TERM, Part.UNIT):
        return (
            bool(words)
            and words[0] in STARTS
            and len(cues.sentence.claims) == 1
            and not (cues.has(Tag.DUE, Tag.THING, Tag.PENDING))
        )
    asks = cues.has(Tag.DUE, Tag.PENDING, Tag.COUNT) or cues.names_things or cues.has_filter
    strange = cues.left.unknown or cues.left.foreign
    named = not (cues.refs or cues.left.topic or strange or cues.part(Part.AREA))
    hands_in = cues.has(Tag.DELIVER) and cues.has(Tag.ASK)  # «¿qué tiene que presentar?»
    listed = asks and reading.intent in LISTED
    return bool(previous.wanted.units) and named and (listed or hands_in)


def _starts_afresh(cues: Cues) -> bool:
    """«todos los compromisos», «total de medios»: the whole matrix."""
    whole = bool(cues.words & FRESH) and not cues.has(Tag.COUNT)
    counted = cues.has(Tag.COUNT) and cues.has(Tag.RECOMMENDATION) and "hay" in cues.words
    return whole or counted or ("total" in cues.words and cues.names_things)


def _points_back(cues: Cues) -> bool:
    """«ese», «de esos», «márcalo»: the thing meant stands in the answer before."""
    sentence = cues.sentence
    if words_of(cues)[:2] in (["lo", "mismo"], ["el", "de"]) or _points_to_all(cues):
        return True
    for at in sentence.places(Tag.DEICTIC):
        if sentence.word(at) in NEAR_DEICTICS or sentence.before(at) == "por":
            continue
        tags = sentence.tags(at + 1)
        is_article = bool(tags) and not tags & AFTER_DEICTIC
        if not is_article and (not cues.left.topic or sentence.word(at + 1) in {"", "?"}):
            return True
    if cues.has_content and not cues.only_status:
        return False
    with_clitic = any(
        _has_object(sentence, at) and sentence.forms(at) & {Form.CLITIC, Form.INFINITIVE}
        for tag in (Tag.MARK, Tag.TELL, Tag.DELIVER, Tag.SHOW, Tag.STOP)
        for at in sentence.places(tag)
    )
    return with_clitic or bool({"lo", "la", "le", "les"} & cues.words)


def _has_object(sentence: Sentence, at: int) -> bool:
    """«márcalo»; «dale por entregado», «dar por cumplido»."""
    word = sentence.word(at)
    gives = word.endswith(("le", "les")) or word == "dar"
    return (gives and sentence.word(at + 1) == "por") or word.endswith(CLITICS)


def _narrows(cues: Cues) -> bool:
    """«déjame solo los que faltan»: one part, and no noun for what it is a part of."""
    kinds = {claim.part for claim in cues.sentence.claims}
    return len(kinds) == 1 and cues.has(Tag.ONLY) and not cues.names_things


def widens_days(cues: Cues) -> bool:
    """«de cualquier mes», «de todas las fechas»; «todo el mes» is one."""
    any_one = cues.words & {"cualquier", "cualquiera"} and cues.words & PERIODS
    return bool(any_one) or (cues.has(Tag.ALL) and bool(cues.words & {"meses", "fechas"}))


def _points_to_all(cues: Cues) -> bool:
    """«marca los dos»: all that were shown."""
    sentence = cues.sentence
    names = cues.part(Part.UNIT, Part.DATE, Part.AREA, Part.REF, Part.TOPIC)
    return not names and any(
        sentence.word(numeral.first - 1) in {"los", "las"} and sentence.is_free(numeral.first)
        for numeral in sentence.numerals
    )


def widens(cues: Cues) -> bool:
    """«todas las unidades», «de cualquier mes»: the part named is dropped."""
    return (
        (cues.has(Tag.ALL) or not cues.words.isdisjoint(ANY))
        and (cues.has(Tag.UNIT, Tag.AREA) or widens_days(cues))
        and not cues.has(Tag.DUE, Tag.MEANS, Tag.COMMITMENT, Tag.PENDING)
    )


def _is_fragment(cues: Cues, words: list[str]) -> bool:
    """«en julio?», «los ya entregados»: one part, with no noun or verb of its own."""
    kinds = {claim.part for claim in cues.sentence.claims}
    is_number = kinds == {Part.REF} and says_only_numbers(cues.sentence)
    begins = words[0] in PREPOSITIONS or is_number  # «14» after «compromiso 13»
    return len(kinds) == 1 and begins and not cues.has(*WITH_NOUN)


def follow_notices(cues: Cues, previous: Question) -> Intent | None:
    """«mejor no, apágalos» after the notices were switched on, «mejor sí» after off."""
    content = cues.has_content or cues.left.unknown or cues.names_things
    if content or previous.intent not in {Intent.SUBSCRIBE, Intent.UNSUBSCRIBE}:
        return None
    if cues.has(Tag.STOP) or "no" in cues.words:
        return Intent.UNSUBSCRIBE
    revives = any(
        cues.sentence.word(at).startswith(("activ", "prend", "encend", "reactiv", "vuelv"))
        for at in cues.sentence.free()
    )
    return Intent.SUBSCRIBE if revives or {"mejor", "si"} <= cues.words else None
