"""Evidence on disk: how it is kept and found again, and what is left after a failure."""

import asyncio
import errno
import os
import re
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from storage.evidence_files import (
    UNUSED_FOR,
    EvidenceFolder,
    Soundness,
    StoredEvidence,
    disk_failures,
)
from storage.evidence_kinds import (
    EVIDENCE_BYTES,
    EmptyEvidenceError,
    EvidenceDiskFullError,
    EvidenceKindError,
    EvidenceMissingError,
    EvidenceTooLargeError,
    EvidenceUnavailableError,
    FalseEndingError,
)

NOW = datetime(2021, 5, 14, 17, tzinfo=UTC)
LONG_AGO = (NOW - timedelta(hours=1, seconds=1)).timestamp()
JUST_NOW = (NOW - timedelta(minutes=59)).timestamp()
OTHER_NAME = "0" * 32
ROOT = Path(__file__).parents[2]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(25)
ELF = b"\x7fELF\2\1\1" + bytes(57)


async def pieces(content: bytes, size: int = 100_000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


@pytest.fixture
def folder(path: Path) -> EvidenceFolder:
    return EvidenceFolder(path)


async def kept(folder: EvidenceFolder, content: bytes = PDF, label: str = "a.pdf") -> str:
    return (await folder.keep(pieces(content), label)).name


def names(path: Path) -> list[str]:
    return sorted(each.name for each in path.iterdir()) if path.exists() else []


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def age(path: Path, written_at: float = LONG_AGO) -> None:
    os.utime(path, (written_at, written_at), follow_symlinks=False)


# How it is kept.


async def test_a_file_is_kept_under_a_random_name(folder: EvidenceFolder, path: Path) -> None:
    stored = await folder.keep(pieces(PDF, 10), "../Acta.pdf")

    digest = sha256(PDF).hexdigest()
    assert stored == StoredEvidence(stored.name, "Acta.pdf", "application/pdf", len(PDF), digest)
    assert re.fullmatch(r"[0-9a-f]{32}", stored.name)
    assert names(path) == [stored.name]
    assert (path / stored.name).read_bytes() == PDF


async def test_nobody_else_may_look(folder: EvidenceFolder, path: Path) -> None:
    name = await kept(folder)

    assert (mode(path), mode(path / name)) == (0o700, 0o600)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(0o755, 0o700, id="open-to-look-at"),
        pytest.param(0o770, 0o700, id="open-to-a-group"),
        pytest.param(0o1777, 0o1777, id="shared-by-all-stays"),
    ],
)
def test_a_folder_left_open_is_shut(
    folder: EvidenceFolder, path: Path, before: int, after: int
) -> None:
    path.mkdir()
    path.chmod(before)

    asyncio.run(kept(folder))

    assert mode(path) == after


async def test_the_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two"

    name = await kept(EvidenceFolder(path))

    assert names(path) == [name]


async def test_many_are_kept_at_once(folder: EvidenceFolder) -> None:
    contents = [PDF + bytes([number]) * 300_000 for number in range(8)]

    stored = await asyncio.gather(*(folder.keep(pieces(each), "a.pdf") for each in contents))

    assert [await folder.read(each.name) for each in stored] == contents


async def test_the_limit_is_kept(folder: EvidenceFolder) -> None:
    content = PDF.ljust(EVIDENCE_BYTES, b"\n")

    stored = await folder.keep(pieces(content), "a.pdf")

    assert stored.size == EVIDENCE_BYTES
    assert stored.sha256 == sha256(content).hexdigest()


async def test_more_is_not_and_the_rest_is_not_read(folder: EvidenceFolder, path: Path) -> None:
    taken = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            taken.append(2**20)
            yield bytes(2**20)

    with pytest.raises(EvidenceTooLargeError) as caught:
        await folder.keep(endless(), "a.pdf")

    assert caught.value.limit == EVIDENCE_BYTES
    assert len(taken) == 21
    assert names(path) == []


@pytest.mark.parametrize(
    ("chunks", "label", "error"),
    [
        pytest.param([], "a.pdf", EmptyEvidenceError, id="nothing"),
        pytest.param([b"", b""], "a.pdf", EmptyEvidenceError, id="empty-chunks"),
        pytest.param([ELF], "a.pdf", EvidenceKindError, id="a-program"),
        pytest.param([PNG], "a.pdf", FalseEndingError, id="a-false-ending"),
    ],
)
async def test_what_is_refused_leaves_nothing(
    folder: EvidenceFolder,
    path: Path,
    chunks: Iterable[bytes],
    label: str,
    error: type[Exception],
) -> None:
    async def given_chunks() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    with pytest.raises(error):
        await folder.keep(given_chunks(), label)

    assert names(path) == []


