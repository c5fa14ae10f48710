"""Merging: the postings of many parts as those of one collection, without sorting them again.

The terms of a part ascend, and so do the documents of a term. So every part is copied once, each
run of a term to where the runs of earlier parts end.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from bot.search.postings import Postings


class Terms(NamedTuple):
    """The terms of all parts: their digests, ascending, and where they come from.

    `first` is where each stands first among the terms of all parts, one part after another;
    `numbers` are the numbers in `digests` of the terms of each part.
    """

    digests: NDArray[np.uint64]
    first: NDArray[np.intp]
    numbers: list[NDArray[np.intp]]


class Placed(TypedDict):
    """The postings of all parts; `Postings` says what the arrays are."""

    starts: NDArray[np.int64]
    docs: NDArray[np.int32]
    counts: NDArray[np.unsignedinteger]


def terms(parts: Sequence[NDArray[np.uint64]]) -> Terms:
    """Return the terms of all parts, given the digests of each."""
    together = np.concatenate([np.empty(0, np.uint64), *parts])
    digests, first, numbers = np.unique(together, return_index=True, return_inverse=True)
    ends = np.cumsum([part.size for part in parts], dtype=np.intp)
    return Terms(digests, first, np.split(numbers, ends)[:-1])


def placed(parts: Sequence["Postings"], into: Terms) -> Placed:
    """Return the postings of all parts, by term and then by part."""
    starts = _starts(parts, into)
    free = starts[:-1].copy()  # where the next run of each term goes
    docs = np.empty(starts[-1], np.int32)
    counts = np.empty(starts[-1], np.result_type(np.uint8, *(part.counts for part in parts)))
    offset = 0
    for part, numbers in zip(parts, into.numbers, strict=True):
        sizes = np.diff(part.starts)
        at = np.repeat(free[numbers] - part.starts[:-1], sizes)
        at += np.arange(at.size)
        docs[at] = part.docs + np.int32(offset)
        counts[at] = part.counts
        free[numbers] += sizes
        offset += part.lengths.size
    return Placed(starts=starts, docs=docs, counts=counts)


def lines(parts: Sequence[NDArray[np.uint8]], which: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Return some of the lines of all parts, by their numbers over all of them."""
    text = np.concatenate([np.empty(0, np.uint8), *parts])
    ends = np.flatnonzero(text == ord("\n")) + 1
    sizes = np.diff(ends, prepend=0)[which]
    at = np.repeat(ends[which] - np.cumsum(sizes), sizes)
    at += np.arange(at.size)
    chosen: NDArray[np.uint8] = text[at]
    return chosen


def _starts(parts: Sequence["Postings"], into: Terms) -> NDArray[np.int64]:
    """Return where the postings of each term start, and at last where they end."""
    starts = np.zeros(into.digests.size + 1, np.int64)
    for part, numbers in zip(parts, into.numbers, strict=True):
        starts[numbers + 1] += np.diff(part.starts)
    return np.cumsum(starts)
