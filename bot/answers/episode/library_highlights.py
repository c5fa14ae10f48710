"""What is worth a post of its own in all of a library."""

from collections.abc import Sequence
from functools import cached_property

from bot.answers.episode.highlights import Highlight, gist, highlights
from bot.answers.model import Quote
from bot.answers.quoting.quotes import Quotes
from bot.answers.retrieval.retriever import Finder

# Episodes that are posted about: at a quote a day, some years. Chosen by hand.
_RECENT = 50


class LibraryHighlights:
    """The highlights of a library's episodes, made when they are looked at."""

    def __init__(self, finder: Finder, quotes: Quotes) -> None:
        self._finder, self._quotes = finder, quotes
        self._library = finder.collection.library

    @cached_property
    def all(self) -> tuple[Highlight, ...]:
        """Return what is worth a post of its own: takeaways, then quotes that stand alone.

        Those of the newest episode come first.
        """
        newest_first = range(len(self._library.entries))[-_RECENT:][::-1]
        found = [one for at in newest_first for one in self._of(at)]
        return tuple(sorted(found, key=lambda one: not one.is_takeaway))

    def gist(self, episode: str) -> tuple[Quote, ...]:
        """Return up to three quotes that stand for an episode, by its slug; perhaps none.

        They are its first takeaways, else quotes that stand alone, from all over it.
        """
        at = self._library.place(episode)
        return () if at is None else gist(self._of(at))

    def _of(self, at: int) -> Sequence[Highlight]:
        episode, pieces = self._library.episodes[at], self._finder.collection.passages_of(at)
        return highlights(episode, pieces, self._finder, self._quotes)
