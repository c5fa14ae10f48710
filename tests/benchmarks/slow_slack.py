"""A fake Slack that takes its time, but little of the machine.

`python -m tests.benchmarks.slow_slack` prints its port. It answers every call after a while, and
tells whoever has asked for `/answers` which questions were answered: their threads, or the numbers
of their response URLs.
"""

import asyncio
import re
from itertools import count

SECONDS = 0.1  # what a call of Slack's Web API takes
IDENTITY = (
    b'{"ok": true, "url": "https://example.slack.com/", "team": "Example", "user": "llm",'
    b' "team_id": "T0000000001", "user_id": "U0000000BOT", "bot_id": "B0000000001"}'
)
_LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)
_THREAD = re.compile(rb'"thread_ts": *"([^"]+)"')
_APOLOGY = b"Sorry, something went wrong"
_NUMBERS = count(1)


class SlowSlack(asyncio.Protocol):
    """One connection; `watchers` are those that hear of answers, over all connections."""

    watchers: set[asyncio.Transport] = set()  # noqa: RUF012 (shared by all connections on purpose)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.came = transport, b""

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self.watchers.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        self.came += data
        head, end, body = self.came.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if end and len(body) >= (int(length[1]) if length else 0):
            self.came = b""
            self.serve(head.split(b" ", 2)[1], body)

    def serve(self, path: bytes, body: bytes) -> None:
        """Answer one call: who the bot is at once, what it says after a while."""
        if path == b"/answers":
            self.watchers.add(self.transport)
        elif path == b"/api/auth.test":
            self.reply(IDENTITY)
        else:
            thread = _THREAD.search(body)
            key = thread[1] if thread else path.rpartition(b"/")[2]
            if _APOLOGY in body:
                key += b" went wrong"
            asyncio.get_running_loop().call_later(SECONDS, self.answer, key)

    def answer(self, key: bytes) -> None:
        """Take a message: `key` is its thread, or the number of its response URL."""
        self.reply(b'{"ok": true, "channel": "C0GENERAL", "ts": "1.%06d"}' % next(_NUMBERS))
        for watcher in self.watchers:
            watcher.write(key + b"\n")

    def reply(self, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        self.transport.write(head % len(body) + body)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(
        SlowSlack, "127.0.0.1", 0, backlog=1_000
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
