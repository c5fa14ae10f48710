"""`/mcp`: who may ask, how often, from where, and what becomes of requests that are none."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from slack_sdk.signature import SignatureVerifier

from bot.mcp import Podcast, build_server
from bot.mcp.http import endpoint
from bot.web.callers import is_bearer, is_signed
from bot.web.pages import Visitors
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import signed
from tests.mcp.clients import over_http
from tests.mcp.conftest import BEARER, TOKEN
from tests.web.processes import Web, environ, web

pytestmark = pytest.mark.slow

LISTING = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
JSON = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
ALLOWED = {"Authorization": BEARER}
URL = "https://bot.example.com"
Opened = Callable[..., AbstractContextManager[FlaskClient]]


def sent(
    server: Web, headers: Mapping[str, str], body: bytes = LISTING.encode()
) -> tuple[int, str, str]:
    """The status, the challenge and the body of an answer."""
    told = {**JSON, **headers}
    request = Request(f"http://127.0.0.1:{server.port}/mcp", body, told)
    try:
        with urlopen(request, timeout=20) as response:  # noqa: S310 - this machine
            return response.status, "", response.read().decode()
    except HTTPError as refused:
        with refused:
            challenge = refused.headers.get("WWW-Authenticate", "")
            return refused.code, challenge, refused.read().decode()


def signature(**changes: Any) -> dict[str, str]:
    """The headers with which Slack signs the request for the list."""
    request = signed(LISTING, headers=JSON, **changes)
    return {name: values[0] for name, values in request.headers.items()}


@pytest.fixture
def opened(podcast: Podcast) -> Opened:
    """What opens a site with the address alone, and a number of requests a minute."""

    @contextmanager
    def site(per_minute: int) -> Iterator[FlaskClient]:
        verifier = SignatureVerifier(FakeSlack.signing_secret)
        flask = Flask(__name__)
        with endpoint(
            build_server(podcast),
            is_allowed=lambda: is_bearer(TOKEN) or is_signed(verifier),
            wait=Visitors(per_minute).wait,
            public_url=URL,
        ) as mcp:
            flask.register_blueprint(mcp)
            yield flask.test_client()

    return site


def test_whoever_has_the_token_may_ask(server: Web) -> None:
    status, _, body = sent(server, ALLOWED)
    assert status == 200
    assert len(json.loads(body)["result"]["tools"]) == 5


@pytest.mark.parametrize(
    "given",
    ["", TOKEN, "Bearer ", "Bearer x", f"{BEARER}x", f"Basic {TOKEN}", "Bearer xoxb-1-other", "é"],
)
def test_without_the_token_there_is_nothing(server: Web, given: str) -> None:
    headers = {"Authorization": given} if given else {}
    assert sent(server, headers) == (401, "Bearer", "Unauthorized\n")


def test_the_sdks_client_is_refused_without_the_token(server: Web) -> None:
    with pytest.raises(BaseExceptionGroup) as caught, over_http(server.port):
        pass
    assert caught.group_contains(Exception, match="Server returned an error response")


def test_slackbot_may_ask_by_requests_that_slack_signs(server: Web) -> None:
    headers = signature()
    assert sent(server, headers)[0] == 200
    assert sent(server, headers, LISTING.replace("1", "2").encode())[0] == 401


@pytest.mark.parametrize("changes", [{"secret": "another app's"}, {"age": 301}])
def test_what_slack_signed_for_another_app_or_long_ago_is_refused(
    server: Web, changes: dict[str, Any]
) -> None:
    assert sent(server, signature(**changes)) == (401, "Bearer", "Unauthorized\n")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "bot.example.com"}, 200),
        ({"Host": "localhost:3000", "Origin": "http://localhost:6274"}, 200),
        ({"Host": "bot.example.com", "Origin": URL}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Host": "sdk.invalid"}, 421),
        ({"Origin": "https://evil.example"}, 403),
    ],
)
def test_other_hosts_and_pages_of_others_are_refused(
    server: Web, headers: dict[str, str], status: int
) -> None:
    assert sent(server, ALLOWED | headers)[0] == status


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (b"{nope", 400, "Parse error"),
        (b"[]", 400, "Validation error"),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "sing"}', 200, "Method not found"),
    ],
)
def test_what_is_no_request_is_refused_without_a_word_of_the_inside(
    server: Web, body: bytes, status: int, says: str
) -> None:
    came, _, words = sent(server, ALLOWED, body)
    assert (came, says in words) == (status, True), words
    assert "Traceback" not in words
    assert "site-packages" not in words


def test_what_is_too_large_is_refused_before_it_is_sent(server: Web) -> None:
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.putrequest("POST", "/mcp")
        for name, value in (JSON | ALLOWED | {"Content-Length": str(2**20 + 1)}).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        assert response.status == 413
        assert b"Request Entity Too Large" in response.read()


def test_there_is_no_stream_to_listen_to(server: Web) -> None:
    assert server.get("/mcp", **ALLOWED)[0] == 405


def test_without_the_setting_there_is_no_such_address_and_no_need_of_the_extra(
    tmp_path: Path,
) -> None:
    hidden = "import sys; sys.modules['mcp'] = None; sys.argv = ['bot', 'web']"
    command = sys.executable, "-c", f"{hidden}; from bot.__main__ import main; main()"
    settings = {"WEB_CONCURRENCY": "1"}
    with FakeSlack() as slack, web(tmp_path, environ(slack, **settings), command) as server:
        assert sent(server, ALLOWED)[0] == 404
        assert server.stop() == 0


def test_it_ends_with_the_server_and_logs_neither_token_nor_question(tmp_path: Path) -> None:
    with FakeSlack() as slack, web(tmp_path, environ(slack, MCP_TOKEN=TOKEN)) as server:
        with over_http(server.port, Authorization=BEARER) as assistant:
            assistant.content("ask", question="what is a hallucination, my secret?")
        assert server.stop() == 0
    assert "Traceback" not in server.log
    assert "my secret" not in server.log
    assert TOKEN not in server.log
    assert b"my secret" not in (tmp_path / "bot.sqlite3").read_bytes()


def test_who_asks_too_often_is_told_when_to_come_back(opened: Opened) -> None:
    with opened(1) as client:
        assert client.post("/mcp", data=LISTING, headers=JSON).status_code == 401
        late = client.post("/mcp", data=LISTING, headers=JSON | ALLOWED)
    assert (late.status_code, late.text) == (429, "Too Many Requests\n")
    assert 1 <= int(late.headers["Retry-After"]) <= 60


def test_a_request_needs_none_that_came_before(opened: Opened) -> None:
    call = {"name": "episodes", "arguments": {}}
    asked = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call})
    with opened(9) as client:
        answer = client.post("/mcp", data=asked, headers=JSON | ALLOWED)
    assert answer.get_json()["result"]["structuredContent"]["total"] == 4
    assert "Mcp-Session-Id" not in answer.headers


def test_requests_at_once_are_all_answered_by_whichever_process(server: Web) -> None:
    call = {"name": "ask", "arguments": {"question": "why do models hallucinate?"}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    body = json.dumps(asked).encode()
    with ThreadPoolExecutor(20) as together:
        answers = list(together.map(lambda _: sent(server, ALLOWED, body), range(40)))
    assert {status for status, *_ in answers} == {200}
    replies = [json.loads(words)["result"]["structuredContent"] for *_, words in answers]
    quoted = {tuple(quote["text"] for quote in reply["quotes"]) for reply in replies}
    assert len(quoted) == 1  # their links tell when they were signed
