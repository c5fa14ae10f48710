"""Arrays in one file, to be memory-mapped: written whole or not at all, read only if unharmed."""

import hashlib
import os
from collections.abc import Iterable
from io import BufferedRandom, BufferedReader
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.errors import Fault, UnreadableError

_HEADER = 128  # bytes: the edition, and the digest of all that follows


def write(path: Path, edition: str, arrays: Iterable[NDArray[Any]]) -> None:
    """Save arrays in one file, which takes the old one's place only when it is complete.

    Whoever has the old file mapped keeps its pages.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{token_hex(4)}")
    try:
        with new.open("x+b") as file:
            file.write(bytes(_HEADER))
            for array in arrays:
                np.save(file, array, allow_pickle=False)
            header = _header(edition, file)
            file.seek(0)
            file.write(header)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def read(path: Path, edition: str) -> list[NDArray[Any]]:
    """Map the arrays of a file, read-only; processes that map the same one share its pages.

    Raises:
        UnreadableError: The file is missing, damaged, of another edition or something else.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
            if not header.startswith(f"{edition} ".encode()):
                raise UnreadableError(Fault(str(path), 0, f"not of this edition: {edition}"))
            if header != _header(edition, file):
                raise UnreadableError(Fault(str(path), 0, "damaged: not what was saved"))
            return _mapped(file)
    except OSError as error:
        raise UnreadableError(Fault(str(path), 0, str(error.strerror))) from error


def _header(edition: str, file: BufferedRandom | BufferedReader) -> bytes:
    """Return the header that belongs to what stands behind it."""
    file.seek(_HEADER)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{edition} {digest}\n".encode().ljust(_HEADER)


def _mapped(file: BufferedReader) -> list[NDArray[Any]]:
    """Return the arrays behind the header, as views of the file; none is read yet."""
    arrays = []
    end, start = file.seek(0, os.SEEK_END), file.seek(_HEADER)
    while start < end:
        np.lib.format.read_magic(file)
        shape, _, dtype = np.lib.format.read_array_header_1_0(file)
        start = file.tell()
        arrays.append(np.asarray(np.memmap(file, dtype, "r", start, shape)))
        start = file.seek(start + arrays[-1].nbytes)
    return arrays
