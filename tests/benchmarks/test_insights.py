"""The owners' page of a workspace that asked 10,000 questions about 1,000 episodes."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import thread_time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.episodes import Library, load
from bot.links import Links
from bot.storage import Passage, Question, Store
from bot.web import Sources, insights
from bot.web import site as web_site
from bot.web.look import dress
from tests.storage.samples import ASKER, NOW, a_question, a_thumb

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
QUESTIONS, EPISODES, THUMBS = 10_000, 1_000, 500
MOST = 1.5  # seconds of a processor, since machines are shared; a page in which most is counted
MOST_BYTES = 60_000  # packed
WORDS = """
    model token price budget sprint roadmap hiring security latency vector index context window
    prompt agent review deploy rollback outage pager mentor salary remote office design testing
""".split()


@pytest.fixture(scope="module")
def library() -> Library:
    [episode] = load(KNOWLEDGE).episodes
    names = range(EPISODES)
    return Library(
        [replace(episode, slug=f"e{at}", title=f"Talk {at}", show=f"S{at % 20}") for at in names]
    )


@pytest.fixture(scope="module")
def store(library: Library) -> Iterator[Store]:
    random = Random(1)  # noqa: S311 - nothing secret
    with closing(Store.open()) as kept:
        asked = (question(random, number, library) for number in range(QUESTIONS))
        kept.questions.add_all((ASKER, one) for one in asked)
        for number in range(THUMBS):
            kept.questions.judge(ASKER, a_thumb(f"q{number}", helpful=number % 3 > 0))
        yield kept


def question(random: Random, number: int, library: Library) -> Question:
    """Three in four are answered, most from some episodes; the others are asked in their words."""
    at = NOW - timedelta(minutes=random.randrange(89 * 24 * 60))
    words = f"what is the {random.choice(WORDS)} of a {random.choice(WORDS)} {random.choice(WORDS)}"
    if number % 4 == 0:
        reason = random.choice(("below_threshold", "missing_name", "nothing_found"))
        given = {"answered": False, "passages": (), "reason": reason}
        return a_question(words, id=f"q{number}", asked_at=at, **given)
    slug = library.entries[int(random.paretovariate(0.5)) % EPISODES].slug
    starts = [random.randrange(25_000) for _ in range(random.randint(1, 3))]
    quoted = tuple(
        Passage(slug, f"SEGMENT {start // 4_000}", start, start + 300) for start in starts
    )
    return a_question(words, id=f"q{number}", asked_at=at, passages=quoted)


@pytest.fixture(scope="module")
def browser(store: Store, library: Library) -> FlaskClient:
    flask = Flask(web_site.__name__)
    dress(flask)
    links = Links("https://bot.example.com", "signed", ["a key"])
    flask.register_blueprint(insights(Sources(links, store, lambda: library, 90, lambda: NOW)))
    return flask.test_client()


def test_the_page_is_drawn_in_reasonable_time(browser: FlaskClient) -> None:
    signed = Links("https://bot.example.com", "signed", ["a key"]).insights("T1", "U1")
    assert signed is not None
    path = signed.removeprefix("https://bot.example.com")
    took, sent = [], b""
    for _ in range(5):
        start = thread_time()
        response = browser.get(path, headers={"Accept-Encoding": "gzip"})
        took.append(thread_time() - start)
        assert response.status_code == 200
        sent = response.data
    print(f"\n  {median(took):.2f} s (first {took[0]:.2f}), {len(sent):,} bytes packed")
    assert median(took) <= MOST
    assert len(sent) <= MOST_BYTES
