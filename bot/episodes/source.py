"""Where an episode is read from."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """Where an episode is read from: its transcript, and what lies beside it, or None.

    `slug` identifies the episode: its folder, or its file, whose ending counts only where another
    file differs in nothing else. `name` is the path of the transcript below the knowledge folder.
    """

    slug: str
    name: str
    path: Path
    metadata: Path | None = None
    chapters: Path | None = None
