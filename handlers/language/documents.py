"""What a text or file name that hands in evidence names: documents, days, links, yes and stop."""

import re
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from ipaddress import ip_address
from urllib.parse import urlsplit

from handlers.language.calendar import Grain, day_in
from handlers.language.date_cursor import LAST_DAY
from handlers.language.date_words import DASHES, MONTHS, OF, THE, TOMORROW, WEEKDAYS
from handlers.language.dates import DateSpan, YearRule, find_dates
from handlers.language.days import EARLIEST_YEAR, LATEST_YEAR, MASK, NO_DATES
from handlers.language.numbers import LONGEST_DIGITS, find_numerals
from handlers.language.numeric_dates import MONTHS_IN_YEAR, YEARS_AROUND
from handlers.language.period_reader import PeriodReader
from handlers.language.periods import last_until
from handlers.language.phrases import Phrases
from handlers.language.tokens import UNSEEN, Kind, Token, tokenize
from storage.records import DateRange
from storage.text import SHORTEST_PLURAL, fold

LONGEST = 4_096  # characters that are read: one message of a chat

ORDINALS = str.maketrans({"º": "°", "ª": "°", "№": "N°"})

# documents

KINDS = Phrases(
    {
        tuple(name.split()): shown
        for shown, names in {
            "RDE": "rde, rdes, r d e, resolucion de direccion ejecutiva, resoluciones de direccion ejecutiva",
            "RM": "rm, r m, resolucion ministerial, resoluciones ministeriales, res ministerial",
            "RJ": "rj, r j, resolucion jefatural, resoluciones jefaturales, res jefatural",
            "RD": "rd, r d, resolucion directoral, resoluciones directorales, res directoral",
            "RSG": "rsg, r s g, resolucion de secretaria general, resoluciones de secretaria general",
            "Resolución": "resolucion, resoluciones, resol, res",
            "Decreto Supremo": "decreto supremo, decretos supremos, ds, d s",
            "Directiva": "directiva, directivas",
            "Informe": "informe, informes, inf",
            "Informe Técnico": "informe tecnico, informes tecnicos, inf tecnico, inf tec",
            "Informe Legal": "informe legal, informes legales",
            "Memorando": "memorando, memorandos, memorandum, memorandums, memoranda, memo, memos, mem",
            "Memorando Múltiple": "memorando multiple, memorandos multiples, memorandum multiple, "
            "memorandums multiples, memo multiple, memos multiples, mem multiple, mem mult",
            "Memorando Circular": "memorando circular, memorandum circular, memo circular",
            "Oficio": "oficio, oficios, of",
            "Oficio Múltiple": "oficio multiple, oficios multiples, of multiple, of mult",
            "Oficio Circular": "oficio circular, oficios circulares, of circular",
            "Carta": "carta, cartas",
            "Carta Múltiple": "carta multiple, cartas multiples",
            "Carta Circular": "carta circular, cartas circulares",
            "Acta": "acta, actas, acta de compromiso, acta de compromisos",
            "Nota": "nota, notas",
            "Nota Informativa": "nota informativa, notas informativas",
            "Proveído": "proveido, proveidos",
            "Hoja de Envío": "hoja de envio, hojas de envio",
            "Hoja de Trámite": "hoja de tramite, hojas de tramite",
            "HR": "hr, h r, hoja de ruta, hojas de ruta",
            "Expediente": "expediente, expedientes, exp",
            "Documento": "documento, documentos, doc",
            "Constancia": "constancia, constancias",
            "Certificado": "certificado, certificados",
            "Solicitud": "solicitud, solicitudes",
            "Requerimiento": "requerimiento, requerimientos",
            "Reporte": "reporte, reportes",
            "Convenio": "convenio, convenios",
            "Adenda": "adenda, adendas",
            "Contrato": "contrato, contratos",
            "Correo": "correo, correos, correo electronico, correos electronicos",
        }.items()
        for name in names.split(", ")
    }
)
CUT_SHORT = frozenset("res resol inf tec of mem mult exp doc".split())  # their dot ends nothing
BLANKS = frozenset({"_", "-", ".", ""})  # what stands for a blank in a file name
STOPS = frozenset({".", ":"})
GAPS = BLANKS | DASHES | STOPS
MOST_GAPS = 4
NUMBER_MARKS = frozenset("n no nos nro nros num nums numero numeros #".split())
PLAIN_MARKS = frozenset({"n", "no"})  # which may be a letter or a word
MARK_ENDINGS = frozenset({"°", "o", "os", "s", "'", "*", "´", "`", "¨", "."})
NOUN_LETTERS = 4  # of the one word between: «acta de sesión N° 3», «informe final N° 3»
CODED = frozenset(  # numbers behind these are codes of the matrix
    "compromiso compromisos comp medio medios mv verificacion recomendacion recomendaciones rec".split()
)
NUMERIC_JOINS = frozenset({"-", "/", *DASHES})
NO_BOUNDARY = frozenset("@ % $ €".split())
AND = frozenset({",", "y", "e"})
LONGEST_NUMBER = 12
SURE_DIGITS = 3  # «informe 045» is a document, «informe 2» may be any
PREFIXED_DIGITS = 4  # «D000045»
MOST_PARTS = 3  # «001-002-2021»
MOST_ACRONYMS = 6  # «-MIDIS/PNCM-DE»
ACRONYM_LETTERS = 12
COMPACT = len("20210505")
NO_ACRONYMS = frozenset(  # what else is glued to a number in a file name
    "firmado firmada firma final finales visado visada vf version copia escaneado escaneada scan anexo anexos "
    "borrador rev revisado corregido adjunto adjuntos sellado sello pdf doc docx xls xlsx jpg jpeg png zip rar "
    "del al y la el los las con para por en sobre ok parte".split()
) | {*MONTHS}  # fmt: skip
EXECUTIVE = "de"  # «PNCM-DE» ends so; in «UTAI-de-mayo» it is a word


