import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers import Answerer, ready
from bot.episodes import load
from bot.links import Links
from bot.mcp import Podcast
from tests.fakes.slack import FakeSlack
from tests.mcp.clients import ROOT, Assistant, over_http, over_stdio
from tests.web.pages.talks import write
from tests.web.processes import Web, environ, web

TOKEN = "let-the-assistants-in"
BEARER = f"Bearer {TOKEN}"


@pytest.fixture(scope="session")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four episodes in four formats, with times and recordings."""
    return write(tmp_path_factory.mktemp("talks") / "knowledge")


@pytest.fixture(scope="session")
def answerer(talks: Path) -> Answerer:
    return ready(load(talks), talks)


@pytest.fixture(scope="session")
def podcast(answerer: Answerer) -> Podcast:
    return Podcast(answerer, Links("https://bot.example.com", "signed", ["a key"]))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """`python -m bot web` with two processes, on what the encoder saw before their first answer."""
    ready(load(ROOT / "knowledge"), ROOT / "knowledge", Path(os.environ["CACHE_DIR"]))
    settings = {"MCP_TOKEN": TOKEN, "PUBLIC_URL": "https://bot.example.com"}
    with FakeSlack() as slack:
        folder = tmp_path_factory.mktemp("web")
        with web(folder, environ(slack, **settings)) as running:
            yield running


@pytest.fixture(scope="session", params=["stdio", "stdio, handshake", "http", "http, handshake"])
def assistant(request: pytest.FixtureRequest) -> Iterator[Assistant]:
    """The SDK's client over each transport, by today's protocol and by the one with a handshake."""
    transport, _, handshake = request.param.partition(", ")
    mode = "legacy" if handshake else "auto"
    if transport == "stdio":
        with over_stdio(mode) as found:
            yield found
    else:
        port = request.getfixturevalue("server").port
        with over_http(port, mode, Authorization=BEARER) as found:
            yield found
