"""`/llm listen …` and its form, what is heard in channels, the answers unasked, and their end."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlalchemy import text

from bot.answers import Answerer
from bot.listening import GRACE, Posting
from bot.posting import Loop, Terms
from bot.slack import Policy
from bot.slack.listening.posts import ChannelAnswers
from bot.storage import ListeningChannel, Store
from tests.fakes.channels import Clock
from tests.fakes.limits import block_faults, view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import (
    CHANNEL,
    DIRECT,
    USER,
    Workspace,
    event_payload,
    private,
    timestamp,
    told,
)
from tests.storage.samples import MINUTE, NOW

BILL = "U0000BILL0"
SURE = "How many layers does a big LLM have?"
UNSURE = "how do we avoid vendor lock-in?"  # answered where somebody asks the bot, at .5
WHY = (
    "I'm an automated bot, and nobody asked me: nobody has replied here for ten minutes, and an "
    "admin has me answer such questions in this channel. The podcast says:"
)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def loop(answerer: Answerer, slack: FakeSlack, store: Store, clock: Clock) -> Iterator[Loop]:
    client = WebClient(slack.token, base_url=slack.url, timeout=2, retry_handlers=[])
    answers = ChannelAnswers(lambda _channel: client, answerer, store)
    terms = Terms(timedelta(minutes=1), GRACE)
    poster = Posting(store, answers, answers.is_sure, terms, clock, clock.monotonic)
    made = Loop(store.listening, poster, posters=1, clock=clock)
    yield made
    made.close()


class Channel:
    """A channel that people talk in: what they say reaches Slack, and by it the bot."""

    def __init__(self, workspace: Workspace, loop: Loop, clock: Clock) -> None:
        self.workspace, self.slack = workspace, workspace.slack
        self.loop, self.clock = loop, clock

    @property
    def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.slack.channels[CHANNEL]["messages"]
        return found

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What the bot has posted here."""
        return [one for one in self.messages if one.get("bot_id")]

    def turn_on(self) -> None:
        self.slack.people[USER] = {"is_admin": True}
        self.workspace.command("listen on")
        self.workspace.settle()
        form = self.slack.wait_for("views.open")[-1].body["view"]
        self.fill(form, "on")

    def fill(self, form: dict[str, Any], state: str, channel: str = CHANNEL) -> Any:
        response = self.workspace.submit(
            form,
            channel={"selected_conversation": channel},
            state={"selected_option": {"value": state}},
        )
        self.workspace.settle()
        return response

    def says(self, words: str, user: str = BILL, **fields: Any) -> str:
        """Say something now; returns its `ts`."""
        self.clock.move(timedelta(microseconds=1))
        ts = f"{self.clock.now.timestamp():.6f}"
        said = {"user": user, "text": words, "ts": ts, **fields}
        self.messages.append({"type": "message", **said})
        self.tells(**said)
        return str(said["ts"])

    def tells(self, **fields: Any) -> None:
        """Have Slack bring a message event."""
        event = {"type": "message", "channel": CHANNEL, "channel_type": "channel", **fields}
        event = {"ts": timestamp(), **event}
        self.workspace.send_json(event_payload(self.slack, {**event, "event_ts": event["ts"]}))
        self.workspace.settle()

    def wait(self, by: timedelta = 10 * MINUTE) -> None:
        """Let time go by, and the loop go round until there is no more to do."""
        self.clock.move(by)
        while self.loop.tick(self.clock.now):
            assert self.loop.settle(timeout=20)


@pytest.fixture
def channel(workspace: Workspace, loop: Loop, clock: Clock) -> Channel:
    return Channel(workspace, loop, clock)


def kept(store: Store, slack: FakeSlack) -> ListeningChannel | None:
    return store.listening.of_channel(slack.team_id, CHANNEL)


def waiting(store: Store, slack: FakeSlack) -> list[str]:
    found = kept(store, slack)
    return [one.question for one in store.listening.waiting(found.id)] if found else []


