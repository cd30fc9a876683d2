"""What the tables of an act file must agree on among themselves."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeAlias

from seed.act_file import ActFile, AreaTable, CommitmentTable, MeansTable, TermTable, UnitTable
from storage.records import Level, Ref
from storage.text import fold

MONTHS = {
    "ene": 1,
    "feb": 2,
    "mar": 3,
    "abr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "ago": 8,
    "set": 9,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dic": 12,
}
DUE_TEXT = re.compile(r"([a-z]{3})-(\d{2})")
LEVELS = {
    "medio": Level.MEANS,
    "compromiso": Level.COMMITMENT,
    "recomendación": Level.RECOMMENDATION,
}

Problem: TypeAlias = tuple[str, str]  # place and what, both as the error says them


def problems(file: ActFile) -> Iterator[Problem]:
    """Everything in which `file` contradicts itself, a cause before what follows from it."""
    yield from act_problems(file)
    yield from name_problems("unidad", [(unit.initials, unit) for unit in file.units])
    yield from matrix_problems(file)
    yield from name_problems("área", [(area.key, area) for area in file.areas])
    yield from area_problems(file)
    yield from name_problems("término", [(term.term, term) for term in file.terms])
    yield from reading_problems(file)


def act_problems(file: ActFile) -> Iterator[Problem]:
    """The meeting, the parties and those who signed for them."""
    parties = [party.initials for party in file.parties]
    if file.act.met_until < file.act.met_from:
        yield "acta", "«hasta» es antes que «desde»"
    for name in file.act.follow_up:
        if name not in parties:
            yield "acta", f"«seguimiento»: {name} no está en [[partes]]"
    yield from repeated("parte", parties)
    yield from repeated("firmante", [person.name for person in file.signatories])
    for person in file.signatories:
        if person.party not in parties:
            yield f"firmante {person.name}", f"«parte»: {person.party} no está en [[partes]]"


def name_problems(
    word: str, entries: Iterable[tuple[str, UnitTable | AreaTable | TermTable]]
) -> Iterator[Problem]:
    """Names that stand for two entries, and meanings without a source."""
    owners: dict[str, str] = {}
    for name, entry in entries:
        place = f"{word} {name}"
        if fold(name) in owners:
            yield place, "aparece dos veces"
        for alias in (name, *entry.aliases):
            if owners.setdefault(fold(alias), name) != name:
                yield place, f"«{alias}» ya es otro nombre de {owners[fold(alias)]}"
        if isinstance(entry, AreaTable):
            continue
        meaning = entry.name if isinstance(entry, UnitTable) else entry.expansion
        if meaning is not None and entry.source is None:
            yield place, "«fuente»: falta"
        if meaning is None and entry.source is not None:
            yield place, "«fuente»: sobra, porque la sigla no está desarrollada"


def area_problems(file: ActFile) -> Iterator[Problem]:
    """Each recommendation stands in one area, and each area names recommendations there are."""
    wanted = [recommendation.number for recommendation in file.recommendations]
    placed: dict[str, str] = {}
    for area in file.areas:
        for number in area.recommendations:
            if number not in wanted:
                yield f"área {area.key}", f"la recomendación {number} no existe"
            if number in placed:
                yield (
                    f"área {area.key}",
                    f"la recomendación {number} ya está en el área {placed[number]}",
                )
            placed[number] = area.key
    for number in wanted:
        if number not in placed:
            yield f"recomendación {number}", "no está en ninguna de las [[areas]]"


def reading_problems(file: ActFile) -> Iterator[Problem]:
    """What a reading touches is in the matrix."""
    there_is = refs(file)
    for reading in file.readings:
        for touched in reading.touches:
            if read_ref(touched) not in there_is:
                yield f"lectura {reading.subject}", f"«toca»: no existe «{touched}»"


def matrix_problems(file: ActFile) -> Iterator[Problem]:
    """Numbers that occur twice, and what is wrong within a commitment or a means."""
    commitments = [each for above in file.recommendations for each in above.commitments]
    means = [each for above in commitments for each in above.means]
    yield from repeated("recomendación", [each.number for each in file.recommendations])
    yield from repeated("compromiso", [each.number for each in commitments])
    yield from repeated("medio", [each.code for each in means])
    for commitment in commitments:
        yield from code_problems(commitment)
    units = {unit.initials for unit in file.units}
    for each in means:
        for what in means_problems(each, units):
            yield f"medio {each.code}", what


def code_problems(commitment: CommitmentTable) -> Iterator[Problem]:
    """The code of a means begins with the number of its commitment."""
    for means in commitment.means:
        if means.code.partition(".")[0] != commitment.number:
            yield f"medio {means.code}", f"está bajo el compromiso {commitment.number}"


def means_problems(means: MeansTable, units: set[str]) -> Iterator[str]:
    """What is wrong within one means."""
    for unit in means.units:
        if unit not in units:
            yield f"«unidades»: {unit} no está en [[unidades]]"
        if means.units.count(unit) > 1:
            yield f"«unidades»: {unit} aparece dos veces"
    if means.is_specification_cut and means.specification is None:
        yield "«precisiones_incompletas»: no hay precisiones"
    if means.due_on_reason is not None:
        return
    expected = month_end(means.due_text)
    if expected is None:
        yield f"«vence»: «{means.due_text}» no es un mes, como «Set-21»"
    elif means.due_on != expected:
        yield (
            f"«fecha»: {means.due_on} no es el último día de «{means.due_text}» ({expected});"
            " si se acordó otra fecha, diga por qué en «motivo_fecha»"
        )


def month_end(due_text: str) -> date | None:
    """The last day of a printed month, «Set-21» → 2021-09-30; None where it is no month."""
    printed = DUE_TEXT.fullmatch(fold(due_text))
    if printed is None or printed[1] not in MONTHS:
        return None
    year, month = 2000 + int(printed[2]), MONTHS[printed[1]]
    return date(year, month, monthrange(year, month)[1])


def read_ref(touched: str) -> Ref | None:
    """«medio 3.1» → `Ref(Level.MEANS, "3.1")`; None where it is nothing of the matrix."""
    word, _, number = touched.partition(" ")
    return Ref(LEVELS[word], number) if word in LEVELS else None


def refs(file: ActFile) -> set[Ref]:
    """Every recommendation, commitment and means of the file."""
    found: set[Ref] = set()
    for recommendation in file.recommendations:
        found.add(Ref(Level.RECOMMENDATION, recommendation.number))
        for commitment in recommendation.commitments:
            found.add(Ref(Level.COMMITMENT, commitment.number))
            found |= {Ref(Level.MEANS, means.code) for means in commitment.means}
    return found


def repeated(word: str, names: list[str]) -> Iterator[Problem]:
    """Say of each name from its second occurrence on that it is repeated."""
    for index, name in enumerate(names):
        if name in names[:index]:
            yield f"{word} {name}", "aparece dos veces"
