"""Evidence on disk: kept under random names, told by its content and found unchanged later."""

import asyncio
import errno
import os
import re
import stat
import struct
import unicodedata
import zlib
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from hashlib import file_digest, sha256
from io import BufferedReader, BytesIO
from pathlib import Path
from secrets import token_hex
from typing import TypeVar
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from storage.errors import StorageError

Result = TypeVar("Result")

EVIDENCE_BYTES = 20 * 1024 * 1024  # the most that the Bot API lets a bot download
WRITE_BYTES = 256 * 1024  # gathered before a thread writes them
SWEPT_AFTER = timedelta(hours=1)
LABEL_CHARS = 120
NO_LABEL = "archivo"

FOLDER_MODE, FILE_MODE = 0o700, 0o600
FOR_OTHERS = 0o077
PART = ".part"  # follows a name until its file is complete
NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
OUR_FILE = re.compile(rf"(?P<name>{NAME.pattern})(?P<part>{re.escape(PART)})?", re.ASCII)
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # the last: a limit set on the program


class EvidenceError(StorageError):
    """A piece of evidence could not be kept or read, for a known reason."""


class EvidenceTooLargeError(EvidenceError):
    """It has more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class EmptyEvidenceError(EvidenceError):
    """It has no bytes at all."""


class EvidenceKindError(EvidenceError):
    """Its content is `found`, one of `Refused`, which is not accepted."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class FalseEndingError(EvidenceError):
    """Its label ends in `ending`, its content is what ends in `found`; both without a dot."""

    def __init__(self, ending: str, found: str) -> None:
        super().__init__(ending, found)
        self.ending = ending
        self.found = found


class EvidenceMissingError(EvidenceError):
    """No file of this `name` is kept."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class EvidenceDiskFullError(EvidenceError):
    """There is no room left in the folder `where`."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


class EvidenceUnavailableError(EvidenceError):
    """The folder `where` cannot be used; `code` is the `errno` of the system, None if unknown."""

    def __init__(self, where: str, code: int | None) -> None:
        super().__init__(where, code)
        self.where = where
        self.code = code


class Refused(StrEnum):
    """What a content may be found to be that is not accepted."""

    EXECUTABLE = "executable"
    SCRIPT = "script"
    HTML = "html"
    SVG = "svg"
    XML = "xml"
    RTF = "rtf"
    MACROS = "macros"  # an Office file with a program in it
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"  # begins as something accepted and cannot be read
    UNKNOWN = "unknown"


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
        """Remove what a crash left behind; give how many files that were.

        Incomplete files go, and complete ones whose name is not `known`, both when last written
        more than `older_than` before `now`. What is not named as `keep` names is left alone.

        Raises:
            EvidenceUnavailableError: the folder cannot be read, or a file not be removed.
        """
        names, until = frozenset(known), (now - older_than).timestamp()

        def remove() -> int:
            left = [each for each in _our_files(self._path) if _is_left(each, names, until)]
            for each in left:
                Path(each).unlink(missing_ok=True)
            return len(left)

        return await self._on_disk(remove)

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


def safe_label(original: str) -> str:
    """Make a name that people can read and no program mistakes for a path; never empty."""
    kept = (
        " " if char in SEPARATORS else char
        for char in original
        if char.isspace() or not _is_hidden(char)
    )
    text = unicodedata.normalize("NFC", " ".join("".join(kept).split())).strip(" .")
    stem, ending = _split(text)
    return _fitting(stem, ending) if ending else text[:LABEL_CHARS].rstrip(" .") or NO_LABEL


SEPARATORS = "/\\"
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ENDING = re.compile(r"(?s)(?P<stem>.+)\.(?P<ending>[A-Za-z0-9]{1,10})")


def _is_hidden(char: str) -> bool:
    """Tell what nobody sees, or what is no character: controls, and halves of a pair."""
    return char in BIDI_CONTROLS or unicodedata.category(char) in {"Cc", "Cs"}


def _split(label: str) -> tuple[str, str]:
    """Part a label from its ending, which is empty where there is none."""
    match = ENDING.fullmatch(label)
    return (match["stem"], match["ending"]) if match else (label, "")


