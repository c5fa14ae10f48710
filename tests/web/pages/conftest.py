from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from slack_sdk import WebClient
from werkzeug.serving import make_server

from bot.answers import Answerer, ready
from bot.episodes import load
from bot.links import Links
from bot.slack import Services, build_app, one_workspace
from bot.storage import Store
from bot.web import Readiness, Site, build_site, reading_pages
from bot.web.metrics import Metrics
from bot.web.pages import Visitors
from tests.web.pages.talks import write

ROOT = "https://bot.example.com"
MANY = 1_000_000  # requests a minute: no test is held up
Opened = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four episodes in four formats."""
    return write(tmp_path_factory.mktemp("pages") / "knowledge")


@pytest.fixture(scope="session")
def answerer(talks: Path) -> Answerer:
    return ready(load(talks), talks)


@contextmanager
def site_of(answerer: Answerer, links: Links, per_minute: int = MANY) -> Iterator[Flask]:
    """The whole site, with a Slack that nobody asks."""
    store = Store.open()
    client = WebClient(base_url="http://127.0.0.1:9/")
    with ThreadPoolExecutor(1) as executor:
        yield build_site(
            Site(
                app=build_app(
                    Services.of(answerer, store),
                    authorize=one_workspace(client, "xoxb-1"),
                    signing_secret="secret",
                    client=client,
                    executor=executor,
                ),
                signing_secret="secret",
                readiness=Readiness({}),
                metrics=Metrics(store.posts.counts),
                pages=reading_pages(answerer, links, Visitors(per_minute)),
            )
        )
    store.close()


@contextmanager
def served(make: Callable[[str], Any]) -> Iterator[str]:
    """Serve what `make` returns for its own address, on a free port of this machine."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    server.app = make(address)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def signed() -> Links:
    return Links(ROOT, "signed", ["new", "old"])


@pytest.fixture
def public() -> Links:
    return Links(ROOT, "public")


@pytest.fixture
def browser(answerer: Answerer, signed: Links) -> Iterator[FlaskClient]:
    """Reads pages that open with a signature."""
    with site_of(answerer, signed) as site:
        yield site.test_client()


@pytest.fixture
def anybody(answerer: Answerer, public: Links) -> Iterator[FlaskClient]:
    """Reads pages that open for everybody."""
    with site_of(answerer, public) as site:
        yield site.test_client()
