"""A follow-up changes the last question of the chat by just the part it names."""

from dataclasses import replace
from typing import TypeVar

from handlers.language.calendar import Grain, around, neighbour
from handlers.language.cues import Cues, Reading
from handlers.language.date_words import UNITS
from handlers.language.days import common
from handlers.language.numbers import find_numerals
from handlers.language.sentence import Claim, Part
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.question import Intent, Question
from storage.records import DateRange, Level, MeansFilter, Ref, StatusFilter, TopicWord

T = TypeVar("T")
STARTS = frozenset(
    "nada y e ahora pero entonces tambien solo solamente unicamente nomas mejor no ademas aja ya ok oki "
    "bueno tonces aparte perdon digo quise corrijo".split()
)
TAKEN_BACK = frozenset(
    "era dije quise digo equivoque corrijo confundi decia queria refiero referia".split()
)
FRESH = frozenset({"matriz", "acta", "todo", "todos", "todas"})
PREPOSITIONS = frozenset("en para pa de del desde hasta d entre a por los las".split())
LISTING = frozenset({"cuales", "cual", "quienes", "lista", "listame"})
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
MORE = frozenset({"informacion", "datos", "data"})
ONWARD = frozenset("siguiente proximo proxima viene sigue entra".split())
BACKWARD = frozenset("anterior previo previa".split())
CLITICS = ("lo", "los", "la", "las")
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
    words = _words(cues)
    if reading.intent in OWN or previous.intent not in LISTED or not words:
        return False
    if only_leaves_out(question) or _inverts(words, previous):
        return True
    names_means = any(ref.level is Level.MEANS for ref in cues.refs)
    if (names_means and not _takes_back(cues)) or _speaks_to_the_bot(cues):
        return False
    if cues.part(Part.NTH) or _points_back(cues) or _widens(cues):
        return True
    if _lacks_subject(cues, previous):
        return True
    if not cues.has_content:
        leans = reading.intent is not Intent.UNKNOWN or cues.has(*LEANING)
        strange = cues.left.unknown or cues.left.foreign
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
        or _takes_back(cues)
        or (cues.has(Tag.ALSO) and words[0] != "que")
        or bool(first & {Tag.EXCEPT, Tag.WITHOUT})
    )


def only_leaves_out(question: Question) -> bool:
    """«menos los de UTAI»: it leaves something out of what was asked before."""
    wanted = question.wanted
    return bool(wanted.without) and replace(wanted, without=()) == MeansFilter()


def _inverts(words: list[str], previous: Question) -> bool:
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


def _takes_back(cues: Cues) -> bool:
    """«me equivoqué», «digo uti, no utai»."""
    return bool(set(_words(cues)) & TAKEN_BACK) or cues.has(Tag.WRONG)


def _words(cues: Cues) -> list[str]:
    """The words and numbers, without signs and what is set aside."""
    sentence = cues.sentence
    return [
        token.fold
        for at, token in enumerate(sentence.tokens)
        if token.fold.isalnum() and at not in sentence.aside
    ]


def _leans_on_meaning(cues: Cues, reading: Reading, previous: Question) -> bool:
    """«¿y SAF?» after «qué es RDE»; «¿y qué tareas tiene?» after «qué es UOAI»."""
    words = _words(cues)
    if cues.part(Part.TERM, Part.UNIT):
        return (
            bool(words)
            and words[0] in STARTS
            and len(cues.sentence.claims) == 1
            and not (cues.has(Tag.DUE, Tag.THING, Tag.PENDING))
        )
    asks = cues.has(Tag.DUE, Tag.PENDING, Tag.COUNT) or cues.names_things or cues.has_filter
    named = not (cues.refs or cues.left.topic or cues.left.unknown or cues.part(Part.AREA))
    return bool(previous.wanted.units) and asks and named and reading.intent in LISTED


def _starts_afresh(cues: Cues) -> bool:
    """«todos los compromisos», «total de medios»: the whole matrix."""
    whole = bool(cues.words & FRESH) and not cues.has(Tag.COUNT)
    counted = cues.has(Tag.COUNT) and cues.has(Tag.RECOMMENDATION) and "hay" in cues.words
    return whole or counted or ("total" in cues.words and cues.names_things)


