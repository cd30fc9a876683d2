"""The question before, with the parts changed that a follow-up names."""

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from handlers.language.calendar import Grain, neighbour
from handlers.language.cues import Cues
from handlers.language.date_words import UNITS
from handlers.language.days import common, whole_of
from handlers.language.followup import (
    INVERTED,
    REST,
    asks_for_rest,
    asks_for_rest_of,
    counts_on,
    inverts,
    only_steps,
    steps_on,
    takes_back,
    widens,
    widens_days,
    words_of,
)
from handlers.language.sentence import Claim, Part
from handlers.language.tags import Tag
from handlers.question import Intent, Question
from storage.records import DateRange, Level, MeansFilter, Ref, StatusFilter, TopicWord

T = TypeVar("T")
LISTING = frozenset({"cuales", "cual", "quienes", "lista", "listame"})
MORE = frozenset({"informacion", "datos", "data"})


def follow(question: Question, previous: Question, cues: Cues) -> Question:
    """The previous question with the named parts changed."""
    if previous.intent is Intent.DEFINE:
        return _follow_meaning(question, previous, cues)
    wanted = _merge(question, previous, cues)
    if not cues.has_content and (following := _next_number(cues, previous)):
        wanted = replace(previous.wanted, refs=(following,))
    shifted = _shifted(cues, previous) or _counted_on(cues, previous)
    if shifted is not None:
        wanted = replace(previous.wanted, due=(shifted,))
    intent = _intent(question, previous, cues)
    nth = question.nth
    if not nth and (not cues.has_content or cues.only_status):
        nth = previous.nth
    if question.nth:
        wanted = previous.wanted
    if inverts(words_of(cues), previous):
        return replace(question, intent=Intent.LIST, wanted=wanted, nth=(), is_follow_up=True)
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
        counted=_counted(question, previous) if intent is Intent.COUNT else question.counted,
        years=question.years or (previous.years if not question.wanted.due else ()),
        grouping=previous.grouping if is_summary else question.grouping,
        ranking=previous.ranking if is_summary else question.ranking,
        is_follow_up=True,
    )


def _counted(question: Question, previous: Question) -> Level:
    """«¿y UTI?» after «¿cuántos compromisos tiene UTAI?» counts commitments too."""
    return question.counted if question.counted is not Level.MEANS else previous.counted


def _follow_meaning(question: Question, previous: Question, cues: Cues) -> Question:
    named = [*cues.sentence.of_part(Part.TERM), *cues.sentence.of_part(Part.UNIT)]
    if named:
        terms = tuple(str(claim.value) for claim in named)
        units = MeansFilter(units=question.wanted.units)
        return replace(
            question, intent=Intent.DEFINE, wanted=units, terms=terms, is_follow_up=True
        )
    wanted = replace(question.wanted, units=previous.wanted.units)
    intent = Intent.LIST if question.intent is Intent.UNKNOWN else question.intent
    return replace(question, intent=intent, wanted=wanted, is_follow_up=True)


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
    if widens(cues):
        old = replace(
            old,
            units=() if cues.has(Tag.UNIT) else old.units,
            areas=() if cues.has(Tag.AREA) else old.areas,
            due=() if widens_days(cues) else old.due,
        )
        new = replace(new, due=() if widens_days(cues) else new.due)
    if inverts(words_of(cues), previous) and old.status:
        old = replace(old, status=INVERTED[old.status])
    if asks_for_rest_of(cues):
        return replace(new, acts=old.acts, without=(*new.without, replace(old, acts=())))
    if asks_for_rest(words_of(cues)):
        return _rest_of(old)
    if not REST.isdisjoint(cues.words) and "meses" in cues.words and old.due and not new.due:
        out = MeansFilter(due=old.due)
        return replace(old, due=(), without=(*old.without, out))
    if _is_rest(cues) and old.units and not new.units:
        return _rest_of(old)
    whole = any(cues.sentence.word(at) != "total" for at in cues.sentence.places(Tag.ALL))
    forgets_status = whole and not new.units and not widens(cues)
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
        without=old.without if takes_back(cues) else _without(new, old),
        either=new.either or (() if new.units else old.either),
    )


def _rest_of(old: MeansFilter) -> MeansFilter:
    """The other units' means of the same days; where no unit was named, all that was not asked."""
    if old.units:
        rest = MeansFilter(units=old.units)
        return replace(old, units=(), without=(*old.without, rest))
    return MeansFilter(acts=old.acts, without=(replace(old, acts=()),))


def _shifted(cues: Cues, previous: Question) -> DateRange | None:
    """«¿y el siguiente?», «¿y el mes siguiente?» after a month: the one after that."""
    if len(previous.wanted.due) != 1 or cues.part(Part.UNIT, Part.AREA, Part.REF, Part.TOPIC):
        return None
    (days,) = previous.wanted.due
    grain = whole_of(days)
    said = set(words_of(cues))
    step = steps_on(words_of(cues))
    dates = cues.sentence.of_part(Part.DATE)
    if grain is None or not step or any(not _is_shift(cues, one, grain) for one in dates):
        return None
    moves = only_steps(words_of(cues)) or cues.has(Tag.NEXT) or said & {"viene", "sigue", "entra"}
    if days.start is None or (not dates and not moves and step > 0):
        return None
    return DateRange(*neighbour(grain, days.start, step))


def _counted_on(cues: Cues, previous: Question) -> DateRange | None:
    """As many days as are named, from where the ones before began; whole months stay such."""
    days = counts_on(cues, previous)
    start = previous.wanted.due[0].start if days is not None else None
    return (
        None if days is None or start is None else DateRange(start, start + timedelta(days=days))
    )


def _next_number(cues: Cues, previous: Question) -> Ref | None:
    """«¿y el siguiente?» after «compromiso 12»."""
    step = steps_on(words_of(cues))
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
    one = words_of(cues)[:2] == ["el", "de"] or bool(cues.words & {"ese", "esa"})
    if one and _asks_aspect(cues):
        return True
    if previous.intent not in {Intent.DETAIL, Intent.MARK}:
        return False
    if cues.has_content and not cues.only_status:
        return False
    delivered = question.wanted.status is StatusFilter.SUBMITTED
    return _asks_aspect(cues) or delivered or previous.intent is Intent.DETAIL
