"""From the bytes of a transcript file to one text with its turns and times, format by format."""

from bot.episodes.formats.chapters import read_chapters
from bot.episodes.formats.detect import is_house_markdown
from bot.episodes.formats.model import Chapter, Known, Row, Said, Speech, Transcript
from bot.episodes.formats.reading import read

__all__ = [
    "Chapter",
    "Known",
    "Row",
    "Said",
    "Speech",
    "Transcript",
    "is_house_markdown",
    "read",
    "read_chapters",
]
