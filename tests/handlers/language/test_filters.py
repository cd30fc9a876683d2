"""What several units in one question mean together."""

import pytest

from storage.records import MeansFilter
from tests.handlers.language.asking import JUNE, wanted

OTHERS_THAN_UTAI = MeansFilter(units=("CGC", "UC", "UOAI", "UPPM", "UT", "UTI"))
UTAI_AND_UTI = ("UTAI", "UTI")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "los de UTAI y UTI", MeansFilter(units=UTAI_AND_UTI), id="and-means-those-of-either"
        ),
        pytest.param("de UTAI o de UTI", MeansFilter(units=UTAI_AND_UTI), id="or"),
        pytest.param(
            "¿qué comparten UTAI y UTI?",
            MeansFilter(units=UTAI_AND_UTI, together=True),
            id="share",
        ),
        pytest.param(
            "los que tienen en común UTAI y UTI",
            MeansFilter(units=UTAI_AND_UTI, together=True),
            id="in-common",
        ),
        pytest.param("solo los de UTAI", MeansFilter(units=("UTAI",)), id="only-asks-for-no-less"),
        pytest.param(
            "los exclusivos de UTAI",
            MeansFilter(units=("UTAI",), without=(OTHERS_THAN_UTAI,)),
            id="exclusive",
        ),
        pytest.param(
            "los que UTAI comparte con otra unidad",
            MeansFilter(units=("UTAI",), either=(OTHERS_THAN_UTAI,)),
            id="with-another-unit",
        ),
        pytest.param(
            "medios de UTAI en junio", MeansFilter(units=("UTAI",), due=(JUNE,)), id="one-unit"
        ),
    ],
)
def test_units_stand_together_as_they_are_said_to(text: str, expected: MeansFilter) -> None:
    assert wanted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿cuáles tienen dos responsables?", id="two"),
        pytest.param("medios con más de una unidad", id="more-than-one"),
        pytest.param("los medios compartidos", id="shared"),
    ],
)
def test_shared_by_any_units(text: str) -> None:
    found = wanted(text)

    assert found.units == ()
    assert [one.units for one in found.either] == [
        (code,) for code in ("CGC", "UC", "UOAI", "UPPM", "UT", "UTAI", "UTI")
    ]
    assert all(set(one.units).isdisjoint(one.either[0].units) for one in found.either)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿qué unidad ve el 12.1?", id="one-unit-is-asked"),
        pytest.param("los responsables de junio", id="who"),
        pytest.param("¿qué vence en dos meses?", id="two-of-something-else"),
    ],
)
def test_nothing_is_said_of_sharing(text: str) -> None:
    assert wanted(text).either == ()
