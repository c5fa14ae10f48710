"""The encoder's model: loaded when it is first needed, run on one thread."""

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.answers.encoder import FOLDER
from bot.answers.meanings import Meanings, whole_numbers
from bot.answers.onnx_model import ModelUnavailableError, digest_of, session
from bot.answers.reader import TOKENIZER

if TYPE_CHECKING:  # neither wheel is needed to import this
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WIDTH = 384
# A text costs time for each token: a window of 60 words comes to about 85, with what was said
# before to some 120. Of a longer one the end is read, where the window stands.
MOST_TOKENS = 160
_CHARACTERS = 2_000  # hold more tokens than are read; longer texts are cut before
# Texts whose vectors are kept: questions come again, and some six megabytes are little.
_REMEMBERED = 4_096

log = logging.getLogger(__name__)


class Encoder:
    """Turns texts into vectors, so that questions lie near what answers them."""

    def __init__(self, folder: Path = FOLDER, tokenizer: Path = TOKENIZER) -> None:
        """Take the folder with the model and `card.json`; load nothing."""
        self._folder, self._tokenizer = folder, tokenizer
        self._lock = Lock()  # a server's start and its first questions load at the same time

    @cached_property
    def digest(self) -> str:
        """Return what names the model; empty where its card cannot be read."""
        return digest_of(self._folder)

    @property
    def fault(self) -> str | None:
        """Return why it cannot run here; None where it can. The first look loads it."""
        with self._lock:
            return self._fault

    @cached_property
    def _fault(self) -> str | None:
        try:
            _ = self._parts
        except ModelUnavailableError as error:
            log.warning("Searching without the encoder: %s", error)
            return str(error)
        return None

    def of(self, texts: Sequence[str]) -> Meanings:
        """Return the vectors of texts as whole numbers, of shape (texts, WIDTH).

        Each is computed by itself, so that the same text has the same bits whatever is beside it.
        Where the encoder cannot run, there are no columns.
        """
        if self.fault:
            return np.empty((len(texts), 0), np.int8)
        return _rows(map(self._kept, texts), len(texts))

    @cached_property
    def _kept(self) -> Callable[[str], NDArray[np.float32]]:
        return lru_cache(_REMEMBERED)(self._vector)

    def _vector(self, text: str) -> NDArray[np.float32]:
        tokenizer, model = self._parts
        whole = text[-_CHARACTERS:].encode("utf-8", "replace").decode()  # half a surrogate pair
        ids = tokenizer.encode(whole).ids
        [found] = model.run(None, {"tokens": np.array([ids], np.int64)})
        vector: NDArray[np.float32] = found[0]
        return vector

    @cached_property
    def _parts(self) -> "tuple[Tokenizer, InferenceSession]":
        model = session(self._folder)
        from tokenizers import Tokenizer  # noqa: PLC0415 - a platform may have no wheel

        tokenizer = Tokenizer.from_file(str(self._tokenizer))
        tokenizer.enable_truncation(MOST_TOKENS, direction="left")
        tokenizer.no_padding()
        tokenizer.encode_special_tokens = True  # "[SEP]" in a text is words
        return tokenizer, model


def _rows(vectors: Iterable[NDArray[np.float32]], count: int) -> Meanings:
    found = np.zeros((count, WIDTH), np.int8)
    for at, vector in enumerate(vectors):
        found[at] = whole_numbers(vector)
    return found
