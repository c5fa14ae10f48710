"""*Share to channel* and *Share elsewhere…*: from the private answer to the public one."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.slack.answer.buttons import SHARE
from bot.terminal import Call, RefusedError
from tests.fakes.limits import view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, USER, Workspace

Handler = Callable[[Call], dict[str, Any]]


def private_answer(workspace: Workspace, text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answer to `/llm text` and its button."""
    workspace.command(text)
    workspace.settle()
    body = workspace.slack.wait_for("response_url")[-1].body
    [button] = [
        element
        for block in body["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"] == SHARE
    ]
    return body, button


def pressed(workspace: Workspace, button: dict[str, Any]) -> list[dict[str, Any]]:
    """What Slack gets when the button is pressed; the press is acknowledged with nothing."""
    before = len(workspace.slack.calls)
    acknowledged = workspace.press(button)
    assert (acknowledged.status, acknowledged.body) == (200, "")
    workspace.settle()
    return [c.body for c in workspace.slack.calls[before:] if c.method != "auth.test"]


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
def test_the_same_quotes_stand_in_the_channel(workspace: Workspace, text: str) -> None:
    private, button = private_answer(workspace, text)
    shared, _ = pressed(workspace, button)
    assert shared["response_type"] == "in_channel"
    assert shared["replace_original"] is False
    lead = 1 if private["blocks"][0]["elements"][0]["type"] == "rich_text_section" else 0
    *quoted, _share, _thumbs = private["blocks"][lead:]
    end = next(n for n, one in enumerate(shared["blocks"]) if one["type"] == "actions") - 1
    credit, thumbs = shared["blocks"][end], shared["blocks"][-1]
    assert shared["blocks"][end - len(quoted) : end] == quoted
    assert credit["elements"][0]["text"] == f"Shared by <@{USER}>"
    assert thumbs["type"] == "context_actions"
    assert shared["text"].endswith(f"Shared by <@{USER}>")


def test_a_list_that_the_dialogue_makes_is_shared_as_a_list(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "what makes a good prompt")
    kind, [[_, _, spans]] = json.loads(button["value"])
    shared, _ = pressed(workspace, button)
    assert kind == "list"
    assert len(spans) > 3
    [items] = [
        part["elements"]
        for block in shared["blocks"]
        for part in block["elements"]
        if part["type"] == "rich_text_list"
    ]
    assert len(items) == len(spans)


def test_the_private_answer_goes_once_it_is_shared_and_its_button_with_it(
    workspace: Workspace,
) -> None:
    _, button = private_answer(workspace, "define RAG")
    shared, removal = pressed(workspace, button)
    assert shared["response_type"] == "in_channel"
    assert removal == {"delete_original": True}


def test_an_answer_that_could_not_be_shared_keeps_its_button(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "define RAG")
    workspace.slack.fail_next("response_url", status=500)
    with workspace.slack.hold("response_url"):  # for Bolt forgets the ack of what fails at once
        assert workspace.press(button).status == 200
    workspace.settle()
    _, _, apology = workspace.slack.wait_for("response_url", 3)
    assert "something went wrong" in apology.body["text"]
    assert "delete_original" not in apology.body
    workspace.slack.refused.clear()


HELD = {"type": "message", "channel_id": CHANNEL, "message_ts": "2.1", "is_ephemeral": True}


def test_an_answer_is_shared_once_however_often_the_button_is_pressed(
    workspace: Workspace,
) -> None:
    _, button = private_answer(workspace, "define RAG")
    with workspace.slack.hold("response_url"):
        for _ in range(3):
            assert workspace.press(button, container=HELD).status == 200
    workspace.settle()
    said = [call.body for call in workspace.slack.calls if call.method == "response_url"][1:]
    kinds = [body.get("response_type") for body in said]
    assert kinds == ["in_channel", None, "ephemeral", "ephemeral"]
    assert "shared this already" in said[-1]["text"]


def test_each_of_two_answers_is_shared(workspace: Workspace) -> None:
    for time in ("2.1", "2.2"):
        _, button = private_answer(workspace, "define RAG")
        workspace.press(button, container=HELD | {"message_ts": time})
        workspace.settle()
    said = [call.body for call in workspace.slack.calls if call.method == "response_url"]
    assert len([body for body in said if body.get("response_type") == "in_channel"]) == 2


