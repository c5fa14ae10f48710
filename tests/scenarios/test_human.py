"""*Ask a human*: from the declined question to a person's answer in its thread."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import BoltResponse
from sqlalchemy import text

from bot.slack import Policy
from bot.storage import Handover, Store
from bot.terminal import Call
from tests.fakes.limits import view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, DIRECT, USER, Workspace

UNKNOWN = "what is the best recipe for sourdough bread?"
HUMANS = "C0HUMANS"
HELPER = "U0HELPER00"
HOSTILE = "<!channel> *loud* <@U1> & `x` \ud800 \x00"
TS = "1700000000.000100"


@pytest.fixture
def policy() -> Policy:
    return Policy(human_channel=HUMANS)


@pytest.fixture(autouse=True)
def _humans(slack: FakeSlack) -> None:
    slack.channels[HUMANS] = {"is_member": True, "messages": []}


class Desk:
    """Both ends of a question: who asks it, and who answers it in the human channel."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.slack = workspace, workspace.slack

    def called(self, method: str) -> list[dict[str, Any]]:
        """The bodies of all calls of a method."""
        self.workspace.settle()
        return [call.body for call in self.slack.calls if call.method == method]

    def button(self, message: dict[str, Any], label: str) -> dict[str, Any]:
        """The button of a message that says so."""
        [found] = [
            one
            for block in message["blocks"]
            if block["type"] == "actions"
            for one in block["elements"]
            if one["text"]["text"] == label
        ]
        return dict(found)

    def asked(self, message: str = UNKNOWN) -> dict[str, Any]:
        """The form that opens below the answer to a mention."""
        self.workspace.mention(f"@llm {message}", ts=TS)
        [answer] = self.called("chat.postMessage")
        held = {"type": "message", "channel_id": CHANNEL, "message_ts": "2.1", "thread_ts": TS}
        self.workspace.press(self.button(answer, "Ask a human"), container=held)
        return self.called("views.open")[-1]["view"]  # type: ignore[no-any-return]  # JSON

    def sent(self, question: Any = UNKNOWN) -> str:
        """What the form turns into once it is sent."""
        self.submitted(self.asked(), question=question)
        return str(self.called("views.update")[-1]["view"]["blocks"])

    def submitted(self, view: dict[str, Any], **words: Any) -> BoltResponse:
        filled = {name: {"value": value} for name, value in words.items()}
        response = self.workspace.submit(view, **filled)
        self.workspace.settle()
        return response

    def handed(self) -> dict[str, Any]:
        """The message in the human channel, with its timestamp."""
        self.sent()
        return dict(self.slack.channels[HUMANS]["messages"][-1])

    def press(
        self, message: dict[str, Any], label: str, *, channel: str = HUMANS, **fields: Any
    ) -> None:
        """Press a button of the message in the human channel."""
        held = {"type": "message", "channel_id": channel, "message_ts": message["ts"]}
        pressed = {"container": held | {"is_ephemeral": False}, "user": person(HELPER), **fields}
        self.workspace.press(self.button(message, label), **pressed)
        self.workspace.settle()

    def form(self, message: dict[str, Any]) -> dict[str, Any]:
        """The form for an answer."""
        self.press(message, "Answer")
        return self.called("views.open")[-1]["view"]  # type: ignore[no-any-return]  # JSON

    def answered(self, message: dict[str, Any], words: Any = "Ask Sam.") -> str:
        """What the form says once the answer is sent."""
        self.submitted(self.form(message), answer=words)
        return str(self.called("views.update")[-1]["view"]["blocks"])

    def let_others_see(self, message: dict[str, Any], words: str = "Ask Sam.") -> str:
        """What the form says once the answer is sent with the box ticked."""
        form = self.form(message)
        [box] = [one for one in form["blocks"] if one.get("block_id") == "for_others"]
        ticked = {"selected_options": box["element"]["options"]}
        self.workspace.submit(form, answer={"value": words}, for_others=ticked)
        return str(self.called("views.update")[-1]["view"]["blocks"])

    def kept(self, store: Store) -> Handover:
        """The one question that was handed over."""
        with store.database.reading() as connection:
            [row] = connection.execute(text("SELECT id FROM handovers"))
        found = store.handovers.get(row[0], self.slack.team_id)
        assert found
        return found


