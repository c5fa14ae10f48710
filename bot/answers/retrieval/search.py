"""Search: which windows may answer, by words in common and by nearness in meaning."""

import numpy as np
from numpy.typing import NDArray

from bot.answers.language.thesaurus import Thesaurus
from bot.answers.meanings import nearness
from bot.answers.retrieval.collection import Collection
from bot.answers.retrieval.encodings import Encodings
from bot.answers.retrieval.part import indexed
from bot.answers.retrieval.word_vectors import WordVectors

# How much the words of a window count, what the encoder takes it for, and, where it has not seen
# it, what they mean one by one: where it has, that adds nothing, and among 120 episodes it misleads
# (`bot/answers/README.md`). Chosen on questions that training leaves out.
_WORDS, _ENCODED, _UNSEEN = 0.5, 4.0, 1.5
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Chosen = slice | NDArray[np.intp]
# Places of episodes in the library; None for all.
Among = tuple[int, ...] | None


class Search:
    """Proposes windows of a library for a question; the reader then reads the best of them."""

    def __init__(
        self,
        collection: Collection,
        thesaurus: Thesaurus,
        vectors: WordVectors,
        encodings: Encodings,
    ) -> None:
        """Search a collection; `thesaurus` teaches house words."""
        self._collection, self._thesaurus = collection, thesaurus
        self._vectors, self._encodings = vectors, encodings

    def scores(
        self, query: str, meaning: str, among: Among = None, *, encoded: bool = True
    ) -> Floats:
        """Return how near each window is: the words of `query` there, and `meaning` in any words.

        All parts have mean 0 and deviation 1 over the windows of the episodes `among`, so that they
        add up; the scores are in the order of `Collection.numbers`. What the encoder has not seen
        is judged by word vectors in its stead, as all is where `encoded` is not wanted.
        """
        meaning = self._thesaurus.spelt_out(meaning)
        chosen = self._collection.numbers(among)
        scores = self._said(indexed(query, self._thesaurus), chosen)
        if not scores.size:
            return scores
        total = _WORDS * _standard(scores)
        all_vectors, all_there = self._encodings.joined
        there = all_there[chosen] & encoded
        if there.any():
            asked = self._encodings.encoder.of([meaning])
            near = nearness(asked, all_vectors[chosen])
            total += _ENCODED * _standard(near, None if there.all() else there)
        if not there.all():
            total += _UNSEEN * self._by_words(meaning, chosen) * ~there
        return total

    def _by_words(self, meaning: str, chosen: Chosen) -> Floats:
        asked, meanings = self._vectors.meanings([meaning]), self._collection.meanings[chosen]
        known = asked.shape[1] and asked.shape[1] == meanings.shape[1]
        return _standard(nearness(asked, meanings)) if known else np.zeros(len(meanings))

    def _said(self, query: str, chosen: Chosen) -> Floats:
        if isinstance(chosen, slice):
            return self._collection.index.scores(query, chosen.start or 0, chosen.stop)
        return self._collection.index.scores(query)[chosen]


def _standard(scores: Floats, there: Flags | None = None) -> Floats:
    """Return scores with mean 0 and deviation 1 among those that are `there`; the others are 0."""
    if there is not None:
        whole = np.zeros_like(scores)
        whole[there] = _standard(scores[there])
        return whole
    found: Floats = scores - scores.mean()
    # Half the time of `std`. Not `@`: its threads wait for each other where processors are busy.
    found /= np.sqrt(np.einsum("i,i", found, found) / found.size) + 1e-9
    return found
