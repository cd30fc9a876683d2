"""One chat's talk: text and buttons in, replies out; each question is kept for what follows."""

import re
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from handlers import deeds, dialogs, drafting, subscribing
from handlers.answers.answer import answer
from handlers.deeds import RefusedError
from handlers.question import Grouping, Intent, Listing, Question
from handlers.services import Services
from handlers.turn import Turn
from handlers.views.means import render_recommendation
from handlers.views.notices import lapsed_link
from handlers.views.render import render
from handlers.views.reply import Button, Reply
from storage.matrix import find_by_id, find_means
from storage.questions import last_question, save_question, saved_question
from storage.records import DateRange, Level, MeansFilter, MeansRow, Ref, StatusFilter

QUESTIONS = TypeAdapter(Question)
KEPT = {Intent.LIST, Intent.COUNT, Intent.DETAIL, Intent.SUMMARY, Intent.DEFINE, Intent.MARK}
FIRST_WORDS = "¿qué venxe en junio?"  # one is mistyped: those take the largest dictionary
LINK = re.compile(r"m(\d{1,3})_(\d{1,3})(?:-(\d{1,4})_(\d{4}))?", re.ASCII)
NUMBER = re.compile(r"\d{1,9}", re.ASCII)


async def answered(turn: Turn, question: Question) -> Reply:
    """Answer and keep a question, so that buttons and follow-ups find it."""
    reader = await turn.reader()
    found = await answer(turn.session, question, turn.as_of, words=reader.words)
    is_kept = question.intent in KEPT or bool(question.options)
    question_id = await kept(turn, question) if is_kept else None
    reply = render(found, reader.areas, question_id)
    if isinstance(found, Listing) and question.intent is Intent.DETAIL and found.total == 1:
        return await with_deeds(turn, reply, found.rows[0])
    return reply


async def with_deeds(turn: Turn, reply: Reply, row: MeansRow) -> Reply:
    """Put below one means what the sender may do about it."""
    return Reply(reply.blocks, (*reply.buttons, *await deeds.buttons_for(turn, row)))


async def kept(turn: Turn, question: Question) -> int:
    """Make it the chat's last question, which a follow-up changes."""
    as_json = QUESTIONS.dump_json(question).decode()
    now = turn.services.clock.now()
    return await save_question(turn.session, turn.place.chat_id, as_json, now)


async def page_of(turn: Turn, question: Question, page: int) -> Reply:
    """Another page of a kept question, which is what the chat talks about from now on."""
    reader = await turn.reader()
    found = await answer(turn.session, question, turn.as_of, page, words=reader.words)
    return render(found, reader.areas, await kept(turn, question))


async def one_means(turn: Turn, means_id: int, kind: str, back: str) -> Reply | None:
    """One means whole, or its recommendation, with a way back to the list."""
    row = await find_by_id(turn.session, means_id, turn.as_of)
    if row is None:
        return None
    if kind == "r":
        return render_recommendation(row, back)
    reader = await turn.reader()
    acts = (row.act,) if len(reader.speller.vocabulary.acts) > 1 else ()
    wanted = MeansFilter(refs=(Ref(Level.MEANS, row.code),), acts=acts)
    one = Question(intent=Intent.DETAIL, wanted=wanted)
    await kept(turn, one)
    shown = render(await answer(turn.session, one, turn.as_of), reader.areas)
    more = Button(f"Recomendación {row.recommendation}", f"r{back[1:]}:{row.id}")
    reply = Reply(shown.blocks, ((more, Button("‹ Volver", back)),))
    return await with_deeds(turn, reply, row)


