"""A look at a knowledge folder: whether it has changed, without reading it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from bot.episodes.knowledge.folder import beside

Stamp = tuple[int, int] | None
# Size and time of change of each file, by its path; None for a folder, and for what is not there.
Look = Mapping[str, Stamp]


def look(folder: Path) -> Look:
    """Return what stands in a knowledge folder, as far as it counts.

    Raises OSError where it cannot be listed.
    """
    return dict(_files(folder, deep=True))


def _files(folder: Path, *, deep: bool) -> Iterator[tuple[str, Stamp]]:
    """Yield what may be an episode or belong to one: of a folder, and of those right in it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if beside(Path(entry.name)):
                continue
            if not _is_folder(entry):
                yield entry.path, _stamp(entry)
            elif deep:
                yield entry.path, None
                with suppress(OSError):  # one that cannot be listed hinders no other
                    yield from _files(Path(entry.path), deep=False)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    try:
        found = entry.stat()
    except OSError:  # a link that leads nowhere, or a file that has just gone
        return None
    return found.st_size, found.st_mtime_ns
