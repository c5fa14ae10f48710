"""*Share to channel*: from the private answer to the public one."""

import json
from typing import Any

import pytest

from tests.fakes.workspace import USER, Workspace


def private_answer(workspace: Workspace, text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answer to `/llm text` and its button."""
    workspace.command(text)
    workspace.settle()
    body = workspace.slack.wait_for("response_url")[-1].body
    return body, body["blocks"][-1]["elements"][0]


def pressed(workspace: Workspace, button: dict[str, Any]) -> dict[str, Any]:
    """What Slack gets when the button is pressed; the press is acknowledged with nothing."""
    before = len(workspace.slack.calls)
    acknowledged = workspace.press(button)
    assert (acknowledged.status, acknowledged.body) == (200, "")
    workspace.settle()
    [call] = [c for c in workspace.slack.calls[before:] if c.method != "auth.test"]
    return call.body


@pytest.mark.parametrize(
    "text", ["define RAG", "takeaway 4", "takeaways", "segments", "terms", "what is tokenization?"]
)
def test_the_same_quotes_stand_in_the_channel(workspace: Workspace, text: str) -> None:
    private, button = private_answer(workspace, text)
    shared = pressed(workspace, button)
    assert shared["response_type"] == "in_channel"
    assert shared["replace_original"] is False
    lead = 1 if private["blocks"][0]["elements"][0]["type"] == "rich_text_section" else 0
    assert [block for block in private["blocks"] if block["type"] == "context"] == [
        block for block in shared["blocks"][:-1] if block["type"] == "context"
    ]
    assert private["blocks"][lead:-1] == shared["blocks"][-len(private["blocks"]) + lead : -1]
    assert shared["text"].endswith(f"Shared by <@{USER}>")


def with_value(button: dict[str, Any], value: Any) -> dict[str, Any]:
    return {**button, "value": json.dumps(value) if isinstance(value, list) else value}


def refused(workspace: Workspace, button: dict[str, Any]) -> None:
    """Pressing the button tells the person alone that nothing was shared."""
    answer = pressed(workspace, button)
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
