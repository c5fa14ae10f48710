"""The windows of a library as the encoder sees them: kept where they were made, made in time."""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answers.encoder.encoder import WIDTH, Encoder
from bot.answers.meanings import Meanings
from bot.answers.retrieval.collection import Collection
from bot.errors import UnreadableError
from bot.files.leftovers import delete_unused
from bot.search import saved

_EDITION = "encoded 2"  # the number goes up when windows or their vectors become others
log = logging.getLogger(__name__)


class Encodings:
    """The vectors of a collection's windows; those of some episodes may be missing.

    Below the folder `cache` those of each episode are kept, and all of them joined, to be mapped.
    """

    def __init__(self, collection: Collection, encoder: Encoder, cache: Path | None) -> None:
        self.collection, self.encoder, self._cache = collection, encoder, cache
        self._folder = cache / "encoded" if cache else None
        self._made: dict[int, Meanings] = {}

    def renewed(self) -> "Encodings":
        """Return the same with all that was made meanwhile, which `joined` does not show."""
        other = Encodings(self.collection, self.encoder, self._cache)
        other._made = dict(self._made)
        return other

    def missing(self) -> list[int]:
        """Return the places of episodes without vectors, the newest first."""
        entries = range(len(self.collection.library.entries))
        found = [at for at in reversed(entries) if at not in self._made and not self._is_kept(at)]
        return [] if found and self.encoder.fault else found

    def make(self, at: int) -> None:
        """Make the vectors of an episode, and keep them, unless another process has done so."""
        if self.encoder.fault or self._is_kept(at):
            return
        windows = self.collection.windows_of(at)
        texts = [
            self.collection.window(one).in_context for one in range(windows.start, windows.stop)
        ]
        found = self.encoder.of(texts)
        path = self._path(at)
        try:
            if path:
                saved.write(path, _EDITION, [found])
                return
        except OSError as error:
            log.warning("Nothing is kept in %s: %s", path and path.parent, error.strerror)
        self._made[at] = found

    @cached_property
    def joined(self) -> tuple[Meanings, NDArray[np.bool_]]:
        """Return the vectors of all windows, and which of them are there; the rest are zeros.

        Their shapes are (windows, WIDTH) and (windows,).
        """
        sizes = np.diff(self.collection.window_starts)
        there = [at in self._made or self._is_kept(at) for at in range(sizes.size)]
        if self.encoder.fault:  # what it made before is of no use without it
            there = [False] * sizes.size
        vectors = self._vectors(there)
        return vectors, np.repeat(np.array(there, bool), sizes)

    def _vectors(self, there: list[bool]) -> Meanings:
        """Return the vectors of what is there; what turns out to be damaged no longer is."""
        if self._folder is None or self._made or not any(there):
            return self._join(there)
        names = [self._name(at) for at, one in enumerate(there) if one]
        path = self._folder / f"joined-{saved.name_of(*names, str(there))}"
        try:
            [found] = saved.read(path, _EDITION)
        except UnreadableError:
            wanted = list(there)
            found = self._join(there)
            if there == wanted:
                self._keep(path, found)
        return found

    def _join(self, there: list[bool]) -> Meanings:
        joined: Meanings = np.zeros((len(self.collection), WIDTH), np.int8)
        for at, one in enumerate(there):
            if one and (vectors := self._of(at)) is not None:
                joined[self.collection.windows_of(at)] = vectors
            else:
                there[at] = False
        return joined

    def _keep(self, path: Path, joined: Meanings) -> None:
        try:
            saved.write(path, _EDITION, [joined])
            entries = range(len(self.collection.library.entries))
            delete_unused(path.parent, {path.name, *map(self._name, entries)})
            for other in path.parent.glob("joined-*"):  # as large as all the rest together
                if other != path and "." not in other.name:  # no other process's, half written
                    other.unlink(missing_ok=True)
        except OSError as error:
            log.warning("Nothing is kept in %s: %s", path.parent, error.strerror)

    def _of(self, at: int) -> Meanings | None:
        """Return an episode's vectors; those that are damaged are deleted, to be made anew."""
        path = self._path(at)
        if at in self._made or path is None:
            return self._made.get(at)
        windows = self.collection.windows_of(at)
        try:
            found: Meanings
            [found] = saved.load(path, _EDITION)
            if found.shape == (windows.stop - windows.start, WIDTH):
                return found
        except UnreadableError as error:
            log.warning("Made anew: %s", error)
        with suppress(OSError):
            path.unlink()
        return None

    def _is_kept(self, at: int) -> bool:
        path = self._path(at)
        return path is not None and path.exists()

    def _path(self, at: int) -> Path | None:
        if self._folder is None or not self.collection.library.entries[at].key:
            return None
        return self._folder / self._name(at)

    def _name(self, at: int) -> str:
        return saved.name_of(_EDITION, self.encoder.digest, self.collection.library.entries[at].key)


def encode_missing(encodings: Encodings, stopped: Callable[[], bool]) -> bool:
    """Make what is missing, one episode after another, and return whether anything was made."""
    made = False
    for at in encodings.missing():
        if stopped():
            break
        encodings.make(at)
        made = True
    return made
