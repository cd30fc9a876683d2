"""Question → Answer: the one entry for the chat and for the command line."""

from dataclasses import replace
from datetime import tzinfo

from handlers.answers.resolve import lists_means, resolve
from handlers.question import (
    ActFacts,
    Answer,
    Grouping,
    Intent,
    Listing,
    Meaning,
    Plain,
    Question,
    Standing,
)
from storage.acts import acts, terms, units
from storage.engine import Session
from storage.matrix import count_means, count_numbers, due_counts, find_codes, find_means, tallies
from storage.records import ActRecord, AsOf, DueCount, Level, MatrixWords, MeansFilter

PAGE_ROWS = 8  # means on one screen of a phone
WHOLE_ROWS = 4  # means that are shown whole in one message
NEAREST_DAYS = 2  # other due days named in an empty answer


async def answer(
    session: Session,
    question: Question,
    as_of: AsOf,
    page: int = 0,
    *,
    words: MatrixWords | None = None,
) -> Answer:
    """Answer a question.

    Args:
        session: in which the matrix is read.
        question: as understood.
        as_of: from where the matrix is looked at.
        page: counts from 0 and is held within what there is.
        words: what the acts name, where the caller keeps it; None reads it anew.
    """
    if question.options:
        return Plain(question=question)
    match question.intent:
        case Intent.SUMMARY:
            return await _standing(session, question, as_of)
        case Intent.DEFINE if question.facet is not None:
            told = tuple(_told_in(as_of.zone, act) for act in await acts(session))
            return ActFacts(question=question, acts=told)
        case Intent.DEFINE:
            return await _meaning(session, question, words)
        case Intent.LIST | Intent.COUNT | Intent.DETAIL | Intent.MARK:
            return await _listing(session, question, as_of, page)
        case _:
            numbers = words.acts if words else [act.number for act in await acts(session)]
            return Plain(question=question, loaded=tuple(numbers))


async def codes_of(session: Session, found: Answer, as_of: AsOf) -> list[str] | None:
    """The codes of all the means of an answer, not of its page; None where it names none."""
    if isinstance(found, Listing):
        return await find_codes(session, found.resolved.wanted, as_of)
    return [] if lists_means(found.question.intent) else None


async def _listing(session: Session, question: Question, as_of: AsOf, page: int) -> Listing:
    resolved = await resolve(session, question, as_of)
    wanted = resolved.wanted
    size = WHOLE_ROWS if question.intent is Intent.DETAIL else PAGE_ROWS
    # most answers fit one page: nothing comes after it, so that nothing need be counted
    rows = [] if page else await find_means(session, wanted, as_of, limit=size + 1)
    is_whole = not page and len(rows) <= size
    total = len(rows) if is_whole else await count_means(session, wanted, as_of)
    held = max(0, min(page, (total - 1) // size))
    if page:
        rows = await find_means(session, wanted, as_of, limit=size, offset=held * size)
    return Listing(
        question=question,
        resolved=resolved,
        rows=tuple(rows[:size]),
        total=total,
        counted=(
            None
            if question.counted is Level.MEANS
            else await count_numbers(session, wanted, as_of, question.counted)
        ),
        page=held,
        page_size=size,
        today=as_of.today,
        nearest=() if total else await _nearest(session, wanted, as_of),
    )


async def _nearest(session: Session, wanted: MeansFilter, as_of: AsOf) -> tuple[DueCount, ...]:
    """What falls due around the days asked for, with all other parts of the question kept."""
    if not wanted.due or any(ref.level is Level.MEANS for ref in wanted.refs):
        return ()
    found = await due_counts(session, replace(wanted, due=()), as_of)
    bounds = [day for one in wanted.due for day in (one.start, one.end) if day is not None]

    def distance(one: DueCount) -> int:
        return min((abs((one.due_on - day).days) for day in bounds), default=0)

    return tuple(sorted(sorted(found, key=distance)[:NEAREST_DAYS], key=lambda one: one.due_on))


async def _standing(session: Session, question: Question, as_of: AsOf) -> Standing:
    wanted = question.wanted
    (whole,) = await tallies(session, wanted, as_of, "whole")
    match question.grouping:
        case Grouping.UNITS:
            groups = await tallies(session, wanted, as_of, "units")
        case Grouping.AREAS:
            groups = await tallies(session, wanted, as_of, "areas")
        case Grouping.WHOLE:
            groups = []
    return Standing(question=question, whole=whole, groups=tuple(groups), today=as_of.today)


def _told_in(zone: tzinfo, act: ActRecord) -> ActRecord:
    """The act with the instants of its signatures in a zone."""
    signatories = tuple(
        replace(
            one,
            signed_at=one.signed_at.astimezone(zone),
            approved_at=None if one.approved_at is None else one.approved_at.astimezone(zone),
        )
        for one in act.signatories
    )
    return replace(act, signatories=signatories)


async def _meaning(session: Session, question: Question, words: MatrixWords | None) -> Meaning:
    all_terms = words.terms if words else await terms(session)
    all_units = words.units if words else await units(session)
    wanted = set(question.terms)
    codes = {unit.code for unit in all_units}
    return Meaning(
        question=question,
        terms=tuple(term for term in all_terms if term.term in wanted - codes),
        units=tuple(unit for unit in all_units if unit.code in wanted),
        known=tuple(dict.fromkeys([*(term.term for term in all_terms), *sorted(codes)])),
    )
