"""An app outside the Marketplace, to which Slack gives one page of one thread a minute."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.storage import Store
from bot.storage.asked.thread_turns import MOST_TURNS
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, DIRECT, USER, Workspace
from tests.scenarios.test_threads import Thread

BILL = "U0000BILL0"
LIMITED = "Put the whole question into the message to me"


@pytest.fixture
def slack(slack: FakeSlack) -> FakeSlack:
    """A Slack that lets no thread be read any more."""
    slack.ration_threads(0)
    return slack


@pytest.fixture
def thread(workspace: Workspace) -> Thread:
    return Thread(workspace)


def reads(slack: FakeSlack) -> int:
    return sum(call.method == "conversations.replies" for call in slack.calls)


def test_follow_ups_need_no_read(thread: Thread, slack: FakeSlack) -> None:
    thread.says("@llm what is takeaway 4?")
    thread.says("the next one?")
    thread.says("@llm the next one?")
    assert "Build verification" in thread.heard()[1]
    assert len(thread.heard()) == 3
    assert reads(slack) == 0


def test_a_conversation_in_direct_messages_needs_no_read(
    workspace: Workspace, slack: FakeSlack
) -> None:
    root = slack.say(DIRECT, "takeaway 4", user=USER)
    workspace.direct("takeaway 4", ts=root)
    workspace.settle()
    workspace.direct("the next one", thread_ts=root)
    workspace.settle()
    assert "Build verification" in slack.wait_for("chat.postMessage", 2)[1].body["text"]
    assert reads(slack) == 0


@pytest.mark.parametrize(
    ("said", "by"),
    [
        ("I think we should try it", BILL),
        (f"<@{BILL}> what do you think?", USER),
        ("thanks!", USER),
        ("<!here> look at this", BILL),
    ],
)
def test_it_still_stays_out_of_what_people_say_to_each_other(
    thread: Thread, slack: FakeSlack, said: str, by: str
) -> None:
    thread.says("@llm what is RAG?")
    thread.says(said, user=by)
    thread.says("what is tokenization?")
    assert len(thread.heard()) == 1
    assert reads(slack) == 0


def test_in_company_it_leaves_to_people_what_it_cannot_answer(thread: Thread) -> None:
    thread.says("@llm what is RAG?")
    thread.says("what is the best recipe for sourdough bread?", user=BILL)
    thread.says("what is tokenization?", user=BILL)
    assert len(thread.heard()) == 2


@pytest.mark.parametrize("words", ["@llm why?", "@llm the next one?", "@llm"])
def test_a_mention_that_needs_the_thread_is_told_to_ask_the_whole_question(
    thread: Thread, slack: FakeSlack, words: str
) -> None:
    thread.root = slack.say(CHANNEL, "Look at this", user=BILL)
    thread.says(words)
    told = [c.body["text"] for c in slack.calls if c.method.startswith("chat.post")]
    assert len(told) == 1
    assert LIMITED in told[0]
    assert "went wrong" not in told[0]
    slack.refused.clear()


def test_a_direct_message_that_needs_the_thread_is_told_so(
    workspace: Workspace, slack: FakeSlack
) -> None:
    root = slack.say(DIRECT, "takeaway 4", user=USER)
    workspace.direct("the next one", thread_ts=root)
    workspace.settle()
    [told] = slack.wait_for("chat.postMessage")
    assert LIMITED in told.body["text"]
    slack.refused.clear()


def test_a_self_standing_question_in_a_thread_needs_no_read(
    thread: Thread, slack: FakeSlack
) -> None:
    thread.root = slack.say(CHANNEL, "Look at this", user=BILL)
    thread.says("@llm what is RAG?")
    assert len(thread.heard()) == 1
    assert reads(slack) == 0


def test_nobody_hears_that_a_thread_of_other_people_cannot_be_read(
    thread: Thread, slack: FakeSlack
) -> None:
    thread.root = slack.say(CHANNEL, "Look at this", user=BILL)
    thread.says("what is tokenization?")
    assert not [call for call in slack.calls if call.method.startswith("chat.")]
    slack.refused.clear()


def test_one_page_suffices_where_a_thread_is_short(thread: Thread, slack: FakeSlack) -> None:
    slack.ration_threads(1)
    thread.root = slack.say(CHANNEL, "what is tokenization?", user=BILL)
    thread.says("@llm")
    assert "token" in thread.heard()[0]


def kept(store: Store) -> list[tuple[str, str]]:
    with store.database.reading() as connection:
        rows = connection.execute(text("SELECT move, question FROM thread_turns ORDER BY ts")).all()
    return [tuple(row) for row in rows]


def test_of_what_people_say_to_each_other_no_word_is_kept(thread: Thread, store: Store) -> None:
    thread.says("I wonder about this episode", user=BILL)
    thread.says("@llm what is RAG?")
    thread.says("I think we should try it", user=BILL)
    thread.says("what is tokenization?")
    thread.says("@llm thank you")
    assert kept(store) == [
        ("mention", "what is RAG?"),
        ("talk", ""),
        ("question", ""),
        ("farewell", ""),
    ]


def test_threads_without_the_bot_are_not_kept(thread: Thread, store: Store) -> None:
    thread.says("I wonder about this episode")
    thread.says("I do, too", user=BILL)
    assert kept(store) == []


def test_only_the_latest_turns_of_a_thread_are_kept(thread: Thread, store: Store) -> None:
    thread.says("@llm what is RAG?")
    for number in range(MOST_TURNS + 5):
        thread.says(f"I think so, too, for reason {number}")
    assert [move for move, _ in kept(store)] == ["talk"] * MOST_TURNS


def test_forget_me_and_uninstalling_delete_turns(
    thread: Thread, workspace: Workspace, store: Store
) -> None:
    thread.says("@llm what is RAG?")
    thread.says("what is tokenization?", user=BILL)
    workspace.command("forget me")
    workspace.settle()
    assert kept(store) == [("question", "what is tokenization?")]
    workspace.event("app_uninstalled")
    workspace.settle()
    assert kept(store) == []


def test_turns_go_with_the_retention(thread: Thread, store: Store) -> None:
    thread.says("@llm what is RAG?")
    store.clean_up(datetime.now(UTC) + timedelta(days=89), kept=timedelta(days=90))
    assert len(kept(store)) == 1
    store.clean_up(datetime.now(UTC) + timedelta(days=91), kept=timedelta(days=90))
    assert kept(store) == []


def test_where_the_database_is_away_threads_are_read_as_before(
    thread: Thread, store: Store, slack: FakeSlack
) -> None:
    slack.ration_threads(1)
    with store.database.writing() as connection:
        connection.execute(text("DROP TABLE thread_turns"))
    thread.says("@llm what is takeaway 4?")
    slack.say(CHANNEL, "4. RAG", user=slack.bot_user_id, thread_ts=thread.root)
    thread.says("the next one?")
    assert "Build verification" in thread.heard()[1]
