"""Who is served: pages of this very server, asked for by the name of this machine."""

from collections.abc import Awaitable, Callable

from aiohttp import web

NAMES = ("127.0.0.1", "localhost")
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse another host name (a rebound one) and pages of another origin."""
    port = _port(request)
    hosts = {f"{name}:{port}" for name in NAMES}
    origin = request.headers.get("Origin")
    if request.host not in hosts or (
        origin is not None and origin not in {f"http://{host}" for host in hosts}
    ):
        return web.Response(status=403, text=f"Solo se atiende en http://{NAMES[0]}:{port}")
    return await handler(request)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Let the browser load nothing from elsewhere, and keep nothing."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def _port(request: web.Request) -> int:
    """The port at which the request arrived."""
    if request.transport is None:
        return 0
    return int(request.transport.get_extra_info("sockname")[1])
