"""A small HTTP server on the loopback: what a Slack client posts becomes a `Call`."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qsl

_LOOPBACK = "127.0.0.1"
_NESTED = frozenset({"attachments", "blocks", "metadata", "view"})


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `path` as it came, `body` decoded, `headers` with lower-case names."""

    path: str
    body: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def method(self) -> str:
        """The Web API method that is called, or `response_url`."""
        if self.path.startswith("/api/"):
            return self.path.removeprefix("/api/")
        return "response_url"


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: a JSON body, most often with status 200, as Slack does even for errors."""

    body: Mapping[str, Any]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class LoopbackServer(ThreadingTCPServer):
    """Serves `answer` on a free port of the loopback, one daemon thread a connection.

    Not `http.server.HTTPServer`: that asks the resolver for its own name when it starts.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, answer: Callable[[Call], Reply]) -> None:
        super().__init__((_LOOPBACK, 0), _Handler)
        self.answer = answer
        self.origin = f"http://{_LOOPBACK}:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Return a client that hangs up is no news; anything else is printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Reads one POST after another from a connection."""

    server: LoopbackServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # header and body leave in one packet

    def do_POST(self) -> None:
        """Decode, answer, and send the reply."""
        length = int(self.headers.get("content-length", 0))
        raw = self.rfile.read(length)
        if len(raw) < length:  # whoever began to send it is gone
            self.close_connection = True
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            body = _decoded(raw, headers.get("content-type", ""))
        except ValueError:
            self._send(Reply({"ok": False, "error": "invalid_json"}))
        else:
            self._send(self.server.answer(Call(self.path, body, headers)))

    def _send(self, reply: Reply) -> None:
        content = json.dumps(reply.body).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (http.server's name)
        """Say nothing: the conversation is on this terminal."""


def _decoded(raw: bytes, content_type: str) -> dict[str, Any]:
    """Return the fields of a JSON or form body; a form holds what is nested as JSON again."""
    if "json" in content_type:
        body = json.loads(raw or b"{}")
        if not isinstance(body, dict):
            raise ValueError("a request's body is an object")
        return body
    fields = parse_qsl(raw.decode(), keep_blank_values=True)
    return {name: json.loads(value) if name in _NESTED else value for name, value in fields}
