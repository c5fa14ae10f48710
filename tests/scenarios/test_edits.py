"""A mention that somebody adds by editing their message."""

from typing import Any

import pytest

from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, USER, Workspace, mention_payload

ASKED_AT = 1_700_000_000
TS = f"{ASKED_AT}.000100"


def message(slack: FakeSlack, text: str, seconds: int | None = None) -> dict[str, Any]:
    """The message, edited so many seconds after it was written, if it was."""
    marked = text.replace("@llm", f"<@{slack.bot_user_id}>")
    said = {"type": "message", "user": USER, "text": marked, "ts": TS}
    at = {"edited": {"user": USER, "ts": f"{ASKED_AT + (seconds or 0)}.000000"}}
    return said | (at if seconds is not None else {})


def changed(workspace: Workspace, before: str, after: str, seconds: int = 20) -> None:
    """Slack tells of an edit as a change of the message."""
    slack = workspace.slack
    workspace.event(
        "message",
        subtype="message_changed",
        channel=CHANNEL,
        channel_type="channel",
        ts=f"{ASKED_AT + seconds}.000200",
        hidden=True,
        message=message(slack, after, seconds),
        previous_message=message(slack, before),
    )
    workspace.settle()


def mentioned(workspace: Workspace, text: str, seconds: int | None = None) -> None:
    """Slack tells of a mention, again for each edit."""
    said = message(workspace.slack, text, seconds)
    payload = mention_payload(workspace.slack, **said)
    payload["event"] |= {"type": "app_mention"}
    workspace.send_json(payload)
    workspace.settle()


def answers(slack: FakeSlack) -> list[dict[str, Any]]:
    return [call.body for call in slack.calls if call.method == "chat.postMessage"]


def test_it_is_answered_in_the_messages_thread(workspace: Workspace, slack: FakeSlack) -> None:
    changed(workspace, "what is RAG?", "@llm what is RAG?")
    [answer] = answers(slack)
    assert answer["thread_ts"] == TS
    assert "Retrieval Augmented Generation" in answer["text"]


def test_it_is_answered_once_however_slack_tells_of_it(
    workspace: Workspace, slack: FakeSlack
) -> None:
    changed(workspace, "what is RAG?", "@llm what is RAG?")
    mentioned(workspace, "@llm what is RAG?", 20)
    changed(workspace, "hm", "@llm what is RAG?", 40)
    mentioned(workspace, "@llm what is RAG, really?", 60)
    assert len(answers(slack)) == 1


def test_the_mention_alone_tells_of_it_too(workspace: Workspace, slack: FakeSlack) -> None:
    mentioned(workspace, "@llm what is RAG?", 20)
    assert len(answers(slack)) == 1


def test_an_answered_mention_is_not_answered_again_when_it_is_edited(
    workspace: Workspace, slack: FakeSlack
) -> None:
    mentioned(workspace, "@llm what is RAG?")
    changed(workspace, "@llm what is RAG?", "@llm what is tokenization?")
    mentioned(workspace, "@llm what is tokenization?", 20)
    assert len(answers(slack)) == 1


@pytest.mark.parametrize("seconds", [301, 86_400])
def test_a_mention_that_comes_late_is_not_answered(
    workspace: Workspace, slack: FakeSlack, seconds: int
) -> None:
    changed(workspace, "what is RAG?", "@llm what is RAG?", seconds)
    mentioned(workspace, "@llm what is RAG?", seconds)
    assert answers(slack) == []


def test_a_failure_is_told_to_the_person(
    workspace: Workspace, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fail_next("chat.postMessage", error="internal_error")
    changed(workspace, "what is RAG?", "@llm what is RAG?")
    [apology] = [body for body in answers(slack) if "went wrong" in body["text"]]
    assert apology["thread_ts"] == TS
    assert "internal_error" in caplog.text
    slack.refused.clear()
