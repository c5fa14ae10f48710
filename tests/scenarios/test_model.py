"""A language model that chooses the quote: who lets it, what it is shown, what people see of it."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy import text

from bot.answers import Answer, Answerer
from bot.bootstrap.pointing import agreeing
from bot.pointing import Pointing, Reply, Terms
from bot.slack import Policy, Services, build_app
from bot.slack.blocks.elements import escape
from bot.storage import Question, Store, new_id
from tests.fakes.limits import view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import DIRECT, USER, Mode, Workspace, told

UNSURE = "how do I convince my boss?"
EVER = datetime(2026, 1, 1, tzinfo=UTC)
HOST = "api.example.com"
View = dict[str, Any]


class Model:
    """A model that chooses the last sentence that it is shown, until it is told otherwise.

    Each has another name, since what one chose is remembered by all scenarios.
    """

    def __init__(self) -> None:
        self.name = f"gpt-<{new_id()[:8]}>"
        self.shown: list[dict[str, Any]] = []
        self.reply: str | None = None

    def __call__(self, shown: str) -> Reply:
        self.shown.append(json.loads(shown))
        passages = self.shown[-1]["passages"]
        last = len(passages[-1]["sentences"])
        chosen = {"answers": [{"passage": len(passages), "first": last, "last": last}]}
        return Reply(json.dumps(chosen) if self.reply is None else self.reply, 1_234)

    @property
    def choice(self) -> str:
        """What it chose of what it was shown last."""
        *_, sentence = self.shown[-1]["passages"][-1]["sentences"].values()
        return str(sentence)


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def agreed(store: Store) -> Callable[[str], bool] | None:
    """Who lets it see questions: it is hosted elsewhere, so that a workspace has to agree."""
    return agreeing(store, HOST)


@pytest.fixture
def services(
    answerer: Answerer, store: Store, model: Model, agreed: Callable[[str], bool] | None
) -> Iterator[Services]:
    terms = Terms(seconds=30, tokens=100_000)
    with ThreadPoolExecutor(1) as executor:
        pointing = Pointing(model, model.name, HOST, terms, executor, agreed=agreed)
        yield Services.of(answerer, store, Policy(), pointing=pointing)


@pytest.fixture
def workspace(services: Services, slack: FakeSlack, mode: Mode) -> Iterator[Workspace]:
    """An app that two workspaces have installed."""

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        bot = {"bot_id": slack.bot_id, "bot_user_id": slack.bot_user_id, "bot_token": slack.token}
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, **bot)

    with ThreadPoolExecutor(1) as executor:
        app = build_app(
            services,
            authorize=authorize,
            signing_secret=slack.signing_secret,
            client=WebClient(base_url=slack.url),
            executor=executor,
        )
        yield Workspace(app, slack, executor, mode)


@pytest.fixture
def own(answerer: Answerer) -> str:
    """What the bot quotes first by itself."""
    answer = answerer.ask(UNSURE)
    assert isinstance(answer, Answer)
    return answer.quotes[0].shown


def home(workspace: Workspace, *, admin: bool) -> View:
    """The Home of a person who opens it."""
    workspace.slack.people[USER] = {"is_admin": admin}
    workspace.event("app_home_opened", tab="home", user=USER, channel=DIRECT)
    return latest(workspace, "views.publish")


def latest(workspace: Workspace, method: str) -> View:
    """The last view that was shown by a method."""
    workspace.settle()
    view: View = workspace.slack.wait_for(method)[-1].body["view"]
    assert view_faults(view) == []
    return view


def switch(view: View) -> dict[str, Any]:
    """The button that turns the model on or off."""
    beside = [one["accessory"] for one in view["blocks"] if "accessory" in one]
    [found] = [one for one in beside if one["action_id"] in {"model_on", "model_off"}]
    return dict(found)


def press(workspace: Workspace, button: dict[str, Any], view: View) -> None:
    """Press a button of Home, where there is no response_url."""
    home_tab = {"type": "view"}
    workspace.press(button, view=view, container=home_tab, channel=None, response_url=None)
    workspace.settle()


def turn(workspace: Workspace) -> View:
    """Turn it on or off as an admin; return Home, which is shown anew."""
    view = home(workspace, admin=True)
    shown = len(workspace.slack.wait_for("views.publish"))
    press(workspace, switch(view), view)
    workspace.slack.wait_for("views.publish", shown + 1)
    return latest(workspace, "views.publish")


def asked(workspace: Workspace) -> list[dict[str, Any]]:
    """The blocks that answer a mention."""
    workspace.mention(f"@llm {UNSURE}")
    workspace.settle()
    blocks: list[dict[str, Any]] = workspace.slack.wait_for("chat.postMessage")[-1].body["blocks"]
    return blocks


def quoted(blocks: list[dict[str, Any]]) -> list[str]:
    """The words of each quote."""
    return [
        "".join(one["text"] for one in element["elements"])
        for block in blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_quote"
    ]


def plain_lines(view: View) -> list[str]:
    """The grey lines in which no markup acts."""
    return [
        element["text"]
        for block in view["blocks"]
        if block["type"] == "context"
        for element in block["elements"]
        if element["type"] == "plain_text"
    ]


def kept(store: Store) -> Question:
    """The last question that was asked."""
    return store.questions.asked(EVER)[-1]


class TestHostedElsewhere:
    def test_nothing_goes_to_it_before_an_admin_turns_it_on(
        self, workspace: Workspace, model: Model, store: Store, own: str
    ) -> None:
        blocks = asked(workspace)
        assert model.shown == []
        assert quoted(blocks)[0] == own
        assert "Chosen by" not in str(blocks)
        assert kept(store).pointing == ""

    def test_once_on_it_chooses_and_the_message_says_so(
        self, workspace: Workspace, model: Model, store: Store, own: str
    ) -> None:
        turn(workspace)
        blocks = asked(workspace)
        [shown] = model.shown
        assert (shown["question"], shown["earlier"]) == (UNSURE, [])
        assert set(shown) == {"question", "earlier", "passages"}
        assert 1 < len(shown["passages"]) <= 12
        assert own != model.choice
        assert [block["type"] for block in blocks] == [
            "rich_text",
            "context",
            "context",
            "actions",
            "context_actions",
        ]
        assert quoted(blocks) == [model.choice]
        line = f"Chosen by {model.name}, quoted word for word."
        assert blocks[2]["elements"] == [{"type": "plain_text", "text": line, "emoji": False}]
        said = workspace.slack.wait_for("chat.postMessage")[-1].body["text"]
        assert said.endswith(f"\n{escape(line)}")
        question = kept(store)
        assert (question.pointing, question.tokens) == ("pointed", 1_234)
        assert question.pointing_seconds > 0

    def test_once_off_nothing_goes_to_it_and_nothing_that_it_chose_is_shown(
        self, workspace: Workspace, model: Model, own: str
    ) -> None:
        assert switch(turn(workspace))["text"]["text"] == "Turn it off"
        assert quoted(asked(workspace)) == [model.choice]
        assert switch(turn(workspace))["text"]["text"] == "Turn it on"
        assert quoted(asked(workspace))[0] == own
        assert len(model.shown) == 1

    def test_another_workspace_that_has_not_agreed_is_answered_by_the_bot_alone(
        self, workspace: Workspace, model: Model
    ) -> None:
        turn(workspace)
        assert "Chosen by" in told(workspace, UNSURE)
        assert "Chosen by" not in told(workspace, UNSURE, team_id="T0OTHER")
        assert len(model.shown) == 1

    def test_an_admin_reads_what_it_sees_beside_the_button(
        self, workspace: Workspace, model: Model
    ) -> None:
        view = home(workspace, admin=True)
        assert switch(view)["text"]["text"] == "Turn it on"
        assert plain_lines(view)[-1] == (
            f"{model.name} at {HOST} can choose among the passages that I found for a question. "
            "It sees the question, the thread's earlier questions to me and up to twelve passages, "
            "and never who asked; it writes nothing that you see."
        )

    def test_once_on_everybody_reads_on_home_that_it_may_see_questions(
        self, workspace: Workspace, model: Model
    ) -> None:
        line = f"{model.name} at {HOST} may see your question and choose the quote."
        assert line not in plain_lines(home(workspace, admin=False))
        assert plain_lines(turn(workspace))[-1] == line
        assert plain_lines(home(workspace, admin=False)) == [line]

    def test_privacy_names_it_once_it_is_on(self, workspace: Workspace, model: Model) -> None:
        assert "language model" not in told(workspace, "privacy")
        turn(workspace)
        said = told(workspace, "privacy")
        assert said.startswith(f"A language model, {escape(model.name)} at {HOST}, may see")
        assert "An admin of your workspace can turn it off" in said

    @pytest.mark.parametrize("person", [{"is_admin": False}, {"is_admin": True, "team_id": "T0O"}])
    def test_a_member_and_a_guest_find_no_button_and_by_one_from_before_turn_on_nothing(
        self, workspace: Workspace, store: Store, slack: FakeSlack, person: dict[str, Any]
    ) -> None:
        button = switch(home(workspace, admin=True))
        view = home(workspace, admin=False)
        assert "model_on" not in str(view)
        slack.people[USER] = person
        press(workspace, button, view)
        assert "Only the workspace's admins and owners" in str(latest(workspace, "views.open"))
        assert not store.consents.agrees(slack.team_id, HOST)

    def test_by_a_button_from_before_nobody_agrees_to_another_model(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        view = home(workspace, admin=True)
        button = {**switch(view), "value": "gpt at api.example.org"}
        shown = len(slack.wait_for("views.publish"))
        press(workspace, button, view)
        slack.wait_for("views.publish", shown + 1)
        assert switch(latest(workspace, "views.publish")) == switch(view)
        assert not store.consents.agrees(slack.team_id, HOST)

    def test_while_the_database_is_away_an_admin_is_told_that_nothing_changed(
        self, workspace: Workspace, store: Store
    ) -> None:
        view = home(workspace, admin=True)
        with store.database.writing() as connection:
            connection.execute(text("DROP TABLE workspaces"))
        press(workspace, switch(view), view)
        assert "so nothing was changed" in str(latest(workspace, "views.open"))

    def test_the_report_says_what_became_of_it(self, workspace: Workspace) -> None:
        view = turn(workspace)
        asked(workspace)
        press(workspace, {"action_id": "whole_report", "value": "whole_report"}, view)
        said = str(latest(workspace, "views.open"))
        assert "A language model was asked about 1: it agreed with me on 0" in said
        assert "Tokens: 1,234;" in said

    def test_what_it_finds_no_answer_to_is_declined(
        self, workspace: Workspace, model: Model, store: Store
    ) -> None:
        turn(workspace)
        model.reply = '{"answers": []}'
        blocks = asked(workspace)
        assert quoted(blocks) == []
        assert "Chosen by" not in str(blocks)
        question = kept(store)
        assert (question.answered, question.reason) == (False, "model_declined")
        assert question.pointing == "declined"

    @pytest.mark.parametrize("reply", ["Tell your boss to sleep on it.", '{"answers": [{}]}'])
    def test_nothing_that_it_writes_is_shown_and_the_bots_own_answer_stands(
        self, workspace: Workspace, model: Model, store: Store, own: str, reply: str
    ) -> None:
        turn(workspace)
        model.reply = reply
        blocks = asked(workspace)
        assert quoted(blocks)[0] == own
        assert "Chosen by" not in str(blocks)
        assert "sleep" not in str(blocks)
        assert kept(store).pointing == "failed"

    def test_for_more_of_the_bots_own_quotes_no_model_is_asked(
        self, workspace: Workspace, model: Model, answerer: Answerer
    ) -> None:
        turn(workspace)
        model.reply = "no numbers"
        blocks = asked(workspace)
        own = answerer.ask(UNSURE)
        assert isinstance(own, Answer)
        buttons = [one for block in blocks for one in block.get("elements", ())]
        [more] = [one for one in buttons if str(one.get("action_id")).startswith("more")]
        model.reply = None
        workspace.press(more)
        workspace.settle()
        shown = workspace.slack.wait_for("response_url")[-1].body["blocks"]
        assert len(model.shown) == 1
        assert "Chosen by" not in str(shown)
        left = (*own.quotes, *own.further)[len(own.shown) :]
        assert quoted(shown)[0] == left[0].shown


class TestInOnesOwnNetwork:
    @pytest.fixture
    def agreed(self) -> None:
        """Nobody has to agree."""

    def test_it_chooses_at_once_and_there_is_nothing_to_turn_off(
        self, workspace: Workspace, model: Model
    ) -> None:
        assert quoted(asked(workspace)) == [model.choice]
        view = home(workspace, admin=True)
        assert "model_o" not in str(view)
        assert f"{model.name} at {HOST} may see your question" in plain_lines(view)[-1]
        said = told(workspace, "privacy")
        assert said.startswith("A language model, ")
        assert "turn it off" not in said
