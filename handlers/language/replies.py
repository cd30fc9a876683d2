"""Short replies to a dialogue: to leave it, or to record what it shows."""

import re
from collections.abc import Sequence, Set

from handlers.language.phrases import Phrases
from handlers.language.tokens import Kind, clean, tokenize

LONGEST_REPLY = 100
MOST_WORDS = 5
STOPPING = Phrases.of(
    tuple(phrase.split())
    for phrase in (
        "cancelar, cancela, cancele, cancelo, cancelalo, cancelelo, cancelarlo, cancel, "
        "anular, anula, anule, anulo, anulalo, anulelo, anularlo, salir, salirme, "
        "dejalo, dejelo, dejarlo, olvidalo, olvidelo, olvidarlo, desisto, "
        "ya no, mejor no, no gracias, no quiero, no deseo, no registrar, no registres, no registre, "
        "no lo registres, no lo registre"
    ).split(", ")
)
AROUND_STOP = frozenset(
    "no ya si ok mejor bueno por favor porfa gracias pues pe nomas todo eso esto asi ahi el la lo "
    "registro proceso tramite envio registrar quiero deseo prefiero quisiera".split()
)
KEPT = re.compile(  # «no cancelar», «no quiero salir», «no me cancele»; not «no, cancelar»
    r"\bno (?:(?:quiero|deseo|prefiero|quisiera|me|lo) )*(?:cancel|anul|sal|dej|olvid)"
)
AGREEING = Phrases.of(
    tuple(phrase.split())
    for phrase in (
        "si, ok, okay, okey, oki, dale, confirmo, confirmar, confirma, confirmado, confirmalo, "
        "registrar, registra, registralo, registre, registrelo, registrarlo, "
        "correcto, conforme, de acuerdo, asi es"
    ).split(", ")
)
AROUND_YES = frozenset(
    "por favor porfa gracias pues pe nomas todo es esta muy lo claro que ya listo bueno "
    "el registro".split()
)
YES = re.compile(r"si+")
QUIET_SIGNS = frozenset(".,;:!¡…/\"«»'()-\ufe0f👍👌✅🏻🏼🏽🏾🏿")  # which say nothing against it


def is_withdrawal(text: str) -> bool:
    """Tell whether the whole text says to leave the dialogue: «cancelar», «ya no», «olvídalo»."""
    said = _said(text)
    return _says(said, STOPPING, AROUND_STOP) and not KEPT.search(" ".join(said))


def is_agreement(text: str) -> bool:
    """Tell whether the whole text says to record it: «sí», «confirmo», «de acuerdo».

    What is said by chance or to be polite is no yes: «ya», «listo», «bien», «👍».
    """
    said = ["si" if YES.fullmatch(word) else word for word in _said(text)]
    return _says(said, AGREEING, AROUND_YES)


def _said(text: str) -> list[str]:
    """The folded words and signs of a short reply; none where it asks or says something more."""
    tokens = tokenize(clean(text)) if len(text) <= LONGEST_REPLY else ()
    words = [token for token in tokens if token.kind is Kind.WORD]
    rest = {token.fold for token in tokens if token.kind is not Kind.WORD}
    is_reply = len(words) <= MOST_WORDS and rest <= QUIET_SIGNS
    return [token.fold for token in tokens] if is_reply else []


def _says(said: Sequence[str], wanted: Phrases[tuple[str, ...]], around: Set[str]) -> bool:
    """Whether one of the phrases is there, and around them nothing but such words."""
    words = [word for word in said if word not in QUIET_SIGNS]
    at, is_said = 0, False
    while at < len(words):
        phrase = wanted.at(words, at)
        if phrase is None and words[at] not in around:
            return False
        is_said = is_said or phrase is not None
        at = phrase[0] if phrase else at + 1
    return is_said
