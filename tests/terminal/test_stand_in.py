from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.terminal import Message, StandIn


@pytest.fixture
def slack() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture
def client(slack: StandIn) -> WebClient:
    return WebClient(token="xoxb-any", base_url=slack.url)


@pytest.fixture
def heard(slack: StandIn) -> list[Message]:
    messages: list[Message] = []
    slack.on_message(messages.append)
    return messages


def test_it_serves_the_loopback_alone(slack: StandIn) -> None:
    assert slack.url.startswith("http://127.0.0.1:")
    assert slack.response_url().startswith("http://127.0.0.1:")


def test_what_the_bot_posts_is_heard_and_who_sees_it(
    slack: StandIn, client: WebClient, heard: list[Message]
) -> None:
    client.chat_postMessage(channel="C1", text="all", blocks=[{"type": "divider"}])
    client.chat_postEphemeral(channel="C1", user="U1", text="one")
    WebhookClient(slack.response_url()).send(text="one too")
    WebhookClient(slack.response_url()).send(text="all too", response_type="in_channel")
    WebhookClient(slack.response_url()).send(delete_original=True)
    assert heard == [
        Message("all", [{"type": "divider"}], ephemeral=False),
        Message("one", (), ephemeral=True),
        Message("one too", (), ephemeral=True),
        Message("all too", (), ephemeral=False),
    ]


def test_a_thread_holds_what_both_said(slack: StandIn, client: WebClient) -> None:
    root = slack.say("C1", "a question", user="U1")
    client.chat_postMessage(channel="C1", text="an answer", thread_ts=root)
    slack.say("C1", "a follow-up", user="U1", thread_ts=root)
    messages = client.conversations_replies(channel="C1", ts=root)["messages"]
    assert [m["text"] for m in messages] == ["a question", "an answer", "a follow-up"]
    assert [m["user"] for m in messages] == ["U1", slack.bot_user_id, "U1"]


def test_a_form_is_read_like_json(client: WebClient, heard: list[Message]) -> None:
    fields = {"channel": "C1", "text": "[1] \N{DIZZY SYMBOL} &", "blocks": '[{"type": "divider"}]'}
    client.api_call("chat.postMessage", params=fields)
    assert heard == [Message("[1] \N{DIZZY SYMBOL} &", [{"type": "divider"}], ephemeral=False)]


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff"])
def test_a_body_that_is_no_object_is_refused(slack: StandIn, content: bytes) -> None:
    connection = HTTPConnection(urlsplit(slack.url).netloc)
    with closing(connection):
        connection.request("POST", "/api/auth.test", content, {"Content-Type": "application/json"})
        assert connection.getresponse().read() == b'{"ok": false, "error": "invalid_json"}'


def test_a_method_it_does_not_have_is_named_as_such(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="unknown_method"):
        client.api_call("admin.users.list")


def test_people_have_a_time_zone_and_what_a_test_gives_them(
    slack: StandIn, client: WebClient
) -> None:
    slack.people["U1"] = {"tz": "Asia/Tokyo", "is_admin": True}
    known, other = (client.users_info(user=user)["user"] for user in ("U1", "U2"))
    assert (known["tz"], known["is_admin"], known["is_owner"]) == ("Asia/Tokyo", True, False)
    assert (other["id"], other["tz"]) == ("U2", "Europe/Berlin")


def test_public_channels_can_be_joined(slack: StandIn, client: WebClient) -> None:
    client.conversations_join(channel="C9")
    assert slack.channels["C9"]["is_member"]
    slack.channels["C8"] = {"is_member": False, "is_archived": True, "messages": []}
    for channel, why in (("G1", "method_not_supported_for_channel_type"), ("C8", "is_archived")):
        with pytest.raises(SlackApiError) as refused:
            client.conversations_join(channel=channel)
        assert refused.value.response["error"] == why


def test_a_request_that_is_cut_off_does_nothing(slack: StandIn, client: WebClient) -> None:
    with closing(HTTPConnection(urlsplit(slack.url).netloc)) as connection:
        connection.putrequest("POST", "/api/chat.postMessage")
        connection.putheader("Content-Length", "100")
        connection.endheaders(b'{"channel": "C1"')
    client.conversations_join(channel="C1")
    assert slack.channels["C1"]["messages"] == []
