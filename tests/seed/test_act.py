"""The bundled act against the scan it was taken from, from both sides."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from seed.act import Act, bundled_acts, read_act
from storage.records import (
    CommitmentContents,
    CutText,
    Level,
    MeansContents,
    RecommendationContents,
    Ref,
    Signatory,
)

FILE = Path(__file__).parents[2] / "seed/acts/acta-002-2021.toml"
LIMA = timezone(timedelta(hours=-5))

# Means: due month as printed, due day, responsible as printed, units, commitment, recommendation.
MEANS = {
    "1.1": ("May-21", date(2021, 5, 31), "UTAI", ("UTAI",), "1", "1"),
    "2.1": ("May-21", date(2021, 5, 31), "UTAI", ("UTAI",), "2", "2"),
    "3.1": ("Nov-21", date(2021, 11, 30), "UTAI- CGC", ("UTAI", "CGC"), "3", "2"),
    "4.1": ("May-21", date(2021, 5, 31), "UTAI", ("UTAI",), "4", "2"),
    "4.2": ("Set-21", date(2021, 9, 30), "UTAI", ("UTAI",), "4", "2"),
    "5.1": ("Dic-21", date(2021, 12, 31), "UTAI", ("UTAI",), "5", "2"),
    "6.1": ("May-21", date(2021, 5, 31), "UOAI", ("UOAI",), "6", "3"),
    "7.1": ("Mar-22", date(2022, 3, 31), "UOAI", ("UOAI",), "7", "3"),
    "8.1": ("Ene-22", date(2022, 1, 31), "UOAI", ("UOAI",), "8", "3"),
    "9.1": ("Ene-22", date(2022, 1, 31), "UTAI", ("UTAI",), "9", "3"),
    "10.1": ("Jun-21", date(2021, 6, 30), "UT/UTAI", ("UT", "UTAI"), "10", "4"),
    "11.1": ("May-21", date(2021, 5, 31), "UTAI", ("UTAI",), "11", "4"),
    "12.1": ("May-21", date(2021, 5, 31), "UTAI", ("UTAI",), "12", "4"),
    "12.2": ("Jun-21", date(2021, 6, 30), "UTAI", ("UTAI",), "12", "4"),
    "13.1": ("Dic-21", date(2021, 12, 31), "UTAI", ("UTAI",), "13", "4"),
    "14.1": ("Dic-21", date(2021, 12, 31), "UTAI", ("UTAI",), "14", "4"),
    "15.1": ("Set-21", date(2021, 9, 30), "UTAI", ("UTAI",), "15", "5"),
    "16.1": ("Mar-22", date(2022, 3, 31), "UC", ("UC",), "16", "5"),
    "17.1": ("Jun-21", date(2021, 6, 30), "UPPM", ("UPPM",), "17", "6"),
    "18.1": ("Jun-21", date(2021, 6, 30), "UTAI", ("UTAI",), "18", "6"),
    "19.1": ("Dic-21", date(2021, 12, 31), "UTAI/UTI", ("UTAI", "UTI"), "19", "7"),
    "19.2": ("Dic-21", date(2021, 12, 31), "UTAI/UTI", ("UTAI", "UTI"), "19", "7"),
}

# The area labels, each by the row of the scan that has it.
PRINTED_AREAS = {
    "1.1": "Diseño del MCC – Documento base",
    "2.1": "Diseño del MCC – Equipo de trabajo",
    "6.1": "Implementación del MCC - Actores comunitarios",
    "10.1": "Implementación del MCC - Capacitación",
    "17.1": "Implementación del MCC - incidencia",  # a row too low: it is for 15 and 16
    "19.1": "Implementación del MCC - Monitoreo",  # a row too low: it is for 17 and 18 as well
}

# Cells that the scan has too many, by row; all of them stand before the first cell of the data.
STRAY_CELLS = {
    "1.1": ["1"],  # the number of the recommendation, twice
    "2.1": ["2"],  # likewise
    "3.1": ["3", "3"],  # the number of the commitment where the merged recommendation was
    "4.1": ["4", "4"],  # likewise
    "4.2": [  # code and text of the means where the merged recommendation and commitment were
        "4.2",
        "4.2",
        "4.2",
        "RDE con el documento técnico que establece el ratio de Comités de Gestión por cada "
        "Acompañante Técnico para el SCD y SAF, que permita optimizar la asistencia técnica a los "
        "Comités de Gestión.",
    ],
    "5.1": ["5", "5"],  # as 3.1
}

# Column headings: names of the columns are no data.
HEADINGS = [
    "Área|Nº|Recomendación|Nº|Compromiso|Nº|Medio de verificación|Vence|Responsable"
    "|Especificaciones / Precisiones",
    "Área|N°|Recomendación|N°|Compromiso|N°|Medio de verificación|Vence|Responsable"
    "|Especificaciones / Precisiones",
    "Área|N°|Recomendación|N°|Compromiso|N°|Medio de verificación|Vence|Responsable"
    "|Especificaciones / Precisiones",
]

# Acronyms that the glossary leaves out, and why.
NO_TERMS = {
    "DE",  # not spelt out, and every question has the word «de»
    "DS",  # a kind of rule, before its number
    "PNAEQW",  # another programme, not spelt out
    "UE",  # not spelt out, in a heading of the annex
}


@pytest.fixture(scope="module", name="act")
def bundled_act() -> Act:
    return read_act(FILE)


@pytest.fixture(scope="module", name="scan")
def scanned_text() -> str:
    return FILE.with_suffix(".scan.txt").read_text(encoding="utf-8")


def fold_space(text: str) -> str:
    return " ".join(text.split())


def blocks_of(text: str) -> list[str]:
    """The paragraphs of `text`, each on one line."""
    blocks = (fold_space(block) for block in re.split(r"\n\s*\n", text))
    return [block for block in blocks if block]


def is_prose(block: str) -> bool:
    """Whether capitals mean an acronym there: not in logos, headings and certificates."""
    return not block.startswith(("Firmado", "Programa Nacional **")) and any(
        sign.islower() for sign in block
    )


def every_means(
    act: Act,
) -> Iterator[tuple[RecommendationContents, CommitmentContents, MeansContents]]:
    for recommendation in act.recommendations:
        for commitment in recommendation.commitments:
            for means in commitment.means:
                yield recommendation, commitment, means


def means_by_code(act: Act) -> dict[str, MeansContents]:
    return {means.code: means for _, _, means in every_means(act)}


def texts_by_ref(act: Act) -> dict[Ref, CutText]:
    texts = {}
    for recommendation, commitment, means in every_means(act):
        texts[Ref(Level.RECOMMENDATION, recommendation.number)] = recommendation.text
        texts[Ref(Level.COMMITMENT, commitment.number)] = commitment.text
        texts[Ref(Level.MEANS, means.code)] = means.text
    return texts


# The values


def test_the_bundled_acts_are_the_toml_files_of_the_folder() -> None:
    assert [path.name for path in bundled_acts()] == ["acta-002-2021.toml"]


def test_the_digest_is_that_of_the_file(act: Act) -> None:
    assert act.digest == sha256(FILE.read_bytes()).hexdigest()


def test_every_means_has_its_due_day_and_its_units(act: Act) -> None:
    found = {
        means.code: (
            means.due_text,
            means.due_on,
            means.responsible_text,
            means.units,
            commitment.number,
            recommendation.number,
        )
        for recommendation, commitment, means in every_means(act)
    }

    assert found == MEANS
    assert list(found) == list(MEANS)


def test_there_are_7_recommendations_19_commitments_22_means(act: Act) -> None:
    commitments = [each for above in act.recommendations for each in above.commitments]

    assert [each.number for each in act.recommendations] == [str(n) for n in range(1, 8)]
    assert [each.number for each in commitments] == [str(n) for n in range(1, 20)]
    assert len(list(every_means(act))) == 22


def test_the_meeting_is_that_of_28_april_2021(act: Act) -> None:
    record = act.record

    assert record.number == "002-2021"
    assert (record.met_on, record.met_from, record.met_until) == (
        date(2021, 4, 28),
        time(15),
        time(16),
    )
    assert (record.place, record.contact) == ("Lima", "Edgar Vera")
    assert record.compliance == "Programa Nacional Cuna Más"
    assert record.follow_up == ("DGSE", "OGPPM")
    assert record.parties["MIDIS"] == "Ministerio de Desarrollo e Inclusión Social"
    assert list(record.parties) == ["PNCM", "DGSE", "OGPPM", "MIDIS"]


def test_the_signatories_have_office_party_and_both_signatures(act: Act) -> None:
    assert act.record.signatories == (
        Signatory(
            "José Enrique Velásquez Hurtado",
            "Director General de Seguimiento y Evaluación",
            "DGSE",
            datetime(2021, 5, 12, 16, 21, 9, tzinfo=LIMA),
            datetime(2021, 5, 12, 16, 19, 0, tzinfo=LIMA),
        ),
        Signatory(
            "Jorge Alberto Zapata Gallo",
            "Jefe de la Oficina General de Planeamiento, Presupuesto y Modernización",
            "OGPPM",
            datetime(2021, 5, 12, 13, 0, 21, tzinfo=LIMA),
            datetime(2021, 5, 12, 13, 0, 43, tzinfo=LIMA),
        ),
        Signatory(
            "Carmen Lourdes Sevilla Carnero",
            "Directora Ejecutiva del PNCM",
            "PNCM",
            datetime(2021, 5, 4, 16, 13, 11, tzinfo=LIMA),
            datetime(2021, 5, 4, 16, 13, 54, tzinfo=LIMA),
        ),
    )


def test_the_directive_is_given_with_the_clause_that_the_act_quotes(act: Act) -> None:
    assert act.clause == "inciso 10.3.3"
    assert act.record.directive == (
        'Directiva N° 007-2012-MIDIS "Lineamientos para la evaluación, seguimiento y gestión de '
        'la evidencia de las políticas, planes, programas y proyectos del MIDIS", inciso 10.3.3'
    )


# The settled readings


def test_each_recommendation_has_its_area(act: Act) -> None:
    areas = {area.key: (area.group, area.name) for area in act.record.areas}

    assert {each.number: areas[each.area] for each in act.recommendations} == {
        "1": ("Diseño del MCC", "Documento base"),
        "2": ("Diseño del MCC", "Equipo de trabajo"),
        "3": ("Implementación del MCC", "Actores comunitarios"),
        "4": ("Implementación del MCC", "Capacitación"),
        "5": ("Implementación del MCC", "Incidencia"),
        "6": ("Implementación del MCC", "Monitoreo"),
        "7": ("Implementación del MCC", "Monitoreo"),
    }
    for area in act.record.areas:
        below = [each.number for each in act.recommendations if each.area == area.key]
        assert list(area.recommendations) == below


def test_merged_cells_keep_their_commitments(act: Act) -> None:
    below = {
        each.number: [commitment.number for commitment in each.commitments]
        for each in act.recommendations
    }

    assert below["2"] == ["2", "3", "4", "5"]
    assert below["4"] == ["10", "11", "12", "13", "14"]
    assert below["5"] == ["15", "16"]


def test_just_the_broken_off_texts_are_marked(act: Act) -> None:
    endings = {ref: text.text[-8:] for ref, text in texts_by_ref(act).items() if text.is_cut}

    assert endings == {
        Ref(Level.RECOMMENDATION, "1"): "onal que",
        Ref(Level.RECOMMENDATION, "2"): "ón a los",
        Ref(Level.RECOMMENDATION, "5"): ", u otro",
        Ref(Level.COMMITMENT, "14"): " actores",
        Ref(Level.COMMITMENT, "19"): "dad de T",
        Ref(Level.MEANS, "14.1"): " actores",
    }


def test_just_the_specification_of_12_1_is_broken_off(act: Act) -> None:
    cut = [
        means.code
        for _, _, means in every_means(act)
        if means.specification is not None and means.specification.is_cut
    ]

    assert cut == ["12.1"]


def test_the_discrepancy_of_commitment_8_and_means_8_1_stays(act: Act) -> None:
    texts = texts_by_ref(act)

    assert "actores comunales del SAF" in texts[Ref(Level.COMMITMENT, "8")].text
    assert "Madres Cuidadoras" in texts[Ref(Level.MEANS, "8.1")].text


@pytest.mark.parametrize(
    ("printed", "touches"),
    [
        pytest.param("May-21", (), id="due-month"),
        pytest.param("UTAI- CGC", ("medio 3.1",), id="hyphen"),
        pytest.param("UT/UTAI", ("medio 10.1",), id="slash"),
        pytest.param("UTAI/UTI", ("medio 19.1", "medio 19.2"), id="slash-twice"),
        pytest.param(
            "3 3 3 Elaborar un documento técnico",
            ("compromiso 3", "compromiso 4", "compromiso 5"),
            id="merged-recommendation-2",
        ),
        pytest.param(
            "13 Promover acciones de reconocimiento",
            ("compromiso 13", "compromiso 14"),
            id="merged-recommendation-4",
        ),
        pytest.param(
            "4.2 4.2 RDE con el documento técnico que establece el ratio",
            ("medio 4.1", "medio 4.2"),
            id="merged-commitment-4",
        ),
        pytest.param(
            "Implementación del MCC - incidencia 6",
            (
                *("recomendación 5", "recomendación 6", "recomendación 7"),
                *("compromiso 15", "compromiso 16", "compromiso 17"),
                *("compromiso 18", "compromiso 19"),
            ),
            id="labels-a-row-too-low",
        ),
        pytest.param(
            '"Plan de Proceso de Certificación de Madres Cuidadoras',
            ("compromiso 8", "medio 8.1"),
            id="discrepancy",
        ),
    ],
)
def test_a_settled_reading_links_to_what_it_touches(
    act: Act, printed: str, touches: tuple[str, ...]
) -> None:
    words = {"medio": Level.MEANS, "compromiso": Level.COMMITMENT}

    [reading] = [each for each in act.readings if printed in each.printed]

    assert reading.touches == tuple(
        Ref(words.get(word, Level.RECOMMENDATION), number)
        for word, number in (name.split() for name in touches)
    )


def test_every_broken_off_text_has_its_reading(act: Act) -> None:
    cut = {ref for ref, text in texts_by_ref(act).items() if text.is_cut}
    cut.add(Ref(Level.MEANS, "12.1"))

    said = {ref for each in act.readings if "El escaneo l" in each.reason for ref in each.touches}

    assert said == cut


def test_a_note_is_a_reading_of_the_means_or_of_its_commitment(act: Act) -> None:
    means = means_by_code(act)

    assert means["3.1"].notes == (
        "El medio 3.1 tiene dos responsables: UTAI y CGC (Coordinación de Gestión Comunitaria).",
        "Los compromisos 3, 4 y 5 son de la recomendación 2.",
    )
    assert means["14.1"].notes == (
        "Los compromisos 13 y 14 son de la recomendación 4.",
        "El texto del compromiso 14 está incompleto: queda hasta donde llega.",
        "El texto del medio 14.1 está incompleto: queda hasta donde llega.",
    )
    assert means["6.1"].notes == ()


# The data in the scan


def test_every_text_of_the_data_is_in_the_scan(act: Act, scan: str) -> None:
    record, printed = act.record, fold_space(scan)
    unprinted_title = "Suscripción de los Compromisos de Mejora del Programa Nacional Cuna Más"
    texts = [text.text for text in texts_by_ref(act).values()]
    for _, _, means in every_means(act):
        texts += [means.code, means.due_text, means.responsible_text]
        texts += [] if means.specification is None else [means.specification.text]
    for reading in act.readings:
        texts += reading.printed
    for person in record.signatories:
        texts += [person.name, person.office, f"{person.signed_at:%d.%m.%Y %H:%M:%S} -05:00"]
        texts += [f"{person.approved_at:%d.%m.%Y %H:%M:%S} -05:00"]
    texts += [*record.parties, *record.parties.values(), *record.agreements]
    texts += [record.number, record.title, record.programme, record.place, record.evaluation]
    texts += [record.directive.removesuffix(f", {act.clause}"), act.clause]
    texts += [record.contact, record.compliance, " / ".join(record.follow_up)]
    texts += [text for area in record.areas for text in (area.name, area.group)]
    texts += [unit.code for unit in act.units]

    assert [text for text in texts if text not in printed] == [
        unprinted_title,  # printed in capitals; a reading says so
        "Incidencia",  # printed «incidencia»; a reading says so
    ]


def test_what_differs_from_the_scan_has_a_reading(act: Act, scan: str) -> None:
    printed = [text for reading in act.readings for text in reading.printed]

    assert act.record.title.upper() in printed
    assert any("incidencia" in text for text in printed)
    assert any("Sr. Enrique Velásquez Hurtado" in text for text in printed)


# The scan in the data


def expected_cells(act: Act) -> Iterator[list[str]]:
    """The rows as the data has them, with area labels and stray cells as the scan has them."""
    seen: set[Ref] = set()
    for recommendation, commitment, means in every_means(act):
        cells = [PRINTED_AREAS[means.code]] if means.code in PRINTED_AREAS else []
        cells += STRAY_CELLS.get(means.code, [])
        for ref, text in (
            (Ref(Level.RECOMMENDATION, recommendation.number), recommendation.text),
            (Ref(Level.COMMITMENT, commitment.number), commitment.text),
        ):
            if ref not in seen:
                cells += [ref.number, text.text]
                seen.add(ref)
        cells += [means.code, means.text.text, means.due_text, means.responsible_text]
        cells += [] if means.specification is None else [means.specification.text]
        yield cells


def test_every_cell_of_the_scan_is_in_the_data(act: Act, scan: str) -> None:
    rows = [line.split("\t") for line in scan.splitlines() if "\t" in line]
    cells = [[fold_space(cell) for cell in row if cell.strip()] for row in rows]

    headings = [row for row in cells if row[0] == "Área"]
    body = [row for row in cells if row[0] != "Área"]

    assert headings == [heading.split("|") for heading in HEADINGS]
    assert body == list(expected_cells(act))


def expected_blocks(act: Act) -> list[str]:
    """What the act says outside the tables, written from the data; the rest is the paper's own."""
    record = act.record
    dgse, ogppm, pncm = record.signatories
    parties = record.parties
    evaluation = record.evaluation
    directive = record.directive.removesuffix(f", {act.clause}")

    def signature(holder: str, signed_at: datetime | None, motive: str) -> str:
        return (
            f"Firmado digitalmente por {holder} Motivo: {motive} "
            f"Fecha: {signed_at:%d.%m.%Y %H:%M:%S} -05:00"
        )

    # The holder and number of a certificate are the signing program's; the numbers even differ.
    author, approval = "Soy el autor del documento", "Doy Vº Bº"
    midis_logo = "MIDIS MINISTERIO DE DESARROLLO E INCLUSIÓN SOCIAL"
    return [
        f"ACTA N° {record.number}-COMPROMISOS DE MEJORA",
        record.title.upper(),
        f"En {record.place}, siendo las {record.met_from:%H:%M} horas del día {record.met_on.day} "
        f"de abril de {record.met_on.year}, se reunieron los equipos técnicos del "
        f"{parties['PNCM']} (PNCM), de la {parties['DGSE']} (DGSE) y de la {parties['OGPPM']} "
        f"(OGPPM) del {parties['MIDIS']} (MIDIS).",
        f"El PNCM estuvo representado por la Sra. {pncm.name}, {pncm.office}, la OGPPM por el Sr. "
        f"{ogppm.name}, {ogppm.office}, mientras que la DGSE estuvo representada por el Sr. "
        f"{dgse.name.removeprefix('José ')}, {dgse.office}¹.",  # a reading says so
        f"En cumplimiento del {act.clause} de la {directive}, con relación a la {evaluation} y, "
        "considerando las recomendaciones que en ella se plantearon, así como los compromisos, "
        "medios de verificación, plazos de cumplimiento y responsables definidos de forma "
        "coordinada entre los referidos órganos, se acordó lo siguiente:",
        f"1. {record.agreements[0]} 2. {record.agreements[1]}",
        f"Una vez culminada la reunión, siendo las {record.met_until:%H:%M} horas, se procedió a "
        "firmar la presente acta en señal de conformidad.",
        midis_logo,
        signature("VELASQUEZ HURTADO Jose Enrique FAU 20545565359 hard", dgse.signed_at, author),
        f"..... {dgse.name} {dgse.office}",
        midis_logo,
        signature("ZAPATA GALLO Jorge Alberto FAU 20545565359 hard", ogppm.signed_at, author),
        f"..... {ogppm.name} {ogppm.office}",
        "Programa Nacional **CUNA MAS**",  # logo
        signature("SEVILLA CARNERO Carmen Lourdes FAU 20546537782 soft", pncm.signed_at, author),
        f"..... {pncm.name} {pncm.office}",
        "¹ Asimismo, se incluye en el Anexo 02 la lista de los equipos técnicos que fueron parte "
        "del proceso de elaboración de la presente MCM del PNCM.",  # annex 02 is not in the scan
        "MATRIZ DE COMPROMISO DE MEJORA",  # heading of annex 01
        record.programme.upper(),
        "Tipoy fecha de Evaluación:",  # label, as the scan spells it
        evaluation.replace("Modelo de Cogestión Comunitaria", "modelo de cogestión comunitaria"),
        f"Persona de Contacto de la UE Coordinador {record.contact}",
        "Responsable(s) del Cumplimiento de Compromisos:",  # label
        record.compliance,
        f"Responsable de seguimiento: {' / '.join(record.follow_up)}",
        signature(
            "SEVILLA CARNERO Carmen Lourdes FAU 205446537782 soft", pncm.approved_at, approval
        ),
        signature("ZAPATA GALLO Jorge Alberto FAU 205445565359 hard", ogppm.approved_at, approval),
        signature(
            "VELASQUEZ HURTADO Jose Enrique FAU 205445565359 hard", dgse.approved_at, approval
        ),
    ]


