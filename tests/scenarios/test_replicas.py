"""Several processes of one app: any of them answers what comes next, and only one of them does."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.slack import Services, build_app, one_workspace
from bot.storage import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, DIRECT, USER, Mode, Workspace, mention_payload

RETRY = {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}


def replica(
    answerer: Answerer, store: Store, slack: FakeSlack, mode: Mode, executor: ThreadPoolExecutor
) -> Workspace:
    """A process of the app; it shares nothing with another but the store it is given."""
    client = WebClient(base_url=slack.url)
    app = build_app(
        Services.of(answerer, store),
        authorize=one_workspace(client, slack.token),
        signing_secret=slack.signing_secret,
        client=client,
        executor=executor,
    )
    return Workspace(app, slack, executor, mode)


@pytest.fixture(params=["one store", "a store each"])
def replicas(
    request: pytest.FixtureRequest, answerer: Answerer, store: Store, slack: FakeSlack, mode: Mode
) -> Iterator[tuple[Workspace, Workspace]]:
    """Two processes, on one database or, as a restart without a disk leaves them, on two."""
    with ExitStack() as stack:
        other = store
        if request.param == "a store each":
            other = stack.enter_context(closing(Store.open()))
        first, second = (stack.enter_context(ThreadPoolExecutor(1)) for _ in range(2))
        yield (
            replica(answerer, store, slack, mode, first),
            replica(answerer, other, slack, mode, second),
        )


def test_a_follow_up_in_a_channel_is_answered_by_a_process_that_has_not_heard_the_rest(
    replicas: tuple[Workspace, Workspace], slack: FakeSlack
) -> None:
    first, second = replicas
    root = slack.say(CHANNEL, f"<@{slack.bot_user_id}> what is takeaway 4?", user=USER)
    first.mention("@llm what is takeaway 4?", ts=root)
    first.settle()
    follow_up = slack.say(CHANNEL, "the next one?", user=USER, thread_ts=root)
    second.direct(
        "the next one?", channel=CHANNEL, channel_type="channel", ts=follow_up, thread_ts=root
    )
    second.settle()
    _, answer = slack.wait_for("chat.postMessage", 2)
    assert answer.body["thread_ts"] == root
    assert "Build verification" in answer.body["text"]


def test_so_is_a_follow_up_in_the_pane(
    replicas: tuple[Workspace, Workspace], slack: FakeSlack
) -> None:
    first, second = replicas
    root = slack.say(DIRECT, "takeaway 4", user=USER)
    first.direct("takeaway 4", ts=root)
    first.settle()
    second.direct("the next one", thread_ts=root)
    second.settle()
    _, answer = slack.wait_for("chat.postMessage", 2)
    assert "Build verification" in answer.body["text"]


def test_an_event_that_two_processes_get_is_answered_by_one(
    answerer: Answerer, slack: FakeSlack, mode: Mode, database_url: str
) -> None:
    payload = mention_payload(slack, f"<@{slack.bot_user_id}> define RAG")
    with ExitStack() as stack:
        stores = [stack.enter_context(closing(Store.open(database_url))) for _ in range(2)]
        for store, headers in zip(stores, ({}, RETRY), strict=True):
            executor = stack.enter_context(ThreadPoolExecutor(1))
            process = replica(answerer, store, slack, mode, executor)
            assert process.send_json(payload, headers=headers).status == 200
            process.settle()
    assert len(slack.wait_for("chat.postMessage")) == 1
