"""From an admin's Home to the page, in a running `web`: what was just asked is there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import DIRECT, USER, command_request, event_payload, signed_json
from tests.web.insights.owners import ROOT
from tests.web.processes import environ, web

pytestmark = pytest.mark.slow


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        fake.people[USER] = {"is_admin": True}
        yield fake


def buttons(view: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for block in view["blocks"]:
        yield from block.get("elements", ())


def test_the_button_on_home_opens_what_the_workspace_asked(
    slack: FakeSlack, tmp_path: Path
) -> None:
    with web(tmp_path, environ(slack, PUBLIC_URL=ROOT, WEB_CONCURRENCY="1")) as server:
        assert server.send(command_request(slack, "who won the world cup?")) == 200
        opening = {"type": "app_home_opened", "tab": "home", "user": USER, "channel": DIRECT}
        assert server.send(signed_json(event_payload(slack, opening))) == 200
        view = slack.wait_for("views.publish")[-1].body["view"]
        view = json.loads(view) if isinstance(view, str) else view
        [button] = (one for one in buttons(view) if one.get("action_id") == "insights")
        address = button["url"].removeprefix(ROOT)
        server.wait_for(address, lambda status, body: status == 200 and "world cup" in body)
        status, body = server.get(address.replace("team=", "team=T0OTHER"))
        assert (status, "world cup" in body) == (403, False)
        assert server.stop() == 0


def test_without_pages_there_is_none(slack: FakeSlack, tmp_path: Path) -> None:
    off = environ(slack, PUBLIC_URL=ROOT, PAGES="off", WEB_CONCURRENCY="1")
    with web(tmp_path, off) as server:
        assert server.get("/insights")[0] == 404
        assert server.stop() == 0
