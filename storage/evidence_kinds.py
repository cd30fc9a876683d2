"""What is taken as evidence: the kinds of content, their endings, and why the rest is refused."""

import re
import struct
import unicodedata
import zlib
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from storage.errors import StorageError

EVIDENCE_BYTES = 20 * 1024 * 1024  # the most that the Bot API lets a bot download
LABEL_CHARS = 120
NO_LABEL = "archivo"


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

    def __init__(self, found: "Refused") -> None:
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
    MACROS = "macros"  # an Office file with a program in it
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"  # begins as something accepted and cannot be read
    UNKNOWN = "unknown"


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


# Contents. The tables are ours: puremagic takes «MZ-12 y otros» for a program and «The free
# lunch» for a video, and misses PDF after a blank and much of what telephones record.

SIGNATURES = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"\x89PNG\r\n\x1a\n", PNG),
        (rb"\xff\xd8\xff", JPEG),
        (rb"GIF8[79]a", GIF),
        (rb"II\*\0|MM\0\*", TIFF),
        (rb"RIFF.{4}WEBP", WEBP),
        (rb"(?:\xef\xbb\xbf)?\s{0,1000}%PDF-", PDF),
        (rb"\s{0,1000}\{\\rtf", RTF),
    )
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
        if pattern.match(content):
            return kind
    if content.startswith(ZIP_SIGNATURE):
        return _archive_kind(content)
    if content.startswith(COMPOUND_SIGNATURE):
        return _compound_kind(content)
    if boxed := _box_kind(content):
        return boxed
    if _is_text(content):
        return _text_kind(content)
    is_program = content.startswith(EXECUTABLES)
    raise EvidenceKindError(Refused.EXECUTABLE if is_program else Refused.UNKNOWN)


# Text.

