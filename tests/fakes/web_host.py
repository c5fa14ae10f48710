"""A web server on the loopback that answers as it is told, well or badly.

`pages` says what each path answers: an `Answer`, or a function that gets the connection and writes
what it likes, byte by byte if it likes.
"""

import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. A body without a `Content-Length` among the headers gets one."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    target: str
    headers: Message
    body: bytes = b""


class Handler(BaseHTTPRequestHandler):
    """One connection; kept alive as long as answers are whole."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = (
        True  # else each small answer waits 40 ms for a word of the other side
    )
    server: "_Server"
    body = b""  # of a POST

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.do_GET()

    def do_GET(self) -> None:
        host = self.server.host
        target = self.requestline.split()[1]  # `path` is not quite what was sent
        with host.lock:
            host.requests.append(Request(target, self.headers, self.body))
        page = host.pages.get(self.path.partition("?")[0], Answer(b"no such page", 404))
        if isinstance(page, Answer):
            self.answer(page)
        else:
            page(self)

    def answer(self, page: Answer) -> None:
        self.send_response(page.status)
        for name, value in {"Content-Length": str(len(page.body)), **page.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page.body)

    def drip(self, before: bytes, piece: bytes, pause: float = 0.005) -> None:
        """Write something, and then a piece again and again until the other side has enough."""
        self.close_connection = True
        self.wfile.write(before)
        while not self.server.host.stopping.wait(pause):
            self.wfile.write(piece)

    def hang(self, before: bytes = b"") -> None:
        """Write something, and then nothing more."""
        self.close_connection = True
        self.wfile.write(before)
        self.server.host.stopping.wait()

    def raw(self, *pieces: bytes) -> None:
        """Write these bytes and close."""
        self.close_connection = True
        for piece in pieces:
            self.wfile.write(piece)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    host: "WebHost"

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        with self.host.lock:
            self.host.connections += 1
        if context := self.host.context:
            # The handshake is the thread's: whoever stalls in it delays nobody else.
            connection = context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        return connection, address

    def handle_error(self, *_: object) -> None:
        """Say nothing of who went away."""


class _Server6(_Server):
    address_family = socket.AF_INET6


class WebHost:
    """The server while it runs, with what it was asked and how often somebody connected."""

    def __init__(
        self,
        pages: Mapping[str, Answer | Callable[[Handler], None]] | None = None,
        *,
        context: ssl.SSLContext | None = None,
        address: str = "127.0.0.1",
    ) -> None:
        self.pages = dict(pages or {})
        self.context, self.lock, self.stopping = context, Lock(), Event()
        self.requests: list[Request] = []
        self.connections = 0
        self._server = (_Server6 if ":" in address else _Server)((address, 0), Handler)
        self._server.host = self
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, target: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self.context else 'http'}://{host}:{self.port}{target}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
