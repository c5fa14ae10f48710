"""Daily posts from the loop to a Slack that is strict, and what becomes of channels that go."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.daily import Posting
from bot.posting import Loop, Terms
from bot.slack.daily.posts import ChannelPosts
from bot.storage import Store
from tests.fakes.channels import Clock
from tests.fakes.slack import FakeSlack
from tests.storage.samples import NOW, a_subscription

CHANNEL = "C0GENERAL"
LEASE = timedelta(minutes=1)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.open()
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def loop(real_answerer: Answerer, slack: FakeSlack, store: Store, clock: Clock) -> Iterator[Loop]:
    client = WebClient(slack.token, base_url=slack.url, timeout=2, retry_handlers=[])
    channels = ChannelPosts(
        lambda _subscription: client, lambda: real_answerer.highlights, quiz=lambda: False
    )
    posting = Posting(store, channels, channels.keys, Terms(LEASE), clock, clock.monotonic)
    made = Loop(store.subscriptions, posting, posters=1, clock=clock)
    yield made
    made.close()


def turn(loop: Loop, clock: Clock) -> None:
    loop.tick(clock.now)
    assert loop.settle(timeout=20)


def messages(slack: FakeSlack, channel: str = CHANNEL) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = slack.channels.get(channel, {}).get("messages", [])
    return found


def test_eight_days_bring_the_eight_takeaways_then_other_quotes(
    loop: Loop, store: Store, slack: FakeSlack, clock: Clock, real_answerer: Answerer
) -> None:
    store.subscriptions.save(a_subscription(channel_id=CHANNEL, weekdays=False))
    for _ in range(10):
        turn(loop, clock)
        clock.move(timedelta(days=1))
    texts = [message["text"] for message in messages(slack)]
    takeaways = [highlight.quote.shown for highlight in real_answerer.highlights[:8]]
    assert len(texts) == 10
    for takeaway, text in zip(takeaways, texts, strict=False):
        assert takeaway.replace("&", "&amp;") in text
    assert len(set(texts)) == 10
    assert slack.refused == []


@pytest.mark.parametrize(
    "change",
    [{"is_archived": True}, {"is_member": False}],
    ids=["archived", "left"],
)
def test_a_channel_that_goes_is_turned_off_never_joined_again_and_its_maker_told(
    change: dict[str, bool], loop: Loop, store: Store, slack: FakeSlack, clock: Clock
) -> None:
    made = store.subscriptions.save(a_subscription(channel_id=CHANNEL, made_by="U0000ALEXA"))
    slack.channels[CHANNEL].update(change)
    turn(loop, clock)
    clock.move(timedelta(days=5))
    turn(loop, clock)
    (told,) = messages(slack, "U0000ALEXA")
    assert CHANNEL in told["text"]
    found = store.subscriptions.get(made.id)
    assert found is not None
    assert found == replace(found, due_at=None)
    assert found.stopped
    assert not [call for call in slack.calls if call.method == "conversations.join"]


@pytest.mark.parametrize("taken", [0, 1])
def test_a_connection_that_is_cut_is_settled_by_the_history(
    taken: int, loop: Loop, store: Store, slack: FakeSlack, clock: Clock
) -> None:
    store.subscriptions.save(a_subscription(channel_id=CHANNEL))
    take = slack.handlers["chat.postMessage"]

    def cut(call: Any) -> dict[str, Any]:
        if taken:
            take(call)
        slack.handlers["chat.postMessage"] = take
        raise ConnectionAbortedError

    slack.handlers["chat.postMessage"] = cut
    turn(loop, clock)
    assert len(messages(slack)) == taken
    clock.move(LEASE)
    turn(loop, clock)
    assert len(messages(slack)) == 1
    assert store.posts.counts() == {"claimed": 0, "posted": 1, "skipped": 0}
