"""Threads in channels: going on without a new mention, and staying out of people's own talk."""

from typing import Any

import pytest

from bot.slack.asking.threads.thread_history import PAGES
from bot.terminal import Call
from tests.fakes.slack import FakeSlack
from tests.fakes.threads import replies_page
from tests.fakes.workspace import CHANNEL, USER, Workspace

BILL = "U0000BILL0"
PRIVATE, GROUP_MESSAGE = "G0PRIVATE", "G0MPDM"


class Thread:
    """A thread in a channel: what people say in it reaches Slack, and by it the bot."""

    def __init__(self, workspace: Workspace, channel: str = CHANNEL, kind: str = "channel") -> None:
        self.workspace, self.slack = workspace, workspace.slack
        self.channel, self.kind = channel, kind
        self.root: str | None = None
        self.slack.channels.setdefault(channel, {"is_member": True, "messages": []})

    def says(self, text: str, user: str = USER, **fields: Any) -> None:
        """Say something, which Slack brings as a message, and as a mention where it is one."""
        marked = text.replace("@llm", f"<@{self.slack.bot_user_id}>")
        ts = self.slack.say(self.channel, marked, user=user, thread_ts=self.root)
        given = {"channel": self.channel, "user": user, "ts": ts, **fields}
        if self.root:
            given["thread_ts"] = self.root
        self.root = self.root or ts
        self.workspace.direct(marked, channel_type=self.kind, **given)
        if marked != text:
            self.workspace.mention(text, **given)
        self.workspace.settle()

    def heard(self) -> list[str]:
        """What the bot has said in it."""
        posts = [call.body for call in self.slack.calls if call.method == "chat.postMessage"]
        assert all(post["thread_ts"] == self.root for post in posts)
        return [post["text"] for post in posts]


@pytest.fixture
def thread(workspace: Workspace) -> Thread:
    """A thread in which somebody has asked the bot, and been answered."""
    thread = Thread(workspace)
    thread.says("@llm what is RAG?")
    assert len(thread.heard()) == 1
    return thread


def test_a_mention_is_answered_once_though_slack_brings_it_twice(thread: Thread) -> None:
    assert len(thread.heard()) == 1


def test_a_question_after_an_answer_needs_no_new_mention(thread: Thread) -> None:
    thread.says("and why is that useful?")
    _, answer = thread.heard()
    assert "the model" in answer  # of which the thread speaks


def test_a_follow_up_is_read_with_the_follow_ups_above_it(thread: Thread) -> None:
    thread.says("what is takeaway 4?")
    thread.says("the next one?")
    assert "Build verification" in thread.heard()[-1]


@pytest.mark.parametrize(
    ("channel", "kind"), [(PRIVATE, "group"), (GROUP_MESSAGE, "mpim"), (CHANNEL, "channel")]
)
def test_it_goes_on_in_public_and_private_channels_and_in_group_messages(
    workspace: Workspace, channel: str, kind: str
) -> None:
    thread = Thread(workspace, channel, kind)
    thread.says("@llm what is RAG?")
    thread.says("what is tokenization?", user=BILL)
    assert "token" in thread.heard()[1]


@pytest.mark.parametrize(
    "text",
    [
        "I have wondered about that",
        f"<@{BILL}> what is tokenization?",
        "<!here> what is tokenization?",
        "thanks!",
        "👍",
    ],
)
def test_what_is_no_question_or_for_somebody_else_is_left_alone(thread: Thread, text: str) -> None:
    thread.says(text)
    assert len(thread.heard()) == 1


@pytest.mark.parametrize("text", ["stop", "ok, thanks", "@llm stop", "@llm thank you"])
def test_after_a_stop_or_a_thanks_it_waits_for_a_mention(thread: Thread, text: str) -> None:
    thread.says(text)
    before = len(thread.heard())
    thread.says("what is tokenization?")
    assert len(thread.heard()) == before
    thread.says("@llm what is tokenization?")
    thread.says("what is attention?")
    assert len(thread.heard()) == before + 2


def test_it_stays_out_of_what_people_say_to_each_other(thread: Thread) -> None:
    thread.says("I think we should try it", user=BILL)
    thread.says("what is tokenization?")
    assert len(thread.heard()) == 1


def test_alone_with_a_person_it_declines_what_the_episode_does_not_say(thread: Thread) -> None:
    thread.says("what is the best recipe for sourdough bread?")
    assert "doesn't say" in thread.heard()[1]


def test_in_company_it_leaves_to_people_what_it_cannot_answer(thread: Thread) -> None:
    thread.says("what is the best recipe for sourdough bread?", user=BILL)
    assert len(thread.heard()) == 1
    thread.says("what is tokenization?", user=BILL)
    assert "token" in thread.heard()[1]


