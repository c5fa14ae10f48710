"""Takeaways and segments as items of a list: numbered once, labelled where one stands alone."""

import re

from bot.answers.model import Item
from bot.episodes import Episode, Segment, Takeaway, plain

_PRINTED = re.compile(r"\d+[.)]\s*")
_EMPHASISED = re.compile(r"\*\*(.+?)\*\*")
_SEGMENT = re.compile(r"segment\s+(\d+)\b", re.IGNORECASE)


def takeaway_item(episode: Episode, takeaway: Takeaway, text: str) -> Item:
    """Return a takeaway as an item; `text` is as much of it as is quoted."""
    emphasised = _EMPHASISED.match(episode.text, takeaway.span.start, takeaway.span.end)
    words = _unnumbered(text)
    lead = _unnumbered(plain(emphasised[1])) if emphasised else ""
    return Item(
        number=takeaway.number,
        label=f"Takeaway {takeaway.number} of {len(episode.takeaways)}",
        text=words,
        lead=lead if words.startswith(lead) else "",
    )


def segment_item(episode: Episode, segment: Segment, heading: str) -> Item:
    """Return a segment as an item; `heading` is its title for display."""
    number = _number(segment)
    count = sum(_number(one) is not None for one in episode.segments)
    minutes = f" ({segment.minutes} min)" if segment.minutes else ""
    label = f"Segment {number} of {count}" if number else None
    return Item(number, label, f"{heading}{minutes}")


def _number(segment: Segment) -> int | None:
    """Return the number that a segment's heading prints; None if it prints none."""
    found = _SEGMENT.match(segment.title)
    return int(found[1]) if found else None


def _unnumbered(text: str) -> str:
    return _PRINTED.sub("", text, count=1) if _PRINTED.match(text) else text
