"""WebVTT and SubRip: the times written in the standard form first, then webvtt-py, then counted.

webvtt-py drops a cue whose times it does not like, and tells nobody. So it gets a file in which
every time is as the standard has it, and every cue named by the line it stands on; what it does not
give back is missed.
"""

import re
from collections.abc import Sequence

from bot.episodes.formats.captions.blocks import Block, divide
from bot.episodes.formats.captions.rolling import unrolled
from bot.episodes.formats.captions.voices import Voices
from bot.episodes.formats.clock import plausible
from bot.episodes.formats.decoding import check_lines
from bot.episodes.formats.model import MOST_CUES, Cue, Parsed, Said
from bot.episodes.formats.refusal import refuse
from bot.episodes.formats.words import untagged

# Four for each of 50,000 cues, which are read in two or three seconds.
MOST_LINES = 200_000
_LANGUAGE = re.compile(r"Language:\s*([A-Za-z]{2,3}(?:-\w{2,8})?)\s*$")
_MISSED = "the cue of this time line could not be read"
# The second way to find time lines, simpler than the first.
_COUNTED = re.compile(r"\d[.,:]\d+[ \t]*-->[ \t]*\d")


def read_captions(text: str, path: str, *, webvtt: bool) -> Parsed:
    """Return the cues of a WebVTT or SubRip file.

    Raises:
        UnreadableError: it has no cue, too many, or one that cannot be read.
    """
    name = "WebVTT" if webvtt else "SubRip"
    check_lines(text, path, MOST_LINES)
    lines = re.split(r"\r\n?|\n", text)
    if sum(1 for line in lines if "-->" in line) > MOST_CUES:
        refuse(path, 0, f"holds more than {MOST_CUES:,} cues")
    divided = divide(lines, path, webvtt=webvtt)
    if not divided.blocks:
        refuse(path, 1, f"is {name} without a cue")
    said = _payloads(divided.blocks)
    _count(lines, divided.blocks, said, path)
    cues, warnings = plausible(_cues(divided.blocks, said), path)
    if not cues:
        refuse(path, 1, f"is {name} without a word")
    return Parsed(name, cues, (*divided.warnings, *warnings), _about(divided.header))


def _payloads(blocks: Sequence[Block]) -> dict[int, list[str]]:
    """Return the lines of words that the library finds for each cue, by the line of its time."""
    from webvtt import WebVTT  # noqa: PLC0415 - only captions need it
    from webvtt.errors import MalformedCaptionError, MalformedFileError  # noqa: PLC0415 - the same

    try:
        captions = WebVTT.from_string("WEBVTT\n\n" + "\n\n".join(map(_standard, blocks)))
    except (MalformedCaptionError, MalformedFileError):
        return {}
    return {int(caption.identifier or 0): caption.lines for caption in captions.captions}


def _standard(block: Block) -> str:
    """Write a cue as the standard has it: its line as its name, times in full, no blank line."""
    # The library reads no words with an arrow in them; the entity is decoded with the others.
    words = (line.replace("-->", "--&gt;") for line in block.lines)
    return "\n".join([str(block.line), f"{_clock(block.start)} --> {_clock(block.end)}", *words])


def _clock(milliseconds: int | None) -> str:
    # A time that could be too large for the library, or that there is none of, is kept in `Block`.
    seconds, rest = divmod(min(milliseconds or 0, 99 * 3_600_000), 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{rest:03}"


def _count(
    lines: Sequence[str], blocks: Sequence[Block], found: dict[int, list[str]], path: str
) -> None:
    """Refuse a file of which the library returned fewer cues than a simpler count, or fewer lines.

    Raises:
        UnreadableError: it did, with the line of the first that is missing.
    """
    for block in blocks:
        if len(found.get(block.line, ())) < len(block.lines):
            refuse(path, block.line, _MISSED)
    for number, line in enumerate(lines, 1):
        if "-->" in line and number not in found and _COUNTED.search(line[:200]):
            refuse(path, number, _MISSED)


def _cues(blocks: Sequence[Block], said: dict[int, list[str]]) -> list[Cue]:
    voices = Voices()
    cues: list[Cue] = []
    captions = [[untagged(line) for line in said.get(block.line, ())] for block in blocks]
    for block, (new, end) in zip(
        blocks, unrolled(captions, [block.end for block in blocks]), strict=True
    ):
        cues += voices.cues(new, Cue("", start=block.start, end=end, line=block.line))
    return [*cues, *voices.rest()]


def _about(header: Sequence[str]) -> Said:
    for line in header:
        if found := _LANGUAGE.match(line):
            return Said(language=found[1])
    return Said()
