"""From a transcript file to an `Episode` whose every part is a span of that file."""

from bot.episodes.emphasis import plain
from bot.episodes.knowledge.loading import check, load
from bot.episodes.library import Entry, Library
from bot.episodes.model import (
    Episode,
    Host,
    Segment,
    Span,
    Takeaway,
    Term,
    Turn,
)

__all__ = [
    "Entry",
    "Episode",
    "Host",
    "Library",
    "Segment",
    "Span",
    "Takeaway",
    "Term",
    "Turn",
    "check",
    "load",
    "plain",
]
