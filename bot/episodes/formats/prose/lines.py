"""The lines of a prose transcript, each with its kind, its place, and how it begins."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.episodes.formats.decoding import line_starts
from bot.episodes.formats.prose.cuts import Cut
from bot.episodes.formats.prose.openings import Opening, opening

# From the first character of a line to its end; what lies between two such is blank.
_LINE = re.compile(r"\S[^\r\n]*")
_WORD = re.compile(r"\w")
_QUOTED = re.compile(r"(?:>[ \t]?){1,8}")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_ITEM = re.compile(r"\\?[-*+•][ \t]")
_LINKED = re.compile(r"\[[^\[\]]{1,500}\](?:\([^()\s]{1,2000}\)|: ?\S{1,2000})[.,]?")
# Words before an address that only say what it leads to; with more, somebody speaks.
_LONGEST_NOTE = 15


class Kind(Enum):
    """What a line is by its looks."""

    WORDS = auto()
    HEADING = auto()
    ITEM = auto()
    ASIDE = auto()  # a rule, a link, a row of a table: no words of anybody's


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it; `start` and `end` leave out the white space around.

    `number` is its own, from 1; `blank` tells that a blank line stands above.
    """

    kind: Kind
    start: int
    end: int
    number: int
    blank: bool
    opening: Opening | None = None


def lines(text: str, start: int, cuts: Sequence[Cut]) -> Iterator[Line]:
    """Yield the lines from an offset on that hold more than white space, in order.

    What hides the beginning of a line, as a comment of many lines does, is no part of it.
    """
    starts = line_starts(text)
    before = bisect_right(starts, start)
    hidden = _hidden(cuts)
    covered = next(hidden, None)
    for found in _LINE.finditer(text, start):
        at, end = found.span()
        number = bisect_right(starts, at)
        while covered and covered.end <= at:
            covered = next(hidden, None)
        if covered and covered.start < at:
            at = min(covered.end, end)
        if line := _line(text, at, end, number, blank=number - before != 1):
            yield line
        before = number


def _hidden(cuts: Sequence[Cut]) -> Iterator[Cut]:
    """Yield the cuts that may go over several lines."""
    return (cut for cut in cuts if not cut.label and cut.time is None)


def _line(text: str, start: int, end: int, number: int, *, blank: bool) -> Line | None:
    if quoted := _QUOTED.match(text, start, end):
        start = quoted.end()
    words = text[start:end]
    start, end = end - len(words.lstrip()), start + len(words.rstrip())
    if start >= end:
        return None
    kind = _kind(text, start, end)
    begins = opening(text, start, end) if kind is Kind.WORDS else None
    return Line(kind, start, end, number, blank, begins)


def _kind(text: str, start: int, end: int) -> Kind:
    if heading := _HEADING.match(text, start, end):
        return Kind.HEADING if heading.end() < end else Kind.ASIDE
    if not _WORD.search(text, start, end) or text[start] == text[end - 1] == "|":
        return Kind.ASIDE
    if _ITEM.match(text, start, end):
        return Kind.ITEM
    return Kind.ASIDE if _only_a_link(text, start, end) else Kind.WORDS


def _only_a_link(text: str, start: int, end: int) -> bool:
    """Whether a line is a link or an image, or a few words, a colon and an address."""
    if text.startswith("{{", start) and text.startswith("}}", end - 2):
        return True
    if text[start] in "[(" and _LINKED.fullmatch(text, start, end):
        return True
    at = max(text.rfind(" ", start, end) + 1, start)
    if "://" not in text[at:end]:
        return False
    words = text[start:at].split()
    return not words or (words[-1].endswith(":") and len(words) <= _LONGEST_NOTE)
