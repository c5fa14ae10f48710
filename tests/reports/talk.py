"""An hour of WebVTT in which somebody says a sentence a minute, in two chapters."""

import json
from pathlib import Path

CUES = 60
MINUTE = 60_000  # milliseconds
_SPEAKERS = ("Noor", "Sam")
_CHAPTERS = {
    "version": "1.2.0",
    "chapters": [
        {"startTime": 0, "title": "First Half"},
        {"startTime": 1800, "title": "Second Half"},
    ],
}


def write_talk(folder: Path, slug: str = "talk") -> None:
    """Put the talk into a folder of its own below a knowledge folder."""
    home = folder / slug
    home.mkdir()
    cues = (
        f"{_clock(at)}.000 --> {_clock(at + 1)}.000\n"
        f"<v {_SPEAKERS[at % 2]}>Sentence {at}. It takes a while.\n"
        for at in range(CUES)
    )
    (home / "transcript.vtt").write_text("\n".join(["WEBVTT\n", *cues]), "utf-8")
    (home / "chapters.json").write_text(json.dumps(_CHAPTERS), "utf-8")
    (home / "episode.yaml").write_text("show: Slow Talks\ntitle: The Talk\n", "utf-8")


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}:00"
