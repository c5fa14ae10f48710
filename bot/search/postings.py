"""Postings: how often each term stands in which document, as flat arrays."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.search import merging, saved
from bot.search.terms import digests
from bot.search.tokens import EDITION, tokens

_EDITION = f"postings 1 {EDITION}"  # the number goes up when the arrays become others


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The counts of a collection; everything else about it is derived from them.

    Terms are numbered in the order of their `digests`, ascending. Term `t` stands in the documents
    `docs[p]`, ascending, `counts[p]` times each, for `p` from `starts[t]` up to `starts[t + 1]`.
    `lengths` are tokens a document; `words` is the UTF-8 of the terms, a line each. Counts are of
    the narrowest type that holds the highest of them: one byte, but for a document that says one
    word 256 times.
    """

    starts: NDArray[np.int64]
    digests: NDArray[np.uint64]
    docs: NDArray[np.int32]
    lengths: NDArray[np.int32]
    counts: NDArray[np.unsignedinteger]
    words: NDArray[np.uint8]

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> Self:
        """Count the tokens of texts."""
        return cls.of(map(tokens, texts))

    @classmethod
    def of(cls, documents: Iterable[Sequence[str]]) -> Self:
        """Count the tokens of documents, each a sequence of tokens."""
        words, numbers, lengths = _numbered(documents)
        marks = digests(words)
        order = np.argsort(marks)
        terms, docs, counts = _counted(np.argsort(order)[numbers], lengths)
        return cls(
            starts=np.searchsorted(terms, np.arange(len(words) + 1)),
            digests=marks[order],
            docs=docs.astype(np.int32),
            lengths=lengths,
            counts=counts.astype(np.min_scalar_type(int(counts.max(initial=0)))),
            words=np.frombuffer("".join(f"{words[at]}\n" for at in order).encode(), np.uint8),
        )

    @classmethod
    def merged(cls, parts: Sequence[Self]) -> Self:
        """Return the postings of all documents of parts, one part after another."""
        terms = merging.terms([part.digests for part in parts])
        return cls(
            **merging.placed(parts, terms),
            digests=terms.digests,
            lengths=np.concatenate([np.empty(0, np.int32), *(part.lengths for part in parts)]),
            words=merging.lines([part.words for part in parts], terms.first),
        )

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read what `save` left in a file into memory: a thousand maps would need as many files.

        Raises:
            UnreadableError: The file is missing, damaged, or of another edition.
        """
        return cls(*saved.load(path, _EDITION))

    def save(self, path: Path) -> None:
        """Save in a file, for `read`; what was there before is replaced in one step."""
        saved.write(path, _EDITION, self.arrays())

    def arrays(self) -> Iterator[NDArray[Any]]:
        """Give its arrays in the order of its constructor, the widest first, which aligns them."""
        return (getattr(self, field.name) for field in fields(self))


def _numbered(
    documents: Iterable[Sequence[str]],
) -> tuple[list[str], NDArray[np.int64], NDArray[np.int32]]:
    """Return the tokens that there are, the number of each token in them, and tokens a document."""
    seen: defaultdict[str, int] = defaultdict()
    seen.default_factory = seen.__len__  # a new token gets the next number
    numbers, lengths = array("q"), array("i")
    for document in documents:
        numbers.extend(map(seen.__getitem__, document))
        lengths.append(len(document))
    return list(seen), np.array(numbers, np.int64), np.array(lengths, np.int32)


def _counted(
    numbers: NDArray[np.intp], lengths: NDArray[np.int32]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return each term that stands in a document, the document, and how often; by term.

    `numbers` are those of the terms of all documents, one document after another.
    """
    owners = np.repeat(np.arange(lengths.size), lengths)
    # A pair of term and document is one number, the term first, so that one sort counts.
    pairs, counts = np.unique(numbers * lengths.size + owners, return_counts=True)
    terms, docs = np.divmod(pairs, max(lengths.size, 1))
    return terms, docs, counts
