"""Search: which windows may answer, by words in common and by nearness in meaning."""

import logging
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.answers.language.thesaurus import Thesaurus
from bot.answers.retrieval.windows import Window, windows
from bot.answers.retrieval.word_vectors import WordVectors
from bot.search import Index
from bot.search.passages import Passage
from bot.search.tokens import stem, words

# How much the words of a window count, those of its whole passage, and what the window means.
# Chosen on the author of questions that training leaves out (`tests/training/evaluate.py`).
_WINDOW, _PASSAGE, _MEANING = 1.0, 0.5, 3.0
Floats = NDArray[np.float64]

log = logging.getLogger(__name__)


class Search:
    """Proposes windows of a library for a question; the reader then reads the best of them."""

    def __init__(
        self, passages: Sequence[Passage], thesaurus: Thesaurus, vectors: WordVectors
    ) -> None:
        """Index the windows of passages; `thesaurus` teaches house words."""
        self.windows = windows(passages)
        self._thesaurus, self._vectors = thesaurus, vectors
        self._words = Index.build([self._indexed(_with_names(one)) for one in self.windows])
        self._passages = Index.build(
            [self._indexed(f"{one.scored} {' '.join(one.names)}") for one in passages]
        )
        self._owners = np.array([one.number for one in self.windows], np.int64)
        self._meanings = self._meant([one.text for one in self.windows])

    def scores(self, query: str, meaning: str) -> Floats:
        """Return how near each window is: the words of `query` there, and `meaning` in any words.

        Each of the three parts has mean 0 and deviation 1 over the library, so that they add up.
        """
        if not self.windows:
            return np.zeros(0)
        said = self._indexed(query)
        total = _WINDOW * _standard(self._words.scores(said))
        total += _PASSAGE * _standard(self._passages.scores(said)[self._owners])
        if self._meanings is not None:
            [asked] = self._vectors.of([meaning])
            total += _MEANING * _standard((self._meanings @ asked).astype(np.float64))
        return total

    def _indexed(self, text: str) -> str:
        """Return a text with the concepts of the thesaurus as words of their own."""
        concepts = self._thesaurus.concepts([stem(word) for word in words(text)])
        return " ".join((text, *_marks(concepts)))

    def _meant(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        try:
            return self._vectors.of(texts)
        except (ImportError, OSError, ValueError) as error:
            log.warning("Searching by words alone: %s", error)
            return None


def _with_names(window: Window) -> str:
    return " ".join((window.asked, window.text, *window.passage.names))


def _marks(concepts: Iterable[str]) -> list[str]:
    """Return concepts as words that no text holds."""
    return [f"concept{concept.replace('_', '')}" for concept in sorted(concepts)]


def _standard(scores: Floats) -> Floats:
    found: Floats = (scores - scores.mean()) / (scores.std() + 1e-9)
    return found
