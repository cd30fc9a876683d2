"""Blocks of a reply → texts that fit Telegram's messages."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

MESSAGE_UNITS = 4096  # UTF-16 units of one message, counted without its tags

PIECE = re.compile(r"<[^>]+>|\s+|[^<\s]+|<")
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)[^>]*>")
CHARACTER = re.compile(r"&#?\w+;|.", re.DOTALL)


def messages(blocks: Sequence[str]) -> list[str]:
    """Join blocks into as few messages as they fit in, split between blocks where possible.

    Raises:
        ValueError: there is nothing to read in them; Telegram would refuse it.
    """
    texts: list[str] = []
    taken: list[str] = []
    used = 0
    for block in _fitting(blocks):
        size = units(block)
        if taken and used + 1 + size > MESSAGE_UNITS:
            texts.append("\n".join(taken).rstrip())
            taken, used = [], 0
        if not taken and not visible(block).strip():
            continue  # no message begins with an empty line
        used += size + bool(taken)
        taken.append(block)
    if taken:
        texts.append("\n".join(taken).rstrip())
    if not texts:
        raise ValueError("a reply without text")
    return texts


def units(html: str) -> int:
    """Count the UTF-16 units of a text after its tags and entities are read."""
    return len(visible(html).encode("utf-16-le", "surrogatepass")) // 2


def visible(html: str) -> str:
    """Give the text as it is read, without tags and entities."""
    return unescape(TAG.sub("", html))


def _fitting(blocks: Sequence[str]) -> Iterator[str]:
    """Give the blocks, the oversized ones in parts."""
    for block in blocks:
        if units(block) <= MESSAGE_UNITS:
            yield block
        else:
            yield from _parts(block)


def _parts(block: str) -> Iterator[str]:
    """Split one block between words; tags open at a split are closed and opened again."""
    text, used = "", 0
    opened: list[tuple[str, str]] = []  # name, and the whole tag
    for piece in _pieces(block):
        if tag := TAG.fullmatch(piece):
            if not tag["end"]:
                opened.append((tag["name"], piece))
            elif opened:
                opened.pop()
            text += piece
            continue
        size = units(piece)
        if used + size > MESSAGE_UNITS:
            yield text.rstrip() + "".join(f"</{name}>" for name, _ in reversed(opened))
            text, used = "".join(tag for _, tag in opened), 0
        if used or not piece.isspace():
            text, used = text + piece, used + size
    if used:
        yield text


def _pieces(block: str) -> Iterator[str]:
    """Give tags, blanks and words; the characters of a word that fills a message by itself."""
    for piece in PIECE.findall(block):
        if units(piece) > MESSAGE_UNITS:
            yield from CHARACTER.findall(piece)
        else:
            yield piece
