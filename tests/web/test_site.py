"""What the paths answer, in one process."""

import json
from dataclasses import fields
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from slack_bolt import BoltRequest
from werkzeug.test import TestResponse

from bot.storage import Store
from bot.web import Site
from bot.web.metrics import Metrics
from tests.fakes.workspace import command_request, mention_payload, mention_request, signed
from tests.web.conftest import METRICS_TOKEN
from tests.web.granting_slack import GrantingSlack, Place
from tests.web.test_installing import ACME, ORGANIZATION, OTHER, install

JSON = {"content-type": "application/json"}


def post(browser: FlaskClient, request: BoltRequest) -> TestResponse:
    """Deliver what Slack has signed."""
    headers = [(name, value) for name, values in request.headers.items() for value in values]
    return browser.post("/slack/events", data=request.raw_body, headers=headers)


def mention(slack: GrantingSlack, place: Place, text: str = "define RAG") -> BoltRequest:
    """A mention in a workspace, under a name of its own for each."""
    payload = mention_payload(slack, f"<@{slack.bot_user_id}> {text}")
    whole = place.team_id is None
    team = {"team_id": place.team_id or "T0000GRID0", "enterprise_id": place.enterprise_id}
    payload |= team | {"authorizations": [team | {"is_enterprise_install": whole, "is_bot": True}]}
    return signed(json.dumps(payload), headers=JSON)


def test_two_workspaces_and_an_organization_are_answered_each_with_its_own_token(
    browser: FlaskClient, slack: GrantingSlack
) -> None:
    for place in (ACME, OTHER, ORGANIZATION):
        install(browser, slack, place)
        assert post(browser, mention(slack, place)).status_code == 200
    slack.wait_for("chat.postMessage", 3)
    assert slack.tokens_used("chat.postMessage") == [
        ACME.token,
        OTHER.token,
        ORGANIZATION.token,
    ]


def test_a_workspace_that_has_not_installed_it_is_not_answered(
    browser: FlaskClient, slack: GrantingSlack
) -> None:
    install(browser, slack, ACME)
    said = post(browser, mention(slack, OTHER)).get_data(as_text=True)
    assert "not installed in your workspace" in said
    assert slack.tokens_used("chat.postMessage") == []


def test_a_workspace_that_has_removed_it_is_not_answered(
    browser: FlaskClient, slack: GrantingSlack, sealed: Store
) -> None:
    install(browser, slack, ACME)
    sealed.workspaces.delete(ACME.team_id)
    said = post(browser, mention(slack, ACME)).get_data(as_text=True)
    assert "not installed in your workspace" in said
    assert slack.tokens_used("chat.postMessage") == []


def test_the_same_event_is_answered_once(browser: FlaskClient, slack: GrantingSlack) -> None:
    install(browser, slack, ACME)
    request = mention(slack, ACME)
    assert [post(browser, request).status_code for _ in range(3)] == [200, 200, 200]
    post(browser, mention(slack, ACME, "define LLM"))
    posts = slack.wait_for("chat.postMessage", 2)
    assert len({call.body["thread_ts"] for call in posts}) == len(posts) == 2


@pytest.mark.parametrize(
    "forged",
    [
        {"secret": "another"},
        {"age": 301},
        {"age": -301},
    ],
)
def test_what_slack_has_not_just_signed_is_refused(
    browser: FlaskClient, slack: GrantingSlack, forged: dict[str, Any]
) -> None:
    payload = json.dumps(mention_payload(slack, "define RAG"))
    assert post(browser, signed(payload, headers=JSON, **forged)).status_code == 401
    assert slack.calls == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=0"},
        {"X-Slack-Signature": "v0=0", "X-Slack-Request-Timestamp": "now"},
        {"X-Slack-Signature": "v0=0", "X-Slack-Request-Timestamp": "9" * 5_000},
        {"X-Slack-Signature": "v0=é", "X-Slack-Request-Timestamp": "1700000000"},
        {"X-Slack-Signature": "v0=0", "X-Slack-Request-Timestamp": "²"},
    ],
)
@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff\xfe", b"payload={", b"[" * 100_000])
def test_whatever_a_stranger_sends_is_refused_without_a_fault(
    browser: FlaskClient,
    caplog: pytest.LogCaptureFixture,
    headers: dict[str, str],
    body: bytes,
) -> None:
    sent = browser.post(
        "/slack/events", data=body, headers=headers, content_type="application/json"
    )
    assert sent.status_code == 401
    assert caplog.records == []


def test_a_body_of_more_than_a_mebibyte_is_refused(browser: FlaskClient) -> None:
    assert post(browser, signed("x" * (1024 * 1024 + 1))).status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/slack/events/more", 404),
        ("POST", "/nowhere", 404),
        ("GET", "/slack/events", 405),
        ("POST", "/healthz", 405),
        ("DELETE", "/slack/install", 405),
        ("HEAD", "/healthz", 200),
        ("HEAD", "/slack/install", 200),
    ],
)
def test_other_paths_and_methods_are_refused_in_plain_text(
    browser: FlaskClient, method: str, path: str, status: int
) -> None:
    response = browser.open(path, method=method)
    assert response.status_code == status
    if status != 200:
        assert response.mimetype == "text/plain"
        assert "<" not in response.get_data(as_text=True)


def test_it_is_alive_and_ready(browser: FlaskClient) -> None:
    assert browser.get("/healthz").get_data(as_text=True) == "ok"
    assert browser.get("/readyz").json == {
        "ready": True,
        "missing": [],
        "impaired": None,
    }


@pytest.mark.parametrize("given", [None, "Bearer wrong", METRICS_TOKEN, "Basic é"])
def test_metrics_are_for_who_has_the_token(browser: FlaskClient, given: str | None) -> None:
    headers = {"Authorization": given} if given else {}
    response = browser.get("/metrics", headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_metrics_count_what_was_asked(browser: FlaskClient, metrics: Metrics) -> None:
    metrics.answered("command", "declined", 0.02)
    response = browser.get("/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"})
    assert response.mimetype == "text/plain"
    shown = response.get_data(as_text=True)
    assert 'bot_requests_total{outcome="declined",surface="command"} 1.0' in shown


def test_a_site_that_is_printed_shows_no_secret() -> None:
    hidden = {one.name for one in fields(Site) if not one.repr}
    assert hidden == {"signing_secret", "metrics_token"}


def test_a_fault_is_told_by_its_reference_alone(
    site: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    @site.get("/broken")
    def broken() -> str:
        raise RuntimeError("the secret")

    response = site.test_client().get("/broken")
    assert response.status_code == 500
    said = response.get_data(as_text=True)
    reference = said.rpartition(" ")[2].strip()
    assert "the secret" not in said
    assert reference in caplog.text


def test_a_command_is_answered(browser: FlaskClient, slack: GrantingSlack) -> None:
    install(browser, slack, Place(slack.team_id))
    assert post(browser, command_request(slack, "define RAG")).status_code == 200
    assert post(browser, mention_request(slack, "define RAG")).status_code == 200
    [answer] = slack.wait_for("response_url")
    assert "Combining retrieved documents" in answer.body["text"]
