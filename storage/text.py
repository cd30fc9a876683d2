"""Search keys: the one way in which text is folded before it is compared."""

import re
import unicodedata
from functools import lru_cache

from snowballstemmer import stemmer

KEYS_VERSION = 1  # one more whenever a text gets other keys: the next load stores them anew
WORD = re.compile(r"[^\W\d_]+")
SHORTEST_PLURAL = 4  # «los», «mes» and «tres» are no plurals


def fold(text: str) -> str:
    """Lower case without accents; «ñ» becomes «n», since many type it so."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def word_key(word: str) -> str:
    """One key for the singular and the plural of a folded word.

    «informe» and «informes» share `inform`, «plan» and «planes» `plan`, «vez» and «veces» `vec`.
    """
    if len(word) < SHORTEST_PLURAL:
        return word
    key = word.removesuffix("s")
    key = key.removesuffix("e") if len(key) >= SHORTEST_PLURAL else key
    return key[:-1] + "c" if key.endswith("z") else key


def word_keys(text: str) -> list[str]:
    """The key of each word of `text`, in order; numbers and signs are left out."""
    return [word_key(word) for word in WORD.findall(fold(text))]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball stem of a folded word: verbs and nouns of one family mostly share it."""
    return str(stemmer("spanish").stemWord(word))
