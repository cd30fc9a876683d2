"""The folder of the demo: what was said outlives the program; one program at a time uses it."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from bot.demo.clock import MovableClock
from bot.demo.world import World

FOLDER = Path("compromisos-demo")
PAUSE_SECONDS = 0.5  # between two writings


class AlreadyRunningError(Exception):
    """Another demo uses the folder; `address` is where it is served, where that is known."""

    def __init__(self, address: str | None) -> None:
        super().__init__(address)
        self.address = address


class Folder:
    """Everything that the demo keeps, and nothing else of the machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database, self.files = path / "bot.db", path / "files"
        self._state, self._address, self._lock = (
            path / "telegram.json",
            path / "address",
            path / "lock",
        )

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Keep others out of it meanwhile.

        Raises:
            AlreadyRunningError: another demo is in it.
            OSError: it cannot be written.
        """
        self.path.mkdir(mode=0o700, exist_ok=True)
        lock = FileLock(self._lock)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise AlreadyRunningError(self._read(self._address)) from None
        try:
            yield
        finally:
            self._address.unlink(missing_ok=True)
            with suppress(OSError):  # Windows deletes no file that is open
                self._lock.unlink()
            lock.release()

    def clear(self) -> None:
        """Forget all that was kept."""
        for path in (self.database, self._state):
            path.unlink(missing_ok=True)
        for ending in ("-journal", "-wal", "-shm"):
            Path(f"{self.database}{ending}").unlink(missing_ok=True)
        shutil.rmtree(self.files, ignore_errors=True)

    def name_address(self, address: str) -> None:
        """Tell a second demo where the first is served."""
        self._address.write_text(address, encoding="utf-8")

    def restore(self, world: World, clock: MovableClock) -> bool:
        """Take up what was kept; False when there is nothing that can be read."""
        kept = self._read(self._state)
        if kept is None:
            return False
        try:
            state = json.loads(kept)
            world.restore(state["world"])
            clock.stand_on(date.fromisoformat(state["today"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            return False
        return True

    def save(self, world: World, clock: MovableClock) -> None:
        """Keep everything, whole or not at all."""
        state = {"world": world.saved(), "today": clock.today().isoformat()}
        new = self._state.with_suffix(".new")
        new.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
        new.replace(self._state)

    async def keep(self, world: World, clock: MovableClock) -> None:
        """Save whenever something has happened, until cancelled."""
        changed = asyncio.Event()
        try:
            with world.listening(lambda _: changed.set()):
                while True:
                    await changed.wait()
                    changed.clear()
                    self.save(world, clock)
                    await asyncio.sleep(PAUSE_SECONDS)
        finally:
            self.save(world, clock)

    @staticmethod
    def _read(path: Path) -> str | None:
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
