"""A follow-up changes the last question of the chat by just the part it names."""

from dataclasses import replace
from typing import TypeVar

from handlers.language.cues import Cues, Reading
from handlers.language.sentence import Part
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.question import Intent, Question
from storage.records import Level, MeansFilter, StatusFilter

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
CLITICS = ("lo", "los", "la", "las")
NARROWING = ("filtr", "limit", "reduc", "restring", "acot")


def opens_follow_up(cues: Cues, reading: Reading, previous: Question) -> bool:
    """Whether the sentence leans on the question before it."""
    if previous.intent is Intent.DEFINE:
        return _leans_on_meaning(cues, reading, previous)
    words = _words(cues)
    if reading.intent in OWN or previous.intent not in LISTED or not words:
        return False
    if any(ref.level is Level.MEANS for ref in cues.refs):
        return False
    if cues.part(Part.NTH) or _points_back(cues) or _widens(cues):
        return True
    if not cues.has_content:
        leans = reading.intent is not Intent.UNKNOWN or cues.has(*LEANING)
        strange = cues.left.unknown or cues.left.foreign
        return not strange and not _starts_afresh(cues) and (leans or words[0] in STARTS)
    if words[0] in STARTS or set(words) & TAKEN_BACK or cues.has(Tag.WRONG):
        return True
    if cues.has(Tag.ALSO) and words[0] != "que":
        return True
    if Tag.EXCEPT in cues.sentence.tags(0) and cues.sentence.is_free(0):
        return True
    if "nomas" in words or words[-1] == "entonces" or words[0].startswith(NARROWING):
        return True
    return _is_fragment(cues, words)


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
    return bool(previous.terms) and asks and named and reading.intent in LISTED


def _starts_afresh(cues: Cues) -> bool:
    """«todos los compromisos», «total de medios»: the whole matrix."""
    whole = bool(cues.words & FRESH) and not cues.has(Tag.COUNT)
    return whole or ("total" in cues.words and cues.names_things)


def _points_back(cues: Cues) -> bool:
    """«ese», «de esos», «márcalo»: the thing meant stands in the answer before."""
    sentence = cues.sentence
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
        for tag in (Tag.MARK, Tag.TELL, Tag.DELIVER, Tag.SHOW)
        for at in sentence.places(tag)
    )
    return with_clitic or bool({"lo", "la"} & cues.words)


def _widens(cues: Cues) -> bool:
    """«todas las unidades»: the part named is dropped."""
    return (
        cues.has(Tag.ALL)
        and cues.has(Tag.UNIT, Tag.AREA)
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
        return replace(
            question, intent=Intent.DEFINE, wanted=MeansFilter(), terms=terms, is_follow_up=True
        )
    wanted = replace(question.wanted, units=previous.terms)
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
        no_units = cues.has(Tag.UNIT)
        old = replace(
            old, units=() if no_units else old.units, areas=old.areas if no_units else ()
        )
    forgets_status = cues.has(Tag.ALL) and not new.units and not _widens(cues)
    return replace(
        old,
        acts=new.acts or old.acts,
        refs=_kept(new.refs, old.refs, adds=True) if adds else refs,
        areas=_kept(new.areas, old.areas, adds=adds),
        units=_kept(new.units, old.units, adds=adds),
        together=new.together or (old.together and not new.units),
        due=_kept(new.due, old.due, adds=adds),
        status=new.status or (None if forgets_status else old.status),
        topic=_kept(new.topic, old.topic, adds=adds),
        without=_without(new, old),
        either=new.either or (() if new.units else old.either),
    )


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
    if question.nth:
        return Intent.DETAIL
    aspect = cues.has(Tag.WHO, Tag.TELL) or (cues.has(Tag.WHEN) and not cues.part(Part.DATE))
    was_single = previous.intent in {Intent.DETAIL, Intent.MARK}
    if was_single and (not cues.has_content or cues.only_status):
        delivered = question.wanted.status is StatusFilter.SUBMITTED
        if aspect or delivered or previous.intent is Intent.DETAIL:
            return Intent.DETAIL
    if previous.intent is Intent.COUNT:
        lists = bool(cues.words & LISTING) or aspect or cues.has(Tag.SHOW)
        return Intent.LIST if lists else Intent.COUNT
    names_one = bool(question.wanted.refs or question.wanted.topic)
    if question.intent is Intent.DETAIL or (previous.intent is Intent.DETAIL and names_one):
        return Intent.DETAIL
    if previous.intent is Intent.SUMMARY and not cues.part(Part.STATUS, Part.DATE):
        return Intent.SUMMARY
    if previous.intent is Intent.MARK and question.wanted.refs and not cues.is_question:
        return Intent.MARK
    return Intent.LIST


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
