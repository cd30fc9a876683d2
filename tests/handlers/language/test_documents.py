import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language.documents import document_refs
from tests.handlers.language.texts import long_junk, texts

SHOWN = re.compile(r"[A-ZÁÉÍÓÚ][A-Za-zÁÉÍÓÚáéíóú ]* N° [^\W\d_]?\d[\d/-]*(?:[/-][^\W\d_]+)*")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # kinds
        pytest.param("RDE 123-2021", "RDE N° 123-2021", id="acronym"),
        pytest.param("la rde 123-2021", "RDE N° 123-2021", id="acronym-in-small-letters"),
        pytest.param("R.D.E. N° 123-2021", "RDE N° 123-2021", id="acronym-with-dots"),
        pytest.param(
            "Resolución de Dirección Ejecutiva N° 000123-2021-MIDIS/PNCM-DE",
            "RDE N° 000123-2021-MIDIS/PNCM-DE",
            id="acronym-spelt-out",
        ),
        pytest.param("resolucion ministerial 10-2021", "RM N° 10-2021", id="ministerial"),
        pytest.param("Resolución Jefatural N° 7", "RJ N° 7", id="jefatural"),
        pytest.param("R.D. 045-2021", "RD N° 045-2021", id="directoral"),
        pytest.param("Resolución N° 45", "Resolución N° 45", id="bare-resolution"),
        pytest.param("INFORME TÉCNICO 045", "Informe Técnico N° 045", id="technical"),
        pytest.param("Inf. Téc. N° 45-2021", "Informe Técnico N° 45-2021", id="cut-short"),
        pytest.param("memorándum 045-2021", "Memorando N° 045-2021", id="memorandum"),
        pytest.param("memo n° 3", "Memorando N° 3", id="memo"),
        pytest.param("Memo Múltiple N° 3", "Memorando Múltiple N° 3", id="multiple-memo"),
        pytest.param("oficio múltiple 12-2021", "Oficio Múltiple N° 12-2021", id="multiple"),
        pytest.param("Oficio Circular N° 12", "Oficio Circular N° 12", id="circular"),
        pytest.param("Carta Nro 5", "Carta N° 5", id="letter"),
        pytest.param("acta 002-2021", "Acta N° 002-2021", id="act"),
        pytest.param("Nota Informativa N° 8", "Nota Informativa N° 8", id="note"),
        pytest.param("proveido 000123", "Proveído N° 000123", id="proveido"),
        pytest.param("hoja de envío 123-2021", "Hoja de Envío N° 123-2021", id="sheet"),
        pytest.param("Hoja de Ruta 1234", "HR N° 1234", id="route-sheet"),
        pytest.param("H.R. 1234-2021", "HR N° 1234-2021", id="route-sheet-cut-short"),
        pytest.param("Exp. 150", "Expediente N° 150", id="dot-of-a-cut-word"),
        pytest.param("documento 0451", "Documento N° 0451", id="document"),
        pytest.param("constancia #12", "Constancia N° 12", id="certificate"),
        pytest.param("solicitud número 12", "Solicitud N° 12", id="request"),
        pytest.param("correo electrónico N° 3", "Correo N° 3", id="mail"),
        # marks
        pytest.param("Informe N° 2", "Informe N° 2", id="degree"),
        pytest.param("Informe Nº 2", "Informe N° 2", id="ordinal-sign"),
        pytest.param("informe nº2", "Informe N° 2", id="small-and-glued"),
        pytest.param("Informe N.° 2", "Informe N° 2", id="dot-and-degree"),
        pytest.param("Informe N.º 2", "Informe N° 2", id="dot-and-ordinal-sign"),
        pytest.param("Informe № 2", "Informe N° 2", id="one-sign"),
        pytest.param("Informe N ° 2", "Informe N° 2", id="apart"),
        pytest.param("Informe Nro. 2", "Informe N° 2", id="nro"),
        pytest.param("Informe No. 2", "Informe N° 2", id="no"),
        pytest.param("Informe N 2", "Informe N° 2", id="letter-alone"),
        pytest.param("Informe num 2", "Informe N° 2", id="num"),
        pytest.param("Informe núm. 2", "Informe N° 2", id="num-with-accent"),
        pytest.param("Informe # 2", "Informe N° 2", id="hash"),
        pytest.param("Acta de sesión N° 3", "Acta N° 3", id="behind-one-noun-more"),
        pytest.param("Informe final N° 3", "Informe N° 3", id="behind-an-adjective"),
        # numbers
        pytest.param("informe 045", "Informe N° 045", id="three-digits"),
        pytest.param("informe 5-2021", "Informe N° 5-2021", id="year"),
        pytest.param("oficio 123/2021", "Oficio N° 123/2021", id="year-after-slash"),
        pytest.param("memo 45 del 2021", "Memorando N° 45-2021", id="year-in-words"),
        pytest.param("Informe N° 045 – 2021 – UTAI", "Informe N° 045-2021-UTAI", id="spaced"),
        pytest.param("Informe 045-21", "Informe N° 045-21", id="short-year"),
        pytest.param("EXP-2021-0045", "Expediente N° 2021-0045", id="year-first"),
        pytest.param("Oficio D000045-2021-MIDIS", "Oficio N° D000045-2021-MIDIS", id="letter"),
        pytest.param("rde 1-2021-midis/pncm", "RDE N° 1-2021-MIDIS/PNCM", id="in-capitals"),
        pytest.param("RDE 1-2021-MIDIS/PNCM-DE.", "RDE N° 1-2021-MIDIS/PNCM-DE", id="full-stop"),
        pytest.param("RDE123-2021", "RDE N° 123-2021", id="glued"),
        # file names
        pytest.param("INFORME_N_045-2021-UTAI.pdf", "Informe N° 045-2021-UTAI", id="underscores"),
        pytest.param("INFORME-N-045-2021-UTAI.pdf", "Informe N° 045-2021-UTAI", id="dashes"),
        pytest.param("INFORME.N.045-2021-UTAI.pdf", "Informe N° 045-2021-UTAI", id="dots"),
        pytest.param("RDE 123-2021-MIDIS-PNCM.pdf", "RDE N° 123-2021-MIDIS-PNCM", id="blanks"),
        pytest.param("INFORME_045_2021.pdf", "Informe N° 045-2021", id="year-apart"),
        pytest.param("hoja_de_ruta_1234.pdf", "HR N° 1234", id="kind-of-three-words"),
        pytest.param("INFORME-045-2021-UTAI-firmado.pdf", "Informe N° 045-2021-UTAI", id="signed"),
        pytest.param(
            "informe-045-2021-utai-del-5-de-mayo.pdf", "Informe N° 045-2021-UTAI", id="dated"
        ),
        pytest.param(
            "INFORME-045-2021-UTAI-DE-MAYO.pdf", "Informe N° 045-2021-UTAI", id="month-behind"
        ),
        pytest.param("INFORME 045-2021 - TALLER", "Informe N° 045-2021", id="title-behind"),
        pytest.param("INFORME 045 2021.pdf", "Informe N° 045-2021", id="year-behind-a-blank"),
        pytest.param(
            "INFORME-045-2021-UTAI-taller-SAF.pdf", "Informe N° 045-2021-UTAI", id="other-case"
        ),
        pytest.param("01INFORME_045-2021.pdf", "Informe N° 045-2021", id="counted-file"),
        pytest.param("PROVEI\u0301DO_045.pdf", "Proveído N° 045", id="accents-apart"),
    ],
)
def test_a_document_is_named_in_one_way(text: str, expected: str) -> None:
    assert document_refs(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Informes N° 045 y 046-2021-UTAI",
            ("Informe N° 045", "Informe N° 046-2021-UTAI"),
            id="plural",
        ),
        pytest.param(
            "oficios N° 12, 13 y 14",
            ("Oficio N° 12", "Oficio N° 13", "Oficio N° 14"),
            id="one-mark-for-all",
        ),
        pytest.param(
            "Informe 2-2021 y el N° 3", ("Informe N° 2-2021", "Informe N° 3"), id="own-mark"
        ),
        pytest.param(
            "RM N° 10-2021-MIDIS y RD 5-2021", ("RM N° 10-2021-MIDIS", "RD N° 5-2021"), id="kinds"
        ),
        pytest.param("informe 045 y 150 familias", ("Informe N° 045",), id="a-count-behind"),
        pytest.param("RDE 123-2021, rde N° 123-2021", ("RDE N° 123-2021",), id="each-once"),
        pytest.param("memo 123, oficio 045", ("Memorando N° 123", "Oficio N° 045"), id="in-order"),
    ],
)
def test_several_documents_are_each_named(text: str, expected: tuple[str, ...]) -> None:
    assert document_refs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("informe 2", id="a-bare-digit"),
        pytest.param("informe técnico 12", id="two-bare-digits"),
        pytest.param("el informe de taller", id="no-number"),
        pytest.param("el 12.1", id="code"),
        pytest.param("medio 4.1 y compromiso 4", id="means-and-commitment"),
        pytest.param("informe 4.1", id="code-behind-a-kind"),
        pytest.param("informe N° 4.1", id="code-behind-a-mark"),
        pytest.param("informe del compromiso N° 4", id="the-mark-of-a-commitment"),
        pytest.param("informe del medio N° 123", id="the-mark-of-a-means"),
        pytest.param("Informe 2021", id="bare-year"),
        pytest.param("Informe 2020-2021", id="two-years"),
        pytest.param("Informe 2021-05", id="month"),
        pytest.param("Informe 05-05-2021.pdf", id="day"),
        pytest.param("Informe_05_05_2021.pdf", id="day-of-a-file-name"),
        pytest.param("informe 2021-05-05", id="iso-day"),
        pytest.param("informe 20210505.pdf", id="compact-day"),
        pytest.param("acta 12 de mayo de 2021", id="day-in-words"),
        pytest.param("acta 5 mayo 2021", id="day-without-of"),
        pytest.param("informe 150KB", id="size"),
        pytest.param("acta 100%", id="share"),
        pytest.param("informe 1,500", id="thousands"),
        pytest.param("correo 123@midis.gob.pe", id="address"),
        pytest.param("mandé el informe. 150 familias", id="next-sentence"),
        pytest.param("Informe S/N", id="without-number"),
        pytest.param("N° 123-2021", id="without-kind"),
        pytest.param("informe que no 3", id="mere-no"),
        pytest.param("informativo 123-2021", id="another-word"),
        pytest.param("informe " + "9" * 40, id="too-many-digits"),
        pytest.param("informe ١٢٣", id="other-digits"),
        pytest.param("reinforme123informes", id="no-word-of-its-own"),
    ],
)
def test_no_document_is_seen_where_there_is_none(text: str) -> None:
    assert document_refs(text) == ()