@dataclass(frozen=True, slots=True)
class Reference:
    """A document and the tokens it takes, both included."""

    first: int
    last: int
    shown: str


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a document up to the token `last`."""

    last: int
    shown: str
    has_year: bool
    is_long: bool  # digits enough to be no count of something


def document_refs(text: str) -> tuple[str, ...]:
    """The official documents named in a text or file name, in order, each once.

    Returns:
        One name for each kind («RDE» for «Resolución de Dirección Ejecutiva» too), « N° », digits
        as typed, and what is joined to them in capitals: `Informe N° 045-2021-UTAI`. A number
        of one or two digits counts only with its «N°» or a year.
    """
    found = _references(tokenize(_tidy(text)))
    return tuple(dict.fromkeys(reference.shown for reference in found))


def _tidy(text: str) -> str:
    """NFKC text in one line: nothing unseen, «Nº» as «N°», no digits but 0 to 9."""
    composed = unicodedata.normalize("NFKC", text[:LONGEST].translate(ORDINALS))
    return " ".join("".join(map(_seen, composed)).split())[:LONGEST]


def _seen(sign: str) -> str:
    odd_number = not sign.isascii() and sign.isnumeric()
    return " " if odd_number or unicodedata.category(sign) in UNSEEN else sign


def _references(tokens: Sequence[Token]) -> list[Reference]:
    """Every document, left to right."""
    places = [at for at, token in enumerate(tokens) if token.fold not in BLANKS]
    folds = tuple(tokens[at].fold for at in places)
    found: list[Reference] = []
    index = 0
    while index < len(places):
        kind = KINDS.at(folds, index)
        if kind is None:
            index += 1
            continue
        end, shown = kind
        read = _of_kind(tokens, places[index], places[end - 1], shown)
        found += read
        last = read[-1].last if read else -1
        index = end
        while index < len(places) and places[index] <= last:
            index += 1
    return found


def _of_kind(tokens: Sequence[Token], first: int, last: int, shown: str) -> list[Reference]:
    """The documents numbered behind their kind: one, or a list of them."""
    marked = _mark(tokens, _behind_gaps(tokens, last + 1)) or _mark_behind_noun(tokens, last + 1)
    at = marked or _behind_gaps(tokens, last + 1)
    number = _number(tokens, at)
    if number is None:
        return []
    ended = _ends_before(tokens, last, at) and tokens[last].fold not in CUT_SHORT
    sure = number.has_year or (number.is_long and not ended)
    if not marked and not sure:
        return []
    is_plural = tokens[first].fold.endswith("s") and len(tokens[first].fold) >= SHORTEST_PLURAL
    found = [Reference(first, number.last, f"{shown} N° {number.shown}")]
    while True:
        start = at = found[-1].last + 1
        while at < start + 2 and _fold(tokens, at) in AND:
            at += 1
        if at == start:
            return found
        at += _fold(tokens, at) in THE
        own_mark = _mark(tokens, at)
        number = _number(tokens, own_mark or at)
        if number is None:
            return found
        if not (own_mark or number.has_year or (is_plural and (marked or number.is_long))):
            return found
        found.append(Reference(at, number.last, f"{shown} N° {number.shown}"))


def _fold(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].fold if 0 <= at < len(tokens) else ""


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].glued


def _behind_gaps(tokens: Sequence[Token], at: int) -> int:
    """Step over what parts the words of a file name."""
    end = at + MOST_GAPS
    while at < min(end, len(tokens)) and tokens[at].fold in GAPS:
        at += 1
    return at


def _ends_before(tokens: Sequence[Token], last: int, at: int) -> bool:
    """Whether a sentence ends between: «… el informe. 150 familias»."""
    return len(tokens[last].fold) > 1 and any(
        tokens[place].fold in STOPS and not _is_glued(tokens, place + 1)
        for place in range(last + 1, at)
    )


def _mark(tokens: Sequence[Token], at: int, *, plainly: bool = False) -> int | None:
    """The token behind «N°», «Nro.», «#»; with `plainly` not behind a mere «no»."""
    word = _fold(tokens, at)
    if word not in NUMBER_MARKS:
        return None
    end, stop = at + 1, at + 1 + MOST_GAPS
    while end < stop and _fold(tokens, end) in (MARK_ENDINGS if _is_glued(tokens, end) else {"°"}):
        end += 1
    bare = end == at + 1 and word in PLAIN_MARKS and tokens[at].text[0].islower()
    return None if plainly and bare else _behind_gaps(tokens, end)


