"""*Share…*: from an answer to the form for the channel, and the post there."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.slack import Policy
from bot.slack.answer.buttons import SHARE
from bot.terminal import Call, RefusedError
from tests.fakes.limits import view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, DIRECT, USER, Workspace

Handler = Callable[[Call], dict[str, Any]]
ELSEWHERE = "C0ELSEWHERE"
HELD = {"type": "message", "channel_id": CHANNEL, "message_ts": "2.1", "is_ephemeral": True}


@pytest.fixture
def policy() -> Policy:
    return Policy(rate_limit="off")


def private_answer(
    workspace: Workspace, text: str = "define RAG"
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answer to `/llm text` and its button."""
    workspace.command(text)
    workspace.settle()
    body = workspace.slack.wait_for("response_url")[-1].body
    return body, share_button(body)


def share_button(body: dict[str, Any]) -> dict[str, Any]:
    [button] = [
        element
        for block in body["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"] == SHARE
    ]
    return dict(button)


def opened(workspace: Workspace, button: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The form that the button opens; the press is acknowledged with nothing."""
    acknowledged = workspace.press(button, **fields)
    assert (acknowledged.status, acknowledged.body) == (200, "")
    workspace.settle()
    view: dict[str, Any] = workspace.slack.wait_for("views.open")[-1].body["view"]
    return view


def form(workspace: Workspace, text: str = "define RAG", **held: Any) -> dict[str, Any]:
    """The form below a private answer."""
    _, button = private_answer(workspace, text)
    return opened(workspace, button, container=HELD | held)


def sent(workspace: Workspace, view: dict[str, Any], channel: Any = CHANNEL) -> str:
    """What the form says once it has been sent with a channel."""
    response = workspace.submit(view, channel={"selected_conversation": channel})
    workspace.settle()
    under_way = json.loads(response.body)
    assert under_way["response_action"] == "update"
    assert view_faults(under_way["view"]) == []
    return str(workspace.slack.wait_for("views.update")[-1].body["view"]["blocks"])


def shared(workspace: Workspace) -> list[dict[str, Any]]:
    """What stands in the button's channel by its response URL."""
    said = [call.body for call in workspace.slack.calls if call.method == "response_url"]
    return [body for body in said if body.get("response_type") == "in_channel"]


def posted(slack: FakeSlack) -> list[dict[str, Any]]:
    return [call.body for call in slack.calls if call.method == "chat.postMessage"]


class TestForm:
    """What the form asks for."""

    def test_it_begins_with_this_channel_and_shows_what_is_shared(
        self, workspace: Workspace
    ) -> None:
        view = form(workspace)
        assert view_faults(view) == []
        [select] = [b["element"] for b in view["blocks"] if b["type"] == "input"]
        assert select["initial_conversation"] == CHANNEL
        assert "Combining retrieved documents" in str(view["blocks"])

    def test_a_direct_message_is_no_channel_to_begin_with(self, workspace: Workspace) -> None:
        [select] = [
            block["element"]
            for block in form(workspace, channel_id=DIRECT)["blocks"]
            if block["type"] == "input"
        ]
        assert "initial_conversation" not in select

    @pytest.mark.parametrize("channel", [None, "", "D0DIRECT", "<!channel>", 7, "c1"])
    def test_what_is_no_channel_is_refused(self, workspace: Workspace, channel: Any) -> None:
        view = form(workspace)
        response = workspace.submit(view, channel={"selected_conversation": channel})
        workspace.settle()
        assert json.loads(response.body)["errors"] == {"channel": "Choose a channel."}

    @pytest.mark.parametrize(
        "metadata",
        [
            "",
            "<!channel> buy now",
            '["[]","C1",null,null]',
            '["[\\"quote\\",[[\\"episode-02\\",\\"0\\",[[1,2]]]]]","C1",null,null]',
            "x" * 3_001,
        ],
    )
    def test_metadata_that_stands_for_nothing_is_refused(
        self, workspace: Workspace, slack: FakeSlack, metadata: str
    ) -> None:
        view = form(workspace) | {"private_metadata": metadata}
        response = workspace.submit(view, channel={"selected_conversation": CHANNEL})
        workspace.settle()
        assert "transcript has changed since" in response.body
        assert shared(workspace) == posted(slack) == []


class TestHere:
    """A private answer for the channel that it was asked in: no membership is needed."""

    @pytest.mark.parametrize(
        "text",
        [
            "define RAG",
            "takeaway 4",
            "takeaways",
            "segments",
            "terms",
            "what is tokenization?",
            "what makes a good prompt",
        ],
    )
    def test_the_same_quotes_stand_in_the_channel(self, workspace: Workspace, text: str) -> None:
        private, button = private_answer(workspace, text)
        assert "Shared to" in sent(workspace, opened(workspace, button, container=HELD))
        [public] = shared(workspace)
        assert public["replace_original"] is False
        lead = 1 if "lists" in text or public["blocks"][0] != private["blocks"][0] else 0
        ends = [n for n, one in enumerate(private["blocks"]) if one["type"] == "actions"]
        quoted = private["blocks"][lead : ends[0]]
        assert public["blocks"][lead : lead + len(quoted)] == quoted
        credit = public["blocks"][lead + len(quoted)]
        assert credit["elements"][0]["text"] == f"Shared by <@{USER}>"
        assert public["blocks"][-1]["type"] == "context_actions"
        assert public["text"].endswith(f"Shared by <@{USER}>")

    def test_a_list_that_the_dialogue_makes_is_shared_as_a_list(self, workspace: Workspace) -> None:
        _, button = private_answer(workspace, "what makes a good prompt")
        kind, [[_, _, spans]] = json.loads(button["value"])
        sent(workspace, opened(workspace, button, container=HELD))
        [public] = shared(workspace)
        assert kind == "list"
        assert len(spans) > 3
        lists = [
            part["elements"]
            for block in public["blocks"]
            for part in block["elements"]
            if part["type"] == "rich_text_list"
        ]
        assert sum(map(len, lists)) == len(spans)

    def test_it_works_where_the_bot_is_no_member(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        sent(workspace, form(workspace, channel_id="G0SECRET"), "G0SECRET")
        assert len(shared(workspace)) == 1
        assert posted(slack) == []

    def test_the_private_answer_goes_once_it_is_shared(self, workspace: Workspace) -> None:
        sent(workspace, form(workspace))
        said = [call.body for call in workspace.slack.calls if call.method == "response_url"]
        assert said[-1] == {"delete_original": True}

    def test_what_is_shared_from_a_thread_stays_in_it(self, workspace: Workspace) -> None:
        sent(workspace, form(workspace, thread_ts="1.1"))
        assert shared(workspace)[0]["thread_ts"] == "1.1"

    @pytest.mark.parametrize(("status", "posts"), [(404, 1), (500, 0)])
    def test_only_what_was_refused_is_posted_another_way(
        self, workspace: Workspace, slack: FakeSlack, status: int, posts: int
    ) -> None:
        view = form(workspace, thread_ts="1.1")
        slack.fail_next("response_url", status=status)
        said = sent(workspace, view)
        assert ("Shared to" in said) is bool(posts)
        assert ("may not have been shared" in said) is not bool(posts)
        assert [body["thread_ts"] for body in posted(slack)] == ["1.1"] * posts
        slack.refused.clear()

    @pytest.mark.parametrize("status", [200, 404, 500])
    def test_a_private_answer_that_cannot_be_taken_away_changes_nothing(
        self, workspace: Workspace, status: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        view = form(workspace)
        workspace.slack.handlers["response_url"] = _refusing_to_delete(status)
        assert "Shared to" in sent(workspace, view)
        assert len(shared(workspace)) == 1
        assert "still shown in private" in caplog.text
        workspace.slack.refused.clear()


def _refusing_to_delete(status: int) -> Handler:
    def respond(call: Call) -> dict[str, Any]:
        if call.body.get("delete_original"):
            raise RefusedError("cannot_delete", status=status)
        return {}

    return respond


class TestElsewhere:
    """An answer for another channel, or a public answer for any."""

    @pytest.mark.parametrize("text", ["define RAG", "takeaways", "segments"])
    def test_it_is_posted_there_with_who_shared_it(
        self, workspace: Workspace, slack: FakeSlack, text: str
    ) -> None:
        slack.channels[ELSEWHERE]["is_member"] = True
        assert "Shared to" in sent(workspace, form(workspace, text), ELSEWHERE)
        [post] = posted(slack)
        assert post["channel"] == ELSEWHERE
        assert post["text"].endswith(f"Shared by <@{USER}>")
        assert shared(workspace) == []

    def test_a_public_answer_is_shared_to_the_channel_and_stays(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        workspace.mention("@llm define RAG")
        workspace.settle()
        button = share_button(posted(slack)[-1])
        held = HELD | {"is_ephemeral": False, "thread_ts": "1.1"}
        assert "Shared to" in sent(workspace, opened(workspace, button, container=held))
        assert (posted(slack)[-1]["channel"], posted(slack)[-1].get("thread_ts")) == (CHANNEL, None)
        assert "response_url" not in {call.method for call in slack.calls}

    def test_a_public_channel_is_joined(self, workspace: Workspace, slack: FakeSlack) -> None:
        assert "Shared to" in sent(workspace, form(workspace), ELSEWHERE)
        [message] = slack.channels[ELSEWHERE]["messages"]
        assert "Shared by" in message["text"]
        slack.refused.clear()

    @pytest.mark.parametrize(
        ("channel", "why"),
        [("G0SECRET", "invite me"), ("C0UNKNOWN", "invite me"), ("C0ARCHIVED", "is archived")],
    )
    def test_where_it_cannot_be_posted_it_says_why(
        self, workspace: Workspace, slack: FakeSlack, channel: str, why: str
    ) -> None:
        slack.channels["C0ARCHIVED"] = {"is_member": True, "is_archived": True, "messages": []}
        said = sent(workspace, form(workspace), channel)
        assert "was not shared" in said
        assert why in said
        slack.refused.clear()

    def test_a_channel_that_cannot_be_joined_says_so(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        slack.fail_next("conversations.join", error="missing_scope")
        assert "invite me" in sent(workspace, form(workspace), ELSEWHERE)
        slack.refused.clear()

    def test_a_cut_post_is_not_repeated_and_said_to_be_unsure(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        view = form(workspace)

        def cut(_call: Call) -> dict[str, Any]:
            raise ConnectionAbortedError

        slack.channels[ELSEWHERE]["is_member"] = True
        slack.handlers["chat.postMessage"] = cut
        assert "may not have been shared" in sent(workspace, view, ELSEWHERE)
        slack.refused.clear()

    @pytest.mark.parametrize(
        "error", ["internal_error", "Received a response in a non-JSON format: <html>"]
    )
    def test_a_failure_of_slacks_is_said_to_be_unsure_without_its_words(
        self, workspace: Workspace, slack: FakeSlack, error: str
    ) -> None:
        view = form(workspace)
        slack.fail_next("chat.postMessage", status=500, error=error)
        said = sent(workspace, view, ELSEWHERE)
        assert "may not have been shared" in said
        assert error not in said
        slack.refused.clear()


def test_a_form_that_is_sent_twice_is_posted_once(workspace: Workspace) -> None:
    view = form(workspace)
    sent(workspace, view)
    again = workspace.submit(view, channel={"selected_conversation": CHANNEL})
    workspace.settle()
    assert "has been sent before" in again.body
    assert len(shared(workspace)) == 1


def test_a_person_who_has_closed_the_form_is_told_directly(
    workspace: Workspace, slack: FakeSlack
) -> None:
    view = form(workspace)
    slack.fail_next("views.update", error="not_found")
    sent(workspace, view)
    [told] = posted(slack)
    assert told["channel"] == USER
    assert told["text"] == f"Shared to <#{CHANNEL}>."
    slack.refused.clear()


def test_what_fails_in_a_thread_is_told_in_it(workspace: Workspace) -> None:
    _, button = private_answer(workspace)
    workspace.slack.fail_next("views.open", error="expired_trigger_id")
    workspace.press(button, container=HELD | {"thread_ts": "1.1"})
    workspace.settle()
    apology = workspace.slack.wait_for("response_url", 2)[-1].body
    assert "something went wrong" in apology["text"]
    assert apology["thread_ts"] == "1.1"
    workspace.slack.refused.clear()


def with_value(button: dict[str, Any], value: Any) -> dict[str, Any]:
    return {**button, "value": json.dumps(value) if isinstance(value, list) else value}


def refused(workspace: Workspace, button: dict[str, Any]) -> None:
    """Pressing the button tells the person alone that nothing can be shared."""
    before = len(workspace.slack.calls)
    workspace.press(button)
    workspace.settle()
    [answer] = [c.body for c in workspace.slack.calls[before:] if c.method != "auth.test"]
    assert answer["response_type"] == "ephemeral"
    assert answer["replace_original"] is False
    assert "transcript has changed since" in answer["text"]


def test_a_quote_of_another_version_is_refused(workspace: Workspace) -> None:
    _, button = private_answer(workspace)
    kind, [[episode, _, spans]] = json.loads(button["value"])
    refused(workspace, with_value(button, [kind, [[episode, "0" * 12, spans]]]))


def test_a_span_that_was_never_quoted_is_refused(workspace: Workspace) -> None:
    _, button = private_answer(workspace)
    kind, [[episode, digest, [[start, end], *_]]] = json.loads(button["value"])
    refused(workspace, with_value(button, [kind, [[episode, digest, [[start + 1, end]]]]]))


@pytest.mark.parametrize(
    "value", ["", "<!channel> buy now", '["quote",[]]', "[" * 2_000, "x" * 2_001, "null"]
)
def test_a_forged_value_is_refused(workspace: Workspace, value: str) -> None:
    _, button = private_answer(workspace)
    refused(workspace, with_value(button, value))


def test_a_button_without_a_value_is_refused(workspace: Workspace) -> None:
    _, button = private_answer(workspace)
    del button["value"]
    refused(workspace, button)
