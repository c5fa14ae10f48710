"""From a knowledge folder to a library: what is known is looked up, what is new is read."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import overload

from bot.episodes.knowledge.folder import Scan, episode_folder, source_in
from bot.episodes.knowledge.shelf import Kept, Shelf, key_of, place_of
from bot.episodes.library import Entry, Library
from bot.episodes.metadata import METADATA
from bot.episodes.model import Episode
from bot.episodes.source import Source
from bot.errors import Fault, UnreadableError

# Episodes that are kept at hand, about half a megabyte each; chosen by hand: what the answers of
# a busy minute stand in.
_AT_HAND = 64
_KEPT = "cannot be read; the edition before it answers"


class Episodes(Sequence[Episode]):
    """The episodes of a library, each read from the shelf when it is looked at."""

    def __init__(self, shelf: Shelf, sources: Sequence[tuple[Source, Entry]]) -> None:
        self._shelf, self._sources = shelf, sources
        self._unkept: dict[str, Episode] = {}
        self._at = lru_cache(_AT_HAND)(self._read)

    def __len__(self) -> int:
        return len(self._sources)

    @overload
    def __getitem__(self, at: int) -> Episode: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Episode]: ...
    def __getitem__(self, at: int | slice) -> Episode | Sequence[Episode]:
        places = range(len(self))[at]
        return self._at(places) if isinstance(places, int) else [self._at(one) for one in places]

    def keep(self, key: str, episode: Episode) -> None:
        """Keep an episode at hand that the shelf cannot keep."""
        self._unkept[key] = episode

    def _read(self, at: int) -> Episode:
        source, entry = self._sources[at]
        found = self._unkept.get(entry.key) or self._shelf.get(entry.key)
        if found is None:  # the shelf was emptied: nothing is lost while the file is as it was
            if key_of(source) != entry.key:
                raise UnreadableError(Fault(str(source.path), 0, "has changed since it was read"))
            found, _ = _read(source)
            self._shelf.put(entry.key, found)
        return found


def load(folder: Path, cache: Path | None = None) -> Library:
    """Load every episode of a knowledge folder; an unreadable one never hinders the others.

    What was read is kept below the folder `cache`; without one, in memory alone.
    """
    scan = Scan(folder)
    return _library(scan.sources, scan.faults, Shelf(cache))


def check(path: Path) -> Library:
    """Load a knowledge folder, one episode's folder, or one transcript file; nothing is kept."""
    try:
        if not path.is_dir():
            beside = (path.parent / METADATA).exists()
            alone = source_in(path.parent, path) if beside else Source(path.stem, path.name, path)
            return _library([alone], (), Shelf(None))
        if source := episode_folder(path):
            return _library([source], (), Shelf(None))
    except OSError as error:
        return Library((), (Fault(str(path), 0, f"cannot be read: {error.strerror}"),))
    return load(path)


def _library(sources: Iterable[Source], faults: Iterable[Fault], shelf: Shelf) -> Library:
    found: dict[str, tuple[Source, Kept]] = {}
    new: dict[str, Episode] = {}
    told = list(faults)
    for source in sources:
        key, known = key_of(source), shelf.known(source)
        if known is None or known.entry.key != key:
            try:
                known, episode = _fresh(source, key, shelf)
            except UnreadableError as error:
                told += error.faults
                if known is None or shelf.get(known.entry.key) is None:
                    continue
                told.append(Fault(str(source.path), 0, _KEPT))
            else:
                if not shelf.put(key, episode):
                    new[key] = episode
        found[place_of(source)] = source, known
    shelf.put_known({name: kept for name, (_, kept) in found.items()})
    return _ordered(list(found.values()), told, shelf, new)


def _fresh(source: Source, key: str, shelf: Shelf) -> tuple[Kept, Episode]:
    """Return an episode as it is read now, or was right before by whoever put it there."""
    if handed_over := shelf.take_over(key):
        return Kept(Entry.of(handed_over, key), ()), handed_over
    episode, warnings = _read(source)
    if key_of(source) != key:
        raise UnreadableError(Fault(str(source.path), 0, "is being written; it is read later"))
    return Kept(
        Entry.of(episode, key), tuple(f"{one.line}: {one.what}" for one in warnings)
    ), episode


def _read(source: Source) -> tuple[Episode, tuple[Fault, ...]]:
    # What is on the shelf needs no parser.
    from bot.episodes.knowledge.reading import read_episode  # noqa: PLC0415 - it loads them all

    return read_episode(source)


def _ordered(
    found: Sequence[tuple[Source, Kept]],
    faults: Sequence[Fault],
    shelf: Shelf,
    new: dict[str, Episode],
) -> Library:
    """Return the library in order of date, where there is one, of number and of name."""
    ordered = sorted(
        found, key=lambda one: (one[1].entry.date or "", one[1].entry.number or 0, one[0].slug)
    )
    sources = [(source, kept.entry) for source, kept in ordered]
    episodes = Episodes(shelf, sources)
    for key, episode in new.items():
        episodes.keep(key, episode)
    entries = [entry for _, entry in sources]
    warned = [
        Fault(str(source.path), int(line), what)
        for source, kept in ordered
        for line, _, what in (one.partition(": ") for one in kept.warnings)
    ]
    return Library(episodes, faults, entries, warned)
