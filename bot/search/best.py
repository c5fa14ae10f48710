"""The best of many scores, without sorting or partitioning them all."""

import numpy as np
from numpy.typing import NDArray

_GROUP = 128  # scores in a group; 64 to 256 take as long over 100,000
Floats = NDArray[np.float64]


def best(scores: Floats, k: int) -> NDArray[np.intp]:
    """Return the positions of the `k` highest scores, highest first; equal ones in their order."""
    order = np.argsort(-scores, kind="stable")
    return order[:k]


def reaching(scores: Floats, k: int) -> NDArray[np.intp]:
    """Return the positions of scores above zero that may be among the `k` highest, ascending.

    Scores are dealt into groups, and the `k` highest of the groups' best are so many scores: what
    is below all of them is out. To partition the scores themselves takes up to milliseconds, since
    most of them are equal: zero.
    """
    groups = scores.size // _GROUP
    dealt = scores[: groups * _GROUP].reshape(_GROUP, groups)
    winners = dealt.max(axis=0)
    floor = np.partition(winners, -k)[-k] if k < groups else 0.0
    if floor <= 0:
        return np.flatnonzero(scores > 0)
    open_ = np.flatnonzero(winners >= floor)
    rows, columns = np.nonzero(dealt[:, open_] >= floor)
    rest = np.flatnonzero(scores[dealt.size :] >= floor)
    return np.concatenate([rows * groups + open_[columns], rest + dealt.size])
