"""The tools that an assistant may call: what each takes, and what it does.

The docstring of each is what the assistant reads about it, its fields are its arguments.
"""

from dataclasses import dataclass
from typing import Annotated, Protocol

from msgspec import Meta, Struct

from bot.answers import READ, Answerer
from bot.episodes import Episode, Library
from bot.episodes.knowledge.near import no_such
from bot.links import Links
from bot.mcp.replies import Reply, answered, around, listed
from bot.mcp.transcripts import RefusedError, page_of

# Characters of a slug, earlier questions of a thread, pages; chosen by hand: no real one has more.
_LONGEST_SLUG, _MOST_EARLIER, _MOST_PAGES = 500, 20, 1_000_000
_LONGEST_TERM = 100

Question = Annotated[str, Meta(min_length=1, max_length=READ)]
Slug = Annotated[
    str,
    Meta(max_length=_LONGEST_SLUG, description="The slug of an episode, as `episodes` lists it."),
]


@dataclass(frozen=True, slots=True)
class Podcast:
    """What the tools work with."""

    answerer: Answerer
    links: Links

    def episode(self, slug: str) -> Episode:
        """Return an episode; raises RefusedError if there is none of that slug."""
        library = self.answerer.library
        return library.episodes[_place(library, slug)]

    def ask(self, question: str, episode: str | None, history: tuple[str, ...] = ()) -> Reply:
        """Answer a question, of one episode if its slug is given."""
        if episode is not None:
            _place(self.answerer.library, episode)
        return answered(self.answerer.ask(question, history, episode), self.links)


def _place(library: Library, slug: str) -> int:
    """Return the place of an episode; raises RefusedError if there is none of that slug."""
    at = library.place(slug)
    if at is None:
        raise RefusedError(no_such(library, slug) + ".")
    return at


class Tool(Protocol):
    """A call of a tool, with its arguments."""

    def run(self, podcast: Podcast) -> Reply:
        """Do what the tool is for; raises RefusedError where that cannot be."""


class Ask(Struct, frozen=True, forbid_unknown_fields=True):
    """Answer a question about the podcast with verbatim quotes, or say that it isn't said.

    Each quote has its speaker, its episode, its time and its address, where they are known.
    """

    question: Annotated[Question, Meta(description="One question, in its own words.")]
    episode: Slug | None = None
    history: Annotated[
        tuple[Question, ...],
        Meta(
            max_length=_MOST_EARLIER,
            description="Earlier questions of the conversation, the oldest first, if this one "
            "follows them, such as `why?` or `who said that?`.",
        ),
    ] = ()

    def run(self, podcast: Podcast) -> Reply:
        """Ask the bot."""
        return podcast.ask(self.question, self.episode, self.history)


class Define(Struct, frozen=True, forbid_unknown_fields=True):
    """Define a term in the podcast's own words: its reference sheet's, and who explains it."""

    term: Annotated[
        str,
        Meta(min_length=1, max_length=_LONGEST_TERM, description="A term, such as `RAG`."),
    ]

    def run(self, podcast: Podcast) -> Reply:
        """Ask for a definition."""
        return podcast.ask(f"define {self.term}", None)


class Takeaways(Struct, frozen=True, forbid_unknown_fields=True):
    """List the takeaways of an episode, word for word; without a slug the newest one's."""

    episode: Slug | None = None

    def run(self, podcast: Podcast) -> Reply:
        """Ask for all takeaways."""
        return podcast.ask("takeaways", self.episode)


class Episodes(Struct, frozen=True, forbid_unknown_fields=True):
    """List the episodes, the newest first: slug, title, show, date, who speaks, transcript."""

    page: Annotated[int, Meta(ge=1, le=_MOST_PAGES, description="Which page, from 1.")] = 1

    def run(self, podcast: Podcast) -> Reply:
        """Show a page of the list."""
        return listed(page_of(podcast.answerer.entries, self.page), podcast.links)


class Context(Struct, frozen=True, forbid_unknown_fields=True):
    """Read the turns around a quote: what was said just before it and after it."""

    episode: Slug
    digest: Annotated[str, Meta(pattern="^[0-9a-f]{12}$", description="The quote's `digest`.")]
    start: Annotated[int, Meta(ge=0, description="The quote's `start`.")]
    end: Annotated[int, Meta(ge=1, description="The quote's `end`.")]
    page: Annotated[
        int,
        Meta(
            ge=-_MOST_PAGES,
            le=_MOST_PAGES,
            description="0 for the quote's own turns, 1 for the next ones, -1 for those before.",
        ),
    ] = 0

    def run(self, podcast: Podcast) -> Reply:
        """Find the quote again, and what stands around it."""
        _place(podcast.answerer.library, self.episode)
        quote = podcast.answerer.quote(self.episode, self.digest, self.start, self.end)
        if quote is None:
            raise RefusedError(
                "No quote stands there. Give episode, digest, start and end as a quote has them; "
                "if the transcript has changed since, ask again."
            )
        found = podcast.answerer.excerpt(quote, self.page)
        if found is None:
            raise RefusedError(f"There are no turns on page {self.page} around that quote.")
        return around(quote, found, podcast.links)


TOOLS: dict[str, type[Tool]] = {
    one.__name__.lower(): one for one in (Ask, Define, Takeaways, Episodes, Context)
}
