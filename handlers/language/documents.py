"""The official documents a text or file name names: «Informe N° 045-2021-UTAI»."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.language.date_words import MONTHS
from handlers.language.tokens import UNSEEN
from storage.text import fold

LONGEST = 4_096  # characters that are read: one message of a chat
ORDINALS = str.maketrans({"º": "°", "ª": "°", "№": "N°"})

# Patterns see the text in small letters without accents. In those of KINDS and QUALIFIERS a blank
# is whatever parts two words of a file name, or nothing.
RESOLUTION = r"(?:resoluci(?:on|ones)|res\.?)"
KINDS = {
    "RDE": rf"r d e\.?|rdes|{RESOLUTION} de direccion ejecutiva",
    "RSG": rf"r s g\.?|{RESOLUTION} de secretaria general",
    "RM": rf"r m\.?|{RESOLUTION} ministerial(?:es)?",
    "RJ": rf"r j\.?|{RESOLUTION} jefatural(?:es)?",
    "RD": rf"r d\.?|{RESOLUTION} directoral(?:es)?",
    "Resolución": rf"{RESOLUTION}|resol\.?",
    "Decreto Supremo": r"decretos? supremos?|d s\.?",
    "Directiva": r"directivas?",
    "Informe": r"informes?|inf\.?",
    "Memorando": r"memorand(?:o|um|a)s?|memos?|mem\.?",
    "Oficio": r"oficios?|of\.?",
    "Carta": r"cartas?",
    "Acta": r"actas? de compromisos?|actas?",
    "Nota": r"notas?",
    "Proveído": r"proveidos?",
    "Hoja de Envío": r"hojas? de envio",
    "Hoja de Trámite": r"hojas? de tramite",
    "HR": r"h r\.?|hojas? de ruta",
    "Expediente": r"expedientes?|exp\.?",
    "Documento": r"documentos?|doc\.?",
    "Constancia": r"constancias?",
    "Certificado": r"certificados?",
    "Solicitud": r"solicitud(?:es)?",
    "Requerimiento": r"requerimientos?",
    "Reporte": r"reportes?",
    "Convenio": r"convenios?",
    "Adenda": r"adendas?",
    "Contrato": r"contratos?",
    "Correo": r"correos? electronicos?|correos?",
}
QUALIFIERS = {  # which any kind may have
    "Técnico": r"tec(?:nicos?)?\.?",
    "Legal": r"legal(?:es)?",
    "Múltiple": r"mult(?:iples?)?\.?",
    "Circular": r"circular(?:es)?",
    "Informativa": r"informativas?",
}
NO_UNITS = (  # what else is glued to a number in a file name
    r"firmad[oa]|firma|final(?:es)?|visad[oa]|vf|versi[oó]n|copia|escanead[oa]|scan|anexos?"
    r"|borrador|rev|revisado|corregido|adjuntos?|sellado|sello|parte|ok"
    r"|pdf|docx?|xlsx?|jpe?g|png|zip|rar|del|al|y|la|el|los|las|con|para|por|en|sobre|"
) + "|".join(MONTHS)

LETTER = r"[^\W\d_]"
WORD_START, WORD_END = rf"(?<!{LETTER})", rf"(?!{LETTER})"
GAP = r"[ ._:–—-]{0,6}"
YEAR = r"(?:199\d|20\d\d)(?!\d)"
MONTH_NUMBER, DAY_NUMBER = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
DATE = (
    rf"(?:{DAY_NUMBER}(?P<sign>[-/._]){MONTH_NUMBER}(?P=sign)(?:\d\d)?\d\d"
    rf"|{YEAR}(?P<mark>[-/._]){MONTH_NUMBER}(?P=mark){DAY_NUMBER})(?!\d)"
)
COMPACT_DATE = re.compile(r"(?:199|20\d)\d[01]\d[0-3]\d|[0-3]\d[01]\d(?:199|20\d)\d")

MARK_END = rf"{WORD_END}(?: ?[.°'*´`¨])*"
SURE_MARK = rf"(?:no?(?= ?[.°])|num(?:ero)?s?|nros?|#){MARK_END}"
MARK = rf"(?:{SURE_MARK}|nos?{MARK_END}|n{MARK_END})"  # «no» and «n» may be words of their own
DASH, JOIN = "[-–—]", "[-–—/]"
PART = rf"(?!{YEAR})\d{{1,12}}+"
LONE_YEAR = rf"{YEAR}(?!{LETTER}|[-/._]\d)"  # which begins no date
NUMBER = (
    rf"(?!{DATE})(?P<digits>(?:[a-z](?=\d{{4}}))?\d{{1,12}}+(?!\d))"  # «045», «D000045»
    rf"(?P<tail>(?:{JOIN}{PART}){{1,2}}+(?:{JOIN}{YEAR})?+|{JOIN}{YEAR}"  # «-2021», «-002-2021»
    rf"| ?{DASH} ?{LONE_YEAR}| del? (?:ano )?{LONE_YEAR}|[ _.]{LONE_YEAR})?+"
    rf"(?![^\W_]|[@%$€]|[.,]\d)"  # no «150KB», «1,500», «4.1»
)


def _one_of(patterns: dict[str, str]) -> str:
    """A numbered group for each."""
    spaced = [pattern.replace(" ", r"[ ._-]{0,3}") for pattern in patterns.values()]
    return "(?:" + "|".join(f"({pattern})" for pattern in spaced) + ")"


KIND = rf"{WORD_START}{_one_of(KINDS)}{WORD_END}"
QUALIFIER = rf"(?:{GAP}{_one_of(QUALIFIERS)}{WORD_END})?+"
NO_NOUN = rf"compromiso|medio|verificacion|recomendacion|{'|'.join(KINDS.values())}"
NOUN = rf"(?:de )?(?!(?:{NO_NOUN})s?{WORD_END}){LETTER}{{4,}}+"  # «acta de sesión N° 3»
REFERENCE = re.compile(
    rf"{KIND}{QUALIFIER}(?P<gap>{GAP})(?P<marked>(?:{MARK}|{NOUN}{GAP}{SURE_MARK}){GAP})?{NUMBER}"
)
ANOTHER = re.compile(
    rf"(?: ?, ?(?:[ye] )?| [ye] )(?:el |la |los |las )?(?P<marked>{MARK}{GAP})?{NUMBER}"
)
PLURAL = re.compile(r"[^\W\d_]{3,}s\b")
ENDED = re.compile(r"[.:] ")  # «… el informe. 150 familias»
NO_UNIT = rf"(?!(?i:(?:de[-/])?(?:\d|(?:{NO_UNITS}){WORD_END})))"  # «-firmado», «-DE-MAYO»
UNITS, SPACED_UNITS = (  # «-MIDIS/PNCM-DE», « – UTAI»; as typed
    re.compile(
        "|".join(rf"(?:{joint}{NO_UNIT}{letters}{{1,12}}+(?![^\W_])){{1,6}}" for letters in cases)
    )
    for joint, cases in (
        (JOIN, ("[A-ZÁÉÍÓÚÑ]", "[a-záéíóúñ]")),
        (rf" {DASH} ", ("[A-ZÁÉÍÓÚÑ]",)),
    )
)
SURE_DIGITS = 3  # «informe 045» is a document, «informe 2» may be any


@dataclass(frozen=True, slots=True)
class Reference:
    """A document and where it stands in the tidy text, the sign `end` not included."""

    start: int
    end: int
    shown: str


def document_refs(text: str) -> tuple[str, ...]:
    """The official documents named in a text or file name, in order, each once.

    Returns:
        One name for each kind («RDE» for «Resolución de Dirección Ejecutiva» too), « N° », digits
        as typed, and what is joined to them in capitals: `Informe N° 045-2021-UTAI`. A number
        of one or two digits counts only with its «N°» or a year.
    """
    return tuple(dict.fromkeys(found.shown for found in references(tidy(text))))


def tidy(text: str) -> str:
    """NFKC text in one line: nothing unseen, «Nº» as «N°», no digits but 0 to 9."""
    composed = unicodedata.normalize("NFKC", text[:LONGEST].translate(ORDINALS))
    return " ".join("".join(map(_seen, composed)).split())[:LONGEST]


def _seen(sign: str) -> str:
    odd_number = not sign.isascii() and sign.isnumeric()
    return " " if odd_number or unicodedata.category(sign) in UNSEEN else sign


def flat(text: str) -> str:
    """The text folded sign by sign, so that each stays at its place."""
    folded = map(fold, text)
    return "".join(key if len(key) == 1 else sign for key, sign in zip(folded, text, strict=True))


def references(text: str) -> Iterator[Reference]:
    """Every document of a tidy text, left to right."""
    folded = flat(text)
    for found in REFERENCE.finditer(folded):
        is_sure = _has_year(found) or (_is_long(found) and not ENDED.search(found["gap"]))
        if not found["marked"] and not is_sure:
            continue
        kind = _kind(found)
        is_plural = PLURAL.match(folded, found.start())
        start, several = found.start(), is_plural and (found["marked"] or _is_long(found))
        number: re.Match[str] | None = found
        while number:
            end, shown = _shown(text, number)
            yield Reference(start, end, f"{kind} N° {shown}")
            number = ANOTHER.match(folded, end)
            if number and not (number["marked"] or _has_year(number) or several):
                break
            start = end


def _kind(found: re.Match[str]) -> str:
    names = [*KINDS, *QUALIFIERS]
    return " ".join(name for at, name in enumerate(names, start=1) if found[at])


def _parts(found: re.Match[str]) -> list[str]:
    """The numbers: digits first, and what the year or other numbers behind are."""
    return re.findall(r"\d+", f"{found['digits']} {found['tail'] or ''}")


def _has_year(found: re.Match[str]) -> bool:
    """Whether a year makes it surely a document: «5-2021», «45 del 2021», «2021-0045»."""
    first, *others = _parts(found)
    if re.fullmatch(YEAR, first):
        return bool(others) and len(others[0]) >= SURE_DIGITS and not re.fullmatch(YEAR, others[0])
    is_apart = re.match(r"[ _.]\d", found["tail"] or "")
    return not is_apart and any(re.fullmatch(YEAR, part) for part in others)


def _is_long(found: re.Match[str]) -> bool:
    """Whether it has digits enough to be no count of something."""
    first = _parts(found)[0]
    is_date = re.fullmatch(YEAR, first) or COMPACT_DATE.fullmatch(first)
    return len(first) >= SURE_DIGITS and not is_date


def _shown(text: str, found: re.Match[str]) -> tuple[int, str]:
    """Where the number ends with its year and units, and how it is written."""
    tail = found["tail"] or ""
    joined = re.sub(r"[^\d/]+", "-", tail)
    units = (SPACED_UNITS if " " in tail else UNITS).match(text, found.end())
    behind = re.sub(DASH, "-", units.group().replace(" ", "")).upper() if units else ""
    end = units.end() if units else found.end()
    return end, f"{found['digits'].upper()}{joined}{behind}"
