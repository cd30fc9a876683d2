import pytest

from handlers.language.numbers import LAST, Numeral, find_numerals
from handlers.language.tokens import clean, tokenize


@pytest.mark.parametrize(
    ("text", "value", "ordinal"),
    [
        pytest.param("doce", 12, False, id="word"),
        pytest.param("treinta y uno", 31, False, id="joined-words"),
        pytest.param("veintidos", 22, False, id="accent-left-out"),
        pytest.param("veintidós", 22, False, id="accent-written"),
        pytest.param("dieciseis", 16, False, id="another-accent-left-out"),
        pytest.param("dos mil dieciocho", 2018, False, id="year-in-words"),
        pytest.param("mil novecientos noventa y nueve", 1999, False, id="long-year-in-words"),
        pytest.param("12", 12, False, id="digits"),
        pytest.param("primero", 1, True, id="ordinal"),
        pytest.param("primer", 1, True, id="ordinal-before-a-noun"),
        pytest.param("tercer", 3, True, id="another-before-a-noun"),
        pytest.param("segundo", 2, True, id="ordinal-that-is-also-a-unit-of-time"),
        pytest.param("segunda", 2, True, id="feminine"),
        pytest.param("primeras", 1, True, id="plural"),
        pytest.param("septimo", 7, True, id="ordinal-without-accent"),
        pytest.param("decimo segundo", 12, True, id="ordinal-of-two-words"),
        pytest.param("2do", 2, True, id="digits-with-ending"),
        pytest.param("1ra", 1, True, id="digits-with-feminine-ending"),
        pytest.param("1.º", 1, True, id="digits-with-sign-and-dot"),
        pytest.param("9°", 9, True, id="digits-with-degree-sign"),
        pytest.param("último", LAST, True, id="last"),
        pytest.param("ultimas", LAST, True, id="last-in-the-plural"),
        pytest.param("penúltimo", -2, True, id="last-but-one"),
        pytest.param("antepenúltima", -3, True, id="last-but-two"),
    ],
)
def test_a_numeral_takes_all_of_its_tokens(text: str, value: int, *, ordinal: bool) -> None:
    tokens = tokenize(clean(text))

    found = find_numerals(tokens)

    assert found == (Numeral(0, len(tokens) - 1, value, ordinal),)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("el compromiso doce y el tercero", [12, 3], id="in-order"),
        pytest.param("dos y tres", [2, 3], id="and-between-units-joins-nothing"),
        pytest.param("uno dos tres", [1, 2, 3], id="in-a-row"),
        pytest.param("12.1", [12, 1], id="a-code-is-two-numbers"),
        pytest.param("19, 1", [19, 1], id="a-comma-parts"),
        pytest.param("expediente 20210045", [], id="a-long-row-of-digits-is-no-number"),
        pytest.param("cuanto mide el mayor", [], id="none"),
    ],
)
def test_numerals_come_in_order(text: str, values: list[int]) -> None:
    found = find_numerals(tokenize(clean(text)))

    assert [numeral.value for numeral in found] == values
