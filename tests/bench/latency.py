"""How long an answer takes: with the bundled act and with many means, on both databases.

Run: `uv run python -m tests.bench.latency [--database sqlite|postgresql|both] [--means 100000]`.
"""

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar

import psycopg
from sqlalchemy import Engine, event

from handlers.answers.answer import answer
from handlers.question import Question
from handlers.reader import Reader, Readers
from handlers.views.render import render
from seed.act import bundled_acts, read_act
from seed.load import load_bundled
from storage.engine import Database
from storage.load import every_means
from storage.migrate import upgrade
from storage.records import AsOf
from tests.bench.synthetic import load_synthetic
from tests.support import postgres
from tests.support.conversation import Talk as Chat

TODAY = date(2021, 5, 14)
ROUNDS = 3
STARTS = 5
UNITS = 500
SIZES = ("small", "large")

# A question a line; « > » stands between the turns of one talk, of which the last is measured.
QUESTIONS = {
    "month": """
        ¿Qué vence en junio?
        q vence en mayo
        los de setiembre
        SET-21
        diciembre
        que hay para enero
        lo de julio porfa
        medios que vencen en noviembre del 2021
        entre junio y setiembre
        hasta agosto
        antes de fin de octubre
        desde diciembre
        a partir de enero del 2022
        después de julio
        II semestre
        tercer trimestre 2021
        primera quincena de junio
        próximos 15 días
        en los próximos dos meses
        esta semana
        este mes que toca
        el mes que viene
        lo que vencía el mes pasado
        hoy vence algo?
        mañana que toca entregar
        todo el 2022
        del 1 al 31 de mayo
        31/12/2021
        06/2021
        mayo y junio, los dos
        febrero
        de aquí a fin de año
        que había en marzo del 2023
        el 30 de junio que se cumple
        en qué fecha hay plazos en 2024
    """,
    "unit": """
        compromisos de UOAI
        UTAI
        medios de la UTI
        qué tiene UPPM
        lo de la unidad técnica de atención integral
        que le toca a CGC
        medios de la unidad territorial
        uc que tiene
        UT y UTI
        los que comparten UTAI y UTI
        u.t.a.i.
        pendientes de la coordinación de gestión comunitaria
        uoai, uppm y uc
        utai en junio
        uti en diciembre
        uoai desde enero
        soy de UTAI, que me toca este mes
        que le falta a uppm
        los que no son de UTAI
        junio menos lo de UT
        todo menos uoai
        área capacitación
        lo de monitoreo
        área de incidencia en diciembre
        actores comunitarios
        documento base pendientes
        equipo de trabajo de junio en adelante
        capacitación de utai
        monitoreo sin UPPM
        diseño del mcc
    """,
    "ref": """
        compromiso 4
        12.1
        12,1
        MV 4.1
        ¿quién ve el 16 punto 1?
        el 10.1 para cuándo es
        compromiso doce
        recomendación 3
        los medios de la recomendación 7
        detalle del 19.2
        que dice el 6.1
        compromisos 2, 3 y 5
        C16
        existe el 4.3
        de quién es el 8.1
        de qué trata el compromiso 17
        mv 22.1
        primera recomendación
        compromiso 250
        el 7.1 y el 8.1 cuándo vencen
        precisiones del 3.1
        recomendación 40
        quiero leer el compromiso uno
        compromiso 4 del acta 002-2021
        compromiso 18 responsable y fecha
        compromiso 999
    """,
    "topic": """
        habilidades blandas
        ¿para cuándo es lo de salud mental?
        buenas prácticas
        tablero de control
        el plan de certificación
        ratio de comités
        hay algo de redes sociales
        quién ve lo de la cartilla
        soporte emocional
        cadena de valor
        cesión de locales
        informe de salud mental con el minsa
        directiva del modelo de cogestión
        informes de las UT
        medios sobre certificación
        rotación de actores
        documento técnico de capacitación
        algo sobre presupuesto
        planificación de la capacitación
        módulo de gestión territorial
        plan de salud en junio
        informe pendiente de certificación
        guía de las madres cuidadoras
        evaluación de necesidades
        gobierno local
        protocolo de seguridad
        agua
        familias de la comunidad
        redes sociales de UTAI en julio
        todo lo que diga informe
        plan
        documento
    """,
    "status": """
        vencidos
        pendientes
        pendientes de UTAI
        los que no se presentaron
        vencidos de monitoreo
        qué ya se presentó
        atrasados de uoai
        los observados
        los verificados
        los que faltan de mayo
        pendientes que todavía no vencen
        vencidos en 2020
        presentados de diciembre
        que está fuera de plazo
        el próximo en vencer
        el último en vencer
        lo primero que vencía
        el siguiente plazo de uoai
        los que se pasaron de fecha
        el más próximo a vencer de UTI
        ya presentaron el 10.1?
        lo que sigue pendiente de capacitación
    """,
    "count": """
        ¿cuántos faltan?
        cuántos medios hay en total
        cuántos vencen en junio
        cuantos tiene utai
        cuántos vencidos hay
        cuántos medios tiene el compromiso 12
        cuantos pendientes de diciembre
        cuántos no son de UTAI
        cuantos hay en el área monitoreo
        cuántos vencen en los próximos 20 días
        cuántos hablan de certificación
        número de medios de la recomendación 3
        cuántos presentó uoai
        cuántos compromisos vencen entre noviembre y enero
        cuántos informes hay en junio
        cuantos quedan en 2022
    """,
    "summary": """
        avance por unidad
        ¿qué unidad está más atrasada?
        resumen
        cómo vamos
        avance por área
        porcentaje de cumplimiento
        avance de UTAI
        qué área va mejor
        cuánto llevamos avanzado
        estado general de la matriz
        resumen de junio
        ranking de unidades
        resumen de capacitación
        avance de diciembre por unidad
        balance general
    """,
    "define": """
        ¿qué es el SAF?
        ¿quién firmó el acta?
        qué significa UTAI
        qué es PNCM
        qué es UOAI
        cuándo fue la reunión
        a quién contacto
        quién hace el seguimiento
        qué directiva rige
        qué quiere decir MCM
        significado de DGSE
        qué evaluación fue
        TDR qué es
        datos del acta
    """,
    "follow-up": """
        ¿qué vence en junio? > ¿y en julio?
        medios de utai > solo los pendientes
        qué vence en mayo > el segundo
        diciembre > y uti
        compromiso 4 > y el 5
        cuántos tiene utai > y uoai
        vencidos > de utai nomás
        lo de enero > agrégale marzo
        qué vence en diciembre > cuántos son
        lo de diciembre > quítale los de uti
        utai > en setiembre > solo los vencidos
        habilidades blandas > y quién lo ve
        medio 8.1 > para cuándo es
        recomendación 3 > ahora la 5
        avance por unidad > y por área
        qué vence en setiembre > el último
        monitoreo > y capacitación
        uoai > y el próximo año
        salud mental > en junio
        mayo > sin los de UT
    """,
    "typo": """
        q vense en junnio
        disiembre
        septimbre
        y los q vencen en junio de utia
        compromisos de uoia
        compormiso 4
        pendietes de utai
        vensidos
        abilidades blandas
        salud metnal
        avanse por unidad
        medios de verificasion de mayo
        recomendasion 3
        cuantos fatlan
        upmm que tiene
        capasitacion
        monitorio en dicienbre
        area insidencia
        certificasion del plan
        redes sosiales
        el proximo en benser
        quien firmo el actta
        tabelro de contorl
        informe de habilidaes
        soporte emosional
    """,
    "out of scope": """
        cuéntame un chiste
        cuánto está el dólar hoy
        a qué hora sale el bus a Ayacucho
        quién ganó el partido
        mi dni vence en noviembre
        hay vacante de madre cuidadora
        qué clima hace en Juliaca
        recomiéndame una película
        asdkjh
        12 x 12 cuánto es
        cuándo paga pensión 65
        mi hijita cumple años en diciembre
        temblor de 4.2 en arequipa
        dónde compro un taladro barato
        quiero vender mi carro
        qwerty zxcvb plmokn
    """,
    "talk": """
        hola
        buenos días
        gracias
        ayuda
        qué puedo preguntar
        chau
        ya presentamos el 10.1
        marca el 12.1 y 12.2
        avísame cada lunes
        ya no me mandes avisos
        marcar presentado: 19.1, 19.2
        suscríbeme
    """,
}


