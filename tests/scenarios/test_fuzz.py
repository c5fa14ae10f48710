"""Whatever people and strangers send, through every listener: answered or refused, never harmful.

`FUZZ` in the environment is how many requests are made (`make fuzz`: 5,000); without it there are
a few.
"""

import json
import logging
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.links import Links
from bot.slack import Policy, Services, build_app, one_workspace
from bot.storage import Store
from tests.fakes.crowd import KINDS, Crowd, Whim
from tests.fakes.hostile import hostile_texts
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import Workspace

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("FUZZ", "300"))
HUMAN = "C0HUMANS"
# What acts in mrkdwn: mentions, broadcasts, links. The bot's own name people and channels by ids
# that Slack gave it, and link to messages and to pages.
_ACTS = re.compile(r"<([^<>]*)>")
_OURS = re.compile(
    r"@U0000(?:ALEXA|000BOT)|#[CD]0[A-Z]+|https://example\.slack\.com/\S*\|[\w ]+"
    r"|https://pages\.example\.com/\S*\|Read in context"
)
LINKS = Links("https://pages.example.com", "public")


@pytest.fixture(scope="module")
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        fake.channels[HUMAN] = {"is_member": True, "messages": []}
        yield fake


@pytest.fixture(scope="module")
def people(slack: FakeSlack, real_answerer: Answerer) -> Iterator[Workspace]:
    """A workspace where nobody is held up for asking too often."""
    client = WebClient(base_url=slack.url)
    with ThreadPoolExecutor(max_workers=1) as executor:
        app = build_app(
            Services.of(
                real_answerer,
                Store.open(),
                Policy(human_channel=HUMAN, rate_limit="off"),
                links=LINKS,
            ),
            authorize=one_workspace(client, slack.token),
            signing_secret=slack.signing_secret,
            client=client,
            executor=executor,
        )
        yield Workspace(app, slack, executor, "http")


def sendable(text: str) -> str:
    """Slack sends JSON and forms in UTF-8, which half a surrogate pair is no part of."""
    return text.encode("utf-8", "replace").decode()


TEXTS = hostile_texts().map(sendable)
ORDERS = st.sampled_from(
    (
        "define RAG",
        "define",
        "takeaways",
        "daily on",
        "daily",
        "new on",
        "new",
        "here",
        "quiz",
        "forget me",
        "cost of a seat",
    )
)
ACTING = st.sampled_from(("<!channel>", "<@U1>", "<https://example.com|here>", "*b* _i_ <#C1>"))
VALUES = TEXTS | st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
).map(json.dumps)
WORDS = st.one_of(TEXTS, ORDERS, ACTING, st.tuples(ORDERS, TEXTS | ACTING).map(" ".join))
WHIMS = st.builds(Whim, WORDS, VALUES, st.integers(0, 999))


def mrkdwn_in(node: Any) -> Iterator[str]:
    """Every text in which markup acts: a message's own, and that of objects that say so."""
    if isinstance(node, dict):
        if node.get("type") in {"mrkdwn", "markdown"} or ("text" in node and "type" not in node):
            yield str(node.get("text"))
        for child in node.values():
            yield from mrkdwn_in(child)
    elif isinstance(node, list):
        for child in node:
            yield from mrkdwn_in(child)


@given(kind=st.sampled_from(KINDS), whim=WHIMS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_nothing_breaks_nothing_acts_and_nothing_is_too_long(
    kind: str, whim: Whim, people: Workspace, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    before = len(slack.calls)
    with caplog.at_level(logging.ERROR):
        getattr(Crowd(people), kind)(whim)
        people.settle()
    assert [
        record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR
    ] == []
    assert [(refusal.error, refusal.details) for refusal in slack.refused] == []
    for text in (text for call in slack.calls[before:] for text in mrkdwn_in(call.body)):
        assert [found for found in _ACTS.findall(text) if not _OURS.fullmatch(found)] == []
