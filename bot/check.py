"""Whether all is well, one line a subject; it is only looked at, never changed."""

from dataclasses import replace
from functools import partial
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsConfigDict

from bot.looks import (
    LOOKS,
    Finding,
    Found,
    House,
    Sign,
    integrity,
    place,
    schema,
    take_look,
    why,
)
from bot.settings import PREFIX, Settings, settings_problem
from storage.engine import Database
from storage.errors import StorageError
from storage.evidence_files import EvidenceFolder

ANSWER_SECONDS = 10.0  # for the Bot API
OK = 200
REFUSED_STATUSES = (401, 404)  # as the Bot API answers a token that is none (any more)
SETTINGS, DATABASE, SCHEMA, INTEGRITY = "Configuración", "Base de datos", "Esquema", "Integridad"
BOT_API = "Bot API"


class ReadableSettings(Settings):
    """The settings as far as they can be read, so that one mistake does not hide the rest."""

    model_config = SettingsConfigDict(extra="ignore")


async def check(*, seconds: float = ANSWER_SECONDS) -> list[Finding]:
    """Look at everything; what fails does not keep from looking at the rest.

    Args:
        seconds: how long the Bot API may take to answer.
    """
    found, settings, wrong = read_settings()
    if settings is None:
        return [found]
    findings = [found, *await check_stored(settings)]
    if wrong & {"token", "api_url"}:
        return [*findings, Finding(BOT_API)]
    return [*findings, await take_look(BOT_API, partial(bot_api, settings, seconds))]


def read_settings() -> tuple[Finding, Settings | None, frozenset[str]]:
    """Read the settings; those that are wrong are named, and stand as if they were not set."""
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = frozenset(str(part["loc"][0]).lower() for part in error.errors())
        fields = Settings.model_fields
        unset: dict[str, Any] = {name: fields[name].default for name in wrong & set(fields)}
        told = settings_problem(error).removeprefix(f"{SETTINGS}: ")
        return Finding(SETTINGS, Sign.WRONG, told), ReadableSettings(**unset), wrong
    except (OSError, UnicodeError):
        return Finding(SETTINGS, Sign.WRONG, "el archivo .env no se puede leer"), None, frozenset()
    token = "sin" if settings.token is None else "con"
    return Finding(SETTINGS, Sign.FINE, f"válida, {token} {PREFIX}TOKEN"), settings, frozenset()


async def check_stored(settings: Settings) -> list[Finding]:
    """Look at the database, and whether all in it is as the record says."""
    try:
        database = Database(settings.database_url.get_secret_value())
    except StorageError as error:
        return [Finding(DATABASE, Sign.WRONG, why(error)), *_unseen(SCHEMA, INTEGRITY, *LOOKS)]
    house = House(database, EvidenceFolder(settings.evidence_dir))
    try:
        found = await take_look(DATABASE, partial(place, house))
        if found.sign is not Sign.FINE:
            return [found, *_unseen(SCHEMA, INTEGRITY, *LOOKS)]
        tables = await take_look(SCHEMA, partial(schema, house))
        house = replace(house, is_current=tables.sign is Sign.FINE)
        findings = [found, tables, await take_look(INTEGRITY, partial(integrity, house))]
        if not house.is_current:
            return [*findings, *_unseen(*LOOKS)]
        return findings + [
            await take_look(name, partial(look, house)) for name, look in LOOKS.items()
        ]
    finally:
        await database.dispose()


def _unseen(*subjects: str) -> list[Finding]:
    return [Finding(subject) for subject in subjects]


async def bot_api(settings: Settings, seconds: float) -> Found:
    """Whether the Bot API knows the token; neither it nor an address with it is ever told."""
    if settings.token is None:
        return True, f"sin {PREFIX}TOKEN no se prueba"
    from aiohttp import ClientError  # noqa: PLC0415 - slow to import, and not always needed

    root = settings.api_url
    try:
        return await _ask_name(root, settings.token.get_secret_value(), seconds)
    except TimeoutError:
        return False, f"{root} no responde en {seconds:g} s"
    except (ClientError, OSError) as error:
        return False, f"{root} no responde ({type(error).__name__})"
    except (ValueError, LookupError, TypeError):
        return False, f"{root} no responde como una Bot API"


async def _ask_name(root: str, token: str, seconds: float) -> Found:
    """Ask a Bot API for the name of the bot."""
    from aiohttp import ClientSession, ClientTimeout  # noqa: PLC0415 - as above

    from bot.downloads import is_loopback  # noqa: PLC0415 - as above

    timeout, trust_env = ClientTimeout(total=seconds), not is_loopback(root)
    async with (
        ClientSession(timeout=timeout, trust_env=trust_env) as session,
        session.get(f"{root}/bot{token}/getMe", allow_redirects=False) as response,
    ):
        if response.status in REFUSED_STATUSES:
            return False, f"{root} rechaza el token; revise {PREFIX}TOKEN"
        if response.status != OK:
            return False, f"{root} responde con el error {response.status}"
        answer = await response.json(content_type=None)
        return True, f"{root} responde como @{answer['result']['username']}"
