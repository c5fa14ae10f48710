"""A knowledge folder to put sound and damaged episodes on, and what was read from it."""

import re
from dataclasses import dataclass
from pathlib import Path

from bot.episodes import Episode, Library, Span, load

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
TRANSCRIPT = (KNOWLEDGE / "episode-02" / "transcript.md").read_bytes()
METADATA = (KNOWLEDGE / "episode-02" / "episode.yaml").read_bytes()


@dataclass(frozen=True)
class Shelf:
    """A folder with a sound episode 3 beside which others are put."""

    folder: Path

    def __post_init__(self) -> None:
        transcript = TRANSCRIPT.replace(b"# Episode 2:", b"# Episode 3:", 1)
        self.put("sound", transcript, METADATA.replace(b"number: 2", b"number: 3"))

    def put(
        self, slug: str, transcript: bytes | None = TRANSCRIPT, metadata: bytes | None = METADATA
    ) -> Path:
        """Writes an episode's folder; None leaves a file out."""
        folder = self.folder / slug
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (("transcript.md", transcript), ("episode.yaml", metadata)):
            if content is not None:
                (folder / name).write_bytes(content)
        return folder

    def faults(
        self, transcript: bytes | None = TRANSCRIPT, metadata: bytes | None = METADATA
    ) -> list[str]:
        """What is said of an episode, `file:line: what`, while the sound one still loads."""
        self.put("episode-02", transcript, metadata)
        library = load(self.folder)
        assert [episode.number for episode in library.episodes] == (
            [3] if library.faults else [2, 3]
        )
        return self.told(library)

    def episode(self, transcript: bytes) -> Episode:
        """A transcript read without a fault."""
        assert self.faults(transcript) == []
        return load(self.folder).episodes[0]

    def told(self, library: Library) -> list[str]:
        """Faults as `check` prints them, the folder's own path left out."""
        return [str(fault).replace(f"{self.folder}/", "") for fault in library.faults]


def edited(old: str, new: str, source: bytes = TRANSCRIPT) -> bytes:
    """A file with the first occurrence of a text replaced."""
    assert old.encode() in source
    return source.replace(old.encode(), new.encode(), 1)


def lines(*numbered: tuple[int, str]) -> list[str]:
    """Faults of the second episode's transcript: the line, and what."""
    return [f"episode-02/transcript.md:{line}: {what}" for line, what in numbered]


def spans(episode: Episode) -> list[Span]:
    """Every span that was read, in the order of the file."""
    found: list[Span | None] = [*episode.titles, episode.hosts_line, episode.duration]
    found += episode.directions
    found += [segment.span for segment in episode.segments]
    for turn in episode.turns:
        found += [turn.label, *turn.paragraphs]
    for term in episode.terms:
        found += [term.cell, term.definition]
    found += [episode.sheet, episode.closing]
    return sorted(filter(None, found), key=lambda span: span.start)


def markup(episode: Episode) -> set[str]:
    """The lines of a file with everything that was read taken out."""
    rest, end = "", 0
    for span in spans(episode):
        assert end <= span.start < span.end
        rest += episode.text[end : span.start]
        end = span.end
    return set(re.split(r"\r\n?|\n", rest + episode.text[end:]))
