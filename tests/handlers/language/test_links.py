from collections.abc import Sequence

import pytest
from hypothesis import example, given

from handlers.language.links import is_link, links
from tests.handlers.language.texts import long_junk, texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("https://a.pe/x", ["https://a.pe/x"], id="link"),
        pytest.param("vea https://a.pe/x?y=1&z=2.", ["https://a.pe/x?y=1&z=2"], id="full-stop"),
        pytest.param("(https://a.pe/x)", ["https://a.pe/x"], id="bracket"),
        pytest.param("https://a.pe/x_(y)", ["https://a.pe/x_(y)"], id="own-bracket"),
        pytest.param("(https://a.pe/x_(y)).", ["https://a.pe/x_(y)"], id="both-brackets"),
        pytest.param("«https://a.pe/x»", ["https://a.pe/x"], id="quotes"),
        pytest.param("[acta](https://a.pe/x)", ["https://a.pe/x"], id="markdown"),
        pytest.param('<a href="http://a.pe">', ["http://a.pe"], id="html"),
        pytest.param("https://a.pe/x-_", ["https://a.pe/x-_"], id="signs-of-an-id"),
        pytest.param("HTTPS://A.PE/X", ["HTTPS://A.PE/X"], id="capitals"),
        pytest.param(
            "www.drive.google.com/x", ["https://www.drive.google.com/x"], id="scheme-left-out"
        ),
        pytest.param("http://b.pe, http://a.pe", ["http://b.pe", "http://a.pe"], id="in-order"),
        pytest.param("http://a.pe,http://b.pe", ["http://a.pe", "http://b.pe"], id="comma-glued"),
        pytest.param("http://a.pe\nhttp://a.pe", ["http://a.pe"], id="each-once"),
        pytest.param("http://a.pe?u=http://b.pe", ["http://a.pe?u=http://b.pe"], id="inner-link"),
        pytest.param("http://a.pe\u200b", ["http://a.pe"], id="invisible-sign"),
        pytest.param("ver:https://a.pe", ["https://a.pe"], id="colon-before"),
        pytest.param("https://ñandú.pe", ["https://ñandú.pe"], id="accents"),
        pytest.param("http://10.0.0.1:8080/x", ["http://10.0.0.1:8080/x"], id="address"),
        pytest.param("javascript:alert(1)", [], id="script"),
        pytest.param("mailto:yo@www.a.pe", [], id="mail"),
        pytest.param("https://u:p@a.pe", [], id="password"),
        pytest.param("http://", [], id="scheme-alone"),
        pytest.param("informe.pdf", [], id="file-name"),
        pytest.param("www.informe", [], id="no-domain"),
        pytest.param("https://a.pe/" + "x" * 2_000, [], id="too-long"),
    ],
)
def test_links_are_told_without_what_stands_around(text: str, expected: Sequence[str]) -> None:
    assert list(links(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("https://drive.google.com/x", True, id="link"),
        pytest.param("http://a.pe", True, id="http"),
        pytest.param("www.a.pe", True, id="scheme-left-out"),
        pytest.param("http://192.168.1.1", True, id="ipv4"),
        pytest.param("https://a.pe:8443/x", True, id="port"),
        pytest.param("https://a.pe/" + "x" * 1_987, True, id="as-long-as-can-be"),
        pytest.param("https://a.pe/" + "x" * 1_988, False, id="one-too-long"),
        pytest.param("", False, id="nothing"),
        pytest.param("javascript:", False, id="script"),
        pytest.param("javascript://a.pe/%0aalert(1)", False, id="script-with-a-host"),
        pytest.param("ftp://a.pe", False, id="other-scheme"),
        pytest.param("//a.pe", False, id="no-scheme"),
        pytest.param("http://", False, id="no-host"),
        pytest.param("https:a.pe", False, id="no-slashes"),
        pytest.param("http://[::1]/x", False, id="ipv6"),
        pytest.param("https://localhost", False, id="no-dot"),
        pytest.param("http://a b", False, id="blank"),
        pytest.param(" https://a.pe", False, id="blank-before"),
        pytest.param("https://a.pe/x\ny", False, id="line-break"),
        pytest.param("https://a.pe/\x00", False, id="control-character"),
        pytest.param("https://a.pe/\u202egpj", False, id="turned-text"),
        pytest.param("https://user:pass@a.pe", False, id="password"),
        pytest.param("https://user@a.pe", False, id="user"),
        pytest.param("https://a.pe\\@b.pe", False, id="backslash"),
        pytest.param("https://a..pe", False, id="empty-label"),
        pytest.param("https://.pe", False, id="empty-first-label"),
        pytest.param("https://a%2e.pe", False, id="escaped-host"),
        pytest.param("http://999.1.1.1", False, id="no-such-address"),
        pytest.param("http://[::1", False, id="open-bracket"),
        pytest.param("http://[a.pe]/", False, id="brackets-around-a-name"),
        pytest.param("https://a.pe:99999", False, id="no-such-port"),
        pytest.param("https://a℀.pe", False, id="host-that-normalizes"),
    ],
)
def test_a_link_can_be_followed(text: str, *, expected: bool) -> None:
    assert is_link(text) is expected


@given(texts)
@example("http://[")
@example("https://a.pe:x")
def test_any_text_gives_links_that_stand_in_it(text: str) -> None:
    found = links(text)

    assert all(is_link(link) for link in found)
    assert all(link in text or link.removeprefix("https://") in text for link in found)
    assert is_link(text) in {True, False}


@pytest.mark.parametrize(
    "junk",
    long_junk("https://", "http://a.pe)", "www.", "www.a."),
    ids=lambda junk: ascii(junk[:9]),
)
def test_long_junk_is_read(junk: str) -> None:
    found = links(junk)

    assert all(is_link(link) for link in found)
    assert not is_link(junk)
