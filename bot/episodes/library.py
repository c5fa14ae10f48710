"""The knowledge folder: one folder an episode, each with a transcript and `episode.yaml`."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.episodes.markdown import parse
from bot.episodes.metadata import read_metadata
from bot.episodes.model import Episode
from bot.errors import Fault, UnreadableError
from bot.files.text import read

TRANSCRIPT = "transcript.md"
METADATA = "episode.yaml"


@dataclass(frozen=True, slots=True)
class Library:
    """The episodes that could be read, by number, and the faults of those that could not."""

    episodes: tuple[Episode, ...]
    faults: tuple[Fault, ...] = ()


def load(folder: Path) -> Library:
    """Load every episode below a knowledge folder; an unreadable one never hinders the others."""
    try:
        # A link that leads nowhere is an episode that cannot be read, and no file to pass over.
        folders = sorted(
            path for path in folder.iterdir() if not (path.is_file() or path.name.startswith("."))
        )
    except OSError as error:
        return _nothing(folder, f"cannot be read: {error.strerror}")
    if not folders:
        return _nothing(folder, f"holds no episode: a folder with {TRANSCRIPT} and {METADATA}")
    return _gathered(path / TRANSCRIPT for path in folders)


def check(path: Path) -> Library:
    """Load a knowledge folder, one episode's folder, or one transcript file.

    A single file may stand without `episode.yaml`; its header then speaks alone.
    """
    try:
        if not path.is_dir():
            return _gathered([path], alone=not path.with_name(METADATA).exists())
        if any((path / name).exists() for name in (TRANSCRIPT, METADATA)):
            return _gathered([path / TRANSCRIPT])
    except OSError as error:
        return _nothing(path, f"cannot be read: {error.strerror}")
    return load(path)


def _nothing(folder: Path, what: str) -> Library:
    return Library((), (Fault(str(folder), 0, what),))


def _gathered(transcripts: Iterable[Path], *, alone: bool = False) -> Library:
    episodes: dict[int, Episode] = {}
    faults: list[Fault] = []
    for path in transcripts:
        try:
            episode = _episode(path, alone=alone)
        except UnreadableError as error:
            faults += error.faults
            continue
        if (first := episodes.setdefault(episode.number, episode)) is not episode:
            what = f"is episode {episode.number}, as {first.source} is; it is left out"
            faults.append(Fault(str(path), 1, what))
    return Library(tuple(episodes[number] for number in sorted(episodes)), tuple(faults))


def _episode(path: Path, *, alone: bool) -> Episode:
    """One episode; faults of its two files are told together."""
    metadata = None
    faults: list[Fault] = []
    try:
        metadata = None if alone else read_metadata(path.with_name(METADATA))
    except UnreadableError as error:
        faults += error.faults
    try:
        absolute = path.absolute()
        source = f"{absolute.parent.name}/{path.name}"
        episode = parse(read(path), str(path), source, metadata)
    except UnreadableError as error:
        raise UnreadableError(*error.faults, *faults) from error
    if faults:
        raise UnreadableError(*faults)
    return episode
