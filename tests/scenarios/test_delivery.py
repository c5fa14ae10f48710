"""What holds for every request: signed, acknowledged first, answered once, never silently lost."""

import json
import logging
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.answers import Answer, Answerer, NoAnswer, Pointer, Quote
from bot.answers.engine import History, no_history
from bot.slack import Services, build_app, one_workspace
from bot.slack.answer.buttons import CONTEXT
from bot.slack.answer.feedback import reason_form
from bot.slack.asking.form import ASK_FORM, ASK_SHORTCUT
from bot.slack.asking.shortcut import EPISODE_SAYS
from bot.storage import Store
from bot.terminal import Call, RefusedError
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import (
    USER,
    Mode,
    Workspace,
    command_payload,
    event_payload,
    mention_payload,
    signed,
)

RETRY = {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
ACK = 3.0  # seconds: https://docs.slack.dev/interactivity/implementing-slash-commands
SECRET = "the database password is hunter2"


class BrokenAnswerer(Answerer):
    """Fails at everything."""

    def __init__(self) -> None:
        pass

    def ask(
        self,
        message: str,
        history: History = no_history,
        episode: str | None = None,
        show: str = "",
        pointer: Pointer | None = None,
    ) -> Answer | NoAnswer:
        raise RuntimeError(SECRET, message, history, episode, show, pointer)

    def quote(self, episode: str, digest: str, start: int, end: int) -> Quote | None:
        raise RuntimeError(SECRET, episode, digest, start, end)


class SlowAnswerer(Answerer):
    """Answers once it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()

    def ask(
        self,
        message: str,
        history: History = no_history,
        episode: str | None = None,
        show: str = "",
        pointer: Pointer | None = None,
    ) -> NoAnswer:
        del history, episode, show, pointer
        assert self.let.wait(10)
        return NoAnswer(message, "unknown", "It does not say.")


def working_with(answerer: Answerer, slack: FakeSlack, mode: Mode) -> Iterator[Workspace]:
    client = WebClient(base_url=slack.url)
    with closing(Store.open()) as store, ThreadPoolExecutor(max_workers=1) as executor:
        app = build_app(
            Services.of(answerer, store),
            authorize=one_workspace(client, slack.token),
            signing_secret=slack.signing_secret,
            client=client,
            executor=executor,
        )
        yield Workspace(app, slack, executor, mode)


@pytest.fixture
def broken(slack: FakeSlack, mode: Mode) -> Iterator[Workspace]:
    yield from working_with(BrokenAnswerer(), slack, mode)


@pytest.mark.parametrize("retry", [{}, RETRY])
def test_an_event_delivered_again_is_acknowledged_and_answered_once(
    workspace: Workspace, slack: FakeSlack, retry: dict[str, str]
) -> None:
    payload = mention_payload(slack, f"<@{slack.bot_user_id}> define RAG")
    assert workspace.send_json(payload).status == 200
    assert workspace.send_json(payload, headers=retry).status == 200
    workspace.settle()
    assert len(slack.wait_for("chat.postMessage")) == 1


def test_a_retry_of_an_event_that_never_arrived_is_answered(
    workspace: Workspace, slack: FakeSlack
) -> None:
    payload = mention_payload(slack, f"<@{slack.bot_user_id}> define RAG")
    workspace.send_json(payload, headers=RETRY)
    assert len(slack.wait_for("chat.postMessage")) == 1


def test_everything_is_acknowledged_before_it_is_answered(slack: FakeSlack, mode: Mode) -> None:
    answerer = SlowAnswerer()
    for workspace in working_with(answerer, slack, mode):
        assert workspace.command("define RAG").status == 200
        assert workspace.mention("@llm define RAG").status == 200
        assert workspace.direct("define RAG").status == 200
        assert {call.method for call in slack.calls} <= {"auth.test"}
        answerer.let.set()
        slack.wait_for("response_url")
        slack.wait_for("chat.postMessage", 2)


def test_commands_and_buttons_are_acknowledged_while_every_worker_waits_for_slack(
    workspace: Workspace, slack: FakeSlack
) -> None:
    with slack.hold("response_url") as came:
        workspace.command("define RAG")
        assert came.wait(5)  # the one worker there is
        began = time.monotonic()
        assert workspace.command("takeaways").status == 200
        assert workspace.press({"action_id": "share_answer", "value": ""}).status == 200
        assert time.monotonic() - began < ACK
    slack.wait_for("response_url", 3)


def test_what_fails_right_after_its_acknowledgement_stays_acknowledged(broken: Workspace) -> None:
    quote = '[["episode-02","0123456789ab",[[1,2]]]]'
    for sent in (
        broken.submit(reason_form(f'["a",false,{quote}]')),
        broken.press({"action_id": CONTEXT, "value": f"[{quote}]"}),
        broken.shortcut(EPISODE_SAYS, {"text": "what is RAG?", "ts": "1.1", "user": USER}),
        broken.command("define RAG"),
    ):
        assert sent is not None
        assert sent.status == 200


@pytest.mark.parametrize(
    ("secret", "age"),
    [("another", 0), (FakeSlack.signing_secret, 301), (FakeSlack.signing_secret, -302)],
)
def test_a_request_with_a_wrong_or_stale_signature_is_refused(
    workspace: Workspace, slack: FakeSlack, secret: str, age: float
) -> None:
    event = json.dumps(mention_payload(slack, "define RAG"))
    assert workspace.app.dispatch(signed(event, secret=secret, age=age)).status == 401
    assert slack.calls == []


def test_a_request_changed_on_its_way_is_refused(workspace: Workspace, slack: FakeSlack) -> None:
    request = signed(json.dumps(mention_payload(slack, "define RAG")))
    request.raw_body += " "
    assert workspace.app.dispatch(request).status == 401


def reference_in(text: str) -> str:
    found = re.search(r"Reference: ([0-9a-f]{8})", text)
    assert found, text
    assert SECRET not in text
    assert "Error" not in text
    return found[1]


def test_a_failing_command_gives_its_person_a_reference(
    broken: Workspace, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        with slack.hold("response_url"):  # for Bolt forgets the ack of what fails at once
            assert broken.command("define RAG").status == 200
        [call] = slack.wait_for("response_url")
        broken.settle()
    assert call.body["response_type"] == "ephemeral"
    assert reference_in(call.body["text"]) in caplog.text
    assert SECRET in caplog.text


def test_a_failing_mention_gives_its_thread_a_reference(
    broken: Workspace, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    broken.mention("@llm define RAG", ts="1700000009.000001")
    [call] = slack.wait_for("chat.postMessage")
    broken.settle()
    assert call.body["thread_ts"] == "1700000009.000001"
    assert reference_in(call.body["text"]) in caplog.text


def test_a_failing_button_gives_its_person_a_reference(
    broken: Workspace, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    value = '["quote",[["episode-02","0123456789ab",[[1,2]]]]]'
    with slack.hold("response_url"):
        assert broken.press({"action_id": "share_answer", "value": value}).status == 200
    [call] = slack.wait_for("response_url")
    broken.settle()
    assert reference_in(call.body["text"]) in caplog.text


@pytest.mark.parametrize("error", ["used_url", "expired_url"])
def test_a_private_answer_whose_way_is_closed_comes_by_another(
    workspace: Workspace, slack: FakeSlack, error: str
) -> None:
    slack.fail_next("response_url", status=404, error=error)
    workspace.command("define RAG")
    [answer] = slack.wait_for("chat.postEphemeral")
    workspace.settle()
    assert answer.body["user"] == USER
    assert "Combining retrieved documents" in answer.body["text"]
    slack.refused.clear()


def test_where_the_bot_is_no_member_a_private_answer_comes_directly(
    workspace: Workspace, slack: FakeSlack
) -> None:
    slack.fail_next("response_url", status=404, error="used_url")
    workspace.command("define RAG", channel_id="C0ELSEWHERE")
    [answer] = slack.wait_for("chat.postMessage")
    workspace.settle()
    assert answer.body["channel"] == USER
    assert "Combining retrieved documents" in answer.body["text"]
    slack.refused.clear()


def test_an_answer_that_slack_refuses_everywhere_is_not_swallowed(
    workspace: Workspace, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    for method in ("response_url", "chat.postEphemeral", "chat.postMessage"):
        slack.fail_next(method, error="invalid_blocks")
    workspace.command("define RAG")
    workspace.settle()
    _, apology = slack.wait_for("response_url", 2)
    assert reference_in(apology.body["text"]) in caplog.text
    assert "invalid_blocks" in caplog.text
    slack.refused.clear()


def test_an_answer_that_comes_too_fast_is_posted_when_slack_lets_it(
    workspace: Workspace, slack: FakeSlack
) -> None:
    slack.fail_next("chat.postMessage", retry_after=0)
    workspace.mention("@llm define RAG")
    workspace.settle()
    assert len(slack.wait_for("chat.postMessage")) == 2
    assert [refusal.error for refusal in slack.refused] == ["ratelimited"]
    slack.refused.clear()


def test_a_private_answer_that_comes_too_fast_is_given_when_slack_lets_it(
    workspace: Workspace, slack: FakeSlack
) -> None:
    slack.fail_next("response_url", retry_after=0)
    workspace.command("define RAG")
    workspace.settle()
    _, answer = slack.wait_for("response_url", 2)
    assert "Combining retrieved documents" in answer.body["text"]
    slack.refused.clear()


def test_nobody_is_kept_waiting_for_as_long_as_slack_may_ask_for(
    workspace: Workspace, slack: FakeSlack
) -> None:
    slack.fail_next("chat.postMessage", retry_after=3_600)
    workspace.mention("@llm define RAG")
    workspace.settle()
    _, apology = slack.wait_for("chat.postMessage", 2)
    assert reference_in(apology.body["text"])
    slack.refused.clear()


def test_a_command_is_not_kept_waiting_either_but_answered_another_way(
    workspace: Workspace, slack: FakeSlack
) -> None:
    slack.fail_next("response_url", retry_after=3_600)
    workspace.command("define RAG")
    [answer] = slack.wait_for("chat.postEphemeral")
    workspace.settle()
    assert "Combining retrieved documents" in answer.body["text"]
    slack.refused.clear()


@pytest.mark.parametrize("method", ["chat.postMessage", "response_url"])
def test_an_answer_whose_connection_was_cut_is_not_sent_again_for_it_may_have_arrived(
    workspace: Workspace, slack: FakeSlack, method: str
) -> None:
    texts: list[str] = []

    def hang_up(call: Call) -> dict[str, Any]:
        texts.append(call.body["text"])
        raise ConnectionResetError

    slack.handlers[method] = hang_up
    if method == "response_url":
        workspace.command("define RAG")
    else:
        workspace.mention("@llm define RAG")
    workspace.settle()
    answer, apology = texts
    assert "Combining retrieved documents" in answer
    assert reference_in(apology)


@pytest.mark.parametrize("method", ["chat.postMessage", "response_url"])
def test_when_the_apology_is_cut_off_it_goes_another_way(
    broken: Workspace, slack: FakeSlack, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    def cut_off(_call: Call) -> dict[str, Any]:
        raise RefusedError("cut_off", Transfer_Encoding="chunked")  # and then no chunk follows

    slack.handlers[method] = cut_off
    if method == "response_url":
        broken.command("define RAG")
    else:
        broken.mention("@llm define RAG")
    [apology] = slack.wait_for("chat.postEphemeral")
    broken.settle()
    assert len(slack.wait_for(method)) == 1
    assert SECRET in caplog.text
    assert "IncompleteRead" in caplog.text
    assert reference_in(apology.body["text"]) in caplog.text
    slack.refused.clear()


def test_where_no_apology_arrives_every_failure_is_logged(
    broken: Workspace, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_call: Call) -> dict[str, Any]:
        raise RefusedError("user_disabled")

    slack.handlers["chat.postMessage"] = refuse
    broken.mention("@llm define RAG", channel="C0ELSEWHERE")
    broken.settle()
    assert SECRET in caplog.text
    assert "not_in_channel" in caplog.text
    assert "user_disabled" in caplog.text
    assert "Could not tell the person" in caplog.text
    slack.refused.clear()


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived", "restricted_action"])
def test_where_the_bot_may_not_post_the_answer_comes_to_the_person_alone(
    workspace: Workspace, slack: FakeSlack, error: str
) -> None:
    slack.fail_next("chat.postMessage", error=error)
    workspace.mention("@llm define RAG", thread_ts="1700000000.000001")
    [answer] = slack.wait_for("chat.postEphemeral")
    workspace.settle()
    assert (answer.body["user"], answer.body["thread_ts"]) == (USER, "1700000000.000001")
    assert answer.body["text"].startswith("I may not post where you asked")
    assert "Combining retrieved documents" in answer.body["text"]
    slack.refused.clear()


def test_where_the_bot_may_not_even_whisper_the_answer_comes_directly(
    workspace: Workspace, slack: FakeSlack
) -> None:
    workspace.mention("@llm define RAG", channel="C0ELSEWHERE")
    workspace.settle()
    *_, answer = slack.wait_for("chat.postMessage", 2)
    assert answer.body["channel"] == USER
    assert "Combining retrieved documents" in answer.body["text"]
    slack.refused.clear()


def test_a_failing_form_gives_its_person_a_reference(
    broken: Workspace, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    typed = {"type": "plain_text_input", "value": "what is RAG?"}
    with slack.hold("chat.postMessage"):  # for Bolt forgets the ack of what fails at once
        broken.submit({"callback_id": ASK_FORM}, question=typed)
    [apology] = slack.wait_for("chat.postMessage")
    broken.settle()
    assert apology.body["channel"] == USER
    assert reference_in(apology.body["text"]) in caplog.text


def test_a_failing_shortcut_gives_its_person_a_reference(
    workspace: Workspace, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fail_next("views.open", error="expired_trigger_id")
    with slack.hold("views.open"):  # for Bolt forgets the ack of what fails at once
        assert workspace.shortcut(ASK_SHORTCUT).status == 200
    [apology] = slack.wait_for("chat.postMessage")
    workspace.settle()
    assert apology.body["channel"] == USER
    assert reference_in(apology.body["text"]) in caplog.text
    slack.refused.clear()


def test_a_message_that_nobody_means_for_the_bot_is_no_reason_to_apologise(
    workspace: Workspace, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fail_next("auth.test", error="internal_error")
    said = {"channel": "C0GENERAL", "channel_type": "channel", "thread_ts": "1700000000.000001"}
    workspace.direct("who is coming to lunch?", **said)
    workspace.settle()
    assert "internal_error" in caplog.text
    assert {call.method for call in slack.calls} == {"auth.test"}
    slack.refused.clear()


def test_a_thread_that_may_not_be_read_is_said_so(workspace: Workspace, slack: FakeSlack) -> None:
    slack.fail_next("conversations.replies", error="missing_scope")
    workspace.mention("@llm", thread_ts="1700000000.000001")
    [call] = slack.wait_for("chat.postMessage")
    assert "can't read this thread" in call.body["text"]
    slack.refused.clear()


def test_a_request_that_came_while_slack_was_failing_is_answered_when_it_comes_again(
    workspace: Workspace, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    payload = mention_payload(slack, f"<@{slack.bot_user_id}> define RAG")
    slack.fail_next("auth.test", error="internal_error")
    assert workspace.send_json(payload).status == 500
    assert "internal_error" in caplog.text
    assert workspace.send_json(payload, headers=RETRY).status == 200
    workspace.settle()
    assert "Combining retrieved documents" in slack.calls[-1].body["text"]
    slack.refused.clear()


def test_slacks_check_of_the_address_is_answered(workspace: Workspace) -> None:
    check = {"type": "url_verification", "token": "t", "challenge": "abc"}
    assert "abc" in workspace.send_json(check).body


def test_a_command_of_another_app_is_not_ours(workspace: Workspace, slack: FakeSlack) -> None:
    assert workspace.send_form(command_payload(slack, "x", command="/other")).status == 404
    assert workspace.send_json(event_payload(slack, {"type": "reaction_added"})).status == 404
