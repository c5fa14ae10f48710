"""The step of Workflow Builder: a question in, the answer in a channel and for later steps."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.storage import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, Workspace

EVER = datetime(2026, 1, 1, tzinfo=UTC)
COMPLETED, FAILED, POSTED = (
    "functions.completeSuccess",
    "functions.completeError",
    "chat.postMessage",
)


def run(workspace: Workspace, **inputs: Any) -> list[tuple[str, dict[str, Any]]]:
    """What Slack is asked to do for a step, its outputs read."""
    response = workspace.step("ask_episode", inputs)
    assert (response.status, response.body) == (200, "")
    workspace.settle()
    calls = [call for call in workspace.slack.calls if call.method != "auth.test"]
    return [(call.method, call.body | read(call.body)) for call in calls]


def read(body: dict[str, Any]) -> dict[str, Any]:
    return {"outputs": json.loads(body["outputs"])} if "outputs" in body else {}


def test_later_steps_get_the_answer_and_its_quote(workspace: Workspace, store: Store) -> None:
    [(method, body)] = run(workspace, question="what is tokenization?")
    assert (method, body["function_execution_id"]) == (COMPLETED, "Fx1")
    outputs = body["outputs"]
    assert outputs["answered"] is True
    assert outputs["quote"] in outputs["answer"]
    assert outputs["segment"] in outputs["answer"]
    [kept] = store.questions.asked(EVER)
    assert (kept.surface, kept.question) == ("workflow", "what is tokenization?")


def test_what_the_episode_does_not_say_is_no_answer(workspace: Workspace) -> None:
    [(_, body)] = run(workspace, question="what is the best recipe for sourdough bread?")
    assert body["outputs"]["answered"] is False
    assert body["outputs"]["answer"].startswith("The episode doesn't say.")
    assert set(body["outputs"]) == {"answered", "answer"}


def test_the_answer_is_posted_before_the_step_is_complete(workspace: Workspace) -> None:
    [(first, posted), (second, completed)] = run(workspace, question="define RAG", channel=CHANNEL)
    assert (first, second) == (POSTED, COMPLETED)
    assert posted["channel"] == CHANNEL
    assert completed["outputs"]["quote"] in posted["text"]


def test_a_step_that_comes_again_is_done_once(workspace: Workspace) -> None:
    for number in range(3):
        retried = {"x-slack-retry-num": str(number), "x-slack-retry-reason": "http_timeout"}
        event = {
            "type": "function_executed",
            "function": {"callback_id": "ask_episode"},
            "inputs": {"question": "define RAG", "channel": CHANNEL},
            "function_execution_id": "Fx1",
            "bot_access_token": workspace.slack.token,
        }
        payload = {
            "type": "event_callback",
            "team_id": workspace.slack.team_id,
            "event_id": "Ev0STEP",
            "event": event,
        }
        assert workspace.send_json(payload, retried).status == 200
    workspace.settle()
    assert [c.method for c in workspace.slack.calls].count(POSTED) == 1
    assert [c.method for c in workspace.slack.calls].count(COMPLETED) == 1


@pytest.mark.parametrize(
    "inputs", [{}, {"question": ""}, {"question": "?!"}, {"question": 7}, {"question": None}]
)
def test_without_a_question_the_step_fails_and_says_why(
    workspace: Workspace, inputs: dict[str, Any]
) -> None:
    [(method, body)] = run(workspace, **inputs)
    assert method == FAILED
    assert "no question" in body["error"]


@pytest.mark.parametrize("channel", ["general", "<!channel>", "U0000ALEXA", "C1"])
def test_what_is_no_channel_fails_the_step(workspace: Workspace, channel: str) -> None:
    [(method, body)] = run(workspace, question="define RAG", channel=channel)
    assert method == FAILED
    assert "don't know this step's channel" in body["error"]


def test_markup_in_a_question_is_read_as_people_see_it(workspace: Workspace) -> None:
    [(_, body)] = run(workspace, question="define &lt;RAG&gt; <!channel>")
    assert "<!channel>" not in body["outputs"]["answer"]


class TestWhereSlackRefuses:
    @pytest.fixture(autouse=True)
    def _meant(self, slack: FakeSlack) -> Iterator[None]:
        """The refusals are what is tested."""
        yield
        slack.refused.clear()

    @pytest.mark.parametrize("channel", ["G0PRIVATE", "C0UNKNOWN"])
    def test_a_channel_that_it_is_not_in_fails_the_step_and_says_so(
        self, workspace: Workspace, store: Store, channel: str
    ) -> None:
        calls = run(workspace, question="define RAG", channel=channel)
        assert [method for method, _ in calls] == [POSTED, FAILED]
        assert "invite me" in calls[1][1]["error"]
        assert store.questions.asked(EVER) == []

    def test_a_failure_for_good_fails_the_step_without_its_reason(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        slack.fail_next(POSTED, error="fatal_error")
        calls = run(workspace, question="define RAG", channel=CHANNEL)
        assert [method for method, _ in calls] == [POSTED, FAILED]
        assert "fatal_error" not in calls[1][1]["error"]

    def test_a_wait_that_slack_asks_for_is_waited_out(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        slack.fail_next(POSTED, retry_after=1)
        calls = run(workspace, question="define RAG", channel=CHANNEL)
        assert [method for method, _ in calls] == [POSTED, POSTED, COMPLETED]