def cut(_call: Call) -> dict[str, Any]:
    """A connection that ends while the call is under way."""
    raise ConnectionAbortedError


def person(user_id: str) -> dict[str, str]:
    return {"id": user_id, "team_id": FakeSlack.team_id}


@pytest.fixture
def desk(workspace: Workspace) -> Iterator[Desk]:
    yield Desk(workspace)
    for method in ("views.open", "views.update"):
        for call in workspace.slack.calls:
            if call.method == method:
                assert view_faults(call.body["view"]) == []


def test_the_question_can_be_edited(desk: Desk) -> None:
    view = desk.asked()
    [field] = [block for block in view["blocks"] if block["type"] == "input"]
    assert field["element"]["initial_value"] == UNKNOWN
    assert field["element"]["max_length"] == 1_000


@pytest.mark.parametrize("message", ["can I talk to a human?", "that's wrong"])
def test_whoever_asks_no_question_writes_it(desk: Desk, message: str) -> None:
    [field] = [block for block in desk.asked(message)["blocks"] if block["type"] == "input"]
    assert "initial_value" not in field["element"]
    [answer] = desk.called("chat.postMessage")
    assert "value" not in desk.button(answer, "Ask a human")
    assert answer["blocks"][-1]["type"] == "actions"  # there is nothing to judge by thumbs


def test_it_is_posted_with_its_asker_and_a_link_back(desk: Desk, store: Store) -> None:
    assert "has been passed on" in desk.sent("how long does dough rise?")
    [_, post] = desk.called("chat.postMessage")
    assert post["channel"] == HUMANS
    assert post["text"].startswith(f"<@{USER}> asks a person")
    shown = json.dumps(post["blocks"])
    for part in ("how long does dough rise?", f'"user_id": "{USER}"', "p1700000000000100"):
        assert part in shown
    kept = desk.kept(store)
    assert (kept.question, kept.asked_by) == ("how long does dough rise?", USER)
    assert (kept.channel_id, kept.thread_ts, kept.resolved_at) == (CHANNEL, TS, None)


def test_the_answer_comes_into_the_thread_as_a_persons(desk: Desk, store: Store) -> None:
    message = desk.handed()
    assert "has been sent" in desk.answered(message, "Ask Sam.")
    post = desk.called("chat.postMessage")[-1]
    assert (post["channel"], post["thread_ts"]) == (CHANNEL, TS)
    assert f"<@{USER}> asked" in post["text"]
    assert f"not the episode's.\n<@{USER}> says:\n“Ask Sam.”" in post["text"]
    assert "with words of their own and not the episode's" in json.dumps(post["blocks"])
    assert desk.kept(store).answer == "Ask Sam."
    [update] = desk.called("chat.update")
    assert (update["channel"], update["ts"]) == (HUMANS, message["ts"])
    assert "Answered by" in update["text"]
    assert "actions" not in {block["type"] for block in update["blocks"]}


def test_what_was_asked_by_command_is_answered_directly(desk: Desk, store: Store) -> None:
    desk.workspace.command(UNKNOWN)
    [answer] = desk.called("response_url")
    desk.workspace.press(desk.button(answer, "Ask a human"))
    desk.submitted(desk.called("views.open")[-1]["view"], question=UNKNOWN)
    [message] = desk.slack.channels[HUMANS]["messages"]
    assert "asked in private" in json.dumps(message["blocks"])
    assert desk.called("chat.getPermalink") == []
    desk.answered(message)
    post = desk.called("chat.postMessage")[-1]
    assert (post["channel"], post.get("thread_ts")) == (USER, None)
    assert desk.kept(store).channel_id is None


def test_what_was_asked_in_a_direct_message_is_answered_directly(desk: Desk) -> None:
    desk.workspace.direct(UNKNOWN)
    [answer] = desk.called("chat.postMessage")
    held = {"type": "message", "channel_id": DIRECT, "message_ts": "2.1", "is_ephemeral": False}
    desk.workspace.press(desk.button(answer, "Ask a human"), container=held)
    desk.submitted(desk.called("views.open")[-1]["view"], question=UNKNOWN)
    [message] = desk.slack.channels[HUMANS]["messages"]
    desk.answered(message)
    assert desk.called("chat.postMessage")[-1]["channel"] == USER


