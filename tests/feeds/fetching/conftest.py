"""A host on the loopback, and a fetcher that tests let ask it."""

from collections.abc import Callable, Iterator

import pytest

from bot.feeds.fetching import Fetcher, Limits
from tests.fakes.web_host import WebHost

Fetching = Callable[..., Fetcher]


@pytest.fixture
def host() -> Iterator[WebHost]:
    with WebHost() as running:
        yield running


@pytest.fixture
def fetching() -> Iterator[Fetching]:
    """Make fetchers for which every name is the loopback's, unless they are told otherwise."""
    made: list[Fetcher] = []

    def make(limits: Limits | None = None, **named: object) -> Fetcher:
        options = {"allow_loopback": True, "resolve": lambda _host, _port: ["127.0.0.1"], **named}
        fetcher = Fetcher("tests", limits=limits or Limits(), **options)  # type: ignore[arg-type]
        made.append(fetcher)
        return fetcher

    yield make
    for fetcher in made:
        fetcher.close()