class BotConversation:
    """What is said becomes what is answered; knows no Telegram."""

    async def reply_to_text(self, turn: Turn, text: str) -> Reply:
        """Answer one written question and keep it for the next; an order to mark begins that."""
        previous = _load(await last_question(turn.session, turn.place.chat_id))
        reader = await turn.reader()
        question = reader.read(text, turn.services.clock.today(), previous)
        if question.intent in {Intent.SUBSCRIBE, Intent.UNSUBSCRIBE}:
            if question.is_follow_up and previous is not None:  # «mejor no»
                question = replace(question, wanted=previous.wanted)
            await kept(turn, question)
            return await _told(turn, question, text)
        if question.intent is not Intent.MARK:
            return await answered(turn, question)
        is_pointing = points(question)
        rows = await drafting.pointed(turn, question) if is_pointing else []
        try:
            return await dialogs.begin(turn, rows, text, points=is_pointing)
        except RefusedError as refusal:
            shown = await answered(turn, replace(question, intent=Intent.LIST))
            return Reply((refusal.reason, "", *shown.blocks), shown.buttons)

    async def reply_to_deep_link(self, turn: Turn, payload: str) -> Reply:
        """Open the means that a link `t.me/bot?start=m12_1` or `m12_1-002_2021` names."""
        found = LINK.fullmatch(payload)
        if found is None:
            return lapsed_link()
        commitment, means, number, year = found.groups()
        wanted = MeansFilter(
            refs=(Ref(Level.MEANS, f"{int(commitment)}.{int(means)}"),),
            acts=(f"{number}-{year}",) if number else (),
        )
        if not await find_means(turn.session, wanted, turn.as_of, limit=1):
            return lapsed_link()
        return await answered(turn, Question(intent=Intent.DETAIL, wanted=wanted))

    async def reply_to_button(self, turn: Turn, data: str) -> Reply | None:
        """Answer a button; its data only points to a question that this chat has asked."""
        kind, *texts = data.split(":")
        if not texts or not all(NUMBER.fullmatch(text) for text in texts):
            return None
        question_id, *rest = (int(text) for text in texts)
        kept_question = await saved_question(turn.session, question_id, turn.place.chat_id)
        question = _load(kept_question)
        if question is None:
            return None
        match kind, rest:
            case "p", [page]:
                return await page_of(turn, question, page)
            case (("m" | "r"), [page, means_id]):
                return await one_means(turn, means_id, kind, f"p:{question_id}:{page}")
            case _:
                changed = changed_by(question, kind, rest)
                return None if changed is None else await answered(turn, changed)


async def _told(turn: Turn, question: Question, text: str) -> Reply:
    """Begin, change or end what the chat is told by itself."""
    try:
        return await subscribing.hear(turn, question, text)
    except RefusedError as refusal:
        return Reply((refusal.reason,))


async def prepare(services: Services) -> None:
    """Read one question, so that the first person need not wait for the dictionaries."""
    async with services.database.session() as session:
        reader = await services.readers.newest(session)
    reader.read(FIRST_WORDS, services.clock.today())


def points(question: Question) -> bool:
    """Whether an order to mark says which means; «márcalo» alone does not."""
    return question.wanted != MeansFilter() or bool(question.nth)


def _load(kept: str | None) -> Question | None:
    """A kept question; None for one that an older program wrote in another shape."""
    if kept is None:
        return None
    try:
        return QUESTIONS.validate_json(kept)
    except ValidationError:
        return None


def changed_by(question: Question, kind: str, rest: list[int]) -> Question | None:
    """The question that a button makes of another one; None for no button of ours."""
    wanted = question.wanted
    changed: Question | None = None
    match kind, rest:
        case "s", []:
            pending = replace(wanted, status=StatusFilter.PENDING)
            changed = replace(question, intent=Intent.LIST, wanted=pending)
        case "v", []:
            overdue = replace(wanted, status=StatusFilter.OVERDUE)
            changed = Question(intent=Intent.LIST, wanted=overdue)
        case "u", []:
            changed = Question(intent=Intent.SUMMARY, wanted=wanted, grouping=Grouping.UNITS)
        case "a", []:
            changed = Question(intent=Intent.SUMMARY, wanted=wanted, grouping=Grouping.AREAS)
        case "y", [year] if year in question.years:
            due = tuple(one for one in wanted.due if _is_of(one, year))
            changed = replace(question, wanted=replace(wanted, due=due), years=())
        case "o", [at] if at < len(question.options):
            changed = question.options[at]
    return changed


def _is_of(days: DateRange, year: int) -> bool:
    first = days.start or days.end
    return first is not None and first.year == year
