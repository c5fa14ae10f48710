"""The shortcuts: a message looked up, shared in its thread, and the form for a question."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.slack import Policy
from bot.storage import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, USER, Workspace

EVER = datetime(2026, 1, 1, tzinfo=UTC)
TS = "1700000000.000100"
MESSAGE = {"type": "message", "user": "U0000OTHER", "ts": TS, "text": "so what is tokenization?"}
View = dict[str, Any]


def looked_up(workspace: Workspace, message: dict[str, Any], **fields: Any) -> View:
    """The modal for a message."""
    response = workspace.shortcut("episode_says", message, **fields)
    assert (response.status, response.body) == (200, "")
    workspace.settle()
    view: View = workspace.slack.wait_for("views.open")[-1].body["view"]
    return view | {"id": "V0SAYS", "hash": "1.a"}


def buttons(view: View) -> list[dict[str, Any]]:
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    return [button for row in rows for button in row]


def share(workspace: Workspace, view: View) -> View:
    """What the modal turns into once its button is pressed."""
    [button] = [one for one in buttons(view) if one["action_id"] == "share_below"]
    workspace.press_in_view(button, view)
    workspace.settle()
    call = workspace.slack.wait_for("views.update")[-1]
    assert call.body["view_id"] == "V0SAYS"
    after: View = call.body["view"]
    return after


def posted(slack: FakeSlack) -> list[dict[str, Any]]:
    return [call.body for call in slack.calls if call.method == "chat.postMessage"]


def test_a_message_is_looked_up_for_the_person_alone(
    workspace: Workspace, slack: FakeSlack, store: Store
) -> None:
    view = looked_up(workspace, MESSAGE)
    assert "numerical tokens" in json.dumps(view["blocks"])
    assert {call.method for call in slack.calls} == {"auth.test", "views.open"}
    [kept] = store.questions.asked(EVER)
    assert (kept.surface, kept.question) == ("shortcut", MESSAGE["text"])


SEEN = "so what is tokenization?"


@pytest.mark.parametrize(
    "shown",
    [
        {"text": "", "attachments": [{"text": SEEN, "is_share": True}]},
        {
            "text": "This content can't be displayed.",
            "blocks": [{"type": "markdown", "text": SEEN}],
        },
        {"blocks": [{"type": "header", "text": {"type": "plain_text", "text": SEEN}}]},
    ],
)
def test_a_message_is_read_as_a_person_sees_it(
    workspace: Workspace, store: Store, shown: dict[str, Any]
) -> None:
    looked_up(workspace, {"type": "message", "user": "U0000OTHER", "ts": TS, **shown})
    assert [one.question for one in store.questions.asked(EVER)] == [SEEN]


def test_the_answer_is_shared_in_the_messages_thread_with_who_shared_it(
    workspace: Workspace, slack: FakeSlack
) -> None:
    after = share(workspace, looked_up(workspace, MESSAGE))
    [message] = posted(slack)
    assert (message["channel"], message["thread_ts"]) == (CHANNEL, TS)
    assert "numerical tokens" in message["text"]
    assert f"Shared by <@{USER}>" in message["text"]
    assert MESSAGE["text"] not in json.dumps(message)
    assert "Shared in the thread" in json.dumps(after["blocks"])
    assert all(button["action_id"] != "share_below" for button in buttons(after))


def test_a_reply_is_answered_in_its_own_thread(workspace: Workspace, slack: FakeSlack) -> None:
    share(workspace, looked_up(workspace, MESSAGE | {"ts": "1700000009.1", "thread_ts": TS}))
    [message] = posted(slack)
    assert message["thread_ts"] == TS


def test_a_public_channel_is_joined_for_it(workspace: Workspace, slack: FakeSlack) -> None:
    elsewhere = {"id": "C0ELSEWHERE", "name": "elsewhere"}
    after = share(workspace, looked_up(workspace, MESSAGE, channel=elsewhere))
    assert "Shared in the thread" in json.dumps(after["blocks"])
    assert slack.channels["C0ELSEWHERE"]["is_member"]
    slack.refused.clear()  # not_in_channel, which is how the bot knew


def test_it_is_shared_once_however_often_it_is_pressed(
    workspace: Workspace, slack: FakeSlack
) -> None:
    view = looked_up(workspace, MESSAGE)
    for _ in range(3):
        share(workspace, view)
    assert len(posted(slack)) == 1


def test_what_the_episode_does_not_say_cannot_be_shared(workspace: Workspace) -> None:
    view = looked_up(workspace, MESSAGE | {"text": "what is the best recipe for sourdough bread?"})
    assert "doesn't say" in json.dumps(view["blocks"])
    assert all(button["action_id"] != "share_below" for button in buttons(view))


@pytest.mark.parametrize("text", [None, "", "   ", "<@U0000000BOT>"])
def test_a_message_without_words_is_said_to_hold_none(
    workspace: Workspace, store: Store, text: str | None
) -> None:
    view = looked_up(workspace, MESSAGE | {"text": text})
    assert "holds no words" in json.dumps(view["blocks"])
    assert store.questions.asked(EVER) == []


def test_of_a_long_message_it_says_how_much_was_read(workspace: Workspace) -> None:
    view = looked_up(workspace, MESSAGE | {"text": f"what is tokenization? {'so ' * 1_000}"})
    assert "read its first 1,500 characters" in json.dumps(view["blocks"])


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "no JSON",
        "{}",
        '{"place":{"channel_id":"<!channel>","thread_ts":"1.1"},"value":"[]"}',
        '{"place":{"channel_id":"C0GENERAL","thread_ts":"now"},"value":"[]"}',
        '{"place":{"channel_id":"C0GENERAL","thread_ts":"1.1"},"value":"buy now"}',
        '{"place":{"channel_id":"C0GENERAL","thread_ts":"1.1"},'
        '"value":"[\\"quote\\",[[\\"episode-02\\",\\"000000000000\\",[[1,2]]]]]"}',
    ],
)
def test_forged_metadata_shares_nothing(
    workspace: Workspace, slack: FakeSlack, metadata: str
) -> None:
    after = share(workspace, looked_up(workspace, MESSAGE) | {"private_metadata": metadata})
    assert "transcript has changed since" in json.dumps(after["blocks"])
    assert posted(slack) == []


def test_the_global_shortcut_opens_the_form_and_its_question_is_kept(
    workspace: Workspace, store: Store
) -> None:
    assert workspace.shortcut("ask_the_episode").status == 200
    workspace.settle()
    view = workspace.slack.wait_for("views.open")[-1].body["view"]
    response = workspace.submit(view, question={"value": "define RAG"})
    workspace.settle()
    answered = json.loads(response.body)["view"]
    assert "Combining retrieved documents" in json.dumps(answered["blocks"])
    [kept] = store.questions.asked(EVER)
    assert kept.surface == "shortcut"


class TestWhereSlackRefuses:
    @pytest.fixture(autouse=True)
    def _meant(self, slack: FakeSlack) -> Iterator[None]:
        """The refusals are what is tested."""
        yield
        slack.refused.clear()

    @pytest.mark.parametrize("channel", ["C0UNKNOWN", "G0PRIVATE"])
    def test_where_the_bot_is_no_member_it_says_so_and_can_be_tried_again(
        self, workspace: Workspace, slack: FakeSlack, channel: str
    ) -> None:
        view = looked_up(workspace, MESSAGE, channel={"id": channel, "name": "x"})
        after = share(workspace, view)
        assert "invite me" in json.dumps(after["blocks"])
        slack.channels[channel] = {"is_member": True, "messages": []}
        share(workspace, after | {"id": "V0SAYS", "hash": "2.b"})
        assert [message["channel"] for message in posted(slack)] == [channel] * 2

    def test_a_failure_for_good_is_told_without_its_reason(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        view = looked_up(workspace, MESSAGE)
        slack.fail_next("chat.postMessage", error="fatal_error")
        told = json.dumps(share(workspace, view)["blocks"])
        assert "something went wrong" in told
        assert "fatal_error" not in told
        [_attempt] = posted(slack)  # and no apology that asks for another one

    def test_whoever_has_closed_the_modal_is_told_directly(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        view = looked_up(workspace, MESSAGE)
        slack.fail_next("views.update", error="not_found")
        share(workspace, view)
        _, told = posted(slack)
        assert told["channel"] == USER
        assert told["text"] == "Shared in the thread below the message."


class TestAskedTooOften:
    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(rate_limit="1/hour")

    def test_it_says_when_to_come_back(self, workspace: Workspace, store: Store) -> None:
        looked_up(workspace, MESSAGE)
        view = looked_up(workspace, MESSAGE)
        assert "try again in" in json.dumps(view["blocks"])
        assert len(store.questions.asked(EVER)) == 1

    def test_the_form_stays_and_says_when_to_come_back(
        self, workspace: Workspace, store: Store
    ) -> None:
        looked_up(workspace, MESSAGE)
        workspace.shortcut("ask_the_episode")
        workspace.settle()
        view = workspace.slack.wait_for("views.open")[-1].body["view"]
        refused = json.loads(workspace.submit(view, question={"value": "define RAG"}).body)
        assert refused["response_action"] == "errors"
        assert "try again in" in refused["errors"]["question"]
        assert len(store.questions.asked(EVER)) == 1
