"""Mentions and direct messages, from Slack's event to what Slack gets back."""

from typing import Any

import pytest

from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, DIRECT, USER, Workspace

TOKENIZATION = "what is tokenization?"


def posted(workspace: Workspace) -> dict[str, Any]:
    """The one message that the bot has posted."""
    workspace.settle()
    [call] = workspace.slack.wait_for("chat.postMessage")
    return call.body


def nothing_posted(workspace: Workspace) -> bool:
    workspace.settle()
    return {call.method for call in workspace.slack.calls} <= {"auth.test"}


@pytest.mark.parametrize("text", ["@llm {}", "{} @llm", "hey @llm {}"])
def test_a_mention_is_answered_in_a_thread_under_it(workspace: Workspace, text: str) -> None:
    assert workspace.mention(text.format(TOKENIZATION), ts="1700000009.000001").status == 200
    body = posted(workspace)
    assert (body["channel"], body["thread_ts"]) == (CHANNEL, "1700000009.000001")
    assert "token" in body["text"]


def test_a_mention_in_a_thread_is_answered_in_that_thread(workspace: Workspace) -> None:
    workspace.mention(f"@llm {TOKENIZATION}", thread_ts="1700000000.000001")
    assert posted(workspace)["thread_ts"] == "1700000000.000001"


def test_a_public_answer_is_one_call(workspace: Workspace, slack: FakeSlack) -> None:
    workspace.mention(f"@llm {TOKENIZATION}")
    posted(workspace)
    assert [call.method for call in slack.calls] == ["auth.test", "chat.postMessage"]


def test_an_empty_mention_in_a_thread_answers_the_last_question_above(
    workspace: Workspace, slack: FakeSlack
) -> None:
    root = slack.say(CHANNEL, "Did you hear the episode?", user=USER)
    slack.say(CHANNEL, TOKENIZATION, user=USER, thread_ts=root)
    slack.say(CHANNEL, "no idea", user="U0000BILL0", thread_ts=root)
    workspace.mention("@llm", thread_ts=root)
    body = posted(workspace)
    assert body["thread_ts"] == root
    assert "token" in body["text"]


def test_an_empty_mention_in_a_thread_without_questions_gets_help(
    workspace: Workspace, slack: FakeSlack
) -> None:
    root = slack.say(CHANNEL, "👍", user=USER)
    workspace.mention("@llm", thread_ts=root)
    assert "automated" in posted(workspace)["text"]


@pytest.mark.parametrize("text", ["@llm", "@llm help", "@llm ?!"])
def test_a_mention_without_a_question_outside_threads_gets_help(
    workspace: Workspace, text: str
) -> None:
    workspace.mention(text)
    assert "/llm define TERM" in posted(workspace)["text"]


def test_a_direct_message_begins_a_thread_as_the_agent_pane_wants_it(workspace: Workspace) -> None:
    assert workspace.direct(TOKENIZATION, ts="1700000009.000001").status == 200
    body = posted(workspace)
    assert (body["channel"], body["thread_ts"]) == (DIRECT, "1700000009.000001")
    assert "token" in body["text"]


def test_a_direct_message_in_a_thread_is_answered_there(workspace: Workspace) -> None:
    workspace.direct(TOKENIZATION, thread_ts="1700000000.000001")
    assert posted(workspace)["thread_ts"] == "1700000000.000001"


@pytest.mark.parametrize(
    "fields",
    [
        {"subtype": "message_changed", "message": {"text": "what is RAG?", "user": USER}},
        {"subtype": "message_deleted", "previous_message": {"text": "?", "user": USER}},
        {"subtype": "bot_message", "bot_id": "B0000000009"},
        {"bot_id": "B0000000009"},
        {"edited": {"user": USER, "ts": "1700000009.000001"}},
        {"user": FakeSlack.bot_user_id, "bot_id": FakeSlack.bot_id},
    ],
)
def test_edits_deletions_and_bots_provoke_nothing_and_do_not_come_again(
    workspace: Workspace, fields: dict[str, Any]
) -> None:
    assert workspace.direct(TOKENIZATION, **fields).status == 200
    assert workspace.mention(f"@llm {TOKENIZATION}", **fields).status == 200
    assert nothing_posted(workspace)


def test_a_message_outside_threads_in_a_channel_is_left_alone(workspace: Workspace) -> None:
    assert workspace.direct(TOKENIZATION, channel=CHANNEL, channel_type="channel").status == 200
    assert nothing_posted(workspace)


HOSTILE = [
    "<!channel>",
    "what does <!here> mean?",
    "define <@U0000ALEXA>",
    "define <https://evil.example|RAG>",
    "what is `rm -rf` & ```code```?",
    "what is RAG? " * 385,
    "x" * 5_000,
    "what is 🤖 tokenization 👩‍👩‍👧‍👦?",
    "ما هو RAG؟",
    "&lt;!channel&gt; what is RAG?",
    "\u202edefine RAG",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_answered_and_nothing_of_it_acts(workspace: Workspace, text: str) -> None:
    workspace.mention(f"@llm {text}")
    workspace.direct(text)
    workspace.command(text)
    workspace.settle()
    answers = [*workspace.slack.wait_for("chat.postMessage", 2)]
    answers += workspace.slack.wait_for("response_url")
    for answer in answers:
        assert "<" not in answer.body["text"]
        assert "mrkdwn" not in str(answer.body["blocks"])


def test_a_follow_up_in_a_thread_is_read_with_the_mentions_above_it(
    workspace: Workspace, slack: FakeSlack
) -> None:
    bot = f"<@{slack.bot_user_id}>"
    root = slack.say(CHANNEL, f"{bot} what is RAG?", user=USER)
    slack.say(CHANNEL, "what about lunch?", user="U0000BILL0", thread_ts=root)
    workspace.mention("@llm why is that useful?", thread_ts=root)
    body = posted(workspace)
    assert body["thread_ts"] == root
    assert "the model" in body["text"]  # of which the thread speaks
    assert "doesn't say" not in body["text"]


def test_a_follow_up_in_a_direct_message_needs_no_mention(
    workspace: Workspace, slack: FakeSlack
) -> None:
    root = slack.say(DIRECT, "takeaway 4", user=USER)
    workspace.direct("the next one", thread_ts=root)
    assert "Build verification" in posted(workspace)["text"]


def test_a_question_of_its_own_in_a_thread_costs_no_look_into_it(
    workspace: Workspace, slack: FakeSlack
) -> None:
    workspace.mention(f"@llm {TOKENIZATION}", thread_ts="1700000000.000001")
    posted(workspace)
    assert "conversations.replies" not in {call.method for call in slack.calls}


def test_a_follow_up_in_a_thread_that_cannot_be_read_is_answered_by_itself(
    workspace: Workspace, slack: FakeSlack
) -> None:
    slack.fail_next("conversations.replies", error="missing_scope")
    workspace.mention("@llm why?", thread_ts="1700000000.000001")
    assert posted(workspace)["text"]
    slack.refused.clear()


FORWARDED = [
    {"text": TOKENIZATION, "is_share": True},
    {
        "fallback": "This content can't be displayed.",
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": TOKENIZATION}}],
    },
]


@pytest.mark.parametrize("attachment", FORWARDED)
@pytest.mark.parametrize("direct", [True, False])
def test_a_forwarded_question_is_answered(
    workspace: Workspace, attachment: dict[str, Any], *, direct: bool
) -> None:
    if direct:
        workspace.direct("", attachments=[attachment])
    else:
        workspace.mention("@llm", attachments=[attachment])
    assert "token" in posted(workspace)["text"]
