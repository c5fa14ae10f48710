"""What a line of prose may begin with: a time, and the label of who speaks."""

import re
from dataclasses import dataclass

from bot.episodes.formats.clock import milliseconds
from bot.episodes.formats.names import labels
from bot.episodes.model import Span

# `0:34`, `00:00:34`, `01:04:10.10`; a fourth part, as in `00:27:33:12`, counts frames.
CLOCK = r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2}(?:[.,:][0-9]{1,3})?|[.,][0-9]{1,3})?"
_FROM_TO = rf"{CLOCK}(?:\s?(?:-->|[-–—])\s?{CLOCK})?"
# Markdown escapes brackets, and some exports escape twice: `\[04:03\]`, `\[\\00:04:10.14\\\]`.
INSIDE = rf"\s?\\{{0,2}}{_FROM_TO}\\{{0,3}}\s?"
_BRACKETED = rf"\\{{0,2}}[\[(]{INSIDE}[\])]"
_TIME = rf"(?:{_BRACKETED}|{CLOCK}(?![\w:]))"

# No pattern here tries more than a line's first few dozen characters: reading stays linear.
_LEAD = re.compile(rf"(?P<time>{_BRACKETED}|{_FROM_TO}(?=[\s:]|$))(?:\s?[:–—-](?=\s|$))?\s*")
_FIRST_CLOCK = re.compile(CLOCK)
_ROLE = r"(?:\s?\([^()\d\r\n][^()\r\n]{0,39}\)\s?)?"
_MARKED = re.compile(
    r"(?P<mark>\*\*|__|\*|_)\s?"
    rf"(?P<label>[^\s*:：\[\](){{}}<>|][^*:：\[\](){{}}<>|\r\n]{{0,{labels.LONGEST}}}?{_ROLE})"
    rf"\s*(?:(?P<inner>{_TIME})\s*)?(?P<colon>[:：])?\s*(?P=mark)\\?\s{{0,3}}(?P<after>[:：])?"
    rf"(?:\s*(?P<time>{_BRACKETED}|{CLOCK}(?=\s*(?:[:：]|$)))\s*[:：]?)?\s*"
)
_BETWEEN_BRACKETS = re.compile(
    rf"\\?\[(?P<label>[^\s\[\]:：][^\[\]:：\r\n]{{0,{labels.LONGEST}}})\\?\]\s*(?P<colon>[:：])?"
    rf"(?:\s*(?P<time>{_BRACKETED})\s*[:：]?)?\s*"
)
_NAME = rf"(?P<label>[^\W_][^:：\[\](){{}}<>|*\"“”?!\\\r\n]{{0,{labels.LONGEST}}}{_ROLE})"
_BEFORE_A_COLON = re.compile(
    rf"{_NAME}(?P<colon>[:：])(?:\s*(?P<time>{_BRACKETED}|{CLOCK}(?=\s*(?:[:：]|$)))\s*[:：]?)?"
    r"(?![/\d])\s*"
)
_BEFORE_A_TIME = re.compile(
    rf"{_NAME}(?:\s{{1,4}}[–—-]?\s{{0,4}}|(?=[(\[\\]))"
    rf"(?P<time>{CLOCK}(?=\s*(?:[:：]|$))|{_BRACKETED})\s*[:：]?\s*"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """How a line begins.

    `label` is where a label stands, None where none does; `marked` tells that it is set off from
    the words as `**Name**`, `colon` that a colon or a time ends it. `time` is in milliseconds, and
    `bare` where no brackets are around it and no label stands beside it. The words of the line
    begin at `rest`; those of a line whose label is none, at `lead`.
    """

    label: Span | None
    lead: int
    rest: int
    time: int | None = None
    marked: bool = False
    colon: bool = True
    bare: bool = False


def time_of(written: str) -> int | None:
    """Return the milliseconds of the first time in some words, None where there is none."""
    found = _FIRST_CLOCK.search(written)
    # The first three parts: a fourth counts frames.
    return milliseconds(":".join(found[0].split(":")[:3])) if found else None


def opening(text: str, start: int, end: int) -> Opening | None:
    """Return how the line between two offsets begins, None where it begins with words."""
    lead = _LEAD.match(text, start, end)
    at = lead.end() if lead else start
    time = time_of(lead["time"]) if lead else None
    found = _label(text, at, end)
    if found is not None:
        return _labelled(text, found, (start, at), time)
    if lead is None:
        return None
    return Opening(None, at, at, time, bare=lead["time"][0].isdigit())


def _label(text: str, start: int, end: int) -> re.Match[str] | None:
    first = text[start : start + 1]
    if first in {"*", "_"}:
        return _MARKED.match(text, start, end)
    if first in {"[", "\\"}:
        found = _BETWEEN_BRACKETS.match(text, start, end)
        whole = found and (found["colon"] or found["time"] or labels.nobody(found["label"]))
        return found if whole else None
    # Whatever else opens a turn has a colon within a label's length and some times.
    near = text[start : min(end, start + 2 * labels.LONGEST)]
    if ":" not in near and "：" not in near:
        return None
    timed = _BEFORE_A_TIME.match(text, start, end) if _FIRST_CLOCK.search(near) else None
    found = timed or _BEFORE_A_COLON.match(text, start, end)
    if found is None or timed:
        return timed
    # `So :name is` holds no label.
    glued = text[found.start("colon") - 1].isspace() and found.end("colon") == found.end() < end
    return None if glued else found


def _labelled(text: str, found: re.Match[str], lead: tuple[int, int], time: int | None) -> Opening:
    start, at = lead
    parts = found.groupdict()
    clock = parts.get("inner") or parts["time"]
    marked = "mark" in parts
    label = found["label"]
    return Opening(
        Span(found.start("label"), found.start("label") + len(label.rstrip(" \t–—-"))),
        at,
        found.end(),
        time_of(clock) if clock else time,
        marked,
        not marked or bool(parts["colon"] or parts["after"] or clock),
        at > start and text[start].isdigit(),
    )
