import re

import pytest

from bot.demo.markup import UnreadableHtmlError, plain, read_html
from bot.demo.refusals import Json


def entity(kind: str, offset: int, length: int, **more: str) -> Json:
    return {"type": kind, "offset": offset, "length": length} | more


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        pytest.param("a & b &c; &#241;", "a & b &c; ñ", [], id="ampersands"),
        pytest.param("<b>a</b> &lt;i&gt;", "a <i>", [entity("bold", 0, 1)], id="tag"),
        pytest.param("🙂<i>é</i>", "🙂é", [entity("italic", 2, 1)], id="utf-16-units"),
        pytest.param(
            "<b><i>a</i>b</b>", "ab", [entity("bold", 0, 2), entity("italic", 0, 1)], id="nested"
        ),
        pytest.param(
            '<a href="https://a.pe?x=1">a</a>',
            "a",
            [entity("text_link", 0, 1, url="https://a.pe?x=1")],
            id="link",
        ),
        pytest.param("<a>a</a><b></b>", "a", [], id="nothing-to-mark"),
        pytest.param(
            '<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)], id="spoiler"
        ),
        pytest.param(
            "<blockquote expandable>a</blockquote>",
            "a",
            [entity("expandable_blockquote", 0, 1)],
            id="quote",
        ),
    ],
)
def test_html_is_read(html: str, text: str, entities: list[Json]) -> None:
    read = read_html(html)

    assert (read.text, list(read.entities)) == (text, entities)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        pytest.param("ñ <h1>a</h1>", 'Unsupported start tag "h1" at byte offset 3', id="unknown"),
        pytest.param("a < b", 'Unsupported start tag "" at byte offset 2', id="bare"),
        pytest.param("<b>a", 'Can\'t find end tag corresponding to start tag "b"', id="open"),
        pytest.param("a</b>", "Unexpected end tag at byte offset 1", id="end"),
        pytest.param(
            "<b><i>a</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
            id="crossed",
        ),
        pytest.param("a <b", "Unclosed start tag at byte offset 4", id="cut"),
        pytest.param("a<br/>b", 'Unsupported start tag "br" at byte offset 1', id="br"),
        pytest.param("<!-- a -->", 'Unsupported start tag "!--" at byte offset 0', id="comment"),
        pytest.param(
            "<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0', id="span"
        ),
    ],
)
def test_unreadable_html_is_refused(html: str, reason: str) -> None:
    with pytest.raises(UnreadableHtmlError, match=re.escape(reason)):
        read_html(html)


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        pytest.param("/vence junio", [entity("bot_command", 0, 6)], id="command"),
        pytest.param("🙂 /vence@un_bot", [entity("bot_command", 3, 13)], id="command-of-a-bot"),
        pytest.param("y/o", [], id="no-command"),
        pytest.param("oye @fulana_1", [entity("mention", 4, 9)], id="name"),
        pytest.param("a@b.pe", [entity("email", 0, 6)], id="address"),
        pytest.param("vea https://a.pe/x, ya", [entity("url", 4, 14)], id="link"),
        pytest.param("https://a.pe/@fulana", [entity("url", 0, 20)], id="name-in-a-link"),
    ],
)
def test_a_phone_marks_what_it_knows(text: str, entities: list[Json]) -> None:
    assert list(plain(text).entities) == entities


def test_blanks_at_both_ends_are_dropped() -> None:
    read = read_html("\n <b> a </b>\n").trimmed()

    assert (read.text, list(read.entities)) == ("a", [entity("bold", 0, 1)])


def test_code_hides_what_it_holds() -> None:
    read = read_html("<code>/vence</code> /acta").detected()

    assert list(read.entities) == [entity("code", 0, 6), entity("bot_command", 7, 5)]
