"""The pages that pictures are made of, as the bot itself serves them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from flask import Flask

from bot.answers import Answer, Answerer, NoAnswer
from bot.episodes import Library
from bot.links import Links
from bot.slack.requests.question_log import passages
from bot.storage import Asker, Feedback, Question, Store
from bot.web import Sources, insights, reading_pages
from bot.web import site as web_site
from bot.web.look import dress

ROOT = "https://podcast.example.com"
ADMIN = Asker("T0000000001", "U0000ALEXA")
DAYS = 90
SHOWS = ("On Call", "The Long Meeting")  # beside the one there is
# What was asked, and how likely.
ASKED = (
    ("define RAG", 9),
    ("what does temperature mean?", 3),
    ("why do models hallucinate?", 8),
    ("how does the model learn the embeddings?", 4),
    ("what is a context window?", 5),
    ("how is a model trained?", 4),
    ("when should we fine-tune a model?", 6),
    ("how do we evaluate an LLM?", 6),
    ("what about intellectual property?", 3),
    ("how much more expensive are frontier models?", 7),
    ("what are agents?", 4),
    ("how do I write a good prompt?", 5),
    ("what is multimodal?", 2),
    ("what about privacy?", 3),
    ("what does a Copilot seat cost?", 5),
    ("how much does a copilot seat cost?", 3),
    ("which GPU should we buy?", 3),
    ("who won the world cup?", 2),
    ("can I get the slides?", 2),
)
REASONS = ("wrong_passage", "says_more", "says_more", "other")


class Page(NamedTuple):
    """A page as HTML; the picture is so wide, and ends below the element of a CSS selector.

    If `middle` is such an element, it shows a window of `height` with that in its middle instead.
    """

    html: str
    width: int
    until: str = "main"
    middle: str = ""
    height: int = 0


class Answerers(NamedTuple):
    """Who answers: from the episode that ships, and from the same with times and a recording."""

    plain: Answerer
    recorded: Answerer


def insights_page(answerer: Answerer, now: datetime) -> str:
    """The owners' page after three months of questions."""
    library = with_shows(answerer.library)
    links = Links(ROOT, "signed", ["a key of the picture's"], now.timestamp)
    address = links.insights(ADMIN.team_id, ADMIN.user_id)
    flask = Flask(web_site.__name__)
    dress(flask)
    with closing(Store.open()) as store:
        fill(store, answerer, library, now)
        sources = Sources(links, store, lambda: library, DAYS, lambda: now)
        flask.register_blueprint(insights(sources))
        response = flask.test_client().get((address or "").removeprefix(ROOT))
        return response.get_data(as_text=True)


def with_shows(library: Library) -> Library:
    """The episode of a library beside one of each of two other shows."""
    [newest] = library.episodes
    others = [
        replace(newest, slug=f"show-{number}", number=12 + number, title=title, show=show)
        for number, (show, title) in enumerate(zip(SHOWS, ("Paged", "Minutes"), strict=True))
    ]
    return Library([*others, newest])


def fill(store: Store, answerer: Answerer, library: Library, now: datetime) -> None:
    """Keep what was asked, more of it from week to week, and a thumb now and then."""
    random = Random(11)  # noqa: S311 - the same picture each time
    asked = list(questions(random, answerer, library, now))
    store.questions.add_all((ADMIN, one) for one in asked)
    for one in asked[::11]:
        helpful = random.random() < 0.8
        reason = None if helpful else random.choice(REASONS)
        given = Feedback(one.id, helpful, one.passages, one.asked_at, reason)
        store.questions.judge(ADMIN, given)


def questions(
    random: Random, answerer: Answerer, library: Library, now: datetime
) -> Iterator[Question]:
    """Yield the questions of each day, as the bot answered them."""
    words, likely = zip(*ASKED, strict=True)
    replies = {asked: answerer.ask(asked) for asked in words}
    for day in range(DAYS):
        at = now - timedelta(days=DAYS - 1 - day)
        busy = (4 + day / 9) * (0.2 if at.weekday() > 4 else 1) * (2.5 if day in (61, 62) else 1)
        for number in range(round(random.gauss(busy, busy / 5))):
            reply = replies[random.choices(words, likely)[0]]
            *others, newest = (entry.slug for entry in library.entries)
            slug = random.choice(others) if random.random() < 0.25 else newest
            yield question(f"{day}-{number}", reply, slug, at, chosen=random.random() < 0.4)


def question(
    id_: str, reply: Answer | NoAnswer, slug: str, at: datetime, *, chosen: bool
) -> Question:
    """A question as it is kept, about the episode of a slug, perhaps chosen for it."""
    quoted = passages(reply.shown) if isinstance(reply, Answer) else ()
    return Question(
        id=id_,
        surface="command",
        question=reply.question,
        kind=reply.kind,
        answered=isinstance(reply, Answer),
        confidence=reply.confidence,
        passages=tuple(replace(one, episode=slug) for one in quoted),
        asked_at=at,
        reason=reply.reason if isinstance(reply, NoAnswer) else "",
        episode=slug if chosen else "",
    )


def marked_page(answerer: Answerer) -> str:
    """The page of an episode, opened by the link below an answer."""
    links = Links(ROOT, "public")
    answer = answerer.ask("why do models hallucinate?")
    assert isinstance(answer, Answer)
    flask = Flask(web_site.__name__)
    dress(flask)
    flask.register_blueprint(reading_pages(answerer, links))
    address = links.to(answer.quotes[0]) or ""
    return flask.test_client().get(address.removeprefix(ROOT)).get_data(as_text=True)


SERVED: Mapping[str, Callable[[Answerers, datetime], Page]] = {
    "marked-quote": lambda answerers, _: Page(
        marked_page(answerers.recorded), 1_120, middle="mark", height=640
    ),
    "insights": lambda answerers, now: Page(
        insights_page(answerers.plain, now), 1_000, "section[aria-labelledby=timeline] figure"
    ),
}


def pages(answerers: Answerers, now: datetime) -> dict[str, Any]:
    """Every page by its name."""
    return {name: page(answerers, now)._asdict() for name, page in SERVED.items()}
