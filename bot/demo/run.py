"""The demo: the whole bot, unchanged, against a Telegram on this machine."""

import asyncio
import errno
import os
import signal
import sys
import webbrowser
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from threading import Thread
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from bot.application import build
from bot.demo.cast import BOT, TODAY, settle
from bot.demo.clock import MovableClock
from bot.demo.files import Files
from bot.demo.guard import guard
from bot.demo.keeping import Folder
from bot.demo.methods.side import BotSide
from bot.demo.page import Page
from bot.demo.roles import give_roles
from bot.demo.saved import UnreadableStateError
from bot.demo.server import LOOPBACK, Server, application, serving
from bot.demo.switch import Switch
from bot.demo.world import World
from bot.polling import Polling
from bot.settings import Settings
from bot.start import opened
from handlers.context import App, services_of
from handlers.conversation import prepare

PORT = 8400
PORTS_TRIED = 50
TICK_SECONDS = 1.0  # so that what falls due by a moved clock is seen at once
LAST_PORT = 65_535

# what the demo has of its own; nothing in the environment changes it
OWN_SETTINGS: dict[str, Any] = {
    "token": None,
    "api_url": f"http://{LOOPBACK}",
    "database_url": SecretStr(""),
    "today": None,  # its clock tells it
    "admin_ids": frozenset(),
    "open_reading": True,
}

Say = Callable[[str], None]


class NoPortError(Exception):
    """None of the ports that were tried is free, or may be used."""


@dataclass(frozen=True)
class Options:
    """How a demo is started."""

    port: int = PORT
    opens_browser: bool = True
    is_fresh: bool = False


async def run_demo(settings: Settings, path: Path, options: Options, say: Say) -> None:
    """Serve the demo until told to stop; `say` prints one line for the person.

    Raises:
        AlreadyRunningError: another demo uses the folder.
        NoPortError: no port is free.
        OSError: the folder cannot be written.
        StorageError: the demo's database cannot be used.
    """
    folder = Folder(path)
    with folder.taken():
        if options.is_fresh:
            folder.clear()
        clock = MovableClock(settings.timezone, TODAY)
        world = World(BOT, clock, Files(folder.files))
        _begin(folder, world, clock, say)
        switch = Switch()
        _end_on_signals(switch)
        token = f"{BOT['id']}:{token_urlsafe(30)}"
        app = application(guard)
        Server(world, BotSide(world), token).add_routes(app)
        Page(world, clock, switch).add_routes(app)
        own = demo_settings(settings, folder, token)
        async with AsyncExitStack() as running:
            database = await running.enter_async_context(opened(own))
            address = await _serve(running, app, world, options.port, say)
            folder.name_address(address)
            own = own.model_copy(update={"api_url": address})
            await give_roles(database, world, clock)

            def make() -> App:
                return build(own, database, clock)

            await prepare(services_of(make()))
            async with asyncio.TaskGroup() as tasks:
                keeper = tasks.create_task(folder.keep(world, clock))
                bot = tasks.create_task(_run_bot(make, world, switch))
                say(f"La demo está en {address}  (Ctrl-C la termina)")
                if options.opens_browser:  # in a thread that keeps nobody waiting at the end
                    Thread(target=open_page, args=(address,), daemon=True).start()
                await bot
                keeper.cancel()
    say(f"Demo terminada. Lo conversado queda en {path}{os.sep}; con --fresh se empieza de nuevo.")


def _begin(folder: Folder, world: World, clock: MovableClock, say: Say) -> None:
    """Go on where the last demo ended, or begin a new one."""
    try:
        if folder.restore(world, clock):
            return
    except UnreadableStateError:
        say(f"Lo conversado no se puede leer; queda en {folder.unreadable} y se empieza de nuevo.")
    settle(world)


def demo_settings(settings: Settings, folder: Folder, token: str) -> Settings:
    """Make settings that point to nothing but this demo."""
    return settings.model_copy(
        update={
            "token": SecretStr(token),
            "database_url": SecretStr(f"sqlite+aiosqlite:///{folder.database.resolve()}"),
            "evidence_dir": folder.evidence.resolve(),
        }
    )


def open_page(address: str) -> None:
    """Open the browser where there is a screen; without one it would take the terminal."""
    has_screen = sys.platform in {"darwin", "win32"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if has_screen:
        webbrowser.open(address)


async def _serve(
    running: AsyncExitStack, app: web.Application, world: World, port: int, say: Say
) -> str:
    """Serve at the first free port from the one asked for, and name it when it is another."""
    for number in range(port, min(port + PORTS_TRIED, LAST_PORT + 1)):
        try:
            address = await running.enter_async_context(serving(app, world, number))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise NoPortError from error
            continue
        if number != port:
            say(f"El puerto {port} está ocupado; se usa el {number}.")
        return address
    raise NoPortError


async def _run_bot(make: Callable[[], App], world: World, switch: Switch) -> None:
    """Run the bot whenever it is switched on, until the demo ends."""
    while await switch.is_turned_on():
        world.tell("bot", {"is_on": True})
        await Polling(make(), switch.begin(), tick_seconds=TICK_SECONDS).run()
        world.tell("bot", {"is_on": False})


def _end_on_signals(switch: Switch) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows: an interrupt cancels the program instead
            loop.add_signal_handler(name, switch.end)
