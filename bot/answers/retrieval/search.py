"""Search: which windows may answer, by words in common and by nearness in meaning."""

import numpy as np
from numpy.typing import NDArray

from bot.answers.language.thesaurus import Thesaurus
from bot.answers.retrieval.collection import Collection
from bot.answers.retrieval.part import indexed
from bot.answers.retrieval.word_vectors import WordVectors, nearness

# How much the words of a window count, and what it means. Chosen on the author of questions that
# training leaves out (`tests/training/evaluate.py`).
_WORDS, _MEANING = 1.0, 3.0
Floats = NDArray[np.float64]
# Places of episodes in the library; None for all.
Among = tuple[int, ...] | None


class Search:
    """Proposes windows of a library for a question; the reader then reads the best of them."""

    def __init__(self, collection: Collection, thesaurus: Thesaurus, vectors: WordVectors) -> None:
        """Search a collection; `thesaurus` teaches house words."""
        self._collection, self._thesaurus, self._vectors = collection, thesaurus, vectors

    def scores(self, query: str, meaning: str, among: Among = None) -> Floats:
        """Return how near each window is: the words of `query` there, and `meaning` in any words.

        Both have mean 0 and deviation 1 over the windows of the episodes `among`, so that they add
        up; the scores are in the order of `Collection.numbers`.
        """
        chosen = self._collection.numbers(among)
        scores = self._said(indexed(query, self._thesaurus), chosen)
        if not scores.size:
            return scores
        total = _WORDS * _standard(scores)
        asked = self._vectors.meanings([meaning])
        there = self._collection.meanings[chosen]
        if asked.shape[1] and asked.shape[1] == there.shape[1]:
            total += _MEANING * _standard(nearness(asked, there))
        return total

    def _said(self, query: str, chosen: slice | NDArray[np.intp]) -> Floats:
        if isinstance(chosen, slice):
            return self._collection.index.scores(query, chosen.start or 0, chosen.stop)
        return self._collection.index.scores(query)[chosen]


def _standard(scores: Floats) -> Floats:
    found: Floats = (scores - scores.mean()) / (scores.std() + 1e-9)
    return found
