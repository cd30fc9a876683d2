"""Large made-up acts: as many means as asked for, always the same ones for a seed."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import accumulate, count, islice
from random import Random

from spellchecker import SpellChecker

from handlers.language.words import entry
from storage.engine import Database
from storage.load import load_act
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

SEED = 2_021
STOCK_WORDS = 24_000
COMMONEST = 300  # words of everyday talk, which no act is written in
FLATNESS = 40  # the higher, the more alike the words' frequencies (Zipf and Mandelbrot)
SHORTEST = 4
MEANS_PER_ACT = 2_500
UNITS_PER_ACT = 60
FIRST_YEAR, YEARS = 2020, 6  # in which means fall due
REAL_UNITS = ("UTAI", "CGC", "UOAI", "UT", "UC", "UPPM", "UTI")
MONTHS = ("Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Set", "Oct", "Nov", "Dic")
JOINERS = ("de", "de la", "del", "para", "con", "y", "en el", "sobre", "a", "por")
OPENINGS = (
    "Informe de", "Documento técnico de", "Directiva de", "Plan de", "Resolución que aprueba",
    "Reporte de", "Oficio a", "Acta de", "Protocolo de", "Cartilla de", "Tablero de", "Taller de",
)  # fmt: skip
PROMISES = ("Elaborar", "Aprobar", "Implementar", "Fortalecer", "Actualizar", "Diseñar", "Validar")
AREAS = (
    ("documento_base", "Documento base"),
    ("equipo_de_trabajo", "Equipo de trabajo"),
    ("actores_comunitarios", "Actores comunitarios"),
    ("capacitacion", "Capacitación"),
    ("incidencia", "Incidencia"),
    ("monitoreo", "Monitoreo"),
    ("infraestructura", "Infraestructura"),
    ("presupuesto", "Presupuesto"),
    ("adquisiciones", "Adquisiciones"),
    ("articulacion", "Articulación territorial"),
)


@dataclass(frozen=True)
class Stock:
    """Words with how often each is to be drawn."""

    words: tuple[str, ...]
    weights: tuple[float, ...]  # cumulated

    def phrase(self, random: Random, fewest: int, most: int) -> str:
        """Some words, held together as in a sentence."""
        drawn = random.choices(
            self.words, cum_weights=self.weights, k=random.randint(fewest, most)
        )
        return " ".join(
            word if place % 2 else f"{random.choice(JOINERS)} {word}"
            for place, word in enumerate(drawn, start=1)
        )


@cache
def stock() -> Stock:
    """The Spanish words that follow the commonest, none that the lexicon knows."""
    counts = sorted(
        SpellChecker(language="es").word_frequency.items(), key=lambda pair: (-pair[1], pair[0])
    )
    words = [
        word
        for word, _ in counts[COMMONEST:]
        if len(word) >= SHORTEST and word.isalpha() and not entry(word).tags
    ][:STOCK_WORDS]
    weights = accumulate(1 / (rank + FLATNESS) for rank in range(1, len(words) + 1))
    return Stock(tuple(words), tuple(weights))


async def load_synthetic(database: Database, means: int, units: int) -> None:
    """Load acts with so many means and units in all, the way any act is loaded."""
    for act in synthetic_acts(means, units):
        async with database.write() as session:
            await load_act(session, act)


def synthetic_acts(means: int, units: int, seed: int = SEED) -> Iterator[ActContents]:
    """Acts with so many means and units in all; the real units' codes are among these."""
    random = Random(seed)
    known = unit_records(random, units)
    for place, first in enumerate(range(0, means, MEANS_PER_ACT)):
        named = random.sample(known, k=min(UNITS_PER_ACT, units))
        yield make_act(random, place, min(MEANS_PER_ACT, means - first), tuple(named))


def unit_records(random: Random, wanted: int) -> tuple[UnitRecord, ...]:
    """Units with unlike codes of two to five letters; most of them are spelt out."""
    codes = dict.fromkeys(REAL_UNITS[:wanted])
    while len(codes) < wanted:
        letters = random.choices("ACDEGIOPRSTU", k=random.randint(2, 4))
        codes["".join(("U", *letters))] = None
    return tuple(
        UnitRecord(code, None if code in REAL_UNITS else unit_name(random), "organigrama")
        for code in codes
    )


