"""What outlives the demo, as JSON: checked as a whole before any of it is taken up."""

import json
from dataclasses import asdict
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.demo.clock import MovableClock
from bot.demo.files import StoredFile
from bot.demo.refusals import Json
from bot.demo.updates import Webhook
from bot.demo.world import FIRST_QUERY, Chat, Query, World

SKIPPED_UPDATES = 10_000  # after a restart: more than can have been sent and not saved


class UnreadableStateError(Exception):
    """It is no state that this program saved."""


class Somebody(BaseModel):
    """A person, or a bot."""

    model_config = ConfigDict(extra="allow")

    id: int
    first_name: str


class Message(BaseModel):
    """A message; what it holds is taken as it is."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    message_id: int
    date: int
    chat: Json
    sender: Annotated[Somebody, Field(alias="from")]


class ChatInfo(BaseModel):
    """What the Bot API says of a chat."""

    model_config = ConfigDict(extra="allow")

    id: int
    type: str


class SavedChat(BaseModel):
    """A chat with its messages."""

    info: ChatInfo
    members: dict[int, str]
    messages: list[Message]
    hidden: set[int]
    has_privacy: bool
    upgraded_to: int | None
    last_id: int


class Update(BaseModel):
    """An update that was not acknowledged."""

    model_config = ConfigDict(extra="allow")

    update_id: int


class State(BaseModel):
    """Everything."""

    today: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
    people: Annotated[list[Somebody], Field(min_length=1)]
    chats: Annotated[list[SavedChat], Field(min_length=1)]
    files: list[StoredFile]
    waiting: list[Update]
    next_update: int
    webhook: Webhook | None
    allowed: set[str]
    commands: dict[str, list[Json]]
    about: Json
    queries: int


def dump(world: World, clock: MovableClock) -> str:
    """Write everything down; letters that no encoding has are escaped."""
    updates = world.updates
    return json.dumps(
        {
            "today": clock.today().isoformat(),
            "people": list(world.people.values()),
            "chats": [
                {
                    "info": chat.info,
                    "members": chat.members,
                    "messages": list(chat.messages.values()),
                    "hidden": sorted(chat.hidden & chat.messages.keys()),
                    "has_privacy": chat.has_privacy,
                    "upgraded_to": chat.upgraded_to,
                    "last_id": chat.last_id,
                }
                for chat in world.chats.values()
            ],
            "files": [asdict(each) for each in world.files.known.values()],
            "waiting": updates.waiting,
            "next_update": updates.next_id,
            "webhook": asdict(updates.webhook) if updates.webhook else None,
            "allowed": sorted(updates.allowed),
            "commands": world.commands,
            "about": world.about,
            "queries": len(world.queries),
        }
    )


def restore(text: str, world: World, clock: MovableClock) -> None:
    """Take up what `dump` wrote.

    Raises:
        UnreadableStateError: it is something else; nothing is changed then.
    """
    try:
        state = State.model_validate(json.loads(text))
    except ValueError:  # no JSON, or something else in it
        raise UnreadableStateError from None
    clock.stand_on(state.today)
    world.people = {each.id: each.model_dump() for each in state.people}
    world.chats = {each.info.id: _chat(each) for each in state.chats}
    world.files.known = {each.file_id: each for each in state.files}
    world.updates.waiting = [each.model_dump() for each in state.waiting]
    world.updates.next_id = state.next_update + SKIPPED_UPDATES
    world.updates.webhook = state.webhook
    world.updates.allowed = frozenset(state.allowed)
    world.commands, world.about = state.commands, state.about
    gone = Query(user_id=0, chat_id=None, answer={})
    world.queries = {str(FIRST_QUERY + at): gone for at in range(state.queries)}


def _chat(saved: SavedChat) -> Chat:
    """Make a chat of what was saved of it."""
    return Chat(
        info=saved.info.model_dump(),
        members=saved.members,
        messages={each.message_id: each.model_dump(by_alias=True) for each in saved.messages},
        hidden=saved.hidden,
        has_privacy=saved.has_privacy,
        upgraded_to=saved.upgraded_to,
        last_id=saved.last_id,
    )