def test_what_is_resolved_shows_by_whom_and_nobody_is_written_to(desk: Desk, store: Store) -> None:
    message = desk.handed()
    before = len(desk.called("chat.postMessage"))
    desk.press(message, "No answer needed")
    [update] = desk.called("chat.update")
    assert f"No answer needed, says <@{HELPER}>" in update["text"]
    assert "actions" not in {block["type"] for block in update["blocks"]}
    assert len(desk.called("chat.postMessage")) == before
    assert desk.kept(store).answered_by == HELPER


def test_of_two_answers_at_once_the_second_is_told(desk: Desk, store: Store) -> None:
    message = desk.handed()
    first, second = desk.form(message), desk.form(message)
    desk.submitted(first, answer="First.")
    posts = len(desk.called("chat.postMessage"))
    desk.submitted(second, answer="Second.")
    said = str(desk.called("views.update")[-1]["view"]["blocks"])
    assert "answered or closed this question already" in said
    assert len(desk.called("chat.postMessage")) == posts
    assert desk.kept(store).answer == "First."


@pytest.mark.parametrize("label", ["Answer", "No answer needed"])
def test_a_closed_question_is_not_closed_again(desk: Desk, label: str) -> None:
    message = desk.handed()
    desk.press(message, "No answer needed")
    forms = len(desk.called("views.open"))
    desk.press(message, label)
    said = desk.called("response_url")[-1]
    assert said["response_type"] == "ephemeral"
    assert "already" in said["text"]
    assert len(desk.called("views.open")) == forms


def test_an_answer_that_does_not_arrive_leaves_the_question_open(
    desk: Desk, store: Store, slack: FakeSlack
) -> None:
    message = desk.handed()
    slack.channels[CHANNEL]["is_member"] = False
    assert "could not be delivered" in desk.answered(message)
    assert desk.kept(store).resolved_at is None
    assert desk.called("chat.update") == []
    slack.channels[CHANNEL]["is_member"] = True
    assert "has been sent" in desk.answered(message)
    slack.refused.clear()


@pytest.mark.parametrize("status", [None, 500])
def test_an_answer_that_may_have_arrived_is_not_asked_for_again(
    desk: Desk, store: Store, slack: FakeSlack, status: int | None
) -> None:
    message = desk.handed()
    if status:
        slack.fail_next("chat.postMessage", status=status)
    else:
        slack.handlers["chat.postMessage"] = cut
    assert "may not have arrived" in desk.answered(message)
    assert desk.kept(store).answer == "Ask Sam."
    [update] = desk.called("chat.update")
    assert "Answered by" in update["text"]
    slack.refused.clear()


def test_a_form_that_is_sent_twice_is_posted_once(desk: Desk) -> None:
    form = desk.asked()
    desk.submitted(form, question=UNKNOWN)
    again = desk.submitted(form, question=UNKNOWN)
    assert "has been sent before" in again.body
    assert len(desk.slack.channels[HUMANS]["messages"]) == 1


def test_whoever_has_closed_a_form_is_told_directly(desk: Desk, slack: FakeSlack) -> None:
    slack.fail_next("views.update", error="not_found")
    message = desk.handed()
    asker = desk.called("chat.postMessage")[-1]
    assert asker["channel"] == USER
    assert "has been passed on" in asker["text"]
    slack.fail_next("views.update", error="not_found")
    desk.answered(message)
    helper = desk.called("chat.postMessage")[-1]
    assert helper["text"] == "Your answer has been sent."
    slack.refused.clear()


