"""Formatted text: Telegram's HTML read into text and entities, or refused in its own words."""

import re
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain

from bot.demo.refusals import Json

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
SURROGATES = range(0xD800, 0xE000)
SYMBOLS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
FOUND = (  # what a phone marks by itself, and where it may stand
    ("url", re.compile(r"\bhttps?://[^\s<>«»]*[^\s<>«».,:;!?)]|\bt\.me/[\w/?=-]+")),
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/])/\w{1,64}(?:@\w+)?", re.ASCII)),
    ("mention", re.compile(r"(?<![\w@])@\w{4,32}", re.ASCII)),
)


class UnreadableHtmlError(Exception):
    """The markup is refused; the message is what Telegram says."""


@dataclass(frozen=True)
class Formatted:
    """A text as it is seen, and its entities: offsets and lengths in UTF-16 units."""

    text: str
    entities: tuple[Json, ...] = ()

    def trimmed(self) -> "Formatted":
        """Drop the blanks at both ends, as Telegram does; entities move along."""
        text = self.text.strip()
        start = units(self.text[: len(self.text) - len(self.text.lstrip())])
        end = start + units(text)
        kept: list[Json] = []
        for entity in self.entities:
            first = max(entity["offset"], start)
            last = min(entity["offset"] + entity["length"], end)
            if last > first:
                kept.append(entity | {"offset": first - start, "length": last - first})
        return Formatted(text, tuple(kept))

    def detected(self) -> "Formatted":
        """Add what Telegram marks by itself: links, addresses, commands and names."""
        return Formatted(self.text, _in_order(chain(self.entities, found(self.text, self))))


def units(text: str) -> int:
    """Count UTF-16 units, in which Telegram measures."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str) -> Formatted:
    """Take a text without markup, as a person writes it."""
    return Formatted(text).trimmed().detected()


def found(text: str, marked: Formatted | None = None) -> list[Json]:
    """Mark links, addresses, commands and names; none inside code or another link."""
    taken = [
        (each["offset"], each["offset"] + each["length"])
        for each in (marked.entities if marked else ())
        if each["type"] in {"code", "pre", "text_link"}
    ]
    entities: list[Json] = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            offset, length = units(text[: match.start()]), units(match[0])
            if all(offset + length <= start or end <= offset for start, end in taken):
                taken.append((offset, offset + length))
                entities.append({"type": kind, "offset": offset, "length": length})
    return entities


def read_html(html: str) -> Formatted:
    """Read a text with tags.

    Raises:
        UnreadableHtmlError: a tag is unknown, unclosed or closed in the wrong order.
    """
    reader = _Reader(html)
    reader.feed(html)
    if "<" in reader.rawdata:
        raise UnreadableHtmlError(f"Unclosed start tag at byte offset {_bytes(html)}")
    reader.close()
    if reader.opened:
        raise UnreadableHtmlError(
            f'Can\'t find end tag corresponding to start tag "{reader.opened[-1].tag}"'
        )
    return Formatted(reader.text, _in_order(reader.entities))


def _in_order(entities: "chain[Json] | list[Json]") -> tuple[Json, ...]:
    """Put the outer before the inner, the earlier before the later."""
    return tuple(sorted(entities, key=lambda each: (each["offset"], -each["length"])))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


@dataclass
class _Open:
    """A tag that waits for its end."""

    tag: str
    offset: int  # in UTF-16 units of the text so far
    more: Json = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects text and entities; refuses tags that are unknown, or closed in the wrong order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.html = html
        self.text = ""
        self.entities: list[Json] = []
        self.opened: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in STYLES:
            self._refuse_start(tag)
        if tag == "span" and ("class", "tg-spoiler") not in attrs:
            raise UnreadableHtmlError(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._offset()}'
            )
        self.opened.append(_Open(tag, units(self.text), _more(tag, dict(attrs))))

    def handle_endtag(self, tag: str) -> None:
        if not self.opened:
            raise UnreadableHtmlError(f"Unexpected end tag at byte offset {self._offset()}")
        opened = self.opened.pop()
        if tag != opened.tag:
            raise UnreadableHtmlError(
                f"Unmatched end tag at byte offset {self._offset()}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        length = units(self.text) - opened.offset
        is_bare_link = tag == "a" and "url" not in opened.more
        if length and not is_bare_link:
            kind = {"type": STYLES[tag], "offset": opened.offset, "length": length}
            self.entities.append(kind | opened.more)

    def handle_data(self, data: str) -> None:
        if "<" in data:
            self._refuse_start("")
        self.text += data

    def handle_entityref(self, name: str) -> None:
        self.text += SYMBOLS.get(name, f"&{name};")

    def handle_charref(self, name: str) -> None:
        code = int(name[1:], 16) if name[0] in "xX" else int(name)
        if not 0 < code <= sys.maxunicode or code in SURROGATES:
            raise UnreadableHtmlError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        self.text += chr(code)

    def handle_comment(self, _data: str) -> None:
        self._refuse_start("!--")

    def handle_decl(self, decl: str) -> None:
        self._refuse_start("!" + decl)

    def handle_pi(self, data: str) -> None:
        self._refuse_start("?" + data)

    def unknown_decl(self, data: str) -> None:
        self._refuse_start("![" + data)

    def _refuse_start(self, tag: str) -> None:
        raise UnreadableHtmlError(f'Unsupported start tag "{tag}" at byte offset {self._offset()}')

    def _offset(self) -> int:
        line, column = self.getpos()
        lines = self.html.split("\n")
        return _bytes("".join(part + "\n" for part in lines[: line - 1])) + _bytes(
            lines[line - 1][:column]
        )


def _more(tag: str, attrs: dict[str, str | None]) -> Json:
    """What an entity says beside its place."""
    if tag == "a" and (url := attrs.get("href")):
        return {"url": url}
    if tag == "tg-emoji":
        return {"custom_emoji_id": attrs.get("emoji-id") or ""}
    if tag == "blockquote" and "expandable" in attrs:
        return {"type": "expandable_blockquote"}
    return {}
