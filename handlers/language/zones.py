"""The time zone a text names: «hora de Madrid», «zona America/Bogota», «hora peruana»."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from handlers.language.phrases import Phrases
from handlers.language.sentence import Sentence
from handlers.language.tokens import Kind, clean, tokenize
from storage.text import fold

HOUR = frozenset({"hora", "horario", "huso"})
ZONE = frozenset({"zona", "zonas"})
OF_HOURS = frozenset({"horaria", "horario", "local", "oficial"})
LINKS = frozenset({"de", "del", "en", ":", "="})
ARTICLES = frozenset({"el", "la", "los", "las"})
# before «hora»: a stretch of time or the time of something, «a la hora de la reunión»
OTHER_HOURS = frozenset("la una un media primera ultima cada cualquier toda esa misma que".split())
# the other regions are old names of whole countries: «Mexico/General»
REGIONS = tuple(
    f"{region}/"
    for region in (
        "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe",
        "Indian", "Pacific",
    )
)  # fmt: skip
GLUE = frozenset("/ _ - +".split())
# of the countries with several zones, the one that is meant; from CLDR, `primaryZones`
PRIMARY = {
    "CL": "America/Santiago", "CN": "Asia/Shanghai", "DE": "Europe/Berlin",
    "EC": "America/Guayaquil", "ES": "Europe/Madrid", "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
}  # fmt: skip
ADJECTIVES = {
    "peruana": "PE", "chilena": "CL", "boliviana": "BO", "ecuatoriana": "EC", "colombiana": "CO",
    "venezolana": "VE", "paraguaya": "PY", "uruguaya": "UY", "argentina": "AR", "espanola": "ES",
    "panamena": "PA", "cubana": "CU", "italiana": "IT", "francesa": "FR", "alemana": "DE",
    "japonesa": "JP", "china": "CN",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ZoneSpan:
    """Tokens that name a zone, both ends included; `zone` None where there is no such zone."""

    first: int  # «hora»
    name: int  # where the name begins
    last: int
    zone: str | None


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def zone_ids() -> Mapping[str, str]:
    """Every zone by its folded id: «america/bogota»."""
    return {fold(zone): zone for zone in _zones()}


@cache
def zone_names() -> "Phrases[str]":
    """Cities and countries in Spanish, as tokens; what could be two zones is left out."""
    found: dict[tuple[str, ...], set[str]] = {}
    for name, zone in _named():
        words = tuple(token.fold for token in tokenize(clean(name)))
        if words and zone:
            found.setdefault(words, set()).add(_canonical(zone))
    return Phrases({words: zones.pop() for words, zones in found.items() if len(zones) == 1})


def _named() -> Iterator[tuple[str, str]]:
    """Every name of a zone with its id."""
    spanish = Locale.parse("es")
    for zone in _zones():
        if "/" not in zone and zone.isupper():
            yield zone, zone  # «UTC»
        if zone.startswith(REGIONS):
            yield zone.rpartition("/")[2].replace("_", " "), zone
            yield spanish.time_zones.get(zone, {}).get("city", ""), zone
    for country in get_global("territory_zones"):
        yield spanish.territories.get(country, ""), _zone_of(country)
    for adjective, country in ADJECTIVES.items():
        yield adjective, _zone_of(country)


def _zone_of(country: str) -> str:
    """The one zone of a country, the first where all have kept the same time; "" for none."""
    zones = [zone for zone in get_global("territory_zones")[country] if zone != "Etc/Unknown"]
    kept = {get_global("meta_zones").get(zone) for zone in zones}
    if country in PRIMARY:
        return PRIMARY[country]
    same = len(zones) == 1 or (len(kept) == 1 and None not in kept)
    return zones[0] if same and zones[0] in _zones() else ""


def _canonical(zone: str) -> str:
    main = str(get_global("zone_aliases").get(zone, zone))
    return main if main in _zones() else zone


def find_zones(sentence: Sentence) -> tuple[ZoneSpan, ...]:
    """Every zone named, and every name of a zone that there is none of."""
    found: list[ZoneSpan] = []
    for at in range(len(sentence)):
        if found and at <= found[-1].last:
            continue
        span = _after_noun(sentence, at) if sentence.word(at) in HOUR | ZONE else None
        span = span or _id_at(sentence, at, at, named=False)
        if span is not None:
            found.append(span)
    return tuple(found)


def _after_noun(sentence: Sentence, at: int) -> ZoneSpan | None:
    name = at + 1
    is_hours = sentence.word(at) in HOUR
    while sentence.word(name) in OF_HOURS:
        is_hours, name = True, name + 1
    linked = sentence.word(name) in LINKS
    name += linked
    of_one = sentence.before(at) not in OTHER_HOURS and not _is_number(sentence, at - 1)
    folds = [token.fold for token in sentence.tokens]
    for start in (name, name + 1):
        if start > name and sentence.word(name) not in ARTICLES:
            break
        known = zone_names().at(folds, start)
        certain = (of_one and start == name) or not sentence.tags(start)
        if known and (certain or _is_name(sentence, start)):
            offset = _offset_end(sentence, known[0])
            return ZoneSpan(at, start, offset or known[0] - 1, None if offset else known[1])
    return _id_at(sentence, at, name, named=of_one) or (
        _no_zone(sentence, at, name, linked=linked) if is_hours and of_one else None
    )


def _id_at(sentence: Sentence, first: int, name: int, *, named: bool) -> ZoneSpan | None:
    """«America/Bogota»; with `named` also where it is none."""
    if name >= len(sentence):
        return None
    last = name
    while _goes_on(sentence, last):
        last += 2
    text = sentence.text(name, last)
    zone = zone_ids().get(fold(text)) if "/" in text else None
    strange = last > name and named and sentence.is_word(name)
    return ZoneSpan(first, name, last, zone) if zone or strange else None


def _goes_on(sentence: Sentence, at: int) -> bool:
    pair = sentence.tokens[at + 1 : at + 3]
    return (
        bool(pair)
        and all(token.glued for token in pair)
        and pair[0].fold in GLUE
        and len(pair) > 1
        and pair[1].kind is not Kind.SIGN
    )


def _offset_end(sentence: Sentence, at: int) -> int | None:
    """The last token of «GMT-5», no zone that people live in; None for «GMT»."""
    offset = sentence.word(at) in {"-", "+"} and _is_number(sentence, at + 1)
    return at + 1 if offset else None


def _is_number(sentence: Sentence, at: int) -> bool:
    return 0 <= at < len(sentence) and sentence.tokens[at].kind is Kind.NUMBER


def _no_zone(sentence: Sentence, at: int, name: int, *, linked: bool) -> ZoneSpan | None:
    """«hora de Narnia»: a name, or a word that means nothing else."""
    if not sentence.is_word(name) or sentence.word(name) in ARTICLES:
        return None
    if not _is_name(sentence, name) and not (linked and not sentence.tags(name)):
        return None
    last = name
    while _is_name(sentence, last + 1):
        last += 1
    return ZoneSpan(at, name, last, None)


def _is_name(sentence: Sentence, at: int) -> bool:
    return sentence.is_word(at) and sentence.tokens[at].text[:1].isupper()


def zone_words(sentence: Sentence) -> frozenset[str]:
    """The words, as typed, that name a zone."""
    return frozenset(
        token.text
        for span in find_zones(sentence)
        for token in sentence.tokens[span.first : span.last + 1]
    )
