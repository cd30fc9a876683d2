"""What the operator decides, from the environment or `.env`."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "BOT_"
TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
ROOT = re.compile(r"https?://[^\s/?#@]+(/[^\s?#@]*)?")


def _token(value: SecretStr) -> SecretStr:
    """Refuse what cannot be a token before Telegram does; a blank around it is forgiven."""
    token = value.get_secret_value().strip()
    if not TOKEN.fullmatch(token):
        raise PydanticCustomError("token", "not a bot token")
    return SecretStr(token)


def _root(value: str) -> str:
    """Take the root of a Bot API, without the slash at its end."""
    if not ROOT.fullmatch(value):
        raise PydanticCustomError("root", "not the root of a Bot API")
    return value.rstrip("/")


def _ids(value: object) -> object:
    """Read numbers with commas or blanks between them."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


class Settings(BaseSettings):
    """What the operator decides; a bad value stops the start and is named in the error."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,  # `BOT_TOKEN=` of a copied example is no token
        dotenv_filtering="match_prefix",  # a misspelt BOT_ name is refused, others ignored
        frozen=True,
        hide_input_in_errors=True,
    )
    token: Annotated[SecretStr, AfterValidator(_token)] | None = None  # None: offline only
    api_url: Annotated[str, AfterValidator(_root)] = "https://api.telegram.org"
    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///compromisos.db")
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    open_reading: bool = False  # may a stranger read?
    evidence_dir: Path = Path("evidencia")
    timezone: ZoneInfo = ZoneInfo("America/Lima")
    today: date | None = None  # pins the clock; demo and tests


EXPECTED = {
    "token": "se espera el token que da @BotFather, como 123456:ABC-DEF",
    "api_url": "se espera la raíz de una Bot API, como https://api.telegram.org",
    "admin_ids": "se esperan números de Telegram con comas, como 1001,1002",
    "open_reading": "se espera true o false",
    "evidence_dir": "se espera una carpeta, como evidencia",
    "timezone": "se espera una zona horaria, como America/Lima",
    "today": "se espera una fecha, como 2021-05-14",
}


def settings_problem(error: ValidationError) -> str:
    """Say in one Spanish line which variables are wrong and what is expected; never a value."""
    return "Configuración: " + "; ".join(
        _problem(str(part["loc"][0]).lower(), part["type"]) for part in error.errors()
    )


def _problem(field: str, kind: str) -> str:
    """Word one mistake."""
    name = PREFIX + field.upper()
    if kind == "extra_forbidden":
        return f"{name} no existe (¿está bien escrito?)"
    return f"{name} no es válido: {EXPECTED.get(field, 'revise su valor')}"
