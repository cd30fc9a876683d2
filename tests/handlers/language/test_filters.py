"""What several units in one question mean together."""

import pytest

from storage.records import MeansFilter
from tests.handlers.language.asking import JUNE, MAY, wanted

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
        pytest.param(
            "los de UTAI sin los compartidos",
            MeansFilter(units=("UTAI",), without=(OTHERS_THAN_UTAI,)),
            id="without-the-shared",
        ),
        pytest.param(
            "los que UTAI no comparte con nadie",
            MeansFilter(units=("UTAI",), without=(OTHERS_THAN_UTAI,)),
            id="shares-with-nobody",
        ),
        pytest.param(
            "los medios de UTAI sola",
            MeansFilter(units=("UTAI",), without=(OTHERS_THAN_UTAI,)),
            id="alone",
        ),
        pytest.param(
            "los de UTAI sin nadie más",
            MeansFilter(units=("UTAI",), without=(OTHERS_THAN_UTAI,)),
            id="with-nobody-else",
        ),
        pytest.param(
            "los que UTAI y UTI trabajan juntas",
            MeansFilter(units=UTAI_AND_UTI, together=True),
            id="work-together",
        ),
        pytest.param(
            "UTAI en mayo y UPPM en junio",
            MeansFilter(
                either=(
                    MeansFilter(units=("UTAI",), due=(MAY,)),
                    MeansFilter(units=("UPPM",), due=(JUNE,)),
                )
            ),
            id="each-with-its-month",
        ),
        pytest.param(
            "en mayo UTAI y en junio UPPM",
            MeansFilter(
                either=(
                    MeansFilter(units=("UTAI",), due=(MAY,)),
                    MeansFilter(units=("UPPM",), due=(JUNE,)),
                )
            ),
            id="each-month-with-its-unit",
        ),
        pytest.param(
            "UTAI y UTI en mayo",
            MeansFilter(units=UTAI_AND_UTI, due=(MAY,)),
            id="two-with-one-month",
        ),
        pytest.param("no UTAI, UTI", MeansFilter(units=("UTI",)), id="one-instead-of-the-other"),
        pytest.param(
            "los de mayo o los de UTI",
            MeansFilter(either=(MeansFilter(due=(MAY,)), MeansFilter(units=("UTI",)))),
            id="either-of-two-kinds",
        ),
        pytest.param(
            "los de UTAI o UTI en mayo",
            MeansFilter(units=UTAI_AND_UTI, due=(MAY,)),
            id="either-of-two-units",
        ),
        pytest.param("UTI, no UTAI", MeansFilter(units=("UTI",)), id="one-and-not-the-other"),
        pytest.param(
            "en cuáles trabajan juntas UTAI y UTI",
            MeansFilter(units=("UTAI", "UTI"), together=True),
            id="working-together",
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
        pytest.param("todos los medios sin los compartidos", id="without-the-shared"),
        pytest.param("los medios que no se comparten", id="are-not-shared"),
        pytest.param("los medios que no son compartidos", id="not-shared"),
    ],
)
def test_all_but_those_shared_by_any_units(text: str) -> None:
    found = wanted(text)

    assert (found.units, found.either) == ((), ())
    assert found.without == wanted("los medios compartidos").either


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿qué unidad ve el 12.1?", id="one-unit-is-asked"),
        pytest.param("los responsables de junio", id="who"),
        pytest.param("¿qué vence en dos meses?", id="two-of-something-else"),
        pytest.param("compárteme los medios de UTAI", id="share-with-me"),
        pytest.param("¿me compartes los de UTAI?", id="would-you-share"),
    ],
)
def test_nothing_is_said_of_sharing(text: str) -> None:
    assert wanted(text).either == ()