def _mark_behind_noun(tokens: Sequence[Token], at: int) -> int | None:
    """Behind one word more: «acta de sesión N° 3», «informe final N° 3»."""
    at = _behind_gaps(tokens, at)
    if _fold(tokens, at) == "de":
        at = _behind_gaps(tokens, at + 1)
    word = _fold(tokens, at)
    if len(word) < NOUN_LETTERS or not word.isalpha() or word in CODED | KINDS.starts:
        return None
    return _mark(tokens, _behind_gaps(tokens, at + 1), plainly=True)


def _number(tokens: Sequence[Token], at: int) -> Number | None:
    """The number that starts at a token, its year and acronyms included; None for a date."""
    prefix = ""
    if _is_prefix(tokens, at):
        prefix, at = tokens[at].text.upper(), at + 1
    if not _is_number(tokens, at) or _is_day(tokens, at):
        return None
    first = tokens[at].fold
    parts, end = _numeric_parts(tokens, at)
    has_year = any(_is_year(part) for part in parts[1:])
    if _is_year(first):
        counted = len(parts) > 1 and len(parts[1]) >= SURE_DIGITS
        is_long = has_year = counted and not _is_year(parts[1])  # «EXP-2021-0045», no «2020-2021»
    else:
        is_long = len(first) >= SURE_DIGITS and _compact_day(first) is None
    if not _ends_whole(tokens, end):
        return None
    shown = prefix + _joined(tokens, at, end)
    if len(parts) == 1 and (dated := _year_apart(tokens, end)):
        end, year, by_itself = dated
        shown += f"-{year}"
        has_year = has_year or by_itself
    if acronyms := _acronyms(tokens, end):
        shown += _joined(tokens, end, acronyms).upper()
        end = acronyms
    return Number(end - 1, shown, has_year, is_long)


