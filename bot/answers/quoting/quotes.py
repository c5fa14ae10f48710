"""Quotes from spans, and the same quotes again from their coordinates."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from bot.answers.model import Quote
from bot.answers.quoting.episode_quotes import EpisodeQuotes
from bot.episodes import Episode, Span
from bot.search.passages import Passage

MOST_WORDS = 90  # an interface of `ask --json`


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

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._passages: dict[str, list[Passage]] = {}
        for passage in passages:
            self._passages.setdefault(passage.episode.slug, []).append(passage)
        several = len(self._passages) > 1
        self._makers = {
            slug: EpisodeQuotes(some[0].episode, one_of_several=several)
            for slug, some in self._passages.items()
        }

    def of(self, window: Window) -> Quote:
        """Make a quote of what the ranking chose."""
        return self.window(window.passage, window.first, window.last)

    def window(self, passage: Passage, first: int, last: int) -> Quote:
        """Make a quote of sentences `first` to `last`, with the question before where needed."""
        return self._makers[passage.episode.slug].window(passage, first, last)

    def opening(self, passage: Passage, first: int = 0, most_words: int = MOST_WORDS) -> Quote:
        """Make a quote from sentence `first` on: as many whole ones as `most_words` allow."""
        return self.window(passage, first, _last_within(passage, first, most_words))

    def facts(self, episode: Episode) -> tuple[Quote, ...]:
        """Make the quotes that nobody says: header lines, headings, the closing line."""
        return self._makers[episode.slug].facts

    def headings(self, slug: str) -> Mapping[str, str]:
        """Return the titles for display of an episode's segments, by the segments."""
        return self._makers[slug].headings

    def again(self, episode: str, digest: str, start: int, end: int) -> Quote | None:
        """Make the quote with these coordinates; None if the bot could not have made it.

        Refused are the digest of another version of the transcript, a span that is no run of whole
        sentences, and one that is too long.
        """
        passages = self._passages.get(episode)
        if not passages or passages[0].episode.digest != digest:
            return None
        for quote in self._makers[episode].facts:
            if (quote.start, quote.end) == (start, end):
                return quote
        for passage in passages:
            if passage.span.start <= start < end <= passage.span.end:
                return self._inside(passage, start, end)
        return None

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