def _fitting(stem: str, ending: str) -> str:
    return f"{stem[: LABEL_CHARS - len(ending) - 1].rstrip()}.{ending}"


# What is accepted.


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content; kinds of one family are taken for each other without harm."""

    mime: str
    endings: tuple[str, ...]  # without a dot, the usual one first
    family: str = ""


OOXML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

PDF = Kind("application/pdf", ("pdf",))
PNG = Kind("image/png", ("png",), "picture")
JPEG = Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "picture")
WEBP = Kind("image/webp", ("webp",), "picture")
GIF = Kind("image/gif", ("gif",), "picture")
TIFF = Kind("image/tiff", ("tif", "tiff"), "picture")
HEIC = Kind("image/heic", ("heic", "heif"), "picture")
MP4 = Kind("video/mp4", ("mp4", "m4v"), "video")
MOV = Kind("video/quicktime", ("mov", "qt"), "video")
DOCX = Kind(f"{OOXML}wordprocessingml.document", ("docx",))
XLSX = Kind(f"{OOXML}spreadsheetml.sheet", ("xlsx",))
PPTX = Kind(f"{OOXML}presentationml.presentation", ("pptx",))
ODT = Kind(f"{OPEN_DOCUMENT}text", ("odt",))
ODS = Kind(f"{OPEN_DOCUMENT}spreadsheet", ("ods",))
ODP = Kind(f"{OPEN_DOCUMENT}presentation", ("odp",))
DOC = Kind("application/msword", ("doc",))
XLS = Kind("application/vnd.ms-excel", ("xls",))
PPT = Kind("application/vnd.ms-powerpoint", ("ppt",))
MSG = Kind("application/vnd.ms-outlook", ("msg",))
ZIP = Kind("application/zip", ("zip",))
TEXT = Kind("text/plain", ("txt",))
CSV = Kind("text/csv", ("csv",))
MAIL = Kind("message/rfc822", ("eml",))

TEXTS = (TEXT, CSV, MAIL)  # only the label tells them apart
KINDS = (
    *(PDF, PNG, JPEG, WEBP, GIF, TIFF, HEIC, MP4, MOV, DOCX, XLSX, PPTX, ODT, ODS, ODP),
    *(DOC, XLS, PPT, MSG, ZIP, *TEXTS),
)
KIND_OF_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
# Endings of what is not accepted; any other word after a dot is a part of the name.
FOREIGN_ENDINGS = frozenset(
    "exe dll com scr msi msix cmd bat ps1 psm1 vbs vbe js jse mjs wsf wsh hta cpl lnk url reg pif "
    "sh bash py rb pl php jar apk app dmg deb rpm iso img elf bin so class htm html xhtml mht "
    "mhtml svg svgz xml xsl rtf docm dotm dot dotx xlsm xlsb xltm xlam xla xlt xltx pptm potm "
    "ppam ppsm pps ppsx ott ots otp odg pub one chm rar 7z gz tgz tar bz2 xz cab bmp ico psd "
    "avif mp3 m4a wav ogg avi mkv webm wmv flv".split()
)


def settle(label: str, kind: Kind) -> tuple[str, Kind]:
    """Give a label the ending of its content; tell which text a text is by its label.

    Raises:
        FalseEndingError: the label names another kind.
    """
    stem, ending = _split(label)
    named = KIND_OF_ENDING.get(ending.lower())
    if named is kind:
        return label, kind
    if kind is TEXT and named in TEXTS:
        return label, named
    right = kind.endings[0]
    if named is None and ending.lower() not in FOREIGN_ENDINGS:
        return _fitting(label, right), kind
    if named is not None and kind.family and named.family == kind.family:
        return _fitting(stem, right), kind
    raise FalseEndingError(ending.lower(), right)


SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
BOM = b"\xef\xbb\xbf"
ZIP_SIGNATURE = b"PK\x03\x04"
COMPOUND_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXECUTABLES = (
    *(b"MZ", b"\x7fELF", b"dex\n", b"\xca\xfe\xba\xbe"),
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
)


def kind_of(content: bytes) -> Kind:
    """Tell the kind of a content.

    Raises:
        EvidenceKindError: it is not of an accepted kind.
    """
    if kind := _picture_kind(content) or _box_kind(content):
        return kind
    if content[:1024].removeprefix(BOM).lstrip().startswith(b"%PDF-"):
        return PDF
    if content.startswith(ZIP_SIGNATURE):
        return _archive_kind(content)
    if content.startswith(COMPOUND_SIGNATURE):
        return _compound_kind(content)
    if _is_text(content):
        return _text_kind(content)
    is_executable = content.startswith(EXECUTABLES)
    raise EvidenceKindError(Refused.EXECUTABLE if is_executable else Refused.UNKNOWN)


def _picture_kind(content: bytes) -> Kind | None:
    """Tell a picture by its first bytes; None for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return next((kind for first, kind in SIGNATURES if content.startswith(first)), None)


