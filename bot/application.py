"""The composition root: one application from settings and services."""

import asyncio
import os
import ssl

import aiohttp
from httpx_aiohttp import AiohttpTransport
from telegram.ext import Application, ContextTypes
from telegram.request import HTTPXRequest

from bot.downloads import Downloads, is_loopback
from bot.lanes import Lanes
from bot.settings import Settings
from handlers.context import SERVICES, App, Context
from handlers.conversation import BotConversation
from handlers.routes import add_routes
from handlers.services import Clock, Conversation, Services
from storage.engine import Database
from storage.evidence_files import EvidenceFolder
from storage.presence import Presence

CONNECTIONS = 64
CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 15.0
QUEUED = 1_000  # updates that may wait for the application; polling hands them over itself


class MissingTokenError(Exception):
    """There is no token, so there is nothing to run on Telegram."""


def build(
    settings: Settings,
    database: Database,
    clock: Clock,
    conversation: Conversation | None = None,
) -> App:
    """Put the application together; nothing is sent yet.

    Args:
        settings: what the operator decides.
        database: migrated and loaded.
        clock: from which all time comes.
        conversation: in place of the bot's own, for tests.

    Raises:
        MissingTokenError: `BOT_TOKEN` is not set.
    """
    if settings.token is None:
        raise MissingTokenError
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # durations as timedelta, as later versions do
    app: App = (
        Application.builder()
        .token(settings.token.get_secret_value())
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .request(_request(settings.api_url, CONNECTIONS))
        .get_updates_request(_request(settings.api_url, 1))
        .updater(None)
        .update_queue(asyncio.Queue(QUEUED))
        .concurrent_updates(Lanes())
        .context_types(ContextTypes(context=Context, bot_data=dict[str, Services]))
        .build()
    )
    app.bot_data[SERVICES] = Services(
        database,
        clock,
        conversation or BotConversation(),
        EvidenceFolder(settings.evidence_dir),
        Downloads(app.bot),
        Presence(database),
        admin_ids=settings.admin_ids,
        is_open=settings.open_reading,
    )
    add_routes(app)
    return app


def _request(api_url: str, connections: int) -> HTTPXRequest:
    """Make requests over aiohttp, which keeps its speed with many at once."""
    proxied = not is_loopback(api_url)

    def session() -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(limit=connections)
        return aiohttp.ClientSession(connector=connector, trust_env=proxied)

    # the session checks certificates by itself; without one httpx reads them all for nothing
    unused = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=ANSWER_SECONDS,
        write_timeout=ANSWER_SECONDS,
        pool_timeout=2 * CONNECT_SECONDS,  # the transport counts connecting into it
        httpx_kwargs={"transport": AiohttpTransport(verify=unused, client=session)},
    )
