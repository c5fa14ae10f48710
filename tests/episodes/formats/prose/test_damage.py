"""Damaged and hostile prose: a transcript or one clear refusal, soon, and never anything else."""

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.episodes.formats.model import Known, Transcript
from bot.episodes.formats.prose.parse import read_prose
from bot.errors import UnreadableError

SAMPLE = """---
title: Of lamps
speakers: [Ada Park, Ben Reed]
---
# Of lamps

**Ada Park:** Welcome to the lighthouse. \\[00:10\\] It is round.

And it is old. <!-- cut --> See ![a lamp](lamp.png) [here](https://example.org).

**Break:** \\[01:00\\]

__Ben Reed__: It is good to be back, [laughs] thank you. **Ada Park:** Yes.

Cy Vale (00:02:00):
A third voice.
[Speaker 1] [00:03:00] Who is that?

00:04:00 Nobody.

## Links

- a lamp
| a | table |
Ada Park  0:34
Words &quot;below&quot;.
{{< end >}}
"""
PIECES = [*SAMPLE.splitlines(keepends=True), "**", "[[[[", "<!--", "-->", "\\[", "99:99", ":", "\r"]
PIECES += [
    "\ufeff",
    "\x00",
    "\ud800",
    "é",
    "：",
    "---\n",
    "_",
    "(",
    ")",
    "#",
    ">",
    "`",
    "&lt;",
    "٣",
]


def read(text: str, known: Known) -> Transcript | None:
    """Read a file; None where it is refused, which takes one line."""
    try:
        return read_prose(text, "a.md", known)
    except UnreadableError as error:
        if "\n" in str(error):
            raise
        return None


@pytest.mark.slow
@settings(
    max_examples=400, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(
    edits=st.lists(
        st.tuples(
            st.integers(0, len(SAMPLE)), st.integers(0, 40), st.lists(st.sampled_from(PIECES))
        ),
        max_size=12,
    ),
    whole=st.booleans(),
)
def test_damaged_files_are_read_or_refused(
    edits: list[tuple[int, int, list[str]]], *, whole: bool
) -> None:
    text = SAMPLE if whole else ""
    for at, length, pieces in edits:
        text = text[:at] + "".join(pieces) + text[at + length :]
    found = read(text, Known(people=("Ada Park",)))
    if found is None:
        return
    spans = [span for speech in found.speeches for span in speech.paragraphs]
    assert [row.span for row in found.rows] == spans
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


HOSTILE = {
    "stars": "**",
    "brackets": "[[[[",
    "labels": "**a",
    "images": "![a](",
    "comments": "<!--",
    "headings": "# #",
    "hashes": "#",
    "quotes": "> ",
    "stops": "A b. ",
    "colons": "a:",
    "times": "[00:01] words of a turn that is as short as turns of talk can be\n",
    "lines": "Ada: words of a turn that is as short as turns of talk can be\n",
    "names": "Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada : word\n",
    "later": "(00:00:09): words of a turn that is as short as a turn of talk can be\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("width", [700_000, 120])
def test_hostile_files_take_no_longer_than_their_length_needs(piece: str, width: int) -> None:
    line = piece * (width // len(piece)) + "\n\n"
    text = (line * (1_450_000 // len(line)))[:1_450_000]  # half of what is read at most
    begun = time.process_time()
    read(text, Known())
    # One second on a machine that does nothing else; what grows with the square takes minutes.
    assert time.process_time() - begun < 10