def _points_back(cues: Cues) -> bool:
    """«ese», «de esos», «márcalo»: the thing meant stands in the answer before."""
    sentence = cues.sentence
    if _words(cues)[:2] in (["lo", "mismo"], ["el", "de"]) or _points_to_all(cues):
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
        sentence.word(at).endswith(CLITICS) and Form.CLITIC in sentence.entries[at].forms
        for tag in (Tag.MARK, Tag.TELL, Tag.DELIVER, Tag.SHOW, Tag.STOP)
        for at in sentence.places(tag)
    )
    return with_clitic or bool({"lo", "la", "le", "les"} & cues.words)


def _narrows(cues: Cues) -> bool:
    """«déjame solo los que faltan»: one part, and no noun for what it is a part of."""
    kinds = {claim.part for claim in cues.sentence.claims}
    return len(kinds) == 1 and cues.has(Tag.ONLY) and not cues.names_things


def _widens_days(cues: Cues) -> bool:
    """«de cualquier mes», «de todas las fechas»; «todo el mes» is one."""
    any_one = cues.words & {"cualquier", "cualquiera"} and cues.words & PERIODS
    return bool(any_one) or (cues.has(Tag.ALL) and bool(cues.words & {"meses", "fechas"}))


def _points_to_all(cues: Cues) -> bool:
    """«marca los dos»: all that were shown."""
    sentence = cues.sentence
    names = cues.part(Part.UNIT, Part.DATE, Part.AREA, Part.REF, Part.TOPIC)
    return not names and any(
        sentence.word(numeral.first - 1) in {"los", "las"} and sentence.is_free(numeral.first)
        for numeral in find_numerals(sentence.tokens)
    )


def _widens(cues: Cues) -> bool:
    """«todas las unidades», «de cualquier mes»: the part named is dropped."""
    return (
        (cues.has(Tag.ALL) or not cues.words.isdisjoint(ANY))
        and (cues.has(Tag.UNIT, Tag.AREA) or _widens_days(cues))
        and not cues.has(Tag.DUE, Tag.MEANS, Tag.COMMITMENT, Tag.PENDING)
    )


def _is_fragment(cues: Cues, words: list[str]) -> bool:
    """«en julio?», «los ya entregados»: one part, with no noun or verb of its own."""
    kinds = {claim.part for claim in cues.sentence.claims}
    begins = words[0] in PREPOSITIONS
    return len(kinds) == 1 and begins and not cues.has(*WITH_NOUN)


def follow(question: Question, previous: Question, cues: Cues) -> Question:
    """The previous question with the named parts changed."""
    if previous.intent is Intent.DEFINE:
        return _follow_meaning(question, previous, cues)
    wanted = _merge(question, previous, cues)
    if not cues.has_content and (following := _next_number(cues, previous)):
        wanted = replace(previous.wanted, refs=(following,))
    shifted = _shifted(cues, previous)
    if shifted is not None:
        wanted = replace(previous.wanted, due=(shifted,))
    intent = _intent(question, previous, cues)
    nth = question.nth
    if not nth and (not cues.has_content or cues.only_status):
        nth = previous.nth
    if question.nth:
        wanted = previous.wanted
    named = bool(wanted.refs or wanted.topic)
    if intent is Intent.DETAIL or (intent is Intent.MARK and wanted.refs):
        # to things named by number or topic a status adds nothing
        wanted = replace(wanted, status=None if named else previous.wanted.status)
    is_summary = intent is Intent.SUMMARY
    return replace(
        question,
        intent=intent,
        wanted=wanted,
        nth=nth,
        pick=question.pick or (previous.pick if not cues.has_content else None),
        years=question.years or (previous.years if not question.wanted.due else ()),
        grouping=previous.grouping if is_summary else question.grouping,
        ranking=previous.ranking if is_summary else question.ranking,
        is_follow_up=True,
    )


