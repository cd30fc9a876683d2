"""What is taken as evidence: by its content, and under which label."""

import re
import struct
import unicodedata
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.evidence_kinds import (
    BIDI_CONTROLS,
    COMPOUND_SIGNATURE,
    KINDS,
    LABEL_CHARS,
    MOST_MEMBERS,
    EvidenceKindError,
    FalseEndingError,
    Refused,
    kind_of,
    safe_label,
    settle,
)

OOXML = "application/vnd.openxmlformats-officedocument."
WORD = f"{OOXML}wordprocessingml.document.main+xml"
EXCEL = f"{OOXML}spreadsheetml.sheet.main+xml"
POINT = f"{OOXML}presentationml.presentation.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"


# Real files, small.


def archive(members: dict[str, bytes], packing: int = ZIP_DEFLATED) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", packing) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return written.getvalue()


def office(main_type: str, *more: str, packing: int = ZIP_DEFLATED) -> bytes:
    types = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/main.xml" ContentType="{main_type}"/></Types>'
    )
    members = {"[Content_Types].xml": types.encode(), "main.xml": b"<main/>"}
    return archive(members | dict.fromkeys(more, b"x"), packing)


def open_document(kind: str, *more: str) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as opened:
        mime = f"application/vnd.oasis.opendocument.{kind}"
        opened.writestr("mimetype", mime, compress_type=ZIP_STORED)
        for name in ("content.xml", "META-INF/manifest.xml", *more):
            opened.writestr(name, b"<x/>")
    return written.getvalue()


def encrypted(content: bytes) -> bytes:
    """The same archive with the flag of a password on its members."""
    flagged = bytearray(content)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for match in re.finditer(re.escape(signature), content):
            flagged[match.start() + place] |= 1
    return bytes(flagged)


NONE, CHAIN_END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(*top: str, inner: tuple[str, ...] = ()) -> bytes:
    """A compound file: one table, then the directory; `inner` lies in the folder «Inside»."""
    names = ["Root Entry", *top, "Inside", *inner]
    first_inner = len(top) + 2
    entries = []
    for number, name in enumerate(names):
        is_last = number in {0, first_inner - 1, len(names) - 1}
        right = NONE if is_last else number + 1
        child = {0: 1, first_inner - 1: first_inner if inner else NONE}.get(number, NONE)
        kind = 5 if number == 0 else 1
        written = name.encode("utf-16-le")
        head = struct.pack("<HBBIII", len(written) + 2, kind, 1, NONE, right, child)
        entries.append(written.ljust(64, b"\0") + head.ljust(64, b"\0"))
    directory = b"".join(entries)
    directory += bytes(-len(directory) % 512)
    sectors = len(directory) // 512
    table = [TABLE, *range(2, sectors + 1), CHAIN_END]
    table += [NONE] * (128 - len(table))
    header = COMPOUND_SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, CHAIN_END, 0, CHAIN_END, 0)
    header += struct.pack("<109I", 0, *[NONE] * 108)
    return header + struct.pack("<128I", *table) + directory


def boxes(brands: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(brands), b"ftyp") + brands + struct.pack(">I4s", 8, b"moov")


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>"
    b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\5\xfe\2\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82"
)
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"
GIF = b"GIF89a\1\0\1\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"
TIFF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
HEIC = boxes(b"heic\0\0\0\0mif1heic")
HEIC_BY_ANOTHER = boxes(b"mif1\0\0\0\0mif1heic")
MP4 = boxes(b"isom\0\0\2\0isomiso2avc1mp41")
MOV = boxes(b"qt  \0\0\2\0qt  ")
DOCX, XLSX, PPTX = office(WORD), office(EXCEL), office(POINT)
ODT, ODS, ODP = map(open_document, ("text", "spreadsheet", "presentation"))
DOC = compound("WordDocument", "1Table", inner=("Workbook",))  # with a sheet enclosed
XLS, PPT = compound("Workbook"), compound("PowerPoint Document", "Current User")
MSG = compound("__properties_version1.0") + DOC[512:]  # with a document attached
ZIP = archive({"acta.pdf": PDF, "foto.png": PNG})
TEXT = "Taller del 14 de mayo, 20 niños".encode()
LATIN = "Taller del 14 de mayo, 20 niños – «fin»".encode("cp1252")
RTF = b"{\\rtf1\\ansi hola}"
XML = b'<?xml version="1.0" encoding="ISO-8859-1"?><Invoice>ni\xf1os</Invoice>'
ELF = b"\x7fELF\2\1\1" + bytes(57)
EXE = b"MZ\x90\0\3\0\0\0" + bytes(56) + b"PE\0\0"

