"""Paragraphs of the length that is indexed: a long one is cut where a sentence ends."""

import math
import re
from collections.abc import Iterator

from bot.episodes.model import Span

# Words. A turn of many minutes may be one paragraph; what is found and weighed is a paragraph.
MOST_WORDS = 120
# A shorter one cannot hold more words than that, at four characters each.
_SHORT = 4 * MOST_WORDS
# Somebody's words without a full stop: cut between any two of them.
_BREATHLESS = 2 * MOST_WORDS

_END = re.compile(r"[.!?…][\"'”’)\]*_]{0,4}\s+(?=[^\w\s]{0,4}(?P<first>\w))")
# What ends in a full stop and ends no sentence, seen in the five characters up to it.
_ABBREVIATION = re.compile(r"(?<!\w)(?:[A-Z]|[DMS][rst]|Mrs|vs|e\.g|i\.e)\.\Z")
_NEAR = 5
_WORD = re.compile(r"\S+")


def paragraphs(text: str, span: Span) -> Iterator[Span]:
    """Yield a paragraph as it is or, where it is long, in pieces of about equal length."""
    if span.end - span.start <= _SHORT:
        yield span
        return
    words = len(text[span.start : span.end].split())
    if words <= MOST_WORDS:
        yield span
        return
    goal = math.ceil(words / math.ceil(words / MOST_WORDS))
    start, length = span.start, 0
    for sentence, count in _sentences(text, span):
        if length and (length >= goal or length + count > MOST_WORDS):
            yield _trimmed(text, start, sentence.start)
            start, length = sentence.start, 0
        length += count
    yield _trimmed(text, start, span.end)


def _sentences(text: str, span: Span) -> Iterator[tuple[Span, int]]:
    """Yield the sentences of a paragraph without gaps, each with the number of its words."""
    start = span.start
    for found in _END.finditer(text, span.start, span.end):
        stop = found.start() + 1
        if found["first"].islower() or _ABBREVIATION.search(text[max(start, stop - _NEAR) : stop]):
            continue
        yield from _breaths(text, Span(start, found.end()))
        start = found.end()
    if start < span.end:
        yield from _breaths(text, Span(start, span.end))


def _breaths(text: str, sentence: Span) -> Iterator[tuple[Span, int]]:
    count = len(text[sentence.start : sentence.end].split())
    if count <= _BREATHLESS:
        yield sentence, count
        return
    begins = [found.start() for found in _WORD.finditer(text, sentence.start, sentence.end)]
    starts = [sentence.start, *begins[MOST_WORDS::MOST_WORDS]]
    for start, end in zip(starts, [*starts[1:], sentence.end], strict=True):
        yield Span(start, end), min(MOST_WORDS, count)


def _trimmed(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))
