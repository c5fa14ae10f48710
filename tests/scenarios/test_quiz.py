"""The quiz: five questions, one at a time, each followed by what the sheet says."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answers import Answerer, Quote
from bot.episodes import Library
from bot.slack import Policy
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


def play(workspace: Workspace, sheet: dict[str, Quote], misses: int) -> View:
    """The view at the end, after the first questions, so many, were missed."""
    view = begun(workspace)
    for number in range(1, 6):
        assert f"Question {number} of 5" in str(view["blocks"])
        row = sheet[definition(view)]
        _, options = radio(view)
        terms = {option["text"]["text"]: option["value"] for option in options}
        right = terms.pop(row.label or "")
        wrong, value = next(iter(terms.items()))
        judged = choose(workspace, view, value if number <= misses else right)
        assert judged["response_action"] == "update"
        view = judged["view"]
        shown = json.dumps(view["blocks"], ensure_ascii=False)
        assert f"Question {number} of 5" in shown
        verdict = f"Not quite: you chose “{wrong}”" if number <= misses else "Right."
        assert verdict in shown
        assert row.text in shown
        assert (row.label or "") in shown
        if number < 5:
            assert view["submit"]["text"] == "Next question"
            view = json.loads(workspace.submit(view).body)["view"]
    return view


@pytest.mark.parametrize("misses", [0, 2, 5])
def test_each_choice_is_judged_with_the_sheets_row_and_the_end_tells_the_score(
    workspace: Workspace, sheet: dict[str, Quote], misses: int
) -> None:
    view = play(workspace, sheet, misses)
    assert f"{5 - misses} of 5 right." in json.dumps(view["blocks"])
    assert "submit" not in view


class TestPaced:
    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(rate_limit="2/minute")

    def test_who_plays_too_fast_is_told_below_the_options(self, workspace: Workspace) -> None:
        view = begun(workspace)
        judged = choose(workspace, view, "0")["view"]
        following = json.loads(workspace.submit(judged).body)["view"]
        refused = choose(workspace, following, "0")
        assert "Please try again" in refused["errors"]["term-2"]

    def test_the_button_and_the_command_say_so_too(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        for _ in range(2):
            begun(workspace)
        workspace.press({"action_id": "quiz"}, response_url=None)
        workspace.settle()
        assert "Please try again" in str(slack.wait_for("views.open")[-1].body["view"])
        workspace.command("quiz")
        workspace.settle()
        [said] = slack.wait_for("response_url")
        assert "Please try again" in said.body["text"]


def test_nothing_of_it_is_kept(workspace: Workspace, sheet: dict[str, Quote], store: Store) -> None:
    play(workspace, sheet, 1)
    workspace.settle()
    assert store.questions.asked(EVER) == []


def test_it_can_be_played_again_with_other_questions(
    workspace: Workspace, sheet: dict[str, Quote], slack: FakeSlack
) -> None:
    view = play(workspace, sheet, 0)
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
