"""The network below a request: where it may lead, how long it may take, how much may come back.

A time-out of Python's sockets counts for each piece anew; a server that sends a byte a second would
never be ended. Here one allowance counts for all of a request, from its first packet to its last.
"""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from ipaddress import ip_address
from ssl import SSLContext
from typing import Any

import httpcore2
import httpx2

from bot.errors import BotError
from bot.ip_addresses import Resolve, not_public, resolve

MOST_BYTES = 64_000  # of an answer, with its headers; numbers need a hundredth. Chosen by hand
_PLAIN = {"", "identity"}
# Headers that are sent. The library adds what the environment holds for it, such as OPENAI_ORG_ID,
# and which system this is.
_SENT = {
    b"accept",
    b"accept-encoding",
    b"authorization",
    b"connection",
    b"content-length",
    b"content-type",
    b"host",
    b"user-agent",
}


class NetworkError(BotError):
    """A request that was ended."""


class Allowance(threading.local):
    """What the request of this thread may still take: until when, and how many bytes."""

    def __init__(self) -> None:
        self._ends, self._bytes = 0.0, 0

    def grant(self, seconds: float) -> None:
        """Begin a request."""
        self._ends, self._bytes = time.monotonic() + seconds, MOST_BYTES

    def seconds(self) -> float:
        """Return how many seconds are left; raises NetworkError if none are."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise NetworkError("its time is over")
        return left

    def took(self, data: bytes) -> bytes:
        """Count what has come; raises NetworkError for too much."""
        self._bytes -= len(data)
        if self._bytes < 0:
            raise NetworkError(f"the answer is longer than {MOST_BYTES:,} bytes")
        return data


class Backend(httpcore2.NetworkBackend):
    """Connects to where a host was found to be: `inside` a network of one's own, else in public."""

    def __init__(self, allowance: Allowance, *, inside: bool, look_up: Resolve = resolve) -> None:
        self._allowance, self._inside, self._look_up = allowance, inside, look_up
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the allowance counts for all
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect; raises NetworkError for a host that is not known or not to be asked."""

        def connected(place: str) -> httpcore2.NetworkStream:
            left = self._allowance.seconds()
            stream = self._sockets.connect_tcp(place, port, left, local_address, socket_options)
            return _Stream(stream, self._allowance)

        *others, last = self._places(host, port)
        for place in others:  # `localhost` may be ::1 first, where nobody listens
            with suppress(httpcore2.ConnectError):
                return connected(place)
        return connected(last)

    def _places(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host that may be asked, of which there is one at least."""
        try:
            found = self._look_up(host, port)
        except (OSError, UnicodeError) as error:
            raise NetworkError("its host is not known") from error
        why_inside = {place: not_public(ip_address(place)) for place in found}
        inside = [place for place, why in why_inside.items() if why]
        if not self._inside and inside:
            why = why_inside[inside[0]]
            raise NetworkError(f"its host is at {why}, which MODEL_URL does not name")
        if self._inside and not inside:
            raise NetworkError("its host is outside of your network, which MODEL_URL does not name")
        return inside or found


class _Stream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream, allowance: Allowance) -> None:
        self._stream, self._allowance = stream, allowance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - as above
        return self._allowance.took(self._stream.read(max_bytes, self._allowance.seconds()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - as above
        self._stream.write(buffer, self._allowance.seconds())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - as above
    ) -> httpcore2.NetworkStream:
        left = self._allowance.seconds()
        secure = self._stream.start_tls(ssl_context, server_hostname, left)
        return _Stream(secure, self._allowance)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Transport(httpx2.BaseTransport):
    """Sends requests over a backend; nothing that comes back is unpacked, so that no bomb is."""

    def __init__(self, backend: Backend, ssl_context: SSLContext, connections: int) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context, max_connections=connections, keepalive_expiry=60, network_backend=backend
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer to a request; raises NetworkError for a packed one."""
        url = request.url
        answered = self._pool.handle_request(
            httpcore2.Request(
                request.method,
                httpcore2.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=[one for one in request.headers.raw if one[0].lower() in _SENT],
                content=request.stream,
                extensions=request.extensions,
            )
        )
        response = httpx2.Response(
            answered.status, headers=answered.headers, stream=_Body(answered)
        )
        if response.headers.get("content-encoding", "").strip().lower() not in _PLAIN:
            response.close()
            raise NetworkError("the answer is packed, which was not asked for")
        return response

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answered: httpcore2.Response) -> None:
        self._answered = answered

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answered.iter_stream()

    def close(self) -> None:
        self._answered.close()
