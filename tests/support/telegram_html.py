"""Telegram's HTML: what it reads and what it refuses, in its own words."""

from html.parser import HTMLParser

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre"} | {
    "span",
    "tg-spoiler",
    "tg-emoji",
    "blockquote",
}
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class UnreadableHtmlError(Exception):
    """The markup is refused; the message is what Telegram says."""


def read_html(html: str) -> str:
    """Give the text that a person sees."""
    reader = _Reader(html)
    reader.feed(html)
    if "<" in reader.rawdata:
        raise UnreadableHtmlError(f"Unclosed start tag at byte offset {_bytes(html)}")
    reader.close()
    if reader.opened:
        raise UnreadableHtmlError(
            f'Can\'t find end tag corresponding to start tag "{reader.opened[-1]}"'
        )
    return "".join(reader.texts)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


class _Reader(HTMLParser):
    """Collects the text; refuses tags that are unknown, or closed in the wrong order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.html = html
        self.texts: list[str] = []
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self._refuse_start(tag)
        if tag == "span" and ("class", "tg-spoiler") not in attrs:
            raise UnreadableHtmlError(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._offset()}'
            )
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.opened:
            raise UnreadableHtmlError(f"Unexpected end tag at byte offset {self._offset()}")
        expected = self.opened.pop()
        if tag != expected:
            raise UnreadableHtmlError(
                f"Unmatched end tag at byte offset {self._offset()}, "
                f'expected "</{expected}>", found "</{tag}>"'
            )

    def handle_data(self, data: str) -> None:
        if "<" in data:
            self._refuse_start("")
        self.texts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.texts.append(ENTITIES.get(name, f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.texts.append(chr(int(name[1:], 16) if name[0] in "xX" else int(name)))

    def handle_comment(self, data: str) -> None:
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
        before = self.html.split("\n")[: line - 1]
        return _bytes("".join(part + "\n" for part in before)) + _bytes(
            self.html.split("\n")[line - 1][:column]
        )
