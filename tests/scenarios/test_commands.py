"""`/llm …`, from Slack's request to what Slack gets back."""

from typing import Any

import pytest

from bot.slack.answer.buttons import SHARE
from bot.slack.help import COMMAND, EXAMPLES, SUBCOMMANDS
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import Workspace


def answer_to(workspace: Workspace, text: str) -> dict[str, Any]:
    """What Slack gets for `/llm text`; the command itself is acknowledged with nothing."""
    acknowledged = workspace.command(text)
    assert (acknowledged.status, acknowledged.body) == (200, "")
    workspace.settle()
    [call] = workspace.slack.wait_for("response_url")
    assert call.body["response_type"] == "ephemeral"
    return call.body


def quotes_in(body: dict[str, Any]) -> list[str]:
    return [
        element["elements"][0]["text"]
        for block in body["blocks"]
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_quote"
    ]


def items_in(body: dict[str, Any]) -> list[str]:
    return [
        "".join(part["text"] for part in item["elements"])
        for block in body["blocks"]
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_list"
        for item in element["elements"]
    ]


def buttons_in(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        element
        for block in body["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def test_define_quotes_the_sheet_and_the_host(workspace: Workspace) -> None:
    body = answer_to(workspace, "define RAG")
    assert any(quote.startswith("Combining retrieved documents") for quote in quotes_in(body))
    credits_ = [b["elements"][0]["text"] for b in body["blocks"] if b["type"] == "context"]
    assert any("Alex Chen" in line for line in credits_)
    assert not any("Episode 2" in line for line in credits_)
    assert all(quote in body["text"] for quote in quotes_in(body))


def test_an_unknown_term_offers_the_nearest_as_buttons(workspace: Workspace) -> None:
    body = answer_to(workspace, "define tokenizaton of doom")
    assert "define Tokenization" in [button["value"] for button in buttons_in(body)]
    assert items_in(body) == []


def test_a_takeaway_by_its_number(workspace: Workspace) -> None:
    [quote] = quotes_in(answer_to(workspace, "takeaway 4"))
    assert "RAG is your friend" in quote


@pytest.mark.parametrize("text", ["takeaways", "takeaway"])
def test_all_takeaways(workspace: Workspace, text: str) -> None:
    body = answer_to(workspace, text)
    assert len(items_in(body)) == 8
    assert "Plan for change" in body["text"]


def test_the_segments(workspace: Workspace) -> None:
    body = answer_to(workspace, "segments")
    assert len(items_in(body)) >= 8


def test_the_terms(workspace: Workspace) -> None:
    assert len(items_in(answer_to(workspace, "terms"))) == 13


@pytest.mark.parametrize("text", ["", "  ", "help"])
def test_help_lists_every_command(workspace: Workspace, text: str) -> None:
    body = answer_to(workspace, text)
    listed = [f"/llm {usage}: {meaning}" for usage, meaning in SUBCOMMANDS.items()]
    assert items_in(body) == [*EXAMPLES, *listed]
    assert "automated" in body["text"]


@pytest.mark.parametrize(
    "text", ["ask what is tokenization?", "what is tokenization?", "What Is TOKENIZATION"]
)
def test_a_question_with_or_without_ask(workspace: Workspace, text: str) -> None:
    body = answer_to(workspace, text)
    assert any("token" in quote for quote in quotes_in(body))
    assert SHARE in [button["action_id"] for button in buttons_in(body)]


def test_a_subcommand_counts_only_if_the_rest_fits(workspace: Workspace) -> None:
    body = answer_to(workspace, "help me understand attention")
    assert any("attention" in quote.lower() for quote in quotes_in(body))


def test_what_the_episode_does_not_say_is_declined(workspace: Workspace) -> None:
    body = answer_to(workspace, "what is the best recipe for sourdough bread?")
    assert body["text"].startswith("The episode doesn't say.")
    assert quotes_in(body) == []
    assert SHARE not in [button["action_id"] for button in buttons_in(body)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_help_is_answered(workspace: Workspace, example: str) -> None:
    workspace.command(example.removeprefix(f"{COMMAND} "))
    workspace.settle()
    [call] = [call for call in workspace.slack.calls if call.method != "auth.test"]
    assert call.method == "views.open" or SHARE in str(call.body["blocks"])


def test_an_answer_is_one_call_to_slack(workspace: Workspace, slack: FakeSlack) -> None:
    answer_to(workspace, "define RAG")
    assert [call.method for call in slack.calls] == ["auth.test", "response_url"]
