"""The reader's model: loaded when it is first needed, run on one thread."""

import hashlib
import logging
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from bot.answers.reader import FOLDER
from bot.answers.reader.said import Said
from bot.errors import BotError

if TYPE_CHECKING:  # neither wheel is needed to import this
    from onnxruntime import InferenceSession

    from bot.answers.reader.pairs import Pairs


log = logging.getLogger(__name__)


class ReaderUnavailableError(BotError):
    """The reader cannot read: a wheel is missing for this platform, or a file is damaged."""


class _Card(msgspec.Struct, frozen=True):
    sha256: dict[str, str]


class Reader:
    """Reads a question and windows together, and says how surely each window answers."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Take the folder with `model.onnx`, `tokenizer.json` and `card.json`; load nothing."""
        self._folder = folder
        self._lock = Lock()  # a server's start and its first questions load at the same time

    def load(self) -> None:
        """Load what the first question would: for a server's start.

        Raises:
            ReaderUnavailableError: A wheel or a file is missing, or a file is not the card's.
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
        except ReaderUnavailableError as error:
            log.warning("Answering without the reader, by words alone: %s", error)
            return str(error)
        return None

    def score(self, question: str, window: Said) -> float:
        """Return the logit that a window answers; the higher, the surer.

        Of a pair as many tokens are read as `pairs` says. The same pair gives the same bits on
        every run: pairs are read one at a time, since int8 rounds by the largest number of a batch.

        Raises:
            ReaderUnavailableError: As `load`.
        """
        pairs, session = self._parts
        batch = pairs.batch([pairs.row(question, window)])
        return float(session.run(None, batch._asdict())[0][0])

    @cached_property
    def _parts(self) -> "tuple[Pairs, InferenceSession]":
        try:
            import onnxruntime  # noqa: PLC0415 - a platform may have no wheel

            from bot.answers.reader.pairs import Pairs  # noqa: PLC0415 - imports tokenizers
        except ImportError as error:
            raise ReaderUnavailableError(f"the reader cannot run here: {error}") from error
        self._check()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        options.enable_cpu_mem_arena = False  # 10 MB less, no slower
        model = str(self._folder / "model.onnx")
        try:
            session = onnxruntime.InferenceSession(
                model, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own errors share no type
            raise ReaderUnavailableError(f"{model}: {_line(error)}") from error
        return Pairs(self._folder / "tokenizer.json"), session

    def _check(self) -> None:
        """Hold the files against the digests on the card."""
        try:
            card = msgspec.json.decode((self._folder / "card.json").read_bytes(), type=_Card)
            for name, wanted in card.sha256.items():
                with (self._folder / name).open("rb") as file:
                    if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
                        raise ReaderUnavailableError(
                            f"{self._folder / name}: damaged: not the file of card.json"
                        )
        except (OSError, msgspec.MsgspecError) as error:
            raise ReaderUnavailableError(f"{self._folder}: {_line(error)}") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
