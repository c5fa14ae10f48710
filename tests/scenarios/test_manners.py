"""How the bot behaves when it is asked too much, too long, too little, or when Slack is slow."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.slack import Policy, Services, build_app, one_workspace
from bot.slack.answer.buttons import SHARE
from bot.slack.sending.retries import retry_handlers
from bot.storage import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import DIRECT, USER, Mode, Workspace, mention_payload

BILL = "U0000BILL0"
IN_TIME = 3  # seconds, in which Slack wants an acknowledgement
WORKERS = 5


@pytest.fixture
def policy() -> Policy:
    return Policy(rate_limit="2/hour")


def asked(store: Store) -> int:
    """How many questions are kept."""
    return len(store.questions.asked(datetime(2020, 1, 1, tzinfo=UTC)))


def test_who_asks_too_much_in_a_channel_is_told_alone_when_to_come_back(
    workspace: Workspace, slack: FakeSlack, store: Store
) -> None:
    for _ in range(3):
        workspace.mention("@llm define RAG", thread_ts="1700000000.000001")
    workspace.settle()
    [refusal] = slack.wait_for("chat.postEphemeral")
    assert (refusal.body["user"], refusal.body["thread_ts"]) == (USER, "1700000000.000001")
    assert "Please try again in 60 minutes" in refusal.body["text"]
    assert len(slack.wait_for("chat.postMessage")) == 2
    assert asked(store) == 2


def test_who_asks_too_much_directly_is_told_there(workspace: Workspace, slack: FakeSlack) -> None:
    for _ in range(3):
        workspace.direct("define RAG")
    workspace.settle()
    *_, refusal = slack.wait_for("chat.postMessage", 3)
    assert refusal.body["channel"] == DIRECT
    assert "Please try again in" in refusal.body["text"]


def test_who_asks_too_much_by_command_is_told_by_its_answer(
    workspace: Workspace, slack: FakeSlack
) -> None:
    for _ in range(3):
        workspace.command("define RAG")
    workspace.settle()
    *_, refusal = slack.wait_for("response_url", 3)
    assert refusal.body["response_type"] == "ephemeral"
    assert "Please try again in" in refusal.body["text"]
    assert SHARE not in str(refusal.body)


def test_all_surfaces_count_together_and_other_people_do_not(
    workspace: Workspace, slack: FakeSlack
) -> None:
    workspace.mention("@llm define RAG")
    workspace.direct("define RAG")
    workspace.command("define RAG")
    workspace.command("define RAG", user_id=BILL)
    workspace.settle()
    said = [call.body["text"] for call in slack.wait_for("response_url", 2)]
    assert sum("Please try again in" in text for text in said) == 1
    assert sum("Combining retrieved documents" in text for text in said) == 1


@pytest.mark.parametrize("text", ["daily status", "privacy", "forget me"])
def test_what_asks_nothing_is_never_too_much(
    workspace: Workspace, slack: FakeSlack, text: str
) -> None:
    for _ in range(4):
        workspace.command(text)
    workspace.settle()
    for call in slack.wait_for("response_url", 4):
        assert "Please try again in" not in call.body["text"]


def test_a_long_question_is_answered_and_told_how_much_was_read(
    workspace: Workspace, slack: FakeSlack
) -> None:
    workspace.mention("@llm define RAG" + " and so on" * 400)
    workspace.command("define RAG" + " and so on" * 400)
    workspace.settle()
    [answer] = slack.wait_for("chat.postMessage")
    [private] = slack.wait_for("response_url")
    for body in (answer.body, private.body):
        assert body["text"].startswith("That was a long message. I read its first 1,500 char")


@pytest.mark.parametrize(
    ("text", "offered"), [("takeawys", "/llm takeaways"), ("dayly on", "/llm daily on")]
)
def test_a_misspelt_command_is_declined_with_the_nearest_one(
    workspace: Workspace, slack: FakeSlack, text: str, offered: str
) -> None:
    workspace.command(text)
    workspace.settle()
    [answer] = slack.wait_for("response_url")
    assert "doesn't say" in answer.body["text"]
    assert offered in answer.body["text"]
    assert offered in str(answer.body["blocks"])


@pytest.fixture
def crowded(answerer: Answerer, slack: FakeSlack, mode: Mode) -> Iterator[Workspace]:
    """A workspace whose bot has several workers, and retries as it does in earnest."""
    client = WebClient(base_url=slack.url, retry_handlers=retry_handlers())
    with closing(Store.open()) as store, ThreadPoolExecutor(WORKERS) as executor:
        app = build_app(
            Services.of(answerer, store),
            authorize=one_workspace(client, slack.token),
            signing_secret=slack.signing_secret,
            client=client,
            executor=executor,
        )
        yield Workspace(app, slack, executor, mode)


def mention_timed(workspace: Workspace, user: str) -> float:
    """Mention the bot; the seconds until Slack has its acknowledgement."""
    text = f"<@{workspace.slack.bot_user_id}> define RAG"
    began = time.monotonic()
    assert workspace.send_json(mention_payload(workspace.slack, text, user=user)).status == 200
    return time.monotonic() - began


def test_twenty_mentions_at_once_are_acknowledged_in_time_though_slack_is_slow(
    crowded: Workspace, slack: FakeSlack
) -> None:
    people = [f"U00000000{n:02}" for n in range(20)]
    with slack.hold("chat.postMessage"), ThreadPoolExecutor(20) as everybody:
        took = list(everybody.map(lambda user: mention_timed(crowded, user), people))
        assert max(took) < IN_TIME
    answers = slack.wait_for("chat.postMessage", 20, timeout=30)
    assert len({answer.body["thread_ts"] for answer in answers}) == 20


def test_a_429_in_the_middle_loses_nothing_and_doubles_nothing(
    crowded: Workspace, slack: FakeSlack
) -> None:
    for _ in range(3):
        slack.fail_next("chat.postMessage", retry_after=0)
    for n in range(20):
        mention_timed(crowded, f"U00000000{n:02}")
    answers = slack.wait_for("chat.postMessage", 23, timeout=30)
    refused = {json.dumps(refusal.call.body, sort_keys=True) for refusal in slack.refused}
    assert len({answer.body["thread_ts"] for answer in answers}) == 20
    assert len(refused) <= 3
    assert len(slack.refused) == 3
    slack.refused.clear()


@pytest.mark.parametrize("status", [500, 503])
def test_a_thread_is_read_again_where_slack_failed_at_it(
    crowded: Workspace, slack: FakeSlack, status: int
) -> None:
    root = slack.say("C0GENERAL", "what is tokenization?", user=USER)
    slack.fail_next("conversations.replies", status=status, error="internal_error")
    crowded.mention("@llm", thread_ts=root)
    [answer] = slack.wait_for("chat.postMessage")
    assert "token" in answer.body["text"]
    assert len(slack.wait_for("conversations.replies", 2)) == 2
    slack.refused.clear()
