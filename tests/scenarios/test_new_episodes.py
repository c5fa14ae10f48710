"""`/llm new …` and its form, the cards that come, and what is asked below them."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlalchemy import text

from bot.announcing import GRACE, Posting
from bot.announcing.planning import GATHERED
from bot.answers import Answerer, ready
from bot.episodes import load
from bot.posting import Loop, Terms
from bot.slack import Policy, Services, build_app, one_workspace
from bot.slack.announcing.posts import ChannelNews
from bot.storage import Asker, FeedItem, NewsChannel, Store
from tests.fakes.channels import Clock
from tests.fakes.limits import block_faults, view_faults
from tests.fakes.shows import GARDEN, KITCHEN, write_episode, write_shows
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, DIRECT, USER, Workspace, told
from tests.storage.samples import a_new_episode

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ELSEWHERE = "C0ELSEWHERE"
BOTH_SAY = "how hot should the water be for green tea?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shows")
    write_shows(made)
    return made


@pytest.fixture(scope="module")
def shows(folder: Path) -> Answerer:
    return ready(load(folder), folder)


@pytest.fixture
def answerer(shows: Answerer) -> Answerer:
    return shows


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def loop(answerer: Answerer, slack: FakeSlack, store: Store, clock: Clock) -> Iterator[Loop]:
    yield from looping(answerer, slack, store, clock)


def looping(answerer: Answerer, slack: FakeSlack, store: Store, clock: Clock) -> Iterator[Loop]:
    client = WebClient(slack.token, base_url=slack.url, timeout=2, retry_handlers=[])
    channels = ChannelNews(lambda _channel: client, answerer)
    terms = Terms(timedelta(minutes=1), GRACE)
    poster = Posting(store, channels, channels.knows, terms, clock, clock.monotonic)
    made = Loop(store.announcements, poster, posters=1, clock=clock)
    yield made
    made.close()


def kept(store: Store, slack: FakeSlack, channel: str = CHANNEL) -> NewsChannel | None:
    return store.announcements.of_channel(slack.team_id, channel)


def out(
    store: Store, loop: Loop, clock: Clock, slug: str = "kitchen-3", show: str = KITCHEN
) -> None:
    """An episode is out, and the loop goes round until all is told."""
    clock.move(timedelta(seconds=1))
    store.announcements.record(a_new_episode(slug, show=show), clock.now)
    go_round(loop, clock)


def go_round(loop: Loop, clock: Clock) -> None:
    while loop.tick(clock.now):
        assert loop.settle(timeout=20)


def posted(slack: FakeSlack, channel: str = CHANNEL) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = slack.channels[channel]["messages"]
    return [one for one in found if one.get("bot_id")]


def button(message: dict[str, Any]) -> dict[str, Any]:
    [row] = [block for block in message["blocks"] if block["type"] == "actions"]
    [found] = row["elements"]
    made: dict[str, Any] = found
    return made


class TestSettings:
    def test_on_is_for_every_show_and_joins_the_channel(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        said = told(workspace, "new on", channel_id=ELSEWHERE)
        assert said.startswith(
            f"Announcing new episodes of every show that I follow is on for <#{ELSEWHERE}>."
        )
        assert slack.channels[ELSEWHERE]["is_member"]
        channel = kept(store, slack, ELSEWHERE)
        assert channel is not None
        assert (channel.show, channel.made_by, channel.since) == (None, USER, NOW)

    @pytest.mark.parametrize("name", ["kitchen talks", "Kitchen", "“Kitchen Talks”", "THE kitchen"])
    def test_a_show_is_found_by_what_people_call_it(
        self, name: str, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        assert f"of “{KITCHEN}” is on" in told(workspace, f"new on {name}")
        channel = kept(store, slack)
        assert channel is not None
        assert channel.show == KITCHEN

    def test_of_an_unknown_show_the_near_ones_are_named_and_nothing_changes(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        said = told(workspace, "new on Kichen Tlks")
        assert said.startswith(f"I know no show “Kichen Tlks”. Do you mean “{KITCHEN}”")
        said = told(workspace, "new on Zzyzx &lt;!channel&gt;")
        known = f"I know “{GARDEN}” and “{KITCHEN}”"
        assert said.startswith(f"I know no show “Zzyzx &lt;!channel&gt;”. {known}")
        assert kept(store, slack) is None

    def test_a_show_that_is_followed_and_has_no_episode_yet_is_known(
        self, workspace: Workspace, store: Store
    ) -> None:
        feeds = store.feeds
        feeds.follow("https://f.example/x", "Night Walks", newest=None, language=None, now=NOW)
        assert "of “Night Walks” is on" in told(workspace, "new on night walks")

    @pytest.mark.parametrize("words", ["new on", "new status"])
    def test_while_nothing_is_followed_it_is_said_that_no_card_will_come(
        self, words: str, workspace: Workspace, store: Store
    ) -> None:
        told(workspace, "new on")
        said = told(workspace, words)
        assert "I follow no podcast yet, so no card will come; the operator of this bot" in said
        assert "A card comes when" not in said
        store.feeds.follow(
            "https://f.example/x", "Night Walks", newest=None, language=None, now=NOW
        )
        assert "A card comes when" in told(workspace, words)

    @pytest.mark.parametrize("words", [f"new on {KITCHEN}", "new status"])
    def test_of_a_show_without_a_feed_it_is_said_that_it_is_not_followed(
        self, words: str, workspace: Workspace, store: Store
    ) -> None:
        store.feeds.follow(
            "https://f.example/x", "Night Walks", newest=None, language=None, now=NOW
        )
        told(workspace, f"new on {KITCHEN}")
        said = told(workspace, words)
        assert f"I do not follow “{KITCHEN}” yet, so no card will come" in said
        assert "A card comes when" not in said
        store.feeds.follow("https://f.example/y", KITCHEN, newest=None, language=None, now=NOW)
        assert "A card comes when" in told(workspace, words)

    def test_a_show_that_was_renamed_in_its_files_is_told_of_as_its_feed_names_it(
        self, workspace: Workspace, store: Store, slack: FakeSlack, loop: Loop, clock: Clock
    ) -> None:
        feeds = store.feeds
        feed = feeds.follow("https://f.example/x", "KT", newest=None, language=None, now=NOW)
        token = feeds.claim(feed, now=NOW, until=NOW + timedelta(minutes=1))
        item = FeedItem("1", "Tea", None, None, None, NOW, slug="kitchen-3")
        assert feeds.items.put(feed, str(token), [item])
        assert "of “KT” is on" in told(workspace, f"new on {KITCHEN}")
        out(store, loop, clock, "garden-7", "KT")
        assert len(posted(slack)) == 1

    def test_off_and_status_say_how_it_stands(
        self, workspace: Workspace, store: Store, loop: Loop, clock: Clock
    ) -> None:
        assert "is not on for" in told(workspace, "new status")
        told(workspace, "new on Kitchen")
        assert f"of “{KITCHEN}” is on" in told(workspace, "new status")
        out(store, loop, clock)
        assert "The last post was on Tuesday 24 November." in told(workspace, "new status")
        assert "is off for" in told(workspace, "new off")
        assert "is not on for" in told(workspace, "new off")
        assert "was turned off for" in told(workspace, "new status")

    def test_who_may_set_it_follows_daily_by(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        slack.people[USER] = {"is_stranger": True}
        for words in ("new", "new on", "new off", "here Kitchen", "here all"):
            assert "by members of this workspace alone" in told(workspace, words)
        assert kept(store, slack) is None

    def test_a_question_that_begins_with_new_is_answered(self, workspace: Workspace) -> None:
        assert "nnounc" not in told(workspace, "new roses: when do you prune a rose?")

    def test_a_private_channel_without_the_bot_asks_for_an_invitation(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        slack.channels["G0SECRET"] = {"is_member": False, "messages": []}
        assert "/invite" in told(workspace, "new on", channel_id="G0SECRET")
        assert kept(store, slack, "G0SECRET") is None
        slack.refused.clear()

    def test_another_show_is_told_of_from_now_on(
        self, workspace: Workspace, store: Store, slack: FakeSlack, loop: Loop, clock: Clock
    ) -> None:
        told(workspace, "new on Kitchen")
        out(store, loop, clock, "garden-7", GARDEN)
        clock.move(timedelta(minutes=1))
        told(workspace, "new on Garden")
        go_round(loop, clock)
        assert posted(slack) == []

    def test_a_database_that_is_away_changes_nothing_and_says_so(
        self, workspace: Workspace, store: Store
    ) -> None:
        with store.database.writing() as connection:
            connection.execute(text("DROP TABLE channel_shows"))
            connection.execute(text("DROP TABLE news_posts"))
            connection.execute(text("DROP TABLE news_channels"))
        for words in ("new", "new on", "new off", "new status"):
            assert "cannot be saved or read right now" in told(workspace, words)
        for words in ("here", "here Kitchen", "here all"):
            assert "cannot be saved or read right now" in told(workspace, words)
        assert "sixty degrees" in told(workspace, BOTH_SAY)


class TestAdminsAlone:
    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(daily_by="admins")

    def test_others_are_sent_to_an_admin(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        for words in ("new", "new on", "new off", "here Kitchen", "here all"):
            assert "admins and owners. Ask one of them." in told(workspace, words)
        assert "is not on for" in told(workspace, "new status")
        assert "No show is looked in first" in told(workspace, "here")
        slack.people[USER] = {"is_admin": True}
        assert "is on for" in told(workspace, "new on")
        assert kept(store, slack) is not None
        assert "is looked in first" in told(workspace, "here Kitchen")


class TestForm:
    FORM: dict[str, dict[str, Any]] = {  # noqa: RUF012 - it is only read
        "channel": {"selected_conversation": ELSEWHERE},
        "state": {"selected_option": {"value": "on"}},
    }

    def opened(self, workspace: Workspace) -> dict[str, Any]:
        workspace.command("new")
        workspace.settle()
        [call] = workspace.slack.wait_for("views.open")
        view: dict[str, Any] = call.body["view"]
        assert view_faults(view) == []
        return view

    def test_it_says_what_is_kept_and_keeps_what_it_says(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        view = self.opened(workspace)
        options = view["blocks"][1]["element"]["options"]
        shown = [one["text"]["text"] for one in options]
        assert shown == ["Every show", GARDEN, KITCHEN]
        response = workspace.submit(view, **self.FORM, show={"selected_option": options[2]})
        assert json.loads(response.body)["response_action"] == "update"
        workspace.settle()
        [changed] = slack.wait_for("views.update")
        assert KITCHEN in json.dumps(changed.body["view"])
        channel = kept(store, slack, ELSEWHERE)
        assert channel is not None
        assert channel.show == KITCHEN

    def test_it_turns_off(self, workspace: Workspace, store: Store, slack: FakeSlack) -> None:
        told(workspace, "new on")
        form = self.FORM | {
            "channel": {"selected_conversation": CHANNEL},
            "state": {"selected_option": {"value": "off"}},
            "show": {"selected_option": {"value": "every"}},
        }
        workspace.submit(self.opened(workspace), **form)
        workspace.settle()
        channel = kept(store, slack)
        assert channel is not None
        assert channel.since is None

    def test_what_is_wrong_with_it_is_said_below_the_field(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        form = self.FORM | {"show": {"selected_option": {"value": "forged"}}}
        response = workspace.submit(self.opened(workspace), **form)
        assert json.loads(response.body) == {
            "response_action": "errors",
            "errors": {"show": "Choose a show, or every one."},
        }
        assert kept(store, slack, ELSEWHERE) is None

    def test_home_opens_it_too(self, workspace: Workspace, slack: FakeSlack) -> None:
        workspace.event("app_home_opened", tab="home", user=USER, channel=DIRECT)
        workspace.settle()
        [home] = slack.wait_for("views.publish")
        accessories = [block.get("accessory", {}) for block in home.body["view"]["blocks"]]
        [found] = [one for one in accessories if one.get("action_id") == "set_new_episodes"]
        workspace.press_in_view(found, {**home.body["view"], "type": "home"})
        workspace.settle()
        [opened] = slack.wait_for("views.open")
        assert opened.body["view"]["callback_id"] == "news_form"


class TestCards:
    def test_a_card_says_what_is_out(
        self, workspace: Workspace, store: Store, slack: FakeSlack, loop: Loop, clock: Clock
    ) -> None:
        told(workspace, "new on")
        out(store, loop, clock)
        [card] = posted(slack)
        assert block_faults(card["blocks"]) == []
        assert card["text"].splitlines() == [
            f"New episode of {KITCHEN}",
            "Episode 3: Tea, Bread &amp; Pasta",
            "22\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}2026 · 26 min · Sam Rivera, Ada Park",
            "• 0:00 Green tea",
            "• 0:16 Sourdough &amp; patience",
            "• 10:34 Pasta &lt;water&gt;",
            f"▶ Listen · Posted automatically, set up by <@{USER}>",
        ]
        assert card["metadata"]["event_type"] == "new_episode"

    def test_without_chapters_it_shows_quotes(
        self, workspace: Workspace, store: Store, slack: FakeSlack, loop: Loop, clock: Clock
    ) -> None:
        told(workspace, "new on garden")
        out(store, loop, clock, "garden-7", GARDEN)
        [card] = posted(slack)
        assert "“You prune a rose in early spring, when the forsythia flowers." in card["text"]
        assert block_faults(card["blocks"]) == []

    def test_its_button_asks_about_it_alone(
        self, workspace: Workspace, store: Store, slack: FakeSlack, loop: Loop, clock: Clock
    ) -> None:
        told(workspace, "new on")
        out(store, loop, clock)
        workspace.press(button(posted(slack)[0]))
        workspace.settle()
        [call] = slack.wait_for("views.open")
        view = call.body["view"]
        assert "Tea, Bread & Pasta" in json.dumps(view)
        response = workspace.submit(view, question={"value": BOTH_SAY})
        assert "eighty degrees" in json.dumps(json.loads(response.body)["view"])

    def test_below_it_a_thread_is_about_it_alone(
        self, workspace: Workspace, store: Store, slack: FakeSlack, loop: Loop, clock: Clock
    ) -> None:
        told(workspace, "new on")
        out(store, loop, clock)
        out(store, loop, clock, "garden-7", GARDEN)
        kitchen, garden = posted(slack)
        for card, says in ((kitchen, "eighty degrees"), (garden, "sixty degrees")):
            thread = Thread(workspace, card["ts"])
            assert says in thread.says(f"@llm {BOTH_SAY}")
        below = Thread(workspace, kitchen["ts"])
        # A question without a mention goes on, and so does one that leans on it.
        assert "eighty" in below.says("and why is that?")
        assert "doesn't say" in below.says("@llm when do you prune a rose?")
        assert "forsythia" in below.says("@llm when do you prune a rose in episode 7?")

    def test_elsewhere_nothing_is_narrowed(
        self, workspace: Workspace, store: Store, slack: FakeSlack, loop: Loop, clock: Clock
    ) -> None:
        told(workspace, "new on")
        out(store, loop, clock)
        root = slack.say(CHANNEL, "hello", user=USER)
        assert "forsythia" in Thread(workspace, root).says("@llm when do you prune a rose?")

    def test_of_many_at_once_three_are_cards_and_the_rest_a_list_to_choose_from(
        self,
        workspace: Workspace,
        store: Store,
        slack: FakeSlack,
        clock: Clock,
        tmp_path: Path,
    ) -> None:
        for number in range(1, 19):
            write_episode(tmp_path, f"walk-{number}", "Night Walks", f"Walk <{number}>")
        walks = ready(load(tmp_path), tmp_path)
        told(workspace, "new on")
        for loop in looping(walks, slack, store, clock):
            for number in range(1, 19):
                out(store, loop, clock, f"walk-{number}", "Night Walks")
            assert len(posted(slack)) == 3
            clock.move(GATHERED)
            go_round(loop, clock)
            *cards, listed = posted(slack)
            assert len(cards) == 3
            assert listed["text"].startswith(
                "15 more new episodes of Night Walks:\n• Episode 4: Walk &lt;4&gt;"
            )
            assert "… and 5 more" in listed["text"]
            assert len(button(listed)["options"]) == 15
            assert block_faults(listed["blocks"]) == []


class Thread:
    """What people say below a message of a channel, and what the bot answers there."""

    def __init__(self, workspace: Workspace, root: str) -> None:
        self.workspace, self.root = workspace, root

    def says(self, words: str) -> str:
        slack = self.workspace.slack
        marked = words.replace("@llm", f"<@{slack.bot_user_id}>")
        before = len(posted(slack))
        ts = slack.say(CHANNEL, marked, user=USER, thread_ts=self.root)
        given = {"channel": CHANNEL, "ts": ts, "thread_ts": self.root}
        self.workspace.direct(marked, channel_type="channel", **given)
        if marked != words:
            self.workspace.mention(words, **given)
        self.workspace.settle()
        [answer] = posted(slack)[before:]
        assert answer["thread_ts"] == self.root
        said: str = answer["text"]
        return said


class TestHere:
    def test_a_channels_questions_are_looked_up_in_its_show_first(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        assert "No show is looked in first" in told(workspace, "here")
        said = told(workspace, "here kitchen")
        assert said.startswith(f"“{KITCHEN}” is looked in first for questions in <#{CHANNEL}>")
        assert told(workspace, "here") == said
        assert "eighty degrees" in told(workspace, BOTH_SAY)
        assert "sixty degrees" in told(workspace, BOTH_SAY, channel_id=ELSEWHERE)
        told(workspace, "here Garden Talks")
        assert "sixty degrees" in told(workspace, BOTH_SAY)
        assert "twelve minutes" in told(workspace, "how long do you knead a sourdough?")
        assert "All shows are looked in alike" in told(workspace, "here all")
        assert "No show was looked in first" in told(workspace, "here all")
        assert store.channel_shows.get(slack.team_id, CHANNEL) is None

    def test_a_show_that_has_gone_is_said_to_have(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        asker = Asker(slack.team_id, USER)
        store.channel_shows.prefer(asker, CHANNEL, "Night Walks")
        assert "has no episode any more" in told(workspace, "here")
        assert "sixty degrees" in told(workspace, BOTH_SAY)

    def test_threads_and_mentions_go_by_it_too(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        told(workspace, "here kitchen")
        thread = Thread(workspace, slack.say(CHANNEL, "hello", user=USER))
        assert "eighty degrees" in thread.says(f"@llm {BOTH_SAY}")
        assert "Ada Park" in thread.says("who said that?")
        assert "forsythia" in thread.says("@llm when do you prune a rose?")

    def test_of_an_unknown_show_the_near_ones_are_named_and_nothing_changes(
        self, workspace: Workspace, store: Store, slack: FakeSlack
    ) -> None:
        said = told(workspace, "here Gardn Talk `{}`")
        assert f"Do you mean “{GARDEN}”" in said
        assert store.channel_shows.get(slack.team_id, CHANNEL) is None

    def test_a_question_that_begins_with_here_is_answered(self, workspace: Workspace) -> None:
        assert "forsythia" in told(workspace, "here is one: when do you prune a rose?")


class TestTwoProcesses:
    def test_a_process_that_only_answers_knows_the_threads_of_cards(
        self,
        store: Store,
        slack: FakeSlack,
        answerer: Answerer,
        loop: Loop,
        clock: Clock,
        mode: Any,
    ) -> None:
        """`daily` posts, and `web` or `socket` answers: they share nothing but the database."""
        answering: list[Workspace] = []
        client = WebClient(base_url=slack.url)
        with ThreadPoolExecutor(1) as first, ThreadPoolExecutor(1) as second:
            for executor in (first, second):
                app = build_app(
                    Services.of(answerer, store, Policy(), clock=clock),
                    authorize=one_workspace(client, slack.token),
                    signing_secret=slack.signing_secret,
                    client=client,
                    executor=executor,
                )
                answering.append(Workspace(app, slack, executor, mode))
            told(answering[0], "new on")
            out(store, loop, clock)
            [card] = posted(slack)
            said = Thread(answering[1], card["ts"]).says(f"@llm {BOTH_SAY}")
        assert "eighty degrees" in said