def unit_name(random: Random) -> str:
    """What a unit might be called."""
    office = random.choice(("Unidad", "Oficina", "Dirección", "Coordinación"))
    return f"{office} de {stock().phrase(random, 2, 3)}".title()


def make_act(random: Random, place: int, means: int, units: tuple[UnitRecord, ...]) -> ActContents:
    """One act; its numbers begin at 1 again, as in every act."""
    number = f"{place + 101:03}-{FIRST_YEAR + place % YEARS}"
    recommendations = tuple(make_recommendations(random, means, units))
    areas = tuple(
        AreaRecord(
            key=key,
            name=name,
            group="Implementación",
            recommendations=tuple(one.number for one in recommendations if one.area == key),
        )
        for key, name in AREAS
    )
    return ActContents(
        record=make_record(random, number, areas),
        units=units,
        terms=tuple(
            TermRecord(code, stock().phrase(random, 2, 4), "glosario")
            for code in (f"T{letter}{place}" for letter in "ABC")
        ),
        recommendations=recommendations,
        digest=f"synthetic {number} {means}",
    )


def make_recommendations(
    random: Random, means: int, units: tuple[UnitRecord, ...]
) -> Iterator[RecommendationContents]:
    """Recommendations of a few commitments each, until there are so many means."""
    commitments = make_commitments(random, means, units)
    for number in count(1):
        owned = tuple(islice(commitments, random.randint(1, 5)))
        if not owned:
            return
        yield RecommendationContents(
            number=str(number),
            text=CutText(f"Se recomienda {stock().phrase(random, 40, 90)}."),
            area=random.choice(AREAS)[0],
            commitments=owned,
        )


def make_commitments(
    random: Random, means: int, units: tuple[UnitRecord, ...]
) -> Iterator[CommitmentContents]:
    """Commitments of one to four means."""
    left = means
    for number in count(1):
        if not left:
            return
        owned = min(left, random.choice((1, 1, 1, 2, 2, 3, 4)))
        left -= owned
        yield CommitmentContents(
            number=str(number),
            text=CutText(f"{random.choice(PROMISES)} {stock().phrase(random, 10, 26)}."),
            means=tuple(
                make_means(random, f"{number}.{place}", units) for place in range(1, owned + 1)
            ),
        )


def make_means(random: Random, code: str, units: tuple[UnitRecord, ...]) -> MeansContents:
    """A means of one unit, seldom of two, due at the end of some month."""
    year, month = FIRST_YEAR + random.randrange(YEARS), random.randint(1, 12)
    shared = random.sample(units, k=random.choice((1, 1, 1, 1, 1, 2)))
    text = f"{random.choice(OPENINGS)} {stock().phrase(random, 6, 20)}"
    specification = None
    if random.random() < 0.6:
        specification = CutText(f"{stock().phrase(random, 5, 18)}.".capitalize())
    return MeansContents(
        code=code,
        text=CutText(text, is_cut=random.random() < 0.02),
        due_text=f"{MONTHS[month - 1]}-{year % 100}",
        due_on=date(year, month, monthrange(year, month)[1]),
        responsible_text="/".join(unit.code for unit in shared),
        units=tuple(unit.code for unit in shared),
        specification=specification,
    )


def make_record(random: Random, number: str, areas: tuple[AreaRecord, ...]) -> ActRecord:
    """The act around the matrix."""
    met_on = date(int(number[-4:]), random.randint(1, 12), random.randint(1, 28))
    signed_at = datetime.combine(met_on, time(20), UTC)
    return ActRecord(
        number=number,
        title=f"Acta N° {number}",
        programme=f"Programa {stock().phrase(random, 2, 3)}",
        met_on=met_on,
        met_from=time(15),
        met_until=time(16),
        place="Lima",
        parties={"DGSE": "Dirección General de Seguimiento y Evaluación"},
        signatories=(Signatory("Ana Quispe", "Directora", "DGSE", signed_at, None),),
        directive="Directiva",
        evaluation=f"Evaluación {stock().phrase(random, 4, 8)}",
        contact="Ana Quispe",
        compliance="Programa",
        follow_up=("DGSE",),
        agreements=("Suscribir los compromisos",),
        areas=areas,
    )