@given(texts)
def test_any_text_gives_documents_that_read_as_themselves(text: str) -> None:
    found = document_refs(text)

    assert all(SHOWN.fullmatch(shown) for shown in found)
    assert [document_refs(shown) for shown in found] == [(shown,) for shown in found]


acronyms = st.sampled_from(["MIDIS", "PNCM", "UTAI", "DE", "OGPPM"])


@given(
    st.sampled_from(["RDE", "Informe", "Memorando Múltiple", "Oficio", "Acta", "HR"]),
    st.from_regex(r"[0-9]{1,6}", fullmatch=True),
    st.integers(2000, 2040),
    st.lists(acronyms, max_size=3).filter(lambda units: units[:1] != ["DE"]),
)
def test_a_document_is_read_from_text_and_file_name(
    kind: str, digits: str, year: int, units: Sequence[str]
) -> None:
    number = "-".join([digits, str(year), *units])

    found = [
        document_refs(f"se envió con {kind} N° {number}, conforme"),
        document_refs(f"{kind.upper().replace(' ', '_')}_N_{number}_firmado.pdf"),
    ]

    assert found == [(f"{kind} N° {number}",)] * 2


@pytest.mark.parametrize(
    "junk",
    long_junk(
        "r.",
        "informe ",
        "informe de ",
        "informe N° ",
        "informe 045-2021-",
        "informes 045, ",
        "res. ",
        "N° ",
    ),
    ids=lambda junk: ascii(junk[:9]),
)
def test_long_junk_is_read(junk: str) -> None:
    found = document_refs(junk)

    assert all(SHOWN.fullmatch(shown) for shown in found)
