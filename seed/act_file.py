"""The shape of an act file, and how a mistake in one is told to the person who wrote it."""

import tomllib
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

# The name of a field in the code, and its key in the file.
KEYS = {
    "act": "acta",
    "agreements": "acuerdos",
    "aliases": "otros_nombres",
    "approved_at": "visto_bueno",
    "areas": "areas",
    "clause": "inciso",
    "code": "codigo",
    "commitments": "compromisos",
    "compliance": "cumplimiento",
    "contact": "contacto",
    "directive": "directiva",
    "due_on": "fecha",
    "due_on_reason": "motivo_fecha",
    "due_text": "vence",
    "evaluation": "evaluacion",
    "expansion": "significado",
    "follow_up": "seguimiento",
    "group": "grupo",
    "initials": "sigla",
    "is_cut": "incompleto",
    "is_specification_cut": "precisiones_incompletas",
    "key": "clave",
    "means": "medios",
    "met_from": "desde",
    "met_on": "fecha",
    "met_until": "hasta",
    "name": "nombre",
    "note": "nota",
    "number": "numero",
    "office": "cargo",
    "parties": "partes",
    "party": "parte",
    "place": "lugar",
    "printed": "impreso",
    "programme": "programa",
    "reading": "lectura",
    "readings": "lecturas",
    "reason": "motivo",
    "recommendations": "recomendaciones",
    "responsible_text": "responsable",
    "signatories": "firmantes",
    "signed_at": "firma",
    "source": "fuente",
    "specification": "precisiones",
    "subject": "asunto",
    "term": "termino",
    "terms": "terminos",
    "text": "texto",
    "title": "titulo",
    "touches": "toca",
    "units": "unidades",
}

# How one entry of a list is called, and the key that tells it from the others.
ENTRIES = {
    "partes": ("parte", "sigla"),
    "firmantes": ("firmante", "nombre"),
    "unidades": ("unidad", "sigla"),
    "areas": ("área", "clave"),
    "terminos": ("término", "termino"),
    "lecturas": ("lectura", "asunto"),
    "recomendaciones": ("recomendación", "numero"),
    "compromisos": ("compromiso", "numero"),
    "medios": ("medio", "codigo"),
}

# What pydantic finds wrong, in words.
MISTAKES = {
    "bool_type": "debe ser true o false",
    "date_type": "debe ser una fecha, como 2021-05-31",
    "datetime_type": "debe ser fecha y hora, como 2021-05-12T16:21:09-05:00",
    "empty": "está vacío",
    "extra_forbidden": "no se conoce esta clave",
    "list_type": "debe ser una lista entre corchetes",
    "missing": "falta",
    "model_type": "debe tener sus propios renglones «clave = valor»",
    "string_pattern_mismatch": "no tiene la forma esperada",
    "string_type": "debe ser un texto entre comillas",
    "time_type": "debe ser una hora, como 15:00:00",
    "timezone_aware": "le falta la zona horaria, como -05:00",
    "too_short": "está vacío",
}

WHOLE_FILE = "archivo"


class ActFileError(Exception):
    """An act file that cannot be loaded: which file, where in it, and what is wrong."""

    def __init__(self, path: Path, place: str, what: str) -> None:
        super().__init__(path, place, what)
        self.path, self.place, self.what = path, place, what

    def __str__(self) -> str:
        return f"{self.path.name}: {self.place}: {self.what}"


def one_line(text: str) -> str:
    """Fold line breaks and runs of spaces into one space; an empty text is a mistake."""
    if folded := " ".join(text.split()):
        return folded
    raise PydanticCustomError("empty", "empty")


Text = Annotated[str, AfterValidator(one_line)]
Number = Annotated[str, StringConstraints(pattern=r"^\d+$")]
MeansCode = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
AreaKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Initials = Annotated[str, StringConstraints(pattern=r"^[A-ZÑ][A-ZÑ0-9]*$")]
Texts = Annotated[list[Text], Field(min_length=1)]


class Table(BaseModel):
    """A table of the file: Spanish keys, nothing but the known ones, no conversion of types."""

    model_config = ConfigDict(
        alias_generator=KEYS.__getitem__, extra="forbid", strict=True, frozen=True
    )


class ActTable(Table):
    """`[acta]`."""

    number: Text
    title: Text
    programme: Text
    met_on: date
    met_from: time
    met_until: time
    place: Text
    directive: Text
    clause: Text
    evaluation: Text
    contact: Text
    compliance: Text
    follow_up: Texts
    agreements: Texts


class PartyTable(Table):
    """`[[partes]]`."""

    initials: Initials
    name: Text