# Text.

SCANNED_BYTES = 256 * 1024  # at once, so that the other threads get their turn
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
UNUSED_IN_LATIN = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # by Windows, which fills the others
MARKUP = re.compile(rb"<(?:[!?/]|[a-z][\w:-]*(?:[\s/>]|\Z))", re.IGNORECASE)


def _is_text(content: bytes) -> bool:
    """Tell whether people can read it, as UTF-8 or as Latin-1."""
    if _has(CONTROLS, content):
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return not _has(UNUSED_IN_LATIN, content)
    return True


def _has(pattern: re.Pattern[bytes], content: bytes) -> bool:
    """Look for a single byte."""
    starts = range(0, len(content), SCANNED_BYTES)
    return any(pattern.search(content, start, start + SCANNED_BYTES) for start in starts)


def _text_kind(content: bytes) -> Kind:
    """Refuse the texts that a program would run or draw."""
    head = content[:4096].removeprefix(BOM).lstrip()
    if head.startswith((b"#!", b"%!")):
        raise EvidenceKindError(Refused.SCRIPT)
    if head.startswith(b"{\\rtf"):
        raise EvidenceKindError(Refused.RTF)
    if MARKUP.match(head):
        lower = head.lower()
        if b"<svg" in lower:
            raise EvidenceKindError(Refused.SVG)
        is_xml = lower.startswith(b"<?xml") and b"<html" not in lower
        raise EvidenceKindError(Refused.XML if is_xml else Refused.HTML)
    return TEXT


# Pictures and videos in boxes (ISO base media).

HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis"})
PICTURE_BRANDS = frozenset({b"mif1", b"msf1", b"miaf"})  # of any coding
SOUND_BRANDS = frozenset({b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"F4B "})
VIDEO_BRANDS = (b"iso", b"mp4", b"avc", b"M4V", b"3gp", b"3g2", b"dash", b"MSNV", b"mmp4")
FIRST_BOXES = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip"})  # of videos before brands
BRANDS_BYTES = 4096
BOX_HEADER_BYTES = 8
SIZE_FURTHER_ON = 1  # in the place of the size of a large box


def _box_kind(content: bytes) -> Kind | None:
    """Tell a picture or a video by its first box; None for anything else."""
    size, box = int.from_bytes(content[:4]), content[4:8]
    if size != SIZE_FURTHER_ON and not BOX_HEADER_BYTES <= size <= len(content):
        return None
    if box == b"ftyp" and size <= BRANDS_BYTES:
        brands = [content[start : start + 4] for start in range(16, size, 4)]
        return _branded_kind(content[8:12], brands)
    return MOV if box in FIRST_BOXES and b"moov" in content else None


def _branded_kind(major: bytes, others: list[bytes]) -> Kind | None:
    """Tell a picture or a video by what it says it agrees with."""
    if major in HEIC_BRANDS or (major in PICTURE_BRANDS and HEIC_BRANDS.intersection(others)):
        return HEIC
    if major in SOUND_BRANDS or major in PICTURE_BRANDS:
        return None
    if major == b"qt  ":
        return MOV
    return MP4 if any(brand.startswith(VIDEO_BRANDS) for brand in (major, *others)) else None