ACCEPTED = {
    "pdf": PDF,
    "png": PNG,
    "jpg": JPEG,
    "gif": GIF,
    "webp": WEBP,
    "tif": TIFF,
    "heic": HEIC,
    "mp4": MP4,
    "mov": MOV,
    "docx": DOCX,
    "xlsx": XLSX,
    "pptx": PPTX,
    "odt": ODT,
    "ods": ODS,
    "odp": ODP,
    "doc": DOC,
    "xls": XLS,
    "ppt": PPT,
    "msg": MSG,
    "zip": ZIP,
    "txt": TEXT,
    "csv": b"unidad;personas\nUTAI;20\n",
    "rtf": RTF,
    "xml": XML,
    "eml": b"From: ana@example.com\r\nSubject: acta\r\n\r\nVa el acta.\r\n",
}


def label_and_mime(label: str, content: bytes) -> tuple[str, str]:
    settled, kind = settle(safe_label(label), kind_of(content))
    return settled, kind.mime


# What it is.


def test_each_accepted_kind_has_an_example() -> None:
    assert {kind_of_example[1] for kind_of_example in examples()} == {kind.mime for kind in KINDS}


def examples() -> list[tuple[str, str]]:
    return [label_and_mime(f"a.{ending}", content) for ending, content in ACCEPTED.items()]


@pytest.mark.parametrize("ending", ACCEPTED)
def test_a_true_ending_stays(ending: str) -> None:
    assert label_and_mime(f"Acta.{ending}", ACCEPTED[ending])[0] == f"Acta.{ending}"


@pytest.mark.parametrize("ending", sorted(ACCEPTED.keys() - {"csv", "eml"}))
def test_a_label_without_an_ending_gets_it(ending: str) -> None:
    assert label_and_mime("Acta", ACCEPTED[ending])[0] == f"Acta.{ending}"


@pytest.mark.parametrize(
    ("label", "content", "settled", "mime"),
    [
        pytest.param("FOTO.JPEG", JPEG, "FOTO.JPEG", "image/jpeg", id="as-it-is-written"),
        pytest.param("foto.jpg", PNG, "foto.png", "image/png", id="another-picture"),
        pytest.param("foto.png", HEIC, "foto.heic", "image/heic", id="another-picture-in-boxes"),
        pytest.param("foto.heic", HEIC_BY_ANOTHER, "foto.heic", "image/heic", id="second-brand"),
        pytest.param("taller.mp4", MOV, "taller.mov", "video/quicktime", id="another-video"),
        pytest.param("datos.csv", LATIN, "datos.csv", "text/csv", id="latin-text"),
        pytest.param("notas", b"\xef\xbb\xbfhola", "notas.txt", "text/plain", id="with-a-mark"),
        pytest.param("MZ", b"MZ-12 y otros", "MZ.txt", "text/plain", id="text-like-a-program"),
        pytest.param("acta.doc", XLS, "acta.doc", "application/msword", id="old-office"),
        pytest.param("acta.doc", RTF, "acta.rtf", "application/rtf", id="rtf-as-doc"),
        pytest.param("acta.rtf", DOC, "acta.doc", "application/msword", id="doc-as-rtf"),
        pytest.param("f.txt", XML, "f.xml", "text/xml", id="xml-as-text"),
        pytest.param("f.xml", TEXT, "f.txt", "text/plain", id="text-as-xml"),
        pytest.param("f.xml", b"\xef\xbb\xbf" + XML, "f.xml", "text/xml", id="xml-with-a-mark"),
        pytest.param("notas", b"<3 niveles", "notas.txt", "text/plain", id="a-lone-sign"),
        pytest.param("x", b"The free lunch of moov", "x.txt", "text/plain", id="text-like-boxes"),
        pytest.param(
            "Acta 002.2021", PDF, "Acta 002.2021.pdf", "application/pdf", id="not-an-ending"
        ),
        pytest.param("acta.pdf.", PDF, "acta.pdf", "application/pdf", id="a-dot-too-many"),
        pytest.param("a.pdf", b"\n" + PDF, "a.pdf", "application/pdf", id="pdf-after-a-blank"),
        pytest.param("x" * 200, PDF, "x" * 116 + ".pdf", "application/pdf", id="ending-fits-in"),
        pytest.param("a.zip", ZIP, "a.zip", "application/zip", id="zip"),
        pytest.param(
            "a.docx",
            office(WORD, packing=ZIP_STORED),
            "a.docx",
            f"{OOXML}wordprocessingml.document",
            id="not-packed",
        ),
    ],
)
def test_labels_follow_the_content(label: str, content: bytes, settled: str, mime: str) -> None:
    assert label_and_mime(label, content) == (settled, mime)


