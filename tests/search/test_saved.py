"""Arrays in one file: whole or not at all."""

import os
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.search import saved

ARRAYS = [
    np.arange(3.0),
    np.arange(5, dtype=np.int32),
    np.empty(0, np.int32),
    np.zeros(7, np.uint8),
]


def dying() -> Iterator[NDArray[np.float64]]:
    yield np.arange(9.0)
    os._exit(9)


def save_and_die(path: Path) -> None:
    saved.write(path, "first", dying())


def failing() -> Iterator[NDArray[np.float64]]:
    yield np.arange(9.0)
    raise MemoryError


def test_arrays_come_back_mapped_read_only_and_aligned(tmp_path: Path) -> None:
    saved.write(tmp_path / "file", "first", ARRAYS)
    arrays = saved.read(tmp_path / "file", "first")
    for array, original in zip(arrays, ARRAYS, strict=True):
        assert array.dtype == original.dtype
        assert array.tolist() == original.tolist()
        assert isinstance(array.base, np.memmap)
        assert array.flags.aligned
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_a_save_that_fails_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    saved.write(tmp_path / "file", "first", ARRAYS)
    with pytest.raises(MemoryError):
        saved.write(tmp_path / "file", "first", failing())
    assert len(saved.read(tmp_path / "file", "first")) == len(ARRAYS)
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_process_that_dies_while_saving_leaves_what_was_there(tmp_path: Path) -> None:
    saved.write(tmp_path / "file", "first", ARRAYS)
    process = get_context("spawn").Process(target=save_and_die, args=[tmp_path / "file"])
    process.start()
    process.join()
    assert process.exitcode == 9
    assert len(saved.read(tmp_path / "file", "first")) == len(ARRAYS)
