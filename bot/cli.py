"""The command line: each command declares, calls one function and prints."""

import asyncio
import logging
import sys
from collections.abc import Coroutine
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError

from bot.access import LARGEST_ID, give, roster, roster_values, show_roster, take
from bot.ask import Asked, BadLineError, as_json, ask, ask_lines
from bot.check import check
from bot.clock import Clock
from bot.deliveries import decide, deliveries_values, find_deliveries, show_deliveries
from bot.logs import configure
from bot.looks import Sign
from bot.record import event_text, event_values, find_events
from bot.settings import Settings, settings_problem
from bot.start import opened, storage_problem
from bot.terminal import NothingFoundError, WrongUseError
from handlers.reader import Readers
from handlers.views.exports import matrix_json
from seed.act import ActFileError
from storage.errors import StorageError
from storage.matrix import find_means
from storage.records import AsOf, MeansFilter

FAILED, WRONG_USE, BUG, INTERRUPTED = 1, 2, 3, 130
DAY = ["%Y-%m-%d"]

Result = TypeVar("Result")
Today = Annotated[
    datetime | None,
    typer.Option("--today", formats=DAY, help="El día desde el que se cuenta, AAAA-MM-DD."),
]
UserId = Annotated[
    int, typer.Argument(min=1, max=LARGEST_ID, help="El número de la persona en Telegram.")
]
Units = Annotated[
    list[str] | None, typer.Option("--unit", help="La unidad del punto focal; puede repetirse.")
]

