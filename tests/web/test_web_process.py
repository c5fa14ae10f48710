"""`python -m bot web` as it is deployed: two processes, a database, signals."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.postgresql import Cluster
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import command_request, mention_request
from tests.web.conftest import KEY
from tests.web.granting_slack import PUBLIC_URL, GrantingSlack, Place
from tests.web.processes import COMMAND, environ, web

pytestmark = pytest.mark.slow

TOKEN = {"Authorization": "Bearer read-the-metrics"}
MANY = {"SLACK_BOT_TOKEN": "", "TOKEN_KEYS": KEY, "PUBLIC_URL": PUBLIC_URL}


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


def refused(folder: Path, settings: dict[str, str], command: str = "web") -> str:
    """What it says on standard error before it ends with status 1."""
    ended = subprocess.run(
        (*COMMAND[:-1], command),
        env=settings,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    return ended.stderr.splitlines()[-1]


def totals(exposition: str) -> list[float]:
    """How many questions were counted, and how many durations."""
    return [
        sum(map(float, re.findall(rf"^{name}(?:{{.*}})? (\S+)$", exposition, re.MULTILINE)))
        for name in ("bot_requests_total", "bot_answer_seconds_count")
    ]


def test_over_all_processes_an_event_is_answered_once_and_what_is_counted_adds_up(
    slack: FakeSlack, tmp_path: Path, database_url: str
) -> None:
    settings = environ(slack, DATABASE_URL=database_url, METRICS_TOKEN="read-the-metrics")
    with web(tmp_path, settings) as server:
        # First what is sent once: while the models load, a database may be too slow to tell twice
        # from once, and the bot then answers rather than waits.
        server.wait_until("/readyz", 200)
        assert {server.send(command_request(slack, "terms")) for _ in range(10)} == {200}
        slack.wait_for("response_url", 10)
        mentions = [mention_request(slack, "define RAG") for _ in range(10)]
        assert {server.send(one) for one in mentions * 4} == {200}
        posts = slack.wait_for("chat.postMessage", 10)
        # A scrape may come between a question's two counts, so both are waited for.
        server.wait_for("/metrics", lambda _, body: totals(body) == [20, 20], **TOKEN)
        assert server.stop() == 0
    assert len({call.body["thread_ts"] for call in posts}) == 10
    assert len(slack.wait_for("chat.postMessage", 10)) == 10
    booted = set(re.findall(r"Booting worker with pid: (\d+)", server.log))
    assert len(booted) == 2


def test_what_runs_is_finished_before_the_end(slack: FakeSlack, tmp_path: Path) -> None:
    with web(tmp_path, environ(slack, WORKERS="1", WEB_CONCURRENCY="1")) as server:
        with slack.hold("chat.postMessage") as came:
            first, waiting = (mention_request(slack, "define RAG") for _ in range(2))
            assert [server.send(first), server.send(waiting)] == [200, 200]
            assert came.wait(10)
            server.process.terminate()
            server.wait_for_log("Handling signal: term")
            server.wait_for_log("Worker exiting")
            assert server.process.poll() is None
        assert server.stop() == 0
    assert len(slack.wait_for("chat.postMessage", 2)) == 2
    assert "Traceback" not in server.log


def test_processes_end_by_themselves_where_every_episode_is_new(
    slack: FakeSlack, tmp_path: Path
) -> None:
    """A model that was loaded before the fork would have them aborted."""
    with web(tmp_path, environ(slack, CACHE_DIR=str(tmp_path / "cache"))) as server:
        server.wait_until("/readyz", 200)
        assert server.stop() == 0
    assert "SIGABRT" not in server.log
    assert "terminate called" not in server.log


def test_the_log_holds_neither_questions_nor_tokens(tmp_path: Path) -> None:
    with GrantingSlack() as slack:
        settings = environ(
            slack,
            **MANY,
            SLACK_CLIENT_ID=slack.client_id,
            SLACK_CLIENT_SECRET=slack.client_secret,
            METRICS_TOKEN="read-the-metrics",
        )
        with web(tmp_path, settings) as server:
            page, cookie = server.cookie("/slack/install")
            [state] = re.findall(r"state=([\w.-]+)", page)
            place = Place(slack.team_id)
            code = slack.offer(place)
            back = f"/slack/oauth_redirect?code={code}&state={state}"
            assert server.get(back, Cookie=cookie)[0] == 200
            assert server.get(back, Cookie=cookie)[0] == 400
            server.send(mention_request(slack, "what is a hallucination, my secret"))
            server.send(command_request(slack, "what is a hallucination, my secret"))
            slack.wait_for("chat.postMessage")
            slack.wait_for("response_url")
            assert server.stop() == 0
        secrets = [place.token, slack.client_secret, slack.signing_secret, code, KEY, "my secret"]
        kept = (tmp_path / "bot.sqlite3").read_bytes()
    for secret in (*secrets, "read-the-metrics"):
        assert secret not in server.log
    for secret in secrets[:-1]:
        assert secret.encode() not in kept


def test_a_database_that_goes_away_and_comes_back_stops_no_answer(
    slack: FakeSlack, tmp_path: Path, postgresql: Cluster, postgresql_url: str
) -> None:
    with web(tmp_path, environ(slack, DATABASE_URL=postgresql_url)) as server:
        server.wait_until("/readyz", 200)
        server.send(mention_request(slack, "define RAG"))
        slack.wait_for("chat.postMessage", 1)
        postgresql.stop()
        try:
            assert "database" in server.wait_until("/readyz", 503)
            assert server.get("/healthz")[0] == 200
            server.send(mention_request(slack, "define RAG"))
            server.send(command_request(slack, "define RAG"))
            slack.wait_for("chat.postMessage", 2, timeout=30)
            slack.wait_for("response_url", 1, timeout=30)
        finally:
            postgresql.start()
        server.wait_until("/readyz", 200)
        server.send(mention_request(slack, "define RAG"))
        slack.wait_for("chat.postMessage", 3)
        assert server.stop() == 0
    assert len(slack.wait_for("chat.postMessage", 3)) == 3
    assert "Traceback" not in server.log


@pytest.mark.parametrize(
    ("changes", "key", "words"),
    [
        ({"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET", "is set neither"),
        ({"SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN", "app-level token"),
        ({"METRICS_TOKEN": '"abc"'}, "METRICS_TOKEN", "quotes around it"),
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN", "SLACK_CLIENT_ID, SLACK_CLIENT_SECRET"),
        ({**MANY, "SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET", "is set neither"),
        (
            {**MANY, "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "x", "TOKEN_KEYS": ""},
            "TOKEN_KEYS",
            "is set neither",
        ),
        (
            {**MANY, "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "x", "TOKEN_KEYS": "short"},
            "TOKEN_KEYS",
            "no key",
        ),
        (
            {**MANY, "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "x", "PUBLIC_URL": ""},
            "PUBLIC_URL",
            "is set neither",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    slack: FakeSlack, tmp_path: Path, changes: dict[str, str], key: str, words: str
) -> None:
    said = refused(tmp_path, environ(slack, **changes))
    assert said.startswith(f"{key}: ")
    assert words in said


@pytest.mark.parametrize("command", ["web", "daily"])
def test_a_token_that_slack_refuses_is_named_at_once(
    slack: FakeSlack, tmp_path: Path, command: str
) -> None:
    said = refused(tmp_path, environ(slack, SLACK_BOT_TOKEN="xoxb-2-wrong"), command)
    assert said.startswith("SLACK_BOT_TOKEN: Slack refuses it (invalid_auth)")


def test_a_slack_that_is_unwell_at_the_start_is_waited_for(
    slack: FakeSlack, tmp_path: Path
) -> None:
    slack.fail_next("auth.test", status=503, error="service_unavailable")
    slack.fail_next("auth.test", status=503, error="service_unavailable")  # it is asked once more
    with web(tmp_path, environ(slack, WEB_CONCURRENCY="")) as server:
        assert "Slack cannot be reached or is unwell" in server.log
        server.send(command_request(slack, "define RAG"))
        slack.wait_for("response_url")
    slack.refused.clear()


def test_with_a_bot_token_nothing_is_installed(slack: FakeSlack, tmp_path: Path) -> None:
    settings = environ(slack, SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="x", TOKEN_KEYS=KEY)
    with web(tmp_path, settings) as server:
        assert server.get("/slack/install")[0] == 404
        assert server.get("/slack/oauth_redirect")[0] == 404
        assert server.get("/metrics")[0] == 404
        server.send(command_request(slack, "define RAG"))
        slack.wait_for("response_url")


def test_tables_that_are_not_up_to_date_are_named(
    slack: FakeSlack, tmp_path: Path, postgresql: Cluster
) -> None:
    with postgresql.database() as name:
        said = refused(tmp_path, environ(slack, DATABASE_URL=postgresql.url(name)))
    assert "python -m bot migrate" in said
