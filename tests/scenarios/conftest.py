from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.episodes import load
from bot.links import NO_LINKS, Links
from bot.slack import Policy, Services, build_app, one_workspace
from bot.slack.requests.services import now
from bot.slack.sending.retries import ShortWaitRetryHandler
from bot.storage import Store
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
def store() -> Iterator[Store]:
    """A new store, in memory."""
    with closing(Store.open()) as opened:
        yield opened


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """The time of a scenario; a module with a clock of its own overrides it."""
    return now


@pytest.fixture
def policy() -> Policy:
    """What the operator has decided; a module with other wishes overrides it."""
    return Policy()


@pytest.fixture
def links() -> Links:
    """The addresses of pages, of which there are none; a module with pages overrides it."""
    return NO_LINKS


@pytest.fixture
def services(
    answerer: Answerer,
    store: Store,
    policy: Policy,
    clock: Callable[[], datetime],
    links: Links,
) -> Services:
    """What the listeners of a scenario work with."""
    return Services.of(answerer, store, policy, clock=clock, links=links)


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
def workspace(services: Services, slack: FakeSlack, mode: Mode) -> Iterator[Workspace]:
    client = WebClient(base_url=slack.url, retry_handlers=[ShortWaitRetryHandler()])
    with ThreadPoolExecutor(max_workers=1) as executor:
        app = build_app(
            services,
            authorize=one_workspace(client, slack.token),
            signing_secret=slack.signing_secret,
            client=client,
            executor=executor,
        )
        yield Workspace(app, slack, executor, mode)
