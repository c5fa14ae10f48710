"""The App Home: for everybody what the bot is and holds, for admins their workspace's report."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import text

from bot.answers import Answer, Answerer
from bot.episodes import Library
from bot.errors import Fault
from bot.links import LinkError, Links
from bot.slack import Policy
from bot.storage import Asker, Feedback, Passage, Question, Store, Subscription
from tests.fakes.limits import view_faults
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, DIRECT, USER, Workspace, event_payload

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PASSAGE = Passage("episode-02", "SEGMENT 3: HOW TO ACTUALLY BUILD WITH LLMs (15 minutes)", 100, 120)
View = dict[str, Any]


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


def opened(workspace: Workspace, user: str = USER) -> View:
    """The Home of a person who opens it."""
    response = workspace.event("app_home_opened", tab="home", user=user, channel=DIRECT)
    assert (response.status, response.body) == (200, "")
    workspace.settle()
    body = workspace.slack.wait_for("views.publish")[-1].body
    assert body["user_id"] == user
    view: View = body["view"]
    assert view_faults(view) == []
    assert len(view["blocks"]) <= 100
    return view


def words(view: View) -> str:
    return json.dumps(view["blocks"], ensure_ascii=False)


def spoken(view: View) -> str:
    """The words of a view's rich text, one after the other."""

    def texts(part: Any) -> Iterator[str]:
        if isinstance(part, list):
            for one in part:
                yield from texts(one)
        elif isinstance(part, dict):
            if part.get("type") == "text":
                yield part["text"]
            yield from texts(part.get("elements", []))

    return "".join(texts(view["blocks"]))


def buttons(view: View) -> dict[str, dict[str, Any]]:
    """What can be pressed or chosen, by its action."""
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    beside = [block["accessory"] for block in view["blocks"] if "accessory" in block]
    return {button["action_id"]: button for row in [*rows, beside] for button in row}


def press(workspace: Workspace, action_id: str, view: View, **chosen: Any) -> View:
    """The modal that a button of Home opens; there is no response_url there."""
    button = buttons(view)[action_id] | chosen
    workspace.press(button, view=view, container={"type": "view"}, channel=None, response_url=None)
    workspace.settle()
    found: View = workspace.slack.wait_for("views.open")[-1].body["view"]
    assert view_faults(found) == []
    return found


def daily(channel: str, made_by: str | None, **fields: Any) -> Subscription:
    given: dict[str, Any] = {
        "id": f"s-{channel}-{fields.get('team_id')}",
        "team_id": "T0000000001",
        "channel_id": channel,
        "local_time": time(9, 30),
        "zone": "Europe/Berlin",
        "weekdays": True,
        "made_by": made_by,
        "made_at": NOW,
        "due_at": NOW + DAY,
    }
    return Subscription(**given | fields)


def question(words: str, number: int, **fields: Any) -> Question:
    given: dict[str, Any] = {
        "id": f"q{number}",
        "surface": "command",
        "question": words,
        "kind": "unknown",
        "answered": False,
        "confidence": 0.1,
        "passages": (),
        "asked_at": NOW - DAY,
        "reason": "below_threshold",
    }
    return Question(**given | fields)


def asked(store: Store, team_id: str = "T0000000001") -> None:
    """What people of a workspace have asked, answered and not, recently and long ago."""
    asker = Asker(team_id, "U0000OTHER")
    for number in range(3):
        store.questions.add(asker, question(f"how much is <!channel> {team_id}?", number))
    quoted = question("define RAG", 4, answered=True, kind="definition", passages=(PASSAGE,))
    store.questions.add(asker, quoted)
    store.questions.add(asker, question("long ago", 5, asked_at=NOW - 31 * DAY))
    thumb = Feedback("q4", helpful=False, passages=(PASSAGE,), given_at=NOW, reason="says_more")
    store.questions.judge(asker, thumb)


def test_it_begins_with_what_to_do_and_ends_with_what_it_is_and_keeps(workspace: Workspace) -> None:
    view = opened(workspace)
    assert list(buttons(view))[:6] == [
        "ask",
        "quiz",
        "define_term",
        "try_question_1",
        "try_question_2",
        "try_question_3",
    ]
    [line] = view["blocks"][-1]["elements"]
    for part in ("Automated", "90 days", "without names", "/llm privacy", "/llm forget me"):
        assert part in line["text"]


def test_it_shows_the_episode_in_two_lines_and_no_word_of_the_bots_own_trade(
    workspace: Workspace,
) -> None:
    shown = words(opened(workspace))
    assert "Ask Tech Leadership Unpacked" in shown
    assert "Large Language Models Deep Dive" in shown
    assert "Episode 2 · ~60 minutes · Alex Chen & Sam Rivera" in shown
    for internal in ("episode-02", "Header", "SEGMENT"):
        assert internal not in shown


