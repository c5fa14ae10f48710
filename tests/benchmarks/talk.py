"""A real talk as the cues of captions, to be written in every format."""

import re
from collections.abc import Iterator
from functools import cache

from bot.episodes.formats.model import Cue
from tests.benchmarks.collection import TRANSCRIPTS

_CHUNK = 9  # words of a cue, as people write captions


@cache
def talk() -> tuple[Cue, ...]:
    """Return an hour of real talk as cues of nine words, four seconds each."""
    path = max(TRANSCRIPTS.glob("*.md"), key=lambda one: one.stat().st_size)
    return tuple(_cues(path.read_text("utf-8")))


def _cues(text: str) -> Iterator[Cue]:
    speaker, number = None, 0
    for line in text.splitlines():
        rest = line
        if found := re.match(r"\*\*(?!Break)([^*:]+):\*\* ", line):
            speaker, rest = found[1], line[found.end() :]
        plain_words = re.sub(r"\\\[[^\]]*\\\]|[*_\[\]\\]|\S*://\S*", " ", rest).split()
        said = [word for word in plain_words if re.search(r"\w", word)]
        for at in range(0, len(said) if speaker else 0, _CHUNK):
            words = " ".join(said[at : at + _CHUNK])
            yield Cue(words, speaker, start=4000 * number, end=4000 * number + 4000)
            number += 1
