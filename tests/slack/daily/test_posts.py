"""The daily post at a Slack that is strict: sent once, found again, and what refusals mean."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.answers import Highlight
from bot.posting import Gone, Mark, Outcome, Posted, Skip, Unsure, Wait
from bot.slack.daily.posts import ChannelPosts
from bot.terminal import Call
from tests.fakes.slack import FakeSlack
from tests.slack.conftest import MakeQuote
from tests.storage.samples import TODAY, a_subscription

CHANNEL = "C0GENERAL"
KEY = "episode-02/takeaway/4"
SUBSCRIPTION = a_subscription(id="s1", channel_id=CHANNEL, made_by="U0000ALEXA")
MARK = Mark("s1", TODAY)


def channel_posts(client: WebClient | None, make_quote: MakeQuote) -> ChannelPosts:
    found = [Highlight(KEY, make_quote())]
    posts = ChannelPosts(lambda _subscription: client, lambda: found, quiz=lambda: False)
    assert posts.keys() == (KEY,)
    return posts


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    return WebClient(slack.token, base_url=slack.url, retry_handlers=[])


@pytest.fixture
def posts(client: WebClient, make_quote: MakeQuote) -> ChannelPosts:
    return channel_posts(client, make_quote)


@pytest.fixture
def since() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=5)


def sent(slack: FakeSlack, channel: str = CHANNEL) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = slack.channels[channel]["messages"]
    return messages


def test_a_post_shows_the_highlight_and_bears_its_mark(
    posts: ChannelPosts, slack: FakeSlack
) -> None:
    outcome = posts.post(SUBSCRIPTION, KEY, MARK)
    (message,) = sent(slack)
    assert outcome == Posted(message["ts"])
    assert "RAG is your friend." in message["text"]
    assert message["metadata"] == {
        "event_type": "daily_takeaway",
        "event_payload": {"subscription": "s1", "date": "2026-11-24"},
    }
    assert slack.refused == []


def test_a_highlight_that_has_gone_is_not_sent_and_another_has_its_turn(
    posts: ChannelPosts, slack: FakeSlack
) -> None:
    assert posts.post(SUBSCRIPTION, "gone/takeaway/1", MARK) == Wait(1)
    assert sent(slack) == []


def test_highlights_and_quiz_are_those_of_now(client: WebClient, make_quote: MakeQuote) -> None:
    found, asked = [Highlight(KEY, make_quote())], iter([False, True])
    posts = ChannelPosts(lambda _subscription: client, lambda: found, quiz=lambda: next(asked))
    assert posts.keys() == (KEY,)
    posts.post(SUBSCRIPTION, KEY, MARK)
    found[:] = [Highlight("new/takeaway/1", make_quote())]
    assert isinstance(posts.post(SUBSCRIPTION, KEY, MARK), Posted)
    assert posts.keys() == ("new/takeaway/1",)
    assert posts.post(SUBSCRIPTION, KEY, MARK) == Wait(1)


REFUSALS: list[tuple[dict[str, Any], Outcome]] = [
    ({"error": "is_archived"}, Gone("is_archived")),
    ({"error": "channel_not_found"}, Gone("channel_not_found")),
    ({"error": "not_in_channel"}, Gone("not_in_channel")),
    ({"error": "restricted_action_read_only_channel"}, Gone("restricted_action_read_only_channel")),
    ({"error": "account_inactive"}, Wait(60)),
    ({"error": "token_revoked"}, Wait(60)),
    ({"error": "invalid_blocks"}, Skip("invalid_blocks")),
    ({"error": "msg_too_long"}, Skip("msg_too_long")),
    ({"error": "invalid_auth"}, Wait(60)),
    ({"retry_after": 10**12}, Wait(86_400)),
    ({"retry_after": 7}, Wait(7)),
    ({"error": "ratelimited"}, Wait(30)),
    ({"error": "internal_error"}, Unsure()),
    ({"error": "service_unavailable"}, Unsure()),
    ({"error": "whatever", "status": 500}, Unsure()),
    ({"error": "whatever", "status": 503}, Unsure()),
]


@pytest.mark.parametrize(("refusal", "outcome"), REFUSALS, ids=str)
def test_a_refusal_is_sorted_by_what_it_means(
    refusal: dict[str, Any], outcome: Outcome, posts: ChannelPosts, slack: FakeSlack
) -> None:
    slack.fail_next("chat.postMessage", **refusal)
    assert posts.post(SUBSCRIPTION, KEY, MARK) == outcome
    assert len(slack.wait_for("chat.postMessage")) == 1  # never sent again
    assert sent(slack) == []


def test_a_private_channel_that_removed_the_bot_is_gone(
    posts: ChannelPosts, slack: FakeSlack
) -> None:
    slack.channels["G0PRIVATE"] = {"is_member": False, "messages": []}
    private = replace(SUBSCRIPTION, channel_id="G0PRIVATE")
    assert posts.post(private, KEY, MARK) == Gone("channel_not_found")


def test_a_cut_connection_leaves_it_open_and_sends_nothing_again(
    posts: ChannelPosts, slack: FakeSlack, since: datetime
) -> None:
    take = slack.handlers["chat.postMessage"]
    taken: list[Call] = []

    def take_and_cut(call: Call) -> dict[str, Any]:
        taken.append(call)
        take(call)
        raise ConnectionAbortedError

    slack.handlers["chat.postMessage"] = take_and_cut
    assert posts.post(SUBSCRIPTION, KEY, MARK) == Unsure()
    assert len(taken) == len(sent(slack)) == 1
    assert posts.find(SUBSCRIPTION, MARK, since) == Posted(sent(slack)[0]["ts"])


def test_a_time_out_leaves_it_open(slack: FakeSlack, make_quote: MakeQuote) -> None:
    hasty = WebClient(slack.token, base_url=slack.url, timeout=1, retry_handlers=[])
    posts = channel_posts(hasty, make_quote)
    with slack.hold("chat.postMessage"):
        assert posts.post(SUBSCRIPTION, KEY, MARK) == Unsure()


def test_a_workspace_without_the_app_is_gone(make_quote: MakeQuote, since: datetime) -> None:
    posts = channel_posts(None, make_quote)
    assert posts.post(SUBSCRIPTION, KEY, MARK) == Gone("uninstalled")
    assert posts.find(SUBSCRIPTION, MARK, since) == Gone("uninstalled")


def test_a_post_is_found_by_its_mark_alone(
    posts: ChannelPosts, slack: FakeSlack, since: datetime
) -> None:
    assert posts.find(SUBSCRIPTION, MARK, since) is None
    posts.post(SUBSCRIPTION, KEY, MARK)
    for other in (Mark("s2", TODAY), Mark("s1", TODAY + timedelta(days=1))):
        assert posts.find(SUBSCRIPTION, other, since) is None
    assert posts.find(SUBSCRIPTION, MARK, since) == Posted(sent(slack)[0]["ts"])
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert posts.find(SUBSCRIPTION, MARK, later) is None


def test_a_post_is_found_behind_many_others(
    posts: ChannelPosts, slack: FakeSlack, since: datetime
) -> None:
    posts.post(SUBSCRIPTION, KEY, MARK)
    for _ in range(450):
        slack.say(CHANNEL, "chatter", user="U1")
    assert isinstance(posts.find(SUBSCRIPTION, MARK, since), Posted)
    assert len(slack.wait_for("conversations.history", 3)) == 3


def test_a_history_without_end_leaves_it_open(
    posts: ChannelPosts, slack: FakeSlack, since: datetime
) -> None:
    endless = {"messages": [], "response_metadata": {"next_cursor": "more"}}
    slack.handlers["conversations.history"] = lambda _call: endless
    assert posts.find(SUBSCRIPTION, MARK, since) == Unsure()


def test_somebody_elses_copy_of_the_mark_does_not_count(
    posts: ChannelPosts, slack: FakeSlack, since: datetime
) -> None:
    posts.post(SUBSCRIPTION, KEY, MARK)
    sent(slack)[0]["bot_id"] = "B0SOMEBODY"
    assert posts.find(SUBSCRIPTION, MARK, since) is None


@pytest.mark.parametrize("method", ["auth.test", "conversations.history"])
def test_what_hinders_looking_is_told(
    method: str, posts: ChannelPosts, slack: FakeSlack, since: datetime
) -> None:
    slack.fail_next(method, retry_after=3)
    assert posts.find(SUBSCRIPTION, MARK, since) == Wait(3)
    slack.fail_next(method, status=500)
    assert posts.find(SUBSCRIPTION, MARK, since) == Unsure()


def test_whoever_made_it_is_told_why_it_is_off(posts: ChannelPosts, slack: FakeSlack) -> None:
    posts.tell(SUBSCRIPTION, "is_archived")
    (told,) = sent(slack, "U0000ALEXA")
    assert f"<#{CHANNEL}>" in told["text"]
    assert "archived" in told["text"]
    assert "/llm daily on" in told["text"]


@pytest.mark.parametrize("who", [None, "U0000ALEXA"])
def test_telling_never_fails(who: str | None, posts: ChannelPosts, slack: FakeSlack) -> None:
    slack.fail_next("chat.postMessage", error="account_inactive")
    posts.tell(replace(SUBSCRIPTION, made_by=who), "account_inactive")


def test_no_token_is_logged(
    posts: ChannelPosts, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    for refusal, _ in REFUSALS:
        slack.fail_next("chat.postMessage", **refusal)
        posts.post(SUBSCRIPTION, KEY, MARK)
    assert slack.token not in caplog.text
