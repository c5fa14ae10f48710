"""The owners' page on a site of its own, with nothing beside it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from bot.episodes import Library, load
from bot.links import Links
from bot.storage import Store
from bot.web import Sources, insights
from bot.web import site as web_site
from bot.web.look import dress
from tests.storage.samples import ASKER, NOW
from tests.web.insights.owners import HOSTILE, ROOT, Look, Page, Watch

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture(scope="session")
def two_shows() -> Library:
    """The episode there is, and an older one of another show, both with hostile names."""
    [episode] = load(KNOWLEDGE).episodes
    older = replace(episode, slug="talks/older", number=None, title=HOSTILE, show=HOSTILE)
    return Library([older, episode])


@pytest.fixture
def library(two_shows: Library) -> Library:
    """The episodes that are loaded; a class with others overrides it."""
    return two_shows


@pytest.fixture
def kept() -> Iterator[Store]:
    """A new store, in memory."""
    with closing(Store.open()) as opened:
        yield opened


@pytest.fixture
def watch() -> Watch:
    return Watch(NOW.timestamp())


@pytest.fixture
def links(watch: Watch) -> Links:
    return Links(ROOT, "signed", ["a key"], lambda: watch.seconds)


@pytest.fixture
def browser(links: Links, kept: Store, library: Library) -> FlaskClient:
    flask = Flask(web_site.__name__)
    dress(flask)
    flask.register_blueprint(insights(Sources(links, kept, lambda: library, 90, lambda: NOW)))
    return flask.test_client()


@pytest.fixture
def address(links: Links) -> str:
    """Where an admin of the first workspace finds the page."""
    signed = links.insights(ASKER.team_id, ASKER.user_id)
    assert signed is not None
    return signed.removeprefix(ROOT)


@pytest.fixture
def look(browser: FlaskClient, address: str) -> Look:
    """An admin of the first workspace opens the page."""

    def get(more: str = "") -> Page:
        response = browser.get(address + more)
        return Page(response, html.fromstring(response.get_data(as_text=True)))

    return get
