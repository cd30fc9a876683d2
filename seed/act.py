"""A signed act as data: what it says, and how it is read from its file."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from seed.act_checks import problems, read_ref
from seed.act_file import (
    ActFile,
    ActFileError,
    CommitmentTable,
    MeansTable,
    RecommendationTable,
    parse,
)
from storage.records import (
    ActContents,
    ActRecord,
    AreaRecord,
    CommitmentContents,
    CutText,
    Level,
    MeansContents,
    RecommendationContents,
    Ref,
    Signatory,
    TermRecord,
    UnitRecord,
)

__all__ = [
    "Act",
    "ActFileError",
    "Reading",
    "bundled_acts",
    "read_act",
]

ACTS = Path(__file__).parent / "acts"


@dataclass(frozen=True, slots=True)
class Reading:
    """How something in the scan was read; `touches` nothing where it is about the whole act."""

    subject: str
    printed: tuple[str, ...]
    reading: str
    reason: str
    touches: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Act(ActContents):
    """A signed act as its file has it; `digest` is the SHA-256 of that file."""

    clause: str  # of the directive, by which the act was signed
    readings: tuple[Reading, ...]


def bundled_acts() -> tuple[Path, ...]:
    """The act files that come with the program, by name."""
    return tuple(sorted(ACTS.glob("*.toml")))


def read_act(path: Path) -> Act:
    """Read an act file.

    Raises:
        ActFileError: the first thing wrong in the file, with its place («medio 12.1»).
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ActFileError(path, "archivo", "no se puede leer") from error
    file = parse(path, content)
    for place, what in problems(file):
        raise ActFileError(path, place, what)
    readings = readings_of(file)
    areas = {number: area.key for area in file.areas for number in area.recommendations}
    return Act(
        record=record_of(file),
        clause=file.act.clause,
        units=tuple(
            UnitRecord(unit.initials, unit.name, unit.source, tuple(unit.aliases))
            for unit in file.units
        ),
        terms=tuple(
            TermRecord(term.term, term.expansion, term.source, term.note, tuple(term.aliases))
            for term in file.terms
        ),
        recommendations=tuple(
            recommendation_of(each, areas[each.number], readings) for each in file.recommendations
        ),
        readings=readings,
        digest=sha256(content).hexdigest(),
    )


def record_of(file: ActFile) -> ActRecord:
    """The act without its matrix; the clause stands beside the directive it belongs to."""
    act = file.act
    return ActRecord(
        number=act.number,
        title=act.title,
        programme=act.programme,
        met_on=act.met_on,
        met_from=act.met_from,
        met_until=act.met_until,
        place=act.place,
        parties={party.initials: party.name for party in file.parties},
        signatories=tuple(
            Signatory(each.name, each.office, each.party, each.signed_at, each.approved_at)
            for each in file.signatories
        ),
        directive=f"{act.directive}, {act.clause}",
        evaluation=act.evaluation,
        contact=act.contact,
        compliance=act.compliance,
        follow_up=tuple(act.follow_up),
        agreements=tuple(act.agreements),
        areas=tuple(
            AreaRecord(
                area.key,
                area.name,
                area.group,
                tuple(area.aliases),
                tuple(area.recommendations),
            )
            for area in file.areas
        ),
    )


def readings_of(file: ActFile) -> tuple[Reading, ...]:
    """The settled readings, in the order of the file."""
    return tuple(
        Reading(
            subject=each.subject,
            printed=tuple(each.printed),
            reading=each.reading,
            reason=each.reason,
            touches=tuple(ref for name in each.touches if (ref := read_ref(name)) is not None),
        )
        for each in file.readings
    )


def recommendation_of(
    table: RecommendationTable, area: str, readings: tuple[Reading, ...]
) -> RecommendationContents:
    """A recommendation with everything below it."""
    commitments = tuple(commitment_of(each, readings) for each in table.commitments)
    return RecommendationContents(
        table.number, CutText(table.text, table.is_cut), area, commitments
    )


def commitment_of(table: CommitmentTable, readings: tuple[Reading, ...]) -> CommitmentContents:
    """A commitment with its means."""
    above = Ref(Level.COMMITMENT, table.number)
    means = tuple(means_of(each, above, readings) for each in table.means)
    return CommitmentContents(table.number, CutText(table.text, table.is_cut), means)


def means_of(table: MeansTable, above: Ref, readings: tuple[Reading, ...]) -> MeansContents:
    """A means; its notes are the readings that touch it or its commitment."""
    refs = {above, Ref(Level.MEANS, table.code)}
    notes = [each.reading for each in readings if not refs.isdisjoint(each.touches)]
    if table.due_on_reason is not None:
        notes.append(table.due_on_reason)
    specification = table.specification
    return MeansContents(
        code=table.code,
        text=CutText(table.text, table.is_cut),
        due_text=table.due_text,
        due_on=table.due_on,
        responsible_text=table.responsible_text,
        units=tuple(table.units),
        specification=(
            None if specification is None else CutText(specification, table.is_specification_cut)
        ),
        notes=tuple(notes),
    )
