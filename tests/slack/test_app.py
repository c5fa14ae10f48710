from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.episodes import Library
from bot.slack import Services, build_app, one_workspace
from bot.storage import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import Workspace


def workspace(slack: FakeSlack, executor: ThreadPoolExecutor, store: Store) -> Workspace:
    client = WebClient(base_url=slack.url)
    app = build_app(
        Services.of(Answerer(Library((), ())), store),
        authorize=one_workspace(client, slack.token),
        signing_secret=slack.signing_secret,
        client=client,
        executor=executor,
    )
    return Workspace(app, slack, executor, "http")


def test_building_the_app_calls_nobody(store: Store) -> None:
    with FakeSlack() as slack, ThreadPoolExecutor(1) as executor:
        workspace(slack, executor, store)
        assert slack.calls == []


def test_settings_in_the_environment_change_nothing(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "another")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-another")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "another")
    with FakeSlack() as slack, ThreadPoolExecutor(1) as executor:
        people = workspace(slack, executor, store)
        assert people.mention("@llm help").status == 200
        slack.wait_for("chat.postMessage")
        assert slack.refused == []


def test_who_the_bot_is_is_asked_once(store: Store) -> None:
    with FakeSlack() as slack, ThreadPoolExecutor(1) as executor:
        people = workspace(slack, executor, store)
        for _ in range(3):
            people.mention("@llm help")
        slack.wait_for("chat.postMessage", 3)
        assert len(slack.wait_for("auth.test")) == 1
