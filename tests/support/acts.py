"""Small acts to load; a test names only what it is about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from storage.records import (
    ActContents,
    ActRecord,
    AreaRecord,
    CommitmentContents,
    CutText,
    MeansContents,
    RecommendationContents,
    Signatory,
    TermRecord,
    UnitRecord,
)

DUE = date(2021, 6, 30)


@dataclass(frozen=True)
class GivenMeans:
    """A means and where it stands; its commitment is the part of the code before the point."""

    code: str
    text: str = "Informe"
    due_on: date = DUE
    units: tuple[str, ...] = ("UTAI",)
    specification: str | None = None
    is_cut: bool = False
    specification_is_cut: bool = False
    notes: tuple[str, ...] = ()
    commitment_text: str = "Compromiso"
    recommendation: str = "1"
    recommendation_text: str = "Recomendación"
    area: str = "base"

    @property
    def commitment(self) -> str:
        """The number of its commitment."""
        return self.code.partition(".")[0]


def act(
    *given: GivenMeans,
    number: str = "002-2021",
    digest: str = "first",
    units: Iterable[UnitRecord] = (),
    terms: Iterable[TermRecord] = (),
) -> ActContents:
    """An act of these means, in this order."""
    by_recommendation: dict[str, dict[str, list[GivenMeans]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in given:
        by_recommendation[one.recommendation][one.commitment].append(one)
    return ActContents(
        record=record(given, number),
        units=tuple(units),
        terms=tuple(terms),
        recommendations=tuple(
            recommendation(printed, commitments)
            for printed, commitments in by_recommendation.items()
        ),
        digest=digest,
    )


def recommendation(
    number: str, commitments: dict[str, list[GivenMeans]]
) -> RecommendationContents:
    """A recommendation with its commitments and means."""
    first = next(iter(commitments.values()))[0]
    return RecommendationContents(
        number=number,
        text=CutText(first.recommendation_text),
        area=first.area,
        commitments=tuple(
            CommitmentContents(
                number=printed,
                text=CutText(owned[0].commitment_text),
                means=tuple(means(one) for one in owned),
            )
            for printed, owned in commitments.items()
        ),
    )


def means(given: GivenMeans) -> MeansContents:
    """A means as the act prints it."""
    specification = None
    if given.specification is not None:
        specification = CutText(given.specification, given.specification_is_cut)
    return MeansContents(
        code=given.code,
        text=CutText(given.text, given.is_cut),
        due_text=f"{given.due_on:%m-%y}",
        due_on=given.due_on,
        responsible_text="/".join(given.units),
        units=given.units,
        specification=specification,
        notes=given.notes,
    )


def record(given: Iterable[GivenMeans], number: str) -> ActRecord:
    """The act itself, with the areas that its means name."""
    numbers: dict[str, dict[str, None]] = defaultdict(dict)
    for one in given:
        numbers[one.area][one.recommendation] = None
    return ActRecord(
        number=number,
        title=f"Acta N° {number}",
        programme="Programa Nacional Cuna Más",
        met_on=date(2021, 4, 28),
        met_from=time(15, 0),
        met_until=time(16, 0),
        place="Lima",
        parties={"PNCM": "Programa Nacional Cuna Más", "DGSE": "Dirección General"},
        signatories=(
            Signatory(
                name="Ana Flores",
                office="Directora",
                party="PNCM",
                signed_at=datetime(2021, 5, 4, 21, 13, 11, tzinfo=UTC),
                approved_at=None,
            ),
            Signatory(
                name="José Ñahui",
                office="Jefe",
                party="DGSE",
                signed_at=datetime(2021, 5, 12, 21, 21, 9, tzinfo=UTC),
                approved_at=datetime(2021, 5, 12, 21, 22, tzinfo=UTC),
            ),
        ),
        directive="Directiva N° 007-2012-MIDIS",
        evaluation="Evaluación de diseño",
        contact="Punto de contacto",
        compliance="Directora Ejecutiva",
        follow_up=("DGSE", "OGPPM"),
        agreements=("Suscribir", "Designar"),
        areas=tuple(
            AreaRecord(
                key=key,
                name=key.capitalize(),
                group="Diseño",
                aliases=(f"area {key}",),
                recommendations=tuple(numbers[key]),
            )
            for key in numbers
        ),
    )