def test_a_message_that_cannot_be_changed_changes_nothing_about_the_answer(
    desk: Desk, slack: FakeSlack
) -> None:
    message = desk.handed()
    slack.fail_next("chat.update", error="cant_update_message")
    assert "has been sent" in desk.answered(message)
    slack.refused.clear()


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "is_archived"])
def test_where_nobody_can_be_reached_the_asker_is_told(
    desk: Desk, store: Store, slack: FakeSlack, error: str
) -> None:
    form = desk.asked()
    slack.fail_next("chat.postMessage", error=error)
    slack.fail_next("conversations.join", error="method_not_supported_for_channel_type")
    desk.submitted(form, question=UNKNOWN)
    assert "Nobody could be reached" in str(desk.called("views.update")[-1]["view"]["blocks"])
    assert desk.kept(store).resolved_at
    slack.refused.clear()


def test_a_public_human_channel_is_joined(desk: Desk, slack: FakeSlack) -> None:
    slack.channels[HUMANS]["is_member"] = False
    assert "has been passed on" in desk.sent()
    slack.refused.clear()


def test_a_cut_connection_leaves_the_question_open_for_whoever_sees_it(
    desk: Desk, store: Store, slack: FakeSlack
) -> None:
    form = desk.asked()
    slack.handlers["chat.postMessage"] = cut
    desk.submitted(form, question=UNKNOWN)
    assert "may not have reached" in str(desk.called("views.update")[-1]["view"]["blocks"])
    assert desk.kept(store).resolved_at is None


def test_a_failure_of_slacks_leaves_the_question_open_as_well(
    desk: Desk, store: Store, slack: FakeSlack
) -> None:
    form = desk.asked()
    slack.fail_next("chat.postMessage", status=500)
    desk.submitted(form, question=UNKNOWN)
    assert "may not have reached" in str(desk.called("views.update")[-1]["view"]["blocks"])
    assert desk.kept(store).resolved_at is None
    slack.refused.clear()


def test_without_a_link_it_is_passed_on_all_the_same(desk: Desk, slack: FakeSlack) -> None:
    slack.fail_next("chat.getPermalink", error="message_not_found")
    assert "has been passed on" in desk.sent()
    assert "goes back to where it was asked" in json.dumps(slack.channels[HUMANS]["messages"])
    slack.refused.clear()


def test_what_people_write_does_nothing(desk: Desk) -> None:
    desk.sent(HOSTILE)
    [message] = desk.slack.channels[HUMANS]["messages"]
    desk.answered(message, HOSTILE)
    said = [*desk.called("chat.postMessage")[1:], *desk.called("chat.update")]
    assert len(said) == 3
    for body in said:
        marked = body["text"].replace(f"<@{USER}>", "").replace(f"<@{HELPER}>", "")
        assert "<" not in marked
        assert "&lt;!channel&gt;" in marked
        assert "mrkdwn" not in json.dumps(body["blocks"])


@pytest.mark.parametrize("length", [1_000, 5_000])
def test_long_words_fit(desk: Desk, length: int) -> None:
    assert "has been passed on" in desk.sent("&" * length)
    [message] = desk.slack.channels[HUMANS]["messages"]
    assert "has been sent" in desk.answered(message, "<" * length)
    assert len(desk.called("chat.update")) == 1


@pytest.mark.parametrize("words", [None, "", "  ", 7])
def test_nothing_written_is_said_so(desk: Desk, words: Any) -> None:
    question = desk.submitted(desk.asked(), question=words)
    assert json.loads(question.body)["errors"] == {"question": "Write a question."}
    desk.submitted(desk.called("views.open")[-1]["view"], question=UNKNOWN)
    [message] = desk.slack.channels[HUMANS]["messages"]
    answer = desk.submitted(desk.form(message), answer=words)
    assert json.loads(answer.body)["errors"] == {"answer": "Write an answer."}


