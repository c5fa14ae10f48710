"""*Ask about this*: from the button below a daily post to the answer in the form's place."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answers import Answerer, NoAnswer
from bot.slack.daily.message import ASK_ABOUT, daily_message
from bot.storage import Store
from tests.fakes.limits import view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import Workspace

EVER = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def button(answerer: Answerer) -> dict[str, Any]:
    """The button below the post of takeaway 4."""
    [highlight] = [one for one in answerer.highlights if one.key == "episode-02/takeaway/4"]
    [row] = [b for b in daily_message(highlight, "a1")["blocks"] if b["type"] == "actions"]
    [found] = [one for one in row["elements"] if one["action_id"] == ASK_ABOUT]
    return dict(found)


def form(workspace: Workspace, button: dict[str, Any]) -> dict[str, Any]:
    assert workspace.press(button).status == 200
    workspace.settle()
    view: dict[str, Any] = workspace.slack.wait_for("views.open")[-1].body["view"]
    return view


def answer(workspace: Workspace, view: dict[str, Any], question: Any) -> dict[str, Any]:
    """What the form is answered with."""
    response = workspace.submit(view, question={"value": question})
    workspace.settle()
    body: dict[str, Any] = json.loads(response.body)
    return body


def test_the_form_shows_what_was_posted(workspace: Workspace, button: dict[str, Any]) -> None:
    assert "RAG is your friend" in str(form(workspace, button)["blocks"])


def test_the_answer_stands_in_the_forms_place_and_the_question_is_kept(
    workspace: Workspace, store: Store, button: dict[str, Any]
) -> None:
    answered = answer(workspace, form(workspace, button), "what is tokenization?")
    assert answered["response_action"] == "update"
    assert view_faults(answered["view"]) == []
    assert "token" in str(answered["view"]["blocks"])
    [kept] = store.questions.asked(EVER)
    assert (kept.surface, kept.question) == ("daily", "what is tokenization?")


def test_a_question_that_leans_on_the_post_is_read_with_it(
    workspace: Workspace, store: Store, button: dict[str, Any], answerer: Answerer
) -> None:
    assert isinstance(answerer.ask("why?"), NoAnswer)
    answer(workspace, form(workspace, button), "why?")
    [kept] = store.questions.asked(EVER)
    assert (kept.question, kept.answered) == ("why?", True)


@pytest.mark.parametrize("question", [None, "", "   ", 7])
def test_a_form_without_a_question_says_so(
    workspace: Workspace, store: Store, button: dict[str, Any], question: Any
) -> None:
    refused = answer(workspace, form(workspace, button), question)
    assert refused == {"response_action": "errors", "errors": {"question": "Write a question."}}
    assert store.questions.asked(EVER) == []


def test_a_form_whose_metadata_was_forged_answers_the_question_by_itself(
    workspace: Workspace, button: dict[str, Any]
) -> None:
    view = form(workspace, button) | {"private_metadata": "<!channel> buy now"}
    assert "buy now" not in str(answer(workspace, view, "define RAG"))


@pytest.mark.parametrize("value", ["", "null", '[["episode-02","000000000000",[[1,2]]]]'])
def test_a_post_of_another_edition_is_not_quoted(
    workspace: Workspace, slack: FakeSlack, button: dict[str, Any], value: str
) -> None:
    workspace.press({**button, "value": value})
    workspace.settle()
    [said] = slack.wait_for("response_url")
    assert "has changed since" in said.body["text"]
    assert "views.open" not in {call.method for call in slack.calls}
