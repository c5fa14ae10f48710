"""What the encoder learns from: a question, a window that answers, and one that does not."""

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tests.training.data import PODCASTS, Question
from tests.training.sampling import Propose, by_words, negative_runs, positives
from tests.training.transcripts import read_turns

BATCH = 40
_FEWEST, _MOST = 7, 60  # words of a host's question, and of what comes back
_SHARED = 0.4  # of two windows; chosen by hand: tiles share a sentence with the next

Triple = tuple[str, str, str]  # a question, a window that answers, and one that does not


def triples(
    questions: Sequence[Question], draw: random.Random, propose: Propose = by_words
) -> Iterator[Triple]:
    """Yield questions with a window that answers, and one of the same episode that does not."""
    for question in questions:
        good = positives(question, draw)
        bad = negative_runs(question, draw, 2, propose)
        if good and bad:
            yield question.text, draw.choice(good).in_context, draw.choice(bad).in_context


def hosts(left_out: frozenset[str], draw: random.Random) -> Iterator[Triple]:
    """Yield questions that end a turn, the opening of the next, and a turn from elsewhere."""
    for path in sorted(PODCASTS.glob("*/*.*")):
        if path.name in left_out or path.suffix not in {".md", ".srt", ".vtt", ".html", ".json"}:
            continue
        turns = [turn for turn in read_turns(path) if turn.speaker]
        told = [turn for turn in turns if len(turn.words) > _MOST // 2]
        for turn, after in pairwise(turns):
            asked = turn.text.rsplit(". ", 1)[-1]
            long_enough = _FEWEST <= len(asked.split()) <= _MOST and len(after.words) > _MOST // 2
            if asked.endswith("?") and long_enough and after.speaker != turn.speaker:
                yield asked, _opening(after.text, draw), _opening(draw.choice(told).text, draw)


def _opening(text: str, draw: random.Random) -> str:
    return " ".join(text.split()[: draw.randint(_MOST // 2, _MOST)])


def batches(rows: Sequence[Triple], draw: random.Random) -> Iterator[Sequence[Triple]]:
    """Yield batches, in which no window answers two questions."""
    order = list(rows)
    draw.shuffle(order)
    for start in range(0, len(order) - BATCH + 1, BATCH):
        some = {row[1]: row for row in order[start : start + BATCH]}
        yield list(some.values())


def alike(windows: Sequence[str], rows: int) -> NDArray[np.bool_]:
    """Return which windows share so much with what answers a row that they answer it as well.

    Of shape (rows, windows); the window that answers a row, in the same place, is not among them.
    What stands before a window counts for nothing.
    """
    runs = [_runs(one) for one in windows]
    found = np.zeros((rows, len(windows)), np.bool_)
    for at, mine in enumerate(runs[:rows]):
        for other, theirs in enumerate(runs):
            shared = len(mine & theirs)
            found[at, other] = at != other and shared > _SHARED * min(len(mine), len(theirs))
    return found


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return every three words in a row of a window; `in_context` parts it from what is before."""
    said = text.rpartition(" | ")[2].split()
    return frozenset(zip(said, said[1:], said[2:], strict=False))
