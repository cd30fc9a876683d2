"""A mistake in an act file is told with its file, its place and what it is."""

from pathlib import Path

import pytest

from seed.act import ActFileError, bundled_acts, read_act

UTI = '[[unidades]]\nsigla = "UTI"\n'
SEEN = "visto_bueno = 2021-05-12T16:19:00-05:00"
MEANS_1_1 = 'codigo = "1.1"'


def saved(folder: Path, *changes: tuple[str, str]) -> Path:
    """The bundled act with the first occurrence of each text changed."""
    [bundled] = bundled_acts()
    text = bundled.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "acta.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistake(path: Path) -> str:
    with pytest.raises(ActFileError) as caught:
        read_act(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            'lugar = "Lima"',
            'lugar = "Lima"\nciudad = "Lima"',
            "acta: «ciudad»: no se conoce esta clave",
            id="unknown-key",
        ),
        pytest.param('lugar = "Lima"\n', "", "acta: «lugar»: falta", id="missing-key"),
        pytest.param('lugar = "Lima"', 'lugar = " "', "acta: «lugar»: está vacío", id="empty"),
        pytest.param(
            'lugar = "Lima"',
            "lugar = 3",
            "acta: «lugar»: debe ser un texto entre comillas",
            id="no-text",
        ),
        pytest.param(
            "fecha = 2021-04-28",
            'fecha = "28/04/2021"',
            "acta: «fecha»: debe ser una fecha, como 2021-05-31",
            id="date-as-text",
        ),
        pytest.param(
            "fecha = 2021-04-28",
            "fecha = 2021-04-28T00:00:00",
            "acta: «fecha»: debe ser una fecha, como 2021-05-31",
            id="date-with-time",
        ),
        pytest.param(
            "\ndesde = 15:00:00",
            "\ndesde = 15",
            "acta: «desde»: debe ser una hora, como 15:00:00",
            id="no-time",
        ),
        pytest.param(
            "hasta = 16:00:00",
            "hasta = 14:00:00",
            "acta: «hasta» es antes que «desde»",
            id="ends-before-it-begins",
        ),
        pytest.param(
            'seguimiento = ["DGSE", "OGPPM"]',
            'seguimiento = ["DGSE", "OGP"]',
            "acta: «seguimiento»: OGP no está en [[partes]]",
            id="unknown-follow-up",
        ),
        pytest.param(
            'seguimiento = ["DGSE", "OGPPM"]',
            'seguimiento = "DGSE"',
            "acta: «seguimiento»: debe ser una lista entre corchetes",
            id="no-list",
        ),
        pytest.param(
            'parte = "DGSE"',
            'parte = "DGS"',
            "firmante José Enrique Velásquez Hurtado: «parte»: DGS no está en [[partes]]",
            id="unknown-party",
        ),
        pytest.param(
            SEEN,
            "visto_bueno = 2021-05-12T16:19:00",
            "firmante José Enrique Velásquez Hurtado: «visto_bueno»: le falta la zona horaria,"
            " como -05:00",
            id="no-zone",
        ),
        pytest.param(
            'sigla = "CGC"', 'sigla = "UTAI"', "unidad UTAI: aparece dos veces", id="unit-twice"
        ),
        pytest.param(
            UTI,
            UTI + 'nombre = "Unidad de Tecnologías"\n',
            "unidad UTI: «fuente»: falta",
            id="name-without-source",
        ),
        pytest.param(
            UTI,
            UTI + 'fuente = "gob.pe"\n',
            "unidad UTI: «fuente»: sobra, porque la sigla no está desarrollada",
            id="source-without-name",
        ),
        pytest.param(
            'otros_nombres = ["unidad territorial"',
            'otros_nombres = ["Unidad tecnica de atencion integral"',
            "unidad UT: «Unidad tecnica de atencion integral» ya es otro nombre de UTAI",
            id="alias-of-two-units",
        ),
        pytest.param(
            'recomendaciones = ["6", "7"]',
            'recomendaciones = ["6"]',
            "recomendación 7: no está en ninguna de las [[areas]]",
            id="recommendation-without-area",
        ),
        pytest.param(
            'recomendaciones = ["6", "7"]',
            'recomendaciones = ["5", "6", "7"]',
            "área monitoreo: la recomendación 5 ya está en el área incidencia",
            id="recommendation-in-two-areas",
        ),
        pytest.param(
            'recomendaciones = ["6", "7"]',
            'recomendaciones = ["6", "7", "8"]',
            "área monitoreo: la recomendación 8 no existe",
            id="area-of-no-recommendation",
        ),
        pytest.param(
            'clave = "capacitacion"',
            'clave = "Capacitación"',
            "área Capacitación: «clave»: no tiene la forma esperada",
            id="key-with-accent",
        ),
        pytest.param(
            'toca = ["medio 3.1"]',
            'toca = ["medio 3.9"]',
            "lectura responsables del medio 3.1: «toca»: no existe «medio 3.9»",
            id="reading-of-nothing",
        ),
        pytest.param(
            'toca = ["medio 3.1"]',
            'toca = ["3.1"]',
            "lectura responsables del medio 3.1: «toca»: no existe «3.1»",
            id="reading-without-level",
        ),
        pytest.param(
            'codigo = "4.2"', 'codigo = "4.1"', "medio 4.1: aparece dos veces", id="means-twice"
        ),
        pytest.param(
            'compromisos]]\nnumero = "5"',
            'compromisos]]\nnumero = "4"',
            "compromiso 4: aparece dos veces",
            id="commitment-twice",
        ),
        pytest.param(
            'recomendaciones]]\nnumero = "5"',
            'recomendaciones]]\nnumero = "4"',
            "recomendación 4: aparece dos veces",
            id="recommendation-twice",
        ),
        pytest.param(
            'codigo = "11.1"',
            'codigo = "21.1"',
            "medio 21.1: está bajo el compromiso 11",
            id="means-of-another-commitment",
        ),
        pytest.param(
            MEANS_1_1,
            'codigo = "1,1"',
            "medio 1,1: «codigo»: no tiene la forma esperada",
            id="code-with-comma",
        ),
        pytest.param(
            MEANS_1_1 + "\n",
            "",
            "compromiso 1, medio n.º 1: «codigo»: falta",
            id="means-without-code",
        ),
        pytest.param(
            "\nprecisiones_incompletas = true",
            '\nprecisiones_incompletas = "si"',
            "medio 12.1: «precisiones_incompletas»: debe ser true o false",
            id="no-truth",
        ),
        pytest.param(
            'vence = "Nov-21"',
            'vense = "Nov-21"',
            "medio 3.1: «vence»: falta",
            id="misspelt-key",
        ),
        pytest.param(
            "fecha = 2021-11-30",
            "fecha = 2021-11-29",
            "medio 3.1: «fecha»: 2021-11-29 no es el último día de «Nov-21» (2021-11-30);"
            " si se acordó otra fecha, diga por qué en «motivo_fecha»",
            id="due-day-of-another-month",
        ),
        pytest.param(
            'vence = "Nov-21"',
            'vence = "noviembre"',
            "medio 3.1: «vence»: «noviembre» no es un mes, como «Set-21»",
            id="no-month",
        ),
        pytest.param(
            'unidades = ["UTAI", "CGC"]',
            'unidades = ["UTAI", "CGG"]',
            "medio 3.1: «unidades»: CGG no está en [[unidades]]",
            id="unknown-unit",
        ),
        pytest.param(
            'unidades = ["UTAI", "CGC"]',
            'unidades = ["UTAI", "UTAI"]',
            "medio 3.1: «unidades»: UTAI aparece dos veces",
            id="unit-named-twice",
        ),
        pytest.param(
            'unidades = ["UTAI", "CGC"]',
            "unidades = []",
            "medio 3.1: «unidades»: está vacío",
            id="no-unit",
        ),
        pytest.param(
            'responsable = "UPPM"',
            'responsable = "UPPM"\nprecisiones_incompletas = true',
            "medio 17.1: «precisiones_incompletas»: no hay precisiones",
            id="nothing-to-cut",
        ),
    ],
)
def test_a_mistake_is_told_with_file_and_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert mistake(saved(tmp_path, (old, new))) == f"acta.toml: {told}"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param(
            'lugar = "Lima"',
            'lugar = "Lima',
            "no se entiende; revise comillas, corchetes y el signo «=»",
            id="open-quote",
        ),
        pytest.param(
            "fecha = 2021-04-28",
            "fecha = 2021-04-31",
            "esa fecha u hora no existe",
            id="no-such-day",
        ),
        pytest.param(
            'lugar = "Lima"',
            'lugar = "Lima"\nlugar = "Lima"',
            "hay una clave o tabla repetida",
            id="key-twice",
        ),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    path = saved(tmp_path, (old, new))
    line = 1 + path.read_text(encoding="utf-8").partition(new)[0].count("\n")

    assert mistake(path) == f"acta.toml: línea {line + new.count(chr(10))}: {what}"


