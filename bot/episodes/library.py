"""The knowledge folder: one folder an episode, each with a transcript and `episode.yaml`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.episodes.files import read
from bot.episodes.markdown import parse
from bot.episodes.metadata import read_metadata
from bot.episodes.model import Episode
from bot.errors import Fault, UnreadableError

TRANSCRIPT = "transcript.md"
METADATA = "episode.yaml"


@dataclass(frozen=True, slots=True)
class Library:
    """The episodes that could be read, by number, and the faults of those that could not."""

    episodes: tuple[Episode, ...]
    faults: tuple[Fault, ...] = ()


def load(folder: Path) -> Library:
    """Every episode below a knowledge folder; an unreadable one never hinders the others."""
    try:
        folders = sorted(
            path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")
        )
    except OSError as error:
        return Library((), (Fault(str(folder), 0, f"cannot be read: {error.strerror}"),))
    if not folders:
        what = f"holds no episode: a folder with {TRANSCRIPT} and {METADATA}"
        return Library((), (Fault(str(folder), 0, what),))
    return _gathered(path / TRANSCRIPT for path in folders)


def check(path: Path) -> Library:
    """The same for a knowledge folder, one episode's folder, or one transcript file.

    A single file may stand without `episode.yaml`; its header then speaks alone.
    """
    if (path / TRANSCRIPT).exists() or (path / METADATA).exists():
        return _gathered(iter([path / TRANSCRIPT]))
    if path.is_dir():
        return load(path)
    return _gathered(iter([path]), alone=not path.with_name(METADATA).exists())


def _gathered(transcripts: Iterator[Path], *, alone: bool = False) -> Library:
    episodes: dict[int, Episode] = {}
    faults: list[Fault] = []
    for path in transcripts:
        try:
            episode = _episode(path, alone=alone)
        except UnreadableError as error:
            faults += error.faults
            continue
        if (first := episodes.setdefault(episode.number, episode)) is not episode:
            faults.append(Fault(str(path), 1, f"episode {episode.number} is {first.source} too"))
    return Library(tuple(episodes[number] for number in sorted(episodes)), tuple(faults))


def _episode(path: Path, *, alone: bool) -> Episode:
    """One episode; faults of its two files are told together."""
    faults: list[Fault] = []
    text, metadata = "", None
    try:
        text = read(path)
    except UnreadableError as error:
        faults += error.faults
    try:
        metadata = None if alone else read_metadata(path.with_name(METADATA))
    except UnreadableError as error:
        faults += error.faults
    if faults:
        raise UnreadableError(*faults)
    absolute = path.absolute()
    return parse(text, str(path), f"{absolute.parent.name}/{path.name}", metadata)
