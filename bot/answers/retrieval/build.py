"""From a library to its collection: what was built before is mapped, what is new is built."""

import logging
from pathlib import Path

from bot.answers.language.thesaurus import Thesaurus
from bot.answers.retrieval import part
from bot.answers.retrieval.collection import Collection
from bot.answers.retrieval.part import Part
from bot.answers.retrieval.word_vectors import WordVectors
from bot.episodes import Library
from bot.errors import UnreadableError
from bot.files.leftovers import delete_unused
from bot.search import saved
from bot.search.tokens import EDITION

_KEPT = 4  # collections: the newest, and those that older processes may open once more

log = logging.getLogger(__name__)


class Builder:
    """Builds the collections of libraries, with one thesaurus and one table of vectors.

    Below the folder `cache` it keeps the part of each episode and the collections put together
    from them, under names that say all that they are made of. Two processes that build at once
    write the same files, each in one step. Without a folder nothing is kept.
    """

    def __init__(self, thesaurus: Thesaurus, vectors: WordVectors, cache: Path | None) -> None:
        self._thesaurus, self._vectors = thesaurus, vectors
        self._cache = cache / "index" if cache else None
        self._told = False
        self._made_with = saved.name_of(part.EDITION, EDITION, thesaurus.digest, vectors.digest)

    def collection(self, library: Library) -> Collection:
        """Return the collection of a library."""
        keys = [one.key for one in library.entries]
        if self._cache is None or not all(keys):
            return Collection.of(library, [self._read(library, at) for at in range(len(keys))])
        folder = self._cache / saved.name_of(self._made_with, *keys)
        try:
            return Collection.open(library, folder)
        except UnreadableError:
            return self._build(library, folder)

    def _build(self, library: Library, folder: Path) -> Collection:
        found = Collection.of(
            library, [self._part(library, at) for at in range(len(library.entries))]
        )
        if len(found) and not found.meanings.shape[1]:
            return found  # of words alone: not what the next start may have
        try:
            found.save(folder)
            opened = Collection.open(library, folder)  # its pages are shared, those it had freed
        except (OSError, UnreadableError) as error:
            log.warning("The index is not kept in %s: %s", folder, error)
            return found
        self._tidy(library)
        return opened

    def _part(self, library: Library, at: int) -> Part:
        """Return the part of an episode, built if it is not there unharmed."""
        path = self._parts / saved.name_of(self._made_with, library.entries[at].key)
        try:
            return Part.from_arrays(saved.load(path, part.EDITION))
        except UnreadableError:
            built = self._read(library, at)
        if not _is_whole(built):
            return built
        try:
            saved.write(path, part.EDITION, built.arrays())
        except OSError as error:
            if not self._told:
                log.warning("Nothing is kept in %s: %s", path.parent, error.strerror)
            self._told = True
        return built

    def _read(self, library: Library, at: int) -> Part:
        return Part.of(library.episodes[at], self._thesaurus, self._vectors)

    @property
    def _parts(self) -> Path:
        return (self._cache or Path()) / "parts"

    def _tidy(self, library: Library) -> None:
        """Delete older collections, and parts of episodes that have been gone for some days."""
        used = {saved.name_of(self._made_with, one.key) for one in library.entries}
        delete_unused(self._parts, used)
        try:
            folders = sorted(
                (one for one in self._parts.parent.iterdir() if one != self._parts),
                key=lambda one: one.stat().st_mtime,
            )
            for folder in folders[:-_KEPT]:
                for file in folder.iterdir():
                    file.unlink(missing_ok=True)
                folder.rmdir()
        except OSError as error:  # another process tidies too
            log.debug("Not all was tidied in %s: %s", self._parts.parent, error)


def _is_whole(built: Part) -> bool:
    """Return whether word vectors could be made: a part without them is not what is to be kept."""
    return built.meanings.shape[1] > 0 or not len(built.windows)