@dataclass(frozen=True)
class Talk:
    """The turns of one talk, of which the last is measured."""

    kind: str
    turns: tuple[str, ...]


@dataclass(frozen=True)
class Times:
    """Milliseconds of one thing done many times."""

    values: tuple[float, ...]

    @property
    def p50(self) -> float:
        return median(self.values)

    @property
    def p99(self) -> float:
        return quantiles(self.values, n=100, method="inclusive")[98]


@dataclass(frozen=True)
class Measured:
    """What was measured on one store."""

    means: int
    load_seconds: float
    vocabulary: int  # distinct word keys of the means
    warm_ms: float  # to read the vocabulary, once for each load
    whole: Times
    kinds: dict[str, Times]
    slowest: tuple[tuple[float, str], ...]
    read: Times
    kept: Times
    statements: float
    memory_mib: float


Result = TypeVar("Result")


def talks() -> list[Talk]:
    """All the questions of the mix."""
    return [
        Talk(kind, tuple(turn.strip() for turn in line.split(" > ")))
        for kind, lines in QUESTIONS.items()
        for line in lines.strip().splitlines()
    ]


def previous_of(reader: Reader, talk: Talk) -> Question | None:
    """The question before the last turn."""
    previous = None
    for turn in talk.turns[:-1]:
        previous = reader.read(turn.strip(), TODAY, previous)
    return previous


