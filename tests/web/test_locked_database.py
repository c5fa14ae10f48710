"""A SQLite file that something else holds: people are answered first, and all is kept later."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest

from bot.storage import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import (
    CHANNEL,
    DIRECT,
    USER,
    command_request,
    direct_message,
    event_payload,
    mention_payload,
    mention_request,
    signed_json,
)
from tests.storage.samples import an_installation
from tests.web.conftest import KEY
from tests.web.granting_slack import PUBLIC_URL
from tests.web.processes import Web, environ, web

pytestmark = pytest.mark.slow

IN_TIME = 2  # seconds
ROOT = "1700000000.000001"


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the write lock, as a backup or another process may."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def direct(slack: FakeSlack) -> BoltRequest:
    return signed_json(event_payload(slack, direct_message("define RAG")))


def command(slack: FakeSlack) -> BoltRequest:
    return command_request(slack, "define RAG")


def mention(slack: FakeSlack) -> BoltRequest:
    return mention_request(slack, "define RAG")


def mention_in_thread(slack: FakeSlack) -> BoltRequest:
    text = f"<@{slack.bot_user_id}> why is that?"
    return signed_json(mention_payload(slack, text, thread_ts=ROOT))


def follow_up(slack: FakeSlack) -> BoltRequest:
    said = direct_message("define RAG", channel=CHANNEL, channel_type="channel", thread_ts=ROOT)
    return signed_json(event_payload(slack, said))


WAYS = [direct, command, mention, mention_in_thread, follow_up]


def answered(slack: FakeSlack) -> int:
    return sum(call.method in {"chat.postMessage", "response_url"} for call in list(slack.calls))


def answer_while_locked(server: Web, slack: FakeSlack, file: Path, request: BoltRequest) -> float:
    """Seconds until the answer to a request that comes while the file is locked."""
    with locked(file):
        began = time.monotonic()
        assert server.send(request) == 200
        while not answered(slack):
            assert time.monotonic() - began < IN_TIME
            time.sleep(0.01)
    return time.monotonic() - began


def kept(file: Path) -> int:
    with closing(sqlite3.connect(file)) as reader:
        [[count]] = reader.execute("SELECT count(*) FROM questions").fetchall()
    return int(count)


def wait_until_kept(file: Path) -> None:
    until = time.monotonic() + 15
    while not kept(file):
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize("way", WAYS)
def test_the_first_request_of_a_process_is_answered_in_time_and_kept_later(
    slack: FakeSlack, tmp_path: Path, way: Callable[[FakeSlack], BoltRequest]
) -> None:
    said: list[dict[str, Any]] = slack.channels[CHANNEL]["messages"]
    said += [
        {"user": USER, "text": f"<@{slack.bot_user_id}> what is RAG?", "ts": ROOT},
        {"user": slack.bot_user_id, "text": "…", "ts": "1700000000.000002", "thread_ts": ROOT},
    ]
    slack.channels[DIRECT] = {"is_member": True, "messages": []}
    file = tmp_path / "bot.sqlite3"
    with web(tmp_path, environ(slack, WEB_CONCURRENCY="1")) as server:
        server.wait_until("/readyz", 200)
        answer_while_locked(server, slack, file, way(slack))
        wait_until_kept(file)


@pytest.mark.parametrize("way", [command, mention])
def test_the_token_of_a_workspace_is_found_in_time(
    slack: FakeSlack, tmp_path: Path, way: Callable[[FakeSlack], BoltRequest]
) -> None:
    file = tmp_path / "bot.sqlite3"
    many = {"SLACK_BOT_TOKEN": "", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "secret"}
    settings = environ(slack, WEB_CONCURRENCY="1", TOKEN_KEYS=KEY, PUBLIC_URL=PUBLIC_URL, **many)
    with closing(Store.open(f"sqlite:///{file}", keys=[KEY])) as store:
        store.installations("1.2").save(
            an_installation(team_id=slack.team_id, bot_token=slack.token)
        )
    with web(tmp_path, settings) as server:
        server.wait_until("/readyz", 200)
        answer_while_locked(server, slack, file, way(slack))
        wait_until_kept(file)
