"""Where a turn is broken into paragraphs: what is indexed, and quoted from, is one of them."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bot.episodes.formats.model import Cue
from bot.episodes.model import Span
from bot.episodes.sentences import sentences

# The passages of the project's own episodes have 20 to 120 words.
_LONG = 80
# What is left over at the end of a turn, and is too little to stand alone.
_SHORT = 20
# A sentence may be this much longer before it is cut at the end of a cue, and at any blank.
_LONGER = 160
_LONGEST = 240
# Captions made by machine may have no full stop: then the end of a cue must do.
_UNPUNCTUATED = 100
# A pause that is heard, in milliseconds.
_PAUSE = 2_000
_FINISHED = re.compile(r"[.!?…][\"'”’)\]]*$")


def breaks(joined: str, turn: Sequence[Cue], words: Sequence[str], *, named: bool) -> list[int]:
    """Return the offsets of the blanks of a turn that paragraphs end at.

    `joined` are the `words` of its cues with one blank between them. Paragraphs are of whole
    sentences where there are any, and begin where a cue stands apart; in a turn of nobody `named`
    a pause after a sentence ends one too.
    """
    # Nothing stands apart in one cue, and a short one is no longer than a paragraph.
    if len(turn) == 1 and joined.count(" ") < _LONG:
        return []
    ends = [end - 1 for end in accumulate(len(said) + 1 for said in words)][:-1]
    forced = {end for end, cue in zip(ends, turn[1:], strict=True) if cue.apart}
    if not named:
        forced |= set(_pauses(ends, turn, words))
    enough = _enough(joined, ends)
    blanks = [blank.start() for blank in re.finditer(" ", joined)]
    found: list[int] = []
    last = 0
    for at, blank in enumerate(blanks, 1):
        long = at - last >= enough.get(blank, _LONGEST) and len(blanks) + 1 - at >= _SHORT
        if long or blank in forced:
            found.append(blank)
            last = at
    return found


def _enough(joined: str, ends: Sequence[int]) -> dict[int, int]:
    """Return how many words are enough for a paragraph to end at a blank: a sentence's, a cue's."""
    if joined.count(" ") < _LONG:
        return {}
    sentence_ends = [span.end for span in sentences(joined, Span(0, len(joined)))]
    punctuated = joined.count(" ") <= _LONGER * len(sentence_ends)
    at_cues = dict.fromkeys(ends, _LONGER if punctuated else _UNPUNCTUATED)
    return at_cues | dict.fromkeys(sentence_ends, _LONG)


def _pauses(ends: Sequence[int], turn: Sequence[Cue], words: Sequence[str]) -> Iterator[int]:
    """Yield the blanks at a pause after a finished sentence."""
    for end, before, after, said in zip(ends, turn, turn[1:], words, strict=False):
        if before.end is None or after.start is None:
            continue
        if after.start - before.end > _PAUSE and _FINISHED.search(said):
            yield end
