"""Units, areas and acts by their names."""

import pytest

from handlers.language.vocabulary import Named
from handlers.question import Correction
from storage.records import MeansFilter
from tests.handlers.language.asking import asked, wanted
from tests.support.vocabulary import signed_speller, signed_words

CODES = ("CGC", "UC", "UOAI", "UPPM", "UT", "UTAI", "UTI")
DESIGN = ("documento_base", "equipo_de_trabajo")
IMPLEMENTATION = ("actores_comunitarios", "capacitacion", "incidencia", "monitoreo")


def test_the_act_has_these_units() -> None:
    assert tuple(unit.code for unit in signed_words().units) == CODES


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿qué le toca a {}?", id="question"),
        pytest.param("{}", id="alone"),
        pytest.param("pendientes de {} en junio", id="between"),
        pytest.param("¿y los de la {}?", id="with-article"),
    ],
)
def test_an_exact_code_is_that_unit_and_no_other(text: str, code: str) -> None:
    for written in (code, code.lower(), code.capitalize()):
        question = asked(text.format(written))

        assert question.wanted.units == (code,)
        assert question.corrections == ()


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param("pendientes de la U.T.A.I.", ("UTAI",), id="points"),
        pytest.param("pendientes de U T I", ("UTI",), id="spaces"),
        pytest.param("pendientes de la U.T.", ("UT",), id="points-in-a-short-code"),
        pytest.param("los de la u te i", ("UTI",), id="letter-names"),
        pytest.param("los de la u te a i", ("UTAI",), id="letter-names-of-a-longer-code"),
        pytest.param("UTAI y UTI", ("UTAI", "UTI"), id="and"),
        pytest.param("¿qué deben UC, UTI y UPPM?", ("UC", "UTI", "UPPM"), id="list"),
        pytest.param("pendientes de UT/UTAI", ("UT", "UTAI"), id="slash-as-printed"),
        pytest.param("pendientes de UTAI- CGC", ("UTAI", "CGC"), id="hyphen-as-printed"),
        pytest.param("UTAI, UTAI y otra vez UTAI", ("UTAI",), id="once-each"),
        pytest.param("los de #UTAI", ("UTAI",), id="hashtag"),
        pytest.param("<b>UTAI</b>", ("UTAI",), id="markup"),
        pytest.param("la UT, la territorial, ¿qué debe?", ("UT",), id="apposition"),
        pytest.param("pendientes de la U.C. y U.T.I.", ("UC", "UTI"), id="two-with-points"),
        pytest.param(
            "pendientes de U.T.A.I., U.C. y U.T.", ("UTAI", "UC", "UT"), id="three-with-points"
        ),
        pytest.param("pendientes de U C y U T I", ("UC", "UTI"), id="two-with-spaces"),
        pytest.param("¿qué deben las UTs?", ("UT",), id="plural"),
        pytest.param("pendientes de las UTs y de UTI", ("UT", "UTI"), id="plural-beside-another"),
        pytest.param("los de UTAI, perdón, UTI", ("UTI",), id="put-right"),
        pytest.param("los de UTI, no UTAI", ("UTI",), id="put-right-behind"),
    ],
)
def test_codes_are_found_as_people_write_them(text: str, units: tuple[str, ...]) -> None:
    assert wanted(text).units == units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        pytest.param("unidad técnica de atención integral", "UTAI", id="utai"),
        pytest.param("unidad tecnica de atencion integral", "UTAI", id="utai-without-accents"),
        pytest.param("Unidad Técnica", "UTAI", id="utai-begun"),
        pytest.param("coordinación de gestión comunitaria", "CGC", id="cgc"),
        pytest.param("unidad territorial", "UT", id="ut"),
        pytest.param("unidades territoriales", "UT", id="ut-in-the-plural"),
        pytest.param("UNIDAD DE PLANEAMIENTO", "UPPM", id="uppm-begun"),
        pytest.param(
            "unidad de planeamiento, presupuesto y modernización", "UPPM", id="uppm-with-its-comma"
        ),
        pytest.param("unidad de planeamiento y presupuesto", "UPPM", id="uppm-in-part"),
        pytest.param("unidad de tecnologías de la información", "UTI", id="uti-by-common-name"),
        pytest.param("tecnologías de la información", "UTI", id="uti-without-unit"),
    ],
)
def test_a_long_name_is_its_unit(text: str, unit: str) -> None:
    assert wanted(f"¿qué debe la {text} en junio?").units == (unit,)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿qué unidad tiene más pendientes?", id="the-noun-alone"),
        pytest.param("módulo de gestión comunitaria", id="words-of-a-name-in-a-topic"),
        pytest.param("equipo de gestión territorial", id="word-of-another-name"),
        pytest.param("atención integral", id="end-of-a-name"),
        pytest.param("presupuesto", id="one-word-of-a-name"),
        pytest.param("¿qué vence en junio?", id="none"),
    ],
)
def test_no_unit_is_seen_where_none_is_named(text: str) -> None:
    assert wanted(text).units == ()


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        pytest.param("uoia", "UOAI", id="swapped-uoai"),
        pytest.param("UAOI", "UOAI", id="swapped-otherwise"),
        pytest.param("utia", "UTAI", id="swapped-utai-is-not-uti-with-a-letter-more"),
        pytest.param("utaai", "UTAI", id="doubled"),
        pytest.param("uttai", "UTAI", id="doubled-otherwise"),
        pytest.param("utti", "UTI", id="doubled-in-a-short-code"),
        pytest.param("uppn", "UPPM", id="one-letter-wrong"),
    ],
)
def test_a_mistyped_code_is_corrected_and_said(typed: str, unit: str) -> None:
    question = asked(f"¿qué debe presentar {typed} en junio?")

    assert question.wanted.units == (unit,)
    assert question.corrections == (Correction(typed, unit),)