def _is_number(tokens: Sequence[Token], at: int) -> bool:
    return (
        at < len(tokens)
        and tokens[at].kind is Kind.NUMBER
        and len(tokens[at].fold) <= LONGEST_NUMBER
    )


def _is_prefix(tokens: Sequence[Token], at: int) -> bool:
    """The letter of «D000045»."""
    return (
        len(_fold(tokens, at)) == 1
        and tokens[at].kind is Kind.WORD
        and _is_number(tokens, at + 1)
        and tokens[at + 1].glued
        and len(tokens[at + 1].fold) >= PREFIXED_DIGITS
    )


def _is_year(digits: str) -> bool:
    return len(digits) == len("2021") and EARLIEST_YEAR <= int(digits) <= LATEST_YEAR


def _follows(tokens: Sequence[Token], at: int, signs: Set[str]) -> bool:
    """Whether one of the signs and a number stand there, of one piece with what is before."""
    return (
        _fold(tokens, at) in signs
        and tokens[at].glued
        and _is_glued(tokens, at + 1)
        and tokens[at + 1].kind is Kind.NUMBER
    )


def _is_day(tokens: Sequence[Token], at: int) -> bool:
    """«05-05-2021», «5/5/21», «2021-05-05»: a date where a number might stand."""
    sign = _fold(tokens, at + 1)
    if not _follows(tokens, at + 1, {"-", "/", ".", "_"} & {sign}):
        return False
    if not _follows(tokens, at + 3, {sign}):
        return False
    parts = [tokens[place].fold for place in (at, at + 2, at + 4)]
    year, month, day = parts if _is_year(parts[0]) else reversed(parts)
    short = len(day) <= len("31") and len(month) <= len("12") and len(year) in {2, 4}
    return short and 1 <= int(month) <= MONTHS_IN_YEAR and 1 <= int(day) <= LAST_DAY


def _compact_day(digits: str) -> date | None:
    """The day of «20210505» or «05052021»; a year cannot begin like a month, so it is one."""
    if len(digits) != COMPACT:
        return None
    for year, month, day in (
        (digits[:4], digits[4:6], digits[6:]),
        (digits[4:], digits[2:4], digits[:2]),
    ):
        if _is_year(year) and 1 <= int(month) <= MONTHS_IN_YEAR:
            return day_in(int(year), int(month), int(day))
    return None


def _numeric_parts(tokens: Sequence[Token], at: int) -> tuple[list[str], int]:
    """The digits of «045-2021», «001-002-2021», and the token behind; a year ends them."""
    parts, end = [tokens[at].fold], at + 1
    while len(parts) < MOST_PARTS and (len(parts) == 1 or not _is_year(parts[-1])):
        step = end
        if _follows(tokens, end, NUMERIC_JOINS) and _is_number(tokens, end + 1):
            step = end + 2
        elif _fold(tokens, end) in NUMERIC_JOINS and _is_lone_year(tokens, end + 1):
            step = end + 2  # «045 - 2021»
        if step == end:
            break
        parts.append(tokens[end + 1].fold)
        end = step
    return parts, end


def _is_lone_year(tokens: Sequence[Token], at: int) -> bool:
    """A year that begins no date."""
    if not _is_number(tokens, at) or not _is_year(tokens[at].fold):
        return False
    return not _follows(tokens, at + 1, {"-", "/", ".", "_"}) and not _has_letters(tokens, at + 1)


def _has_letters(tokens: Sequence[Token], at: int) -> bool:
    return _is_glued(tokens, at) and tokens[at].kind is Kind.WORD


def _ends_whole(tokens: Sequence[Token], end: int) -> bool:
    """Neither «150KB» nor «4.1», «1,500», «045@»."""
    if _has_letters(tokens, end) or (_is_glued(tokens, end) and tokens[end].fold in NO_BOUNDARY):
        return False
    if _follows(tokens, end, {"."}):
        return _is_lone_year(tokens, end + 1)
    return not _follows(tokens, end, {","})


