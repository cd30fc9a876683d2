"""From a question as understood to the rows it means: topics, superlatives, places in a list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from handlers.language.vocabulary import JOINERS
from handlers.question import Intent, Pick, Question
from storage.engine import Session
from storage.matrix import count_means, due_counts, find_means, has_means
from storage.records import AsOf, DateRange, Level, MeansFilter, MeansRow, Ref, TopicWord
from storage.text import word_keys

NOTHING = MeansFilter(refs=(Ref(Level.MEANS, "0"),))  # no means has this code
FEWEST_WORDS = 3  # words a topic must have before one of them may be left out
PHRASE = 2  # words that can make a phrase
MOST_COMPARED = 200  # means among which a phrase is looked for
STOPS = re.compile(r"[%#.,:;()]")  # no phrase goes on behind one of these


async def resolve(session: Session, question: Question, as_of: AsOf) -> Question:
    """The same question with a filter that names its rows plainly.

    A topic is looked for by its own words, then by words of their families, each time in means,
    commitments and specifications first and then in the recommendations too; then one of its
    words is left out, and said so (`ignored`). `pick` becomes the day it means and `nth` the
    codes it means.
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
    for topic, deep in _widenings(wanted.topic):
        alone = MeansFilter(acts=wanted.acts, topic=topic, deep=deep)
        if await has_means(session, alone, as_of):
            codes = await _with_phrase(session, alone, as_of)
            found = replace(wanted, topic=topic, deep=deep, refs=wanted.refs or codes)
            return replace(question, wanted=found)
    firm = tuple(word for word in wanted.topic if not word.is_soft)
    wanted = replace(wanted, topic=firm)
    question = replace(question, wanted=wanted)
    if len(firm) >= FEWEST_WORDS:
        alone = MeansFilter(acts=wanted.acts, topic=wanted.topic, deep=True)
        left_out = await _least_missed(session, alone, as_of)
        if left_out is not None:
            fewer = tuple(word for word in wanted.topic if word != left_out)
            return replace(
                question,
                wanted=replace(wanted, topic=fewer, deep=True),
                ignored=(*question.ignored, left_out.typed),
            )
    return question


def _widenings(topic: tuple[TopicWord, ...]) -> Iterator[tuple[tuple[TopicWord, ...], bool]]:
    """The topic by its own words and by their families, without and with recommendations.

    Its soft words narrow it only where something is found with them.
    """
    firm = tuple(word for word in topic if not word.is_soft)
    own, own_firm = (tuple(_own_key(word) for word in words) for words in (topic, firm))
    for words in dict.fromkeys((own, own_firm, topic, firm)):
        yield words, False
    for words in dict.fromkeys((own_firm, firm)):
        yield words, True


def _own_key(word: TopicWord) -> TopicWord:
    """The word by itself, where the texts have it; its own key comes first."""
    return replace(word, keys=word.keys[:1]) if word.has_own else word


async def _with_phrase(session: Session, wanted: MeansFilter, as_of: AsOf) -> tuple[Ref, ...]:
    """The means that have the words of the topic one after the other, where others do not."""
    if len(wanted.topic) < PHRASE or wanted.deep:
        return ()
    rows = await find_means(session, wanted, as_of, limit=MOST_COMPARED + 1)
    if len(rows) > MOST_COMPARED:
        return ()
    runs = {row.id: _longest_run(row, wanted.topic) for row in rows}
    chosen = [row for row in rows if runs[row.id] == len(wanted.topic)]
    if not chosen:  # no phrase; but one that has most of it, where the others scatter the words
        chosen = [row for row in rows if runs[row.id] >= FEWEST_WORDS]
        if any(runs[row.id] > 1 for row in rows if row not in chosen):
            return ()
    if not chosen or len(chosen) == len(rows):
        return ()
    return tuple(Ref(Level.MEANS, row.code) for row in chosen)


def _longest_run(row: MeansRow, topic: Sequence[TopicWord]) -> int:
    """How many words of the topic stand one after the other, in its order."""
    texts = [row.text.text, row.commitment_text.text]
    if row.specification is not None:
        texts.append(row.specification.text)
    longest = 0
    for stretch in (stretch for text in texts for stretch in STOPS.split(text)):
        keys = [key for key in word_keys(stretch) if key not in JOINERS]
        for at, first in product(range(len(keys)), range(len(topic))):
            run = 0
            for key, word in zip(keys[at:], topic[first:], strict=False):
                if key not in word.keys:
                    break
                run += 1
            longest = max(longest, run)
    return longest


async def _least_missed(session: Session, wanted: MeansFilter, as_of: AsOf) -> TopicWord | None:
    """The one word without which the topic is found, in the fewest means."""
    found: list[tuple[int, TopicWord]] = []
    for word in wanted.topic:
        fewer = tuple(other for other in wanted.topic if other != word)
        count = await count_means(session, replace(wanted, topic=fewer), as_of)
        if count:
            found.append((count, word))
    return min(found, key=lambda pair: pair[0])[1] if found else None


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
    from_end = min(question.nth) < 0
    total = await count_means(session, question.wanted, as_of) if from_end else 0
    chosen: list[MeansRow] = []
    for place in question.nth:
        at = place - 1 if place > 0 else total + place
        if at >= 0:
            chosen += await find_means(session, question.wanted, as_of, limit=1, offset=at)
    wanted = MeansFilter(
        acts=tuple(dict.fromkeys(row.act for row in chosen)),
        refs=tuple(Ref(Level.MEANS, row.code) for row in chosen),
    )
    return replace(question, wanted=wanted if chosen else NOTHING)


def lists_means(intent: Intent) -> bool:
    """Whether an answer of this intent names means."""
    return intent in {Intent.LIST, Intent.COUNT, Intent.DETAIL, Intent.MARK}
