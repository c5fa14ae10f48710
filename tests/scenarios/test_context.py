"""*In context*: the turns around a quote, page by page."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.episodes import load
from bot.slack.answer.buttons import CONTEXT
from tests.fakes.limits import text_length, view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import Workspace

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
WHY = "how do hallucinations happen?"
QUOTE = "Hallucinations are the big one."


def buttons(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The buttons of a message or a view, by what they say."""
    rows = [block for block in shown["blocks"] if block["type"] == "actions"]
    return {one["text"]["text"]: one for row in rows for one in row["elements"]}


def context_button(workspace: Workspace, text: str = WHY) -> dict[str, Any]:
    workspace.command(text)
    workspace.settle()
    return buttons(workspace.slack.wait_for("response_url")[-1].body)["In context"]


def opened(workspace: Workspace, text: str = WHY) -> dict[str, Any]:
    """The modal that the button below an answer opens."""
    assert workspace.press(context_button(workspace, text)).status == 200
    workspace.settle()
    view: dict[str, Any] = workspace.slack.wait_for("views.open")[-1].body["view"]
    return view


def turned(workspace: Workspace, view: dict[str, Any], label: str) -> dict[str, Any]:
    """What the modal turns into when one of its buttons is pressed."""
    count = len([c for c in workspace.slack.calls if c.method == "views.update"])
    assert workspace.press_in_view(buttons(view)[label], view).status == 200
    workspace.settle()
    call = workspace.slack.wait_for("views.update", count + 1)[-1]
    assert call.body["view_id"] == "V0000000001"
    updated: dict[str, Any] = call.body["view"]
    return updated


def marked(view: dict[str, Any]) -> list[str]:
    """The words that stand as the quote, each announced as such."""
    found = []
    for block in view["blocks"]:
        for before, part in zip(block["elements"], block["elements"][1:], strict=False):
            if part["type"] == "rich_text_quote":
                assert before["elements"][0]["text"] == "The quote:"
                assert part["elements"][0]["style"] == {"bold": True}
                found.append(part["elements"][0]["text"])
    return found


def place(view: dict[str, Any]) -> str:
    """Which turns the modal says it shows."""
    lines = [b["elements"][0]["text"] for b in view["blocks"] if b["type"] == "context"]
    return str(lines[-1])


def test_the_quote_stands_marked_between_the_turns_around_it(workspace: Workspace) -> None:
    view = opened(workspace)
    assert view_faults(view) == []
    [quote] = marked(view)
    assert quote.startswith(QUOTE)
    assert place(view) == "Turns 40 to 42 of 142"
    shown = json.dumps(view)
    for words in ("Alex Chen", "Sam Rivera", "Capabilities and limitations"):
        assert words in shown
    assert "SEGMENT" not in shown
    around = view["blocks"][0]["elements"][0]["text"]
    assert around == (
        "Around: Alex Chen · Technical Expert · Capabilities and limitations · "
        "Episode 2: Large Language Models Deep Dive · turn 41 of 142"
    )


def test_earlier_and_later_page_through_the_whole_episode_and_end(workspace: Workspace) -> None:
    view = opened(workspace)
    while "Later" in buttons(view):
        view = turned(workspace, view, "Later")
        assert view_faults(view) == []
        assert text_length(view["blocks"]) < 13_000
    assert place(view).endswith(" 142 of 142")
    while "Earlier" in buttons(view):
        view = turned(workspace, view, "Earlier")
    assert place(view).startswith("Turns 1 to ")


def test_a_page_back_and_forth_is_the_same_page(workspace: Workspace) -> None:
    view = opened(workspace)
    later = turned(workspace, view, "Later")
    assert marked(later) == []
    assert turned(workspace, later, "Earlier")["blocks"] == view["blocks"]


def test_each_of_several_quotes_has_its_turn(workspace: Workspace) -> None:
    view = opened(workspace, "define RAG")
    assert place(view) == "Entries 8 to 10 of 13"
    seen = [marked(view)]
    for label in ("Quote 2 of 2", "Quote 1 of 2"):
        view = turned(workspace, view, label)
        seen.append(marked(view))
    assert seen[0] == seen[2] == ["Combining retrieved documents with generation"]
    assert len({quote for [quote] in seen}) == 2


def test_a_paged_view_shows_the_transcripts_words(
    workspace: Workspace,
) -> None:
    [episode] = load(KNOWLEDGE).episodes
    view = turned(workspace, opened(workspace), "Later")
    first, last = map(int, re.findall(r"\d+", place(view))[:2])
    for turn in episode.turns[first - 1 : last]:
        for paragraph in turn.paragraphs:
            assert episode.words(paragraph) in {
                element["text"]
                for block in view["blocks"]
                if block["type"] == "rich_text"
                for part in block["elements"]
                for element in part["elements"]
            }


FORGED = [
    "",
    "no JSON",
    "[]",
    "[[],0,0]",
    '[[["episode-02","000000000000",[[1,2]]]],0,0]',
    '[[["episode-02","69f0ca61e56f",[[1,2]]]],0,0]',
    '[[["../../etc","69f0ca61e56f",[[1,2]]]],0,0]',
    "x" * 2_001,
]


@pytest.mark.parametrize("value", FORGED)
def test_a_value_that_stands_for_nothing_opens_nothing(
    workspace: Workspace, slack: FakeSlack, value: str
) -> None:
    workspace.press({"action_id": CONTEXT, "value": value})
    workspace.settle()
    [said] = slack.wait_for("response_url")
    assert said.body["response_type"] == "ephemeral"
    assert "transcript has changed since" in said.body["text"]
    assert "views.open" not in {call.method for call in slack.calls}


@pytest.mark.parametrize(("shown", "page"), [(1, 0), (-1, 0), (3, 0), (0, 10_001), (0, 500)])
def test_a_page_that_is_not_is_not_turned_to(workspace: Workspace, shown: int, page: int) -> None:
    view = opened(workspace)
    later = buttons(view)["Later"]
    coordinates = json.loads(later["value"])[0]
    coordinates[0][2] = coordinates[0][2][:1]
    forged = {**later, "value": json.dumps([coordinates[:1], shown, page])}
    workspace.press_in_view(forged, view)
    workspace.settle()
    [update] = workspace.slack.wait_for("views.update")
    assert "transcript has changed since" in str(update.body["view"]["blocks"])


def test_headings_have_nothing_around_them(workspace: Workspace) -> None:
    workspace.command("who are the hosts?")
    workspace.settle()
    assert "In context" not in buttons(workspace.slack.wait_for("response_url")[-1].body)