@pytest.mark.parametrize(
    ("label", "content", "ending", "found"),
    [
        pytest.param("acta.pdf", ZIP, "pdf", "zip", id="pdf-that-is-a-zip"),
        pytest.param("acta.docx", ZIP, "docx", "zip", id="docx-that-is-a-plain-zip"),
        pytest.param("acta.docx", XLSX, "docx", "xlsx", id="docx-that-is-a-sheet"),
        pytest.param("acta.zip", DOCX, "zip", "docx", id="zip-that-is-a-docx"),
        pytest.param("acta.DOC", DOCX, "doc", "docx", id="old-word-that-is-new"),
        pytest.param("acta.pdf", PNG, "pdf", "png", id="pdf-that-is-a-picture"),
        pytest.param("foto.jpg", PDF, "jpg", "pdf", id="picture-that-is-a-pdf"),
        pytest.param("foto.jpg", MP4, "jpg", "mp4", id="picture-that-is-a-video"),
        pytest.param("acta.pdf", TEXT, "pdf", "txt", id="pdf-that-is-text"),
        pytest.param("acta.exe", PDF, "exe", "pdf", id="program-that-is-a-pdf"),
        pytest.param("abrir.bat", b"del *.*", "bat", "txt", id="text-that-runs"),
        pytest.param("acta.html", b"hola <script>", "html", "txt", id="text-that-is-drawn"),
        pytest.param("acta.docm", DOCX, "docm", "docx", id="macro-ending"),
        pytest.param("acta\u202efdp.exe", PDF, "exe", "pdf", id="turned-around"),
    ],
)
def test_a_false_ending_is_refused(label: str, content: bytes, ending: str, found: str) -> None:
    with pytest.raises(FalseEndingError) as caught:
        label_and_mime(label, content)

    assert (caught.value.ending, caught.value.found) == (ending, found)


def types_member(content: bytes, packing: int = ZIP_DEFLATED) -> bytes:
    return archive({"[Content_Types].xml": content, "word/document.xml": b"<x/>"}, packing)


