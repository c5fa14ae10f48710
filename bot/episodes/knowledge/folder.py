"""The knowledge folder: which of its files are episodes, and what else lies there."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.episodes.metadata import METADATA
from bot.episodes.source import Source
from bot.errors import Fault

CHAPTERS = "chapters.json"
LARGEST = 20_000_000  # bytes of a transcript: a day of talk has one
SETTINGS = ("thesaurus.yaml",)  # of a knowledge folder, beside the episodes
# What people lay beside transcripts, by name without ending, and by ending.
_PAPERS = frozenset({"readme", "license", "licence", "copying", "notice", "contributing"})
_MEDIA = frozenset(
    {
        *(".mp3", ".m4a", ".mp4", ".wav", ".ogg", ".opus", ".flac", ".webm", ".mov", ".aac"),
        *(".mkv", ".avi", ".wma", ".aiff", ".aif", ".m4b", ".m4v"),
        *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"),
    }
)
_YAML = frozenset({".yaml", ".yml"})
# Before the ending of what was fetched for a file that was edited by hand, and lies beside it.
FETCHED = ".fetched"
_SEVERAL = "holds several transcripts, and an episode.yaml for one: "


class Scan:
    """What a knowledge folder holds: the sources of episodes by slug, in order, and faults."""

    def __init__(self, folder: Path) -> None:
        self.faults: list[Fault] = []
        self._found: dict[str, Source] = {}
        self._root = Path(os.path.realpath(folder))  # `resolve` fails on a link to itself
        try:
            paths = sorted(folder.iterdir())
            self._files([path for path in paths if not self._apart(path)])
        except OSError as error:
            self._fault(folder, f"cannot be read: {error.strerror}")
        if not self._found and not self.faults:
            self._fault(folder, "holds no episode: a transcript, or a folder with one")

    @property
    def sources(self) -> list[Source]:
        """Return what was found."""
        return list(self._found.values())

    def _apart(self, path: Path) -> bool:
        """Take what is no transcript itself, and return whether it is none."""
        if beside(path) or self._leads_out(path) or path.name in SETTINGS or self._odd(path):
            return True
        if path.is_dir():
            self._take_folder(path)
        elif path.suffix.lower() in _YAML:
            self._fault(path, f"is neither an episode nor a setting; settings: {SETTINGS[0]}")
        return path.is_dir() or path.suffix.lower() in _YAML

    def _odd(self, path: Path) -> bool:
        """Return whether it is neither a file nor a folder: a pipe would never end."""
        odd = path.exists() and not path.is_file() and not path.is_dir()
        if odd:
            self._fault(path, "is neither a file nor a folder")
        return odd

    def _take_folder(self, folder: Path) -> None:
        try:
            paths = list(_transcripts(folder))
        except OSError as error:
            self._fault(folder, f"cannot be read: {error.strerror}")
            return
        transcripts = [path for path in paths if not self._leads_out(path) and not self._odd(path)]
        for path in sorted(folder.iterdir()) if transcripts else ():
            if path.is_dir() and not beside(path):
                self._fault(path, "is a folder in an episode's; it is not looked into")
        if len(transcripts) == 1:
            source = source_in(folder, transcripts[0])
            metadata, chapters = map(self._inside, (source.metadata, source.chapters))
            self._add(replace(source, metadata=metadata, chapters=chapters))
        elif not transcripts:
            self._fault(folder, "holds no transcript")
        elif (folder / METADATA).exists():
            self._fault(folder, _SEVERAL + ", ".join(path.name for path in transcripts))
        else:
            self._files(transcripts, f"{folder.name}/")

    def _files(self, paths: Sequence[Path], above: str = "") -> None:
        """Take transcripts that are episodes by themselves."""
        alike = Counter(path.stem for path in paths)
        for path in paths:
            name = path.stem if alike[path.stem] == 1 else path.name
            self._add(Source(above + name, above + path.name, path))

    def _inside(self, path: Path | None) -> Path | None:
        return None if path and self._leads_out(path) else path

    def _leads_out(self, path: Path) -> bool:
        out = path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(self._root)
        if out:
            self._fault(path, "is a link out of the knowledge folder; it is not followed")
        return out

    def _add(self, source: Source) -> None:
        first = self._found.setdefault(source.slug, source)
        if first is not source:
            self._fault(source.path, f"is episode {source.slug}, as {first.name} is; left out")

    def _fault(self, path: Path, what: str) -> None:
        self.faults.append(Fault(str(path), 0, what))


def source_in(folder: Path, transcript: Path) -> Source:
    """Return the source of an episode that has a folder of its own."""
    metadata, chapters = (
        path if (path := folder / name).exists() else None for name in (METADATA, CHAPTERS)
    )
    name = folder.absolute().name
    return Source(name, f"{name}/{transcript.name}", transcript, metadata, chapters)


def episode_folder(path: Path) -> Source | None:
    """Return the source of an episode's own folder; None for any other folder."""
    transcripts = list(_transcripts(path))
    whole = (path / METADATA).exists() and len(transcripts) == 1
    return source_in(path, transcripts[0]) if whole else None


def _transcripts(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if not path.is_dir() and not beside(path) and path.name not in (METADATA, CHAPTERS):
            yield path


def beside(path: Path) -> bool:
    """Return whether a file is none that anybody means as a transcript."""
    return (
        path.name.startswith(".")
        or path.stem.endswith(FETCHED)
        or path.stem.lower() in _PAPERS
        or path.suffix.lower() in _MEDIA
        or path.name.endswith("~")
    )
