"""Text to tokens."""

import pytest

from handlers.language.tokens import LONGEST, Kind, clean, tokenize


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("  qué \n\t vence  ", "qué vence", id="white-space"),
        pytest.param("ju\u200bnio", "ju nio", id="zero-width"),
        pytest.param("\u202eUTAI\u202c", "UTAI", id="direction"),
        pytest.param("\ufeffUTAI", "UTAI", id="byte-order-mark"),
        pytest.param("１２．１", "12.1", id="full-width"),
        pytest.param("que\u0301", "qué", id="composed"),
        pytest.param("a\x00b", "a b", id="control"),
        pytest.param("", "", id="empty"),
        pytest.param(" \u200b\n", "", id="nothing-to-see"),
        pytest.param("¿qué vence en junio?", "¿qué vence en junio?", id="as-it-is"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_text_is_read_up_to_its_longest() -> None:
    assert len(clean("a" * 10 * LONGEST)) == LONGEST
    assert len(clean("\ufdfa" * 10 * LONGEST)) == LONGEST  # one sign that NFKC makes eighteen of


@pytest.mark.parametrize(
    ("text", "folds"),
    [
        pytest.param("Set-21?", ["set", "-", "21", "?"], id="printed-month"),
        pytest.param("medio 12.1", ["medio", "12", ".", "1"], id="code"),
        pytest.param("UT/UTAI", ["ut", "/", "utai"], id="slash"),
        pytest.param("mañana", ["manana"], id="enye"),
        pytest.param("¿Qué?", ["¿", "que", "?"], id="accent"),
        pytest.param("x3", ["x", "3"], id="letter-and-digit"),
        pytest.param("a_b", ["a", "_", "b"], id="underscore"),
        pytest.param("👍", ["👍"], id="emoji"),
        pytest.param("", [], id="empty"),
    ],
)
def test_words_numbers_and_signs_are_parted(text: str, folds: list[str]) -> None:
    assert [token.fold for token in tokenize(text)] == folds


def test_a_token_knows_its_kind_and_whether_a_space_stands_before_it() -> None:
    found = [(token.kind, token.glued) for token in tokenize("el 12. 1")]

    assert found == [
        (Kind.WORD, False),
        (Kind.NUMBER, False),
        (Kind.SIGN, True),
        (Kind.NUMBER, False),
    ]


def test_a_correction_leaves_what_was_typed() -> None:
    [token] = tokenize("Jumio")

    corrected = token.corrected("junio")

    assert (corrected.text, corrected.fold) == ("Jumio", "junio")
