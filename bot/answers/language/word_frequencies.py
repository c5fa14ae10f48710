"""How common words are in spoken English about technology, beyond one episode.

`background.tsv` counts in how many of the paragraphs of 144 published podcast transcripts each
stem occurs, and marks with `*` those that are no words of a general English dictionary: names,
acronyms, jargon (README.md beside it tells where both come from). Counts only, no text.
"""

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("background.tsv")


class Background:
    """Document frequencies over a large collection, by stem."""

    def __init__(self, documents: int, counts: Mapping[str, str]) -> None:
        """Keep the counts as the table writes them; few are ever read."""
        self._counts = counts
        self._documents = documents
        self._rarest = self._idf(0)

    def count(self, stem: str) -> int:
        """In how many documents a stem occurs."""
        return int(self._counts.get(stem, "0").removesuffix("*"))

    def foreign(self, stem: str) -> bool:
        """Whether it is no word of general English: a name, an acronym, a slip of the pen."""
        return self._counts.get(stem, "*").endswith("*")

    def rarity(self, stem: str) -> float:
        """Inverse document frequency, scaled so that a word never seen has 1."""
        return self._idf(self.count(stem)) / self._rarest

    def _idf(self, count: int) -> float:
        return math.log((self._documents + 1) / (count + 0.5))


@cache
def background() -> Background:
    """The table that ships with the bot; its first row holds the number of documents."""
    fields = _TABLE.read_text("utf-8").split()
    return Background(int(fields[1]), dict(zip(fields[2::2], fields[3::2], strict=True)))
