"""Thumbs below an answer, and why one was down."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from bot.storage import Asker, Feedback, Store
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, USER, Workspace

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EVER = datetime(2026, 1, 1, tzinfo=UTC)
OTHER: dict[str, dict[str, Any]] = {
    "reason": {"selected_option": {"value": "says_more"}},
    "comment": {"value": "the cost"},
}


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


def thumbs(workspace: Workspace) -> dict[str, Any]:
    """The thumbs below the answer to a mention."""
    workspace.mention("@llm define RAG")
    workspace.settle()
    [buttons] = workspace.slack.wait_for("chat.postMessage")[-1].body["blocks"][-1]["elements"]
    found: dict[str, Any] = buttons
    return found


def press(workspace: Workspace, buttons: dict[str, Any], *, helpful: bool) -> None:
    """Press one of the thumbs, which is acknowledged with nothing."""
    value = buttons["positive_button" if helpful else "negative_button"]["value"]
    press_value(workspace, value)


def press_value(workspace: Workspace, value: str) -> None:
    action = {"type": "feedback_buttons", "action_id": "thumbs", "value": value}
    public = {"container": {"type": "message", "channel_id": CHANNEL, "message_ts": "1.2"}}
    response = workspace.press(action, **public)
    assert (response.status, response.body) == (200, "")
    workspace.settle()


def test_what_cannot_be_read_is_said_so_in_the_thread_of_the_thumb(
    workspace: Workspace, slack: FakeSlack
) -> None:
    held = {"type": "message", "channel_id": CHANNEL, "message_ts": "1.2", "thread_ts": "1.1"}
    action = {"type": "feedback_buttons", "action_id": "thumbs", "value": "forged"}
    workspace.press(action, container=held)
    workspace.settle()
    [said] = called(slack, "response_url")
    assert (said["response_type"], said["thread_ts"]) == ("ephemeral", "1.1")


def kept(store: Store, slack: FakeSlack) -> list[Feedback]:
    return store.questions.judged(EVER, slack.team_id)


def called(slack: FakeSlack, method: str) -> list[dict[str, Any]]:
    return [call.body for call in slack.calls if call.method == method]


def test_a_thumb_up_is_kept_with_the_passages_and_nothing_is_said(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    press(workspace, thumbs(workspace), helpful=True)
    [question] = store.questions.asked(EVER)
    [thumb] = kept(store, slack)
    assert thumb == Feedback(question.id, True, question.passages, NOW)  # noqa: FBT003 - the thumb
    assert thumb.passages
    assert called(slack, "response_url") == called(slack, "views.open") == []


def test_a_thumb_down_is_kept_at_once_and_asks_why(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    press(workspace, thumbs(workspace), helpful=False)
    [thumb] = kept(store, slack)
    assert (thumb.helpful, thumb.reason) == (False, None)
    [opened] = called(slack, "views.open")
    assert opened["trigger_id"] == "1.2.3"
    assert opened["view"]["callback_id"] == "thumb_reason"


def test_the_reason_is_kept_in_place_of_the_thumb_alone(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    press(workspace, thumbs(workspace), helpful=False)
    [opened] = called(slack, "views.open")
    response = workspace.submit(opened["view"], **OTHER)
    assert (response.status, response.body) == (200, "")
    workspace.settle()
    [thumb] = kept(store, slack)
    assert (thumb.helpful, thumb.reason, thumb.comment) == (False, "says_more", "the cost")
    assert thumb.passages


def test_the_latest_thumb_counts(workspace: Workspace, store: Store, slack: FakeSlack) -> None:
    buttons = thumbs(workspace)
    press(workspace, buttons, helpful=False)
    press(workspace, buttons, helpful=True)
    assert [thumb.helpful for thumb in kept(store, slack)] == [True]


def test_a_declined_question_can_be_judged_too(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    workspace.mention("@llm what is the best recipe for sourdough bread?")
    workspace.settle()
    [buttons] = slack.wait_for("chat.postMessage")[-1].body["blocks"][-1]["elements"]
    press(workspace, buttons, helpful=True)
    [thumb] = kept(store, slack)
    assert thumb.passages == ()


@pytest.mark.parametrize("value", ["", "null", "[]", "x" * 2_001, '["a",true]', '["a",1,[]]'])
def test_a_forged_value_keeps_nothing(
    workspace: Workspace, store: Store, slack: FakeSlack, value: str
) -> None:
    press_value(workspace, value)
    [said] = called(slack, "response_url")
    assert said["response_type"] == "ephemeral"
    assert "can no longer be read" in said["text"]
    assert kept(store, slack) == []


def test_passages_of_another_edition_are_left_out(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    press_value(workspace, json.dumps(["a1", True, [["episode-02", "0" * 12, [[1, 2]]]]]))
    [thumb] = kept(store, slack)
    assert (thumb.answer_id, thumb.passages) == ("a1", ())


@pytest.mark.parametrize("metadata", ["", "no value", '["a1",true,[]]'])
def test_a_reason_for_no_thumb_that_was_down_is_not_kept(
    workspace: Workspace, store: Store, slack: FakeSlack, metadata: str
) -> None:
    view = {"callback_id": "thumb_reason", "private_metadata": metadata}
    assert workspace.submit(view, **OTHER).status == 200
    workspace.settle()
    assert kept(store, slack) == []


def test_another_workspaces_thumb_on_the_same_answer_stays_its_own(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    theirs = Feedback("a1", helpful=False, passages=(), given_at=NOW)
    store.questions.judge(Asker("T0OTHER", USER), theirs)
    press_value(workspace, '["a1",true,[]]')
    assert store.questions.judged(EVER, "T0OTHER") == [theirs]
    assert [thumb.helpful for thumb in kept(store, slack)] == [True]


class TestWithoutTheTable:
    @pytest.fixture(autouse=True)
    def _gone(self, store: Store) -> None:
        with store.database.writing() as connection:
            connection.execute(text("DROP TABLE feedback"))

    def test_a_thumb_that_cannot_be_kept_is_said_so(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        press(workspace, thumbs(workspace), helpful=False)
        [said] = called(slack, "response_url")
        assert "was not kept" in said["text"]
        assert called(slack, "views.open") == []

    def test_a_reason_that_cannot_be_kept_is_said_so(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        view = {"callback_id": "thumb_reason", "private_metadata": '["a1",false,[]]'}
        assert workspace.submit(view, **OTHER).status == 200
        workspace.settle()
        [said] = called(slack, "chat.postMessage")
        assert said["channel"] == USER
        assert "was not kept" in said["text"]
