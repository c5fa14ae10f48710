"""Arrays in one file, to be memory-mapped: written whole or not at all, read only if unharmed."""

import hashlib
import os
from collections.abc import Iterable
from io import BufferedReader, BytesIO
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.errors import Fault, UnreadableError

_HEADER = 128  # bytes: the edition, and the digest of all that follows


def name_of(*parts: str) -> str:
    """Return a file's name that says all that the file is made of."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


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
            file.seek(_HEADER)
            header = _header(edition, hashlib.file_digest(file, "sha256"))
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
            _check(path, edition, file.read(_HEADER), hashlib.file_digest(file, "sha256"))
            return _arrays(file, np.memmap(file, np.uint8, "r"))
    except OSError as error:
        raise UnreadableError(Fault(str(path), 0, str(error.strerror))) from error


def load(path: Path, edition: str) -> list[NDArray[Any]]:
    """Read the arrays of a file into memory, read-only; nothing of the file stays open.

    Raises:
        UnreadableError: The file is missing, damaged, of another edition or something else.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(Fault(str(path), 0, str(error.strerror))) from error
    digest = hashlib.sha256(memoryview(content)[_HEADER:])
    _check(path, edition, content[:_HEADER], digest)
    return _arrays(BytesIO(content), np.frombuffer(content, np.uint8))


def _check(path: Path, edition: str, header: bytes, digest: "hashlib._Hash") -> None:
    """Raise an error that names the file unless it is what was saved, of this edition."""
    if not header.startswith(f"{edition} ".encode()):
        raise UnreadableError(Fault(str(path), 0, f"not of this edition: {edition}"))
    if header != _header(edition, digest):
        raise UnreadableError(Fault(str(path), 0, "damaged: not what was saved"))


def _header(edition: str, digest: "hashlib._Hash") -> bytes:
    """Return the header that belongs to what stands behind it, given the digest of that."""
    return f"{edition} {digest.hexdigest()}\n".encode().ljust(_HEADER)


def _arrays(file: BufferedReader | BytesIO, whole: NDArray[np.uint8]) -> list[NDArray[Any]]:
    """Return the arrays behind the header as views of the whole file; none of them is read yet."""
    arrays: list[NDArray[Any]] = []
    start = file.seek(_HEADER)
    while start < whole.size:
        np.lib.format.read_magic(file)
        shape, _, dtype = np.lib.format.read_array_header_1_0(file)
        arrays.append(np.ndarray(shape, dtype, whole.data, file.tell()))
        start = file.seek(file.tell() + arrays[-1].nbytes)
    return arrays
