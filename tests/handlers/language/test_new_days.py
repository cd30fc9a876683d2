"""The day to which words move something, and words that say when and nothing else."""

from datetime import date

import pytest

from handlers.language.new_days import is_only_when, new_days

MAY_14 = date(2021, 5, 14)
SET_30 = date(2021, 9, 30)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("30 de setiembre", [SET_30], id="next-such-day"),
        pytest.param("hasta el 30 de setiembre", [SET_30], id="until"),
        pytest.param("al 30 de setiembre con Memorando N° 120-2021", [SET_30], id="before-it"),
        pytest.param("con Memorando N° 120-2021 al 30 de setiembre", [SET_30], id="behind-it"),
        pytest.param(
            "al 30 de setiembre con Memorando N° 120-2021 del 10 de mayo",
            [SET_30],
            id="the-document-has-its-own",
        ),
        pytest.param("con Memorando N° 120-2021 del 10 de mayo", [], id="only-the-documents"),
        pytest.param("12 de mayo", [date(2022, 5, 12)], id="past-this-year"),
        pytest.param("ayer", [date(2021, 5, 13)], id="past-and-said-so"),
        pytest.param("setiembre", [], id="month"),
        pytest.param("30 de setiembre o 31 de octubre", [SET_30, date(2021, 10, 31)], id="two"),
    ],
)
def test_new_days(text: str, days: list[date]) -> None:
    found, _ = new_days(text, MAY_14)

    assert list(found) == days


def test_the_words_about_the_document_are_given_apart() -> None:
    _, about = new_days("al 30 de setiembre con Memorando N° 120-2021 del 10 de mayo", MAY_14)

    assert about == "120-2021 del 10 de mayo"


@pytest.mark.parametrize(
    "text",
    ["30 de setiembre", "mejor el 15 de octubre", "30/09/2021", "fin de mes", "mañana", "viernes"],
)
def test_words_that_only_say_when(text: str) -> None:
    assert is_only_when(text)


@pytest.mark.parametrize(
    "text",
    ["no", "", "😀", "sí", "Memorando del 10 de mayo", "qué vence el 10 de mayo", "de la"],
    ids=["no", "nothing", "sign", "yes", "document", "question", "fillers"],
)
def test_words_that_say_something_else_or_nothing(text: str) -> None:
    assert not is_only_when(text)
