"""Cards at a Slack that is strict: sent once, found again; refusals are as for the daily post."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.announcing import Told
from bot.answers import Answerer, ready
from bot.episodes import load
from bot.posting import Gone, Mark, Posted, Skip
from bot.slack.announcing.posts import ChannelNews
from bot.terminal import Call
from tests.fakes.shows import write_episode, write_shows
from tests.fakes.slack import FakeSlack
from tests.storage.samples import a_news_channel

CHANNEL = a_news_channel(id="n1", channel_id="C0GENERAL", made_by="U0000ALEXA")
MARK = Mark("n1", 4)
CARD = Told(("kitchen-3",)).item


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shows")
    write_shows(made)
    return made


@pytest.fixture
def answerer(folder: Path) -> Answerer:
    return ready(load(folder), folder)


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    return WebClient(slack.token, base_url=slack.url, retry_handlers=[])


@pytest.fixture
def posts(client: WebClient, answerer: Answerer) -> ChannelNews:
    return ChannelNews(lambda _channel: client, answerer)


def sent(slack: FakeSlack, channel: str = "C0GENERAL") -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = slack.channels[channel]["messages"]
    return messages


def test_a_card_bears_its_mark_and_is_found_by_it_alone(
    posts: ChannelNews, slack: FakeSlack
) -> None:
    since = datetime.now(UTC) - timedelta(minutes=5)
    assert posts.find(CHANNEL, MARK, since) is None
    outcome = posts.post(CHANNEL, CARD, MARK)
    [message] = sent(slack)
    assert outcome == Posted(message["ts"]) == posts.find(CHANNEL, MARK, since)
    assert message["metadata"] == {
        "event_type": "new_episode",
        "event_payload": {"subscription": "n1", "number": 4},
    }
    for other in (Mark("n1", 3), Mark("n2", 4)):
        assert posts.find(CHANNEL, other, since) is None
    assert slack.refused == []


def test_a_cut_connection_sends_nothing_again(posts: ChannelNews, slack: FakeSlack) -> None:
    take = slack.handlers["chat.postMessage"]

    def take_and_cut(call: Call) -> dict[str, Any]:
        take(call)
        raise ConnectionAbortedError

    slack.handlers["chat.postMessage"] = take_and_cut
    posts.post(CHANNEL, CARD, MARK)
    assert len(sent(slack)) == 1


def test_an_episode_that_has_gone_is_left_out_and_nothing_is_sent_of_none(
    posts: ChannelNews, slack: FakeSlack
) -> None:
    assert posts.post(CHANNEL, Told(("gone",)).item, MARK) == Skip("episode_gone")
    assert sent(slack) == []
    listed = Told(("gone", "garden-7", "kitchen-3"), is_list=True)
    posts.post(CHANNEL, listed.item, MARK)
    assert sent(slack)[0]["text"].startswith("2 more new episodes:")


def test_what_is_read_meanwhile_is_known(
    folder: Path, posts: ChannelNews, answerer: Answerer, slack: FakeSlack, tmp_path: Path
) -> None:
    assert posts.knows("kitchen-3")
    assert not posts.knows("walk-1")
    write_episode(tmp_path, "walk-1", "Night Walks", "Walk")
    answerer.take(load(tmp_path))
    assert posts.knows("walk-1")
    posts.post(CHANNEL, Told(("walk-1",)).item, MARK)
    assert "Night Walks" in sent(slack)[0]["text"]
    assert folder.exists()


def test_whoever_made_it_is_told_why_it_is_off(posts: ChannelNews, slack: FakeSlack) -> None:
    posts.tell(CHANNEL, "is_archived")
    [told] = sent(slack, "U0000ALEXA")
    assert "<#C0GENERAL> was turned off, because the channel was archived" in told["text"]
    assert "/llm new on" in told["text"]


def test_a_workspace_without_the_app_is_gone(answerer: Answerer) -> None:
    posts = ChannelNews(lambda _channel: None, answerer)
    assert posts.post(CHANNEL, CARD, MARK) == Gone("uninstalled")