async def test_a_source_that_fails_leaves_nothing(folder: EvidenceFolder, path: Path) -> None:
    async def failing() -> AsyncIterator[bytes]:
        yield PDF.ljust(300_000)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await folder.keep(failing(), "a.pdf")

    assert names(path) == []


@pytest.mark.parametrize("turns", [0, *(2**power for power in range(14))])
async def test_a_cancellation_leaves_nothing(
    folder: EvidenceFolder, path: Path, turns: int
) -> None:
    content = PDF.ljust(600_000)
    keeping = asyncio.ensure_future(folder.keep(pieces(content), "a.pdf"))
    for _ in range(turns):
        await asyncio.sleep(0)

    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)

    assert names(path) == ([] if keeping.cancelled() else [keeping.result().name])


async def test_a_second_cancellation_leaves_nothing(folder: EvidenceFolder, path: Path) -> None:
    reached = asyncio.Event()

    async def waiting() -> AsyncIterator[bytes]:
        yield PDF.ljust(300_000)
        reached.set()
        await asyncio.Event().wait()

    keeping = asyncio.ensure_future(folder.keep(waiting(), "a.pdf"))
    await reached.wait()
    keeping.cancel()
    await asyncio.sleep(0)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)

    assert keeping.cancelled()
    assert names(path) == []


# When the disk does not take it.

LIMITED = """
import asyncio, resource, sys
from pathlib import Path
from storage.evidence_files import EvidenceFolder
from storage.evidence_kinds import EvidenceDiskFullError

async def chunks():
    yield b"%PDF-1.4" + b" " * 400_000
    yield b" " * 400_000

resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
try:
    asyncio.run(EvidenceFolder(Path(sys.argv[1])).keep(chunks(), "a.pdf"))
except EvidenceDiskFullError as error:
    print(error.where)
"""


def test_a_disk_without_room_is_told_and_left_clean(path: Path) -> None:
    command = [sys.executable, "-c", LIMITED, str(path)]

    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == str(path)
    assert names(path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_device_is_told(path: Path) -> None:
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(EvidenceDiskFullError) as caught,
        disk_failures(path),
    ):
        full.write(b"x")

    assert caught.value.where == str(path)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_no_room_has_several_names(path: Path, code: int) -> None:
    with pytest.raises(EvidenceDiskFullError), disk_failures(path):
        raise OSError(code, os.strerror(code))


async def test_a_folder_that_is_a_file_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")

    with pytest.raises(EvidenceUnavailableError) as caught:
        await kept(EvidenceFolder(path))

    assert (caught.value.where, caught.value.code) == (str(path), errno.EEXIST)


async def test_a_folder_below_a_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(EvidenceUnavailableError) as caught:
        await kept(EvidenceFolder(tmp_path / "file" / "evidence"))

    assert caught.value.code == errno.ENOTDIR


# How it is found again.

BAD_NAMES = [
    pytest.param("", id="empty"),
    pytest.param("../" + OTHER_NAME, id="path"),
    pytest.param(OTHER_NAME + ".part", id="incomplete"),
    pytest.param(OTHER_NAME + "\n", id="line-break"),
    pytest.param("A" * 32, id="capitals"),
    pytest.param("٣" * 32, id="other-digits"),
]


@pytest.mark.parametrize("name", BAD_NAMES)
async def test_only_names_of_ours_are_looked_for(folder: EvidenceFolder, name: str) -> None:
    with pytest.raises(ValueError, match="kept file"):
        await folder.read(name)
    with pytest.raises(ValueError, match="kept file"):
        await folder.verify(name, "", 0)


async def test_a_file_that_is_gone_is_missing(folder: EvidenceFolder) -> None:
    with pytest.raises(EvidenceMissingError) as caught:
        await folder.read(OTHER_NAME)

    assert caught.value.name == OTHER_NAME


async def test_a_link_is_not_followed(folder: EvidenceFolder, path: Path) -> None:
    await kept(folder)
    (path / OTHER_NAME).symlink_to("/etc/hostname")

    with pytest.raises(EvidenceUnavailableError) as caught:
        await folder.read(OTHER_NAME)

    assert caught.value.code == errno.ELOOP