def _year_apart(tokens: Sequence[Token], end: int) -> tuple[int, str, bool] | None:
    """The year of «045_2021», «045 del 2021»: the token behind, it, and whether it was said so."""
    at = end + (_is_glued(tokens, end) and tokens[end].fold in {"_", "."})
    if at == end and _fold(tokens, at) in OF:
        at += 1
        at += _fold(tokens, at) == "ano"
    said = at > end and _fold(tokens, end) in OF
    return (at + 1, tokens[at].fold, said) if _is_lone_year(tokens, at) else None


def _acronyms(tokens: Sequence[Token], start: int) -> int:
    """The token behind «-MIDIS/PNCM-DE»; 0 where there is none. «045 - 2021 - UTAI» goes on so."""
    words: list[str] = []
    end, has_capitals, is_cut = start, False, False
    may_space = _fold(tokens, start - 2) in NUMERIC_JOINS and not tokens[start - 1].glued
    while len(words) < MOST_ACRONYMS and _fold(tokens, end) in NUMERIC_JOINS:
        if end + 1 >= len(tokens):
            break
        word = tokens[end + 1]
        spaced = not (tokens[end].glued and word.glued)
        if word.kind is not Kind.WORD or (spaced and not (may_space and word.text.isupper())):
            is_cut = word.glued
            break
        numbered = _is_glued(tokens, end + 2) and tokens[end + 2].kind is Kind.NUMBER
        mixed = has_capitals and not word.text.isupper()
        if numbered or mixed or word.fold in NO_ACRONYMS or len(word.text) > ACRONYM_LETTERS:
            is_cut = True
            break
        if words and words[-1] == EXECUTIVE and (len(words) == 1 or not has_capitals):
            is_cut = True
            break
        has_capitals = has_capitals or word.text.isupper()
        words.append(word.fold)
        end += 2
    if is_cut and words and words[-1] == EXECUTIVE:
        end -= 2
    return end if end > start else 0


def _joined(tokens: Sequence[Token], first: int, end: int) -> str:
    return "".join("-" if token.fold in DASHES else token.text for token in tokens[first:end])


# days

COMPACT_DAY = re.compile(r"(?<!\d)(\d{8})(?:[-_T ]?\d{6})?(?!\d)")
CLOCK = r"(?:[ _T]?(?:at |a las )?\d\d[.:]\d\d[.:]\d\d(?!\d)|-\d\d-\d\d-\d\d(?!\d))?"
YEAR_FIRST = re.compile(
    r"(?<!\d)(?<!\d[-/.])(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|([_ ])(\d\d)\5(\d\d))(?!\d)" + CLOCK
)
YEAR_LAST = re.compile(
    r"(?<!\d)(?:(?<!\d[-/.])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}(?!\d)|\d\d(?!\d)(?!\2\d))"
    r"|(\d\d)([_ ])(\d\d)\6(\d{4})(?!\d))"
)
CODES = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d/])(?!\.\d)|(?<!\d)\d{1,2}_[1-9](?!\d)")
LONG_ROWS = re.compile(r"(?<!\d)(?:\d{1,4}[-/.]){3,}\d{1,4}")
WORD_DASHES = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])|(?<=\d)[-.](?=[^\W\d_])")
NUMBER_DASHES = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,10})-(?=\d)")
PIECES = re.compile(r".{1,300}(?:[.;] |$)|.{1,300}(?: |$)|.{1,300}")
MASKED = f" {MASK.text} "
FAR_BACK = 9  # years in which a 29 February comes
DATE_NUMBERS = 3  # day, month and year
PARTED = frozenset("parte partes foto fotos pagina paginas pag hoja archivo tomo".split())
HABITS = frozenset({"los", "cada", "todos", "sabados", "domingos"})


