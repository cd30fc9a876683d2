import pytest

from bot.demo.markup import read_html
from handlers.views.messages import messages, units

LINE = "x" * 1000
FOUR_LINES = "\n".join([LINE] * 4)


@pytest.mark.parametrize(
    ("blocks", "texts"),
    [
        pytest.param(("uno", "dos"), ["uno\ndos"], id="joined-by-a-line-break"),
        pytest.param(("uno", "", "dos"), ["uno\n\ndos"], id="an-empty-line-stays-inside"),
        pytest.param(("", "uno", ""), ["uno"], id="and-goes-at-the-ends"),
        pytest.param((LINE,) * 4, [FOUR_LINES], id="what-fits-stays-together"),
        pytest.param((LINE,) * 5, [FOUR_LINES, LINE], id="split-between-blocks"),
        pytest.param((LINE,) * 4 + ("", LINE), [FOUR_LINES, LINE], id="at-an-empty-line"),
        pytest.param(("x" * 4096,), ["x" * 4096], id="the-limit-fits"),
        pytest.param(("x" * 4096, "y"), ["x" * 4096, "y"], id="one-more-does-not"),
        pytest.param(("🙂" * 2048,), ["🙂" * 2048], id="two-units-a-face"),
        pytest.param(("🙂" * 2048, "y"), ["🙂" * 2048, "y"], id="and-not-one-more"),
        pytest.param(
            ("<b>" + "&amp;" * 4096 + "</b>",),
            ["<b>" + "&amp;" * 4096 + "</b>"],
            id="tags-and-entities-do-not-count",
        ),
    ],
)
def test_blocks_become_messages(blocks: tuple[str, ...], texts: list[str]) -> None:
    assert messages(blocks) == texts


@pytest.mark.parametrize(
    ("block", "ends"),
    [
        pytest.param(
            "uno " * 1500,
            [("uno uno", "uno uno"), ("uno uno", "uno uno")],
            id="between-words",
        ),
        pytest.param(
            f"<b>{'uno ' * 1500}</b>",
            [("<b>uno uno", "uno uno</b>"), ("<b>uno uno", "uno uno </b>")],
            id="tags-are-closed-and-opened-again",
        ),
        pytest.param(
            f'<i>a</i> <a href="https://a.pe">{"uno " * 1500}<b>z</b></a>',
            [
                ('<i>a</i> <a href="https://a.pe">', "uno uno</a>"),
                ('<a href="https', "</b></a>"),
            ],
            id="attributes-too",
        ),
        pytest.param(
            "&lt;" * 5000,
            [("&lt;&lt;", "&lt;&lt;"), ("&lt;&lt;", "&lt;&lt;")],
            id="a-word-without-end-between-characters",
        ),
    ],
)
def test_an_oversized_block_is_split(block: str, ends: list[tuple[str, str]]) -> None:
    texts = messages([block])

    assert [
        (text.startswith(start), text.endswith(end))
        for text, (start, end) in zip(texts, ends, strict=True)
    ] == [(True, True)] * len(ends)
    assert all(0 < units(text) <= 4096 for text in texts)
    seen = "".join(read_html(text).text for text in texts)
    assert without_blanks(seen) == without_blanks(read_html(block).text)


def without_blanks(text: str) -> str:
    return "".join(text.split())


def test_a_reply_without_text_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="without text"):
        messages(["", " "])