@pytest.mark.parametrize(
    ("action", "label", "listed"),
    [
        ("list_segments", "7 segments", "segments"),
        ("list_takeaways", "8 takeaways", "takeaways"),
        ("list_terms", "13 terms", "terms"),
    ],
)
def test_a_button_opens_each_list_of_the_episode_whole(
    workspace: Workspace, answerer: Answerer, store: Store, action: str, label: str, listed: str
) -> None:
    view = opened(workspace)
    assert buttons(view)[action]["text"]["text"] == label
    shown = spoken(press(workspace, action, view))
    answer = answerer.ask(listed)
    assert isinstance(answer, Answer)
    assert all(item.shown in shown for item in answer.items)
    assert store.questions.asked(NOW - DAY) == []


@pytest.mark.parametrize("action", ["try_question_1", "try_question_2", "try_question_3"])
def test_a_question_to_try_is_answered_and_kept_as_homes(
    workspace: Workspace, answerer: Answerer, store: Store, action: str
) -> None:
    view = opened(workspace)
    asked = buttons(view)[action]["text"]["text"]
    answer = answerer.ask(asked)
    assert isinstance(answer, Answer)
    shown = press(workspace, action, view)
    assert answer.quotes[0].shown in spoken(shown)
    assert "ask_again" in buttons(shown)
    [kept] = store.questions.asked(NOW - DAY)
    assert (kept.question, kept.surface, kept.answered) == (asked, "home", True)


def test_the_term_that_is_chosen_is_defined(workspace: Workspace, store: Store) -> None:
    view = opened(workspace)
    options = buttons(view)["define_term"]["options"]
    assert len(options) == 13
    option = next(one for one in options if one["value"].startswith("RAG"))
    shown = press(workspace, "define_term", view, selected_option=option)
    assert "Combining retrieved documents" in words(shown)
    [kept] = store.questions.asked(NOW - DAY)
    assert kept.kind == "definition"


class TestPaced:
    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(rate_limit="1/minute")

    @pytest.mark.parametrize(
        "action", ["try_question_1", "define_term", "list_terms", "whole_report"]
    )
    def test_who_presses_too_often_is_told_so(
        self, workspace: Workspace, slack: FakeSlack, action: str
    ) -> None:
        slack.people[USER] = {"is_admin": True}
        view = opened(workspace)
        press(workspace, action, view)
        assert "Please try again" in words(press(workspace, action, view))


def test_the_ask_button_opens_the_form_and_its_question_is_kept_as_homes(
    workspace: Workspace, store: Store, slack: FakeSlack
) -> None:
    form = press(workspace, "ask", opened(workspace))
    response = workspace.submit(form, question={"value": "define RAG"})
    workspace.settle()
    answered = json.loads(response.body)["view"]
    assert "Combining retrieved documents" in words(answered)
    [kept] = store.questions.asked(NOW - DAY)
    assert kept.surface == "home"
    again = buttons(answered)["ask_again"]
    workspace.press(again, view={"id": "V1", **answered}, response_url=None)
    workspace.settle()
    [update] = slack.wait_for("views.update")
    assert update.body["view"]["callback_id"] == form["callback_id"]


def test_the_quiz_button_opens_the_quiz(workspace: Workspace) -> None:
    assert press(workspace, "quiz", opened(workspace))["callback_id"] == "quiz_form"


def test_it_shows_the_daily_takeaways_that_the_person_has_set_up_and_no_others(
    workspace: Workspace, store: Store
) -> None:
    store.subscriptions.save(daily(CHANNEL, USER))
    store.subscriptions.save(daily(DIRECT, USER, weekdays=False))
    store.subscriptions.save(daily("C0OFF", USER, due_at=None))
    store.subscriptions.save(daily("G0SECRET", "U0000OTHER"))
    store.subscriptions.save(daily("C0THEIRS", USER, team_id="T0OTHER"))
    store.subscriptions.save(daily("C0ORPHAN", None))
    shown = words(opened(workspace))
    assert CHANNEL in shown
    assert ": on weekdays at 09:30 (Europe/Berlin)" in shown
    assert "Direct message" in shown
    assert ": off" in shown
    for hidden in ("G0SECRET", "C0THEIRS", "C0ORPHAN", "set up by others"):
        assert hidden not in shown


