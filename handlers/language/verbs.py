"""The forms of regular Spanish verbs, folded: enough to know a verb of the lexicon in any person."""

from collections.abc import Iterator
from enum import Enum, auto
from functools import cache


class Form(Enum):
    """What a form of a verb says about time and mood."""

    PRESENT = auto()
    PAST = auto()
    OTHER = auto()  # imperfect, future, conditional, past subjunctive
    INFINITIVE = auto()
    GERUND = auto()
    PARTICIPLE = auto()
    COMMAND = auto()
    CLITIC = auto()  # with a pronoun at its end: «mándame»
    WISH = auto()  # present subjunctive, as an order is denied: «no pongas»

    __hash__ = object.__hash__  # as for `Tag`


# Without accents «presento» is both «yo presento» and «él presentó», «marco» both and a noun.
ENDINGS = {
    "ar": {
        Form.PRESENT: "o as a amos an e es emos en",
        Form.PAST: "e aste o amos aron",
        Form.OTHER: "aba abas abamos aban are aras ara aremos aran aria arias ariamos arian",
        Form.INFINITIVE: "ar",
        Form.GERUND: "ando",
        Form.PARTICIPLE: "ado ada ados adas",
        Form.COMMAND: "a e en",
        Form.WISH: "e es emos en",
    },
    "er": {
        Form.PRESENT: "o es e emos en a as amos an",
        Form.PAST: "i iste io imos ieron",
        Form.OTHER: "ia ias iamos ian ere eras era eremos eran eria erias eriamos erian iera ieran",
        Form.INFINITIVE: "er",
        Form.GERUND: "iendo",
        Form.PARTICIPLE: "ido ida idos idas",
        Form.COMMAND: "e a an",
        Form.WISH: "a as amos an",
    },
    "ir": {
        Form.PRESENT: "o es e imos en a as amos an",
        Form.PAST: "i iste io imos ieron",
        Form.OTHER: "ia ias iamos ian ire iras ira iremos iran iria irias iriamos irian iera ieran",
        Form.INFINITIVE: "ir",
        Form.GERUND: "iendo",
        Form.PARTICIPLE: "ido ida idos idas",
        Form.COMMAND: "e a an",
        Form.WISH: "a as amos an",
    },
}
BEFORE_E = {"car": ("c", "qu"), "gar": ("g", "gu"), "zar": ("z", "c")}
BEFORE_A_OR_O = {"cer": ("c", "z"), "ger": ("g", "j"), "gir": ("g", "j")}


@cache
def forms(infinitive: str, *other_stems: str) -> dict[str, frozenset[Form]]:
    """Every folded form of a verb with what it can be.

    Args:
        infinitive: folded, «vencer», its stem at least two letters long.
        other_stems: stems with a changed vowel, «muestr» for «mostrar».
    """
    found: dict[str, set[Form]] = {}
    for word, form in _with_stem(infinitive[:-2], infinitive):
        found.setdefault(word, set()).add(form)
    for stem in other_stems:
        for word, form in _with_stem(stem, infinitive):
            if form not in {Form.INFINITIVE, Form.PARTICIPLE}:
                found.setdefault(word, set()).add(form)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def _with_stem(stem: str, infinitive: str) -> Iterator[tuple[str, Form]]:
    for form, endings in ENDINGS[infinitive[-2:]].items():
        for ending in endings.split():
            word = _spelt(stem, infinitive, ending)
            yield word, form


def _spelt(stem: str, infinitive: str, ending: str) -> str:
    changes = BEFORE_E if ending[0] == "e" else BEFORE_A_OR_O if ending[0] in "ao" else {}
    old, new = changes.get(infinitive[-3:], ("", ""))
    return stem.removesuffix(old) + new + ending if old and stem.endswith(old) else stem + ending
