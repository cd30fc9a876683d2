"""From a question as understood to the rows it means: topics, superlatives, places in a list."""

from dataclasses import replace

from handlers.question import Intent, Pick, Question
from storage.engine import Session
from storage.matrix import count_means, due_counts, find_means
from storage.records import AsOf, DateRange, Level, MeansFilter, Ref, TopicWord

NOTHING = MeansFilter(refs=(Ref(Level.MEANS, "0"),))  # no means has this code
FEWEST_WORDS = 3  # words a topic must have before one of them may be left out


async def resolve(session: Session, question: Question, as_of: AsOf) -> Question:
    """The same question with a filter that names its rows plainly.

    A topic that no means, commitment or specification has is looked for in the recommendations;
    then one of its words is left out, and said so (`ignored`). `pick` becomes the day it means
    and `nth` the code it means.
    """
    if question.intent is Intent.MARK and question.wanted == MeansFilter():
        return replace(question, wanted=NOTHING)
    if question.wanted.topic:
        question = await _resolve_topic(session, question, as_of)
    if question.pick is not None:
        question = await _resolve_pick(session, question, as_of)
    if question.nth:
        question = await _resolve_places(session, question, as_of)
    return question


async def _resolve_topic(session: Session, question: Question, as_of: AsOf) -> Question:
    wanted = question.wanted
    alone = MeansFilter(acts=wanted.acts, topic=wanted.topic)
    for deep in (False, True):
        if await count_means(session, replace(alone, deep=deep), as_of):
            return replace(question, wanted=replace(wanted, deep=deep))
    if len(wanted.topic) >= FEWEST_WORDS:
        for left_out in await _least_missed(session, alone, as_of):
            fewer = tuple(word for word in wanted.topic if word != left_out)
            return replace(
                question,
                wanted=replace(wanted, topic=fewer),
                ignored=(*question.ignored, left_out.typed),
            )
    return question


async def _least_missed(session: Session, wanted: MeansFilter, as_of: AsOf) -> list[TopicWord]:
    """The one word without which the topic is found, in the fewest means."""
    found = []
    for word in wanted.topic:
        fewer = tuple(other for other in wanted.topic if other != word)
        count = await count_means(session, replace(wanted, topic=fewer), as_of)
        if count:
            found.append((count, word))
    return [min(found, key=lambda pair: pair[0])[1]] if found else []


async def _resolve_pick(session: Session, question: Question, as_of: AsOf) -> Question:
    days = [one.due_on for one in await due_counts(session, question.wanted, as_of)]
    if question.pick is Pick.NEXT:
        days = [day for day in days if day >= as_of.today]
    if not days:
        nothing = DateRange(as_of.today, None)
        return replace(question, wanted=replace(question.wanted, due=(nothing,)))
    day = days[-1] if question.pick is Pick.LATEST else days[0]
    return replace(question, wanted=replace(question.wanted, due=(DateRange(day, day),)))


async def _resolve_places(session: Session, question: Question, as_of: AsOf) -> Question:
    rows = await find_means(session, question.wanted, as_of)
    chosen = []
    for place in question.nth:
        at = place - 1 if place > 0 else len(rows) + place
        if 0 <= at < len(rows):
            chosen.append(rows[at])
    wanted = MeansFilter(
        acts=tuple(dict.fromkeys(row.act for row in chosen)),
        refs=tuple(Ref(Level.MEANS, row.code) for row in chosen),
    )
    if not chosen:
        wanted = NOTHING
    return replace(question, wanted=wanted)


def lists_means(intent: Intent) -> bool:
    """Whether an answer of this intent names means."""
    return intent in {Intent.LIST, Intent.COUNT, Intent.DETAIL, Intent.MARK}
