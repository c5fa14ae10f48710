"""Postings made ready to be scored: what each adds, in two bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from io import BytesIO
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.search import okapi
from bot.search.postings import Postings
from bot.search.terms import positions

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Postings as in `Postings`, with lifts and shares (see `okapi`) for counts and lengths.

    Posting `p` of term `t` adds `lifts[t] * shares[codes[p]]`. There are few shares, since the
    same counts in documents of the same lengths come again and again: 20 counts and 250 lengths
    make 5,000, of which a processor keeps those that are common at hand. A weight a posting would
    be eight bytes, and working it out from count and document takes half as long again.
    `size` holds one number: how many documents there are.
    """

    size: NDArray[np.int64]
    starts: NDArray[np.int64]
    digests: NDArray[np.uint64]
    lifts: Floats
    shares: Floats
    docs: NDArray[np.int32]
    codes: NDArray[np.unsignedinteger]
    words: NDArray[np.uint8]

    @classmethod
    def of(cls, postings: Postings) -> Self:
        """Weigh the postings of a whole collection: another text changes every weight."""
        size = postings.lengths.size
        lengths, ranks = np.unique(postings.lengths, return_inverse=True)
        counts = np.unique(postings.counts)
        shares = okapi.shares(counts, lengths, max(postings.lengths.sum() / max(size, 1), 1e-9))
        narrow = np.min_scalar_type(shares.size)
        rows = np.zeros(int(counts.max(initial=0)) + 1, narrow)
        rows[counts] = np.arange(counts.size) * lengths.size
        codes = rows[postings.counts]
        codes += ranks.astype(narrow)[postings.docs]
        return cls(
            size=np.array([size]),
            starts=postings.starts,
            digests=postings.digests,
            lifts=okapi.lifts(np.diff(postings.starts), size),
            shares=shares.ravel(),
            docs=postings.docs,
            codes=codes,
            words=postings.words,
        )

    def terms(self, tokens: Sequence[str]) -> NDArray[np.intp]:
        """Return the terms that tokens are, as often as they come, without those unknown."""
        return positions(self.digests, tokens)

    def vocabulary(self) -> Iterator[str]:
        """Give the terms one at a time, in the order of their numbers."""
        return (line[:-1].decode() for line in BytesIO(self.words.data))

    def spans(self, terms: NDArray[np.intp], within: range | None) -> list[slice]:
        """Return where the postings of each term are, or those of them in some documents."""
        starts, ends = self.starts[terms].tolist(), self.starts[terms + 1].tolist()
        spans = list(map(slice, starts, ends))
        return spans if within is None else [self._narrowed(span, within) for span in spans]

    def addends(
        self, terms: NDArray[np.intp], spans: Sequence[slice]
    ) -> tuple[NDArray[np.intp], Floats]:
        """Return the documents of the postings in spans, and what they add, term by term."""
        docs = np.concatenate([self.docs[:0], *(self.docs[one] for one in spans)], dtype=np.intp)
        codes = np.concatenate([self.codes[:0], *(self.codes[one] for one in spans)], dtype=np.intp)
        found = self.shares.take(codes)  # a third faster than shares[codes]
        # In place: over 250,000 texts, arrays of their own take a question from .5 to 1.6 ms.
        found *= np.repeat(self.lifts[terms], [one.stop - one.start for one in spans])
        return docs, found

    def arrays(self) -> Iterator[NDArray[Any]]:
        """Give its arrays in the order of its constructor, the widest first, which aligns them."""
        return (getattr(self, field.name) for field in fields(self))

    def _narrowed(self, span: slice, within: range) -> slice:
        """Return where the postings of some documents are among those of a term."""
        # Of the type of the documents: else searchsorted would make all of them wider first.
        ends = np.array([within.start, within.stop], self.docs.dtype)
        first, last = self.docs[span].searchsorted(ends).tolist()
        return slice(span.start + first, span.start + last)
