"""Quotes from spans, the same again from their coordinates, and the turns around them."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from bot.answers.model import Quote
from bot.answers.quoting.episode_quotes import EpisodeQuotes
from bot.answers.quoting.transcript_page import Excerpt, excerpt
from bot.episodes import Episode, Library, Span
from bot.search.passages import Passage

MOST_WORDS = 90  # an interface of `ask --json`
_AT_HAND = 64  # episodes whose titles for display are kept; chosen by hand: a page of answers


class Window(Protocol):
    """Sentences `first` to `last` of a passage, counted from 0."""

    @property
    def passage(self) -> Passage: ...  # noqa: D102 - the class says it
    @property
    def first(self) -> int: ...  # noqa: D102 - the class says it
    @property
    def last(self) -> int: ...  # noqa: D102 - the class says it


class Quotes:
    """Makes every quote of a library: of passages, and of its headings and header lines."""

    def __init__(self, library: Library, passages_of: Callable[[int], Sequence[Passage]]) -> None:
        """Take a library, and what returns the passages of an episode by its place there."""
        self._library, self._passages_of = library, passages_of
        self._maker = lru_cache(_AT_HAND)(self._made)

    def of(self, window: Window) -> Quote:
        """Make a quote of what the ranking chose."""
        return self.window(window.passage, window.first, window.last)

    def window(self, passage: Passage, first: int, last: int) -> Quote:
        """Make a quote of sentences `first` to `last`, with the question before where needed."""
        return self._maker(passage.episode.slug).window(passage, first, last)

    def opening(self, passage: Passage, first: int = 0, most_words: int = MOST_WORDS) -> Quote:
        """Make a quote from sentence `first` on: as many whole ones as `most_words` allow."""
        return self.window(passage, first, _last_within(passage, first, most_words))

    def facts(self, episode: Episode) -> tuple[Quote, ...]:
        """Make the quotes that nobody says: header lines, headings, the closing line."""
        return self._maker(episode.slug).facts

    def headings(self, slug: str) -> Mapping[str, str]:
        """Return the titles for display of an episode's segments, by the segments.

        They are none where there is no such episode.
        """
        return {} if self._library.place(slug) is None else self._maker(slug).headings

    def excerpt(self, quote: Quote, page: int = 0) -> Excerpt | None:
        """Return the turns around a quote, or those `page` pages on; None if there are none."""
        at = self._library.place(quote.episode)
        if at is None:
            return None
        span, headings = Span(quote.start, quote.end), self._maker(quote.episode).headings
        return excerpt(self._library.episodes[at], span, page, headings)

    def again(self, episode: str, digest: str, start: int, end: int) -> Quote | None:
        """Make the quote with these coordinates; None if the bot could not have made it.

        Refused are the digest of another version of the transcript, a span that is no run of whole
        sentences, and one that is too long.
        """
        at = self._library.place(episode)
        if at is None or self._library.entries[at].digest != digest:
            return None
        for quote in self._maker(episode).facts:
            if (quote.start, quote.end) == (start, end):
                return quote
        for passage in self._passages_of(at):
            if passage.span.start <= start < end <= passage.span.end:
                return self._inside(passage, start, end)
        return None

    def _made(self, slug: str) -> EpisodeQuotes:
        at = self._library.place(slug)
        if at is None:
            raise KeyError(slug)
        several = len(self._library.entries) > 1
        return EpisodeQuotes(self._library.episodes[at], one_of_several=several)

    def _inside(self, passage: Passage, start: int, end: int) -> Quote | None:
        starts = [sentence.start for sentence in passage.sentences]
        ends = [sentence.end for sentence in passage.sentences]
        if start not in starts or end not in ends:
            return None
        quote = self.window(passage, starts.index(start), ends.index(end))
        return quote if len(quote.text.split()) <= MOST_WORDS else None


def _last_within(passage: Passage, first: int, most_words: int) -> int:
    """Return the last sentence of the longest run from `first` on that has so few words."""
    last = first
    while last + 1 < len(passage.sentences):
        span = Span(passage.sentences[first].start, passage.sentences[last + 1].end)
        if len(passage.episode.words(span).split()) > most_words:
            break
        last += 1
    return last


def holds(passage: Passage, quote: Quote) -> bool:
    """Return whether a quote is cut from a passage."""
    span = passage.span
    return passage.episode.slug == quote.episode and span.start <= quote.start < span.end
