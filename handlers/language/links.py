"""The links in a text, and whether a text is one."""

import re
import unicodedata

from pydantic import AnyHttpUrl, TypeAdapter, ValidationError

from handlers.language.tokens import UNSEEN

LINK = re.compile(
    r"(?:(?<!\w)https?://|(?<![\w@/.-])www\.)(?:(?![,;|](?:https?://|www\.))[^\s<>\"«»“”])+",
    re.IGNORECASE,
)
SCHEME = re.compile(r"https?://", re.IGNORECASE)
TRAILING = ".,;:!?…'’‘`"
PAIRS = {")": "(", "]": "[", "}": "{"}
LONGEST_LINK = 2_000
ADDRESS = TypeAdapter(AnyHttpUrl)


def links(text: str) -> tuple[str, ...]:
    """The http and https links in a text, in order, each once; «www.» is given its scheme."""
    seen = "".join(" " if _is_unseen(sign) else sign for sign in text)
    found = [_whole(_trimmed(match.group())) for match in LINK.finditer(seen)]
    return tuple(dict.fromkeys(link for link in found if is_link(link)))


def is_link(text: str) -> bool:
    """Tell whether the whole text is a link that may be followed; «www.» may lack its scheme."""
    link = _whole(text)
    if len(link) > LONGEST_LINK or not SCHEME.match(link):
        return False
    if any(sign.isspace() or sign == "\\" or _is_unseen(sign) for sign in link):
        return False
    try:
        address = ADDRESS.validate_python(link)
    except ValidationError:
        return False
    names = (address.host or "").split(".")
    is_user = address.username is not None or address.password is not None
    return len(names) > 1 and all(names) and not is_user  # no «localhost», no «informe»


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in UNSEEN


def _whole(text: str) -> str:
    is_bare = text[:4].lower() == "www." and "." in text[4:].partition("/")[0]
    return f"https://{text}" if is_bare else text


def _trimmed(link: str) -> str:
    """Without the signs of the sentence behind; a bracket opened in the link is its own."""
    while link[-1] in TRAILING or _is_closing(link):
        link = link[:-1]
    return link


def _is_closing(link: str) -> bool:
    opening = PAIRS.get(link[-1])
    return opening is not None and link.count(link[-1]) > link.count(opening)
