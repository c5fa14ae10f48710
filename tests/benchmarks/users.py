"""People who ask: signed commands and mentions over kept-alive connections, each until answered."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, cycle
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from tests.fakes.slack import FakeSlack

OK = 200
PATIENCE = 20  # seconds after which an answer is lost
_NUMBERS = count(1)
_TEAM, _CHANNEL = "T0000000001", "C0GENERAL"
_PEOPLE = itertools.cycle(f"U{number:09d}" for number in range(1_000))  # each asks in turn


@dataclass(frozen=True, slots=True)
class Timing:
    """When a request was acknowledged and answered, in seconds after it was to be sent."""

    ack: float
    answer: float


@dataclass(slots=True)
class Tally:
    """What became of the requests of a window of `seconds`."""

    seconds: float = 0.0
    answered: list[Timing] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class Users:
    """All who ask; `slack_port` is where the fake listens, for response URLs and for answers."""

    def __init__(self, slack_port: int, questions: list[str]) -> None:
        self._slack = slack_port
        self._signer = SignatureVerifier(FakeSlack.signing_secret)
        self._questions = cycle(questions)
        self._awaited: dict[str, asyncio.Future[float | None]] = {}

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Hear of answers from the fake while the block lasts."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._slack)
        writer.write(b"GET /answers HTTP/1.1\r\n\r\n")
        hearing = asyncio.create_task(self._hear(reader))
        yield
        hearing.cancel()
        writer.close()

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        while said := (await reader.readline()).decode().strip():
            key, _, wrong = said.partition(" ")
            if (awaited := self._awaited.pop(key, None)) and not awaited.done():
                awaited.set_result(None if wrong else time.perf_counter())

    async def ask_in_turns(self, port: int, users: int, seconds: float) -> Tally:
        """So many users, each with a new question as soon as the last is answered."""
        tally, began = Tally(), time.perf_counter()

        async def user() -> None:
            connection = await _Connection.open(port)
            while time.perf_counter() < began + seconds:
                await self._ask(connection, tally, time.perf_counter())
            connection.close()

        await asyncio.gather(*(user() for _ in range(users)))
        tally.seconds = time.perf_counter() - began
        return tally

    async def ask_at(self, port: int, rate: float, seconds: float) -> Tally:
        """So many questions a second, evenly, whatever becomes of those before."""
        tally, began = Tally(seconds=seconds), time.perf_counter()
        idle: list[_Connection] = []

        async def ask(at: float) -> None:
            await asyncio.sleep(at - time.perf_counter())
            connection = idle.pop() if idle else await _Connection.open(port)
            await self._ask(connection, tally, at, idle)

        await asyncio.gather(*(ask(began + n / rate) for n in range(int(rate * seconds))))
        for connection in idle:
            connection.close()
        return tally

    async def _ask(
        self,
        connection: "_Connection",
        tally: Tally,
        at: float,
        idle: "list[_Connection] | None" = None,
    ) -> None:
        """One question until it is answered; its connection is idle once it is acknowledged."""
        number = next(_NUMBERS)
        key = f"1700000000.{number:06d}" if number % 2 else str(number)
        awaited = self._awaited[key] = asyncio.get_running_loop().create_future()
        status = await connection.post(self._request(number, key))
        acknowledged = time.perf_counter()
        if idle is not None:
            idle.append(connection)
        if status != OK:
            tally.lost.append(f"status {status}")
            return
        try:
            answered = await asyncio.wait_for(awaited, PATIENCE)
        except TimeoutError:
            answered = None
        if answered is None:
            tally.lost.append("no answer")
        else:
            tally.answered.append(Timing(acknowledged - at, answered - at))

    def _request(self, number: int, key: str) -> bytes:
        """A mention with `key` as its thread, or a command with `key` in its response URL."""
        question = next(self._questions)
        if number % 2:
            kind, body = "application/json", json.dumps(_mention(question, key))
        else:
            url = f"http://127.0.0.1:{self._slack}/response/{key}"
            kind, body = "application/x-www-form-urlencoded", urlencode(_command(question, url))
        now = str(int(time.time()))
        signature = self._signer.generate_signature(timestamp=now, body=body)
        head = (
            f"POST /slack/events HTTP/1.1\r\nHost: bot\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(body.encode())}\r\nX-Slack-Request-Timestamp: {now}\r\n"
            f"X-Slack-Signature: {signature}\r\n\r\n"
        )
        return (head + body).encode()


class _Connection:
    """A kept-alive connection to the bot."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> "_Connection":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def post(self, request: bytes) -> int:
        """Send a request; the status of the response, once it has come whole."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = next(_headers(head, b"content-length"), b"0")
        await self._reader.readexactly(int(length))
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        self._writer.close()


def _headers(head: bytes, name: bytes) -> Iterator[bytes]:
    for line in head.split(b"\r\n"):
        key, _, value = line.partition(b":")
        if key.lower() == name:
            yield value.strip()


def _mention(question: str, ts: str) -> dict[str, object]:
    event = {
        "type": "app_mention",
        "channel": _CHANNEL,
        "user": next(_PEOPLE),
        "text": f"<@{FakeSlack.bot_user_id}> {question}",
        "ts": ts,
        "event_ts": ts,
    }
    return {
        "type": "event_callback",
        "team_id": _TEAM,
        "api_app_id": "A0000000001",
        "event": event,
        "event_id": f"Ev{ts}",
        "event_time": 1_700_000_000,
        "authorizations": [{"team_id": _TEAM, "user_id": FakeSlack.bot_user_id, "is_bot": True}],
    }


def _command(question: str, response_url: str) -> dict[str, str]:
    return {
        "command": "/llm",
        "text": question,
        "response_url": response_url,
        "trigger_id": "1.2.3",
        "team_id": _TEAM,
        "team_domain": "example",
        "channel_id": _CHANNEL,
        "channel_name": "general",
        "user_id": next(_PEOPLE),
        "user_name": "alexa",
        "api_app_id": "A0000000001",
    }
