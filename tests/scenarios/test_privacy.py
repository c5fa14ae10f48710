"""What is kept of a person, and how it goes."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest
from sqlalchemy import text

from bot.slack import Policy
from bot.storage import Asker, Feedback, Store, Subscription
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import USER, Workspace

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EVER = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def policy() -> Policy:
    return Policy(retention_days=14)


def told(workspace: Workspace, words: str) -> dict[str, Any]:
    """What `/llm …` tells its person alone."""
    assert workspace.command(words).status == 200
    workspace.settle()
    body: dict[str, Any] = workspace.slack.wait_for("response_url")[-1].body
    assert body["response_type"] == "ephemeral"
    return body


def test_privacy_says_what_is_kept_and_for_how_long(workspace: Workspace, store: Store) -> None:
    said = told(workspace, "privacy")["text"]
    assert "14 days" in said
    assert "`/llm forget me`" in said
    assert store.questions.asked(EVER) == []


def test_a_question_about_privacy_is_answered_and_kept(workspace: Workspace, store: Store) -> None:
    told(workspace, "what about privacy of data?")
    assert len(store.questions.asked(EVER)) == 1


def test_forget_me_deletes_questions_and_thumbs_and_says_how_many(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    told(workspace, "define RAG")
    told(workspace, "what is tokenization?")
    thumb = Feedback("a1", helpful=True, passages=(), given_at=NOW)
    store.questions.judge(Asker(slack.team_id, USER), thumb)
    assert "Deleted 3 records" in told(workspace, "forget me")["text"]
    assert store.questions.asked(EVER) == []
    assert store.questions.judged(EVER) == []
    assert "No question, thumb or answer of yours is kept" in told(workspace, "forget me")["text"]


def test_one_record_is_one(workspace: Workspace) -> None:
    told(workspace, "define RAG")
    assert "Deleted 1 record " in told(workspace, "forget me")["text"]


def test_nobody_else_is_forgotten(workspace: Workspace, store: Store, slack: FakeSlack) -> None:
    thumb = Feedback("a1", helpful=True, passages=(), given_at=NOW)
    others = (Asker(slack.team_id, "U0000BILL0"), Asker("T0OTHER", USER))
    for other in others:
        store.questions.judge(other, thumb)
    told(workspace, "forget me")
    assert len(store.questions.judged(EVER)) == 2


def test_their_daily_takeaway_goes_on_without_their_name(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    subscription = store.subscriptions.save(
        Subscription("s1", slack.team_id, "C1", time(9), "UTC", True, USER, NOW, NOW)  # noqa: FBT003 - weekdays
    )
    told(workspace, "forget me")
    assert store.subscriptions.get("s1") == replace(subscription, made_by=None)


@pytest.mark.parametrize("words", ["forget me not", "how do models forget?", "forget"])
def test_nothing_goes_by_accident(workspace: Workspace, store: Store, words: str) -> None:
    told(workspace, "define RAG")
    told(workspace, words)
    assert store.questions.asked(EVER)


def test_where_nothing_can_be_deleted_it_is_said_so(workspace: Workspace, store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(text("DROP TABLE feedback"))
    told(workspace, "define RAG")
    assert "cannot be deleted right now" in told(workspace, "forget me")["text"]
    assert store.questions.asked(EVER)