async def load(url: str, means: int) -> float:
    """Fill a database with the bundled act and as many made-up means; give the seconds."""
    database = Database(url)
    started = perf_counter()
    try:
        await upgrade(database)
        await load_bundled(database)
        if means:
            await load_synthetic(database, means, UNITS)
    finally:
        await database.dispose()
    seconds = perf_counter() - started
    if not database.is_sqlite:  # a server does so by itself, some time after
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
    return seconds


async def measure(url: str, load_seconds: float, means: int) -> Measured:
    """Ask everything, warm, and time it."""
    database = Database(url)
    try:
        readers = Readers()
        async with database.session() as session:
            started = perf_counter()
            reader = await readers.newest(session)
            warm_ms = 1_000 * (perf_counter() - started)
        asked = [(talk, previous_of(reader, talk)) for talk in talks()]
        for talk, previous in asked:
            await reply(database, readers, talk, previous)
        times: dict[Talk, list[float]] = defaultdict(list)
        reads: list[float] = []
        with counted_statements() as statements:
            for _ in range(ROUNDS):
                for talk, previous in asked:
                    started = perf_counter()
                    await reply(database, readers, talk, previous)
                    times[talk].append(1_000 * (perf_counter() - started))
            sent = len(statements)
        for _ in range(ROUNDS):
            for talk, previous in asked:
                started = perf_counter()
                reader.read(talk.turns[-1], TODAY, previous)
                reads.append(1_000 * (perf_counter() - started))
        kept = await measure_kept(database, [talk.turns[-1] for talk, _ in asked])
    finally:
        await database.dispose()
    kinds: dict[str, list[float]] = defaultdict(list)
    for talk, values in times.items():
        kinds[talk.kind] += values
    slowest = sorted(((median(values), talk.turns[-1]) for talk, values in times.items()))
    return Measured(
        means=means,
        load_seconds=load_seconds,
        vocabulary=len(reader.speller.vocabulary.near_keys),
        warm_ms=warm_ms,
        whole=Times(tuple(value for values in times.values() for value in values)),
        kinds={kind: Times(tuple(values)) for kind, values in kinds.items()},
        slowest=tuple(slowest[:-6:-1]),
        read=Times(tuple(reads)),
        kept=kept,
        statements=sent / (ROUNDS * len(asked)),
        memory_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


async def reply(
    database: Database, readers: Readers, talk: Talk, previous: Question | None
) -> None:
    """Text to answer: read, resolve, answer, render."""
    async with database.session() as session:
        reader = await readers.newest(session)
        question = reader.read(talk.turns[-1], TODAY, previous)
        found = await answer(session, question, AsOf(TODAY), words=reader.words)
        shown = render(found, reader.areas, 1)
    assert shown.blocks


async def measure_kept(database: Database, texts: Sequence[str]) -> Times:
    """The same as a turn of a chat, with its question kept and the transaction committed."""
    talk = Chat(database, TODAY)
    await talk.say(texts[0])
    values = []
    for text in texts:
        started = perf_counter()
        await talk.say(text)
        values.append(1_000 * (perf_counter() - started))
    return Times(tuple(values))


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """The statements that any engine sends meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def load_now(url: str, means: int) -> float:
    """`load` in a process of its own."""
    return asyncio.run(load(url, means))


def measure_now(url: str, load_seconds: float, means: int) -> Measured:
    """`measure` in a process of its own."""
    return asyncio.run(measure(url, load_seconds, means))


def alone(function: Callable[..., Result], *arguments: object) -> Result:
    """Call in a fresh process, so that its peak memory is of this call only."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def measure_store(url: str, means: int) -> Measured:
    """Load a store and measure it; `means` made-up ones besides the bundled act."""
    load_seconds = alone(load_now, url, means)
    return alone(measure_now, url, load_seconds, means + bundled_means())


def bundled_means() -> int:
    """How many means the bundled acts have."""
    return sum(1 for path in bundled_acts() for _ in every_means(read_act(path)))


def start_ms(url: str, bytecode: Path) -> float:
    """From the shell and back: one question on the command line."""
    environment = os.environ | {
        "BOT_DATABASE_URL": url,
        "BOT_TODAY": TODAY.isoformat(),
        "PYTHONPYCACHEPREFIX": str(bytecode),
        "PYTHONDONTWRITEBYTECODE": "",  # an installed program is compiled once
    }
    started = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "bot", "ask", "¿qué vence en junio?"],
        check=True,
        stdout=subprocess.DEVNULL,
        env=environment,
    )
    return 1_000 * (perf_counter() - started)