def test_the_button_sets_the_daily_takeaway_and_home_shows_it(
    workspace: Workspace, slack: FakeSlack
) -> None:
    form = press(workspace, "set_daily", opened(workspace))
    assert form["callback_id"] == "daily_form"
    workspace.submit(
        form,
        channel={"selected_conversation": CHANNEL},
        time={"selected_time": "09:30"},
        zone={"selected_option": {"value": "Europe/Berlin"}},
        days={"selected_option": {"value": "weekdays"}},
        state={"selected_option": {"value": "on"}},
    )
    workspace.settle()
    published = slack.wait_for("views.publish", 2)[-1].body
    assert published["user_id"] == USER
    assert CHANNEL in words(published["view"])


class TestForMembers:
    def test_nothing_that_others_asked_is_shown(self, workspace: Workspace, store: Store) -> None:
        asked(store)
        shown = words(opened(workspace))
        assert "how much" not in shown
        assert "The last 30 days" not in shown

    def test_the_reports_button_from_before_shows_nothing(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        asked(store)
        slack.people[USER] = {"is_admin": True}
        view = opened(workspace)
        slack.people[USER] = {"is_admin": False}
        shown = words(press(workspace, "whole_report", view))
        assert "admins and owners" in shown
        assert "how much" not in shown

    def test_an_admin_of_another_workspace_is_no_admin_here(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        asked(store)
        slack.people[USER] = {"is_admin": True, "team_id": "T0OTHER"}
        assert "how much" not in words(opened(workspace))

    def test_who_cannot_be_looked_up_is_no_admin(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        asked(store)
        slack.people[USER] = {"is_admin": True}
        slack.fail_next("users.info", error="user_not_found")
        view = opened(workspace)
        slack.refused.clear()
        assert "how much" not in words(view)
        assert "set_daily" in buttons(view)


class TestForAdmins:
    @pytest.fixture(autouse=True)
    def _admin(self, slack: FakeSlack) -> None:
        slack.people[USER] = {"is_admin": True}

    def test_three_numbers_of_the_last_thirty_days_and_a_button_for_the_rest(
        self, workspace: Workspace, store: Store
    ) -> None:
        asked(store)
        view = opened(workspace)
        assert "4 asked · 1 answered · 3 declined" in words(view)
        assert "how much" not in words(view)
        assert "whole_report" in buttons(view)

    def test_the_whole_report(self, workspace: Workspace, store: Store) -> None:
        asked(store)
        shown = words(press(workspace, "whole_report", opened(workspace)))
        assert "4 asked, 1 answered, 3 declined. Thumbs: 0 up, 1 down." in shown
        assert "3 × how much is <!channel>" in shown  # a `text` element, in which nothing acts
        assert "3 × no passage was likely enough to answer" in shown
        assert "1 × How to actually build with LLMs" in shown
        assert "1 × The episode says more about it" in shown
        for hidden in ("long ago", "episode-02", "SEGMENT"):
            assert hidden not in shown

    def test_another_workspaces_is_never_shown(self, workspace: Workspace, store: Store) -> None:
        asked(store, "T0OTHER")
        shown = words(opened(workspace))
        assert "how much" not in shown
        assert "0 asked" in shown

    def test_an_event_of_no_workspace_at_all_is_answered_by_nothing(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        asked(store)
        opening = {"type": "app_home_opened", "tab": "home", "user": USER, "channel": DIRECT}
        whole = {"team_id": None, "user_id": slack.bot_user_id, "is_bot": True}
        nowhere = {"team_id": None, "authorizations": [whole]}
        workspace.send_json(event_payload(slack, opening) | nowhere)
        workspace.settle()
        assert {call.method for call in slack.calls} <= {"auth.test"}

    def test_how_many_more_daily_takeaways_are_on_but_not_where(
        self, workspace: Workspace, store: Store
    ) -> None:
        store.subscriptions.save(daily("G0SECRET", "U0000OTHER"))
        store.subscriptions.save(daily("C0OFF", "U0000OTHER", due_at=None))
        shown = words(opened(workspace))
        assert "1 more is on in this workspace" in shown
        assert "G0SECRET" not in shown

    def test_long_lists_are_cut_and_say_so(self, workspace: Workspace, store: Store) -> None:
        subjects = ("cost", "weather", "football", "cheese", "train", "moon", "piano", "rain")
        for number, subject in enumerate([*subjects, "tax", "boat", "wine", "glue"]):
            words_ = f"why {subject} {number}" + " x" * 2_000
            store.questions.add(Asker("T0000000001", "U1"), question(words_, number))
        assert "… and 2 more" in words(press(workspace, "whole_report", opened(workspace)))


class TestWherePagesAre:
    ROOT = "https://bot.example.com"

    @pytest.fixture
    def links(self) -> Links:
        return Links(self.ROOT, "signed", ["a key"], NOW.timestamp)

    def test_an_admin_finds_a_button_to_a_page_of_their_own(
        self, workspace: Workspace, slack: FakeSlack, links: Links
    ) -> None:
        slack.people[USER] = {"is_admin": True}
        url = urlsplit(buttons(opened(workspace))["insights"]["url"])
        assert (f"{url.scheme}://{url.netloc}", url.path) == (self.ROOT, "/insights")
        query = dict(parse_qsl(url.query))
        assert (query["team"], query["user"]) == ("T0000000001", USER)
        links.check_insights("T0000000001", USER, query["s"])
        with pytest.raises(LinkError):
            links.check_insights("T0OTHER", USER, query["s"])

    def test_others_find_none(self, workspace: Workspace) -> None:
        shown = words(opened(workspace))
        assert "insights" not in shown
        assert self.ROOT not in shown

    def test_slack_tells_of_a_press_which_needs_no_answer(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        slack.people[USER] = {"is_admin": True}
        view = opened(workspace)
        done = len(slack.calls)
        pressed = buttons(view)["insights"]
        response = workspace.press(pressed, view=view, channel=None, response_url=None)
        workspace.settle()
        assert (response.status, response.body) == (200, "")
        assert {call.method for call in slack.calls[done:]} <= {"auth.test"}


class TestWithoutPages:
    def test_an_admin_finds_no_button(self, workspace: Workspace, slack: FakeSlack) -> None:
        slack.people[USER] = {"is_admin": True}
        view = opened(workspace)
        assert "whole_report" in buttons(view)
        assert "insights" not in buttons(view)


class TestWhereAFileCannotBeRead:
    @pytest.fixture
    def answerer(self, real_answerer: Answerer) -> Answerer:
        faults = [Fault("/srv/knowledge/talk.vtt", line, "is no time") for line in (3, 5)]
        other = Fault("/srv/knowledge/show/page.html", 0, "is PDF")
        return Answerer(Library(real_answerer.episodes, [*faults, other]))

    def test_admins_are_told(self, workspace: Workspace, slack: FakeSlack) -> None:
        slack.people[USER] = {"is_admin": True}
        shown = words(opened(workspace))
        assert "knowledge/talk.vtt:3: is no time (and 1 more)" in shown
        assert "/srv" not in shown

    def test_others_are_not(self, workspace: Workspace) -> None:
        assert "talk.vtt" not in words(opened(workspace))


class TestWhereAdminsSetTheDailyTakeaway:
    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(daily_by="admins", retention_days=7)

    def test_others_are_told_so_and_get_no_button(self, workspace: Workspace) -> None:
        view = opened(workspace)
        assert "set_daily" not in buttons(view)
        assert "admins and owners" in words(view)

    def test_a_button_from_before_is_refused(self, workspace: Workspace, slack: FakeSlack) -> None:
        workspace.press({"action_id": "set_daily"}, channel=None, response_url=None)
        workspace.settle()
        [form] = slack.wait_for("views.open")
        assert "admins and owners" in words(form.body["view"])
        assert "callback_id" not in form.body["view"]

    def test_the_report_goes_back_no_further_than_what_is_kept(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        slack.people[USER] = {"is_owner": True}
        assert "The last 7 days" in words(opened(workspace))


class TestWithoutTheStore:
    @pytest.fixture(autouse=True)
    def _gone(self, store: Store, slack: FakeSlack) -> None:
        slack.people[USER] = {"is_admin": True}
        with store.database.writing() as connection:
            connection.execute(text("DROP TABLE posts"))
            connection.execute(text("DROP TABLE subscriptions"))
            connection.execute(text("DROP TABLE questions"))

    def test_the_rest_is_shown_all_the_same(self, workspace: Workspace) -> None:
        view = opened(workspace)
        assert words(view).count("cannot be read right now") == 2
        assert "8 takeaways" in words(view)
        assert {"ask", "quiz", "set_daily"} <= set(buttons(view))


class TestWithoutAnEpisode:
    @pytest.fixture
    def answerer(self) -> Answerer:
        return Answerer(Library((), ()))

    def test_it_is_published_without_lists_and_quiz(self, workspace: Workspace) -> None:
        view = opened(workspace)
        assert "quiz" not in buttons(view)
        assert "No episode is loaded yet" in words(view)
        assert set(buttons(view)) == {"set_daily", "set_new_episodes"}


def test_other_tabs_publish_no_home(workspace: Workspace, slack: FakeSlack) -> None:
    workspace.event("app_home_opened", tab="messages", user=USER, channel=DIRECT)
    workspace.settle()
    assert "views.publish" not in {call.method for call in slack.calls}
