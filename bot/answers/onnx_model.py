"""A model in a folder of its own: held against its card, and loaded to run on one thread.

`model.onnx` is its graph, `model.onnx.data` its weights: onnxruntime maps them into memory.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bot.errors import BotError

if TYPE_CHECKING:  # the wheel is not needed to import this
    from onnxruntime import InferenceSession


FILES = ("model.onnx", "model.onnx.data")


class ModelUnavailableError(BotError):
    """A model cannot run here: a wheel is missing for this platform, or a file is damaged."""


class _Card(msgspec.Struct, frozen=True):
    sha256: dict[str, str]


def session(folder: Path) -> "InferenceSession":
    """Load the `model.onnx` of a folder, whose `card.json` has the digests of its files.

    Raises:
        ModelUnavailableError: a wheel or a file is missing, or a file is not the card's.
    """
    try:
        import onnxruntime  # noqa: PLC0415 - a platform may have no wheel
    except ImportError as error:
        raise ModelUnavailableError(f"{folder.name} cannot run here: {error}") from error
    _check(folder)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.enable_cpu_mem_arena = False  # 10 MB less, no slower
    model = str(folder / FILES[0])
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors share no type
        raise ModelUnavailableError(f"{model}: {_line(error)}") from error


def digest_of(folder: Path) -> str:
    """Return what names a folder's model, by its card; empty where that cannot be read."""
    try:
        card = msgspec.json.decode((folder / "card.json").read_bytes(), type=_Card)
    except (OSError, msgspec.MsgspecError):
        return ""
    return "".join(card.sha256.get(name, "") for name in FILES)


def _check(folder: Path) -> None:
    """Hold the files against the digests on the card."""
    try:
        card = msgspec.json.decode((folder / "card.json").read_bytes(), type=_Card)
        for name, wanted in card.sha256.items():
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
                    what = "damaged: not the file of card.json"
                    raise ModelUnavailableError(f"{folder / name}: {what}")
    except (OSError, msgspec.MsgspecError) as error:
        raise ModelUnavailableError(f"{folder}: {_line(error)}") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
