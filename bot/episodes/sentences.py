"""Sentences of a passage, as spans of the file."""

import re
from collections.abc import Iterator

from bot.episodes.model import Span

# A full stop, question or exclamation mark, what may close after it, then white space.
_END = re.compile(r"[.!?…]+[\"')\]”’*_]*(?=\s)")
_BEGINS = re.compile(r"\s+[\"'(\[“‘*_]*[A-Z0-9]")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|vs|etc|cf|Dr|Mr|Mrs|Ms|No|approx|[A-Z])|^\W*\d+)\.$")


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences inside a span, none broken inside a quotation or inside emphasis."""
    spans = []
    start = span.start
    for end in (*_ends(text, span), span.end):
        if text[start:end].strip() and _whole(text[start:end]):
            spans.append(_trimmed(text, start, end))
            start = end
    if text[start : span.end].strip():
        spans.append(_trimmed(text, start, span.end))
    return tuple(spans)


def _ends(text: str, span: Span) -> Iterator[int]:
    for found in _END.finditer(text, span.start, span.end):
        if _BEGINS.match(text, found.end(), span.end):
            yield found.end()


def _whole(sentence: str) -> bool:
    """Whether quotation marks, brackets and emphasis that open here close here too."""
    return (
        sentence.count('"') % 2 == 0
        and sentence.count("**") % 2 == 0
        and sentence.count("(") == sentence.count(")")
        and sentence.count("“") == sentence.count("”")
        and not _ABBREVIATION.search(sentence)
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(end - len(words.lstrip()), start + len(words.rstrip()))
