"""What the page in the browser asks for, checked."""

from typing import Annotated

from pydantic import BaseModel, Field

TEXT_CHARS = 4096
MOST_DAYS = 400  # that the clock is moved at once

Text = Annotated[str, Field(min_length=1, max_length=TEXT_CHARS)]


class Somebody(BaseModel):
    """Who does something, and in which chat."""

    sender: int
    chat: int


class Say(Somebody):
    """Write a text."""

    text: Text
    reply_to: int | None = None


class Revise(Somebody):
    """Change a text."""

    message: int
    text: Text


class Press(Somebody):
    """Press a button."""

    message: int
    data: str


class Forward(Somebody):
    """Forward a message into another chat."""

    message: int
    to: int


class Search(Somebody):
    """Type the bot's name and words behind it."""

    text: str


class Choose(Somebody):
    """Take one of the results offered."""

    query: str
    result: str


class Block(BaseModel):
    """Block the bot, or let it write again."""

    sender: int
    blocked: bool


class Move(BaseModel):
    """Move the clock; without days it goes back to where it began."""

    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = None


class Power(BaseModel):
    """Turn the bot off or on."""

    on: bool
