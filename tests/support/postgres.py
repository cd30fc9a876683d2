"""A PostgreSQL server for the tests: Debian's binaries, a data folder that goes afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.ports import reserved_port

BINARIES = Path("/usr/lib/postgresql/15/bin")
SERVER_USER = "postgres"  # the server refuses to run as root
START_SECONDS = 30


class Server:
    """A running server, in which each test has a database of its own."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(self, name: str) -> str:
        """The address of one database, as a user would write it."""
        return f"postgresql://{SERVER_USER}@127.0.0.1:{self.port}/{name}"

    def create(self, name: str, template: str = "template1") -> None:
        """Create a database as a copy of another."""
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._run(command.format(sql.Identifier(name), sql.Identifier(template)))

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, command: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(command)


def is_installed() -> bool:
    """Whether there is a server to start."""
    return (BINARIES / "postgres").is_file()


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server on a free port of this machine, and stop it."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, SERVER_USER)
        data = folder / "data"
        run("initdb", f"--pgdata={data}", f"--username={SERVER_USER}", "--auth=trust", "--no-sync")
        control = ("pg_ctl", f"--pgdata={data}", "--wait", f"--timeout={START_SECONDS}")
        with reserved_port() as port:
            options = f"-h 127.0.0.1 -p {port} -k {folder} -F -c full_page_writes=off"
            run(*control, f"--log={folder / 'log'}", f"--options={options}", "start")
        try:
            yield Server(port)
        finally:
            run(*control, "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder)


def run(program: str, *arguments: str) -> None:
    """Run one of the server's programs as a user it accepts."""
    user = ("runuser", "-u", SERVER_USER, "--") if os.geteuid() == 0 else ()
    subprocess.run(
        [*user, str(BINARIES / program), *arguments],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
    )