def report_starts(folder: Path, small_url: str, large_url: str | None) -> None:
    """How long the command line takes, once it is compiled."""
    news = [f"sqlite:///{folder / f'new{number}.db'}" for number in range(STARTS + 1)]
    cold = [start_ms(url, folder) for url in news][1:]
    print(row("start, new SQLite file, ms", median(cold), None))
    warm, warm_large = (
        None if url is None else median(start_ms(url, folder) for _ in range(STARTS))
        for url in (small_url, large_url)
    )
    print(row("start, database there, ms", warm or 0, warm_large))


def table(small: Measured, large: Measured | None) -> list[str]:
    """One line a measure: small, large, and how many times as much."""
    rows: list[tuple[str, Callable[[Measured], float]]] = [
        ("means", lambda one: one.means),
        ("distinct words", lambda one: one.vocabulary),
        ("answer p50, ms", lambda one: one.whole.p50),
        ("answer p99, ms", lambda one: one.whole.p99),
        *((f"  {kind} p50", kind_p50(kind)) for kind in QUESTIONS),
        ("read alone p50, ms", lambda one: one.read.p50),
        ("read alone p99, ms", lambda one: one.read.p99),
        ("chat turn, kept p50, ms", lambda one: one.kept.p50),
        ("chat turn, kept p99, ms", lambda one: one.kept.p99),
        ("statements a question", lambda one: one.statements),
        ("vocabulary, once, ms", lambda one: one.warm_ms),
        ("load, s", lambda one: one.load_seconds),
        ("peak memory, MiB", lambda one: one.memory_mib),
    ]
    return [
        row(name, value(small), None if large is None else value(large)) for name, value in rows
    ]


def kind_p50(kind: str) -> Callable[[Measured], float]:
    """The median of one kind of question."""
    return lambda one: one.kinds[kind].p50


def row(name: str, small: float, large: float | None) -> str:
    """One line of the table."""
    if large is None:
        return f"{name:27}{small:12,.2f}"
    return f"{name:27}{small:12,.2f}{large:14,.2f}{large / small:10,.1f}"


def report(name: str, small_url: str, large_url: str | None, means: int, folder: Path) -> None:
    """Measure one kind of database and print its table."""
    small = measure_store(small_url, 0)
    large = None if large_url is None else measure_store(large_url, means - bundled_means())
    print(f"\n{name:27}{'act':>12}" + (f"{'large':>14}{'times':>10}" if large else ""))
    print("\n".join(table(small, large)))
    report_starts(folder, small_url, large_url)
    for label, one in (("act", small), ("large", large)):
        for milliseconds, text in one.slowest if one else ():
            print(f"  slowest, {label}: {milliseconds:8.1f} ms  {text}")


def parse() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--means", type=int, default=100_000, help="0: the bundled act only")
    return parser.parse_args()


def main() -> None:
    """Measure what was asked for."""
    options = parse()
    asked = talks()
    print(f"{len(asked)} questions, {ROUNDS} rounds, today {TODAY}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if options.database != "postgresql":
            small, large = (f"sqlite:///{folder / size}.db" for size in SIZES)
            report("SQLite", small, large if options.means else None, options.means, folder)
        if options.database != "sqlite":
            if not postgres.is_installed():
                sys.exit(f"no PostgreSQL server in {postgres.BINARIES}")
            server = stack.enter_context(postgres.running_server())
            for size in SIZES:
                server.create(size)
            small, large = (server.url(size) for size in SIZES)
            report("PostgreSQL", small, large if options.means else None, options.means, folder)


if __name__ == "__main__":
    main()