def document_days(text: str, today: date) -> tuple[date, ...]:
    """The single days named in a text or file name, in order, each once.

    A day without a year, month or week is the latest such day not after `today`. Ranges, open
    ends («hasta el 5 de mayo») and digits of documents, codes and links are no days.
    """
    days: list[date] = []
    for piece in PIECES.findall(_dated(text, today)):
        tokens = _without_codes(tokenize(piece))
        found = find_dates(tokens, today, _past_years(today))
        spans = [span for span in found if _is_meant(tokens, span) and _is_of_days(span)]
        if any(span.ranges[0].start > today for span in spans if span.ranges[0].start):
            reader = PeriodReader(tokens, find_numerals(tokens), today)
            spans = [_of_the_past(span, reader) for span in spans]
        days += [one.start for span in spans for one in span.ranges if one.start]
    return tuple(dict.fromkeys(days))


def _past_years(today: date) -> YearRule:
    """The rule of the last occurrence: this year where it has come, else an earlier one."""

    def rule(month: int, day: int | None) -> tuple[int, ...]:
        if day is None:
            return (today.year - (month > today.month),)
        for year in range(today.year, today.year - FAR_BACK, -1):
            found = day_in(year, month, day)
            if found is not None and found <= today:
                return (year,)
        return ()

    return rule


def _dated(text: str, today: date) -> str:
    """The text without documents, codes and links, and its dates in digits by themselves."""
    tidy = _tidy(LINK.sub(" ", text[:LONGEST]))
    tokens = tokenize(tidy)
    pieces, end = [], 0
    for reference in _references(tokens):
        pieces += [tidy[end : tokens[reference.first].start], MASKED]
        end = tokens[reference.last].start + len(tokens[reference.last].text)
    tidy = "".join([*pieces, tidy[end:]])

    tidy = COMPACT_DAY.sub(lambda found: _day_apart(found.group(1), today), tidy)
    tidy = YEAR_FIRST.sub(_isolated, tidy)
    tidy = CODES.sub(MASKED, tidy)
    tidy = YEAR_LAST.sub(_isolated, tidy)
    tidy = LONG_ROWS.sub(MASKED, tidy).replace("_", " ")
    tidy = WORD_DASHES.sub(" ", tidy)
    return NUMBER_DASHES.sub(_parted, tidy)


def _day_apart(digits: str, today: date) -> str:
    """«20210505» as « 2021-05-05 »; masked where it is no day of about now."""
    found = _compact_day(digits)
    near = found is not None and abs(found.year - today.year) <= YEARS_AROUND
    return f" {found} " if near else MASKED


def _isolated(found: re.Match[str]) -> str:
    """The three numbers of a date in blanks; «_» and blanks between them become «-»."""
    parts = [part for part in found.groups() if part and part.isdigit()]
    sign = next(part for part in found.groups() if part and not part.isdigit())
    return f" {('-' if sign in '_ ' else sign).join(parts)} "


def _parted(found: re.Match[str]) -> str:
    """«del-5» in two words; «set-21» stays one month."""
    word = found.group(1)
    return found.group() if fold(word) in MONTHS else f"{word} "


def _without_codes(tokens: Sequence[Token]) -> list[Token]:
    """Numbers masked that are no part of a date: of codes, of parts, and too long."""
    masked = [MASK if _is_no_date_number(tokens, at) else token for at, token in enumerate(tokens)]
    if not any(token.fold in CODED for token in tokens):
        return masked
    numerals = {numeral.first: numeral.last for numeral in find_numerals(masked)}
    for at, token in enumerate(tokens):
        if token.fold not in CODED:
            continue
        place = _behind_gaps(tokens, at + 1)
        place = _mark(tokens, place) or place
        while place in numerals and not _follows(tokens, numerals[place] + 1, {"-", "/"}):
            last = numerals[place]
            masked[place : last + 1] = [MASK] * (last + 1 - place)
            listed = token.fold.endswith("s") and _fold(tokens, last + 1) in AND
            place = last + 2 if listed else -1
    return masked


