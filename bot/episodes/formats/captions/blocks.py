"""A caption file divided into cues by its time lines, whatever else is between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.episodes.formats.captions.time_lines import TimeLine, is_timed, read_time_line
from bot.episodes.formats.refusal import refuse, shown
from bot.errors import Fault

# Blocks of WebVTT that hold no words.
_ASIDE = re.compile(r"NOTE(?:\s|$)|(?:STYLE|REGION)\s*$")
_MEANT = "a time line that is not as the format has it, read as it is meant"
_ABOVE = "words above the first cue, which have no time: left out"


@dataclass(frozen=True, slots=True)
class Block:
    """A cue as it stands in the file: the line of its times, those in milliseconds, its words.

    `lines` has no blank ones.
    """

    line: int
    start: int | None
    end: int | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Divided:
    """The cues of a file, the lines of its header, and what was read otherwise than written."""

    blocks: tuple[Block, ...]
    header: tuple[str, ...]
    warnings: tuple[Fault, ...]


def divide(lines: Sequence[str], path: str, *, webvtt: bool) -> Divided:
    """Return the cues of a caption file.

    Words below a blank line go on with the cue above it, as players of SubRip have it.

    Raises:
        UnreadableError: a time line cannot be read.
    """
    times = list(_time_lines(lines, path))
    top = times[0][0] if times else len(lines)
    header = _header(lines[:top]) if webvtt else []
    above = list(_words(_nameless(lines[len(header) : top], 0, webvtt=webvtt), webvtt=webvtt))
    faults = [Fault(path, lines.index(above[0]) + 1, _ABOVE)] if above else []
    faults += [Fault(path, at + 1, _MEANT) for at, time in times if time.meant]
    return Divided(tuple(_blocks(lines, times, webvtt=webvtt)), tuple(header), tuple(faults))


def _time_lines(lines: Sequence[str], path: str) -> Iterator[tuple[int, TimeLine]]:
    """Yield the time lines and where they are, from 0."""
    for at, line in enumerate(lines):
        time = read_time_line(line)
        if time is not None:
            yield at, time
        elif is_timed(line):
            refuse(path, at + 1, f"is a time line that cannot be read: {shown(line)}")


def _blocks(
    lines: Sequence[str], times: Sequence[tuple[int, TimeLine]], *, webvtt: bool
) -> Iterator[Block]:
    ends = [*(at for at, _ in times), len(lines)]
    for number, ((start, end), (_, time)) in enumerate(zip(pairwise(ends), times, strict=True), 1):
        below = lines[start + 1 : end]
        if end < len(lines):
            below = _nameless(below, number, webvtt=webvtt)
        words = _words(below, webvtt=webvtt)
        said = (*([time.words] if time.words else []), *words)
        yield Block(start + 1, time.start, time.end, said)


def _nameless(lines: Sequence[str], before: int, *, webvtt: bool) -> Sequence[str]:
    """Return the lines above a time line without the name of its cue.

    SubRip numbers its cues, WebVTT may name them. A number right below words may be a word
    itself (a year): it is a name where it counts on from those `before`.
    """
    last = len(lines) - 1
    while last >= 0 and not lines[last].strip():
        last -= 1
    if last < 0:
        return lines
    name = lines[last].strip()
    alone = last == 0 or not lines[last - 1].strip()
    number = name.isdecimal() and (alone or name.lstrip("0") in (str(before), str(before + 1)))
    named = number or (webvtt and alone and 0 < last == len(lines) - 1)
    return lines[:last] if named else lines


def _words(lines: Sequence[str], *, webvtt: bool) -> Iterator[str]:
    """Yield the lines that are not blank, nor in a block that says nothing."""
    fresh = aside = False
    for line in lines:
        if not line.strip():
            fresh, aside = True, False
            continue
        aside = aside or (webvtt and fresh and bool(_ASIDE.match(line)))
        fresh = False
        if not aside:
            yield line


def _header(lines: Sequence[str]) -> list[str]:
    """Return the block that begins with `WEBVTT`, and the blank line that ends it."""
    for at, line in enumerate(lines):
        if at and not line.strip() and lines[at - 1].strip():
            return list(lines[:at])
    return list(lines)
