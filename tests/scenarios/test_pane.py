"""The agent pane: what it suggests when it opens, and conversations in it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.answers import Answer, Answerer
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import DIRECT, USER, Workspace

PROMPTS, TITLE = "assistant.threads.setSuggestedPrompts", "agents.sessions.setStatus"
TITLE_BEFORE = "assistant.threads.setTitle"


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def suggested(workspace: Workspace) -> dict[str, Any]:
    """What the pane shows when it is opened."""
    workspace.slack.calls.clear()
    event = workspace.event("app_home_opened", tab="messages", channel=DIRECT, user=USER)
    assert event.status == 200
    workspace.settle()
    [call] = workspace.slack.wait_for(PROMPTS)
    return call.body


def test_the_pane_opens_with_four_questions_that_are_answered(
    workspace: Workspace, answerer: Answerer
) -> None:
    body = suggested(workspace)
    assert body["channel_id"] == DIRECT
    assert "thread_ts" not in body  # with one, Slack shows nothing
    assert len(body["prompts"]) == 4
    for prompt in body["prompts"]:
        assert prompt["title"] == prompt["message"]
        assert isinstance(answerer.ask(prompt["message"]), Answer)


def test_the_next_day_it_opens_with_others(workspace: Workspace, clock: Clock) -> None:
    today = suggested(workspace)["prompts"]
    assert suggested(workspace)["prompts"] == today
    clock.now += timedelta(days=1)
    tomorrow = suggested(workspace)["prompts"]
    assert not any(prompt in today for prompt in tomorrow)


def test_a_suggestion_that_fails_is_nobodys_trouble(workspace: Workspace, slack: FakeSlack) -> None:
    slack.fail_next(PROMPTS, error="missing_scope")
    workspace.event("app_home_opened", tab="messages", channel=DIRECT, user=USER)
    workspace.settle()
    assert {call.method for call in slack.calls} == {"auth.test", PROMPTS}
    slack.refused.clear()


def test_a_conversation_is_called_by_its_first_question(
    workspace: Workspace, slack: FakeSlack
) -> None:
    workspace.direct("what is\n  tokenization?", ts="1700000009.000001")
    workspace.direct("and attention?", thread_ts="1700000009.000001")
    workspace.settle()
    [named] = slack.wait_for(TITLE)
    assert named.body["channel_id"] == DIRECT
    assert named.body["thread_ts"] == "1700000009.000001"
    assert named.body["title"] == "what is tokenization?"
    methods = [call.method for call in slack.calls]
    assert methods.index("chat.postMessage") < methods.index(TITLE)
    assert TITLE_BEFORE not in methods


def test_a_long_or_hostile_question_makes_a_short_and_plain_name(
    workspace: Workspace, slack: FakeSlack
) -> None:
    workspace.direct("why do models hallucinate? &lt;b&gt; &amp; so on <@U1|sam> " * 6)
    workspace.settle()
    [named] = slack.wait_for(TITLE)
    assert len(named.body["title"]) <= 60
    assert "<" not in named.body["title"]


def test_a_name_that_fails_hinders_no_answer(workspace: Workspace, slack: FakeSlack) -> None:
    slack.fail_next(TITLE, error="internal_error")
    workspace.direct("what is tokenization?")
    workspace.settle()
    [answer] = slack.wait_for("chat.postMessage")
    assert "token" in answer.body["text"]
    slack.refused.clear()


def test_where_there_are_no_sessions_the_older_method_names_it(
    workspace: Workspace, slack: FakeSlack
) -> None:
    slack.fail_next(TITLE, error="unknown_method")
    workspace.direct("what is tokenization?", ts="1700000009.000001")
    workspace.settle()
    [named] = slack.wait_for(TITLE_BEFORE)
    assert named.body["thread_ts"] == "1700000009.000001"
    assert named.body["title"] == "what is tokenization?"
    slack.refused.clear()


def test_a_title_that_a_person_chose_stays(workspace: Workspace, slack: FakeSlack) -> None:
    root = "1700000009.000001"
    workspace.direct("what is tokenization?", ts=root)
    workspace.settle()
    slack.sessions[DIRECT, root] = "Chosen by a person"
    workspace.direct("and attention?", thread_ts=root)
    workspace.direct("what is RAG?", thread_ts=root)
    workspace.settle()
    assert slack.sessions == {(DIRECT, root): "Chosen by a person"}
    assert len(slack.wait_for(TITLE)) == 1


@pytest.mark.parametrize("text", ["hi", "thanks!", "how are you?", "help"])
def test_small_talk_names_nothing(workspace: Workspace, slack: FakeSlack, text: str) -> None:
    workspace.direct(text)
    workspace.settle()
    slack.wait_for("chat.postMessage")
    assert not {TITLE, TITLE_BEFORE} & {call.method for call in slack.calls}


@pytest.mark.parametrize("text", ["", "?!", "👍"])
def test_a_message_without_words_names_nothing_and_gets_help(
    workspace: Workspace, slack: FakeSlack, text: str
) -> None:
    workspace.direct(text)
    workspace.settle()
    [answer] = slack.wait_for("chat.postMessage")
    assert "automated" in answer.body["text"]
    assert TITLE not in {call.method for call in slack.calls}


def test_follow_ups_in_a_conversation_need_no_mention(
    workspace: Workspace, slack: FakeSlack
) -> None:
    root = slack.say(DIRECT, "what is takeaway 4?", user=USER)
    workspace.direct("what is takeaway 4?", ts=root)
    workspace.direct("the next one", thread_ts=root)
    workspace.settle()
    _, answer = slack.wait_for("chat.postMessage", 2)
    assert answer.body["thread_ts"] == root
    assert "Build verification" in answer.body["text"]
