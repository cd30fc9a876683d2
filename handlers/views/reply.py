"""What goes back to a chat: blocks of Telegram HTML and the buttons under them."""

from dataclasses import dataclass


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
