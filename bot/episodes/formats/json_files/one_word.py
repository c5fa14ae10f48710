"""Segments of a word or a part of one, put together as the file's own blanks say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.episodes.formats.model import Cue

_MARKS = re.compile(r"[.,;:!?…%]+")
# Nine of ten segments are one word: a file of words, in which a blank is a segment or begins one.
_WORDS = 0.9
_BLANKS = 0.2
_LEADING = 0.5


def joined(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Yield cues that hold whole words: marks and parts of words are put to those before them."""
    glued = _blanks_are_written(cues)
    last: Cue | None = None
    apart = False
    for cue in cues:
        if not cue.words.strip():
            apart = apart or bool(cue.words)
            continue
        together = _MARKS.fullmatch(cue.words.strip()) or (
            glued and not apart and not cue.words[0].isspace()
        )
        if last is not None and together and cue.speaker in (last.speaker, None):
            end = last.end if cue.end is None else cue.end
            last = replace(last, words=last.words.rstrip() + cue.words.strip(), end=end)
        else:
            if last is not None:
                yield last
            last = cue
        apart = cue.words[-1].isspace()
    if last is not None:
        yield last


def _blanks_are_written(cues: Sequence[Cue]) -> bool:
    """Whether the blanks between words are in the file: as segments, or before the words."""
    single = sum(1 for cue in cues if len(cue.words.split()) <= 1)
    blank = sum(1 for cue in cues if cue.words and not cue.words.strip())
    leading = sum(1 for cue in cues if cue.words[:1].isspace() and cue.words.strip())
    count = len(cues)
    return single >= count * _WORDS and (blank >= count * _BLANKS or leading >= count * _LEADING)