class TestForeignAndForged:
    def refused(self, desk: Desk) -> None:
        """The person alone is told, and nothing has happened."""
        assert "not kept any more" in desk.called("response_url")[-1]["text"]
        assert len(desk.called("views.open")) == 1
        assert desk.called("chat.update") == []

    @pytest.mark.parametrize("label", ["Answer", "No answer needed"])
    def test_another_workspaces_question_is_none(
        self, desk: Desk, store: Store, label: str
    ) -> None:
        message = desk.handed()
        theirs = replace(desk.kept(store), id="theirs", team_id="T0OTHER")
        store.handovers.add(theirs)
        button = desk.button(message, label) | {"value": theirs.id}
        held = {"type": "message", "channel_id": HUMANS, "message_ts": message["ts"]}
        desk.workspace.press(button, container=held)
        self.refused(desk)
        assert store.handovers.get("theirs", "T0OTHER") == theirs

    @pytest.mark.parametrize("label", ["Answer", "No answer needed"])
    def test_another_channel_finds_nothing(self, desk: Desk, store: Store, label: str) -> None:
        desk.press(desk.handed(), label, channel=CHANNEL)
        self.refused(desk)
        assert desk.kept(store).resolved_at is None

    @pytest.mark.parametrize("value", ["", "unknown", "' OR 1=1", "x" * 3_000])
    def test_an_unknown_question_is_none(self, desk: Desk, value: str) -> None:
        message = desk.handed()
        for action in ("human_answer", "human_resolved"):
            held = {"type": "message", "channel_id": HUMANS, "message_ts": message["ts"]}
            desk.workspace.press({"action_id": action, "value": value}, container=held)
        self.refused(desk)

    @pytest.mark.parametrize(
        "metadata", ["", "[]", '["x","C0HUMANS","1.1"]', '["x","D1","1.1"]', "<!channel>"]
    )
    def test_an_answer_to_nothing_goes_nowhere(self, desk: Desk, metadata: str) -> None:
        view = desk.form(desk.handed()) | {"private_metadata": metadata}
        posts = len(desk.called("chat.postMessage"))
        desk.submitted(view, answer="Ask Sam.")
        assert "not kept any more" in str(desk.called("views.update")[-1]["view"]["blocks"])
        assert len(desk.called("chat.postMessage")) == posts

    @pytest.mark.parametrize("metadata", ["", "<!channel>", '["D0OTHER","1.1"]', '["C1","x"]'])
    def test_a_question_from_nowhere_is_a_private_one(
        self, desk: Desk, store: Store, metadata: str
    ) -> None:
        desk.submitted(desk.asked() | {"private_metadata": metadata}, question=UNKNOWN)
        kept = desk.kept(store)
        assert (kept.channel_id, kept.thread_ts) == (None, None)


class TestWithoutTheTable:
    def gone(self, store: Store) -> None:
        with store.database.writing() as connection:
            connection.execute(text("DROP TABLE handovers"))

    def test_a_question_that_cannot_be_kept_is_not_posted(self, desk: Desk, store: Store) -> None:
        form = desk.asked()
        self.gone(store)
        desk.submitted(form, question=UNKNOWN)
        assert "couldn't reach the database" in str(
            desk.called("views.update")[-1]["view"]["blocks"]
        )
        assert desk.slack.channels[HUMANS]["messages"] == []

    def test_an_answer_that_cannot_be_kept_is_not_sent(self, desk: Desk, store: Store) -> None:
        form = desk.form(desk.handed())
        self.gone(store)
        posts = len(desk.called("chat.postMessage"))
        desk.submitted(form, answer="Ask Sam.")
        assert "nothing was changed" in str(desk.called("views.update")[-1]["view"]["blocks"])
        assert len(desk.called("chat.postMessage")) == posts

    @pytest.mark.parametrize("label", ["Answer", "No answer needed"])
    def test_a_button_that_cannot_be_followed_says_so(
        self, desk: Desk, store: Store, label: str
    ) -> None:
        message = desk.handed()
        self.gone(store)
        desk.press(message, label)
        assert "nothing was changed" in desk.called("response_url")[-1]["text"]