class SignatoryTable(Table):
    """`[[firmantes]]`."""

    name: Text
    office: Text
    party: Text
    signed_at: AwareDatetime
    approved_at: AwareDatetime | None = None


class UnitTable(Table):
    """`[[unidades]]`."""

    initials: Initials
    name: Text | None = None
    source: Text | None = None
    aliases: list[Text] = []


class AreaTable(Table):
    """`[[areas]]`."""

    key: AreaKey
    name: Text
    group: Text
    aliases: list[Text] = []
    recommendations: Annotated[list[Number], Field(min_length=1)]


class TermTable(Table):
    """`[[terminos]]`."""

    term: Text
    expansion: Text | None = None
    source: Text | None = None
    note: Text | None = None
    aliases: list[Text] = []


class ReadingTable(Table):
    """`[[lecturas]]`."""

    subject: Text
    printed: Texts
    reading: Text
    reason: Text
    touches: list[Text] = []


class MeansTable(Table):
    """`[[recomendaciones.compromisos.medios]]`."""

    code: MeansCode
    text: Text
    is_cut: bool = False
    due_text: Text
    due_on: date
    due_on_reason: Text | None = None
    responsible_text: Text
    units: Texts
    specification: Text | None = None
    is_specification_cut: bool = False


class CommitmentTable(Table):
    """`[[recomendaciones.compromisos]]`."""

    number: Number
    text: Text
    is_cut: bool = False
    means: Annotated[list[MeansTable], Field(min_length=1)]


class RecommendationTable(Table):
    """`[[recomendaciones]]`."""

    number: Number
    text: Text
    is_cut: bool = False
    commitments: Annotated[list[CommitmentTable], Field(min_length=1)]


class ActFile(Table):
    """The whole file."""

    act: ActTable
    parties: Annotated[list[PartyTable], Field(min_length=1)]
    signatories: Annotated[list[SignatoryTable], Field(min_length=1)]
    units: Annotated[list[UnitTable], Field(min_length=1)]
    areas: Annotated[list[AreaTable], Field(min_length=1)]
    terms: list[TermTable] = []
    readings: list[ReadingTable] = []
    recommendations: Annotated[list[RecommendationTable], Field(min_length=1)]


def parse(path: Path, content: bytes) -> ActFile:
    """Read the tables of an act file; whether they agree with each other is not looked at.

    Raises:
        ActFileError: not UTF-8, not TOML, or a key too many, too few or of the wrong kind.
    """
    try:
        data = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ActFileError(path, f"línea {line}", "el archivo no está en UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ActFileError(path, *explain_syntax(str(error))) from error
    try:
        return ActFile.model_validate(data)
    except ValidationError as error:
        raise ActFileError(path, *explain_table(data, error.errors()[0])) from error


def explain_syntax(message: str) -> tuple[str, str]:
    """Place and words for what `tomllib` says: «Invalid value (at line 3, column 5)»."""
    found, _, where = message.partition(" (at ")
    line = where.removeprefix("line ").partition(",")[0]
    place = f"línea {line}" if line.isdigit() else WHOLE_FILE
    if found.startswith("Invalid date"):
        return place, "esa fecha u hora no existe"
    if found.startswith(("Cannot overwrite", "Cannot declare")):
        return place, "hay una clave o tabla repetida"
    return place, "no se entiende; revise comillas, corchetes y el signo «=»"


def explain_table(data: object, mistake: ErrorDetails) -> tuple[str, str]:
    """Place and words for a mistake that pydantic found in `data`."""
    place, key = locate(data, mistake["loc"])
    words = MISTAKES.get(mistake["type"], "no es un valor válido")
    return place, f"«{key}»: {words}" if key else words


def locate(data: object, steps: Sequence[int | str]) -> tuple[str, str]:
    """Name what `steps` lead to: the innermost entry («medio 12.1») and the key within it."""
    place, key, node = WHOLE_FILE, "", data
    for step in steps:
        if isinstance(step, str):
            node = node.get(step) if isinstance(node, dict) else None
            place = step if step == KEYS["act"] and isinstance(node, dict) else place
            key = step
        elif isinstance(node, list):
            node = node[step]
            if isinstance(node, dict) and key in ENTRIES:
                place, key = entry_name(key, step, node, place), ""
    return place, key


def entry_name(heading: str, index: int, entry: dict[str, object], parent: str) -> str:
    """Call an entry by its number, or count it where it has none: «compromiso 3, medio n.º 2»."""
    word, key = ENTRIES[heading]
    if isinstance(name := entry.get(key), str) and name.strip():
        return f"{word} {' '.join(name.split())}"
    counted = f"{word} n.º {index + 1}"
    return counted if parent == WHOLE_FILE else f"{parent}, {counted}"
