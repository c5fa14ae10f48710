"""Words in the order of the alphabet, one a line, looked at where they lie."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Self

import numpy as np


class WordList:
    """All words of some texts: half a million take eight megabytes, and some milliseconds."""

    def __init__(self, lines: bytes) -> None:
        """Take words in UTF-8, each once, in the order of their bytes, one a line."""
        self._lines = lines + b"\n" if lines else b""
        ends = np.flatnonzero(np.frombuffer(self._lines, np.uint8) == ord("\n"))
        self._starts = np.append(0, ends + 1)

    @classmethod
    def of(cls, words: Iterable[str]) -> Self:
        """Take words in any order, as often as they come."""
        return cls("\n".join(sorted(set(words))).encode())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        """Give all, in order."""
        return iter(self._between(0, len(self)))

    def __contains__(self, word: str) -> bool:
        sought = word.encode()
        at = bisect_left(range(len(self)), sought, key=self._line)
        return at < len(self) and self._line(at) == sought

    def beginning(self, letter: str) -> list[str]:
        """Return those that begin with a letter, in order."""
        sought, places = letter.encode(), range(len(self))

        def begin(at: int) -> bytes:
            return self._line(at)[: len(sought)]

        first = bisect_left(places, sought, key=begin)
        return self._between(first, bisect_right(places, sought, lo=first, key=begin))

    def _line(self, at: int) -> bytes:
        return self._lines[self._starts[at] : self._starts[at + 1] - 1]

    def _between(self, first: int, last: int) -> list[str]:
        if first == last:
            return []
        return self._lines[self._starts[first] : self._starts[last] - 1].decode().split("\n")
