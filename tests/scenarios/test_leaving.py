"""A workspace takes the app away, or its tokens."""

from datetime import UTC, datetime, time
from typing import Any

import pytest
from sqlalchemy import text

from bot.storage import Asker, Feedback, Store, Subscription
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import USER, Workspace, event_payload

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EVER = datetime(2026, 1, 1, tzinfo=UTC)
REVOKED = {"tokens": {"oauth": [], "bot": ["UBOT"]}}


def keep_something(store: Store, team_id: str, enterprise_id: str | None = None) -> None:
    asker = Asker(team_id, USER, enterprise_id)
    store.questions.judge(asker, Feedback(f"a-{team_id}", True, (), NOW))  # noqa: FBT003 - a thumb up
    subscription = Subscription(
        id=f"s-{team_id}",
        team_id=team_id,
        channel_id="C1",
        local_time=time(9),
        zone="UTC",
        weekdays=True,
        made_by=USER,
        made_at=NOW,
        due_at=NOW,
        enterprise_id=enterprise_id,
    )
    store.subscriptions.save(subscription)


def is_kept(store: Store, team_id: str) -> bool:
    """Whether anything is kept of a workspace; all or nothing is."""
    found = {
        bool(store.questions.judged(EVER, team_id)),
        bool(store.subscriptions.of_team(team_id)),
    }
    [anything] = found
    return anything


@pytest.mark.parametrize(("kind", "fields"), [("app_uninstalled", {}), ("tokens_revoked", REVOKED)])
def test_all_that_is_kept_of_the_workspace_goes_and_slack_is_not_called(
    workspace: Workspace, store: Store, slack: FakeSlack, kind: str, fields: dict[str, Any]
) -> None:
    keep_something(store, slack.team_id)
    keep_something(store, "T0OTHER")
    assert workspace.event(kind, **fields).status == 200
    workspace.settle()
    assert not is_kept(store, slack.team_id)
    assert is_kept(store, "T0OTHER")
    assert slack.calls == []


@pytest.mark.parametrize("tokens", [{"oauth": ["U1"]}, {"oauth": ["U1"], "bot": []}, {}])
def test_a_persons_token_that_is_revoked_changes_nothing(
    workspace: Workspace, store: Store, slack: FakeSlack, tokens: dict[str, list[str]]
) -> None:
    keep_something(store, slack.team_id)
    assert workspace.event("tokens_revoked", tokens=tokens).status == 200
    workspace.settle()
    assert is_kept(store, slack.team_id)


def test_an_organization_that_leaves_takes_all_its_workspaces_with_it(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    for team_id, enterprise_id in (("T1", "E1"), ("T2", "E1"), ("T3", "E2"), ("T4", None)):
        keep_something(store, team_id, enterprise_id)
    whole = {"team_id": None, "enterprise_id": "E1", "is_enterprise_install": True}
    authorization = {"enterprise_id": "E1", "team_id": None, "is_enterprise_install": True}
    payload = event_payload(slack, {"type": "app_uninstalled"})
    workspace.send_json(payload | whole | {"authorizations": [authorization]})
    workspace.settle()
    assert [is_kept(store, team) for team in ("T1", "T2", "T3", "T4")] == [False, False, True, True]


def test_one_workspace_of_an_organization_leaves_alone(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    keep_something(store, slack.team_id, "E1")
    keep_something(store, "T2", "E1")
    payload = event_payload(slack, {"type": "app_uninstalled"})
    workspace.send_json(payload | {"enterprise_id": "E1"})
    workspace.settle()
    assert not is_kept(store, slack.team_id)
    assert is_kept(store, "T2")


def test_what_cannot_be_deleted_is_logged_with_whose_it_is(
    workspace: Workspace, store: Store, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    with store.database.writing() as connection:
        connection.execute(text("DROP TABLE feedback"))
    assert workspace.event("app_uninstalled").status == 200
    workspace.settle()
    assert f"What is kept of {slack.team_id} could not be deleted" in caplog.text
