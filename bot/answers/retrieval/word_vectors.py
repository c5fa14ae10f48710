"""Word vectors: texts of like meaning lie near each other, whatever their words.

`word_vectors.npy` holds a vector for each token of the reader's tokenizer, weighted by how much
the token says; a text is the sum of its tokens. `tests/training/word_vectors.py` learns them so
that texts lie as all-MiniLM-L6-v2 lays them (Apache-2.0; static embeddings after Tulkens and van
Dongen, Model2Vec, 2024), and questions near what answers them. Nothing is computed ahead but sums.
"""

import logging
import zlib
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answers.meanings import Meanings, whole_numbers
from bot.answers.reader import TOKENIZER

Vectors = NDArray[np.float32]
TABLE = Path(__file__).with_name("word_vectors.npy")
_TINY = np.float32(1e-9)
_CHARACTERS = 2_000  # of a text; more say nothing new about what it is about
# Words that are remembered, some ten megabytes in a large library; longer ones are no words.
_WORDS, _LONGEST_WORD = 1 << 16, 40

log = logging.getLogger(__name__)


class WordVectors:
    """The table, mapped into memory when it is first needed."""

    def __init__(self, table: Path = TABLE, tokenizer: Path = TOKENIZER) -> None:
        self._paths = table, tokenizer

    @cached_property
    def digest(self) -> str:
        """Return what names the table and how it is read; empty if there is none."""
        try:
            return f"{zlib.crc32(self._paths[0].read_bytes())} {_CHARACTERS}"
        except OSError:
            return ""

    def of(self, texts: Sequence[str]) -> Vectors:
        """Return a vector of length one for each text, of shape (texts, dimensions).

        A text without a token that is known has zeros.

        Raises:
            ImportError: `tokenizers` has no wheel for this platform.
            OSError, ValueError: A file is missing or damaged.
        """
        table, tokens = self._parts
        found = np.zeros((len(texts), table.shape[1]), np.float32)
        for number, text in enumerate(texts):
            # No token stands in two words, and most words come again: far less is split than read.
            ids = list(chain.from_iterable(map(tokens, text[:_CHARACTERS].split())))
            found[number] = table[ids].sum(axis=0, dtype=np.float32)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        scaled: Vectors = np.divide(found, np.maximum(lengths, _TINY), dtype=np.float32)
        return scaled

    def meanings(self, texts: Sequence[str]) -> Meanings:
        """Return the vectors of texts as whole numbers, of shape (texts, dimensions).

        Without vectors, which is logged, there are no columns.
        """
        try:
            found = self.of(texts)
        except (ImportError, OSError, ValueError) as error:
            log.warning("Searching by words alone: %s", error)
            return np.empty((len(texts), 0), np.int8)
        return whole_numbers(found)

    @cached_property
    def _parts(self) -> tuple[NDArray[np.float16], Callable[[str], Sequence[int]]]:
        """Return the table, and what gives the tokens of a word."""
        from tokenizers import Tokenizer  # noqa: PLC0415 - a platform may have no wheel

        table, path = self._paths
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_truncation()
        tokenizer.no_padding()

        def split(word: str) -> Sequence[int]:
            whole = word.encode("utf-8", "replace").decode()  # half a surrogate pair
            ids: Sequence[int] = tokenizer.encode(whole, add_special_tokens=False).ids
            return ids

        remembered = lru_cache(_WORDS)(split)

        def tokens(word: str) -> Sequence[int]:
            return remembered(word) if len(word) <= _LONGEST_WORD else split(word)

        # A plain array over the map: a `memmap` makes a Python object of every row that is taken.
        return np.asarray(np.load(table, mmap_mode="r", allow_pickle=False)), tokens
