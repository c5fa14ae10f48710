"""The line of a caption file that says from when to when: read as it is, or as it is meant."""

import re
from dataclasses import dataclass

from bot.episodes.formats.clock import CLOCK, milliseconds

# Such a line has some sixty characters with all its settings; anything much longer is words.
_LONGEST = 300
TIME_LINE = re.compile(rf"\s*(?P<start>{CLOCK})\s*-->\s*(?P<end>{CLOCK})(?!\S)(?P<rest>.*)")
_SETTINGS = re.compile(r"(?:\s+[A-Za-z]\w*:\S+)*\s*")
# `->`, `—>`, `→` and `--&gt;` are meant as `-->`.
_ARROW = re.compile(r"(?:-{1,3}|[–—=])(?:>|&gt;)|[→⟶⇒]")
# Blanks inside a time, letters that a scan mistook for digits, marks of other keyboards.
_SLIPS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "：": ":", "，": ",", ";": ","})
_WRITTEN = r"[\dOolI][\dOolI \t:.,;：，]{2,24}"
_MEANT = re.compile(rf"\s*(?P<start>{_WRITTEN})?\s*-->\s*(?P<end>{_WRITTEN})?(?P<rest>(?!\S).*|)$")
_TWO = re.compile(
    r"\s*(?P<start>\d{1,2}:\d\d:\d\d[.,]\d{3})[\s-]+(?P<end>\d{1,2}:\d\d:\d\d[.,]\d{3})(?P<rest>\s*)$"
)
# As nearly all are written: nothing in it is to be mended.
_PLAIN = re.compile(r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}[.,][0-9]{3}")
_DOTTED = re.compile(r"(\d{1,2})[.:](\d{1,2})[.:](\d{1,2})[.,:](\d{3})")
# What can be nothing but a time line, read or not.
_TIMED = re.compile(r"\s*[\d:.,]*\d[:.,]\d.{0,20}-->|.{0,40}-->\s*\d+[:.,]\d")


@dataclass(frozen=True, slots=True)
class TimeLine:
    """From when to when, in milliseconds, None where the line does not say.

    `words` stand behind the times. `meant` tells that it is not written as it should be.
    """

    start: int | None
    end: int | None
    words: str = ""
    meant: bool = False


def read_time_line(line: str) -> TimeLine | None:
    """Return what a time line says, None where the line is none, or cannot be read."""
    if len(line) > _LONGEST or not _ARROW.search(line):
        return _read(found, meant=True) if (found := _TWO.match(line)) else None
    found = TIME_LINE.match(line)
    if found:
        return _read(found, meant=False)
    line = _ARROW.sub("-->", line)
    found = TIME_LINE.match(line) or _MEANT.match(line)
    return _read(found, meant=True) if found else None


def is_timed(line: str) -> bool:
    """Whether a line can be nothing but a time line, though it may not be readable."""
    return "-->" in line and len(line) <= _LONGEST and bool(_TIMED.match(line))


def _read(found: re.Match[str], *, meant: bool) -> TimeLine | None:
    start, end = (_time(found[side]) for side in ("start", "end"))
    written = [side for side in ("start", "end") if found[side]]
    if not written or (found["start"] and start is None) or (found["end"] and end is None):
        return None
    rest = found["rest"]
    words = "" if _SETTINGS.fullmatch(rest) else rest.strip()
    if words and (start is None or end is None):
        return None
    return TimeLine(start, end, words, meant or bool(words))


def _time(written: str | None) -> int | None:
    if not written:
        return None
    if _PLAIN.fullmatch(written):
        return milliseconds(written)
    written = written.translate(_SLIPS)
    bare = "".join(written.split())
    dotted = _DOTTED.fullmatch(bare)
    return milliseconds("{}:{}:{}.{}".format(*dotted.groups()) if dotted else bare)
