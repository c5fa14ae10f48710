"""How common words are in spoken English about technology, beyond one episode.

`background.tsv` counts in how many of the paragraphs of 144 published podcast transcripts each
stem occurs (see README.md beside it). Counts only; no text of theirs is kept.
"""

import math
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("background.tsv")


class Background:
    """Document frequencies over a large collection."""

    def __init__(self, documents: int, counts: dict[str, int]) -> None:
        self._counts = counts
        self._documents = documents
        self._rarest = self._idf(0)

    def count(self, stem: str) -> int:
        """In how many documents a stem occurs."""
        return self._counts.get(stem, 0)

    def rarity(self, stem: str) -> float:
        """Inverse document frequency, scaled so that a word never seen has 1."""
        return self._idf(self.count(stem)) / self._rarest

    def _idf(self, count: int) -> float:
        return math.log((self._documents + 1) / (count + 0.5))


@cache
def background() -> Background:
    """The table that ships with the bot; its first line holds the number of documents."""
    rows = _TABLE.read_text("utf-8").split()
    return Background(int(rows[1]), dict(zip(rows[2::2], map(int, rows[3::2]), strict=True)))