BOM = b"\xef\xbb\xbf"
CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r"))
MARKUP = re.compile(rb"<(?:[!?/]|[a-z][\w:-]*(?:[\s/>]|\Z))", re.IGNORECASE)
DRAWN = ((b"<svg", Refused.SVG), (b"<html", Refused.HTML))
IN_XML = (
    *DRAWN,
    (b"/2000/svg", Refused.SVG),  # under any name, by its namespace
    (b"/1999/xhtml", Refused.HTML),
    (b"<?mso-application", Refused.MACROS),  # Office opens it, and what runs in it
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
    is_xml = head.startswith(b"<?xml")
    searched, table = (content.lower(), IN_XML) if is_xml else (head, DRAWN)
    for sign, refused in table:
        if sign in searched:
            raise EvidenceKindError(refused)
    if not is_xml:
        raise EvidenceKindError(Refused.HTML)
    return XML


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
MEMBER_BYTES = 1024 * 1024  # of what is unpacked
DIRECTORY_ENTRY = b"PK\x01\x02"
IS_ENCRYPTED = 0x1  # a flag of a member
TYPES_MEMBER = "[content_types].xml"
MIME_MEMBER = "mimetype"  # of OpenDocument
MACRO_MEMBER = "vbaproject.bin"
MACRO_TYPES = (b"macroenabled", b"vbaproject", b"macrosheet")
MACRO_FOLDERS = ("Basic/", "Scripts/")  # of OpenDocument
PROGRAM_MEMBERS = frozenset({"META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex"})
UNREADABLE = (BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)


def _archive_kind(content: bytes) -> Kind:
    """Tell what an archive is from its members; only what names their types is unpacked."""
    if content.count(DIRECTORY_ENTRY) > MOST_MEMBERS:
        raise EvidenceKindError(Refused.UNKNOWN)
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            types = _unpacked(archive, TYPES_MEMBER)
            mime = _unpacked(archive, MIME_MEMBER)
    except UNREADABLE:
        raise EvidenceKindError(Refused.DAMAGED) from None
    names = [each.filename for each in members]
    if any(each.flag_bits & IS_ENCRYPTED for each in members):
        raise EvidenceKindError(Refused.ENCRYPTED)
    if any(name.lower().endswith(MACRO_MEMBER) for name in names):
        raise EvidenceKindError(Refused.MACROS)
    if types is not None:
        return _office_kind(types)
    if mime is not None and mime.startswith(OPEN_DOCUMENT.encode()):
        return _open_document_kind(mime, names)
    if PROGRAM_MEMBERS.intersection(names):
        raise EvidenceKindError(Refused.EXECUTABLE)
    return ZIP


def _unpacked(archive: ZipFile, name: str) -> bytes | None:
    """Unpack the member of a name; empty where that could take too much, None without one."""
    members = [each for each in archive.infolist() if each.filename.lower() == name]
    if not members:
        return None
    if len(members) > 1 or not _is_plain(members[0]):
        return b""
    with archive.open(members[0]) as opened:
        content = opened.read(MEMBER_BYTES + 1)
    return content if len(content) <= MEMBER_BYTES else b""


def _is_plain(member: ZipInfo) -> bool:
    is_limited = member.compress_type in {ZIP_STORED, ZIP_DEFLATED}  # others unpack at once
    return is_limited and not member.flag_bits & IS_ENCRYPTED


def _office_kind(types: bytes) -> Kind:
    if any(word in types.lower() for word in MACRO_TYPES):
        raise EvidenceKindError(Refused.MACROS)
    found = [kind for kind in (DOCX, XLSX, PPTX) if f'"{kind.mime}.main+xml"'.encode() in types]
    if len(found) != 1:
        raise EvidenceKindError(Refused.UNKNOWN)
    return found[0]


def _open_document_kind(mime: bytes, names: list[str]) -> Kind:
    if any(name.startswith(MACRO_FOLDERS) for name in names):
        raise EvidenceKindError(Refused.MACROS)
    found = [kind for kind in (ODT, ODS, ODP) if kind.mime.encode() == mime.strip()]
    if not found:
        raise EvidenceKindError(Refused.UNKNOWN)
    return found[0]


# Compound files: Office before 2007, and mail of Outlook.

COMPOUND_KINDS = {
    "__properties_version1.0": MSG,
    "PowerPoint Document": PPT,
    "WordDocument": DOC,
    "Workbook": XLS,
    "Book": XLS,
}
COMPOUND_ENCRYPTED = "EncryptedPackage"  # an Office file of today with a password
COMPOUND_MACROS = frozenset({"VBA", "_VBA_PROJECT"})
HEADER_BYTES, ENTRY_BYTES, NAME_BYTES = 512, 128, 64
FOLDER_OR_FILE = frozenset({1, 2})


def _compound_kind(content: bytes) -> Kind:
    """Tell what a compound file is from the names in it."""
    names = _names(content)
    if not names:
        raise EvidenceKindError(Refused.DAMAGED)
    if COMPOUND_ENCRYPTED in names:
        raise EvidenceKindError(Refused.ENCRYPTED)
    if any(name.upper() in COMPOUND_MACROS for name in names):
        raise EvidenceKindError(Refused.MACROS)
    for name, kind in COMPOUND_KINDS.items():
        if name in names:
            return kind
    raise EvidenceKindError(Refused.UNKNOWN)


def _names(content: bytes) -> set[str]:
    """Give the names in a compound file, and in those that it encloses.

    The entries of a directory are found without its chain of sectors: each begins at a multiple
    of its size.

    Source: [MS-CFB], Compound File Binary File Format, 2.6.
    """
    names = set()
    for start in range(HEADER_BYTES, len(content) - ENTRY_BYTES + 1, ENTRY_BYTES):
        length, kind = struct.unpack_from("<HB", content, start + NAME_BYTES)
        if kind in FOLDER_OR_FILE and 2 < length <= NAME_BYTES:
            names.add(content[start : start + length - 2].decode("utf-16-le", "replace"))
    return names