def test_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "acta.toml"
    path.write_bytes('[acta]\ntitulo = "Evaluación"\n'.encode("latin-1"))

    assert mistake(path) == "acta.toml: línea 2: el archivo no está en UTF-8"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert mistake(tmp_path / "acta.toml") == "acta.toml: archivo: no se puede leer"


def test_a_part_that_is_missing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "acta.toml"
    path.write_text("", encoding="utf-8")

    assert mistake(path) == "acta.toml: archivo: «acta»: falta"


def test_the_error_carries_file_place_and_what(tmp_path: Path) -> None:
    path = saved(tmp_path, ('lugar = "Lima"\n', ""))

    with pytest.raises(ActFileError) as caught:
        read_act(path)

    error = caught.value
    assert (error.path, error.place, error.what) == (path, "acta", "«lugar»: falta")


def test_another_due_day_is_taken_with_its_reason(tmp_path: Path) -> None:
    agreed = 'fecha = 2021-12-15\nmotivo_fecha = "Se acordó por oficio."'

    act = read_act(saved(tmp_path, ("fecha = 2021-11-30", agreed)))

    means = act.recommendations[1].commitments[1].means[0]
    assert (means.code, means.due_text, means.due_on.isoformat()) == (
        "3.1",
        "Nov-21",
        "2021-12-15",
    )
    assert means.notes[-1] == "Se acordó por oficio."