def test_every_line_outside_the_tables_is_in_the_data(act: Act, scan: str) -> None:
    lines = ["" if "\t" in line else line for line in scan.splitlines()]

    assert blocks_of("\n".join(lines)) == expected_blocks(act)


# Units and words


def test_each_unit_of_the_matrix_is_described_once(act: Act) -> None:
    used = {unit for _, _, means in every_means(act) for unit in means.units}

    assert sorted(unit.code for unit in act.units) == sorted(used)


def test_a_unit_that_nothing_spells_out_has_no_name(act: Act) -> None:
    assert {unit.code: unit.name for unit in act.units} == {
        "UTAI": "Unidad Técnica de Atención Integral",
        "CGC": "Coordinación de Gestión Comunitaria",
        "UOAI": None,
        "UT": "Unidad Territorial",
        "UC": None,
        "UPPM": "Unidad de Planeamiento, Presupuesto y Modernización",
        "UTI": None,
    }


def test_uti_can_be_asked_for_by_its_common_name(act: Act) -> None:
    [uti] = [unit for unit in act.units if unit.code == "UTI"]

    assert "unidad de tecnologías de la información" in uti.aliases


def test_unit_and_term_of_one_acronym_say_the_same(act: Act) -> None:
    terms = {term.term: (term.expansion, term.source) for term in act.terms}

    assert {unit.code: (unit.name, unit.source) for unit in act.units} == {
        unit.code: terms[unit.code] for unit in act.units
    }


