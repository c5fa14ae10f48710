"""Tools without a process: addresses, long lists, and what goes wrong inside."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import pytest
from anyio.from_thread import start_blocking_portal
from mcp.client.client import Client

from bot.answers import Answer, Answerer
from bot.episodes import Entry
from bot.errors import Fault, UnreadableError
from bot.links import NO_LINKS
from bot.mcp import Podcast, build_server
from bot.mcp.tools import Ask, Context, Episodes
from bot.mcp.transcripts import PAGE, slug_of, uri_of
from tests.mcp.clients import Assistant

MANY = [
    Entry(f"s/{at}", f"{at}.vtt", at, f"On {at}", "Kitchen Talks", f"2026-01-{at % 28 + 1:02}")
    for at in range(1_000)
]


class Failing:
    """An answerer of four episodes whose `ask` raises."""

    def __init__(self, answerer: Answerer, error: Exception) -> None:
        self.library, self._error = answerer.library, error

    def ask(self, *_: Any) -> Answer:
        raise self._error


class Listing:
    """An answerer that knows a thousand episodes by name."""

    entries: Sequence[Entry] = MANY


@contextmanager
def inside(podcast: Podcast) -> Iterator[Assistant]:
    """A client in this process."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(build_server(podcast))) as client,
    ):
        yield Assistant(portal, client)


def addresses(assistant: Assistant) -> Iterator[str]:
    """Those of all transcripts, page by page."""
    listing = assistant.resources()
    yield from (one.uri for one in listing.resources)
    while listing.next_cursor:
        listing = assistant.resources(listing.next_cursor)
        yield from (one.uri for one in listing.resources)


@pytest.fixture
def question(answerer: Answerer) -> str:
    """Words that one turn of an episode says."""
    return "what about " + answerer.gist("tea")[0].text.rstrip(".")


def test_a_quote_has_the_addresses_of_its_page_and_of_its_moment(
    podcast: Podcast, question: str
) -> None:
    reply = Ask(question, episode="tea").run(podcast)
    quote = reply.content["quotes"][0]
    assert quote["link"].startswith("https://bot.example.com/e/tea?v=")
    assert quote["listen"].startswith("https://audio.example/tea.mp3#t=")
    assert (quote["show"], quote["title"]) == ("Kitchen Talks", "Episode 2: On tea")
    place = f"Kitchen Talks, {quote['title']} · {quote['time']} · {quote['link']}"
    assert f"{place} · {quote['listen']}" in reply.text
    assert f"“{quote['text']}”" in reply.text


def test_without_pages_there_are_no_links_to_them(answerer: Answerer, question: str) -> None:
    reply = Ask(question, episode="tea").run(Podcast(answerer, NO_LINKS))
    assert reply.content["quotes"][0]["link"] is None
    assert reply.content["quotes"][0]["listen"] in reply.text


def test_the_turns_around_have_no_other_words_than_the_episode(
    podcast: Podcast, question: str
) -> None:
    quote = Ask(question, episode="tea").run(podcast).content["quotes"][0]
    around = Context(quote["episode"], quote["digest"], quote["start"], quote["end"]).run(podcast)
    episode = podcast.episode("tea")
    said = " ".join(episode.text.split())
    paragraphs = [words for turn in around.content["turns"] for words in turn["paragraphs"]]
    assert len(paragraphs) >= 2
    assert all(words in said and words in around.text for words in paragraphs)


def test_a_thousand_episodes_are_listed_page_by_page() -> None:
    podcast = Podcast(cast("Answerer", Listing()), NO_LINKS)
    pages = [Episodes(page).run(podcast).content for page in range(1, 1_000 // PAGE + 1)]
    assert {page["pages"] for page in pages} == {20}
    slugs = [episode["slug"] for page in pages for episode in page["episodes"]]
    assert slugs == [entry.slug for entry in reversed(MANY)]
    with inside(podcast) as assistant:
        assert list(addresses(assistant)) == [uri_of(slug) for slug in slugs]


@pytest.mark.parametrize("slug", ["a", "Show/2024 – #1?", "ünï", "a%2Fb", ".."])
def test_an_address_leads_back_to_its_slug(slug: str) -> None:
    assert slug_of(uri_of(slug)) == slug


def test_what_fails_inside_is_told_as_a_reference(
    answerer: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    failing = cast("Answerer", Failing(answerer, ValueError("secret of the inside")))
    with inside(Podcast(failing, NO_LINKS)) as assistant, caplog.at_level(logging.ERROR):
        told = assistant.refusal("ask", question="why?")
    assert told.startswith("Sorry, something went wrong. Reference: ")
    assert told.rpartition(" ")[2] in caplog.text
    assert "secret of the inside" in caplog.text


def test_an_episode_that_is_changing_is_said_to_be(answerer: Answerer) -> None:
    fault = Fault("tea/tea.vtt", 3, "is no longer what it was")
    failing = cast("Answerer", Failing(answerer, UnreadableError(fault)))
    with inside(Podcast(failing, NO_LINKS)) as assistant:
        told = assistant.refusal("ask", question="why?")
    assert told.startswith("That episode was just changed")


def test_half_a_surrogate_pair_breaks_nothing() -> None:
    class Odd(Listing):
        entries = (Entry("odd\ud800", "odd.vtt", 1, "On \udfff", ""),)

    with inside(Podcast(cast("Answerer", Odd()), NO_LINKS)) as assistant:
        [episode] = assistant.content("episodes")["episodes"]
        [resource] = assistant.resources().resources
    assert (episode["slug"], episode["title"]) == ("odd?", "Episode 1: On ?")
    assert (resource.title, slug_of(resource.uri)) == ("Episode 1: On ?", "odd\ud800")
