"""Starts the program in a moment: a process that has imported and read everything forks itself.

Each child runs what `compromisos run` runs, in a process of its own that can be killed. The
settings come from the environment, as for the program.
"""

import asyncio
import gc
import os
import signal
import sys
import threading
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 60.0  # a start of the server imports everything and reads the dictionaries
READY, START, WAIT = "ready", "start", "wait"


@dataclass
class Forks:
    """The server in the hands of a test."""

    process: Process

    async def start(self) -> int:
        """Start the program; give its process id."""
        return int(await self._ask(START))

    async def ended(self, pid: int) -> int:
        """Wait for the end of a program; give its exit code, or minus the signal."""
        return int(await self._ask(f"{WAIT} {pid}"))

    async def _ask(self, line: str) -> str:
        self.process.stdin.write(f"{line}\n".encode())  # type: ignore[union-attr]
        return await self.answer()

    async def answer(self) -> str:
        async with asyncio.timeout(SECONDS):
            line = await self.process.stdout.readline()  # type: ignore[union-attr]
        assert line, "the server of forks has ended; its log says why"
        return line.decode().strip()


@asynccontextmanager
async def forking(folder: Path, log: Path, variables: dict[str, str]) -> AsyncIterator[Forks]:
    """Run the server in a folder; it and what it started end with the context."""
    inherited = {key: value for key, value in os.environ.items() if key[:4] != "BOT_"}
    with log.open("ab") as written:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.support.forking"),
            cwd=folder,  # where no `.env` lies
            env=inherited | {"PYTHONPATH": str(ROOT)} | variables,
            stdin=PIPE,
            stdout=PIPE,
            stderr=written,
        )
    try:
        forks = Forks(process)
        assert await forks.answer() == READY
        yield forks
    finally:
        process.stdin.close()  # type: ignore[union-attr]
        await process.wait()


# In the process of the server.


def serve() -> None:
    """Fork a program for each line that asks for one; at the end of the lines kill them all."""
    asyncio.run(warm_up())
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join()  # of a connection that is closed: a fork must find no other thread
    gc.collect()
    gc.freeze()  # the children leave what they inherit as it lies
    running: set[int] = set()
    tell(READY)
    for line in sys.stdin:
        order, *rest = line.split()
        if order == START:
            pid = os.fork()
            if not pid:
                run_program()
            running.add(pid)
            tell(str(pid))
        else:
            pid = int(rest[0])
            _, status = os.waitpid(pid, 0)
            running.discard(pid)
            tell(str(os.waitstatus_to_exitcode(status)))
    for pid in running:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


async def warm_up() -> None:
    """Import what a start imports, and read the dictionaries, which stay in memory."""
    from bot import polling  # noqa: F401, PLC0415 - only the server's process pays for it
    from bot.application import build  # noqa: PLC0415 - as above
    from bot.cli import read_settings  # noqa: PLC0415 - as above
    from bot.clock import Clock  # noqa: PLC0415 - as above
    from bot.start import opened  # noqa: PLC0415 - as above
    from handlers.context import services_of  # noqa: PLC0415 - as above
    from handlers.conversation import prepare  # noqa: PLC0415 - as above

    settings = read_settings()
    async with opened(settings) as database:
        app = build(settings, database, Clock(settings.timezone, settings.today))
        await prepare(services_of(app))


def run_program() -> None:
    """Run `compromisos run` in the child, and never come back."""
    from bot.cli import main  # noqa: PLC0415 - as above

    code = 70
    os.environ["PGAPPNAME"] = f"compromisos {os.getpid()}"  # tells the programs apart
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)  # the answers of the server are not to be mixed with its words
        sys.argv = ["compromisos", "run"]
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stderr.flush()
        os._exit(code)


def tell(line: str) -> None:
    """Answer the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
