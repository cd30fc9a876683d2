"""The folder of the demo: what was said outlives the program; one program at a time uses it."""

import asyncio
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from bot.demo.clock import MovableClock
from bot.demo.saved import UnreadableStateError, dump, restore
from bot.demo.world import World

logger = logging.getLogger(__name__)

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
        self.evidence = path / "evidencia"
        self._state, self._new = path / "telegram.json", path / "telegram.new"
        self._address, self._lock = path / "address", path / "lock"

    @property
    def unreadable(self) -> Path:
        """Where a state is put that cannot be read."""
        return self.path / "telegram.bad"

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
            with suppress(OSError):  # Windows deletes no file that is open
                self._address.unlink(missing_ok=True)
                self._lock.unlink()
            lock.release()

    def clear(self) -> None:
        """Forget all that was kept."""
        for path in (self.database, self._state, self._new, self.unreadable):
            path.unlink(missing_ok=True)
        for ending in ("-journal", "-wal", "-shm"):
            Path(f"{self.database}{ending}").unlink(missing_ok=True)
        for folder in (self.files, self.evidence):
            shutil.rmtree(folder, ignore_errors=True)

    def name_address(self, address: str) -> None:
        """Tell a second demo where the first is served."""
        self._address.write_text(address, encoding="utf-8")

    def restore(self, world: World, clock: MovableClock) -> bool:
        """Take up what was kept; False when there is nothing.

        Raises:
            UnreadableStateError: there is something else; it was put aside as `unreadable`.
        """
        kept = self._read(self._state)
        if kept is None:
            return False
        try:
            restore(kept, world, clock)
        except UnreadableStateError:
            self._state.replace(self.unreadable)
            raise
        return True

    def save(self, world: World, clock: MovableClock) -> None:
        """Keep everything, whole or not at all."""
        self._new.write_text(dump(world, clock), encoding="utf-8")
        self._new.replace(self._state)

    async def keep(self, world: World, clock: MovableClock) -> None:
        """Save whenever something has happened, and at the end, until cancelled."""
        changed = asyncio.Event()
        try:
            with world.listening(lambda _: changed.set()):
                while True:
                    await changed.wait()
                    changed.clear()
                    self._try_to_save(world, clock)
                    await asyncio.sleep(PAUSE_SECONDS)
        finally:
            self._try_to_save(world, clock)

    def _try_to_save(self, world: World, clock: MovableClock) -> None:
        """Save; the demo goes on where it cannot."""
        try:
            self.save(world, clock)
        except OSError as error:
            logger.warning("lo conversado no se puede guardar: %s", error.strerror)

    @staticmethod
    def _read(path: Path) -> str | None:
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            return ""
