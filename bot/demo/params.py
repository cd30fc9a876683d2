"""The parameters of a call: from a query, a form or JSON, and read with Telegram's refusals."""

import json
from dataclasses import dataclass

from aiohttp import web
from aiohttp.web_request import FileField

from bot.demo.refusals import Json, bad_request

WHOLE = frozenset({"text", "caption", "question"})  # never JSON, whatever they look like


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str
    content: bytes


class Params:
    """What a client sent with a call; each reader refuses as Telegram does."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def text(self, name: str, default: str = "") -> str:
        """Give a text."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else str(value)

    def whole(self, name: str, default: int = 0) -> int:
        """Give a whole number: the default where there is none, 0 for what is no number."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        return whole(value)

    def flag(self, name: str) -> bool:
        """Give a yes or no."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def mapping(self, name: str, what: str, unread: str) -> Json:
        """Give an object, empty where there is none; `unread` refuses what is no JSON."""
        value = self.values.get(name)
        if value is None or value == "":
            return {}
        if isinstance(value, str):
            raise bad_request(f"can't parse {unread} JSON object")
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {what}")
        return value

    def sequence(self, name: str, what: str, unread: str) -> list[object]:
        """Give a list, empty where there is none; `unread` refuses what is no JSON."""
        value = self.values.get(name)
        if value is None or value == "":
            return []
        if isinstance(value, str):
            raise bad_request(f"can't parse {unread}")
        if not isinstance(value, list):
            raise bad_request(f"expected an Array of {what}")
        return value

    def upload(self, name: str) -> Upload | str | None:
        """Give a file: its content, or the id of one sent before."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.values.get(value.removeprefix("attach://"))
        return value if isinstance(value, Upload | str) else None


async def read_params(request: web.Request) -> Params:
    """Read the parameters wherever they came; nested ones come as JSON in a form field."""
    sent: Json = dict(request.query)
    try:
        if request.content_type == "application/json":
            body = await request.json()
            sent |= body if isinstance(body, dict) else {}
        else:
            sent |= dict(await request.post())
    except ValueError:  # no JSON, no UTF-8, or a form without its parts
        raise bad_request("can't parse request body") from None
    return Params({name: _value(name, value) for name, value in sent.items()})


def whole(value: object) -> int:
    """Read a whole number; 0 for what is none."""
    try:
        return int(value if isinstance(value, int | float) else str(value).strip())
    except (ValueError, OverflowError):
        return 0


def _value(name: str, value: object) -> object:
    if isinstance(value, FileField):
        content = value.file.read()
        return Upload(value.filename, value.content_type, content)
    if name not in WHOLE and isinstance(value, str) and value[:1] in {"[", "{"}:
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return value
