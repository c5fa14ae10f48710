"""A quote in an episode's text: marked by its span, or found again by its words. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from bot.episodes import Episode, Span
from bot.links import Place, fingerprint

_WORD = re.compile(r"\S+")


class Words(NamedTuple):
    """Words of the transcript as they are shown, white space around them kept as one blank."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote stands in the text, None where it no longer does.

    `moved` tells that the text is another than the link was made for.
    """

    span: Span | None
    moved: bool


def find(episode: Episode, place: Place) -> Found | None:
    """Return where the quote of a link stands now; None for a place that the text does not have."""
    if place.digest == episode.digest:
        span = Span(place.start, place.end)
        told = any(_meets(span, piece) for piece in pieces(episode))
        return Found(span, moved=False) if told else None
    again = min(
        _again(episode, place), key=lambda span: abs(span.start - place.start), default=None
    )
    return Found(again, moved=True)


def pieces(episode: Episode) -> Iterator[Span]:
    """Yield every part of an episode that its page shows in the transcript's own words."""
    yield from episode.titles
    yield from filter(None, (episode.hosts_line, episode.duration, episode.sheet, episode.closing))
    yield from (segment.span for segment in episode.segments if segment.title)
    yield from (span for turn in episode.turns for span in turn.paragraphs)
    for term in episode.terms:
        yield from (term.cell, term.definition)


def shown(episode: Episode, span: Span, mark: Span | None) -> tuple[Words, ...]:
    """Return the words of a span in order, those that are marked apart."""
    if mark is None or not _meets(mark, span):
        return (Words(episode.words(span)),)
    start, end = max(span.start, mark.start), min(span.end, mark.end)
    before = _with_blanks(episode, Span(span.start, start))
    after = _with_blanks(episode, Span(end, span.end))
    marked = _with_blanks(episode, Span(start, end))
    return tuple(
        Words(text, number == 1) for number, text in enumerate((before, marked, after)) if text
    )


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _with_blanks(episode: Episode, span: Span) -> str:
    """Return words, with a blank where white space parts them from what stands beside them."""
    raw, words = episode.text[span.start : span.end], episode.words(span)
    if not words:
        return " " if raw else ""
    return f"{' ' * raw[0].isspace()}{words}{' ' * raw[-1].isspace()}"


def _again(episode: Episode, place: Place) -> Iterator[Span]:
    """Yield where words of this fingerprint stand, from the start of a word to the end of one."""
    length = int(place.words.partition("-")[0] or 0)
    for piece in pieces(episode) if length else ():
        folded = episode.words(piece)
        if len(folded) < length:
            continue
        words = folded.split(" ")
        starts = list(accumulate((len(word) + 1 for word in words), initial=0))
        ends = {start - 1: number for number, start in enumerate(starts)}
        for first, start in enumerate(starts[:-1]):
            last = ends.get(start + length)
            if last and fingerprint(folded[start : start + length]) == place.words:
                yield _run(episode, piece, first, last - 1)


def _run(episode: Episode, piece: Span, first: int, last: int) -> Span:
    """Return where words of a piece stand, counted from 0, with the marks of emphasis on them."""
    every = (Span(*found.span()) for found in _WORD.finditer(episode.text, piece.start, piece.end))
    said = [span for span in every if episode.words(span)]
    return Span(said[first].start, said[last].end)
