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

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """Give a text."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else str(value)

    def whole(self, name: str, missing: str | None = None, default: int = 0) -> int:
        """Give a whole number; what is none is refused with `missing`, or ignored."""
        value = self.values.get(name)
        try:
            return int(value if isinstance(value, int | float) else str(value).strip())
        except ValueError:
            if missing is None:
                return default
            raise bad_request(missing) from None

    def flag(self, name: str) -> bool:
        """Give a yes or no."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def mapping(self, name: str, refusal: str) -> Json | None:
        """Give an object, or None where there is none."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise bad_request(refusal)
        return value

    def sequence(self, name: str, refusal: str) -> list[Json] | None:
        """Give a list, or None where there is none."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, list):
            raise bad_request(refusal)
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
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except json.JSONDecodeError:
            raise bad_request("can't parse request body as JSON") from None
        sent |= body if isinstance(body, dict) else {}
    else:
        sent |= dict(await request.post())
    return Params({name: _value(name, value) for name, value in sent.items()})


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
