"""Text to Question: the entry of the language layer."""

from dataclasses import replace
from datetime import date

from handlers.language.clauses import put_right, set_aside
from handlers.language.cues import Cues, Reading
from handlers.language.dates import DateSpan
from handlers.language.days import (
    claim_dates,
    claim_lateness,
    drop_as_of,
    matrix_years,
    years_shown,
)
from handlers.language.evidence import is_about_the_matrix
from handlers.language.exclusion import excluded_groups, leaves_denial_unread
from handlers.language.filters import leaves_choice_unread, wanted_of
from handlers.language.followup import follow_notices, only_steps, opens_follow_up, words_of
from handlers.language.intent import read_intent
from handlers.language.marking import moments_of
from handlers.language.meaning import may_ask_meaning
from handlers.language.merging import follow
from handlers.language.names import claim_acts, claim_areas, claim_terms, claim_units
from handlers.language.places import claim_places
from handlers.language.refs import claim_refs, refs_of
from handlers.language.sentence import Part, Sentence
from handlers.language.spelling import Speller, spelt
from handlers.language.status import claim_status
from handlers.language.tags import Tag
from handlers.language.tokens import Kind, clean, tokenize
from handlers.language.topic import correct_words, read_topic
from handlers.question import Correction, Courtesy, Intent, Question, Trouble
from storage.records import Level, MeansFilter

MOST_OPTIONS = 4  # readings of a typing error that are offered
LISTED = {Intent.LIST, Intent.COUNT, Intent.SUMMARY}
UNANSWERED = {Intent.UNKNOWN, Intent.HELP}


def read(text: str, today: date, speller: Speller, previous: Question | None = None) -> Question:
    """Understand a question; `previous` is the last one of the same chat.

    Args:
        text: as typed, any length and content.
        today: the local day from which «este mes» and «vencido» are counted.
        speller: over the vocabulary of the loaded acts.
        previous: None for the first question of a chat.
    """
    cleaned = clean(text)
    tokens = tokenize(cleaned)
    if not cleaned:
        return Question(intent=Intent.UNKNOWN, trouble=Trouble.EMPTY)
    if all(token.kind is Kind.SIGN for token in tokens):
        return Question(intent=Intent.HELP, courtesy=Courtesy.GREETING)
    if previous is not None and previous.intent in UNANSWERED:
        previous = None
    return _read(cleaned, Sentence.of(tokens), today, speller, previous)


def _read(
    text: str, sentence: Sentence, today: date, speller: Speller, previous: Question | None
) -> Question:
    vocabulary = speller.vocabulary
    claim_acts(sentence, text, vocabulary)
    claim_units(sentence, vocabulary)
    opened = correct_words(sentence, speller)
    if opened:
        return _ask_which(text, sentence, opened[0], today, speller, previous)
    if sentence.corrections:
        sentence.claims = [one for one in sentence.claims if one.part is not Part.UNIT]
        claim_units(sentence, vocabulary)
    claim_refs(sentence, vocabulary)
    claim_lateness(sentence, today)
    spans = claim_dates(sentence, today, matrix_years(vocabulary.due_months, today))
    impossible = next((span for span in spans if span.impossible), None)
    if impossible is not None:
        return _impossible(sentence, impossible)
    claim_places(sentence, previous)
    claim_areas(sentence, vocabulary)
    put_right(sentence)
    set_aside(sentence)
    if may_ask_meaning(sentence):
        claim_terms(sentence, vocabulary)
    claim_status(sentence)
    drop_as_of(sentence, today)
    if moments := moments_of(sentence, today):
        undated = sentence.copy()
        undated.put_aside(moments)
        question = _understand(undated, speller, previous, ())
        if question.intent is Intent.MARK:
            return question
    return _understand(sentence, speller, previous, years_shown(spans))


def _understand(
    sentence: Sentence, speller: Speller, previous: Question | None, years: tuple[int, ...]
) -> Question:
    """The question that a sentence with its claims makes."""
    left = read_topic(sentence, speller)
    _release_kind_of_office(sentence, has_topic=bool(left.topic))
    groups = excluded_groups(sentence)
    out = [claim for group in groups for claim in group]
    stays = [claim for claim in sentence.claims if claim not in out]
    cues = Cues.of(
        sentence,
        left,
        refs_of([claim for claim in stays if claim.part is Part.REF]),
        has_previous=previous is not None,
        leaves_out=bool(out),
    )
    reading = read_intent(cues)
    wanted = wanted_of(sentence, groups, speller.vocabulary, with_status=reading.wants_status)
    nth = tuple(int(str(claim.value)) for claim in stays if claim.part is Part.NTH)
    question = replace(_question(cues, reading, years), wanted=wanted, nth=nth)
    if reading.intent in LISTED and (
        leaves_denial_unread(sentence, groups) or leaves_choice_unread(sentence, wanted)
    ):
        return _out_of_scope(question)
    if previous is not None:
        asked = _asks_what_was_named(cues, previous)
        if asked is not None:
            return replace(question, intent=Intent.DEFINE, terms=asked, wanted=MeansFilter())
        notices = follow_notices(cues, previous)
        if notices is not None:
            return replace(question, intent=notices, is_follow_up=True)
        if opens_follow_up(cues, reading, question, previous):
            if is_about_the_matrix(cues, reading, is_follow_up=True):
                followed = follow(question, previous, cues)
                steps = only_steps(words_of(cues)) and not followed.pick
                if steps and followed.wanted == previous.wanted:
                    return _out_of_scope(question)  # «el siguiente» of what has none
                return followed
            return _out_of_scope(question)
    if reading.intent is Intent.UNKNOWN:
        return _out_of_scope(question)
    if not is_about_the_matrix(cues, reading, is_follow_up=False):
        return _out_of_scope(question)
    return _alone(question)


