"""How common words are in spoken English about technology, beyond one episode.

`background.tsv` counts in how many of the paragraphs of 144 published podcast transcripts each
stem occurs, and marks with `*` those that are no words of a general English dictionary: names,
acronyms, jargon (README.md beside it tells where both come from). Counts only, no text.
"""

import math
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

_TABLE = Path(__file__).with_name("background.tsv")
# In so many paragraphs of the background a word is said often enough to be meant. Chosen by hand.
SAID = 3


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

    def is_slip(self, stem: str) -> bool:
        """Return whether it is a single slip away from a word of general English."""
        distance = DamerauLevenshtein.distance
        near = process.extractOne(stem, self._common, scorer=distance, score_cutoff=1)
        return near is not None

    @cached_property
    def _common(self) -> list[str]:
        """The words of general English that are said often enough to be meant."""
        return [
            stem for stem in self._counts if not self.foreign(stem) and self.count(stem) >= SAID
        ]

    def rarity(self, stem: str) -> float:
        """Inverse document frequency, scaled so that a word never seen has 1."""
        return self._idf(self.count(stem)) / self._rarest

    def _idf(self, count: int) -> float:
        return math.log((self._documents + 1) / (count + 0.5))


@cache
def background() -> Background:
    """Return the table that ships with the bot; its first row holds the number of documents."""
    fields = _TABLE.read_text("utf-8").split()
    return Background(int(fields[1]), dict(zip(fields[2::2], fields[3::2], strict=True)))
