"""Evidence on disk: kept under random names and found unchanged later."""

import asyncio
import errno
import os
import re
import stat
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path
from secrets import token_hex
from typing import TypeVar

from storage.evidence_kinds import (
    EVIDENCE_BYTES,
    EmptyEvidenceError,
    EvidenceDiskFullError,
    EvidenceMissingError,
    EvidenceTooLargeError,
    EvidenceUnavailableError,
    Kind,
    kind_of,
    safe_label,
    settle,
)

Result = TypeVar("Result")

WRITE_BYTES = 256 * 1024  # gathered before a thread writes them
SWEPT_AFTER = timedelta(hours=1)
UNUSED_FOR = timedelta(days=30)  # before a whole file is removed that no evidence names

FOLDER_MODE, FILE_MODE = 0o700, 0o600
FOR_OTHERS = 0o077
PART = ".part"  # follows a name until its file is complete
UNUSED = ".unused"  # follows a name that no evidence has
NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
OUR_FILE = re.compile(rf"{NAME.pattern}({re.escape(PART)}|{re.escape(UNUSED)})?", re.ASCII)
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # the last: a limit set on the program


class Soundness(StrEnum):
    """How a kept file stands against what was noted of it."""

    SOUND = "sound"
    MISSING = "missing"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """A kept file: `name` finds it, `label` is only what to call it before people."""

    name: str
    label: str
    mime: str
    size: int
    sha256: str


class EvidenceFolder:
    """The folder that holds the evidence; nobody but the program's own user may look into it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inspecting = asyncio.Lock()  # one whole file in memory at a time

    async def keep(self, chunks: AsyncIterator[bytes], label: str) -> StoredEvidence:
        """Keep what `chunks` give; nothing is left of it after a failure or a cancellation.

        Args:
            chunks: the content; what they raise passes through as it is.
            label: the file's name as its sender wrote it, any text.

        Raises:
            EvidenceTooLargeError: more than `EVIDENCE_BYTES`; the rest is not read.
            EmptyEvidenceError: no bytes at all.
            EvidenceKindError: the content is not of an accepted kind.
            FalseEndingError: the label names another kind than the content.
            EvidenceDiskFullError: no room.
            EvidenceUnavailableError: the folder or the file cannot be written.
        """
        part = _Part(self._path)
        is_kept = False
        try:
            await self._on_disk(part.open)
            await self._write(part, chunks)
            async with self._inspecting:
                right_label, kind = await self._on_disk(partial(_inspect, part, safe_label(label)))
            await self._on_disk(part.finish)
            is_kept = True
        finally:
            if not is_kept:
                await _to_its_end(part.discard)
        return StoredEvidence(part.name, right_label, kind.mime, part.size, part.sha256)

    async def read(self, name: str) -> bytes:
        """Give the content of a kept file.

        Raises:
            ValueError: `name` is not one that `keep` gives.
            EvidenceMissingError: it is gone.
            EvidenceUnavailableError: it cannot be read.
        """
        _check_name(name)

        def content() -> bytes:
            with _opened(self._path / name) as file:
                return file.read()

        try:
            with disk_failures(self._path):
                return await asyncio.to_thread(content)
        except EvidenceUnavailableError as error:
            if error.code == errno.ENOENT:
                raise EvidenceMissingError(name) from error
            raise

    async def verify(self, name: str, sha256: str, size: int) -> Soundness:
        """Tell whether a kept file is still what it was when it was kept.

        Raises:
            ValueError: `name` is not one that `keep` gives.
        """
        _check_name(name)

        def compare() -> Soundness:
            with _opened(self._path / name) as file:
                if os.fstat(file.fileno()).st_size != size:
                    return Soundness.ALTERED
                is_same = file_digest(file, "sha256").hexdigest() == sha256
                return Soundness.SOUND if is_same else Soundness.ALTERED

        try:
            return await asyncio.to_thread(compare)
        except FileNotFoundError:
            return Soundness.MISSING
        except OSError:
            return Soundness.UNREADABLE

    async def sweep(
        self, known: Collection[str], now: datetime, older_than: timedelta = SWEPT_AFTER
    ) -> int:
        """Put aside what a crash left behind; give how many files were removed or renamed.

        Incomplete files last written more than `older_than` before `now` go. Complete ones of
        that age whose name is not `known` are only renamed, and removed after `UNUSED_FOR`: a
        wrong or restored database knows none or too few. One that is known again gets its name
        back. What is not named as `keep` names is left alone.

        Raises:
            EvidenceUnavailableError: the folder cannot be read, or a file not be changed.
        """
        names, instant = frozenset(known), now.timestamp()
        unused_since = (now - UNUSED_FOR).timestamp()
        written_before = (now - older_than).timestamp()

        def put_aside() -> int:
            return sum(
                _put_aside(Path(each), names, instant, written_before, unused_since)
                for each in _our_files(self._path)
            )

        return await self._on_disk(put_aside)

    async def _write(self, part: "_Part", chunks: AsyncIterator[bytes]) -> None:
        gathered, size = bytearray(), 0
        async for chunk in chunks:
            size += len(chunk)
            if size > EVIDENCE_BYTES:
                raise EvidenceTooLargeError(EVIDENCE_BYTES)
            gathered += chunk
            if len(gathered) >= WRITE_BYTES:
                await self._on_disk(partial(part.write, bytes(gathered)))
                gathered.clear()
        if not size:
            raise EmptyEvidenceError
        await self._on_disk(partial(part.write, bytes(gathered)))

    async def _on_disk(self, work: Callable[[], Result]) -> Result:
        with disk_failures(self._path):
            return await _to_its_end(work)


@contextmanager
def disk_failures(folder: Path) -> Iterator[None]:
    """Turn the failures of the system into ours.

    Raises:
        EvidenceDiskFullError: no room.
        EvidenceUnavailableError: any other.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise EvidenceDiskFullError(str(folder)) from error
        raise EvidenceUnavailableError(str(folder), error.errno) from error


