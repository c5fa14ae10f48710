"""Unasked answers at a Slack that is strict: sent once into the thread, and found there again."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.episodes import load
from bot.posting import Gone, Mark, Posted, Skip, Unsure
from bot.slack.listening.posts import ChannelAnswers
from bot.storage import ListeningChannel, Store
from bot.terminal import Call
from tests.fakes.slack import FakeSlack
from tests.storage.samples import ASKER, MINUTE, NOW, a_listening_channel, an_open_question

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
WHERE = "C0GENERAL"
QUESTION = "What is RAG?"


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(load(KNOWLEDGE))


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store.open()) as opened:
        yield opened


@pytest.fixture
def channel(store: Store) -> ListeningChannel:
    """A channel in which a question waits, whose answer has been claimed."""
    asked = a_listening_channel(id="l1", channel_id=WHERE, made_by="U0000ALEXA", due_at=NOW)
    return store.listening.save(asked)


@pytest.fixture
def asked(channel: ListeningChannel, store: Store, slack: FakeSlack) -> str:
    ts = slack.say(WHERE, QUESTION, user="U0000BILL0")
    store.listening.put(ASKER, WHERE, an_open_question(ts, question=QUESTION), NOW)
    due = store.listening.get(channel.id)
    assert due is not None
    assert store.unasked_answers.claim(due, 1, ts, now=NOW, until=NOW + MINUTE)
    return ts


@pytest.fixture
def answers(slack: FakeSlack, answerer: Answerer, store: Store) -> ChannelAnswers:
    client = WebClient(slack.token, base_url=slack.url, retry_handlers=[])
    return ChannelAnswers(lambda _channel: client, answerer, store)


MARK = Mark("l1", 1)
SINCE = datetime.now(UTC) - timedelta(minutes=5)


def sent(slack: FakeSlack) -> list[dict[str, Any]]:
    return [one for one in slack.channels[WHERE]["messages"] if one.get("bot_id")]


def test_an_answer_stands_in_the_thread_and_is_found_there_by_its_mark_alone(
    answers: ChannelAnswers, channel: ListeningChannel, asked: str, slack: FakeSlack
) -> None:
    assert answers.find(channel, MARK, SINCE) is None
    outcome = answers.post(channel, asked, MARK)
    [message] = sent(slack)
    assert message["thread_ts"] == asked
    assert outcome == Posted(message["ts"]) == answers.find(channel, MARK, SINCE)
    message["metadata"]["event_payload"]["number"] = 2
    assert answers.find(channel, MARK, SINCE) is None
    assert slack.refused == []


def test_a_cut_connection_sends_nothing_again_and_the_answer_is_found(
    answers: ChannelAnswers, channel: ListeningChannel, asked: str, slack: FakeSlack
) -> None:
    take = slack.handlers["chat.postMessage"]

    def take_and_cut(call: Call) -> dict[str, Any]:
        take(call)
        raise ConnectionAbortedError

    slack.handlers["chat.postMessage"] = take_and_cut
    assert answers.post(channel, asked, MARK) == Unsure()
    [message] = sent(slack)
    assert answers.find(channel, MARK, SINCE) == Posted(message["ts"])


def test_what_was_withdrawn_since_is_not_answered(
    answers: ChannelAnswers,
    channel: ListeningChannel,
    asked: str,
    store: Store,
    slack: FakeSlack,
) -> None:
    store.listening.withdraw(ASKER.team_id, WHERE, asked)
    assert answers.post(channel, asked, MARK) == Skip("withdrawn")
    assert slack.calls == []


def test_what_was_reworded_since_to_something_unsure_is_not_answered(
    answers: ChannelAnswers, channel: ListeningChannel, asked: str, store: Store
) -> None:
    words = "who is the king of France?"
    store.listening.reword(ASKER.team_id, WHERE, asked, words)
    assert not answers.is_sure(channel, words)
    assert answers.post(channel, asked, MARK) == Skip("withdrawn")


def test_a_reply_that_nobody_heard_of_is_seen(
    answers: ChannelAnswers, channel: ListeningChannel, asked: str, slack: FakeSlack
) -> None:
    slack.say(WHERE, "a way to look things up", user="U0000CARLA", thread_ts=asked)
    assert answers.post(channel, asked, MARK) == Skip("replied")


def test_a_slack_that_fails_at_the_look_sends_nothing(
    answers: ChannelAnswers, channel: ListeningChannel, asked: str, slack: FakeSlack
) -> None:
    slack.fail_next("conversations.replies", status=500, error="internal_error")
    assert answers.post(channel, asked, MARK) == Unsure()
    assert sent(slack) == []


def test_a_channel_that_the_bot_left_is_gone(
    answers: ChannelAnswers, channel: ListeningChannel, asked: str, slack: FakeSlack
) -> None:
    slack.channels[WHERE]["is_member"] = False
    assert answers.post(channel, asked, MARK) == Gone("not_in_channel")


def test_whoever_turned_it_on_is_told_why_it_is_off(
    answers: ChannelAnswers, channel: ListeningChannel, slack: FakeSlack
) -> None:
    answers.tell(channel, "is_archived")
    [told] = slack.channels["U0000ALEXA"]["messages"]
    assert told["text"] == (
        f"Listening for questions was turned off for <#{WHERE}>, because the channel was archived. "
        "An admin can turn it on with `/llm listen on`."
    )
