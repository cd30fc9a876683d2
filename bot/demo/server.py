"""The Bot API on loopback: HTTP in, the methods behind it, and updates pushed to a webhook."""

import asyncio
import hmac
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import ClientSession, web
from aiohttp.typedefs import Middleware

from bot.demo.faults import Fault, Faults
from bot.demo.methods.side import BotSide
from bot.demo.methods.table import call
from bot.demo.params import Params, read_params
from bot.demo.refusals import Json, RefusedError
from bot.demo.webhook import push
from bot.demo.world import World

logger = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
CALL_BYTES = 64 * 1024 * 1024
GOODBYE_SECONDS = 1.0


@dataclass(frozen=True)
class Call:
    """A call that the bot made."""

    method: str
    params: Json


@dataclass
class Server:
    """Serves one bot; `calls` keeps what it asked for when `keeps_calls`."""

    world: World
    side: BotSide
    token: str
    faults: Faults = field(default_factory=Faults)
    keeps_calls: bool = False
    calls: list[Call] = field(default_factory=list)

    def add_routes(self, app: web.Application) -> None:
        """Serve the Bot API under the paths that Telegram gives it."""
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, or what a fault puts in its place."""
        name = request.match_info["method"]
        try:
            self._check_token(request.match_info["token"])
            params = await read_params(request)
            if self.keeps_calls:
                self.calls.append(Call(name, params.values))
            fault = self.faults.next(name)
            self.world.tell("call", {"method": name})
            result = await self._result(name, params, fault)
        except RefusedError as refusal:
            return _refused(refusal)
        except web.HTTPRequestEntityTooLarge:
            return _refused(RefusedError(413, "Request Entity Too Large"))
        except Exception:
            logger.exception("a call of %s failed", name)
            return _refused(RefusedError(500, "Internal Server Error"))
        if fault is None:
            return web.json_response({"ok": True, "result": result})
        if fault.body is not None:
            return web.Response(body=fault.body, content_type="text/html")
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _result(self, name: str, params: Params, fault: Fault | None) -> object:
        """Run the call, unless a fault stops it."""
        result = None
        if fault is None or fault.is_done:
            result = await call(self.side, name, params)
        if fault is not None and fault.refusal is not None:
            raise fault.refusal
        return result

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Give the content of a file to the bot."""
        try:
            self._check_token(request.match_info["token"])
        except RefusedError as refusal:
            return _refused(refusal)
        file = self.world.files.at(request.match_info["path"])
        content = self.world.files.content(file) if file else None
        if content is None:
            return _refused(RefusedError(404, "Not Found"))
        return web.Response(body=content, content_type="application/octet-stream")

    def _check_token(self, token: str) -> None:
        if not re.fullmatch(r"\d+:.+", token):
            raise RefusedError(404, "Not Found")
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            raise RefusedError(401, "Unauthorized")


def _refused(refusal: RefusedError) -> web.Response:
    """Write a refusal as the Bot API does."""
    answer: Json = {
        "ok": False,
        "error_code": refusal.status,
        "description": refusal.description,
    }
    headers = {}
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    if "retry_after" in refusal.parameters:
        headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return web.json_response(answer, status=refusal.status, headers=headers)


def application(*middlewares: Middleware) -> web.Application:
    """Make an application that takes files as large as the Bot API does."""
    return web.Application(client_max_size=CALL_BYTES, middlewares=middlewares)


@asynccontextmanager
async def serving(app: web.Application, world: World, port: int = 0) -> AsyncIterator[str]:
    """Serve an application on loopback; give its root address.

    Args:
        app: with the routes of a `Server`, and whatever else is served beside them.
        world: whose updates are pushed where a webhook is set.
        port: 0 takes any that is free.

    Raises:
        OSError: the port is in use.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GOODBYE_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
        host, taken = runner.addresses[0][:2]
        async with ClientSession() as session:
            # in no group: what fails in the body is raised as it is
            pusher = asyncio.ensure_future(push(world.updates, session, world.clock))
            try:
                yield f"http://{host}:{taken}"
            finally:
                world.updates.close()
                world.tell("end", {})
                pusher.cancel()
                await asyncio.gather(pusher, return_exceptions=True)
    finally:
        await runner.cleanup()
