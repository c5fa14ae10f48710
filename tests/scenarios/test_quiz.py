"""The quiz: five questions, one at a time, and what the sheet says for each miss."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answers import Answerer, Quote
from bot.episodes import Library
from bot.slack.quiz.form import sheet_of
from bot.storage import Store
from tests.fakes.limits import view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import Workspace

EVER = datetime(2026, 1, 1, tzinfo=UTC)
View = dict[str, Any]


@pytest.fixture
def sheet(answerer: Answerer) -> dict[str, Quote]:
    """The rows of the sheet by their definitions."""
    return {row.text: row for row in sheet_of(answerer)}


def begun(workspace: Workspace) -> View:
    """The first question, for a command that says nothing else."""
    assert workspace.command("quiz").body == ""
    workspace.settle()
    view: View = workspace.slack.wait_for("views.open")[-1].body["view"]
    assert "response_url" not in {call.method for call in workspace.slack.calls}
    return view


def radio(view: View) -> tuple[str, list[View]]:
    [asked] = [block for block in view["blocks"] if block["type"] == "input"]
    assert asked["element"]["type"] == "radio_buttons"
    return asked["block_id"], asked["element"]["options"]


def definition(view: View) -> str:
    [block] = [block for block in view["blocks"] if block["type"] == "rich_text"]
    [quote] = [one for one in block["elements"] if one["type"] == "rich_text_quote"]
    words: str = quote["elements"][0]["text"]
    return words


def choose(workspace: Workspace, view: View, value: Any) -> View:
    """What the form is answered with when an option is chosen."""
    name, _ = radio(view)
    response = workspace.submit(view, **{name: {"selected_option": {"value": value}}})
    answered: View = json.loads(response.body)
    if "view" in answered:
        assert view_faults(answered["view"]) == []
    return answered


def play(workspace: Workspace, sheet: dict[str, Quote], misses: int) -> tuple[View, list[Quote]]:
    """The view at the end, and the rows that were missed: the first questions, so many."""
    view, missed = begun(workspace), []
    for number in range(1, 6):
        assert f"Question {number} of 5" in str(view["blocks"])
        assert view["submit"]["text"] == ("Finish" if number == 5 else "Next")
        row = sheet[definition(view)]
        _, options = radio(view)
        terms = {option["text"]["text"]: option["value"] for option in options}
        right = terms.pop(row.label or "")
        if number <= misses:
            right = next(iter(terms.values()))
            missed.append(row)
        answered = choose(workspace, view, right)
        assert answered["response_action"] == "update"
        view = answered["view"]
    return view, missed


@pytest.mark.parametrize("misses", [0, 2, 5])
def test_the_score_and_for_each_miss_the_row_that_settles_it(
    workspace: Workspace, sheet: dict[str, Quote], misses: int
) -> None:
    view, missed = play(workspace, sheet, misses)
    shown = json.dumps(view["blocks"], ensure_ascii=False)
    assert f"{5 - misses} of 5 right." in shown
    assert [row for row in sheet.values() if row.text in shown] == [
        row for row in sheet.values() if row in missed
    ]
    assert shown.count("Key Concepts Reference Sheet") == misses
    assert all(f"the term is “{row.label}”" in shown for row in missed)


def test_nothing_of_it_is_kept(workspace: Workspace, sheet: dict[str, Quote], store: Store) -> None:
    play(workspace, sheet, 1)
    workspace.settle()
    assert store.questions.asked(EVER) == []


def test_it_can_be_played_again_with_other_questions(
    workspace: Workspace, sheet: dict[str, Quote], slack: FakeSlack
) -> None:
    view, _ = play(workspace, sheet, 0)
    [again] = view["blocks"][-1]["elements"]
    assert again["text"]["text"] == "Play again"
    for _ in range(5):
        workspace.press(again, view={"id": "V1", **view}, response_url=None)
    workspace.settle()
    updates = slack.wait_for("views.update", 5)
    assert {update.body["view_id"] for update in updates} == {"V1"}
    assert len({definition(update.body["view"]) for update in updates}) > 1


@pytest.mark.parametrize("value", ["", "4", "-1", "one", "٣", None, 7])
def test_a_choice_that_was_not_offered_is_refused(workspace: Workspace, value: Any) -> None:
    refused = choose(workspace, begun(workspace), value)
    assert refused == {"response_action": "errors", "errors": {"term-1": "Choose a term."}}


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "no JSON",
        "{}",
        '{"edition":"episode-02/000000000000","seed":"a","chosen":[]}',
        '{"edition":"","seed":"a","chosen":[0,0,0,0,0,0]}',
        '{"edition":"","seed":"a","chosen":[4]}',
    ],
)
def test_a_state_that_is_none_of_this_sheets_ends_the_quiz(
    workspace: Workspace, metadata: str
) -> None:
    ended = choose(workspace, begun(workspace) | {"private_metadata": metadata}, "0")
    assert "has changed since" in str(ended["view"]["blocks"])


def test_a_quiz_that_is_over_does_not_go_on(workspace: Workspace) -> None:
    view = begun(workspace)
    state = json.loads(view["private_metadata"]) | {"chosen": [0] * 5}
    ended = choose(workspace, view | {"private_metadata": json.dumps(state)}, "0")
    assert "has changed since" in str(ended["view"]["blocks"])


class TestWithoutASheet:
    @pytest.fixture
    def answerer(self) -> Answerer:
        return Answerer(Library((), ()))

    def test_the_command_says_so(self, workspace: Workspace, slack: FakeSlack) -> None:
        workspace.command("quiz")
        workspace.settle()
        [said] = slack.wait_for("response_url")
        assert "too few terms" in said.body["text"]

    def test_the_button_on_home_says_so(self, workspace: Workspace, slack: FakeSlack) -> None:
        workspace.press({"action_id": "quiz"}, response_url=None)
        workspace.settle()
        [opened] = slack.wait_for("views.open")
        assert "too few terms" in str(opened.body["view"]["blocks"])
