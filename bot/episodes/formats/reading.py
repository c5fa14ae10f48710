"""The one way from the bytes of a file to a transcript, whatever its format."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from bot.episodes.formats.captions.parse import read_captions
from bot.episodes.formats.decoding import LONGEST_LINE, decode
from bot.episodes.formats.detect import Format, detect, refuse_binary
from bot.episodes.formats.html.parse import read_html
from bot.episodes.formats.json_files.parse import read_json
from bot.episodes.formats.model import MOST_CUES, Known, Parsed, Transcript
from bot.episodes.formats.names.speakers import settle
from bot.episodes.formats.prose.parse import read_prose
from bot.episodes.formats.refusal import refuse
from bot.episodes.formats.render import render

_NOTHING = Known()
_PARSERS: Mapping[Format, Callable[[str, str], Parsed]] = {
    Format.WEBVTT: partial(read_captions, webvtt=True),
    Format.SUBRIP: partial(read_captions, webvtt=False),
    Format.JSON: read_json,
    Format.HTML: read_html,
}


def read(raw: bytes, path: Path | str, known: Known = _NOTHING) -> Transcript:
    """Return what a transcript file says, in whatever format it is.

    `path` is what the file is called in messages. The form of the project's own episodes
    (`is_house_markdown`) is not for here.

    Raises:
        UnreadableError: it is no transcript, is damaged, or is beyond a limit.
    """
    name = str(path)
    refuse_binary(raw, name)
    text = decode(raw, name, known.encoding)
    found = detect(text, name)
    if found is Format.PROSE:
        return read_prose(text, name, known)
    return _rendered(_PARSERS[found](text.removeprefix("\ufeff"), name), name, known)


def _rendered(parsed: Parsed, path: str, known: Known) -> Transcript:
    if len(parsed.cues) > MOST_CUES:
        refuse(path, 0, f"holds more than {MOST_CUES:,} turns and pieces of one")
    for cue in parsed.cues:
        if len(cue.words) > LONGEST_LINE:
            refuse(path, cue.line, "says over 1 MB in one piece")
    rendered = render(settle(parsed.cues, known, path))
    return Transcript(
        parsed.format,
        rendered.text,
        tuple(rendered.speeches),
        tuple(rendered.rows),
        said=parsed.said,
        warnings=parsed.warnings,
    )