def row_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons of the last row."""
    last: dict[str, Any] = message["blocks"][-1]
    assert last["type"] == "actions"
    buttons: list[dict[str, Any]] = last["elements"]
    return buttons


def press(channel: Channel, message: dict[str, Any], **fields: Any) -> None:
    """Press the button that stops it, as a person in the channel."""
    [button] = row_of(message)
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": CHANNEL,
        "thread_ts": message["thread_ts"],
        "is_ephemeral": False,
    }
    person = {"id": BILL, "team_id": channel.slack.team_id}
    channel.workspace.press(button, container=container, user=person, **fields)
    channel.workspace.settle()


class TestAnswers:
    def test_a_question_that_nobody_replies_to_is_answered_until_somebody_ends_it(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        asked = channel.says(SURE)
        channel.wait(10 * MINUTE - timedelta(seconds=1))
        assert channel.answers == []
        channel.wait(timedelta(seconds=1))
        [answer] = channel.answers
        assert answer["thread_ts"] == asked
        assert block_faults(answer["blocks"]) == []
        lines = answer["text"].splitlines()
        assert lines[0] == WHY
        assert answer["blocks"][0] == {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": WHY}]}
            ],
        }
        kinds = [block["type"] for block in answer["blocks"]]
        assert "context_actions" not in kinds  # no thumbs: nothing is kept of the question
        assert "layers" in answer["text"]
        listening = kept(store, slack)
        assert listening is not None
        assert row_of(answer) == [
            {
                "type": "button",
                "action_id": "stop_listening",
                "text": {
                    "type": "plain_text",
                    "text": "Not helpful: stop listening here",
                    "emoji": False,
                },
                "value": listening.id,
                "accessibility_label": "Not helpful: stop listening here",
            }
        ]
        assert answer["metadata"] == {
            "event_type": "unasked_answer",
            "event_payload": {"subscription": listening.id, "number": 1},
        }
        assert waiting(store, slack) == []

        press(channel, answer)
        said = channel.answers[-1]
        assert said["thread_ts"] == asked
        assert said["text"] == (
            f"<@{BILL}> found this not helpful, so I have stopped listening for questions in this "
            "channel. An admin can turn it on again with `/llm listen on`."
        )
        assert "because somebody found an answer not helpful" in told(channel.workspace, "listen")
        channel.says("How long does pretraining take?")
        assert waiting(store, slack) == []
        channel.wait()
        assert len(channel.answers) == 2

    def test_where_it_is_off_nothing_is_read_kept_or_posted(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.says(SURE)
        channel.wait()
        assert [call.method for call in slack.calls] == ["auth.test"]  # which Bolt makes
        for table in ("listening_channels", "open_questions", "unasked_answers", "workspaces"):
            with store.database.reading() as connection:
                assert connection.execute(text(f"SELECT * FROM {table}")).all() == []  # noqa: S608 (the names above)

    def test_another_channel_is_not_listened_to(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        slack.channels["C0ELSEWHERE"]["is_member"] = True
        channel.tells(user=BILL, text=SURE, channel="C0ELSEWHERE")
        channel.wait()
        assert channel.answers == []
        with store.database.reading() as connection:
            assert connection.execute(text("SELECT * FROM open_questions")).all() == []

    def test_where_another_organization_shares_the_channel_nothing_is_read(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        event = {"type": "message", "channel": CHANNEL, "channel_type": "channel", "user": BILL}
        payload = event_payload(slack, {**event, "text": SURE, "ts": timestamp()})
        channel.workspace.send_json(payload | {"is_ext_shared_channel": True})
        channel.workspace.settle()
        assert waiting(store, slack) == []

    def test_what_a_person_replied_to_is_left_to_people(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        asked = channel.says(SURE)
        assert waiting(store, slack) == [SURE]
        channel.says("I'd guess about a hundred.", USER, thread_ts=asked)
        assert waiting(store, slack) == []
        channel.wait()
        assert channel.answers == []

    def test_a_question_back_in_the_thread_is_a_reply_too(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        asked = channel.says(SURE)
        channel.says("which one do you mean?", USER, thread_ts=asked)
        assert waiting(store, slack) == []

    def test_a_reply_that_the_bot_was_not_told_of_is_seen_in_slack(
        self, channel: Channel, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        asked = channel.says(SURE)
        channel.messages.append(
            {"type": "message", "user": USER, "text": "A hundred.", "ts": "9.9", "thread_ts": asked}
        )
        channel.wait()
        assert channel.answers == []
        [look] = slack.wait_for("conversations.replies")
        assert (look.body["ts"], int(look.body["limit"])) == (asked, 2)

    def test_a_question_that_is_gone_without_word_is_not_answered(
        self, channel: Channel, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        channel.says(SURE)
        channel.messages.clear()
        channel.wait()
        assert channel.answers == []
        assert [one.error for one in slack.refused] == ["thread_not_found"]
        slack.refused.clear()

    def test_where_reads_are_used_up_it_goes_by_what_it_heard(
        self, channel: Channel, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        slack.ration_threads(reads=0)
        asked = channel.says(SURE)
        channel.says("about a hundred", USER, thread_ts=asked)
        unanswered = channel.says(SURE)
        channel.wait()
        assert [one["thread_ts"] for one in channel.answers] == [unanswered]
        assert [one.error for one in slack.refused] == ["ratelimited"]
        slack.refused.clear()

    def test_an_answer_below_the_confidence_is_not_given_but_is_to_whoever_asks_the_bot(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        channel.says(UNSURE)
        assert waiting(store, slack) == [UNSURE]
        channel.wait()
        assert channel.answers == []
        assert waiting(store, slack) == []
        assert "“" in told(channel.workspace, UNSURE) or "▎" in told(channel.workspace, UNSURE)

    @pytest.mark.parametrize(
        "words",
        ["who is the president of France?", "how long is the episode?", "what's the next step up?"],
    )
    def test_a_decline_and_what_the_podcast_says_of_itself_are_not_told(
        self, words: str, channel: Channel
    ) -> None:
        channel.turn_on()
        channel.says(words)
        channel.wait()
        assert channel.answers == []

    def test_the_sixth_of_a_day_is_not_answered(self, channel: Channel) -> None:
        channel.turn_on()
        for number in range(6):
            channel.says(f"Question {number}: {SURE}" if number % 2 else SURE)
            channel.wait()
        assert len(channel.answers) == 5

    def test_it_looks_first_in_the_show_of_the_channel(
        self, channel: Channel, store: Store, slack: FakeSlack, answerer: Answerer
    ) -> None:
        channel.turn_on()
        [show, *_] = answerer.library.shows
        told(channel.workspace, f"here {show}")
        channel.says(SURE)
        channel.wait()
        assert len(channel.answers) == 1
        assert kept(store, slack)

    def test_it_says_no_more_in_the_thread_until_it_is_mentioned(self, channel: Channel) -> None:
        channel.turn_on()
        asked = channel.says(SURE)
        channel.wait()

        def says(words: str, user: str = BILL) -> str:
            """Say something below the answer, which bears the time of the machine."""
            return channel.says(words, user, thread_ts=asked, ts=timestamp())

        says("and what is RAG?")
        says("what is a context window?", USER)
        assert len(channel.answers) == 1
        marked = f"<@{channel.slack.bot_user_id}> what is RAG?"
        channel.workspace.mention(marked, ts=says(marked), thread_ts=asked)
        channel.workspace.settle()
        assert len(channel.answers) == 2
        says("and what is a token?")
        assert len(channel.answers) == 3


class TestHearing:
    @pytest.mark.parametrize(
        "words",
        [
            "I deployed the new version.",
            "hi, how are you?",
            "why?",
            f"<@{USER}> {SURE}",
            f"<!here> {SURE}",
            "thanks, that's all",
        ],
    )
    def test_what_is_no_question_to_everybody_is_not_kept(
        self, words: str, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        channel.says(words)
        assert waiting(store, slack) == []

    def test_a_question_to_the_bot_is_answered_at_once_and_not_again(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        marked = f"<@{slack.bot_user_id}> {SURE}"
        ts = channel.says(marked)
        channel.workspace.mention(marked, ts=ts)
        channel.workspace.settle()
        assert waiting(store, slack) == []
        channel.wait()
        assert len(channel.answers) == 1

    @pytest.mark.parametrize(
        "fields",
        [{"bot_id": "B9"}, {"subtype": "bot_message"}, {"subtype": "channel_topic"}],
    )
    def test_what_no_person_writes_is_not_kept(
        self, fields: dict[str, str], channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        channel.says(SURE, **fields)
        assert waiting(store, slack) == []

    def test_an_edit_is_followed(self, channel: Channel, store: Store, slack: FakeSlack) -> None:
        channel.turn_on()
        asked = channel.says(SURE)
        message = {"type": "message", "user": BILL, "ts": asked, "edited": {"ts": "1.5"}}
        before = {"previous_message": message | {"text": SURE}, "subtype": "message_changed"}
        channel.tells(**before, message=message | {"text": UNSURE})
        assert waiting(store, slack) == [UNSURE]
        channel.tells(**before, message=message | {"text": "Found it."})
        assert waiting(store, slack) == []

    def test_an_edit_makes_no_question_of_an_older_message(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        said = channel.says("I wonder.")
        message = {"type": "message", "user": BILL, "ts": said, "text": SURE}
        channel.tells(subtype="message_changed", message=message, previous_message=message)
        assert waiting(store, slack) == []

    def test_a_deleted_question_is_forgotten(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        asked = channel.says(SURE)
        channel.tells(subtype="message_deleted", deleted_ts=asked, hidden=True)
        assert waiting(store, slack) == []

    def test_forget_me_deletes_a_question_that_waits(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        channel.says(SURE, USER)
        assert "Deleted 1 record" in told(channel.workspace, "forget me")
        assert waiting(store, slack) == []

    def test_a_workspace_that_leaves_takes_all_with_it(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        channel.says(SURE)
        channel.workspace.event("app_uninstalled")
        channel.workspace.settle()
        assert kept(store, slack) is None
        channel.wait()
        assert channel.answers == []


class TestSettings:
    def opened(self, channel: Channel, words: str = "listen on") -> dict[str, Any]:
        channel.slack.people[USER] = {"is_admin": True}
        channel.workspace.command(words)
        channel.workspace.settle()
        [call] = channel.slack.wait_for("views.open")
        view: dict[str, Any] = call.body["view"]
        assert view_faults(view) == []
        return view

    def test_the_form_says_what_is_done_and_kept(self, channel: Channel) -> None:
        view = self.opened(channel)
        said = json.dumps(view, ensure_ascii=False)
        assert "at most 5 times a day (UTC)" in said
        assert "A question is kept until somebody replies to it" in said
        assert view["blocks"][2]["element"]["initial_conversation"] == CHANNEL

    def test_it_turns_on_and_off_and_says_how_it_stands(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        assert "is not on for" in told(channel.workspace, "listen")
        view = self.opened(channel)
        response = channel.fill(view, "on")
        assert json.loads(response.body)["response_action"] == "update"
        [shown] = slack.wait_for("views.update")
        assert "Listening for questions is on for" in json.dumps(shown.body["view"])
        found = kept(store, slack)
        assert found is not None
        assert (found.since, found.made_by) == (NOW, USER)
        assert f"is on for <#{CHANNEL}>" in told(channel.workspace, "listen status")
        assert "is off for" in told(channel.workspace, "listen off")
        assert "is not on for" in told(channel.workspace, "listen off")
        assert "was turned off for" in told(channel.workspace, "listen")

    def test_the_form_turns_it_off_too(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        view = self.opened(channel)
        channel.fill(view, "on")
        channel.fill(view, "off")
        found = kept(store, slack)
        assert found is not None
        assert found.since is None

    @pytest.mark.parametrize(
        ("where", "state", "errors"),
        [
            (DIRECT, "on", {"channel": "Choose a channel."}),
            (CHANNEL, "perhaps", {"state": "Choose on or off."}),
            ("x", "", {"channel": "Choose a channel.", "state": "Choose on or off."}),
        ],
    )
    def test_what_is_wrong_with_the_form_is_said_below_the_field(
        self,
        where: str,
        state: str,
        errors: dict[str, str],
        channel: Channel,
        store: Store,
        slack: FakeSlack,
    ) -> None:
        response = channel.fill(self.opened(channel), state, where)
        assert json.loads(response.body) == {"response_action": "errors", "errors": errors}
        assert kept(store, slack) is None

    def test_a_private_channel_without_the_bot_asks_for_an_invitation(
        self, channel: Channel, slack: FakeSlack
    ) -> None:
        slack.channels["G0SECRET"] = {"is_member": False, "messages": []}
        channel.fill(self.opened(channel), "on", "G0SECRET")
        [shown] = slack.wait_for("views.update")
        assert "/invite" in json.dumps(shown.body["view"])
        slack.refused.clear()

    def test_home_opens_it_for_an_admin(self, channel: Channel, slack: FakeSlack) -> None:
        slack.people[USER] = {"is_admin": True}
        channel.workspace.event("app_home_opened", tab="home", user=USER, channel=DIRECT)
        channel.workspace.settle()
        [home] = slack.wait_for("views.publish")
        accessories = [block.get("accessory", {}) for block in home.body["view"]["blocks"]]
        [found] = [one for one in accessories if one.get("action_id") == "set_listening"]
        channel.workspace.press_in_view(found, {**home.body["view"], "type": "home"})
        channel.workspace.settle()
        [opened] = slack.wait_for("views.open")
        assert opened.body["view"]["callback_id"] == "listening_form"

    def test_home_shows_it_to_admins_alone(self, channel: Channel, slack: FakeSlack) -> None:
        channel.workspace.event("app_home_opened", tab="home", user=USER, channel=DIRECT)
        channel.workspace.settle()
        [home] = slack.wait_for("views.publish")
        assert "set_listening" not in json.dumps(home.body["view"])

    def test_a_database_that_is_away_changes_nothing_and_says_so(
        self, channel: Channel, store: Store
    ) -> None:
        channel.slack.people[USER] = {"is_admin": True}
        view = self.opened(channel)
        with store.database.writing() as connection:
            for table in ("unasked_answers", "open_questions", "listening_channels"):
                connection.execute(text(f"DROP TABLE {table}"))
        for words in ("listen", "listen off"):
            assert "cannot be saved or read right now" in told(channel.workspace, words)
        channel.fill(view, "on")
        shown = channel.slack.wait_for("views.update")[-1]
        assert "cannot be saved or read right now" in json.dumps(shown.body["view"])
        channel.says(SURE)  # is heard by nobody, and hinders nothing


@pytest.mark.parametrize("by", ["anyone", "admins"])
class TestWhoMaySetIt:
    @pytest.fixture
    def policy(self, by: Any) -> Policy:
        return Policy(daily_by=by)

    def test_others_than_admins_are_told_so_whatever_they_may_set_elsewhere(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        for words in ("listen on", "listen off"):
            said = told(channel.workspace, words)
            assert said == (
                "Listening for questions is set by the workspace's admins and owners. "
                "Ask one of them."
            )
        slack.people[USER] = {"is_admin": True}
        channel.workspace.command("listen on")
        channel.workspace.settle()
        form = slack.wait_for("views.open")[-1].body["view"]
        slack.people[USER] = {"is_admin": False}
        channel.fill(form, "on")
        [shown] = slack.wait_for("views.update")
        assert "Ask one of them." in json.dumps(shown.body["view"])
        assert kept(store, slack) is None


class TestButton:
    def test_a_second_press_says_that_it_is_off_to_that_person_alone(
        self, channel: Channel
    ) -> None:
        channel.turn_on()
        channel.says(SURE)
        channel.wait()
        [answer] = channel.answers
        press(channel, answer)
        press(channel, answer)
        assert len(channel.answers) == 2
        [notice] = private(channel.workspace)
        assert notice["text"] == "I don't listen for questions in this channel any more."
        assert notice["response_type"] == "ephemeral"

    def test_a_forged_button_turns_nothing_off(
        self, channel: Channel, store: Store, slack: FakeSlack
    ) -> None:
        channel.turn_on()
        channel.says(SURE)
        channel.wait()
        [answer] = channel.answers
        elsewhere = {"message_ts": "1.1", "channel_id": "C0ELSEWHERE", "is_ephemeral": False}
        [button] = row_of(answer)
        channel.workspace.press(button, container=elsewhere)
        channel.workspace.press({**button, "value": "made-up"})
        channel.workspace.settle()
        found = kept(store, slack)
        assert found is not None
        assert found.since

    def test_without_the_database_nothing_changes_and_the_person_is_told(
        self, channel: Channel, store: Store
    ) -> None:
        channel.turn_on()
        channel.says(SURE)
        channel.wait()
        [answer] = channel.answers
        with store.database.writing() as connection:
            for table in ("unasked_answers", "open_questions", "listening_channels"):
                connection.execute(text(f"DROP TABLE {table}"))
        press(channel, answer)
        [notice] = private(channel.workspace)
        assert "nothing has been changed" in notice["text"]