def _follow_meaning(question: Question, previous: Question, cues: Cues) -> Question:
    named = [*cues.sentence.of_part(Part.TERM), *cues.sentence.of_part(Part.UNIT)]
    if named:
        terms = tuple(str(claim.value) for claim in named)
        units = MeansFilter(units=question.wanted.units)
        return replace(
            question, intent=Intent.DEFINE, wanted=units, terms=terms, is_follow_up=True
        )
    wanted = replace(question.wanted, units=previous.wanted.units)
    return replace(question, wanted=wanted, is_follow_up=True)


def _merge(question: Question, previous: Question, cues: Cues) -> MeansFilter:
    new, old = question.wanted, previous.wanted
    adds = cues.has(Tag.ALSO)
    refs = new.refs or old.refs
    single = previous.intent in {Intent.DETAIL, Intent.MARK} and not previous.nth
    if single and (old.refs or old.topic) and (new.units or new.due or new.areas or new.topic):
        # a named thing was asked; a new filter starts afresh
        refs, old = new.refs, MeansFilter(acts=old.acts)
    if new.refs and question.intent is Intent.DETAIL:
        old = MeansFilter(acts=old.acts)
    if _widens(cues):
        old = replace(
            old,
            units=() if cues.has(Tag.UNIT) else old.units,
            areas=() if cues.has(Tag.AREA) else old.areas,
            due=() if _widens_days(cues) else old.due,
        )
        new = replace(new, due=() if _widens_days(cues) else new.due)
    if _inverts(_words(cues), previous) and old.status:
        old = replace(old, status=INVERTED[old.status])
    if _is_rest(cues) and old.units and not new.units:
        rest = MeansFilter(units=old.units)
        old = replace(old, units=(), without=(*old.without, rest))
    whole = any(cues.sentence.word(at) != "total" for at in cues.sentence.places(Tag.ALL))
    forgets_status = whole and not new.units and not _widens(cues)
    return replace(
        old,
        acts=new.acts or old.acts,
        refs=_kept(new.refs, old.refs, adds=True) if adds else refs,
        areas=_kept(new.areas, old.areas, adds=adds),
        units=_kept(new.units, old.units, adds=adds),
        together=new.together or (old.together and not new.units),
        due=_both(new.due, old.due, cues) or _kept(new.due, old.due, adds=adds),
        status=new.status or (None if forgets_status else old.status),
        topic=_kept(_exchanged(new.topic, old.topic), old.topic, adds=adds),
        without=old.without if _takes_back(cues) else _without(new, old),
        either=new.either or (() if new.units else old.either),
    )


def _shifted(cues: Cues, previous: Question) -> DateRange | None:
    """«¿y el siguiente?», «¿y el mes siguiente?» after a month: the one after that."""
    if len(previous.wanted.due) != 1 or cues.part(Part.UNIT, Part.AREA, Part.REF, Part.TOPIC):
        return None
    (days,) = previous.wanted.due
    grain = whole_of(days)
    said = set(_words(cues))
    step = 1 if said & ONWARD else -1 if said & BACKWARD else 0
    dates = cues.sentence.of_part(Part.DATE)
    if grain is None or not step or any(not _is_shift(cues, one, grain) for one in dates):
        return None
    moves = cues.has(Tag.NEXT) or said & {"viene", "sigue", "entra"}
    if days.start is None or (not dates and not moves and step > 0):
        return None
    return DateRange(*neighbour(grain, days.start, step))


def _next_number(cues: Cues, previous: Question) -> Ref | None:
    """«¿y el siguiente?» after «compromiso 12»."""
    said = set(_words(cues))
    step = 1 if said & ONWARD else -1 if said & BACKWARD else 0
    match previous.wanted.refs:
        case (Ref(level=level, number=number),) if step and number.isdigit():
            return Ref(level, str(int(number) + step))
        case _:
            return None


def _is_shift(cues: Cues, claim: Claim, grain: Grain) -> bool:
    """«el mes siguiente» counts from the month before it, «el próximo mes» from today."""
    said = {cues.sentence.word(at) for at in range(claim.first, claim.last + 1)}
    units = {UNITS[word] for word in said & UNITS.keys()}
    return units == {grain} and bool(said & {"siguiente", "anterior"})