async def test_an_untouched_file_is_sound(folder: EvidenceFolder) -> None:
    stored = await folder.keep(pieces(PDF), "a.pdf")

    assert await folder.verify(stored.name, stored.sha256, stored.size) is Soundness.SOUND


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PDF.replace(b"1", b"7"), id="same-size"),
        pytest.param(PDF[:-1], id="cut-off"),
        pytest.param(PDF + b"\n", id="longer"),
    ],
)
async def test_a_changed_file_is_altered(
    folder: EvidenceFolder, path: Path, content: bytes
) -> None:
    stored = await folder.keep(pieces(PDF), "a.pdf")
    (path / stored.name).write_bytes(content)

    assert await folder.verify(stored.name, stored.sha256, stored.size) is Soundness.ALTERED


async def test_a_removed_file_is_missing(folder: EvidenceFolder, path: Path) -> None:
    stored = await folder.keep(pieces(PDF), "a.pdf")
    (path / stored.name).unlink()

    assert await folder.verify(stored.name, stored.sha256, stored.size) is Soundness.MISSING


async def test_what_is_no_file_is_unreadable(folder: EvidenceFolder, path: Path) -> None:
    stored = await folder.keep(pieces(PDF), "a.pdf")
    (path / stored.name).unlink()
    (path / stored.name).mkdir()
    size = (path / stored.name).stat().st_size

    assert await folder.verify(stored.name, stored.sha256, size) is Soundness.UNREADABLE


# What is left behind.


@pytest.mark.parametrize(
    ("name", "written_at", "left"),
    [
        pytest.param(OTHER_NAME, LONG_AGO, f"{OTHER_NAME}.unused", id="unknown"),
        pytest.param(OTHER_NAME, JUST_NOW, OTHER_NAME, id="unknown-but-new"),
        pytest.param(f"{OTHER_NAME}.part", LONG_AGO, None, id="incomplete"),
        pytest.param(f"{OTHER_NAME}.part", JUST_NOW, f"{OTHER_NAME}.part", id="being-written"),
        pytest.param("LÉAME.txt", LONG_AGO, "LÉAME.txt", id="not-ours"),
        pytest.param(f"{OTHER_NAME}.pdf", LONG_AGO, f"{OTHER_NAME}.pdf", id="nearly-ours"),
    ],
)
async def test_only_old_remains_are_swept(
    folder: EvidenceFolder, path: Path, name: str, written_at: float, left: str | None
) -> None:
    known = await kept(folder)
    (path / name).write_bytes(PDF)
    age(path / known, written_at)
    age(path / name, written_at)

    assert await folder.sweep([known], NOW) == (left != name)
    assert names(path) == sorted([known, left] if left else [known])


async def test_a_file_that_no_evidence_names_is_kept_a_month_more(
    folder: EvidenceFolder, path: Path
) -> None:
    name = await kept(folder)
    age(path / name)

    await folder.sweep([], NOW)
    await folder.sweep([], NOW + UNUSED_FOR)
    still = names(path)
    await folder.sweep([], NOW + UNUSED_FOR + timedelta(seconds=1))

    assert still == [f"{name}.unused"]
    assert names(path) == []


async def test_a_file_is_found_again_once_it_is_known_again(
    folder: EvidenceFolder, path: Path
) -> None:
    name = await kept(folder)
    age(path / name)

    await folder.sweep([], NOW)  # by a program with another database
    await folder.sweep([name], NOW)

    assert names(path) == [name]
    assert await folder.read(name) == PDF


async def test_the_remains_of_a_known_file_are_swept(folder: EvidenceFolder, path: Path) -> None:
    known = await kept(folder)
    (path / f"{known}.part").write_bytes(PDF)
    age(path / f"{known}.part")

    assert await folder.sweep([known], NOW) == 1
    assert names(path) == [known]


async def test_folders_and_links_are_not_swept(folder: EvidenceFolder, path: Path) -> None:
    known = await kept(folder)
    (path / OTHER_NAME).mkdir()
    (path / ("1" * 32)).symlink_to(path / known)
    age(path / OTHER_NAME)
    age(path / ("1" * 32))

    assert await folder.sweep([known], NOW) == 0


async def test_there_is_nothing_to_sweep_before_the_first_use(folder: EvidenceFolder) -> None:
    assert await folder.sweep([], NOW) == 0