def test_every_acronym_of_the_scan_is_a_term(act: Act, scan: str) -> None:
    text = " ".join(block for block in blocks_of(scan) if is_prose(block))
    printed = set(re.findall(r"\b[A-Z]{2,}\b", text))
    known = {name for term in act.terms for name in (term.term, *term.aliases)}

    assert printed - known == NO_TERMS
    assert {term.term for term in act.terms if term.term.isupper()} <= printed


def test_a_meaning_taken_from_the_act_is_printed_there(act: Act, scan: str) -> None:
    printed = fold_space(scan)

    unprinted = [
        term.term
        for term in act.terms
        if term.term.isupper()
        and (term.source or "").startswith("el acta")
        and term.expansion is not None
        and term.expansion not in printed
    ]

    assert unprinted == ["CV", "CG"]  # printed in the plural
    assert "consejos de vigilancia" in printed
    assert "Comités de Gestión" in printed


def test_a_concept_is_explained_from_the_act_alone(act: Act) -> None:
    concepts = {term.term: term for term in act.terms if not term.term.isupper()}

    assert set(concepts) == {
        "medio de verificación",
        "compromiso de mejora",
        "recomendación",
        "matriz de compromisos de mejora",
    }
    for term in concepts.values():
        assert term.expansion is not None
        assert (term.source or "").startswith("el acta")