def whole_of(days: DateRange) -> Grain | None:
    """The unit of the calendar that the days are one whole of."""
    if days.start is None or days.end is None:
        return None
    for grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.SEMESTER, Grain.YEAR):
        if around(grain, days.start) == (days.start, days.end):
            return grain
    return None


def _is_rest(cues: Cues) -> bool:
    """«¿y las demás unidades?»."""
    return cues.has(Tag.UNIT) and bool(cues.words & {"demas", "otras", "resto", "restantes"})


def _both(
    mine: tuple[DateRange, ...], theirs: tuple[DateRange, ...], cues: Cues
) -> tuple[DateRange, ...]:
    """«pero solo hasta diciembre» after «desde noviembre»: the days of both."""
    if len(mine) != 1 or len(theirs) != 1 or not cues.has(Tag.ONLY):
        return ()
    both = common(mine[0], theirs[0])
    return () if both is None else (both,)


def _exchanged(
    mine: tuple[TopicWord, ...], theirs: tuple[TopicWord, ...]
) -> tuple[TopicWord, ...]:
    """«¿y el del SAF?» after «el plan de certificación del SCD»: one acronym for another."""
    if len(mine) != 1 or not mine[0].typed.isupper():
        return mine
    places = [at for at, word in enumerate(theirs) if word.typed.isupper()]
    if len(places) != 1 or len(theirs) == 1:
        return mine
    return (*theirs[: places[0]], mine[0], *theirs[places[0] + 1 :])


def _kept(mine: tuple[T, ...], theirs: tuple[T, ...], *, adds: bool) -> tuple[T, ...]:
    """The new values, else the old ones; with `adds` both."""
    if adds:
        return tuple(dict.fromkeys((*theirs, *mine)))
    return mine or theirs


def _without(new: MeansFilter, old: MeansFilter) -> tuple[MeansFilter, ...]:
    """Earlier exclusions stay, but for one that the new part contradicts."""
    stays = tuple(
        out
        for out in old.without
        if not (set(out.units) & set(new.units) or set(out.areas) & set(new.areas))
    )
    return tuple(dict.fromkeys((*stays, *new.without)))


def _intent(question: Question, previous: Question, cues: Cues) -> Intent:
    if question.intent in {Intent.MARK, Intent.COUNT}:
        return question.intent
    if previous.intent is Intent.MARK and question.wanted.refs and not cues.is_question:
        return Intent.MARK
    if question.nth or _asks_of_one(question, previous, cues):
        return Intent.DETAIL
    if previous.intent is Intent.COUNT:
        lists = bool(cues.words & LISTING) or _asks_aspect(cues) or cues.has(Tag.SHOW)
        return Intent.LIST if lists else Intent.COUNT
    names_one = bool(question.wanted.refs or question.wanted.topic)
    if question.intent is Intent.DETAIL or (previous.intent is Intent.DETAIL and names_one):
        return Intent.DETAIL
    if previous.intent is Intent.SUMMARY and not cues.part(Part.STATUS, Part.DATE):
        return Intent.SUMMARY
    return Intent.LIST


def _asks_aspect(cues: Cues) -> bool:
    """Who, when, or what in full."""
    return cues.has(Tag.WHO, Tag.TELL) or (cues.has(Tag.WHEN) and not cues.part(Part.DATE))


def _asks_of_one(question: Question, previous: Question, cues: Cues) -> bool:
    """«¿quién lo ve?», «más info de ese», and whatever is asked of one thing shown whole."""
    if not cues.has_content:
        if cues.has(Tag.WHO) and cues.words & {"lo", "la"}:
            return True
        if cues.has(Tag.DEICTIC) and cues.words & MORE:
            return True
    one = _words(cues)[:2] == ["el", "de"] or bool(cues.words & {"ese", "esa"})
    if one and _asks_aspect(cues):
        return True
    if previous.intent not in {Intent.DETAIL, Intent.MARK}:
        return False
    if cues.has_content and not cues.only_status:
        return False
    delivered = question.wanted.status is StatusFilter.SUBMITTED
    return _asks_aspect(cues) or delivered or previous.intent is Intent.DETAIL


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
