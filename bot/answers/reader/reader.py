"""The reader's model: loaded when it is first needed, run on one thread."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bot.errors import BotError

if TYPE_CHECKING:  # neither wheel is needed to import this
    from onnxruntime import InferenceSession

    from bot.answers.reader.pairs import Pairs, Window

FOLDER = Path(__file__).parent
# More are never read: 64 cost about a second on one thread, so that no question blocks a worker.
MOST_WINDOWS = 64


class ReaderUnavailableError(BotError):
    """The reader cannot read: a wheel is missing for this platform, or a file is damaged."""


class _Card(msgspec.Struct, frozen=True):
    sha256: dict[str, str]


class Reader:
    """Reads a question and windows together, and says how surely each window answers."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Take the folder with `model.onnx`, `tokenizer.json` and `card.json`; load nothing."""
        self._folder = folder

    def load(self) -> None:
        """Load what the first question would: for a server's start.

        Raises:
            ReaderUnavailableError: A wheel or a file is missing, or a file is not the card's.
        """
        _ = self._parts

    def scores(self, question: str, windows: Sequence["Window"]) -> list[float]:
        """Return a logit for each window, in their order; the higher, the surer it answers.

        At most `MOST_WINDOWS` are read, and of each pair as many tokens as `pairs` says. The same
        pair gives the same bits on every run, whatever is read beside it.

        Raises:
            ReaderUnavailableError: As `load`.
        """
        pairs, session = self._parts
        # One pair at a time: int8 rounds by the largest number of a batch, and padding costs time.
        batches = (pairs.batch([pairs.row(question, window)]) for window in windows[:MOST_WINDOWS])
        return [float(session.run(None, batch._asdict())[0][0]) for batch in batches]

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