cli = typer.Typer(
    name="compromisos",
    help="Responde sobre los compromisos de mejora firmados, en el chat y aquí.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; a failure we know is one line, any other a ticket."""
    try:
        cli()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception:
        configure()
        ticket = token_hex(3)
        logging.getLogger(__name__).exception("unexpected failure, ticket %s", ticket)
        fail(f"Error inesperado; avise con este código: {ticket}", BUG)


def fail(line: str, code: int = FAILED) -> NoReturn:
    """Print one line to standard error and end."""
    print(line, file=sys.stderr)  # noqa: T201 - this is what a command line prints
    sys.exit(code)


def read_settings(**fixed: Any) -> Settings:
    """The settings, or one clear line about what is wrong with them.

    What is `fixed` here is not read from the environment.
    """
    try:
        return Settings(**fixed)
    except ValidationError as error:
        fail(settings_problem(error), WRONG_USE)


def run_task(task: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end; failures we know become one line."""
    try:
        return asyncio.run(task)
    except StorageError as error:
        fail(storage_problem(error))
    except ExceptionGroup as group:
        fail(storage_problem(only_storage_error(group)))
    except ActFileError as error:
        fail(str(error))
    except BadLineError as error:
        fail(f"línea {error.line}: {error.what}", WRONG_USE)
    except WrongUseError as error:
        fail(str(error), WRONG_USE)
    except NothingFoundError as error:
        fail(str(error))


def only_storage_error(group: ExceptionGroup[Exception]) -> StorageError:
    """What ended the tasks of a running bot; raised again where anything else is among it."""
    known, others = group.split(StorageError)
    found: BaseException | None = known
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    if others is not None or not isinstance(found, StorageError):
        raise group
    return found


@cli.command("ask")
def ask_command(
    text: Annotated[str | None, typer.Argument(help="La pregunta, entre comillas.")] = None,
    *,
    today: Today = None,
    json: Annotated[bool, typer.Option("--json", help="La respuesta estructurada.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Lee una pregunta JSON por línea y responde igual.")
    ] = False,
) -> None:
    """Responde una pregunta: compromisos ask "¿qué vence en junio?"."""
    if jsonl == (text is not None):
        fail(
            'Escriba una pregunta: compromisos ask "¿qué vence en junio?" (o use --jsonl).',
            WRONG_USE,
        )
    settings = read_settings()
    as_of = AsOf(day_of(today, settings), zone=settings.timezone)
    if jsonl:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        for values in run_task(answer_lines(settings, as_of)):
            typer.echo(as_json(values))
        return
    values, reply = run_task(answer_one(settings, text or "", as_of))
    typer.echo(as_json(values) if json else reply)


async def answer_one(settings: Settings, text: str, as_of: AsOf) -> tuple[dict[str, Any], str]:
    """One question against the database of the settings."""
    async with opened(settings) as database, database.session() as session:
        answered = await ask(session, Readers(), Asked(text=text), as_of)
        return answered.values, answered.reply


async def answer_lines(settings: Settings, as_of: AsOf) -> list[dict[str, Any]]:
    """The questions of standard input."""
    async with opened(settings) as database:
        return await ask_lines(database, sys.stdin, as_of)


def day_of(given: datetime | None, settings: Settings) -> date:
    """The day of the option, else the clock's."""
    return given.date() if given else Clock(settings.timezone, settings.today).today()


@cli.command("export")
def export_command(
    path: Annotated[
        Path, typer.Argument(dir_okay=False, help="El archivo que se escribe, .json.")
    ],
) -> None:
    """Escribe la matriz en un archivo; el formato sale de la terminación: .json."""
    if path.suffix.lower() != ".json":
        fail(f"{path}: no conozco la terminación «{path.suffix}»; use .json", WRONG_USE)
    settings = read_settings()
    content = run_task(export(settings))
    try:
        path.write_bytes(content)
    except OSError as error:
        fail(f"{path}: no se puede escribir ({error.strerror})")
    typer.echo(f"{path}: listo")


async def export(settings: Settings) -> bytes:
    """The whole matrix as JSON."""
    today = Clock(settings.timezone, settings.today).today()
    async with opened(settings) as database, database.session() as session:
        return matrix_json(await find_means(session, MeansFilter(), AsOf(today)))


@cli.command("grant")
def grant_command(
    user_id: UserId,
    role: Annotated[str, typer.Argument(help="lector, focal, seguimiento o administrador.")],
    *,
    unit: Units = None,
    name: Annotated[
        str | None, typer.Option("--name", help="Cómo se llama; si no, queda el nombre conocido.")
    ] = None,
) -> None:
    """Da un acceso: compromisos grant 1001 focal --unit UTAI --name "Ana Flores"."""
    task = give(read_settings(), user_id, role, unit or [], name)
    for line in run_task(task):
        typer.echo(line)


@cli.command("revoke")
def revoke_command(
    user_id: UserId,
    role: Annotated[
        str | None, typer.Argument(help="Cuál de sus accesos; si no se dice, todos.")
    ] = None,
    *,
    unit: Units = None,
) -> None:
    """Quita los accesos de una persona, o uno: compromisos revoke 1001 focal --unit UTAI."""
    for line in run_task(take(read_settings(), user_id, role, unit or [])):
        typer.echo(line)


@cli.command("people")
def people_command(
    *, json: Annotated[bool, typer.Option("--json", help="Lo mismo, estructurado.")] = False
) -> None:
    """Muestra quién tiene acceso, los grupos admitidos y las solicitudes sin decidir."""
    found = run_task(roster(read_settings()))
    if json:
        typer.echo(as_json(roster_values(found)))
    else:
        show_roster(found)


@cli.command("history")
def history_command(
    code: Annotated[str | None, typer.Argument(help="Un medio, como 12.1; si no, todo.")] = None,
    *,
    act: Annotated[str | None, typer.Option("--act", help="Solo de esta acta.")] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Un objeto por línea, con todo lo que se registró.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Solo los últimos tantos.")
    ] = None,
) -> None:
    """Muestra quién hizo qué y cuándo, del más antiguo al más nuevo."""
    settings = read_settings()
    events = run_task(find_events(settings, code, act, limit))
    if not events and not json:
        typer.echo("Nadie ha registrado nada todavía.")
    for event in events:
        text = as_json(event_values(event)) if json else event_text(event, settings.timezone)
        typer.echo(text)


@cli.command("deliveries")
def deliveries_command(
    *,
    again: Annotated[
        int | None, typer.Option("--again", min=1, help="Envía otra vez el de este número.")
    ] = None,
    drop: Annotated[
        int | None, typer.Option("--drop", min=1, help="Da por entregado el de este número.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="Cuántos sin entregar se muestran.")
    ] = 50,
    json: Annotated[bool, typer.Option("--json", help="Lo mismo, estructurado.")] = False,
) -> None:
    """Muestra qué se envió, qué espera, qué está en duda y por qué, y qué viene."""
    if again is not None and drop is not None:
        fail("Elija --again o --drop, no los dos.", WRONG_USE)
    settings = read_settings()
    now = Clock(settings.timezone, settings.today).now()
    number = again if again is not None else drop
    if number is not None:
        is_repeated = again is not None
        typer.echo(run_task(decide(settings, number, now, is_repeated=is_repeated)))
        return
    found = run_task(find_deliveries(settings, limit, now))
    if json:
        typer.echo(as_json(deliveries_values(found)))
    else:
        show_deliveries(found, settings.timezone)


@cli.command("check")
def check_command() -> None:
    """Revisa que todo esté bien: configuración, base de datos, registro, evidencia, Telegram."""
    findings = run_task(check())
    for finding in findings:
        typer.echo(str(finding))
    if any(finding.sign is Sign.WRONG for finding in findings):
        sys.exit(FAILED)


@cli.command("demo")
def demo_command(
    *,
    port: Annotated[
        int, typer.Option(min=1, max=65_535, help="El puerto; si está ocupado, el siguiente.")
    ] = 8400,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="No abre el navegador; da la dirección.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Olvida lo conversado y empieza de nuevo.")
    ] = False,
) -> None:
    """Muestra el bot entero en el navegador, sin token y sin Telegram."""
    from bot.demo.keeping import FOLDER, AlreadyRunningError  # noqa: PLC0415 - as in `serve`
    from bot.demo.run import (  # noqa: PLC0415 - as above
        OWN_SETTINGS,
        NoPortError,
        Options,
        open_page,
        run_demo,
    )

    configure(level=logging.WARNING)
    options = Options(port, opens_browser=not no_browser, is_fresh=fresh)
    try:
        settings = read_settings(**OWN_SETTINGS)
        run_task(run_demo(settings, FOLDER, options, typer.echo))
    except AlreadyRunningError as error:
        if fresh or error.address is None:
            fail("Ya hay una demo en marcha en esta carpeta: termínela antes (Ctrl-C).")
        typer.echo(f"Ya hay una demo en marcha en {error.address}")
        if options.opens_browser:
            open_page(error.address)
    except NoPortError:
        fail(f"Ningún puerto utilizable desde el {port}; pruebe otro con --port.")
    except FileExistsError:
        fail(f"{FOLDER}: hay un archivo con ese nombre; la demo necesita una carpeta.")
    except OSError:
        fail(f"{FOLDER}: no se puede escribir en esa carpeta.")


@cli.command("run")
def run_command() -> None:
    """Atiende en Telegram hasta que se le detenga."""
    settings = read_settings()
    if settings.token is None:
        fail(
            "Falta BOT_TOKEN, el token que da @BotFather. Para probar sin Telegram: "
            "compromisos demo",
            WRONG_USE,
        )
    sys.exit(run_task(serve(settings)))


async def serve(settings: Settings) -> int:
    """Open the database and poll Telegram."""
    from bot.application import build  # noqa: PLC0415 - the Telegram library takes 0.8 s to import
    from bot.polling import run  # noqa: PLC0415 - as above
    from handlers.context import services_of  # noqa: PLC0415 - as above
    from handlers.conversation import prepare  # noqa: PLC0415 - as above

    configure()
    async with opened(settings) as database:
        app = build(settings, database, Clock(settings.timezone, settings.today))
        await prepare(services_of(app))
        return await run(app)
