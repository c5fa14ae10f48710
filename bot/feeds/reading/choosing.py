"""The transcript of an episode that is taken: the one that says most, in the language wanted."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from bot.feeds.model import Transcript

_CAPTIONS = "captions"
_JSON, _WEBVTT, _SUBRIP, _HTML, _TEXT, _OTHER = range(6)
_TIMED = (_JSON, _WEBVTT, _SUBRIP)
# As feeds write them, right or wrong; the first names who speaks and when, the last neither.
_BY_TYPE = {
    "application/json": _JSON,
    "text/json": _JSON,
    "text/vtt": _WEBVTT,
    "application/vtt": _WEBVTT,
    "text/webvtt": _WEBVTT,
    "application/srt": _SUBRIP,
    "application/x-subrip": _SUBRIP,
    "application/x-srt": _SUBRIP,
    "text/srt": _SUBRIP,
    "text/html": _HTML,
    "application/xhtml+xml": _HTML,
    "text/plain": _TEXT,
    "text/markdown": _TEXT,
}
_BY_ENDING = {
    ".json": _JSON,
    ".vtt": _WEBVTT,
    ".srt": _SUBRIP,
    ".html": _HTML,
    ".htm": _HTML,
    ".txt": _TEXT,
    ".md": _TEXT,
}


def in_order(transcripts: Sequence[Transcript], language: str | None) -> list[Transcript]:
    """Return transcripts, the best first; each address once.

    The language that is wanted comes before all else, `en` for `en-US` too; None wants any. Then
    come those with times, and of these the ones that name speakers. Otherwise they stay in order.
    """
    each: dict[str, Transcript] = {}
    for one in transcripts:
        each.setdefault(one.url, one)
    return sorted(
        each.values(), key=lambda one: (_strangeness(one, language), not is_timed(one), _kind(one))
    )


def is_timed(transcript: Transcript) -> bool:
    """Return whether a transcript has times, by what its feed says."""
    return transcript.rel == _CAPTIONS or _kind(transcript) in _TIMED


def _kind(transcript: Transcript) -> int:
    """Return what a transcript is: by its type or, where that says nothing, by its name."""
    if transcript.type in _BY_TYPE:
        return _BY_TYPE[transcript.type]
    ending = PurePosixPath(urlsplit(transcript.url).path).suffix.lower()
    return _BY_ENDING.get(ending, _OTHER)


def _strangeness(transcript: Transcript, language: str | None) -> int:
    """Return 0 for the language that is wanted, 1 where none is told, 2 for another."""
    if language is None:
        return 0
    if transcript.language is None:
        return 1
    return 0 if _primary(transcript.language) == _primary(language) else 2


def _primary(tag: str) -> str:
    """Return the language of a tag such as `en-US`, without its country."""
    return tag.replace("_", "-").partition("-")[0].strip().lower()