def _counted(sentence: Sentence) -> Level:
    """«¿cuántos compromisos…?», «el número de recomendaciones»."""
    for at in sentence.places(Tag.COUNT):
        for place in (at + 1, at + 2):
            if not sentence.is_free(place):
                continue
            if Tag.COMMITMENT in sentence.tags(place):
                return Level.COMMITMENT
            if Tag.RECOMMENDATION in sentence.tags(place):
                return Level.RECOMMENDATION
    return Level.MEANS


def _asks_what_was_named(cues: Cues, previous: Question) -> tuple[str, ...] | None:
    """«¿y qué significa esa sigla?»: the unit of the question before."""
    points = cues.has(Tag.DEFINE) and cues.has(Tag.DEICTIC)
    return previous.wanted.units or None if points and not cues.has_content else None


def _question(cues: Cues, reading: Reading, years: tuple[int, ...]) -> Question:
    """All but which means are wanted."""
    sentence = cues.sentence
    named = [
        str(claim.value) for claim in (*sentence.of_part(Part.TERM), *sentence.of_part(Part.UNIT))
    ]
    if not named and cues.left.topic:  # a word that the glossary may not have
        named = [" ".join(word.typed for word in cues.left.topic)]
    defines = reading.intent is Intent.DEFINE and reading.facet is None
    return Question(
        intent=reading.intent,
        pick=reading.pick,
        terms=tuple(dict.fromkeys(named)) if defines else (),
        counted=_counted(sentence) if reading.intent is Intent.COUNT else Level.MEANS,
        facet=reading.facet,
        grouping=reading.grouping,
        ranking=reading.ranking,
        courtesy=reading.courtesy,
        corrections=tuple(sentence.corrections),
        ignored=tuple(word for word in (*cues.left.unknown, *cues.left.foreign) if len(word) > 1),
        years=years,
    )


def _impossible(sentence: Sentence, span: DateSpan) -> Question:
    return Question(
        intent=Intent.UNKNOWN,
        trouble=Trouble.IMPOSSIBLE_DATE,
        trouble_text=sentence.text(span.first, span.last),
        corrections=tuple(sentence.corrections),
    )


def _out_of_scope(question: Question) -> Question:
    return Question(
        intent=Intent.UNKNOWN,
        trouble=Trouble.OUT_OF_SCOPE,
        corrections=question.corrections,
        ignored=question.ignored,
    )


def _alone(question: Question) -> Question:
    """A named number stands for itself: days, units and status around it narrow nothing."""
    wanted = question.wanted
    if question.intent in {Intent.DETAIL, Intent.MARK} and wanted.refs:
        has_means = any(ref.level is Level.MEANS for ref in wanted.refs)
        commitments = all(ref.level is Level.COMMITMENT for ref in wanted.refs)
        if has_means or commitments or question.intent is Intent.DETAIL:
            refs = wanted.refs
            if has_means and question.intent is Intent.MARK:  # «de la rec 4 ya está el 10.1»
                refs = tuple(ref for ref in refs if ref.level is Level.MEANS)
            return replace(question, wanted=MeansFilter(refs=refs, acts=wanted.acts))
    if question.intent is Intent.MARK and wanted.topic:
        return replace(question, wanted=replace(wanted, due=(), status=None))
    return question


def _release_kind_of_office(sentence: Sentence, *, has_topic: bool) -> None:
    """«informes de las UT sobre…»: the kind of office in a topic, not the responsible unit."""
    if has_topic:
        for claim in sentence.of_part(Part.UNIT):
            if sentence.word(claim.first - 1) in {"las", "los"}:
                sentence.claims.remove(claim)


def _ask_which(  # noqa: PLR0913, PLR0917 - all that a reading depends on
    text: str,
    sentence: Sentence,
    opened: tuple[int, tuple[str, ...]],
    today: date,
    speller: Speller,
    previous: Question | None,
) -> Question:
    """Two readings of a typing error are equally near: give both to choose from."""
    at, words = opened
    options = []
    for word in words[:MOST_OPTIONS]:
        other = Sentence.of(sentence.tokens)
        other.replace(at, word)
        shown = speller.vocabulary.unit_words.get(word) or spelt(word)
        other.corrections.append(Correction(sentence.tokens[at].text, shown))
        options.append(_read(text, other, today, speller, previous))
    understood = [option for option in options if option.intent is not Intent.UNKNOWN]
    if not understood:
        return options[0]
    if len(understood) == 1:
        return understood[0]
    return Question(intent=understood[0].intent, options=tuple(understood))
