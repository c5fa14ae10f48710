from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.episodes import load
from bot.slack import build_app
from bot.slack.retries import ShortWaitRetryHandler
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import Mode, Workspace

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="session")
def real_answerer() -> Answerer:
    return Answerer(load(KNOWLEDGE))


@pytest.fixture
def answerer(real_answerer: Answerer) -> Answerer:
    """What answers in a scenario; a module with a fake one overrides it."""
    return real_answerer


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake
        assert fake.refused == [], "Slack refused what the bot sent"


@pytest.fixture(params=["http", "socket_mode"])
def mode(request: pytest.FixtureRequest) -> Mode:
    """Every scenario holds over signed HTTP and over Socket Mode."""
    mode: Mode = request.param
    return mode


@pytest.fixture
def workspace(answerer: Answerer, slack: FakeSlack, mode: Mode) -> Iterator[Workspace]:
    client = WebClient(base_url=slack.url, retry_handlers=[ShortWaitRetryHandler()])
    with ThreadPoolExecutor(max_workers=1) as executor:
        app = build_app(
            answerer,
            token=slack.token,
            signing_secret=slack.signing_secret,
            client=client,
            executor=executor,
        )
        yield Workspace(app, slack, executor, mode)
