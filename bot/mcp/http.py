"""The server on a site: streamable HTTP, a request and its JSON answer at a time.

No request needs one that came before, so that each may come to another process.
https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from anyio.from_thread import BlockingPortal, start_blocking_portal
from flask import Blueprint, Request, Response, abort, request
from httpx2 import ASGITransport
from httpx2 import Request as Forwarded
from mcp.server import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings

from bot.slack.manifest import ASSISTANTS

_SDK = "http://sdk.invalid/"  # who it is for stands in the headers
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# Of this connection, or of nobody's business behind it.
_DROPPED = frozenset(
    {"authorization", "connection", "content-length", "cookie", "transfer-encoding"}
)

Answer = tuple[int, list[tuple[bytes, bytes]], bytes]


@contextmanager
def endpoint(
    server: Server[Any],
    is_allowed: Callable[[], bool],
    wait: Callable[[Request], int],
    public_url: str | None = None,
) -> Iterator[Blueprint]:
    """Yield the address of a server, which is served by a loop on a thread of its own.

    Args:
        server: what answers.
        is_allowed: whether the request at hand may be answered.
        wait: counts a request; returns for how many seconds its sender has to wait, 0 for none.
        public_url: the address of the site, beside the loopback; a request to another host, or
            from a page of another, is refused.
    """
    manager = StreamableHTTPSessionManager(
        server, json_response=True, stateless=True, security_settings=_security(public_url)
    )
    transport = ASGITransport(app=manager.handle_request)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(manager.run()):
        yield _blueprint(partial(_forwarded, portal, transport), is_allowed, wait)


def _blueprint(
    answer: Callable[[Request], Answer],
    is_allowed: Callable[[], bool],
    wait: Callable[[Request], int],
) -> Blueprint:
    mcp = Blueprint("mcp", __name__)

    @mcp.post(ASSISTANTS)
    def message() -> Response:
        """Answer a client's message, if it may ask and has not asked too much."""
        if seconds := wait(request):
            late = {"Retry-After": str(seconds)}
            abort(Response("Too Many Requests\n", HTTPStatus.TOO_MANY_REQUESTS, late))
        if not is_allowed():
            unknown = {"WWW-Authenticate": "Bearer"}
            abort(Response("Unauthorized\n", HTTPStatus.UNAUTHORIZED, unknown))
        status, headers, body = answer(request)
        told = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
        return Response(body, status, told)

    return mcp


def _forwarded(portal: BlockingPortal, transport: ASGITransport, given: Request) -> Answer:
    """Have the SDK, which is asynchronous, answer a request; waits for the answer."""
    headers = [
        (name.encode("latin-1"), value.encode("latin-1"))
        for name, value in given.headers
        if name.lower() not in _DROPPED
    ]
    body = given.get_data()
    return portal.call(_sent, transport, Forwarded("POST", _SDK, headers=headers, content=body))


async def _sent(transport: ASGITransport, forwarded: Forwarded) -> Answer:
    response = await transport.handle_async_request(forwarded)
    return response.status_code, response.headers.raw, await response.aread()


def _security(public_url: str | None) -> TransportSecuritySettings:
    """Return which hosts may be asked, and by pages of which: the loopback and the site's own.

    Without this a page could have a browser ask in its stead, under a name that leads here.
    """
    own = urlsplit(public_url).netloc if public_url else None
    return TransportSecuritySettings(
        allowed_hosts=[*_LOOPBACK, *(f"{host}:*" for host in _LOOPBACK), *([own] if own else [])],
        allowed_origins=[
            *(f"http://{host}:*" for host in _LOOPBACK),
            *([f"https://{own}"] if own else []),
        ],
    )
