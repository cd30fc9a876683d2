from datetime import date

import pytest

from handlers.views.words import day, joined, means_of, period, short, whole
from storage.records import CutText, DateRange

JUN_1, JUN_30 = date(2021, 6, 1), date(2021, 6, 30)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        pytest.param(DateRange(JUN_1, JUN_30), "en junio de 2021", id="month"),
        pytest.param(DateRange(date(2021, 1, 1), date(2021, 12, 31)), "en 2021", id="year"),
        pytest.param(
            DateRange(date(2021, 9, 1), date(2021, 11, 30)),
            "de setiembre a noviembre de 2021",
            id="months",
        ),
        pytest.param(
            DateRange(date(2021, 11, 1), date(2022, 1, 31)),
            "de noviembre de 2021 a enero de 2022",
            id="over-the-year",
        ),
        pytest.param(DateRange(None, JUN_30), "hasta el 30 jun 2021", id="until"),
        pytest.param(DateRange(JUN_1, None), "desde el 1 jun 2021", id="since"),
        pytest.param(DateRange(JUN_30, JUN_30), "el 30 jun 2021", id="day"),
        pytest.param(
            DateRange(date(2021, 5, 14), date(2021, 5, 29)),
            "del 14 may 2021 al 29 may 2021",
            id="days",
        ),
        pytest.param(DateRange(), "en cualquier fecha", id="open"),
    ],
)
def test_a_range_is_said_as_people_say_it(days: DateRange, said: str) -> None:
    assert period(days) == said


def test_september_is_peruvian() -> None:
    assert day(date(2021, 9, 30)) == "30 set 2021"


@pytest.mark.parametrize(
    ("items", "said"),
    [(["a"], "a"), (["a", "b"], "a y b"), (["a", "b", "c"], "a, b y c")],
)
def test_a_list_ends_in_y(items: list[str], said: str) -> None:
    assert joined(items) == said


@pytest.mark.parametrize(("count", "said"), [(0, "0 medios"), (1, "1 medio"), (4, "4 medios")])
def test_one_is_singular(count: int, said: str) -> None:
    assert means_of(count) == said


def test_a_text_is_cut_between_words() -> None:
    assert short(CutText("Informe de taller, completo"), 20) == "Informe de taller…"


def test_what_the_scan_cuts_off_ends_in_dots() -> None:
    assert whole(CutText("dirigida a los actores", is_cut=True)) == "dirigida a los actores…"


def test_text_of_the_act_is_escaped() -> None:
    assert whole(CutText("<b> & co")) == "&lt;b&gt; &amp; co"
