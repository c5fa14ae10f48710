"""Sentences of a passage, as spans of the file."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.episodes.emphasis import marks
from bot.episodes.model import Span

# More words than this, and a quotation is cut at the sentence ends within it: as one piece it
# would be longer than a quote may be (`MOST_WORDS`).
LONGEST = 90

# Chosen by hand: about as much as a speaker says in one breath, and two of them fit in a quote.
_RUN = 40
_WORD = re.compile(r"\S+")

# A full stop, question or exclamation mark, what may close after it, then white space.
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"')\]”’*_]*(?=\s)")
_BEGINS = re.compile(r"\s+[\"'(\[“‘*_]*(?P<first>[^\W_])")
# These end in a full stop and end no sentence; no such word is longer than `_LONGEST_ABBREVIATION`.
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|vs|etc|cf|Dr|Mr|Mrs|Ms|No|approx|[A-Z])\.$")
_LONGEST_ABBREVIATION = 7
_NUMBER = re.compile(r"\W*\d+\.")
_BRACKET = re.compile(r"[\"()“”]")


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """Return the sentences inside a span, none broken inside a quotation or inside emphasis.

    Only what would come to more than `LONGEST` words that way is broken at every sentence end, and
    a sentence of more words, as in captions without full stops, every `_RUN` words.
    """
    found: list[Span] = []
    waiting: list[Span] = []
    seen: Counter[str] = Counter()
    for piece in _pieces(text, span):
        waiting.append(piece)
        words = text[piece.start : piece.end]
        new = [*_BRACKET.findall(words), *marks(words)]
        seen.update(new)
        # What was open stays open where a piece has no mark that closes it.
        if not seen or (new and _closed(seen)):
            found += _joined(text, waiting)
            waiting, seen = [], Counter()
    return (*found, *_joined(text, waiting))


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """Yield what lies between sentence ends, quotation marks or not."""
    start = span.start
    for end in _ends(text, span):
        tail = max(start, end - _LONGEST_ABBREVIATION)
        if _ABBREVIATION.search(text, tail, end) or _NUMBER.fullmatch(text, start, end):
            continue
        yield from _runs(text, _trimmed(text, start, end))
        start = end
    if text[start : span.end].strip():
        yield from _runs(text, _trimmed(text, start, span.end))


def _runs(text: str, piece: Span) -> Iterator[Span]:
    """Yield a piece, or runs of its words where a quote could not hold all of them."""
    words = list(_WORD.finditer(text, piece.start, piece.end))
    if len(words) <= LONGEST:
        yield piece
        return
    for first in range(0, len(words), _RUN):
        yield Span(words[first].start(), words[first : first + _RUN][-1].end())


def _ends(text: str, span: Span) -> Iterator[int]:
    for found in _END.finditer(text, span.start, span.end):
        begins = _BEGINS.match(text, found.end(), span.end)
        if begins and not begins["first"].islower():
            yield found.end()


def _closed(seen: Counter[str]) -> bool:
    """Whether the quotation marks, brackets and emphasis that were opened are closed too."""
    return (
        not any(seen[mark] % 2 for mark in ('"', "*", "**", "_", "__"))
        and seen["("] <= seen[")"]
        and seen["“"] <= seen["”"]
    )


def _joined(text: str, pieces: Sequence[Span]) -> Sequence[Span]:
    """Return the pieces as one sentence, unless that is too long."""
    if len(pieces) <= 1:
        return pieces
    whole = Span(pieces[0].start, pieces[-1].end)
    return [whole] if len(text[whole.start : whole.end].split()) <= LONGEST else pieces


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(end - len(words.lstrip()), start + len(words.rstrip()))