def test_what_may_have_been_shared_is_not_shared_again(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "define RAG")
    workspace.slack.fail_next("response_url", status=500)
    for _ in range(2):
        with workspace.slack.hold("response_url"):
            workspace.press(button, container=HELD)
        workspace.settle()
    *_, refused = workspace.slack.wait_for("response_url", 4)
    assert "or tried to" in refused.body["text"]
    workspace.slack.refused.clear()


@pytest.mark.parametrize("status", [200, 404, 500])
def test_a_button_that_cannot_be_taken_away_changes_nothing_about_what_was_shared(
    workspace: Workspace, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    _, button = private_answer(workspace, "define RAG")
    workspace.slack.handlers["response_url"] = _refusing_to_delete(status)
    shared, removal = pressed(workspace, button)
    assert shared["response_type"] == "in_channel"
    assert removal == {"delete_original": True}
    assert "keeps its button" in caplog.text
    workspace.slack.refused.clear()


def _refusing_to_delete(status: int) -> Handler:
    def respond(call: Call) -> dict[str, Any]:
        if call.body.get("delete_original"):
            raise RefusedError("cannot_delete", status=status)
        return {}

    return respond


def with_value(button: dict[str, Any], value: Any) -> dict[str, Any]:
    return {**button, "value": json.dumps(value) if isinstance(value, list) else value}


def refused(workspace: Workspace, button: dict[str, Any]) -> None:
    """Pressing the button tells the person alone that nothing was shared."""
    [answer] = pressed(workspace, button)
    assert answer["response_type"] == "ephemeral"
    assert answer["replace_original"] is False
    assert "can no longer be shared" in answer["text"]


def test_a_quote_of_an_older_edition_is_refused(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "define RAG")
    kind, [[episode, _, spans]] = json.loads(button["value"])
    refused(workspace, with_value(button, [kind, [[episode, "0" * 12, spans]]]))


def test_a_span_that_was_never_quoted_is_refused(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "define RAG")
    kind, [[episode, digest, [[start, end], *_]]] = json.loads(button["value"])
    refused(workspace, with_value(button, [kind, [[episode, digest, [[start + 1, end]]]]]))


@pytest.mark.parametrize(
    "value", ["", "<!channel> buy now", '["quote",[]]', "[" * 2_000, "x" * 2_001, "null"]
)
def test_a_forged_value_is_refused(workspace: Workspace, value: str) -> None:
    _, button = private_answer(workspace, "define RAG")
    refused(workspace, with_value(button, value))


def test_a_button_without_a_value_is_refused(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "define RAG")
    del button["value"]
    refused(workspace, button)


def test_what_fails_in_a_thread_is_told_in_it(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "define RAG")
    workspace.slack.fail_next("response_url", status=500)
    with workspace.slack.hold("response_url"):
        workspace.press(button, container=HELD | {"thread_ts": "1.1"})
    workspace.settle()
    apology = workspace.slack.wait_for("response_url", 3)[-1].body
    assert "something went wrong" in apology["text"]
    assert apology["thread_ts"] == "1.1"
    workspace.slack.refused.clear()


def test_what_is_shared_from_a_thread_stays_in_it(workspace: Workspace) -> None:
    _, button = private_answer(workspace, "define RAG")
    held = {"type": "message", "channel_id": CHANNEL, "is_ephemeral": True, "thread_ts": "1.1"}
    workspace.press(button, container=held)
    workspace.settle()
    assert workspace.slack.wait_for("response_url", 2)[1].body["thread_ts"] == "1.1"


class TestElsewhere:
    """The form for the channel, and the post there."""

    def form(self, workspace: Workspace, text: str = "define RAG") -> dict[str, Any]:
        """The form that the button opens."""
        workspace.command(text)
        workspace.settle()
        blocks = workspace.slack.wait_for("response_url")[-1].body["blocks"]
        [row] = [block for block in blocks if block["type"] == "actions"]
        [button] = [one for one in row["elements"] if one["action_id"] == "share_elsewhere"]
        workspace.press(button)
        workspace.settle()
        view: dict[str, Any] = workspace.slack.wait_for("views.open")[-1].body["view"]
        return view

    def sent(self, workspace: Workspace, view: dict[str, Any], channel: Any) -> str:
        """What the form says once it has been sent with a channel."""
        response = workspace.submit(view, channel={"selected_conversation": channel})
        workspace.settle()
        under_way = json.loads(response.body)
        assert under_way["response_action"] == "update"
        assert view_faults(under_way["view"]) == []
        [update] = workspace.slack.wait_for("views.update")
        return str(update.body["view"]["blocks"])

    def test_the_form_begins_with_this_channel(self, workspace: Workspace) -> None:
        view = self.form(workspace)
        [select] = [b["element"] for b in view["blocks"] if b["type"] == "input"]
        assert select["initial_conversation"] == CHANNEL
        assert "Combining retrieved documents" in str(view["blocks"])

    @pytest.mark.parametrize("text", ["define RAG", "takeaways", "segments"])
    def test_it_is_posted_there_with_who_shared_it(self, workspace: Workspace, text: str) -> None:
        assert "Shared to" in self.sent(workspace, self.form(workspace, text), CHANNEL)
        [post] = workspace.slack.wait_for("chat.postMessage")
        assert post.body["channel"] == CHANNEL
        assert post.body["text"].endswith(f"Shared by <@{USER}>")

    def test_a_public_channel_is_joined(self, workspace: Workspace, slack: FakeSlack) -> None:
        assert "Shared to" in self.sent(workspace, self.form(workspace), "C0ELSEWHERE")
        [message] = slack.channels["C0ELSEWHERE"]["messages"]
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
        said = self.sent(workspace, self.form(workspace), channel)
        assert "was not shared" in said
        assert why in said
        slack.refused.clear()

    def test_a_channel_that_cannot_be_joined_says_so(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        slack.fail_next("conversations.join", error="missing_scope")
        assert "invite me" in self.sent(workspace, self.form(workspace), "C0ELSEWHERE")
        slack.refused.clear()

    def test_a_cut_post_is_not_repeated_and_said_to_be_unsure(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        view = self.form(workspace)

        def cut(_call: Call) -> dict[str, Any]:
            raise ConnectionAbortedError

        slack.handlers["chat.postMessage"] = cut
        assert "may not have been shared" in self.sent(workspace, view, CHANNEL)
        slack.refused.clear()

    @pytest.mark.parametrize(
        "error", ["internal_error", "Received a response in a non-JSON format: <html>"]
    )
    def test_a_failure_of_slacks_is_said_to_be_unsure_without_its_words(
        self, workspace: Workspace, slack: FakeSlack, error: str
    ) -> None:
        view = self.form(workspace)
        slack.fail_next("chat.postMessage", status=500, error=error)
        said = self.sent(workspace, view, CHANNEL)
        assert "may not have been shared" in said
        assert error not in said
        slack.refused.clear()

    def test_a_form_that_is_sent_twice_is_posted_once(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        view = self.form(workspace)
        self.sent(workspace, view, CHANNEL)
        again = workspace.submit(view, channel={"selected_conversation": CHANNEL})
        workspace.settle()
        assert "has been sent before" in again.body
        assert len(slack.channels[CHANNEL]["messages"]) == 1

    def test_whoever_has_closed_the_form_is_told_directly(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        view = self.form(workspace)
        slack.fail_next("views.update", error="not_found")
        self.sent(workspace, view, CHANNEL)
        _, told = slack.wait_for("chat.postMessage", 2)
        assert told.body["channel"] == USER
        assert told.body["text"] == f"Shared to <#{CHANNEL}>."
        slack.refused.clear()

    @pytest.mark.parametrize("channel", [None, "", "D0DIRECT", "<!channel>", 7, "c1"])
    def test_what_is_no_channel_is_refused(self, workspace: Workspace, channel: Any) -> None:
        view = self.form(workspace)
        response = workspace.submit(view, channel={"selected_conversation": channel})
        workspace.settle()
        assert json.loads(response.body)["errors"] == {"channel": "Choose a channel."}

    @pytest.mark.parametrize(
        "metadata", ["", "<!channel> buy now", '["quote",[["episode-02","0",[[1,2]]]]]']
    )
    def test_metadata_that_stands_for_nothing_is_refused(
        self, workspace: Workspace, slack: FakeSlack, metadata: str
    ) -> None:
        view = self.form(workspace) | {"private_metadata": metadata}
        response = workspace.submit(view, channel={"selected_conversation": CHANNEL})
        workspace.settle()
        assert "can no longer be shared" in response.body
        assert "chat.postMessage" not in {call.method for call in slack.calls}

    def test_a_stale_button_opens_nothing(self, workspace: Workspace, slack: FakeSlack) -> None:
        workspace.press({"action_id": "share_elsewhere", "value": '["quote",[["e","0",[[1,2]]]]]'})
        workspace.settle()
        [said] = slack.wait_for("response_url")
        assert "can no longer be shared" in said.body["text"]
        assert "views.open" not in {call.method for call in slack.calls}