WORD_TYPES = f'<Types><Override ContentType="{WORD}"/></Types>'.encode()
TWO_LISTS = archive({"[Content_Types].xml": WORD_TYPES, "[content_types].XML": WORD_TYPES})


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(ELF, Refused.EXECUTABLE, id="elf"),
        pytest.param(b"\xcf\xfa\xed\xfe" + bytes(28), Refused.EXECUTABLE, id="mach-o"),
        pytest.param(EXE, Refused.EXECUTABLE, id="exe"),
        pytest.param(b"\xca\xfe\xba\xbe\0\0\0\x37", Refused.EXECUTABLE, id="java-class"),
        pytest.param(
            archive({"META-INF/MANIFEST.MF": b"x", "a.class": b"x"}), Refused.EXECUTABLE, id="jar"
        ),
        pytest.param(
            archive({"AndroidManifest.xml": b"x", "a.so": b"x"}), Refused.EXECUTABLE, id="apk"
        ),
        pytest.param(b"#!/bin/sh\nrm -r /\n", Refused.SCRIPT, id="script"),
        pytest.param(b"\xef\xbb\xbf#!/bin/sh\n", Refused.SCRIPT, id="script-after-a-mark"),
        pytest.param(b"%!PS-Adobe-3.0\n", Refused.SCRIPT, id="postscript"),
        pytest.param(b"<!DOCTYPE html><p>hola", Refused.HTML, id="html"),
        pytest.param(b"\n <SCRIPT>alert(1)</SCRIPT>", Refused.HTML, id="html-without-a-head"),
        pytest.param(b"<!-- x --><b>hola</b>", Refused.HTML, id="html-after-a-comment"),
        pytest.param(b'<?xml version="1.0"?><html>', Refused.HTML, id="xhtml"),
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"/>', Refused.SVG, id="svg"),
        pytest.param(b'<?xml version="1.0"?>\n<svg/>', Refused.SVG, id="svg-as-xml"),
        pytest.param(XML + b" " * 5_000 + b"<svg/>", Refused.SVG, id="svg-further-on"),
        pytest.param(
            b'<?xml version="1.0"?><s:g xmlns:s="http://www.w3.org/2000/svg"/>',
            Refused.SVG,
            id="svg-by-another-name",
        ),
        pytest.param(
            b'<?xml version="1.0"?><p xmlns="http://www.w3.org/1999/xhtml"/>',
            Refused.HTML,
            id="html-by-its-namespace",
        ),
        pytest.param(
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
            Refused.MACROS,
            id="word-as-xml",
        ),
        pytest.param(b"<?php echo 1;", Refused.HTML, id="php"),
        pytest.param(office(MACRO_WORD), Refused.MACROS, id="docm"),
        pytest.param(office(WORD, "word/vbaProject.bin"), Refused.MACROS, id="docm-as-docx"),
        pytest.param(office(EXCEL, "xl/VBAPROJECT.BIN"), Refused.MACROS, id="xlsm-as-xlsx"),
        pytest.param(
            office("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            Refused.MACROS,
            id="xlsb",
        ),
        pytest.param(
            archive(
                {
                    "[Content_Types].xml": WORD_TYPES.replace(
                        b"</Types>",
                        b'<Override ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                    )
                }
            ),
            Refused.MACROS,
            id="macros-under-another-name",
        ),
        pytest.param(open_document("text", "Basic/script-lc.xml"), Refused.MACROS, id="odt-basic"),
        pytest.param(
            open_document("text", "Scripts/python/a.py"), Refused.MACROS, id="odt-script"
        ),
        pytest.param(compound("Workbook", inner=("VBA",)), Refused.MACROS, id="xls-macros"),
        pytest.param(compound("EncryptedPackage"), Refused.ENCRYPTED, id="docx-with-password"),
        pytest.param(encrypted(ZIP), Refused.ENCRYPTED, id="zip-with-password"),
        pytest.param(encrypted(DOCX), Refused.ENCRYPTED, id="docx-with-flags"),
        pytest.param(DOCX[:-30], Refused.DAMAGED, id="docx-cut-off"),
        pytest.param(b"PK\x03\x04" + bytes(40), Refused.DAMAGED, id="zip-without-a-list"),
        pytest.param(DOC[:600], Refused.DAMAGED, id="doc-cut-off"),
        pytest.param(COMPOUND_SIGNATURE, Refused.DAMAGED, id="doc-of-eight-bytes"),
        pytest.param(compound("Anything"), Refused.UNKNOWN, id="another-compound-file"),
        pytest.param(office("application/x-other"), Refused.UNKNOWN, id="another-package"),
        pytest.param(types_member(WORD_TYPES + bytes(2**20)), Refused.UNKNOWN, id="huge-list"),
        pytest.param(types_member(WORD_TYPES, ZIP_BZIP2), Refused.UNKNOWN, id="strange-packing"),
        pytest.param(
            types_member(WORD_TYPES.replace(b"word", b"&#119;ord")),
            Refused.MACROS,
            id="hidden-type",
        ),
        pytest.param(
            types_member(WORD_TYPES.decode().encode("utf-16")), Refused.UNKNOWN, id="list-in-utf16"
        ),
        pytest.param(open_document("text-template"), Refused.UNKNOWN, id="odt-template"),
        pytest.param(
            b"PK\x03\x04" + b"PK\x01\x02" * (MOST_MEMBERS + 1), Refused.UNKNOWN, id="many-members"
        ),
        pytest.param(boxes(b"avif\0\0\0\0avifmif1"), Refused.UNKNOWN, id="avif"),
        pytest.param(boxes(b"mif1\0\0\0\0mif1avif"), Refused.UNKNOWN, id="avif-by-another-brand"),
        pytest.param(boxes(b"M4A \0\0\0\0isom"), Refused.UNKNOWN, id="sound"),
        pytest.param(b"hola\0", Refused.UNKNOWN, id="text-with-a-null"),
        pytest.param("hola".encode("utf-16"), Refused.UNKNOWN, id="utf-16"),
        pytest.param(b"hola \x81", Refused.UNKNOWN, id="not-latin"),
        pytest.param(b"\x1f\x8b\x08\0\0\0\0\0", Refused.UNKNOWN, id="gzip"),
    ],
)
def test_other_kinds_are_refused(content: bytes, found: Refused) -> None:
    with pytest.raises(EvidenceKindError) as caught:
        kind_of(content)

    assert caught.value.found is found


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_lists_of_types_are_refused() -> None:
    with pytest.raises(EvidenceKindError) as caught:
        kind_of(TWO_LISTS)

    assert caught.value.found is Refused.UNKNOWN


