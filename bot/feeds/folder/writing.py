"""Files and folders that are there whole or not at all, whenever the process ends."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

# Hidden, so that the reader of the folder passes over them, and so are gone from its look.
_DRAFT = ".{}.fetching"
# Seconds after which a draft is one that its process did not live to finish. Chosen by hand.
_LEFT_OVER = 3600


@contextmanager
def draft_in(folder: Path) -> Iterator[Path]:
    """Yield a new hidden folder, which is gone in the end unless it was renamed.

    What processes that were ended left behind is deleted. Raises OSError where it cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(_DRAFT.format("*")):
        with suppress(FileNotFoundError):  # another thread's or process's, which is done with it
            if time.time() - left.lstat().st_mtime > _LEFT_OVER:
                shutil.rmtree(left, ignore_errors=True)
    draft = folder / _DRAFT.format(token_hex(8))
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write(path: Path, data: bytes) -> None:
    """Write a file so that it is whole once its name is known, should the power fail too."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def take_away(folder: Path) -> None:
    """Delete a folder of an episode: for who reads beside it, at once."""
    hidden = folder.with_name(_DRAFT.format(token_hex(8)))
    folder.rename(hidden)
    shutil.rmtree(hidden)
