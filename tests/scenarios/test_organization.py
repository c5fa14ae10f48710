"""An organization has the app as a whole: whose a request is, and that it can all be deleted."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy import text

from bot.slack import Services, build_app
from bot.storage import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import (
    USER,
    Mode,
    Workspace,
    command_payload,
    direct_message,
    event_payload,
    mention_payload,
)

TEAM, ORGANIZATION = "T1", "E1"
ORG_WIDE = {"enterprise_id": ORGANIZATION, "team_id": None, "is_enterprise_install": True}
QUESTION = "what is RAG?"
PERSON = {"id": USER, "team_id": TEAM}
KEPT = (
    "questions",
    "feedback",
    "handovers",
    "subscriptions",
    "news_channels",
    "channel_shows",
    "workspaces",
)


@pytest.fixture
def workspace(services: Services, slack: FakeSlack, mode: Mode) -> Iterator[Workspace]:
    """An app that only the organization has installed."""

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        if (enterprise_id, team_id) != (ORGANIZATION, None):
            return None
        return AuthorizeResult(
            enterprise_id=ORGANIZATION,
            team_id=None,
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


def event(payload: Mapping[str, Any], **outer: Any) -> dict[str, Any]:
    """An event as an organization's install gets it."""
    named = {"team_id": TEAM, "enterprise_id": ORGANIZATION, "authorizations": [ORG_WIDE]}
    return {**payload, **named, **outer}


def interaction(**fields: Any) -> dict[str, Any]:
    """What is common to interactions in an organization's install: they name no workspace."""
    enterprise = {"id": ORGANIZATION, "name": "Starship"}
    common = {"team": None, "enterprise": enterprise, "is_enterprise_install": True, "user": PERSON}
    return {**common, "trigger_id": "1.2.3", **fields}


def mention(workspace: Workspace, **outer: Any) -> None:
    marked = f"<@{workspace.slack.bot_user_id}> {QUESTION}"
    workspace.send_json(event(mention_payload(workspace.slack, marked), **outer))


def without_organization(workspace: Workspace) -> None:
    mention(workspace, enterprise_id=None)


def direct(workspace: Workspace) -> None:
    workspace.send_json(event(event_payload(workspace.slack, direct_message(QUESTION))))


def command(workspace: Workspace, words: str = QUESTION) -> None:
    organization = {"enterprise_id": ORGANIZATION, "is_enterprise_install": "true"}
    workspace.send_form(command_payload(workspace.slack, words, team_id=TEAM, **organization))


def thumb(workspace: Workspace) -> None:
    command(workspace)
    [body] = [call.body for call in workspace.slack.wait_for("response_url")]
    [button] = [
        part
        for block in body["blocks"]
        for part in block.get("elements", ())
        if part.get("type") == "feedback_buttons"
    ]
    value = button["positive_button"]["value"]
    action = {"type": "feedback_buttons", "action_id": button["action_id"], "value": value}
    place = {"type": "message", "channel_id": "C0GENERAL", "message_ts": "1.2"}
    workspace.interact(interaction(type="block_actions", actions=[action], container=place))


def form(workspace: Workspace, view_team: str | None = TEAM) -> None:
    state = {"question": {"question": {"type": "plain_text_input", "value": QUESTION}}}
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": "ask_form",
        "state": {"values": state},
        "team_id": view_team,
        "app_installed_team_id": ORGANIZATION,
    }
    workspace.interact(interaction(type="view_submission", view=view))


def form_of_nobodys_team(workspace: Workspace) -> None:
    form(workspace, view_team=None)


def message_shortcut(workspace: Workspace) -> None:
    workspace.interact(
        interaction(
            type="message_action",
            callback_id="episode_says",
            channel={"id": "C0GENERAL"},
            message={"type": "message", "text": QUESTION, "ts": "1.2", "user": USER},
        )
    )


def workflow_step(workspace: Workspace) -> None:
    executed = {
        "type": "function_executed",
        "function": {"callback_id": "ask_episode"},
        "inputs": {"question": QUESTION},
        "function_execution_id": "Fx1",
        "bot_access_token": workspace.slack.token,
    }
    workspace.send_json(event(event_payload(workspace.slack, executed)))


WAYS = [
    mention,
    without_organization,
    direct,
    command,
    thumb,
    form,
    form_of_nobodys_team,
    message_shortcut,
    workflow_step,
]
BY_A_PERSON = [way for way in WAYS if way is not workflow_step]


def rows(store: Store) -> dict[str, list[str]]:
    """The workspace of every row, by table."""
    with store.database.reading() as connection:
        found = {
            name: connection.execute(text(f"SELECT team_id FROM {name}")).scalars()  # noqa: S608 - names of this file
            for name in KEPT
        }
        return {name: list(teams) for name, teams in found.items()}


@pytest.mark.parametrize("ask", WAYS)
def test_whatever_is_kept_is_kept_of_the_workspace_and_goes_with_the_organization(
    workspace: Workspace, store: Store, slack: FakeSlack, ask: Callable[[Workspace], None]
) -> None:
    ask(workspace)
    workspace.settle()
    kept = rows(store)
    assert kept["questions"] == [TEAM]
    assert {team for teams in kept.values() for team in teams} == {TEAM}
    workspace.send_json(event(event_payload(slack, {"type": "app_uninstalled"})))
    workspace.settle()
    assert rows(store) == {name: [] for name in KEPT}


def test_what_is_set_up_for_a_channel_goes_with_the_organization(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    slack.people[USER] = {"team_id": TEAM}
    for words in ("daily on", "new on", "here Tech Leadership Unpacked"):
        command(workspace, words)
        workspace.settle()
    kept = rows(store)
    assert kept["subscriptions"] == kept["news_channels"] == kept["channel_shows"] == [TEAM]
    workspace.send_json(event(event_payload(slack, {"type": "app_uninstalled"})))
    workspace.settle()
    assert rows(store) == {name: [] for name in KEPT}


@pytest.mark.parametrize("ask", BY_A_PERSON)
def test_a_person_is_forgotten_wherever_they_asked(
    workspace: Workspace, store: Store, ask: Callable[[Workspace], None]
) -> None:
    ask(workspace)
    workspace.settle()
    command(workspace, "forget me")
    workspace.settle()
    kept = rows(store)
    assert kept["questions"] == kept["feedback"] == []


def test_what_comes_from_another_organization_is_answered_and_not_kept(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    theirs = {"team_id": "T9", "enterprise_id": "E9", "is_ext_shared_channel": True}
    mention(workspace, **theirs)
    workspace.settle()
    slack.wait_for("chat.postMessage")
    assert rows(store) == {name: [] for name in KEPT}


def test_in_a_shared_channel_the_workspace_is_the_one_that_has_the_app(
    workspace: Workspace, store: Store
) -> None:
    theirs = {"team_id": "T9", "enterprise_id": "E9", "is_ext_shared_channel": True}
    mention(workspace, **theirs, context_team_id=TEAM, context_enterprise_id=ORGANIZATION)
    workspace.settle()
    assert rows(store)["questions"] == [TEAM]