FIRST_BYTES = [content[:12] for content in ACCEPTED.values()]


def told(content: bytes) -> bool:
    """Whether it is accepted; any failure but ours is raised."""
    try:
        kind_of(content)
    except EvidenceKindError:
        return False
    return True


@given(st.sampled_from([b"", *FIRST_BYTES]), st.binary(max_size=2_000))
def test_any_bytes_are_told_or_refused(first: bytes, rest: bytes) -> None:
    assert told(first + rest) in {True, False}


@given(st.sampled_from([DOCX, ODT, DOC, MSG, ZIP, MP4, HEIC]), st.data())
def test_damaged_files_are_told_or_refused(content: bytes, data: st.DataObject) -> None:
    damaged = bytearray(content)
    places = st.integers(0, len(content) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=8)):
        damaged[place] = byte
    cut = data.draw(st.integers(1, len(content)))

    assert told(bytes(damaged[:cut])) in {True, False}


# What it is called.


@pytest.mark.parametrize(
    ("original", "label"),
    [
        pytest.param("Acta 002.pdf", "Acta 002.pdf", id="as-it-is"),
        pytest.param("../../x", "x", id="folders-above"),
        pytest.param("/etc/passwd", "etc passwd", id="a-path"),
        pytest.param("C:\\actas\\a.pdf", "C: actas a.pdf", id="a-path-of-windows"),
        pytest.param("Acta 12/2021.pdf", "Acta 12 2021.pdf", id="a-number-with-a-slash"),
        pytest.param(".bashrc", "bashrc", id="a-hidden-file"),
        pytest.param(" . .x", "x", id="dots-and-blanks"),
        pytest.param("a\n\tb\x00c\x7f.pdf", "a bc.pdf", id="controls"),
        pytest.param("fac\u202efdp.exe", "facfdp.exe", id="turned-around"),
        pytest.param("a\u2066b\u2069.pdf", "ab.pdf", id="isolated"),
        pytest.param("nin\u0303os.pdf", "niños.pdf", id="one-character-for-ñ"),
        pytest.param("👩‍🏫.jpg", "👩‍🏫.jpg", id="joined-faces-stay"),
        pytest.param("a\ud800.pdf", "a.pdf", id="half-a-pair"),
        pytest.param("x" * 200 + ".pdf", "x" * 116 + ".pdf", id="cut-before-the-ending"),
        pytest.param("x" * 200, "x" * 120, id="cut-without-an-ending"),
        pytest.param("", "archivo", id="empty"),
        pytest.param("..", "archivo", id="only-dots"),
        pytest.param("\u202e\n/", "archivo", id="nothing-to-see"),
    ],
)
def test_labels_are_made_safe(original: str, label: str) -> None:
    assert safe_label(original) == label


ROUGH = st.text(st.one_of(st.characters(), st.sampled_from("./\\ \n\u202e\u0303a")), max_size=200)


@given(ROUGH)
def test_a_safe_label_is_only_a_label(original: str) -> None:
    label = safe_label(original)

    assert 1 <= len(label) <= LABEL_CHARS
    assert not {"/", "\\", *BIDI_CONTROLS} & set(label)
    assert not {"Cc", "Cs"} & {unicodedata.category(char) for char in label}
    assert not label.startswith((".", " "))
    assert unicodedata.is_normalized("NFC", label)
    assert safe_label(label) == label


@given(ROUGH)
def test_a_settled_label_is_safe_too(original: str) -> None:
    try:
        label, _ = settle(safe_label(original), kind_of(PDF))
    except FalseEndingError:
        return

    assert label.lower().endswith(".pdf")
    assert safe_label(label) == label
