"""`/llm daily …` and its form, from Slack's request to what is kept and told."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.slack import Policy
from bot.storage import PostState, Store, Subscription
from tests.fakes.limits import block_faults, view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, DIRECT, USER, Workspace, private, told

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday
PRIVATE = "G0PRIVATE"
ELSEWHERE = "C0ELSEWHERE"
FORM: dict[str, dict[str, Any]] = {
    "channel": {"selected_conversation": CHANNEL},
    "time": {"selected_time": "17:30"},
    "zone": {"selected_option": {"value": "Asia/Tokyo"}},
    "days": {"selected_option": {"value": "all"}},
    "state": {"selected_option": {"value": "on"}},
}


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


def kept(store: Store, slack: FakeSlack, channel: str = CHANNEL) -> Subscription | None:
    return store.subscriptions.of_channel(slack.team_id, channel)


def methods(slack: FakeSlack) -> set[str]:
    return {call.method for call in slack.calls}


def test_on_is_the_usual_time_on_weekdays_in_the_persons_own_zone(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    said = told(workspace, "daily on")
    assert said.startswith(
        f"The daily takeaway is on for <#{CHANNEL}>: on weekdays at 09:00 (Europe/Berlin). "
        "The first one comes on Wednesday 25 November at 09:00."
    )
    subscription = kept(store, slack)
    assert subscription
    assert subscription.made_by == USER
    assert subscription.due_at == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def test_time_zone_and_days_are_kept_as_they_are_said(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    assert "every day at 21:30 (America/New York)" in told(
        workspace, "daily on New York, 9:30 pm every day"
    )
    subscription = kept(store, slack)
    assert subscription
    assert (subscription.local_time, subscription.zone) == (time(21, 30), "America/New_York")
    assert subscription.weekdays is False
    assert subscription.due_at == datetime(2026, 11, 25, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", [None, "", "Mars/Olympus"])
def test_where_slack_knows_no_zone_it_is_utc_and_said_so(
    workspace: Workspace, slack: FakeSlack, zone: str | None
) -> None:
    slack.people[USER] = {"tz": zone}
    said = told(workspace, "daily on 9")
    assert "(UTC)" in said
    assert "I took UTC" in said


def test_what_is_not_understood_changes_nothing(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    said = told(workspace, "daily on 9 Berln &lt;!channel&gt;")
    assert "“Berln &lt;!channel&gt;”" in said
    assert "Europe/Berlin" in said
    assert kept(store, slack) is None


def test_an_american_abbreviation_is_the_clock_of_its_region(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    slack.people[USER] = {"tz": "America/Bogota"}
    assert "09:00 (America/Chicago)" in told(workspace, "daily on 9 CST")
    subscription = kept(store, slack)
    assert subscription is not None
    assert subscription.zone == "America/Chicago"


def test_who_lives_outside_the_americas_is_asked_what_cst_means(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    slack.people[USER] = {"tz": "Asia/Shanghai"}
    said = told(workspace, "daily on 9 CST")
    assert "“CST” can mean several, so nothing has changed" in said
    assert "America/Chicago, Asia/Shanghai" in said
    assert kept(store, slack) is None


def test_an_ambiguous_abbreviation_is_asked_about(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    said = told(workspace, "daily on 9 IST")
    assert "Europe/Dublin, Asia/Jerusalem, Asia/Kolkata" in said
    assert kept(store, slack) is None


def test_a_question_that_begins_with_daily_is_answered(workspace: Workspace) -> None:
    assert "daily takeaway" not in told(workspace, "daily standups with an LLM?")


def test_turning_it_on_again_changes_it(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    told(workspace, "daily on 9")
    first = kept(store, slack)
    told(workspace, "daily on 10")
    second = kept(store, slack)
    assert first
    assert second
    assert (second.id, second.local_time) == (first.id, time(10))


def test_a_day_that_has_had_its_post_has_no_second_one(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    told(workspace, "daily on 9 UTC")
    subscription = kept(store, slack)
    assert subscription
    a_post(store, subscription, date(2026, 11, 24), PostState.POSTED)
    assert "Wednesday 25 November at 15:00" in told(workspace, "daily on 15 UTC")


def a_post(store: Store, subscription: Subscription, day: date, state: PostState) -> None:
    """What has become of a day."""
    until = NOW + timedelta(minutes=1)
    claim = store.posts.claim(subscription, day, "episode-02/takeaway/1", now=NOW, until=until)
    assert claim
    due_at = subscription.due_at or NOW
    store.posts.end(claim, state, now=NOW, due_at=due_at)


def test_a_public_channel_is_joined(workspace: Workspace, store: Store, slack: FakeSlack) -> None:
    assert "is on" in told(workspace, "daily on", channel_id=ELSEWHERE)
    assert slack.channels[ELSEWHERE]["is_member"]
    assert kept(store, slack, ELSEWHERE)


def test_a_private_channel_that_the_bot_is_in_is_fine(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    slack.channels[PRIVATE] = {"is_member": True, "messages": []}
    assert "is on" in told(workspace, "daily on", channel_id=PRIVATE)
    assert kept(store, slack, PRIVATE)
    slack.refused.clear()  # it cannot be joined, which is how the bot knows that it is private


def test_a_private_channel_asks_for_the_invitation(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    slack.channels[PRIVATE] = {"is_member": False, "messages": []}
    assert "`/invite`" in told(workspace, "daily on", channel_id=PRIVATE)
    assert kept(store, slack, PRIVATE) is None
    slack.refused.clear()


def test_an_archived_channel_is_said_to_be_one(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    slack.channels[ELSEWHERE]["is_archived"] = True
    assert "archived" in told(workspace, "daily on", channel_id=ELSEWHERE)
    assert kept(store, slack, ELSEWHERE) is None
    slack.refused.clear()


def test_the_bots_own_direct_messages_are_fine_and_other_peoples_are_not(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    assert "is on for this conversation" in told(workspace, "daily on", channel_id=DIRECT)
    assert "cannot post in this conversation" in told(workspace, "daily on", channel_id="D0OTHERS")
    assert kept(store, slack, DIRECT)
    assert kept(store, slack, "D0OTHERS") is None
    assert "conversations.join" not in methods(slack)
    slack.refused.clear()


def test_a_kind_of_conversation_that_the_bot_may_not_read_takes_no_post(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    slack.fail_next("conversations.join", error="method_not_supported_for_channel_type")
    slack.fail_next("conversations.history", error="missing_scope")
    assert "cannot post in this conversation" in told(workspace, "daily on")
    assert kept(store, slack) is None
    slack.refused.clear()


@pytest.mark.parametrize("method", ["conversations.join", "users.info"])
def test_where_slack_fails_nothing_is_saved_and_the_person_is_told(
    workspace: Workspace, store: Store, slack: FakeSlack, method: str
) -> None:
    slack.fail_next(method, error="fatal_error")
    with slack.hold("response_url"):  # for Bolt forgets the ack of what fails at once
        assert workspace.command("daily on").status == 200
    [apology] = slack.wait_for("response_url")
    workspace.settle()
    assert "something went wrong" in apology.body["text"]
    assert kept(store, slack) is None
    slack.refused.clear()


def test_off_turns_it_off_and_says_whether_it_was_on(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    assert "is not on" in told(workspace, "daily off")
    told(workspace, "daily on")
    assert "is off" in told(workspace, "daily off")
    subscription = kept(store, slack)
    assert subscription
    assert (subscription.due_at, subscription.stopped) == (None, None)


def test_status_tells_the_next_post_and_the_last(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    assert "is not on" in told(workspace, "daily status")
    told(workspace, "daily on 9 UTC")
    subscription = kept(store, slack)
    assert subscription
    a_post(store, subscription, date(2026, 11, 23), PostState.SKIPPED)
    said = told(workspace, "daily status")
    assert "The next one comes on Wednesday 25 November at 09:00." in said
    assert "Monday 23 November was skipped" in said
    store.subscriptions.stop(subscription.id, "is_archived")
    assert "because the channel was archived" in told(workspace, "daily status")


def test_now_shows_the_next_one_to_the_person_alone_and_remembers_nothing(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    said = told(workspace, "daily now")
    assert said.startswith("A preview for you alone")
    assert "Takeaway 1 of 8\n“LLMs are the most significant technology shift" in said
    [answer] = private(workspace)
    assert "context_actions" not in {block["type"] for block in answer["blocks"]}
    assert kept(store, slack) is None
    told(workspace, "daily on 9 UTC")
    subscription = kept(store, slack)
    assert subscription
    a_post(store, subscription, date(2026, 11, 23), PostState.POSTED)
    assert "“Start with the problem" in told(workspace, "daily now")


class AdminsOnly:
    """Where only admins may set it."""

    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(daily_by="admins")


class TestWhereAdminsSetIt(AdminsOnly):
    @pytest.mark.parametrize("typed", ["daily on", "daily off", "daily"])
    def test_others_are_refused_and_told_who_may(
        self, workspace: Workspace, store: Store, slack: FakeSlack, typed: str
    ) -> None:
        assert "admins and owners" in told(workspace, typed)
        assert kept(store, slack) is None
        assert "views.open" not in methods(slack)

    def test_a_sent_form_is_checked_again(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        assert "admins and owners" in outcome(workspace, FORM)
        assert kept(store, slack) is None

    @pytest.mark.parametrize("field", ["is_admin", "is_owner", "is_primary_owner"])
    def test_admins_and_owners_may(
        self, workspace: Workspace, slack: FakeSlack, field: str
    ) -> None:
        slack.people[USER] = {field: True}
        assert "is on" in told(workspace, "daily on")

    def test_anybody_may_look(self, workspace: Workspace) -> None:
        assert "is not on" in told(workspace, "daily status")
        assert "preview" in told(workspace, "daily now")


@pytest.mark.parametrize("person", [{"team_id": "T0OTHER"}, {"is_stranger": True}])
@pytest.mark.parametrize("typed", ["daily on", "daily off", "daily"])
def test_people_of_other_workspaces_set_nothing(
    workspace: Workspace, store: Store, slack: FakeSlack, person: dict[str, Any], typed: str
) -> None:
    slack.people[USER] = person | {"is_admin": True}
    assert "members of this workspace alone" in told(workspace, typed)
    assert kept(store, slack) is None


def opened(workspace: Workspace) -> dict[str, Any]:
    """The form that `/llm daily` opens."""
    workspace.command("daily")
    workspace.settle()
    view: dict[str, Any] = workspace.slack.wait_for("views.open")[-1].body["view"]
    return view


def outcome(workspace: Workspace, filled: dict[str, dict[str, Any]], **changed: Any) -> str:
    """What the form turns into once it is sent, first and last."""
    acknowledged = workspace.submit({"callback_id": "daily_form", **changed}, **filled)
    first = body_of(acknowledged)
    assert first["response_action"] == "update"
    assert view_faults(first["view"]) == []
    workspace.settle()
    view = workspace.slack.wait_for("views.update")[-1].body["view"]
    assert view_faults(view) == []
    assert block_faults(view["blocks"]) == []
    return str(view["blocks"])


def test_whoever_has_closed_the_form_is_told_directly(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    slack.fail_next("views.update", error="not_found")
    outcome(workspace, FORM)
    assert kept(store, slack)
    [told] = slack.wait_for("chat.postMessage")
    assert told.body["channel"] == USER
    assert "The daily takeaway is on" in told.body["text"]
    slack.refused.clear()


def body_of(response: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(response.body)
    return body


def test_the_form_opens_with_the_channel_and_the_persons_zone(workspace: Workspace) -> None:
    view = opened(workspace)
    inputs = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert inputs["channel"]["initial_conversation"] == CHANNEL
    assert inputs["zone"]["initial_option"]["value"] == "Europe/Berlin"
    assert private(workspace) == []


def test_the_form_opens_with_what_is_set(workspace: Workspace) -> None:
    told(workspace, "daily on 17:30 Tokyo every day")
    inputs = {block["block_id"]: block["element"] for block in opened(workspace)["blocks"]}
    assert inputs["time"]["initial_time"] == "17:30"
    assert inputs["zone"]["initial_option"]["value"] == "Asia/Tokyo"
    assert inputs["days"]["initial_option"]["value"] == "all"


def test_a_sent_form_is_the_command_in_another_shape(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    said = outcome(workspace, FORM)
    assert "every day at 17:30 (Asia/Tokyo)" in said
    subscription = kept(store, slack)
    assert subscription
    assert subscription.made_by == USER
    assert subscription.due_at == datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


def test_a_form_can_turn_it_off(workspace: Workspace, store: Store, slack: FakeSlack) -> None:
    told(workspace, "daily on")
    off = {"state": {"selected_option": {"value": "off"}}}
    assert "The daily takeaway is off" in outcome(workspace, FORM | off)
    subscription = kept(store, slack)
    assert subscription
    assert subscription.due_at is None


def test_a_form_for_a_private_channel_asks_for_the_invitation(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    slack.channels[PRIVATE] = {"is_member": False, "messages": []}
    private_one = {"channel": {"selected_conversation": PRIVATE}}
    assert "/invite" in outcome(workspace, FORM | private_one)
    assert kept(store, slack, PRIVATE) is None
    slack.refused.clear()


@pytest.mark.parametrize(
    "forged",
    [
        {"channel": {"selected_conversation": "https://example.com"}},
        {"time": {"selected_time": "soon"}},
        {"zone": {"selected_option": {"value": "../../etc/passwd"}}},
        {"days": {"selected_option": {"value": "all or none"}}},
        {"state": {}},
    ],
)
def test_a_forged_form_is_refused_by_the_input_that_is_wrong(
    workspace: Workspace, slack: FakeSlack, forged: dict[str, Any]
) -> None:
    response = workspace.submit({"callback_id": "daily_form"}, **(FORM | forged))
    refused = body_of(response)
    assert refused["response_action"] == "errors"
    assert list(refused["errors"]) == list(forged)
    workspace.settle()
    assert methods(slack) <= {"auth.test"}


def test_private_metadata_says_nothing(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    outcome(workspace, FORM, private_metadata='{"team_id": "T0OTHER", "channel": "C0OTHER"}')
    assert kept(store, slack)
    assert store.subscriptions.of_team("T0OTHER") == []


def test_a_form_during_which_slack_fails_says_so(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    slack.fail_next("conversations.join", error="fatal_error")
    assert "something went wrong" in outcome(workspace, FORM)
    assert kept(store, slack) is None
    slack.refused.clear()


def test_another_workspaces_settings_are_neither_seen_nor_changed(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    told(workspace, "daily on 9 UTC")
    ours = kept(store, slack)
    assert ours
    theirs = store.subscriptions.save(replace(ours, id="theirs", team_id="T0OTHER"))
    told(workspace, "daily off")
    assert store.subscriptions.get("theirs") == theirs
    assert "was turned off" in told(workspace, "daily status")


class TestWithoutTheTables:
    @pytest.fixture(autouse=True)
    def _gone(self, store: Store) -> None:
        with store.database.writing() as connection:
            connection.execute(text("DROP TABLE posts"))
            connection.execute(text("DROP TABLE subscriptions"))

    @pytest.mark.parametrize(
        "typed", ["daily on", "daily off", "daily status", "daily now", "daily"]
    )
    def test_a_command_says_that_settings_are_out_of_reach(
        self, workspace: Workspace, typed: str
    ) -> None:
        assert "cannot be saved or read right now" in told(workspace, typed)

    def test_a_form_says_so_too(self, workspace: Workspace) -> None:
        assert "cannot be saved or read right now" in outcome(workspace, FORM)


def test_another_workspaces_commands_forms_and_buttons_do_nothing(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    workspace.command("daily on", team_id="T0OTHER")
    workspace.submit({"callback_id": "daily_form", "app_installed_team_id": "T0OTHER"}, **FORM)
    thumb = {"action_id": "thumbs", "type": "feedback_buttons", "value": '["a1",true,[]]'}
    workspace.press(thumb, team={"id": "T0OTHER", "domain": "other"})
    workspace.settle()
    assert (
        store.subscriptions.of_team(slack.team_id) == store.subscriptions.of_team("T0OTHER") == []
    )
    assert store.questions.judged(datetime(2026, 1, 1, tzinfo=UTC)) == []
    assert methods(slack) <= {"auth.test", "response_url"}
