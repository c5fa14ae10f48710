"""The reader's model: loaded when it is first needed, run on one thread."""

import logging
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from bot.answers.onnx_model import ModelUnavailableError, session
from bot.answers.reader import FOLDER
from bot.answers.reader.said import Said

if TYPE_CHECKING:  # neither wheel is needed to import this
    from onnxruntime import InferenceSession

    from bot.answers.reader.pairs import Pairs


log = logging.getLogger(__name__)


class Reader:
    """Reads a question and windows together, and says how surely each window answers."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Take the folder with the model, `tokenizer.json` and `card.json`; load nothing."""
        self._folder = folder
        self._lock = Lock()  # a server's start and its first questions load at the same time

    def load(self) -> None:
        """Load what the first question would: for a server's start.

        Raises:
            ModelUnavailableError: A wheel or a file is missing, or a file is not the card's.
        """
        _ = self._parts

    @property
    def fault(self) -> str | None:
        """Why it cannot read here; None where it can. The first look loads it."""
        with self._lock:
            return self._fault

    @cached_property
    def _fault(self) -> str | None:
        try:
            self.load()
        except ModelUnavailableError as error:
            log.warning("Answering without the reader, by words alone: %s", error)
            return str(error)
        return None

    def score(self, question: str, window: Said) -> float:
        """Return the logit that a window answers; the higher, the surer.

        Of a pair as many tokens are read as `pairs` says. The same pair gives the same bits on
        every run: pairs are read one at a time, since int8 rounds by the largest number of a batch.

        Raises:
            ModelUnavailableError: As `load`.
        """
        pairs, session = self._parts
        tokens, asks = pairs.row(question, window)
        segments = np.arange(len(tokens)) >= asks
        read = {"tokens": np.array([tokens]), "segments": segments[None].astype(np.int64)}
        return float(session.run(None, read)[0][0])

    @cached_property
    def _parts(self) -> "tuple[Pairs, InferenceSession]":
        model = session(self._folder)
        from bot.answers.reader.pairs import Pairs  # noqa: PLC0415 - `tokenizers` may be missing

        return Pairs(self._folder / "tokenizer.json"), model
