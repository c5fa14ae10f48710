"""The fake refuses what Slack refuses, or no scenario test proves anything."""

import json
import threading
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient
from websockets.sync.client import connect

from tests.fakes.slack import FakeSlack


def refusal(client: WebClient, method: str, **body: object) -> str:
    with pytest.raises(SlackApiError) as caught:
        client.api_call(method, json=body)
    return str(caught.value.response["error"])


def test_a_message_is_recorded_with_its_method_body_and_headers(
    slack: FakeSlack, client: WebClient
) -> None:
    client.chat_postMessage(channel="C0GENERAL", text="hello", blocks=[{"type": "divider"}])
    [call] = slack.wait_for("chat.postMessage")
    assert call.body["text"] == "hello"
    assert call.body["blocks"] == [{"type": "divider"}]
    assert call.headers["authorization"] == f"Bearer {slack.token}"
    assert slack.refused == []


def test_waiting_returns_as_soon_as_the_call_comes_from_another_thread(
    slack: FakeSlack, client: WebClient
) -> None:
    threading.Thread(target=client.auth_test).start()
    assert len(slack.wait_for("auth.test")) == 1


def test_waiting_in_vain_says_what_came_instead(slack: FakeSlack, client: WebClient) -> None:
    client.auth_test()
    with pytest.raises(TimeoutError, match=r"chat\.update did not come, only \['auth\.test'\]"):
        slack.wait_for("chat.update", timeout=0)


def test_a_thread_is_its_root_and_its_replies_in_order(slack: FakeSlack, client: WebClient) -> None:
    root = slack.say("C0GENERAL", "a question", user="U1")
    slack.say("C0GENERAL", "something else", user="U2")
    client.chat_postMessage(channel="C0GENERAL", text="an answer", thread_ts=root)
    thread = client.conversations_replies(channel="C0GENERAL", ts=root)
    assert [message["text"] for message in thread["messages"]] == ["a question", "an answer"]


CARD = {"blocks": [{"type": "divider"}]}


@pytest.mark.parametrize(
    "place",
    [
        {"channel": "C0GENERAL", "ts": "1.1"},
        {"unfurl_id": "U1-1", "source": "composer"},
        {"unfurl_id": "C1-1", "source": "conversations_history"},
    ],
)
def test_a_link_is_shown_by_its_message_or_by_its_own_id(
    slack: FakeSlack, client: WebClient, place: dict[str, Any]
) -> None:
    assert client.chat_unfurl(unfurls={"https://example.com": CARD}, **place)["ok"]
    assert slack.refused == []


@pytest.mark.parametrize(
    ("error", "body"),
    [
        ("invalid_arguments", {"unfurls": {"https://example.com": CARD}, "channel": "C0GENERAL"}),
        ("invalid_arguments", {"unfurls": {"https://example.com": CARD}, "source": "composer"}),
        ("invalid_arguments", {"unfurls": {}, "channel": "C0GENERAL", "ts": "1.1"}),
        ("invalid_arguments", {"channel": "C0GENERAL", "ts": "1.1"}),
        (
            "cannot_parse_attachment",
            {"unfurls": {"example.com": CARD}, "channel": "C0GENERAL", "ts": "1.1"},
        ),
        (
            "cannot_parse_attachment",
            {"unfurls": {"https://e.com": {"text": "x"}}, "channel": "C0GENERAL", "ts": "1.1"},
        ),
        (
            "invalid_blocks",
            {"unfurls": {"https://e.com": {"blocks": [{"type": "x"}]}}, "channel": "C", "ts": "1"},
        ),
    ],
)
def test_a_link_that_slack_would_not_show_so_is_refused(
    client: WebClient, error: str, body: dict[str, object]
) -> None:
    assert refusal(client, "chat.unfurl", **body) == error


RESULT = {
    "external_ref": {"id": "1"},
    "title": "Ada Park",
    "description": "Salt the water.",
    "link": "https://example.com",
    "date_updated": "2026-11-22",
}