# Archives: ZIP, and the Office files that are one.

MOST_MEMBERS = 20_000
TYPES_MEMBER = "[content_types].xml"
TYPES_BYTES = 1024 * 1024
DIRECTORY_ENTRY = b"PK\x01\x02"
IS_ENCRYPTED = 0x1  # a flag of a member
CONTENT_TYPE = re.compile(rb"""ContentType\s*=\s*["']([^"']*)["']""")
OFFICE_TYPES = {
    f"{OOXML}wordprocessingml.document.main+xml": DOCX,
    f"{OOXML}spreadsheetml.sheet.main+xml": XLSX,
    f"{OOXML}presentationml.presentation.main+xml": PPTX,
}
MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet")
MACRO_MEMBER = "vbaproject.bin"
MACRO_FOLDERS = ("Basic/", "Scripts/")  # of OpenDocument
PROGRAM_MEMBERS = frozenset({"META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex"})
MIME_MEMBER = "mimetype"  # of OpenDocument, not packed
MIME_BYTES = 100
OPEN_DOCUMENTS = {kind.mime.encode(): kind for kind in (ODT, ODS, ODP)}
UNREADABLE = (BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)


def _archive_kind(content: bytes) -> Kind:
    """Tell what an archive is from its list of members; none but the list of types is unpacked."""
    if content.count(DIRECTORY_ENTRY) > MOST_MEMBERS:
        raise EvidenceKindError(Refused.UNKNOWN)
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            lists = [each for each in members if each.filename.lower() == TYPES_MEMBER]
            types = [_types(archive, each) for each in lists]
            mime = _mime(archive, members)
    except UNREADABLE:
        raise EvidenceKindError(Refused.DAMAGED) from None
    names = [each.filename for each in members]
    if any(each.flag_bits & IS_ENCRYPTED for each in members):
        raise EvidenceKindError(Refused.ENCRYPTED)
    if any(name.lower().endswith(MACRO_MEMBER) for name in names):
        raise EvidenceKindError(Refused.MACROS)
    if types:
        return _office_kind(types)
    if mime.startswith(OPEN_DOCUMENT.encode()):
        return _open_document_kind(mime, names)
    if PROGRAM_MEMBERS.intersection(names):
        raise EvidenceKindError(Refused.EXECUTABLE)
    return ZIP


def _types(archive: ZipFile, member: ZipInfo) -> frozenset[str] | None:
    """Read the types that an Office file lists for its parts; None where none can be told."""
    if member.flag_bits & IS_ENCRYPTED or member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        return None  # the other packings unpack without a limit
    with archive.open(member) as opened:
        listed = opened.read(TYPES_BYTES + 1)
    if len(listed) > TYPES_BYTES:
        return None
    types = frozenset(each.decode("latin-1") for each in CONTENT_TYPE.findall(listed))
    return None if any("&" in each for each in types) else types  # written to be overlooked


def _office_kind(lists: list[frozenset[str] | None]) -> Kind:
    if len(lists) > 1 or lists[0] is None:
        raise EvidenceKindError(Refused.UNKNOWN)
    if any(word in each.lower() for each in lists[0] for word in MACRO_TYPES):
        raise EvidenceKindError(Refused.MACROS)
    found = [OFFICE_TYPES[each] for each in lists[0] if each in OFFICE_TYPES]
    if len(found) != 1:
        raise EvidenceKindError(Refused.UNKNOWN)
    return found[0]


def _mime(archive: ZipFile, members: list[ZipInfo]) -> bytes:
    """Read what an OpenDocument file says it is; empty for any other archive."""
    for each in members:
        is_plain = each.compress_type == ZIP_STORED and not each.flag_bits & IS_ENCRYPTED
        if each.filename == MIME_MEMBER and is_plain:
            with archive.open(each) as opened:
                return opened.read(MIME_BYTES).strip()
    return b""


