"""What a person answered, shown to others who ask the same: where, to whom, until when."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy import text

from bot.slack import Policy, Services, build_app
from bot.storage import Handover, Store
from tests.fakes.limits import block_faults, view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, USER, Mode, Workspace, mention_payload

QUESTION = "What does a Copilot seat cost per year?"
AGAIN = "how much does a Copilot seat cost per year"
ELSEWHERE = "T0ELSEWHERE"
AUTHOR, ASKER = "U0AUTHOR00", "U0ASKED000"
DAY = datetime(2026, 11, 4, 23, 30, tzinfo=UTC)
WORDS = "Sam pays *200 dollars* <!channel>."
SHOWN = "A person answered this on 4 November 2026:"


@pytest.fixture
def policy() -> Policy:
    return Policy(human_channel="C0HUMANS")


@pytest.fixture
def workspace(services: Services, slack: FakeSlack, mode: Mode) -> Iterator[Workspace]:
    """An app that two workspaces have installed."""

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=slack.bot_id,
            bot_user_id=slack.bot_user_id,
            bot_token=slack.token,
        )

    client = WebClient(base_url=slack.url)
    with ThreadPoolExecutor(max_workers=1) as executor:
        app = build_app(
            services,
            authorize=authorize,
            signing_secret=slack.signing_secret,
            client=client,
            executor=executor,
        )
        yield Workspace(app, slack, executor, mode)


@pytest.fixture
def kept(store: Store, slack: FakeSlack) -> Handover:
    return keep(store, slack.team_id)


def keep(store: Store, team_id: str, question: str = QUESTION, answer: str = WORDS) -> Handover:
    """Have a question answered in a workspace, for others too."""
    handover = Handover(f"{team_id} {question}", team_id, question, ASKER, DAY)
    store.handovers.add(handover)
    answered = store.handovers.answer(handover, answer, AUTHOR, DAY)
    assert answered
    store.kept_answers.add(answered)
    return answered


def bodies(workspace: Workspace, method: str) -> list[dict[str, Any]]:
    workspace.settle()
    return [call.body for call in workspace.slack.calls if call.method == method]


def asked(workspace: Workspace, question: str = AGAIN, **fields: str) -> dict[str, Any]:
    """What `/llm QUESTION` is answered with."""
    workspace.command(question, **fields)
    return bodies(workspace, "response_url")[-1]


def button(message: dict[str, Any], label: str) -> dict[str, Any]:
    [found] = [
        one
        for block in message["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
        if one["text"]["text"] == label
    ]
    return dict(found)


def withdrawn(workspace: Workspace, value: str, user: str, team: str = FakeSlack.team_id) -> str:
    """What a person is told who presses *Withdraw*."""
    workspace.press(
        {"action_id": "withdraw_answer", "value": value},
        user={"id": user, "team_id": team},
        team={"id": team, "domain": "example"},
    )
    said = bodies(workspace, "response_url")[-1]
    assert said["response_type"] == "ephemeral"
    return str(said["text"])


def test_below_the_decline_it_says_who_answered_when_and_quotes_them(
    workspace: Workspace, kept: Handover
) -> None:
    workspace.mention(f"@llm {AGAIN}")
    [post] = bodies(workspace, "chat.postMessage")
    assert (post["channel"], block_faults(post["blocks"])) == (CHANNEL, [])
    declined, closest, person, buttons, withdraw, thumbs = post["blocks"]
    assert declined["elements"][0]["elements"][0]["text"] == "The episode doesn't say."
    assert person == {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "text", "text": SHOWN, "style": {"bold": True}}],
            },
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "user", "user_id": AUTHOR},
                    {
                        "type": "text",
                        "text": " says, in words of their own and not the episode's:",
                    },
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": WORDS}]},
        ],
    }
    assert [one["text"]["text"] for one in buttons["elements"]][-1] == "Ask a human"
    assert buttons["elements"][-1]["value"] == AGAIN
    assert withdraw == {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "withdraw_answer",
                "text": {"type": "plain_text", "text": "Withdraw", "emoji": False},
                "value": kept.id,
                "accessibility_label": "Withdraw this person's answer: for its author and admins",
            }
        ],
    }
    assert (closest["type"], thumbs["type"]) == ("context", "context_actions")
    said = "“Sam pays *200 dollars* &lt;!channel&gt;.”"
    says = "says, in words of their own and not the episode's:"
    assert f"{SHOWN}\n<@{AUTHOR}> {says}\n{said}" in post["text"]
    assert ASKER not in str(post)


def test_it_is_shown_in_its_workspace_alone(
    workspace: Workspace, store: Store, kept: Handover
) -> None:
    assert kept.answer == WORDS
    elsewhere = asked(workspace, team_id=ELSEWHERE)
    assert "A person answered" not in elsewhere["text"]
    assert "Withdraw" not in str(elsewhere["blocks"])
    keep(store, ELSEWHERE, answer="300 euros.")
    assert "300 euros." in asked(workspace, team_id=ELSEWHERE)["text"]
    assert "200 dollars" in asked(workspace)["text"]


@pytest.mark.parametrize("shared", [True, False])
def test_where_another_workspace_reads_along_it_is_not_shown(
    workspace: Workspace, slack: FakeSlack, kept: Handover, *, shared: bool
) -> None:
    payload = mention_payload(slack, f"<@{slack.bot_user_id}> {AGAIN}")
    workspace.send_json(payload | {"is_ext_shared_channel": shared})
    [post] = bodies(workspace, "chat.postMessage")
    assert (str(kept.answered_by) not in post["text"]) is shared


@pytest.mark.parametrize("theirs", [True, False])
def test_a_button_shows_it_to_nobody_of_another_workspace(
    workspace: Workspace, kept: Handover, *, theirs: bool
) -> None:
    person = {"id": USER, "team_id": ELSEWHERE if theirs else kept.team_id}
    workspace.press({"action_id": "ask_suggested_0", "value": AGAIN}, user=person)
    said = bodies(workspace, "response_url")[-1]["text"]
    assert "The episode doesn't say." in said
    assert ("A person answered" not in said) is theirs


@pytest.mark.parametrize("theirs", [True, False])
def test_a_form_shows_it_to_nobody_of_another_workspace(
    workspace: Workspace, kept: Handover, *, theirs: bool
) -> None:
    typed = {"question": {"question": {"type": "plain_text_input", "value": AGAIN}}}
    response = workspace.interact(
        {
            "type": "view_submission",
            "user": {"id": USER, "team_id": ELSEWHERE if theirs else kept.team_id},
            "team": {"id": ELSEWHERE if theirs else kept.team_id, "domain": "example"},
            "view": {
                "id": "V0000000001",
                "type": "modal",
                "callback_id": "ask_form",
                "app_installed_team_id": kept.team_id,
                "state": {"values": typed},
            },
        }
    )
    assert "doesn't say" in response.body
    assert ("A person answered" not in response.body) is theirs


def test_a_workflow_does_not_hand_it_on(workspace: Workspace, kept: Handover) -> None:
    workspace.step("ask_episode", {"question": AGAIN, "channel": CHANNEL})
    [post] = bodies(workspace, "chat.postMessage")
    assert "The episode doesn't say." in post["text"]
    assert str(kept.answered_by) not in post["text"]


@pytest.mark.parametrize("other", ["what does a Cursor seat cost per year", "define Copilot seat"])
def test_another_question_does_not_get_it(workspace: Workspace, kept: Handover, other: str) -> None:
    assert kept.answer not in asked(workspace, other)["text"]


def test_it_never_stands_beside_the_episodes_own_words(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    keep(store, slack.team_id, "what is RAG?", "Ask Sam.")
    answered = asked(workspace, "what is RAG?")
    assert "Retrieval Augmented Generation" in answered["text"]
    assert "Ask Sam." not in str(answered)


def test_small_talk_has_none(workspace: Workspace, store: Store, slack: FakeSlack) -> None:
    keep(store, slack.team_id, "hello", "Hello yourself.")
    assert "Hello yourself." not in asked(workspace, "hello")["text"]


def test_a_complaint_has_none(workspace: Workspace, store: Store, slack: FakeSlack) -> None:
    keep(store, slack.team_id, "that's wrong", "Right you are.")
    assert "Right you are." not in asked(workspace, "that's wrong")["text"]


def test_a_question_that_leans_on_its_thread_has_none(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    keep(store, slack.team_id, "and what does it cost per year?")
    assert "A person answered" not in asked(workspace, "and what does it cost per year?")["text"]


def test_a_form_shows_it_too(workspace: Workspace, kept: Handover) -> None:
    workspace.shortcut("ask_the_episode")
    form = bodies(workspace, "views.open")[-1]["view"]
    response = workspace.submit(form, question={"value": AGAIN})
    assert "Sam pays" in str(response.body)
    assert kept.id in str(response.body)


def test_the_latest_answer_counts(workspace: Workspace, store: Store, kept: Handover) -> None:
    later = Handover("later", kept.team_id, QUESTION, "U3", DAY)
    store.handovers.add(later)
    answered = store.handovers.answer(later, "250 now.", AUTHOR, DAY.replace(day=5))
    assert answered
    store.kept_answers.add(answered)
    shown = asked(workspace)["text"]
    assert "250 now." in shown
    assert "200 dollars" not in shown


class TestWithdrawing:
    def test_its_author_withdraws_it(
        self, workspace: Workspace, store: Store, kept: Handover
    ) -> None:
        value = button(asked(workspace), "Withdraw")["value"]
        assert "nobody is shown this answer any more" in withdrawn(workspace, value, AUTHOR)
        assert store.kept_answers.questions(kept.team_id) == []
        assert "A person answered" not in asked(workspace)["text"]
        assert "not kept any more" in withdrawn(workspace, value, AUTHOR)
        assert bodies(workspace, "users.info") == []

    @pytest.mark.parametrize("standing", ["is_admin", "is_owner"])
    def test_so_does_an_admin(
        self, workspace: Workspace, slack: FakeSlack, kept: Handover, standing: str
    ) -> None:
        slack.people[USER] = {standing: True}
        assert "nobody is shown" in withdrawn(workspace, kept.id, USER)

    @pytest.mark.parametrize("person", [USER, ASKER])
    def test_others_are_told_who_may(
        self, workspace: Workspace, store: Store, kept: Handover, person: str
    ) -> None:
        assert "Only the person who gave this answer" in withdrawn(workspace, kept.id, person)
        assert store.kept_answers.questions(kept.team_id)

    def test_another_workspaces_admin_finds_nothing(
        self, workspace: Workspace, store: Store, slack: FakeSlack, kept: Handover
    ) -> None:
        slack.people[USER] = {"is_admin": True, "team_id": ELSEWHERE}
        for user in (USER, AUTHOR):
            assert "not kept any more" in withdrawn(workspace, kept.id, user, ELSEWHERE)
        assert store.kept_answers.questions(kept.team_id)

    @pytest.mark.parametrize("value", ["", "unknown", "' OR 1=1", "x" * 2_000])
    def test_a_forged_value_is_nothing(
        self, workspace: Workspace, store: Store, kept: Handover, value: str
    ) -> None:
        assert "not kept any more" in withdrawn(workspace, value, AUTHOR)
        assert store.kept_answers.questions(kept.team_id)

    def test_without_slack_nobody_but_the_author_withdraws_it(
        self, workspace: Workspace, store: Store, slack: FakeSlack, kept: Handover
    ) -> None:
        slack.fail_next("users.info", error="internal_error")
        assert "couldn't find out whether you may" in withdrawn(workspace, kept.id, USER)
        assert store.kept_answers.questions(kept.team_id)
        slack.refused.clear()

    def test_in_a_modal_it_is_told_on_top(self, workspace: Workspace, kept: Handover) -> None:
        workspace.press_in_view({"action_id": "withdraw_answer", "value": kept.id}, {})
        view = bodies(workspace, "views.push")[-1]["view"]
        assert view_faults(view) == []
        assert "Only the person who gave this answer" in str(view["blocks"])


class TestWithoutTheTable:
    @pytest.fixture(autouse=True)
    def _gone(self, store: Store, kept: Handover) -> None:
        assert store.kept_answers.get(kept.id, kept.team_id)
        with store.database.writing() as connection:
            connection.execute(text("DROP TABLE kept_answers"))

    def test_the_question_is_declined_all_the_same(
        self, workspace: Workspace, services: Services
    ) -> None:
        assert asked(workspace)["text"].startswith("The episode doesn't say.")
        assert services.breaker.is_open

    def test_somebody_who_leaves_fails_in_the_log_alone(
        self, workspace: Workspace, caplog: pytest.LogCaptureFixture
    ) -> None:
        workspace.event("user_change", user={"id": AUTHOR, "deleted": True})
        workspace.settle()
        assert "are still shown" in caplog.text
        assert workspace.slack.calls == []

    def test_nothing_is_withdrawn(self, workspace: Workspace, kept: Handover) -> None:
        assert "nothing was changed" in withdrawn(workspace, kept.id, AUTHOR)


@pytest.mark.parametrize("person", [AUTHOR, ASKER])
def test_forget_me_of_either_takes_it_away(
    workspace: Workspace, kept: Handover, person: str
) -> None:
    assert kept.answer
    assert "Deleted 1 record" in asked(workspace, "forget me", user_id=person)["text"]
    assert "A person answered" not in asked(workspace)["text"]


def test_the_answers_of_a_person_who_leaves_are_withdrawn(
    workspace: Workspace, store: Store, kept: Handover
) -> None:
    keep(store, ELSEWHERE)
    for change in ({"deleted": False}, {"deleted": True, "id": ASKER}, {"name": "ada"}):
        workspace.event("user_change", user={"id": AUTHOR} | change)
    workspace.settle()
    assert store.kept_answers.questions(kept.team_id)
    workspace.event("user_change", user={"id": AUTHOR, "deleted": True})
    workspace.settle()
    assert store.kept_answers.questions(kept.team_id) == []
    assert store.kept_answers.questions(ELSEWHERE)
    assert workspace.slack.calls == []


def test_what_changes_about_people_is_nothing_to_look_up(
    workspace: Workspace, services: Services, store: Store
) -> None:
    with store.database.writing() as connection:
        connection.execute(text("DROP TABLE events"))
    workspace.event("user_change", user={"id": AUTHOR, "deleted": False})
    workspace.settle()
    assert not services.breaker.is_open


def test_a_workspace_that_leaves_takes_it_along(
    workspace: Workspace, store: Store, kept: Handover
) -> None:
    keep(store, ELSEWHERE)
    workspace.event("app_uninstalled")
    workspace.settle()
    assert store.kept_answers.questions(kept.team_id) == []
    assert store.kept_answers.questions(ELSEWHERE)


def test_privacy_and_home_say_so(workspace: Workspace) -> None:
    assert "Others may be shown this" in asked(workspace, "privacy")["text"]
    workspace.event("app_home_opened", user=USER, channel="D0DIRECT", tab="home")
    assert "with names" in str(bodies(workspace, "views.publish")[-1]["view"]["blocks"])