def test_results_of_a_search_are_taken_as_slack_wants_them(
    slack: FakeSlack, client: WebClient
) -> None:
    most = [RESULT] * 49 + [{**RESULT, "content": "Why?"}]
    for found in ([], most):
        client.functions_completeSuccess(
            function_execution_id="Fx1", outputs={"search_results": found}
        )
    assert slack.refused == []


@pytest.mark.parametrize(
    "found",
    [
        "none",
        [RESULT] * 51,
        *([{key: RESULT[key] for key in RESULT if key != lacking}] for lacking in RESULT),
        [RESULT | {"description": ""}],
        [RESULT | {"date_updated": "22 November"}],
        [RESULT | {"link": "episode-02"}],
        [RESULT | {"content": None}],
        [RESULT | {"score": 1}],
    ],
)
def test_results_that_slack_would_not_take_are_refused(client: WebClient, found: object) -> None:
    outputs = json.dumps({"search_results": found})
    body = {"function_execution_id": "Fx1", "outputs": outputs}
    error = refusal(client, "functions.completeSuccess", **body)
    assert error == "parameter_validation_failed"


def test_an_update_changes_the_message_and_nothing_else(
    slack: FakeSlack, client: WebClient
) -> None:
    first = client.chat_postMessage(channel="C0GENERAL", text="one")
    client.chat_postMessage(channel="C0GENERAL", text="two")
    client.chat_update(channel="C0GENERAL", ts=str(first["ts"]), text="three")
    texts = [message["text"] for message in slack.channels["C0GENERAL"]["messages"]]
    assert texts == ["three", "two"]


@pytest.mark.parametrize(
    ("token", "error"),
    [(None, "not_authed"), ("xoxb-2", "invalid_auth"), ("xapp-1-fake", "not_allowed_token_type")],
)
def test_a_wrong_or_missing_token_is_refused(
    slack: FakeSlack, token: str | None, error: str
) -> None:
    assert refusal(WebClient(token=token, base_url=slack.url), "auth.test") == error
    assert slack.refused[0].error == error


def test_opening_a_socket_needs_the_app_token(slack: FakeSlack, client: WebClient) -> None:
    assert refusal(client, "apps.connections.open") == "not_allowed_token_type"
    opened = client.apps_connections_open(app_token=slack.app_token)
    assert str(opened["url"]).startswith("ws://127.0.0.1:")


@pytest.mark.parametrize(
    ("channel", "error"), [("C0NOWHERE", "channel_not_found"), ("C0ELSEWHERE", "not_in_channel")]
)
def test_a_channel_must_be_known_and_joined(client: WebClient, channel: str, error: str) -> None:
    assert refusal(client, "chat.postMessage", channel=channel, text="x") == error


@pytest.mark.parametrize(
    ("method", "body", "error"),
    [
        ("chat.postMessage", {"blocks": [{"type": "divider"}]}, "no_text"),
        ("chat.postMessage", {"text": " "}, "no_text"),
        ("chat.postMessage", {"text": "x" * 40_001}, "msg_too_long"),
        ("chat.update", {"text": "x" * 4_001}, "msg_too_long"),
        ("chat.update", {"text": "x", "ts": "1.0"}, "message_not_found"),
        ("chat.postMessage", {"text": "x", "blocks": [{"type": "bogus"}]}, "invalid_blocks"),
        ("conversations.replies", {"ts": "1.0"}, "thread_not_found"),
        ("chat.scream", {}, "unknown_method"),
    ],
)
def test_what_slack_refuses_is_refused_by_its_name(
    slack: FakeSlack, client: WebClient, method: str, body: dict[str, object], error: str
) -> None:
    assert refusal(client, method, channel="C0GENERAL", **body) == error
    assert slack.channels["C0GENERAL"]["messages"] == []


def test_more_text_in_blocks_than_a_message_may_hold_is_refused(client: WebClient) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2_900}}
    error = refusal(client, "chat.postMessage", channel="C0GENERAL", text="x", blocks=[section] * 5)
    assert error == "msg_blocks_too_long"


