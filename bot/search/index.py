"""The index: which texts share words with a query, and how much that says (BM25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.search import okapi, saved
from bot.search.postings import Postings
from bot.search.tokens import EDITION, tokens

_FILE = "index.bm25"
_EDITION = f"bm25 1 {EDITION}"  # the number goes up when the arrays become others


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that shares a token with the query: its position in `texts`, and its BM25 score."""

    doc: int
    score: float


class Index:
    """BM25Okapi over postings: the scores of rank-bm25, from the matching texts alone.

    Built from texts, or opened from where it was saved, memory-mapped. It never changes, so
    threads may share it. Counts are kept beside the weights made of them, because one more text
    changes every weight and no count.
    """

    def __init__(self, postings: Postings, weights: NDArray[np.float64]) -> None:
        self._postings = postings
        self._weights = weights
        self._terms = postings.terms()

    @classmethod
    def build(cls, texts: Sequence[str]) -> Self:
        """Index texts; any number of them, none and empty ones included."""
        postings = Postings.of(map(tokens, texts))
        return cls(postings, okapi.weights(postings))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Map what `save` left in a folder; nothing is tokenized again.

        Raises:
            UnreadableError: The file in it is missing, damaged, or of another edition.
        """
        weights, *counts = saved.read(folder / _FILE, _EDITION)
        return cls(Postings(*counts), weights)

    def save(self, folder: Path) -> None:
        """Save in a folder, for `open`; what was saved there before is replaced in one step."""
        saved.write(folder / _FILE, _EDITION, [self._weights, *self._postings.arrays()])

    def scores(self, query: str) -> NDArray[np.float64]:
        """Return what `BM25Okapi.get_scores(tokens(query))` of rank-bm25 says, for every text."""
        return _sums(*self._joined(query), self._postings.lengths.size)

    def search(self, query: str, k: int) -> list[Hit]:
        """Return the `k` best of the texts that share a token with the query, best first.

        Equal scores keep the order of the texts. A score says nothing by itself: in a small
        collection it may be zero or negative for a match, and those of two queries do not compare.
        """
        docs, addends = self._joined(query)
        if k <= 0 or not docs.size:
            return []
        scores = _sums(docs, addends)
        matched = np.zeros(scores.size, bool)
        matched[docs] = True
        found = np.flatnonzero(matched)
        best = found[_best(scores[found], k)]
        return list(map(Hit, best.tolist(), scores[best].tolist()))

    def _joined(self, query: str) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the postings of the query's tokens, one after another: documents and weights.

        A token that the query repeats is there as often, as in rank-bm25.
        """
        terms = [term for token in tokens(query) if (term := self._terms.get(token)) is not None]
        starts = self._postings.starts
        spans = [slice(starts[term], starts[term + 1]) for term in terms] or [slice(0)]
        docs = np.concatenate([self._postings.docs[span] for span in spans], dtype=np.intp)
        return docs, np.concatenate([self._weights[span] for span in spans])


def _sums(
    docs: NDArray[np.intp], addends: NDArray[np.float64], size: int = 0
) -> NDArray[np.float64]:
    """Return the addends of each document added up, for at least `size` documents."""
    # bincount counts in whole numbers when nothing is given, whatever the weights.
    return np.bincount(docs, addends, size).astype(np.float64, copy=False)


def _best(scores: NDArray[np.float64], k: int) -> NDArray[np.intp]:
    """Positions of the `k` highest scores, highest first; equal ones in their order."""
    floor = np.partition(scores, -k)[-k] if k < scores.size else -np.inf
    kept = np.flatnonzero(scores >= floor)
    order = np.argsort(-scores[kept], kind="stable")
    return kept[order[:k]]
