"""What stands inside a line and is not said: marks of time, comments, images, a second label."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.episodes.formats.names import labels
from bot.episodes.formats.prose.openings import INSIDE, time_of

# What begins with these is searched for where they stand at all, each on its own: four times as
# fast as one pattern for all. No piece goes over the next such beginning, so that a file of nothing
# but brackets or stars is passed over once.
_PATTERNS = {
    "![": re.compile(r"!\[[^\[\]\r\n]{0,500}\]\([^()\s]{0,2000}\)"),
    "{{": re.compile(r"\{\{[<%][^{}\r\n]{0,500}[%>]\}\}"),
    "[": re.compile(rf"\[(?P<time>{INSIDE})\]"),
    "**": re.compile(
        rf"\*\*(?P<label>[^*:：\r\n]{{1,{labels.LONGEST}}})(?:[:：]\s?\*\*|\*\*[:：])"
    ),
}
_COMMENT = ("<!--", "-->")


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where the words of a line are cut in two.

    What stands between `start` and `end` is left out, unless it is a `label`, which only cuts
    where it names somebody. `time` is in milliseconds, where the piece is a mark of time.
    """

    start: int
    end: int
    time: int | None = None
    label: bool = False


def cuts(text: str, start: int) -> list[Cut]:
    """Return all cuts of a text from an offset on, in order; none overlaps another."""
    found = [*_comments(text, start)]
    for begins, pattern in _PATTERNS.items():
        if begins in text:
            found.extend(_cut(text, match) for match in pattern.finditer(text, start))
    found.sort(key=lambda cut: cut.start)
    apart: list[Cut] = []
    for cut in found:
        if not apart or cut.start >= apart[-1].end:
            apart.append(cut)
    return apart


def _comments(text: str, start: int) -> Iterator[Cut]:
    """Yield comments; what is never closed hides nothing, since nobody means to hide the rest."""
    opens, closes = _COMMENT
    at = text.find(opens, start)
    while at >= 0 and (end := text.find(closes, at)) >= 0:
        yield Cut(at, end + len(closes))
        at = text.find(opens, end)


def _cut(text: str, match: re.Match[str]) -> Cut:
    start, end = match.span()
    parts = match.groupdict()
    if "time" not in parts:
        return Cut(start, end, label="label" in parts)
    # Up to two backslashes before the bracket belong to it.
    before = text[max(start - 2, 0) : start]
    return Cut(start - len(before) + len(before.rstrip("\\")), end, time_of(parts["time"]))