class _Part:
    """A file while it is written; each method works on the disk and belongs into a thread."""

    def __init__(self, folder: Path) -> None:
        self.name = token_hex(16)
        self.size = 0
        self._folder = folder
        self._path = folder / f"{self.name}{PART}"
        self._digest = sha256()
        self._descriptor: int | None = None

    @property
    def sha256(self) -> str:
        """The digest of what was written, in hexadecimal."""
        return self._digest.hexdigest()

    def open(self) -> None:
        """Begin the file, and its folder if need be."""
        _prepare(self._folder)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        self._descriptor = os.open(self._path, flags, FILE_MODE)

    def write(self, data: bytes) -> None:
        """Append."""
        left = memoryview(data)
        while left:
            left = left[os.write(self._opened, left) :]
        self._digest.update(data)
        self.size += len(data)

    def content(self) -> bytes:
        """Give all that was written."""
        with _opened(self._path) as file:
            return file.read()

    def finish(self) -> None:
        """Let the file survive a power cut, under its own name."""
        os.fsync(self._opened)
        self._close()
        self._path = self._path.rename(self._folder / self.name)
        _sync(self._folder)

    def discard(self) -> None:
        """Remove the file; what cannot be removed is left to the next sweep."""
        with suppress(OSError):
            self._close()
        with suppress(OSError):
            self._path.unlink()

    @property
    def _opened(self) -> int:
        if self._descriptor is None:
            raise ValueError(self.name)
        return self._descriptor

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def _inspect(part: _Part, label: str) -> tuple[str, Kind]:
    """Give what was written its right label and kind."""
    return settle(label, kind_of(part.content()))


def _prepare(folder: Path) -> None:
    """Make the folder; shut one of ours that others may look into."""
    is_new = not folder.exists()
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    if is_new:
        _sync(folder.parent)
    found = folder.stat()
    is_ours = found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX  # as /tmp has it
    if is_ours and found.st_mode & FOR_OTHERS:
        folder.chmod(FOLDER_MODE)


def _sync(folder: Path) -> None:
    """Let the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _opened(path: Path) -> BufferedReader:
    """Open a file to read it, not one that a link leads to."""
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise ValueError("not the name of a kept file")


def _our_files(folder: Path) -> list["os.DirEntry[str]"]:
    """List the files that are named as ours are."""
    try:
        with os.scandir(folder) as entries:
            return [
                each
                for each in entries
                if OUR_FILE.fullmatch(each.name) and each.is_file(follow_symlinks=False)
            ]
    except FileNotFoundError:
        return []


def _put_aside(
    path: Path, known: frozenset[str], now: float, written_before: float, unused_since: float
) -> bool:
    """Remove or rename one of our files, if need be; tell whether it was."""
    name = path.name.partition(".")[0]
    try:
        written = path.stat(follow_symlinks=False).st_mtime
        match path.suffix:
            case suffix if suffix == UNUSED and name in known:
                path.rename(path.with_suffix(""))
            case suffix if suffix == UNUSED and written < unused_since:
                path.unlink()
            case suffix if suffix == PART and written < written_before:
                path.unlink()
            case "" if name not in known and written < written_before:
                os.utime(path, (now, now))  # from which it counts as unused
                path.rename(path.with_suffix(UNUSED))
            case _:
                return False
    except FileNotFoundError:
        return False
    return True


async def _to_its_end(work: Callable[[], Result]) -> Result:
    """Work in a thread; whoever is cancelled meanwhile waits until the thread is done."""
    running = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([running])
        raise
