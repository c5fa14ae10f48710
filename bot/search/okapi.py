"""What a posting adds to a score: the formula of rank-bm25's BM25Okapi over arrays.

A posting adds the lift of its term times a share, which its count and the length of its document
decide. rank-bm25 stays the one that says what k1, b and epsilon are; it keeps a dictionary a
document and goes over all terms in Python, so the formula stands here once more, and tests hold its
figures to rank-bm25's own.
"""

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

_SMALLEST = BM25Okapi([["a"]])  # it takes no collection without a text
_K1, _B, _EPSILON = _SMALLEST.k1, _SMALLEST.b, _SMALLEST.epsilon
Floats = NDArray[np.float64]


def lifts(frequencies: NDArray[np.int64], size: int) -> Floats:
    """Return the idf of each term times k1 + 1: the most that a posting of it could add.

    `frequencies` are the documents that hold each term, of `size` in all. A term of more than half
    of them gets a share of the mean idf, where its own would be negative.
    """
    idf = np.log(size - frequencies + 0.5) - np.log(frequencies + 0.5)
    floor = _EPSILON * idf.sum() / max(idf.size, 1)
    found: Floats = np.where(idf < 0, floor, idf) * (_K1 + 1)
    return found


def shares(counts: NDArray[np.integer], lengths: NDArray[np.integer], mean: float) -> Floats:
    """Return the share of its lift for each count, a row each, in documents of each length.

    `lengths` and their `mean` are tokens; the mean is above zero.
    """
    norms = _K1 * (1 - _B + _B * lengths / mean)
    found: Floats = counts[:, np.newaxis] / (counts[:, np.newaxis] + norms)
    return found