class TestForOthers:
    def test_the_box_can_be_left_alone_and_says_what_ticking_it_does(self, desk: Desk) -> None:
        form = desk.form(desk.handed())
        [box] = [one for one in form["blocks"] if one.get("block_id") == "for_others"]
        assert box["optional"] is True
        assert box["element"] == {
            "type": "checkboxes",
            "action_id": "for_others",
            "options": [
                {
                    "text": {
                        "type": "plain_text",
                        "text": "Others may be shown this",
                        "emoji": False,
                    },
                    "value": "for_others",
                }
            ],
        }
        assert "others in this workspace who ask the same" in str(form["blocks"])

    def test_a_ticked_answer_is_kept_without_its_asker(self, desk: Desk, store: Store) -> None:
        message = desk.handed()
        said = desk.let_others_see(message)
        assert "has been sent. Whoever asks the same is shown it" in said
        handover = desk.kept(store)
        kept = store.kept_answers.get(handover.id, handover.team_id)
        assert kept
        assert (kept.question, kept.answer, kept.answered_by) == (UNKNOWN, "Ask Sam.", USER)
        desk.workspace.command("what's the best recipe for sourdough bread")
        assert "A person answered this on" in desk.called("response_url")[-1]["text"]

    @pytest.mark.parametrize("choices", [None, {"selected_options": []}, {"selected_options": 7}])
    def test_without_a_tick_nothing_is_kept(self, desk: Desk, store: Store, choices: Any) -> None:
        form = desk.form(desk.handed())
        filled = {"for_others": choices} if choices else {}
        desk.workspace.submit(form, answer={"value": "Ask Sam."}, **filled)
        assert "Whoever asks" not in str(desk.called("views.update")[-1]["view"]["blocks"])
        assert store.kept_answers.questions(desk.slack.team_id) == []

    def test_what_is_not_delivered_is_not_kept(
        self, desk: Desk, store: Store, slack: FakeSlack
    ) -> None:
        message = desk.handed()
        slack.channels[CHANNEL]["is_member"] = False
        assert "could not be delivered" in desk.let_others_see(message)
        assert store.kept_answers.questions(slack.team_id) == []
        slack.refused.clear()

    def test_where_it_cannot_be_kept_the_answer_is_sent_all_the_same(
        self, desk: Desk, store: Store
    ) -> None:
        message = desk.handed()
        with store.database.writing() as connection:
            connection.execute(text("DROP TABLE kept_answers"))
        assert "has been sent. It could not be kept for others." in desk.let_others_see(message)
        assert desk.called("chat.postMessage")[-1]["thread_ts"] == TS


def test_forget_me_deletes_what_was_handed_over(desk: Desk) -> None:
    message = desk.handed()
    desk.workspace.command("forget me")
    desk.press(message, "Answer")
    assert "not kept any more" in desk.called("response_url")[-1]["text"]


def test_an_answered_question_has_no_such_button(desk: Desk) -> None:
    desk.workspace.command("define RAG")
    [answer] = desk.called("response_url")
    assert "Ask a human" not in json.dumps(answer)


class TestAskedTooOften:
    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(human_channel=HUMANS, rate_limit="2/hour")

    def test_people_are_not_asked_without_end_either(self, desk: Desk) -> None:
        form = desk.asked()
        desk.submitted(form, question=UNKNOWN)
        again = desk.submitted(form | {"id": "V0000000002"}, question=UNKNOWN)
        assert "try again in" in json.loads(again.body)["errors"]["question"]
        assert len(desk.slack.channels[HUMANS]["messages"]) == 1


class TestWithoutAChannel:
    @pytest.fixture
    def policy(self) -> Policy:
        return Policy()

    def test_there_is_no_button(self, desk: Desk) -> None:
        desk.workspace.mention(f"@llm {UNKNOWN}")
        desk.workspace.command(UNKNOWN)
        for body in (*desk.called("chat.postMessage"), *desk.called("response_url")):
            assert "Ask a human" not in json.dumps(body)

    def test_a_button_from_before_reaches_nobody(self, desk: Desk) -> None:
        desk.workspace.press({"action_id": "ask_human", "value": UNKNOWN})
        assert "Nobody could be reached" in desk.called("response_url")[-1]["text"]
        assert desk.called("views.open") == []


class TestAnotherWorkspacesChannel:
    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(human_channel=HUMANS, human_team="T0ELSEWHERE")

    def test_there_is_no_button_and_nothing_is_handed_over(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        workspace.mention(f"@llm {UNKNOWN}")
        workspace.settle()
        [said] = slack.wait_for("chat.postMessage")
        assert "ask_human" not in str(said.body)