@pytest.mark.parametrize(
    "fields",
    [
        {"subtype": "message_changed", "message": {"text": "what is RAG?", "user": USER}},
        {"subtype": "message_deleted", "previous_message": {"text": "?", "user": USER}},
        {"subtype": "bot_message", "bot_id": "B0000000009"},
        {"edited": {"user": USER, "ts": "1700000009.000001"}},
        {"user": FakeSlack.bot_user_id, "bot_id": FakeSlack.bot_id},
    ],
)
def test_edits_deletions_other_bots_and_its_own_posts_provoke_nothing(
    thread: Thread, fields: dict[str, Any]
) -> None:
    said = {"channel": CHANNEL, "channel_type": "channel", "thread_ts": thread.root}
    before = len(thread.slack.calls)
    assert thread.workspace.direct("what is tokenization?", **(said | fields)).status == 200
    thread.workspace.settle()
    assert len(thread.slack.calls) == before


def test_what_stands_below_a_post_of_its_own_is_no_conversation_with_it(
    workspace: Workspace, slack: FakeSlack
) -> None:
    thread = Thread(workspace)
    thread.root = slack.say(CHANNEL, "Takeaway 4", user=slack.bot_user_id)
    thread.says("what is tokenization?")
    assert thread.heard() == []


def test_what_is_said_outside_threads_costs_no_call(workspace: Workspace, slack: FakeSlack) -> None:
    workspace.direct("what is RAG?", channel=CHANNEL, channel_type="channel")
    workspace.direct("so be it", channel=CHANNEL, channel_type="channel", thread_ts="1700000000.1")
    workspace.settle()
    assert {call.method for call in slack.calls} <= {"auth.test"}


def begun_before(workspace: Workspace) -> Thread:
    """A thread in which the bot was asked before it kept anything of threads."""
    thread, slack = Thread(workspace), workspace.slack
    thread.root = slack.say(CHANNEL, f"<@{slack.bot_user_id}> what is RAG?", user=USER)
    slack.say(CHANNEL, "Combining …", user=slack.bot_user_id, thread_ts=thread.root)
    return thread


@pytest.mark.parametrize("error", ["missing_scope", "thread_not_found", "internal_error"])
def test_a_thread_that_cannot_be_read_is_not_followed(
    workspace: Workspace, slack: FakeSlack, error: str
) -> None:
    slack.fail_next("conversations.replies", error=error)
    thread = begun_before(workspace)
    thread.says("what is tokenization?")
    assert thread.heard() == []
    slack.refused.clear()


def test_a_follow_up_that_slack_keeps_waiting_is_not_lost(
    workspace: Workspace, slack: FakeSlack
) -> None:
    slack.fail_next("conversations.replies", retry_after=0)
    slack.fail_next("chat.postMessage", retry_after=0)
    thread = begun_before(workspace)
    thread.says("what is tokenization?")
    assert "token" in thread.heard()[-1]
    assert [refusal.error for refusal in slack.refused] == ["ratelimited"] * 2
    slack.refused.clear()


def long_thread(slack: FakeSlack, talk: int, apart: float) -> dict[str, Any]:
    """A thread of `talk` messages, seconds apart, then a mention and its answer; its root."""
    start, bot = 1_700_000_000, slack.bot_user_id
    said = [
        {"user": BILL, "text": "I see it in another way", "ts": f"{start + n * apart:.6f}"}
        for n in range(talk)
    ]
    end = start + talk * apart
    said += [
        {"user": USER, "text": f"<@{bot}> what is takeaway 4?", "ts": f"{end + 1:.6f}"},
        {"user": bot, "text": "RAG is your friend", "ts": f"{end + 2:.6f}"},
    ]
    root = said[0]["ts"]
    said = [one | {"thread_ts": root} for one in said]
    slack.handlers["conversations.replies"] = lambda call: replies_page(said, call.body)
    return {"ts": f"{end + 3:.6f}", "thread_ts": root, "channel": CHANNEL}


@pytest.mark.parametrize("apart", [0.001, 1, 60, 3_600])
def test_the_newest_of_thousands_of_messages_are_found(
    workspace: Workspace, slack: FakeSlack, apart: float
) -> None:
    place = long_thread(slack, 2_500, apart)
    workspace.direct("the next one?", channel_type="channel", **place)
    workspace.settle()
    [answer] = slack.wait_for("chat.postMessage")
    assert "Build verification" in answer.body["text"]
    assert len(slack.wait_for("conversations.replies")) <= 1 + PAGES


def test_in_an_endless_thread_it_stops(workspace: Workspace, slack: FakeSlack) -> None:
    def page(_call: Call) -> dict[str, Any]:
        said = {"user": USER, "text": "👍", "ts": "1700000000.000002"}
        return {"messages": [said], "response_metadata": {"next_cursor": "more"}}

    slack.handlers["conversations.replies"] = page
    workspace.mention("@llm", thread_ts="1700000000.000001")
    workspace.settle()
    [answer] = slack.wait_for("chat.postMessage")
    assert "automated" in answer.body["text"]
    assert len(slack.wait_for("conversations.replies")) <= 1 + 3 * PAGES
