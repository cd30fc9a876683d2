"""What goes back to a chat: blocks of Telegram HTML and the buttons under them."""

from collections.abc import Sequence
from dataclasses import dataclass

CODES_IN_A_ROW, UNITS_IN_A_ROW = 4, 3  # what a phone shows whole


@dataclass(frozen=True, slots=True)
class Button:
    """One button: what is read on it, and the data it sends when pressed, 64 bytes at most."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: HTML blocks, joined by a line break; a long one is split only between them."""

    blocks: tuple[str, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    is_secret: bool = False  # its words are not kept once they are sent


def in_rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """Lay buttons out in rows of so many."""
    starts = range(0, len(buttons), width)
    return tuple(tuple(buttons[at : at + width]) for at in starts)
