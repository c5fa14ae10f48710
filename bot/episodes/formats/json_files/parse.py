"""Transcripts in JSON: Podcasting 2.0, Whisper, AssemblyAI, Deepgram, and plain lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.episodes.formats.captions.voices import Voices
from bot.episodes.formats.clock import plausible
from bot.episodes.formats.json_files.decode import decoded
from bot.episodes.formats.json_files.one_word import joined
from bot.episodes.formats.json_files.shapes import KEYS, WORDS, Shape, shape
from bot.episodes.formats.model import MOST_CUES, Cue, Parsed, Said
from bot.episodes.formats.refusal import refuse
from bot.episodes.formats.words import clean, folded, untagged
from bot.errors import Fault

if TYPE_CHECKING:
    from bot.episodes.formats.json_files.segments import Segment

# People say 1 to 5 words a second; a thousand times fewer, and the times are milliseconds.
_WORDS_A_SECOND = 0.02
_MILLISECONDS = "times are in milliseconds, where seconds are due: read as such"
_MOST_KEYS = 5
_FAULT = re.compile(r"^(?P<what>.*?) - at `\$\[(?P<place>\d+)\](?:\.(?P<key>\w+))?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-\w{2,8})?", re.IGNORECASE)


def read_json(text: str, path: str) -> Parsed:
    """Return the cues of a transcript in JSON.

    Raises:
        UnreadableError: it is no valid JSON, no transcript, or one without a word.
    """
    value = decoded(text, path)
    found = _shape(value, path)
    segments = _segments(found.segments, path)
    times = [segment.times for segment in segments]
    in_milliseconds = _are_milliseconds(segments, times)
    unit = 1 if in_milliseconds else 1000
    written = [
        Cue(segment.words, who, who is not None, _whole(start, unit), _whole(end, unit), place)
        for place, (segment, (start, end)) in enumerate(zip(segments, times, strict=True), 1)
        for who in (segment.who,)
    ]
    cues, faults = plausible(list(_cues(written)), path)
    if not cues:
        refuse(path, 1, f"is {found.name} without a word")
    if in_milliseconds and not found.name.startswith("AssemblyAI"):
        faults = (Fault(path, 1, _MILLISECONDS), *faults)
    return Parsed(found.name, cues, faults, _said(value))


def _shape(value: Any, path: str) -> Shape:
    found = shape(value)
    if found is None:
        refuse(path, 1, f"is JSON, but no transcript: {_keys(value)}")
    if not found.segments:
        refuse(path, 1, f"is {found.name} without a segment")
    if len(found.segments) > MOST_CUES:
        refuse(path, 0, f"holds more than {MOST_CUES:,} segments")
    return found


def _segments(values: Sequence[Any], path: str) -> list["Segment"]:
    """Return the segments, whatever their program calls their parts."""
    import msgspec  # noqa: PLC0415 - only JSON needs it

    from bot.episodes.formats.json_files.segments import Segment  # noqa: PLC0415 - it needs msgspec

    try:
        return msgspec.convert(values, list[Segment], strict=False)
    except msgspec.ValidationError as error:
        found = _FAULT.match(str(error))
        place = int(found["place"]) + 1 if found else 1
        key = f", `{found['key']}`" if found and found["key"] else ""
        what = found["what"].replace("`", "") if found else str(error)
        refuse(path, 1, f"segment {place}{key}: {what[:1].lower()}{what[1:]}")


def _cues(written: Sequence[Cue]) -> Iterator[Cue]:
    """Yield segments as cues of whole words; where none says who speaks, its words may."""
    voices = Voices()
    named = any(cue.speaker for cue in written)
    for cue in joined(written):
        if not named:
            yield from voices.cues([untagged(line) for line in cue.words.split("\n")], cue)
        elif words := clean(cue.words):
            yield replace(cue, words=words) if words != cue.words else cue
    yield from voices.rest()


def _whole(time: float | None, unit: int) -> int | None:
    return None if time is None else round(time * unit)


def _are_milliseconds(
    segments: Sequence["Segment"], times: Sequence[tuple[float | None, float | None]]
) -> bool:
    """Whether people would speak too slowly, were the times seconds."""
    long = sum(end - start for start, end in times if start is not None and end is not None)
    words = sum(len(segment.words.split()) for segment in segments)
    return long > 0 and words / long < _WORDS_A_SECOND


def _keys(value: Any) -> str:
    """Return where words were looked for, and which keys there are."""
    if isinstance(value, list):
        first = next((entry for entry in value if isinstance(entry, dict)), None)
        wanted = ", ".join(f"`{key}`" for key in WORDS)
        return f"looked for {wanted} and times in its list; found {_listed(first)}"
    wanted = ", ".join(f"`{key}`" for key in KEYS)
    return f"looked for words and times under {wanted}; found {_listed(value)}"


def _listed(value: Any) -> str:
    keys = [f"`{folded(str(key))[:24]}`" for key in value] if isinstance(value, dict) else []
    more = [f"{len(keys) - _MOST_KEYS} more"] if len(keys) > _MOST_KEYS else []
    return ", ".join([*keys[:_MOST_KEYS], *more]) or "no keys"


def _said(value: Any) -> Said:
    language = value.get("language") if isinstance(value, dict) else None
    known = isinstance(language, str) and _LANGUAGE.fullmatch(language)
    return Said(language=language if known else None)