def _is_no_date_number(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind is not Kind.NUMBER:
        return False
    before = tokens[at - 1] if at else None
    labelled = token.glued and before is not None and before.kind is Kind.WORD
    if before is not None and labelled and before.fold not in MONTHS:
        return True  # «c4»
    parted = before is not None and before.fold in PARTED and _follows(tokens, at + 1, {"/"})
    return parted or len(token.fold) > LONGEST_DIGITS


def _is_meant(tokens: Sequence[Token], span: DateSpan) -> bool:
    """Whether the span names days for certain: no bare «el 5», no «los viernes»."""
    words = tokens[span.first : span.last + 1]
    folds = {token.fold for token in words}
    if (len(words) == 1 and not folds.isdisjoint(NO_DATES)) or span.impossible:
        return False
    if not span.weak:
        return True
    numbers = sum(token.kind is Kind.NUMBER for token in words)
    if not numbers and not folds.isdisjoint({*WEEKDAYS, TOMORROW}):
        return folds.isdisjoint(HABITS) and _fold(tokens, span.first - 1) not in HABITS
    if "uno" in folds and not folds.isdisjoint(MONTHS):
        return True
    return numbers == DATE_NUMBERS and "." in folds  # «5.5.21»


def _is_of_days(span: DateSpan) -> bool:
    """Whether each of its ranges is one day."""
    return all(one.start is not None and one.start == one.end for one in span.ranges)


def _of_the_past(span: DateSpan, reader: PeriodReader) -> DateSpan:
    """«el viernes», «el día 5»: the last one, where the next was read."""
    found = reader.period(span.first)
    if len(span.ranges) > 1 or not found or found.end <= span.last:
        return span
    placed = last_until(found.period, reader.today)
    if found.period.grain is not Grain.DAY or not placed:
        return span
    return replace(span, ranges=(DateRange(*placed),))


# links

LINK = re.compile(
    r"(?:(?<!\w)https?://|(?<![\w@/.-])www\.)(?:(?![,;|](?:https?://|www\.))[^\s<>\"«»“”])+",
    re.IGNORECASE,
)
TRAILING = ".,;:!?…'’‘`)]}"
PAIRS = {")": "(", "]": "[", "}": "{"}
LONGEST_LINK = 2_000
LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
LONGEST_HOST = 253


def links(text: str) -> tuple[str, ...]:
    """The http and https links in a text, in order, each once; «www.» is given its scheme."""
    seen = "".join(" " if unicodedata.category(sign) in UNSEEN else sign for sign in text)
    found = [_whole_link(_trimmed(match.group())) for match in LINK.finditer(seen)]
    return tuple(dict.fromkeys(link for link in found if is_link(link)))


def is_link(text: str) -> bool:
    """Tell whether the whole text is a link that may be followed; «www.» may lack its scheme."""
    address = _whole_link(text)
    if len(address) > LONGEST_LINK or any(
        sign.isspace() or unicodedata.category(sign) in UNSEEN for sign in address
    ):
        return False
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return False
    return _is_ip(host) or _is_domain(host)


def _whole_link(text: str) -> str:
    is_bare = text[:4].lower() == "www." and "." in text[4:].partition("/")[0]
    return f"https://{text}" if is_bare else text


def _trimmed(link: str) -> str:
    """Without the signs of the sentence behind; a bracket opened in the link is its own."""
    counts = {sign: link.count(sign) for pair in PAIRS.items() for sign in pair}
    end = len(link)
    while end and link[end - 1] in TRAILING:
        sign = link[end - 1]
        if sign in PAIRS:
            if counts[sign] <= counts[PAIRS[sign]]:
                break
            counts[sign] -= 1
        end -= 1
    return link[:end]


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_domain(host: str) -> bool:
    """Labels with a dot between, the last one no number."""
    labels = host.split(".")
    return (
        len(labels) > 1
        and len(host) <= LONGEST_HOST
        and all(LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
    )


# yes and stop

MOST_WORDS = 4
LONGEST_REPLY = 100
STOPPING = Phrases.of(
    tuple(phrase.split())
    for phrase in (
        "cancelar, cancela, cancele, cancelo, cancelalo, cancelala, cancelelo, cancelarlo, cancelen, cancelemos, "
        "anular, anula, anule, anulo, anulalo, anulala, anulelo, anularlo, salir, salgo, me salgo, salirme, "
        "dejalo, dejala, dejelo, dejemoslo, dejarlo, olvidalo, olvidala, olvidelo, olvidarlo, olvida, olvide, "
        "abortar, aborta, cancel, desisto, ya no, mejor no, no gracias, no quiero, no deseo, ya fue, ya nada, no nada, "
        "no registrar, no registres, no lo registres, no registre, no lo registre, no quiero registrar"
    ).split(", ")
)
AROUND_STOP = frozenset(
    "no ya mejor por favor porfa porfavor gracias bueno entonces pues pe nomas todo eso esto asi ahi el la lo registro "
    "operacion proceso tramite envio quiero deseo prefiero quisiera ok si mas nada de aqui disculpa perdon".split()
)
WANTING = frozenset("quiero deseo prefiero quisiera".split())
KEEPING = re.compile(
    r"(?:cancelar|anular|salir|dejar|olvidar|abortar)(?:lo|la|me)?|salgo|cancelo|anulo"
)
AGREEING = Phrases.of(
    tuple(phrase.split())
    for phrase in (
        "si, sip, ok, okey, okay, oki, dale, va, vale, ya, listo, bueno, bien, claro, claro que si, por supuesto, "
        "confirmo, confirmar, confirma, confirmado, confirme, confirmalo, registrar, registra, registralo, registrala, "
        "registre, registrelo, registrarlo, registro, correcto, correcta, conforme, de acuerdo, exacto, perfecto, "
        "afirmativo, adelante, procede, proceda, procedo, proceder, acepto, aceptar, guardar, guarda, guardalo, "
        "asi es, esta bien, eso es"
    ).split(", ")
)
AROUND_YES = frozenset(
    "por favor porfa porfavor gracias entonces pues pe nomas todo es esta muy lo senor senora senorita".split()
)
YES = re.compile(r"si+")
AGREEING_SIGNS = frozenset("👍👌✅✔☑")
SIGN_PARTS = frozenset("\ufe0f🏻🏼🏽🏾🏿")  # how a sign is drawn


def is_withdrawal(text: str) -> bool:
    """Tell whether the whole text says to leave the dialogue: «cancelar», «ya no», «olvídalo»."""
    tokens = _reply(text)
    said = _says([token.fold for token in tokens], STOPPING, AROUND_STOP)
    return said and not any(_is_kept(tokens, at) for at in range(len(tokens)))


def is_agreement(text: str) -> bool:
    """Tell whether the whole text says yes: «sí», «dale», «de acuerdo», «👍»."""
    signs = {sign for sign in text[:LONGEST_REPLY] if not sign.isspace()} - SIGN_PARTS
    if signs and signs <= AGREEING_SIGNS:
        return True
    words = ["si" if YES.fullmatch(token.fold) else token.fold for token in _reply(text)]
    return _says(words, AGREEING, AROUND_YES)


def _reply(text: str) -> list[Token]:
    """The words of a short reply, each `glued` where no sign stands before it; none of a question.

    A number says something of its own: such a text has no words here.
    """
    if len(text) > LONGEST_REPLY:
        return []
    tokens = tokenize(_tidy(text))
    if any(token.kind is Kind.NUMBER or token.fold in {"?", "¿"} for token in tokens):
        return []
    words = [
        replace(token, glued=at > 0 and tokens[at - 1].kind is Kind.WORD)
        for at, token in enumerate(tokens)
        if token.kind is Kind.WORD
    ]
    return words if len(words) <= MOST_WORDS else []


def _says(words: Sequence[str], wanted: Phrases[tuple[str, ...]], around: Set[str]) -> bool:
    """Whether one of the phrases is there, and around them nothing but such words."""
    at, said = 0, False
    while at < len(words):
        phrase = wanted.at(words, at)
        if phrase is None and words[at] not in around:
            return False
        said = said or phrase is not None
        at = phrase[0] if phrase else at + 1
    return said


def _is_kept(words: Sequence[Token], at: int) -> bool:
    """«no cancelar», «no quiero salir»; not «no, cancelar»."""
    if words[at].fold != "no":
        return False
    at += 1
    while at < len(words) and words[at].glued and words[at].fold in WANTING | {"me", "lo"}:
        at += 1
    return at < len(words) and words[at].glued and KEEPING.fullmatch(words[at].fold) is not None
