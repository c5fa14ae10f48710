"""`python -m bot socket` as it is deployed: a process, a websocket, signals."""

import html
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import (
    CHANNEL,
    USER,
    command_payload,
    event_payload,
    mention_payload,
)

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "bot", "socket")
KEY = "a2V5IGZvciB0ZXN0cyBhbG9uZSwgb2YgMzIgYnl0ZXM="


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


def environ(slack: FakeSlack, **changes: str) -> Mapping[str, str]:
    """Both tokens, the fake for Slack, and nothing else of this machine."""
    tokens = {"SLACK_BOT_TOKEN": slack.token, "SLACK_APP_TOKEN": slack.app_token}
    place = {key: os.environ[key] for key in ("PATH", "CACHE_DIR")}
    place |= {"SLACK_API_URL": slack.url, "PYTHONPATH": str(ROOT)}
    return place | tokens | changes


@contextmanager
def running(slack: FakeSlack, folder: Path, **changes: str) -> Iterator["subprocess.Popen[str]"]:
    """The process, connected to the fake's socket."""
    with subprocess.Popen(
        COMMAND, env=environ(slack, **changes), cwd=folder, stderr=subprocess.PIPE, text=True
    ) as bot:
        try:
            slack.socket.wait_for_connections(1, timeout=20)
            yield bot
        finally:
            bot.kill()


def refused(slack: FakeSlack, folder: Path, **changes: str) -> str:
    """What the process says on standard error before it ends with status 1."""
    ended = subprocess.run(
        COMMAND,
        env=environ(slack, **changes),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_a_command_and_a_mention_are_answered_and_sigterm_ends_it(
    slack: FakeSlack, tmp_path: Path
) -> None:
    with running(slack, tmp_path) as bot:
        sent = slack.send_envelope("slash_commands", command_payload(slack, "define RAG"))
        assert slack.wait_for_ack(sent) == {"envelope_id": sent}
        [response] = slack.wait_for("response_url")
        assert response.body["response_type"] == "ephemeral"
        assert "Combining retrieved documents with generation" in response.body["text"]

        mention = mention_payload(slack, f"<@{slack.bot_user_id}> define RAG")
        slack.wait_for_ack(slack.send_envelope("events_api", mention))
        [post] = slack.wait_for("chat.postMessage")
        assert post.body["thread_ts"] == mention["event"]["ts"]
        assert post.headers["authorization"] == f"Bearer {slack.token}"

        bot.terminate()
        _, log = bot.communicate(timeout=20)
    assert bot.returncode == 0
    assert "Connected as @llm in Example" in log
    assert "Traceback" not in log
    assert slack.refused == []


def test_where_there_are_pages_answers_lead_there_and_links_to_them_are_shown(
    slack: FakeSlack, tmp_path: Path
) -> None:
    with running(slack, tmp_path, PUBLIC_URL="https://pages.example.com", TOKEN_KEYS=KEY):
        slack.send_envelope("slash_commands", command_payload(slack, "takeaway 4"))
        [response] = slack.wait_for("response_url")
        [[url]] = [
            re.findall(r"<([^|]+)\|Read in context>", element["text"])
            for block in response.body["blocks"]
            if block["type"] == "context"
            for element in block["elements"]
            if element["type"] == "mrkdwn"
        ]
        assert url.startswith("https://pages.example.com/e/episode-02?")
        event = {
            "type": "link_shared",
            "user": USER,
            "channel": CHANNEL,
            "message_ts": "1700000000.000100",
            "links": [{"domain": "pages.example.com", "url": html.unescape(url)}],
        }
        slack.wait_for_ack(slack.send_envelope("events_api", event_payload(slack, event)))
        [shown] = slack.wait_for("chat.unfurl")
    assert "RAG is your friend" in str(shown.body["unfurls"][html.unescape(url)])
    assert slack.refused == []


def test_an_answer_that_is_being_given_is_finished_before_the_end(
    slack: FakeSlack, tmp_path: Path
) -> None:
    with running(slack, tmp_path) as bot:
        with slack.hold("chat.postMessage") as came:
            mention = mention_payload(slack, f"<@{slack.bot_user_id}> define RAG")
            slack.send_envelope("events_api", mention)
            assert came.wait(10)
            bot.terminate()
            assert bot.stderr is not None
            assert any("Stopping" in line for line in bot.stderr)
        assert bot.wait(20) == 0
    assert len(slack.wait_for("chat.postMessage")) == 1


def test_it_connects_anew_when_slack_asks_for_it(slack: FakeSlack, tmp_path: Path) -> None:
    with running(slack, tmp_path):
        slack.socket.disconnect(timeout=5)
        slack.socket.wait_for_connections(2, timeout=20)
        sent = slack.send_envelope("slash_commands", command_payload(slack, "define RAG"))
        assert slack.wait_for_ack(sent)
        assert slack.wait_for("response_url")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("SLACK_BOT_TOKEN", "", "is set neither in the environment nor in .env"),
        ("SLACK_APP_TOKEN", "", "App-Level Tokens"),
        ("SLACK_BOT_TOKEN", "xapp-1-fake", "holds an app-level token"),
        ("SLACK_BOT_TOKEN", "xoxb-2", r"Slack refuses it \(invalid_auth\)"),
        ("SLACK_APP_TOKEN", "xapp-2", r"Slack refuses it \(invalid_auth\)"),
    ],
)
def test_a_missing_or_wrong_token_is_named_and_how_to_get_it_said(
    slack: FakeSlack, tmp_path: Path, key: str, value: str, words: str
) -> None:
    said = refused(slack, tmp_path, **{key: value})
    assert said.startswith(f"{key}: ")
    assert re.search(words, said)
    assert "https://api.slack.com/apps" in said


def test_a_missing_scope_is_named(slack: FakeSlack, tmp_path: Path) -> None:
    slack.scopes = {"commands"}
    assert "lacks the scopes app_mentions:read, " in refused(slack, tmp_path)


def test_an_unreachable_slack_is_named(slack: FakeSlack, tmp_path: Path) -> None:
    said = refused(slack, tmp_path, SLACK_API_URL="http://127.0.0.1:1/api/")
    assert "\nSlack cannot be reached or is unwell: " in said
    assert "from http://127.0.0.1:1/api/" in said


def test_the_tokens_may_stand_in_a_file_beside_it(slack: FakeSlack, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKEN='{slack.app_token}'\n", encoding="utf-8")
    without = {k: v for k, v in environ(slack).items() if k != "SLACK_BOT_TOKEN"}
    ended = subprocess.run(
        COMMAND, env=without, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "SLACK_BOT_TOKEN: holds an app-level token" in ended.stderr
