"""Podcasting 2.0 chapters: the parts of an episode, in a file beside its transcript."""

from pathlib import Path
from typing import Any

from bot.episodes.formats.clock import number
from bot.episodes.formats.decoding import decode
from bot.episodes.formats.json_files.decode import decoded
from bot.episodes.formats.model import Chapter
from bot.episodes.formats.refusal import refuse
from bot.episodes.formats.words import clean


def read_chapters(raw: bytes, path: Path | str) -> tuple[Chapter, ...]:
    """Return the chapters of a `chapters.json` by when they begin.

    Those that are in no table of contents (`toc: false`), or have no title, are left out.

    Raises:
        UnreadableError: it is no valid JSON, has no chapters, or one without a time.
    """
    name = str(path)
    value = decoded(decode(raw, name, None).removeprefix("\ufeff"), name)
    chapters = value.get("chapters") if isinstance(value, dict) else None
    if not isinstance(chapters, list):
        refuse(name, 1, "is JSON, but no chapters: it has no list of `chapters`")
    found = [_chapter(chapter, place, name) for place, chapter in enumerate(chapters, 1)]
    return tuple(
        sorted((chapter for chapter in found if chapter), key=lambda chapter: chapter.start)
    )


def _chapter(chapter: Any, place: int, path: str) -> Chapter | None:
    if not isinstance(chapter, dict):
        refuse(path, 1, f"chapter {place} is no object")
    title = chapter.get("title")
    if chapter.get("toc") is False or not isinstance(title, str) or not clean(title):
        return None
    written = chapter.get("startTime")
    start = number(written) if isinstance(written, int | float | str) else None
    if start is None or start < 0:
        refuse(path, 1, f"chapter {place}, {clean(title)[:40]}: `startTime` is no time")
    return Chapter(clean(title), round(start * 1000))
