"""Connections to addresses that were checked, on which a whole answer has one time-out.

A time-out of Python's sockets counts for each piece anew: a server that sends a byte a second would
never be ended. urllib3 sets the time-out once a request, before it reads; on these sockets it then
counts for all that follows, headers and body.
"""

import logging
import socket
import ssl
from functools import cached_property
from time import monotonic
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection

from bot.feeds.fetching.address import Address

# Its lines hold addresses with their queries.
logging.getLogger("urllib3").setLevel(logging.ERROR)


class _OneTimeOut(socket.socket):
    """A socket whose time-out counts from when it was set."""

    _ends: float | None = None

    def settimeout(self, value: float | None) -> None:
        """Set the seconds that all the following may take together."""
        self._ends = None if value is None else monotonic() + value
        super().settimeout(value)

    def recv_into(self, *args: Any, **named: Any) -> int:
        """Receive what is there; raises TimeoutError once the time is over."""
        if self._ends is not None:
            left = self._ends - monotonic()
            if left <= 0:
                raise TimeoutError("the time for the whole answer is over")
            super().settimeout(left)
        return super().recv_into(*args, **named)


class _Secure(_OneTimeOut, ssl.SSLSocket):
    """The same with TLS. The handshake has one time-out as it is."""


class _PlainConnection(HTTPConnection):
    """A connection without TLS: tests have them."""

    def connect(self) -> None:
        """Connect, and take the socket over."""
        super().connect()
        if self.sock:
            before = self.sock.gettimeout()
            self.sock = _OneTimeOut(fileno=self.sock.detach())
            self.sock.settimeout(before)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class Pools:
    """The connections that are kept open, by address and name. No proxy of the environment's."""

    def __init__(self) -> None:
        self._manager = PoolManager(retries=False, maxsize=2)
        self._manager.pool_classes_by_scheme = {"http": _PlainPool, "https": HTTPSConnectionPool}

    def of(self, address: Address, ip: str) -> HTTPConnectionPool:
        """Return the pool that connects to this very IP address, and verifies the host's name.

        Nothing is looked up again: an IP address is its own.
        """
        named: dict[str, Any] = {}
        if address.scheme == "https":
            named = {"server_hostname": address.host, "ssl_context": self._context}
        return self._manager.connection_from_host(ip, address.port, address.scheme, named)

    def close(self) -> None:
        """Close the connections that nobody reads from."""
        self._manager.clear()

    @cached_property
    def _context(self) -> ssl.SSLContext:
        """What the system trusts; reading it takes longer than many a file."""
        context = ssl.create_default_context()
        context.sslsocket_class = _Secure
        return context