@pytest.mark.parametrize(
    "typed",
    [
        "uit",
        "uta",
        "utix",
        "tui",
        "utc",
        "upm",
        "cg",
        "cc",
        "uo",
        "tu",
        "ti",
        "ui",
        "util",
        "ruta",
        "usted",
    ],
)
def test_what_is_short_or_another_word_becomes_no_unit(typed: str) -> None:
    question = asked(f"¿qué debe presentar {typed} en junio?")

    assert question.wanted.units == ()
    assert question.corrections == ()


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        pytest.param("¿qué hay en el área de monitoreo?", ("monitoreo",), id="called-area"),
        pytest.param("area capacitacion", ("capacitacion",), id="without-preposition"),
        pytest.param("área: incidencia", ("incidencia",), id="colon"),
        pytest.param("los de incidencia", ("incidencia",), id="name-alone"),
        pytest.param("los de documento base", ("documento_base",), id="two-words"),
        pytest.param("los documentos base", ("documento_base",), id="other-name"),
        pytest.param("equipo de trabajo", ("equipo_de_trabajo",), id="inner-preposition"),
        pytest.param("área de actores comunales", ("actores_comunitarios",), id="alias"),
        pytest.param("ÁREA DE MONITOREO", ("monitoreo",), id="capitals"),
        pytest.param("lo de diseño del MCC", DESIGN, id="group-is-all-its-areas"),
        pytest.param("implementación del MCC", IMPLEMENTATION, id="other-group"),
        pytest.param("área de diseño", DESIGN, id="group-begun-after-area"),
        pytest.param(
            "áreas de capacitación y monitoreo", ("capacitacion", "monitoreo"), id="two-areas"
        ),
        pytest.param(
            "actores comunitarios y capacitación",
            ("actores_comunitarios", "capacitacion"),
            id="two-names",
        ),
    ],
)
def test_an_area_is_found(text: str, areas: tuple[str, ...]) -> None:
    assert wanted(text) == MeansFilter(areas=areas)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("necesidades de capacitación", id="end-of-a-topic"),
        pytest.param("sistema de monitoreo", id="end-of-another-topic"),
        pytest.param("¿qué áreas hay?", id="the-noun-alone"),
        pytest.param("avance por área", id="grouping"),
        pytest.param("¿qué vence en junio?", id="none"),
    ],
)
def test_no_area_is_seen_where_none_is_named(text: str) -> None:
    assert wanted(text).areas == ()


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        pytest.param("pendientes del acta 002-2021", ("002-2021",), id="as-printed"),
        pytest.param("pendientes del acta 2-2021", ("002-2021",), id="without-zeros"),
        pytest.param("pendientes del acta 002 - 2021", ("002-2021",), id="with-spaces"),
        pytest.param("pendientes del acta 003-2021", (), id="not-loaded"),
        pytest.param("pendientes del acta", (), id="no-number"),
    ],
)
def test_an_act_is_named_by_its_number(text: str, acts: tuple[str, ...]) -> None:
    assert wanted(text).acts == acts


def test_every_name_of_a_unit_or_an_area_is_known() -> None:
    words, phrases = signed_words(), signed_speller().vocabulary.phrases
    named = {(name.kind, name.value) for names in phrases.values() for name in names}

    expected = {(Named.UNIT, unit.code) for unit in words.units}
    expected |= {(Named.AREA, area.key) for area in words.areas}
    assert expected <= named
