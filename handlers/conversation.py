"""One chat's talk: text and buttons in, replies out; each question is kept for what follows."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from handlers.answers.answer import answer
from handlers.question import Grouping, Intent, Question
from handlers.reader import Reader, Readers
from handlers.services import Services
from handlers.views.means import render_recommendation
from handlers.views.notices import lapsed_link
from handlers.views.render import render
from handlers.views.reply import Button, Reply
from storage.engine import Session
from storage.matrix import find_by_id, find_means
from storage.questions import last_question, save_question, saved_question
from storage.records import AsOf, DateRange, Level, MeansFilter, Ref, StatusFilter

QUESTIONS = TypeAdapter(Question)
KEPT = {Intent.LIST, Intent.COUNT, Intent.DETAIL, Intent.SUMMARY, Intent.DEFINE, Intent.MARK}
FIRST_WORDS = "¿qué venxe en junio?"  # one is mistyped: those take the largest dictionary
LINK = re.compile(r"m(\d{1,3})_(\d{1,3})(?:-(\d{1,4})_(\d{4}))?", re.ASCII)
NUMBER = re.compile(r"\d{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one chat, inside its transaction."""

    services: Services
    session: Session
    reader: Reader
    chat_id: int

    @property
    def as_of(self) -> AsOf:
        """From where the matrix is looked at."""
        clock = self.services.clock
        return AsOf(clock.today(), zone=clock.timezone)

    async def answer(self, question: Question) -> Reply:
        """Answer and keep a question, so that buttons and follow-ups find it."""
        found = await answer(self.session, question, self.as_of, words=self.reader.words)
        is_kept = question.intent in KEPT or bool(question.options)
        question_id = await self.keep(question) if is_kept else None
        return render(found, self.reader.areas, question_id)

    async def keep(self, question: Question) -> int:
        """Make it the chat's last question, which a follow-up changes."""
        kept = QUESTIONS.dump_json(question).decode()
        now = self.services.clock.now()
        return await save_question(self.session, self.chat_id, kept, now)

    async def show_page(self, question: Question, page: int) -> Reply:
        """Another page of a kept question, which is what the chat talks about from now on."""
        found = await answer(self.session, question, self.as_of, page, words=self.reader.words)
        return render(found, self.reader.areas, await self.keep(question))

    async def show_means(self, means_id: int, kind: str, back: str) -> Reply | None:
        """One means whole, or its recommendation, with a way back to the list."""
        row = await find_by_id(self.session, means_id, self.as_of)
        if row is None:
            return None
        if kind == "r":
            return render_recommendation(row, back)
        acts = (row.act,) if len(self.reader.speller.vocabulary.acts) > 1 else ()
        wanted = MeansFilter(refs=(Ref(Level.MEANS, row.code),), acts=acts)
        one = Question(intent=Intent.DETAIL, wanted=wanted)
        await self.keep(one)
        shown = render(await answer(self.session, one, self.as_of), self.reader.areas)
        more = Button(f"Recomendación {row.recommendation}", f"r{back[1:]}:{row.id}")
        return Reply(shown.blocks, ((more, Button("‹ Volver", back)),))


class BotConversation:
    """What is said becomes what is answered; knows no Telegram."""

    def __init__(self) -> None:
        self._readers = Readers()

    async def prepare(self, services: Services) -> None:
        """Read one question, so that the first person need not wait for the dictionaries."""
        async with services.database.session() as session:
            reader = await self._readers.newest(session)
        reader.read(FIRST_WORDS, services.clock.today())

    async def reply_to_text(self, services: Services, chat_id: int, text: str) -> Reply:
        """Answer one written question and keep it for the next."""
        async with self._turn(services, chat_id) as turn:
            previous = _load(await last_question(turn.session, chat_id))
            return await turn.answer(turn.reader.read(text, services.clock.today(), previous))

    async def reply_to_deep_link(self, services: Services, chat_id: int, payload: str) -> Reply:
        """Open the means that a link `t.me/bot?start=m12_1` or `m12_1-002_2021` names."""
        found = LINK.fullmatch(payload)
        if found is None:
            return lapsed_link()
        commitment, means, number, year = found.groups()
        wanted = MeansFilter(
            refs=(Ref(Level.MEANS, f"{int(commitment)}.{int(means)}"),),
            acts=(f"{number}-{year}",) if number else (),
        )
        async with self._turn(services, chat_id) as turn:
            if not await find_means(turn.session, wanted, turn.as_of, limit=1):
                return lapsed_link()
            return await turn.answer(Question(intent=Intent.DETAIL, wanted=wanted))

    async def reply_to_button(self, services: Services, chat_id: int, data: str) -> Reply | None:
        """Answer a button; its data only points to a question that this chat has asked."""
        kind, *texts = data.split(":")
        if not texts or not all(NUMBER.fullmatch(text) for text in texts):
            return None
        question_id, *rest = (int(text) for text in texts)
        async with self._turn(services, chat_id) as turn:
            question = _load(await saved_question(turn.session, question_id, chat_id))
            if question is None:
                return None
            match kind, rest:
                case "p", [page]:
                    return await turn.show_page(question, page)
                case (("m" | "r"), [page, means_id]):
                    return await turn.show_means(means_id, kind, f"p:{question_id}:{page}")
                case _:
                    changed = changed_by(question, kind, rest)
                    return None if changed is None else await turn.answer(changed)

    @asynccontextmanager
    async def _turn(self, services: Services, chat_id: int) -> AsyncIterator[Turn]:
        async with services.database.write() as session:
            yield Turn(services, session, await self._readers.newest(session), chat_id)


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
