"""Terms: a word as a number of 64 bits, so that half a million are looked up where they lie."""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

# Two of a million words share a digest of 64 bits in one of 37 million libraries; no text is
# checked for it.
_SIZE = 8


def digests(words: Iterable[str]) -> NDArray[np.uint64]:
    """Return the digest of each word, the same in every process and on every machine."""
    found = (blake2b(word.encode(), digest_size=_SIZE).digest() for word in words)
    return np.frombuffer(b"".join(found), "<u8").astype(np.uint64, copy=False)


def positions(known: NDArray[np.uint64], words: Iterable[str]) -> NDArray[np.intp]:
    """Return where in `known`, ascending, the words stand; those that do not are left out."""
    asked = digests(words)
    first = known.searchsorted(asked)
    return first[known.searchsorted(asked, "right") > first]
