"""What is taken as evidence: the kinds of content, their endings, and why the rest is refused."""

import re
import struct
import unicodedata
import zlib
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from storage.errors import StorageError

EVIDENCE_BYTES = 20 * 1024 * 1024  # the most that the Bot API lets a bot download
LABEL_CHARS = 120
NO_LABEL = "archivo"


class Refused(StrEnum):
    """What a content may be found to be that is not accepted."""

    EXECUTABLE = "executable"
    SCRIPT = "script"
    HTML = "html"
    SVG = "svg"
    MACROS = "macros"  # an Office file with a program in it
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"  # begins as something accepted and cannot be read
    UNKNOWN = "unknown"


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
    """Its content is `found`, which is not accepted."""

    def __init__(self, found: Refused) -> None:
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


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content; kinds of one family are taken for each other without harm."""

    mime: str
    endings: tuple[str, ...]  # without a dot, the usual one first
    family: str = ""
    is_told_by_label: bool = False  # from others of its family that are so too


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
DOC = Kind("application/msword", ("doc",), "old office", is_told_by_label=True)
XLS = Kind("application/vnd.ms-excel", ("xls",), "old office", is_told_by_label=True)
PPT = Kind("application/vnd.ms-powerpoint", ("ppt",), "old office", is_told_by_label=True)
MSG = Kind("application/vnd.ms-outlook", ("msg",), "old office", is_told_by_label=True)
RTF = Kind("application/rtf", ("rtf",), "old office")  # which some programs name .doc
ZIP = Kind("application/zip", ("zip",))
TEXT = Kind("text/plain", ("txt",), "text", is_told_by_label=True)
CSV = Kind("text/csv", ("csv",), "text", is_told_by_label=True)
MAIL = Kind("message/rfc822", ("eml",), "text", is_told_by_label=True)
XML = Kind("text/xml", ("xml",), "text")

KINDS = (
    *(PDF, PNG, JPEG, WEBP, GIF, TIFF, HEIC, MP4, MOV, DOCX, XLSX, PPTX, ODT, ODS, ODP),
    *(DOC, XLS, PPT, MSG, RTF, ZIP, TEXT, CSV, MAIL, XML),
)
KIND_OF_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
# Endings of what is not accepted; any other word after a dot is a part of the name.
FOREIGN_ENDINGS = frozenset(
    "exe dll com scr msi msix cmd bat ps1 psm1 vbs vbe js jse mjs wsf wsh hta cpl lnk url reg pif "
    "sh bash py rb pl php jar apk app dmg deb rpm iso img elf bin so class htm html xhtml mht "
    "mhtml svg svgz xsl docm dotm dot dotx xlsm xlsb xltm xlam xla xlt xltx pptm potm "
    "ppam ppsm pps ppsx ott ots otp odg pub one chm rar 7z gz tgz tar bz2 xz cab bmp ico psd "
    "avif mp3 m4a wav ogg avi mkv webm wmv flv".split()
)


# Labels.

SEPARATORS = "/\\"
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ENDING = re.compile(r"(?s)(?P<stem>.+)\.(?P<ending>[A-Za-z0-9]{1,10})")


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


def settle(label: str, kind: Kind) -> tuple[str, Kind]:
    """Give a label the ending of its content; tell by it what the content alone does not.

    Raises:
        FalseEndingError: the label names another kind.
    """
    stem, ending = _split(label)
    named, right = KIND_OF_ENDING.get(ending.lower()), kind.endings[0]
    if named is kind:
        return label, kind
    if named is None and ending.lower() not in FOREIGN_ENDINGS:
        return _fitting(label, right), kind
    if named is None or not kind.family or named.family != kind.family:
        raise FalseEndingError(ending.lower(), right)
    if kind.is_told_by_label and named.is_told_by_label:
        return label, named
    return _fitting(stem, right), kind


def _is_hidden(char: str) -> bool:
    """Tell what nobody sees, or what is no character: controls, and halves of a pair."""
    return char in BIDI_CONTROLS or unicodedata.category(char) in {"Cc", "Cs"}


def _split(label: str) -> tuple[str, str]:
    """Part a label from its ending, which is empty where there is none."""
    match = ENDING.fullmatch(label)
    return (match["stem"], match["ending"]) if match else (label, "")


def _fitting(stem: str, ending: str) -> str:
    return f"{stem[: LABEL_CHARS - len(ending) - 1].rstrip()}.{ending}"


# Contents. The table is ours: puremagic takes «MZ-12 y otros» for a program and «The free
# lunch» for a video, and misses PDF after a blank and much of what telephones record.

HEIC_BRANDS = rb"(?:hei[cxms]|hev[cx])"
SIGNATURES = (
    (rb"\x89PNG\r\n\x1a\n", PNG),
    (rb"\xff\xd8\xff", JPEG),
    (rb"GIF8[79]a", GIF),
    (rb"II\*\0|MM\0\*", TIFF),
    (rb"RIFF.{4}WEBP", WEBP),
    (rb"\0\0..ftyp" + HEIC_BRANDS, HEIC),
    (rb"\0\0..ftyp(?:mif1|msf1|miaf).{4}(?:.{4}){0,32}?" + HEIC_BRANDS, HEIC),
    (rb"\0\0..ftypqt  ", MOV),
    (rb"\0\0..ftyp(?:iso|mp4|avc1|M4V|f4v|3g[2p]|dash|MSNV|mmp4|XAVC)", MP4),
    (rb"(?:\xef\xbb\xbf)?\s{0,1000}%PDF-", PDF),
    (rb"\s{0,1000}\{\\rtf", RTF),
)
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
    for pattern, kind in SIGNATURES:
        if re.match(pattern, content, re.DOTALL):
            return kind
    if content.startswith(ZIP_SIGNATURE):
        return _archive_kind(content)
    if content.startswith(COMPOUND_SIGNATURE):
        return _compound_kind(content)
    if _is_text(content):
        return _text_kind(content)
    is_program = content.startswith(EXECUTABLES)
    raise EvidenceKindError(Refused.EXECUTABLE if is_program else Refused.UNKNOWN)


# Text.

BOM = b"\xef\xbb\xbf"
CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r"))
MARKUP = re.compile(rb"<(?:[!?/]|[a-z][\w:-]*(?:[\s/>]|\Z))", re.IGNORECASE)
NOT_IN_XML = (
    (b"<html", Refused.HTML),
    (b"/1999/xhtml", Refused.HTML),  # under any name, by its namespace
    (b"<svg", Refused.SVG),
    (b"/2000/svg", Refused.SVG),
    (b"<?mso-application", Refused.MACROS),  # Office opens it, and runs what is in it
)


def _is_text(content: bytes) -> bool:
    """Tell whether people can read it, as UTF-8 or as Latin-1 in the way of Windows."""
    if len(content.translate(None, CONTROLS)) < len(content):
        return False
    for coding in ("utf-8", "cp1252"):
        with suppress(UnicodeDecodeError):
            content.decode(coding)
            return True
    return False


def _text_kind(content: bytes) -> Kind:
    """Refuse the texts that a program would run or draw."""
    head = content[:4096].removeprefix(BOM).lstrip().lower()
    if head.startswith((b"#!", b"%!")):
        raise EvidenceKindError(Refused.SCRIPT)
    if not MARKUP.match(head):
        return TEXT
    whole = content.lower()
    for sign, refused in NOT_IN_XML:
        if sign in whole:
            raise EvidenceKindError(refused)
    if not head.startswith(b"<?xml"):
        raise EvidenceKindError(Refused.HTML)
    return XML


# Archives: ZIP, and the Office files that are one.

MOST_MEMBERS = 20_000
MEMBER_BYTES = 1024 * 1024  # of what is unpacked
DIRECTORY_ENTRY = b"PK\x01\x02"
IS_ENCRYPTED = 0x1  # a flag of a member
TYPES_MEMBER = "[content_types].xml"
MIME_MEMBER = "mimetype"  # of OpenDocument
OFFICE = {kind: f"{kind.mime}.main+xml".encode() for kind in (DOCX, XLSX, PPTX)} | {
    kind: kind.mime.encode() for kind in (ODT, ODS, ODP)
}
MACRO_MEMBER = "vbaproject.bin"
MACRO_TYPES = (b"macroenabled", b"vbaproject", b"macrosheet", b"&#")  # the last: in disguise
MACRO_FOLDERS = ("Basic/", "Scripts/")  # of OpenDocument
PROGRAM_MEMBERS = frozenset({"META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex"})
UNREADABLE = (BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)


def _archive_kind(content: bytes) -> Kind:
    """Tell what an archive is from its members; only what names their types is unpacked."""
    if content.count(DIRECTORY_ENTRY) > MOST_MEMBERS:
        raise EvidenceKindError(Refused.UNKNOWN)
    try:
        with ZipFile(BytesIO(content)) as archive:
            if any(each.flag_bits & IS_ENCRYPTED for each in archive.infolist()):
                raise EvidenceKindError(Refused.ENCRYPTED)
            types = _unpacked(archive, TYPES_MEMBER).lower()
            mime = _unpacked(archive, MIME_MEMBER).strip()
            names = archive.namelist()
    except UNREADABLE:
        raise EvidenceKindError(Refused.DAMAGED) from None
    is_open = mime.startswith(OPEN_DOCUMENT.encode())
    if (
        any(word in types for word in MACRO_TYPES)
        or any(name.lower().endswith(MACRO_MEMBER) for name in names)
        or (is_open and any(name.startswith(MACRO_FOLDERS) for name in names))
    ):
        raise EvidenceKindError(Refused.MACROS)
    if types or is_open:
        found = [kind for kind, sign in OFFICE.items() if sign in types or sign == mime]
        if len(found) != 1:
            raise EvidenceKindError(Refused.UNKNOWN)
        return found[0]
    if PROGRAM_MEMBERS.intersection(names):
        raise EvidenceKindError(Refused.EXECUTABLE)
    return ZIP


def _unpacked(archive: ZipFile, name: str) -> bytes:
    """Unpack the member of a name, nothing where there is none.

    Raises:
        EvidenceKindError: there are several, or it is too large, or may turn out to be.
    """
    members = [each for each in archive.infolist() if each.filename.lower() == name]
    if not members:
        return b""
    if len(members) > 1 or members[0].compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise EvidenceKindError(Refused.UNKNOWN)  # the other packings unpack without a limit
    with archive.open(members[0]) as opened:
        content = opened.read(MEMBER_BYTES + 1)
    if len(content) > MEMBER_BYTES:
        raise EvidenceKindError(Refused.UNKNOWN)
    return content


# Compound files: Office before 2007, and mail of Outlook.

COMPOUND_NAMES: dict[str, Kind | Refused] = {  # the first of them that is there decides
    "encryptedpackage": Refused.ENCRYPTED,  # an Office file of today with a password
    "vba": Refused.MACROS,
    "_vba_project": Refused.MACROS,
    "__properties_version1.0": MSG,
    "powerpoint document": PPT,
    "worddocument": DOC,
    "workbook": XLS,
    "book": XLS,
}
HEADER_BYTES, ENTRY_BYTES, NAME_BYTES = 512, 128, 64
NAME_LENGTHS = range(4, NAME_BYTES + 1, 2)  # with the zero at the end
FOLDER, FILE = 1, 2


def _compound_kind(content: bytes) -> Kind:
    """Tell what a compound file is from the names in it."""
    names = _names(content)
    for name, kind in COMPOUND_NAMES.items():
        if name in names:
            if isinstance(kind, Refused):
                raise EvidenceKindError(kind)
            return kind
    raise EvidenceKindError(Refused.UNKNOWN if names else Refused.DAMAGED)


def _names(content: bytes) -> set[str]:
    """Give the names in a compound file and in those it encloses, without capitals.

    The entries of a directory are found without its chain of sectors: each begins at a multiple
    of its size.

    Source: [MS-CFB], Compound File Binary File Format, 2.6.
    """
    names = set()
    for start in range(HEADER_BYTES, len(content) - ENTRY_BYTES + 1, ENTRY_BYTES):
        length, kind = struct.unpack_from("<HB", content, start + NAME_BYTES)
        if kind in {FOLDER, FILE} and length in NAME_LENGTHS:
            name = content[start : start + length - 2].decode("utf-16-le", "replace")
            names.add(name.lower())
    return names
