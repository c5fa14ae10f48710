"""What a fetched transcript really holds: read as the knowledge folder will read it."""

from collections.abc import Sequence
from pathlib import Path

from bot.episodes import Episode
from bot.episodes.formats import is_house_markdown
from bot.episodes.knowledge.reading import read_episode
from bot.episodes.source import Source
from bot.errors import BotError, Fault, UnreadableError
from bot.feeds.fetching import shown
from bot.feeds.model import Transcript
from bot.feeds.reading.choosing import is_timed

# By the names of formats, of which JSON has several.
_ENDINGS = {
    "WebVTT": ".vtt",
    "SubRip": ".srt",
    "Podcasting 2.0 HTML": ".html",
    "Markdown": ".md",
    "plain text": ".txt",
}
_JSON = ".json"
# How Markdown begins where text alone would not: a heading, front matter.
_MARKDOWN = (b"# ", b"## ", b"---\n", b"---\r\n")


class TranscriptError(BotError):
    """What was fetched as a transcript and is none; says what it holds, and where it is from."""

    def __init__(self, transcript: Transcript, what: str) -> None:
        super().__init__(f"{shown(transcript.url)} {what}")


def first_ending(data: bytes) -> str:
    """Return the ending of a transcript's file until it is known what it holds."""
    begins = data.removeprefix(b"\xef\xbb\xbf").startswith(_MARKDOWN)
    return ".md" if begins or is_house(data) else ".txt"


def is_house(data: bytes) -> bool:
    """Return whether a transcript is in the form of the project's own episodes."""
    return b"# " in data and is_house_markdown(data.decode("utf-8", "replace"))


def checked(source: Source, transcript: Transcript) -> tuple[Episode, Sequence[Fault]]:
    """Return the episode that is read of a transcript, with what was read otherwise than written.

    Raises:
        TranscriptError: it is none, or has no times though the feed says that it has.
        UnreadableError: what lies beside it cannot be read.
    """
    try:
        episode, warnings = read_episode(source)
    except UnreadableError as error:
        what = _about(error.faults, source.path)
        if what is None:
            raise
        raise TranscriptError(transcript, what) from error
    timed = any(row.since is not None for row in episode.timeline)
    if is_timed(transcript) and not timed:
        said = transcript.type or "a transcript with times"
        what = f"is {episode.format} without times, where the feed says {said}"
        raise TranscriptError(transcript, what)
    return episode, warnings


def ending(episode: Episode) -> str:
    """Return the ending that an episode's transcript is due, by what it holds."""
    return _ENDINGS.get(episode.format, _JSON)


def _about(faults: tuple[Fault, ...], path: Path) -> str | None:
    """Return what is wrong with a file: the first of it, with its line where that is not the first.

    None where nothing is.
    """
    first = next((fault for fault in faults if fault.path == str(path)), None)
    if first is None:
        return None
    return first.what if first.line <= 1 else f"{first.what} (line {first.line})"
