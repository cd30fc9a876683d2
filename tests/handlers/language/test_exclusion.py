"""What a question leaves out."""

import pytest

from storage.records import MeansFilter, StatusFilter
from tests.handlers.language.asking import JUNE, MAY, means, wanted

UTAI, UC = MeansFilter(units=("UTAI",)), MeansFilter(units=("UC",))
TRAINING = MeansFilter(areas=("capacitacion",))


@pytest.mark.parametrize(
    ("text", "out"),
    [
        pytest.param("todo menos UTAI", (UTAI,), id="less"),
        pytest.param("todos excepto los de UTAI", (UTAI,), id="except"),
        pytest.param("todos los medios salvo UTAI", (UTAI,), id="save"),
        pytest.param("los que no sean de UTAI", (UTAI,), id="not-of"),
        pytest.param("los medios sin UTAI", (UTAI,), id="without"),
        pytest.param("los medios que no son de UTAI", (UTAI,), id="are-not-of"),
        pytest.param("los medios fuera de los de UTAI", (UTAI,), id="apart-from"),
        pytest.param("los que no sean de UTAI ni de UC", (UTAI, UC), id="neither-nor"),
        pytest.param("todos menos UTAI y UC", (UTAI, UC), id="and"),
        pytest.param("todo menos capacitación", (TRAINING,), id="area"),
        pytest.param("todo menos lo de mayo", (MeansFilter(due=(MAY,)),), id="month"),
        pytest.param("todos menos el 12.1", (MeansFilter(refs=means("12.1")),), id="means"),
        pytest.param(
            "todos los medios menos los vencidos",
            (MeansFilter(status=StatusFilter.OVERDUE),),
            id="status",
        ),
        pytest.param(
            "todos menos los de UTAI de mayo",
            (MeansFilter(units=("UTAI",), due=(MAY,)),),
            id="only-both-together",
        ),
    ],
)
def test_what_is_left_out_is_left_out_of_all(text: str, out: tuple[MeansFilter, ...]) -> None:
    assert wanted(text) == MeansFilter(without=out)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "los de junio menos los de UTAI",
            MeansFilter(due=(JUNE,), without=(UTAI,)),
            id="unit-of-a-month",
        ),
        pytest.param(
            "los de UTAI menos los de mayo",
            MeansFilter(units=("UTAI",), without=(MeansFilter(due=(MAY,)),)),
            id="month-of-a-unit",
        ),
        pytest.param(
            "pendientes de junio que no sean de UTAI",
            MeansFilter(due=(JUNE,), status=StatusFilter.PENDING, without=(UTAI,)),
            id="unit-of-a-status",
        ),
        pytest.param(
            "sin contar UTAI, ¿qué vence en junio?",
            MeansFilter(due=(JUNE,), without=(UTAI,)),
            id="left-out-first",
        ),
    ],
)
def test_what_is_left_out_narrows_the_rest(text: str, expected: MeansFilter) -> None:
    assert wanted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("los de UTAI sin presentar", id="status-not-exclusion"),
        pytest.param("los no entregados de UTAI", id="denied-status"),
        pytest.param("¿cuántos le faltan a UTAI más o menos?", id="more-or-less"),
        pytest.param("no, los de UTAI", id="no-as-an-answer"),
        pytest.param("no recuerdo qué le toca a UTAI", id="not-remembering"),
        pytest.param("¿no hay nada de UTAI?", id="asked-in-the-negative"),
        pytest.param("los de UTAI", id="none"),
    ],
)
def test_nothing_is_left_out_where_nothing_is_denied(text: str) -> None:
    found = wanted(text)

    assert (found.units, found.without) == (("UTAI",), ())
