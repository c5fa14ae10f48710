"""The index: which texts share words with a query, and how much that says (BM25)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.search import saved
from bot.search.best import best, reaching
from bot.search.postings import Postings
from bot.search.tokens import EDITION, tokens
from bot.search.weighed import Weighed

_FILE = "index.bm25"
_EDITION = f"bm25 2 {EDITION}"  # the number goes up when the arrays become others
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that shares a token with the query: its position in `texts`, and its BM25 score."""

    doc: int
    score: float


class Index:
    """BM25Okapi over postings: the scores of rank-bm25, from the matching texts alone.

    Built from texts, put together from the postings of parts, or opened from where it was saved,
    memory-mapped. It never changes, so threads may share it.
    """

    def __init__(self, weighed: Weighed) -> None:
        self._weighed = weighed
        self._size = int(weighed.size[0])

    @classmethod
    def build(cls, texts: Sequence[str]) -> Self:
        """Index texts; any number of them, none and empty ones included."""
        return cls.of(Postings.of_texts(texts))

    @classmethod
    def merged(cls, parts: Sequence[Postings]) -> Self:
        """Index the texts of parts, one part after another, as if they were built together."""
        return cls.of(Postings.merged(parts))

    @classmethod
    def of(cls, postings: Postings) -> Self:
        """Index the texts that were counted."""
        return cls(Weighed.of(postings))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Map what `save` left in a folder; nothing is tokenized again.

        Raises:
            UnreadableError: The file in it is missing, damaged, or of another edition.
        """
        return cls(Weighed(*saved.read(folder / _FILE, _EDITION)))

    def save(self, folder: Path) -> None:
        """Save in a folder, for `open`; what was saved there before is replaced in one step."""
        saved.write(folder / _FILE, _EDITION, self._weighed.arrays())

    def knows(self, token: str) -> bool:
        """Say whether any text holds a token."""
        return self.frequency(token) > 0

    def frequency(self, token: str) -> int:
        """Return how many texts hold a token."""
        terms = self._weighed.terms([token])
        return sum(span.stop - span.start for span in self._weighed.spans(terms, None))

    def vocabulary(self) -> Iterator[str]:
        """Give every token of the texts once, in no order, one at a time."""
        return self._weighed.vocabulary()

    def scores(self, query: str, first: int = 0, last: int | None = None) -> Floats:
        """Return what `BM25Okapi.get_scores(tokens(query))` of rank-bm25 says, for every text.

        With `first` and `last`, the same as `scores(query)[first:last]`, at the cost of those texts
        alone: what a word is worth is still counted in all of them.
        """
        first, last, _ = slice(first, last).indices(self._size)
        within = range(first, max(first, last))
        terms = self._weighed.terms(tokens(query))
        whole = len(within) == self._size
        spans = self._weighed.spans(terms, None if whole else within)
        docs, addends = self._weighed.addends(terms, spans)
        docs -= first
        return _sums(docs, addends, len(within))

    def search(self, query: str, k: int) -> list[Hit]:
        """Return the `k` best of the texts that share a token with the query, best first.

        Equal scores keep the order of the texts. A score says nothing by itself: in a small
        collection it may be zero or negative for a match, and those of two queries do not compare.
        """
        if k <= 0:
            return []
        terms = self._weighed.terms(tokens(query))
        docs, addends = self._weighed.addends(terms, self._weighed.spans(terms, None))
        scores = _sums(docs, addends, self._size)
        # Only in a small collection may a match score zero or less.
        lifted = self._weighed.lifts[terms].min(initial=1) > 0
        matching = reaching(scores, k) if lifted else np.unique(docs)
        found = matching[best(scores[matching], k)]
        return list(map(Hit, found.tolist(), scores[found].tolist()))


def _sums(docs: NDArray[np.intp], addends: Floats, size: int) -> Floats:
    """Return the addends of each of `size` documents added up."""
    # bincount counts in whole numbers when nothing is given, whatever the weights.
    return np.bincount(docs, addends, size).astype(np.float64, copy=False)
