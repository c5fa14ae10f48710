"""What an answer costs beside Bolt's own echo: through `dispatch` until it has reached Slack."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from threading import Semaphore
from time import perf_counter
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltRequest, Respond, Say
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.episodes import load
from bot.slack import build_app
from bot.terminal import StandIn
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import command_request, mention_request

ROOT = Path(__file__).parents[2]
ROUNDS = 150
MOST = 1.5
QUESTIONS = ("define RAG", "what is tokenization?", "takeaway 4", "how do I stop hallucinations?")

Request = Callable[[StandIn, str], BoltRequest]


@pytest.fixture
def slack() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


def echo(slack: StandIn) -> App:
    """The least that a Bolt app can do."""
    app = App(
        name="echo",
        client=WebClient(FakeSlack.token, base_url=slack.url),
        signing_secret=FakeSlack.signing_secret,
        token_verification_enabled=False,
    )

    @app.event("app_mention")
    def say_it_again(event: dict[str, Any], say: Say) -> None:
        say(event["text"], thread_ts=event["ts"])

    @app.command("/llm")
    def respond_the_same(ack: Ack, command: dict[str, Any], respond: Respond) -> None:
        ack()
        respond(command["text"])

    return app


def bot(slack: StandIn) -> App:
    """The real one, with the real episode."""
    return build_app(
        Answerer(load(ROOT / "knowledge")),
        token=FakeSlack.token,
        signing_secret=FakeSlack.signing_secret,
        client=WebClient(base_url=slack.url),
    )


@pytest.mark.parametrize("request_of", [mention_request, command_request])
def test_an_answer_costs_little_more_than_an_echo(slack: StandIn, request_of: Request) -> None:
    arrived = Semaphore(0)
    slack.on_message(lambda _message: arrived.release())

    def cost(app: App, question: str) -> float:
        request = request_of(slack, question)
        start = perf_counter()
        app.dispatch(request)
        assert arrived.acquire(timeout=5)
        return perf_counter() - start

    apps = {"echo": echo(slack), "bot": bot(slack)}
    for app in apps.values():
        cost(app, "who is there?")  # the first request asks Slack who the bot is
    costs: dict[str, list[float]] = {name: [] for name in apps}
    for n in range(ROUNDS):
        for name, app in apps.items():
            costs[name].append(cost(app, QUESTIONS[n % len(QUESTIONS)]))
    medians = {name: median(taken) * 1000 for name, taken in costs.items()}
    ratio = medians["bot"] / medians["echo"]
    print(f"\n{request_of.__name__}: {json.dumps(medians)} ms, {ratio:.2f} times")
    assert ratio <= MOST