def test_an_act_of_another_programme_needs_only_its_file(tmp_path: Path) -> None:
    path = tmp_path / "acta-010-2022.toml"
    path.write_text(
        """
[acta]
numero = "010-2022"
titulo = "Compromisos de otro programa"
programa = "Otro Programa"
fecha = 2022-02-01
desde = 09:00:00
hasta = 10:00:00
lugar = "Cusco"
directiva = "Directiva"
inciso = "inciso 1"
evaluacion = "Evaluación"
contacto = "Ana"
cumplimiento = "Otro Programa"
seguimiento = ["DGSE"]
acuerdos = ["Suscribir."]

[[partes]]
sigla = "DGSE"
nombre = "Dirección General de Seguimiento y Evaluación"

[[firmantes]]
nombre = "Ana"
cargo = "Directora"
parte = "DGSE"
firma = 2022-02-02T09:00:00-05:00

[[unidades]]
sigla = "UA"

[[areas]]
clave = "todo"
nombre = "Todo"
grupo = "Todo"
recomendaciones = ["1"]

[[recomendaciones]]
numero = "1"
texto = "Mejorar."

[[recomendaciones.compromisos]]
numero = "1"
texto = "Mejorar."

[[recomendaciones.compromisos.medios]]
codigo = "1.1"
texto = '''
Informe
   final'''
vence = "Feb-24"
fecha = 2024-02-29
responsable = "UA"
unidades = ["UA"]
""",
        encoding="utf-8",
    )

    act = read_act(path)

    [means] = act.recommendations[0].commitments[0].means
    assert (act.record.programme, act.terms, act.readings) == ("Otro Programa", (), ())
    assert act.record.signatories[0].approved_at is None
    assert (means.text.text, means.due_on.isoformat()) == ("Informe final", "2024-02-29")
