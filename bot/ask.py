"""One question on the command line: text, JSON, or JSON lines for scripts."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from handlers.answers.answer import answer, codes_of
from handlers.question import Intent, Question
from handlers.reader import Readers
from handlers.views.render import render
from handlers.views.reply import Reply
from storage.engine import Database, Session
from storage.records import AsOf, DateRange

MISTAKES = {"missing": "falta", "json_invalid": "no es JSON"}
TAG = re.compile(r"<[^<>]+>")  # our own views write it; text of people is escaped by then


class Asked(BaseModel):
    """One line in: only `text` must be there."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    text: str
    today: date | None = None
    context: list[str] = Field(default_factory=list)  # earlier user turns, the oldest first
    submitted: list[str] = Field(default_factory=list)  # codes taken as submitted, for this line


class BadLineError(Exception):
    """A line of JSON that is no question: its number and what is wrong."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(line, what)
        self.line = line
        self.what = what


@dataclass(frozen=True, slots=True)
class Answered:
    """The structured answer and the reply in words."""

    values: dict[str, Any]
    reply: str


async def ask(session: Session, readers: Readers, asked: Asked, as_of: AsOf) -> Answered:
    """Answer one question as the chat would, without keeping anything.

    `as_of` holds where the question itself names no day.
    """
    day = asked.today or as_of.today
    as_of = replace(as_of, today=day, submitted=frozenset(asked.submitted))
    reader = await readers.newest(session)
    previous: Question | None = None
    for turn in asked.context:
        question = reader.read(turn, day, previous)
        if question.intent not in {Intent.HELP, Intent.UNKNOWN}:
            previous = question
    question = reader.read(asked.text, day, previous)
    found = await answer(session, question, as_of, words=reader.words)
    reply = plain(render(found, reader.areas))
    days = hull(question.wanted.due)
    status = question.wanted.status
    return Answered(
        {
            "id": asked.id,
            "intent": question.intent.value,
            "means": await codes_of(session, found, as_of),
            "due_from": days.start.isoformat() if days.start else None,
            "due_to": days.end.isoformat() if days.end else None,
            "units": list(question.wanted.units),
            "status": status.value if status else None,
            "topic": " ".join(word.typed for word in question.wanted.topic) or None,
            "reply": reply,
        },
        reply,
    )


async def ask_lines(database: Database, lines: Iterable[str], as_of: AsOf) -> list[dict[str, Any]]:
    """Answer JSON lines in order.

    Raises:
        BadLineError: the first line that is no question; nothing after it is read.
    """
    readers = Readers()
    async with database.session() as session:
        return [(await ask(session, readers, asked, as_of)).values for asked in read_lines(lines)]


def read_lines(lines: Iterable[str]) -> Iterator[Asked]:
    """Parse JSON lines; empty ones are passed over."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Asked.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(step) for step in first["loc"]) or "JSON"
            what = MISTAKES.get(first["type"], "el valor no es válido")
            raise BadLineError(number, f"{place}: {what}") from error


def hull(ranges: tuple[DateRange, ...]) -> DateRange:
    """The days from the first start to the last end; open where one of them is."""
    starts = [one.start for one in ranges]
    ends = [one.end for one in ranges]
    return DateRange(
        min(day for day in starts if day) if starts and all(starts) else None,
        max(day for day in ends if day) if ends and all(ends) else None,
    )


def plain(reply: Reply) -> str:
    """The blocks of a reply without markup, one a line."""
    lines = [line for block in reply.blocks for line in block.split("\n")]
    return "\n".join(unescape(TAG.sub("", line)) for line in lines)


def as_json(values: dict[str, Any]) -> str:
    """One line of JSON, accents as they are."""
    return json.dumps(values, ensure_ascii=False)
