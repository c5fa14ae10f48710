"""What a posting adds to a score: the formula of rank-bm25's BM25Okapi over arrays.

A posting adds the lift of its term times a share, which its count and the length of its document
decide. rank-bm25 itself keeps a dictionary a document and goes over all terms in Python; tests
hold these figures to its own.
"""

import numpy as np
from numpy.typing import NDArray

# The defaults of rank-bm25.
_K1 = 1.5
_B = 0.75
_EPSILON = 0.25
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
