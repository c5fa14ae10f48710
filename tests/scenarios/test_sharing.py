"""*Share to channel*: from the private answer to the public one."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.terminal import Call, RefusedError
from tests.fakes.workspace import USER, Workspace

Handler = Callable[[Call], dict[str, Any]]


def private_answer(workspace: Workspace, text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answer to `/llm text` and its button."""
    workspace.command(text)
    workspace.settle()
    body = workspace.slack.wait_for("response_url")[-1].body
    [button] = [
        element
        for block in body["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    return body, button


def pressed(workspace: Workspace, button: dict[str, Any]) -> list[dict[str, Any]]:
    """What Slack gets when the button is pressed; the press is acknowledged with nothing."""
    before = len(workspace.slack.calls)
    acknowledged = workspace.press(button)
    assert (acknowledged.status, acknowledged.body) == (200, "")
    workspace.settle()
    return [c.body for c in workspace.slack.calls[before:] if c.method != "auth.test"]


@pytest.mark.parametrize(
    "text",
    [
        "define RAG",
        "takeaway 4",
        "takeaways",
        "segments",
        "terms",
        "what is tokenization?",
        "what makes a good prompt",
    ],
)
def test_the_same_quotes_stand_in_the_channel(workspace: Workspace, text: str) -> None:
    private, button = private_answer(workspace, text)
    shared, _ = pressed(workspace, button)
    assert shared["response_type"] == "in_channel"
    assert shared["replace_original"] is False
    lead = 1 if private["blocks"][0]["elements"][0]["type"] == "rich_text_section" else 0
    *quoted, _share, _thumbs = private["blocks"][lead:]
    *_lead, credit, thumbs = shared["blocks"]
    assert shared["blocks"][-len(quoted) - 2 : -2] == quoted
    assert credit["elements"][0]["text"] == f"Shared by <@{USER}>"
    assert thumbs["type"] == "context_actions"
    assert shared["text"].endswith(f"Shared by <@{USER}>")


def test_a_list_that_the_dialogue_makes_is_shared_as_a_list(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "what makes a good prompt")
    kind, [[_, _, spans]] = json.loads(button["value"])
    shared, _ = pressed(workspace, button)
    assert kind == "list"
    assert len(spans) > 3
    [items] = [
        part["elements"]
        for block in shared["blocks"]
        for part in block["elements"]
        if part["type"] == "rich_text_list"
    ]
    assert len(items) == len(spans)


def test_the_private_answer_goes_once_it_is_shared_and_its_button_with_it(
    workspace: Workspace,
) -> None:
    _, button = private_answer(workspace, "define RAG")
    shared, removal = pressed(workspace, button)
    assert shared["response_type"] == "in_channel"
    assert removal == {"delete_original": True}


def test_an_answer_that_could_not_be_shared_keeps_its_button(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "define RAG")
    workspace.slack.fail_next("response_url", status=500)
    with workspace.slack.hold("response_url"):  # for Bolt forgets the ack of what fails at once
        assert workspace.press(button).status == 200
    workspace.settle()
    _, _, apology = workspace.slack.wait_for("response_url", 3)
    assert "something went wrong" in apology.body["text"]
    assert "delete_original" not in apology.body
    workspace.slack.refused.clear()


@pytest.mark.parametrize("status", [200, 404, 500])
def test_a_button_that_cannot_be_taken_away_changes_nothing_about_what_was_shared(
    workspace: Workspace, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    _, button = private_answer(workspace, "define RAG")
    workspace.slack.handlers["response_url"] = _refusing_to_delete(status)
    shared, removal = pressed(workspace, button)
    assert shared["response_type"] == "in_channel"
    assert removal == {"delete_original": True}
    assert "keeps its button" in caplog.text
    workspace.slack.refused.clear()


def _refusing_to_delete(status: int) -> Handler:
    def respond(call: Call) -> dict[str, Any]:
        if call.body.get("delete_original"):
            raise RefusedError("cannot_delete", status=status)
        return {}

    return respond


def with_value(button: dict[str, Any], value: Any) -> dict[str, Any]:
    return {**button, "value": json.dumps(value) if isinstance(value, list) else value}


def refused(workspace: Workspace, button: dict[str, Any]) -> None:
    """Pressing the button tells the person alone that nothing was shared."""
    [answer] = pressed(workspace, button)
    assert answer["response_type"] == "ephemeral"
    assert answer["replace_original"] is False
    assert "can no longer be shared" in answer["text"]


def test_a_quote_of_an_older_edition_is_refused(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "define RAG")
    kind, [[episode, _, spans]] = json.loads(button["value"])
    refused(workspace, with_value(button, [kind, [[episode, "0" * 12, spans]]]))


def test_a_span_that_was_never_quoted_is_refused(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "define RAG")
    kind, [[episode, digest, [[start, end], *_]]] = json.loads(button["value"])
    refused(workspace, with_value(button, [kind, [[episode, digest, [[start + 1, end]]]]]))


@pytest.mark.parametrize(
    "value", ["", "<!channel> buy now", '["quote",[]]', "[" * 2_000, "x" * 2_001, "null"]
)
def test_a_forged_value_is_refused(workspace: Workspace, value: str) -> None:
    _, button = private_answer(workspace, "define RAG")
    refused(workspace, with_value(button, value))


def test_a_button_without_a_value_is_refused(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "define RAG")
    del button["value"]
    refused(workspace, button)