def test_a_view_may_hold_a_hundred_blocks_and_no_more(slack: FakeSlack, client: WebClient) -> None:
    client.views_publish(user_id="U1", view={"type": "home", "blocks": [{"type": "divider"}] * 100})
    view = {"type": "home", "blocks": [{"type": "divider"}] * 101}
    assert refusal(client, "views.publish", user_id="U1", view=view) == "invalid_blocks"
    assert "no more than 100" in slack.refused[0].details[0]


def test_a_response_url_serves_five_times(slack: FakeSlack) -> None:
    webhook = WebhookClient(slack.response_url())
    assert [webhook.send(text="x").status_code for _ in range(6)] == [200] * 5 + [404]
    assert WebhookClient(slack.response_url()).send(text="x").status_code == 200


def test_a_response_needs_text_unless_it_takes_the_message_away(slack: FakeSlack) -> None:
    webhook = WebhookClient(slack.response_url())
    assert json.loads(webhook.send(blocks=[{"type": "divider"}]).body)["error"] == "no_text"
    assert webhook.send(delete_original=True).status_code == 200


def test_a_planned_failure_meets_one_call(slack: FakeSlack, client: WebClient) -> None:
    slack.fail_next("auth.test", status=500, error="internal_error")
    assert refusal(client, "auth.test") == "internal_error"
    assert client.auth_test()["ok"]


def test_a_planned_rate_limit_says_when_to_come_back(slack: FakeSlack, client: WebClient) -> None:
    slack.fail_next("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C0GENERAL", text="x")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert caught.value.response["error"] == "ratelimited"


def test_the_scopes_of_the_token_stand_in_a_header(slack: FakeSlack, client: WebClient) -> None:
    assert "x-oauth-scopes" not in client.auth_test().headers
    slack.scopes = {"commands", "chat:write"}
    assert client.auth_test().headers["x-oauth-scopes"] == "chat:write,commands"


def test_a_held_call_is_answered_when_it_is_let_go(slack: FakeSlack, client: WebClient) -> None:
    with slack.hold("auth.test") as came:
        threading.Thread(target=client.auth_test).start()
        assert came.wait(5)
        assert slack.calls == []
    assert len(slack.wait_for("auth.test")) == 1


def test_an_envelope_goes_over_the_socket_and_its_acknowledgement_comes_back(
    slack: FakeSlack, client: WebClient
) -> None:
    with connect(client.apps_connections_open(app_token=slack.app_token)["url"]) as app:
        assert json.loads(app.recv())["type"] == "hello"
        sent = slack.send_envelope("slash_commands", {"command": "/llm"}, retry=(1, "timeout"))
        envelope = json.loads(app.recv())
        assert envelope == {
            "envelope_id": sent,
            "type": "slash_commands",
            "accepts_response_payload": True,
            "payload": {"command": "/llm"},
            "retry_attempt": 1,
            "retry_reason": "timeout",
        }
        app.send(json.dumps({"envelope_id": sent}))
        assert slack.wait_for_ack(sent) == {"envelope_id": sent}


def test_the_socket_asks_to_connect_anew_and_hangs_up(slack: FakeSlack, client: WebClient) -> None:
    with connect(client.apps_connections_open(app_token=slack.app_token)["url"]) as app:
        app.recv()
        slack.socket.disconnect(timeout=5)
        assert [json.loads(message)["type"] for message in app] == ["disconnect"]


def test_an_envelope_nobody_acknowledged_is_named(slack: FakeSlack) -> None:
    with pytest.raises(TimeoutError, match="envelope-1 was not acknowledged"):
        slack.wait_for_ack("envelope-1", timeout=0)


def test_rationed_threads_come_in_pages_of_15_and_then_not_at_all(
    slack: FakeSlack, client: WebClient
) -> None:
    root = slack.say("C0GENERAL", "first", user="U1")
    for number in range(20):
        slack.say("C0GENERAL", str(number), user="U1", thread_ts=root)
    slack.ration_threads()
    page = client.conversations_replies(channel="C0GENERAL", ts=root, limit=200)
    assert len(page["messages"]) == 15
    with pytest.raises(SlackApiError) as refused:
        client.conversations_replies(channel="C0GENERAL", ts=root)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "60"
