"""Captions that roll: each line is shown again above the next, and must be said once."""

from collections.abc import Iterator, Sequence
from itertools import chain

# YouTube's own captions repeat in nearly every cue, people in less than one of twenty.
_SHARE = 0.5
_AT_LEAST = 2
# A screen shows two or three.
_MOST_LINES = 8


def unrolled(
    captions: Sequence[Sequence[str]], ends: Sequence[int | None]
) -> list[tuple[list[str], int | None]]:
    """Return the new lines of each caption, and until when they are shown, in milliseconds.

    Where captions do not roll, all lines are new. A caption with nothing new has no lines: those
    before it are shown until it ends.
    """
    repeats = _repeats(captions)
    spoken = sum(1 for lines in captions if any(map(str.split, lines)))
    rolls = sum(1 for words in repeats if words) >= max(_AT_LEAST, spoken * _SHARE)
    if not rolls:
        return [(list(lines), end) for lines, end in zip(captions, ends, strict=True)]
    found: list[tuple[list[str], int | None]] = []
    last = 0
    for lines, words, end in zip(captions, repeats, ends, strict=True):
        new = list(_without(lines, words))
        if new or not found:
            last = len(found)
        elif end is not None:
            found[last] = (found[last][0], max(end, found[last][1] or 0))
        found.append((new, end))
    return found


def _repeats(captions: Sequence[Sequence[str]]) -> list[int]:
    """Return how many words at the head of each caption the one before it ended with."""
    counts = []
    before: list[list[str]] = []
    for lines in captions:
        written = [line.split() for line in lines if line.split()]
        counts.append(_overlap(before, list(chain.from_iterable(written))))
        before = written[-_MOST_LINES:] or before
    return counts


def _overlap(before: Sequence[Sequence[str]], words: Sequence[str]) -> int:
    """Return the most words of whole lines before that `words` begin with."""
    for at in range(len(before)):
        tail = [word for line in before[at:] for word in line]
        if words[: len(tail)] == tail:
            return len(tail)
    return 0


def _without(lines: Sequence[str], count: int) -> Iterator[str]:
    """Yield lines without the first `count` words."""
    for line in lines:
        words = line.split()
        if words[count:]:
            yield " ".join(words[count:]) if count else line
        count = max(0, count - len(words))
