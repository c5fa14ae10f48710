"""What an answer costs beside Bolt's own echo: through `dispatch` until it has reached Slack.

Two figures for a mention and for a command. *Repeated*: four questions in turns, as people ask the
same things; what the bot remembers of a question counts. *New*: questions of the evaluation, each
asked once; nothing is remembered, so it is what a person's own question costs.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from threading import Semaphore
from time import perf_counter
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltRequest, Respond, Say
from slack_sdk import WebClient

from bot.answers import ready
from bot.episodes import load
from bot.evaluation.questions import read_questions
from bot.slack import Services, build_app, one_workspace
from bot.storage import Store
from bot.terminal import StandIn
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import command_request, mention_request

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "knowledge"
ROUNDS = 150
MOST = 1.5
REPEATED = ("define RAG", "what is tokenization?", "takeaway 4", "how do I stop hallucinations?")

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
    """The real one, with the real episode and its thesauri."""
    client = WebClient(base_url=slack.url)
    return build_app(
        Services.of(ready(load(KNOWLEDGE), KNOWLEDGE), Store.open()),
        authorize=one_workspace(client, FakeSlack.token),
        signing_secret=FakeSlack.signing_secret,
        client=client,
    )


def medians(slack: StandIn, request_of: Request, questions: Sequence[str]) -> dict[str, float]:
    """What each app takes for the questions, asked of both in turns, in milliseconds."""
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
    for question in questions:
        for name, app in apps.items():
            costs[name].append(cost(app, question))
    return {name: median(taken) * 1000 for name, taken in costs.items()}


def ratio(what: str, taken: dict[str, float]) -> float:
    """How many times an echo's cost an answer's is; printed."""
    times = taken["bot"] / taken["echo"]
    print(f"\n{what}: {json.dumps(taken)} ms, {times:.2f} times")
    return times


@pytest.mark.parametrize("request_of", [mention_request, command_request])
def test_an_answer_costs_little_more_than_an_echo(slack: StandIn, request_of: Request) -> None:
    questions = list(islice(cycle(REPEATED), ROUNDS))
    taken = medians(slack, request_of, questions)
    assert ratio(f"{request_of.__name__}, repeated", taken) <= MOST


@pytest.mark.parametrize("request_of", [mention_request, command_request])
def test_what_a_question_never_asked_before_costs(slack: StandIn, request_of: Request) -> None:
    """Reported without a bar: beside an echo that computes nothing, the search is all there is."""
    files = sorted((ROOT / "tests" / "evaluation").glob("*.yaml"))
    asked = dict.fromkeys(question.text for file in files for question in read_questions(file))
    questions = list(asked)[:: max(1, len(asked) // ROUNDS)][:ROUNDS]
    assert len(set(questions)) == ROUNDS
    ratio(f"{request_of.__name__}, new", medians(slack, request_of, questions))
