"""Summaries."""

import pytest

from handlers.question import Grouping, Intent, Ranking
from storage.records import MeansFilter
from tests.handlers.language.asking import JUNE, asked

WHOLE, UNITS, AREAS = Grouping.WHOLE, Grouping.UNITS, Grouping.AREAS


@pytest.mark.parametrize(
    ("text", "grouping", "expected"),
    [
        pytest.param("resumen", WHOLE, MeansFilter(), id="summary"),
        pytest.param("¿cómo vamos?", WHOLE, MeansFilter(), id="how-are-we-doing"),
        pytest.param("¿cómo va la cosa?", WHOLE, MeansFilter(), id="how-is-it-going"),
        pytest.param("avance", WHOLE, MeansFilter(), id="progress"),
        pytest.param("estado de la matriz", WHOLE, MeansFilter(), id="state"),
        pytest.param("avance por unidad", UNITS, MeansFilter(), id="by-unit"),
        pytest.param("resumen por área", AREAS, MeansFilter(), id="by-area"),
        pytest.param("avance de UTAI", WHOLE, MeansFilter(units=("UTAI",)), id="of-a-unit"),
        pytest.param("¿cómo va UTI?", WHOLE, MeansFilter(units=("UTI",)), id="how-is-a-unit"),
        pytest.param("resumen de junio", WHOLE, MeansFilter(due=(JUNE,)), id="of-a-month"),
        pytest.param(
            "avance del área de monitoreo",
            WHOLE,
            MeansFilter(areas=("monitoreo",)),
            id="of-an-area",
        ),
        pytest.param("¿qué unidades hay?", UNITS, MeansFilter(), id="which-units"),
        pytest.param("¿cuáles son las unidades?", UNITS, MeansFilter(), id="the-units"),
        pytest.param("¿cuántas unidades hay?", UNITS, MeansFilter(), id="how-many-units"),
        pytest.param("¿cuáles son las áreas?", AREAS, MeansFilter(), id="the-areas"),
        pytest.param("¿vamos bien?", WHOLE, MeansFilter(), id="are-we-well"),
        pytest.param("¿qué porcentaje se ha cumplido?", WHOLE, MeansFilter(), id="share-done"),
        pytest.param("avance al día de hoy", WHOLE, MeansFilter(), id="as-of-today"),
        pytest.param("el consolidado de avance", WHOLE, MeansFilter(), id="consolidated"),
        pytest.param(
            "avance de capacitación",
            WHOLE,
            MeansFilter(areas=("capacitacion",)),
            id="area-without-its-noun",
        ),
        pytest.param("sumario del cumplimiento a la fecha", WHOLE, MeansFilter(), id="summing-up"),
        pytest.param("¿cómo vamos en junio?", WHOLE, MeansFilter(due=(JUNE,)), id="we-in-a-month"),
        pytest.param(
            "¿cómo va el avance de junio?", WHOLE, MeansFilter(due=(JUNE,)), id="its-progress"
        ),
        pytest.param(
            "junio cómo viene por unidad", UNITS, MeansFilter(due=(JUNE,)), id="month-by-unit"
        ),
    ],
)
def test_a_summary_is_asked(text: str, grouping: Grouping, expected: MeansFilter) -> None:
    question = asked(text)

    assert (question.intent, question.grouping) == (Intent.SUMMARY, grouping)
    assert (question.wanted, question.ranking) == (expected, None)


@pytest.mark.parametrize(
    ("text", "grouping", "ranking"),
    [
        pytest.param("¿qué unidad está más atrasada?", UNITS, Ranking.BEHIND, id="latest"),
        pytest.param("¿quién debe más?", UNITS, Ranking.BEHIND, id="owes-most"),
        pytest.param(
            "¿qué unidad tiene más pendientes?", UNITS, Ranking.BEHIND, id="most-pending"
        ),
        pytest.param("¿cuál es la peor unidad?", UNITS, Ranking.BEHIND, id="worst"),
        pytest.param("¿qué área está más atrasada?", AREAS, Ranking.BEHIND, id="area-behind"),
        pytest.param("¿qué unidad va mejor?", UNITS, Ranking.AHEAD, id="best"),
        pytest.param("¿qué unidad debe menos?", UNITS, Ranking.AHEAD, id="owes-least"),
        pytest.param("¿qué unidad ha cumplido más?", UNITS, Ranking.AHEAD, id="complied-most"),
        pytest.param("¿qué unidad ha cumplido menos?", UNITS, Ranking.BEHIND, id="complied-least"),
        pytest.param("¿qué unidad lidera?", UNITS, Ranking.AHEAD, id="leads"),
    ],
)
def test_one_end_of_a_summary_is_asked(text: str, grouping: Grouping, ranking: Ranking) -> None:
    question = asked(text)

    assert question.intent is Intent.SUMMARY
    assert (question.grouping, question.ranking) == (grouping, ranking)
    assert question.wanted == MeansFilter()


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("¿qué unidad ve el 12.1?", Intent.DETAIL, id="unit-of-a-means"),
        pytest.param("hola, ¿cómo estás?", Intent.HELP, id="how-are-you"),
        pytest.param("¿cómo marco el avance?", Intent.HELP, id="how-to"),
        pytest.param(
            "informe de evaluación del avance en la implementación",
            Intent.LIST,
            id="words-of-the-act",
        ),
        pytest.param("¿cuántos tiene UTAI más o menos?", Intent.COUNT, id="more-or-less"),
        pytest.param("¿a cómo está el dólar?", Intent.UNKNOWN, id="price"),
        pytest.param("¿qué unidades no tienen pendientes?", Intent.UNKNOWN, id="units-without"),
        pytest.param("¿qué unidades tienen pendientes?", Intent.LIST, id="units-with"),
        pytest.param("medios con más de una unidad", Intent.LIST, id="more-than-one-unit"),
        pytest.param("¿qué unidades tienen algo en junio?", Intent.LIST, id="units-of-a-month"),
        pytest.param("¿cómo vienen junio y julio?", Intent.LIST, id="several-months"),
        pytest.param("¿cómo está la próxima semana?", Intent.LIST, id="a-week"),
    ],
)
def test_no_summary_is_asked(text: str, intent: Intent) -> None:
    question = asked(text)

    assert (question.intent, question.ranking) == (intent, None)
