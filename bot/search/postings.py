"""Postings: how often each term stands in which document, as flat arrays."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The counts of a collection; everything else about it is derived from them.

    Term `t` stands in the documents `docs[p]`, ascending, `counts[p]` times each, for `p` from
    `starts[t]` up to `starts[t + 1]`. `lengths` are tokens a document; `words` is the UTF-8 of
    the terms in their order, a line each.
    """

    starts: NDArray[np.int64]
    docs: NDArray[np.int32]
    counts: NDArray[np.int32]
    lengths: NDArray[np.int32]
    words: NDArray[np.uint8]

    @classmethod
    def of(cls, documents: Iterable[Sequence[str]]) -> Self:
        """Count the tokens of documents, each a sequence of tokens."""
        seen: defaultdict[str, int] = defaultdict()
        seen.default_factory = seen.__len__  # a new token gets the next number
        numbers, lengths = array("q"), array("i")
        for document in documents:
            numbers.extend(map(seen.__getitem__, document))
            lengths.append(len(document))
        owners = np.repeat(np.arange(len(lengths)), lengths)
        # A pair of term and document is one number, the term first, so that one sort counts.
        pairs = np.frombuffer(numbers, np.int64) * len(lengths) + owners
        pairs, counts = np.unique(pairs, return_counts=True)
        terms, docs = np.divmod(pairs, max(len(lengths), 1))
        return cls(
            starts=np.searchsorted(terms, np.arange(len(seen) + 1)),
            docs=docs.astype(np.int32),
            counts=counts.astype(np.int32),
            lengths=np.array(lengths, np.int32),
            words=np.frombuffer("\n".join(seen).encode(), np.uint8),
        )

    def terms(self) -> dict[str, int]:
        """Return the number of each term."""
        return {word: term for term, word in enumerate(self.words.tobytes().decode().splitlines())}

    def arrays(self) -> Iterator[NDArray[Any]]:
        """Its arrays in the order of its constructor, the widest first, which aligns them."""
        return (getattr(self, field.name) for field in fields(self))
