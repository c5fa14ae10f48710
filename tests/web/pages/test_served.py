"""Pages as `python -m bot web` serves them."""

from pathlib import Path

import pytest

from bot.links import Links
from tests.fakes.slack import FakeSlack
from tests.web.processes import environ, web

pytestmark = pytest.mark.slow

ROOT = "https://bot.example.com"


def test_a_link_made_with_the_same_secret_opens_its_page(tmp_path: Path) -> None:
    with FakeSlack() as slack, web(tmp_path, environ(slack, PUBLIC_URL=ROOT)) as server:
        server.wait_until("/readyz", 200)
        link = Links(ROOT, "signed", [slack.signing_secret]).episode("episode-02") or ""
        status, page = server.get(link.removeprefix(ROOT))
        assert status == 200
        assert "Large Language Models Deep Dive" in page
        assert server.get("/e/episode-02")[0] == 403
        assert server.get("/")[0] == 403


def test_where_pages_are_off_there_are_none(tmp_path: Path) -> None:
    settings = {"PUBLIC_URL": ROOT, "PAGES": "off"}
    with FakeSlack() as slack, web(tmp_path, environ(slack, **settings)) as server:
        server.wait_until("/readyz", 200)
        for path in ("/", "/search", "/glossary", "/e/episode-02", "/insights"):
            assert server.get(path) == (404, "Not Found\n")