def _open_document_kind(mime: bytes, names: list[str]) -> Kind:
    if any(name.startswith(MACRO_FOLDERS) for name in names):
        raise EvidenceKindError(Refused.MACROS)
    if mime not in OPEN_DOCUMENTS:
        raise EvidenceKindError(Refused.UNKNOWN)
    return OPEN_DOCUMENTS[mime]


# Compound files: Office before 2007, and mail of Outlook.

COMPOUND_KINDS = {
    "WordDocument": DOC,
    "Workbook": XLS,
    "Book": XLS,
    "PowerPoint Document": PPT,
    "__properties_version1.0": MSG,
}
COMPOUND_ENCRYPTED = "EncryptedPackage"  # an Office file of today with a password
COMPOUND_MACROS = frozenset({"VBA", "_VBA_PROJECT"})
SECTOR_SHIFTS = (9, 12)
LAST_SECTOR = 0xFFFFFFFA  # the numbers above it are marks
ENTRY_BYTES = 128
MOST_ENTRIES = 20_000


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry in the directory of a compound file; the entries of a folder form a tree."""

    name: str
    left: int
    right: int
    child: int


def _compound_kind(content: bytes) -> Kind:
    """Tell what a compound file is from the names at its top.

    Source: [MS-CFB], Compound File Binary File Format.
    """
    try:
        entries = _entries(content)
        top = _top_names(entries)
    except (struct.error, ValueError, IndexError):
        raise EvidenceKindError(Refused.DAMAGED) from None
    if COMPOUND_ENCRYPTED in top:
        raise EvidenceKindError(Refused.ENCRYPTED)
    if any(entry.name.upper() in COMPOUND_MACROS for entry in entries):
        raise EvidenceKindError(Refused.MACROS)
    kinds = {COMPOUND_KINDS[name] for name in top if name in COMPOUND_KINDS}
    if len(kinds) != 1:
        raise EvidenceKindError(Refused.UNKNOWN)
    return kinds.pop()


def _entries(content: bytes) -> list[_Entry]:
    """Read the directory of a compound file.

    Raises:
        ValueError, IndexError, struct.error: it is damaged, or has too many entries.
    """
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in SECTOR_SHIFTS:
        raise ValueError(shift)
    size = 1 << shift
    numbers = size // 4  # in one sector of a table

    def sector(number: int) -> bytes:
        start = (number + 1) << shift
        if start >= len(content):
            raise ValueError(number)
        return content[start : start + size].ljust(size, b"\0")

    tables = list(struct.unpack_from("<109I", content, 76))
    more = struct.unpack_from("<I", content, 68)[0]
    while more < LAST_SECTOR and len(tables) * numbers * size <= EVIDENCE_BYTES:
        *listed, more = struct.unpack(f"<{numbers}I", sector(more))
        tables += listed
    entries: list[_Entry] = []
    here = struct.unpack_from("<I", content, 48)[0]
    while here < LAST_SECTOR:
        data = sector(here)
        entries += [_entry(data, start) for start in range(0, size, ENTRY_BYTES)]
        if len(entries) > MOST_ENTRIES:
            raise ValueError(len(entries))
        table, place = divmod(here, numbers)
        here = struct.unpack_from("<I", sector(tables[table]), place * 4)[0]
    return entries


def _entry(data: bytes, start: int) -> _Entry:
    length, _, _, left, right, child = struct.unpack_from("<HBBIII", data, start + 64)
    name = data[start : start + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
    return _Entry(name, left, right, child)


def _top_names(entries: list[_Entry]) -> frozenset[str]:
    """Give the names in the outermost folder; those in other folders are of enclosed files."""
    names, seen = set(), set()
    waiting = [entries[0].child]
    while waiting:
        number = waiting.pop()
        if number >= LAST_SECTOR or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        names.add(entry.name)
        waiting += [entry.left, entry.right]
    return frozenset(names)


# The disk.


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


def _is_left(entry: "os.DirEntry[str]", known: frozenset[str], until: float) -> bool:
    """Tell whether nobody needs a file, and nobody is writing it."""
    try:
        return entry.name not in known and entry.stat(follow_symlinks=False).st_mtime < until
    except FileNotFoundError:
        return False


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
