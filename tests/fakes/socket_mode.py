"""Slack's end of Socket Mode: a websocket on the loopback that sends envelopes and takes acks."""

import itertools
import json
import threading
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve


class SocketMode:
    """A websocket server; `wait_for_ack` and `send` wait for the other end, up to their timeout."""

    def __init__(self) -> None:
        self.acks: dict[str, dict[str, Any]] = {}
        self.connections = 0
        self._changed = threading.Condition()
        self._live: ServerConnection | None = None
        self._numbers = itertools.count(1)
        self._server: Server | None = None

    def open(self) -> str:
        """The address to connect to; starts the server when it is first asked for."""
        if self._server is None:
            self._server = serve(self._serve, "127.0.0.1", 0)
            threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/link"

    def close(self) -> None:
        """Close every connection and the server."""
        if self._server is not None:
            self._server.shutdown()

    def send(
        self, kind: str, payload: dict[str, Any], retry: tuple[int, str] | None, timeout: float
    ) -> str:
        """Push an envelope to the connected app; `retry` is the attempt and Slack's reason."""
        envelope_id = f"envelope-{next(self._numbers)}"
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
            "payload": payload,
        }
        if retry is not None:
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
        self._connection(timeout).send(json.dumps(envelope))
        return envelope_id

    def disconnect(self, timeout: float) -> None:
        """Tell the app to connect anew, the way Slack does every few hours, and hang up."""
        connection = self._connection(timeout)
        connection.send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
        connection.close()

    def wait_for_ack(self, envelope_id: str, timeout: float) -> dict[str, Any]:
        """The acknowledgement of an envelope; its `payload` is there if the app sent one."""
        with self._changed:
            if not self._changed.wait_for(lambda: envelope_id in self.acks, timeout):
                raise TimeoutError(f"{envelope_id} was not acknowledged")
            return self.acks[envelope_id]

    def wait_for_connections(self, count: int, timeout: float) -> None:
        """Until the app has connected `count` times."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.connections >= count, timeout):
                raise TimeoutError(f"{self.connections} of {count} connections came")

    def _connection(self, timeout: float) -> ServerConnection:
        with self._changed:
            if not self._changed.wait_for(lambda: self._live is not None, timeout):
                raise TimeoutError("no app is connected")
            assert self._live is not None
            return self._live

    def _serve(self, connection: ServerConnection) -> None:
        """Say hello, then note every acknowledgement until the app hangs up."""
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        with self._changed:
            self._live = connection
            self.connections += 1
            self._changed.notify_all()
        try:
            for message in connection:
                self._note(json.loads(message))
        except ConnectionClosed:
            pass
        finally:
            with self._changed:
                if self._live is connection:
                    self._live = None

    def _note(self, ack: dict[str, Any]) -> None:
        with self._changed:
            self.acks[ack["envelope_id"]] = ack
            self._changed.notify_all()
