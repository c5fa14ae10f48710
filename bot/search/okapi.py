"""What each posting adds to a score: rank-bm25's formula over arrays."""

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from bot.search.postings import Postings


def weights(postings: Postings) -> NDArray[np.float64]:
    """Return what `BM25Okapi.get_scores` adds for each posting, with the defaults of rank-bm25."""
    if not postings.docs.size:  # rank-bm25 would divide by zero
        return np.empty(0)
    okapi, counts = _Okapi(postings), postings.counts
    idf = np.repeat(np.fromiter(okapi.idf.values(), np.float64), np.diff(postings.starts))
    norm = okapi.k1 * (1 - okapi.b + okapi.b * postings.lengths / okapi.avgdl)
    addends: NDArray[np.float64] = idf * counts * (okapi.k1 + 1) / (counts + norm[postings.docs])
    return addends


class _Okapi(BM25Okapi):  # type: ignore[misc]  # rank-bm25 ships no types
    """BM25Okapi that reads its corpus from postings; a term is its number there.

    rank-bm25 stays the one that says what idf is, with its floor for terms in more than half of
    the documents, and what k1, b and epsilon are.
    """

    def _initialize(self, corpus: Postings) -> dict[int, int]:
        """Take from postings what the base class counts in texts."""
        self.corpus_size = corpus.lengths.size
        self.avgdl = corpus.lengths.mean()
        return dict(enumerate(np.diff(corpus.starts).tolist()))
