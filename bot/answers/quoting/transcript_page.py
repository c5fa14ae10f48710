"""What stands around a quote: the turns before and after it, as the transcript has them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from bot.episodes import Episode, Span

TURNS = 3  # on a page: the quote's own and one on each side
_AS_PRINTED: Mapping[str, str] = MappingProxyType({})


class Words(NamedTuple):
    """Words of the transcript, and whether they are the quote's."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn, or a row of the sheet, where `speaker` is None and `label` its term.

    `segment` is the heading above it, as it is displayed. A paragraph is its words in order, in one
    piece or, around the quote, in up to three.
    """

    segment: str
    speaker: str | None
    label: str | None
    paragraphs: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A page of turns, or of the sheet's rows; `first` of `total` is the number of its first."""

    spoken: tuple[Spoken, ...]
    first: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last one on the page."""
        return self.first + len(self.spoken) - 1

    @property
    def earlier(self) -> bool:
        """Whether there are more before it."""
        return self.first > 1

    @property
    def later(self) -> bool:
        """Whether there are more after it."""
        return self.last < self.total


def excerpt(
    episode: Episode, quote: Span, page: int = 0, headings: Mapping[str, str] = _AS_PRINTED
) -> Excerpt | None:
    """Return the turns around a quote, `page` pages later, or earlier if it is negative.

    `headings` maps segments to their titles for display. Returns None for a span outside the turns
    and the sheet, such as a heading, and for a page that does not exist.
    """
    for sequence in (_turns(episode), _rows(episode)):
        places = [index for index, (span, *_) in enumerate(sequence) if _meets(span, quote)]
        if places:
            found = _page(episode, sequence, places[0] - 1 + page * TURNS, quote)
            return found and _displayed(found, headings)
    return None


# The whole span, then what `Spoken` holds, its paragraphs as spans.
_Piece = tuple[Span, str, str | None, str | None, tuple[Span, ...]]


def _displayed(found: Excerpt, headings: Mapping[str, str]) -> Excerpt:
    spoken = (replace(one, segment=headings.get(one.segment, one.segment)) for one in found.spoken)
    return replace(found, spoken=tuple(spoken))


def _page(episode: Episode, sequence: list[_Piece], first: int, quote: Span) -> Excerpt | None:
    start = max(first, 0)
    shown = sequence[start : max(first + TURNS, 0)]
    if not shown:
        return None
    spoken = tuple(
        Spoken(segment, speaker, label, tuple(tuple(_words(episode, one, quote)) for one in spans))
        for _, segment, speaker, label, spans in shown
    )
    return Excerpt(spoken, start + 1, len(sequence))


def _turns(episode: Episode) -> list[_Piece]:
    return [
        (
            Span((turn.label or turn.paragraphs[0]).start, turn.paragraphs[-1].end),
            episode.segments[turn.segment].title,
            turn.speaker,
            None,
            turn.paragraphs,
        )
        for turn in episode.turns
        if turn.paragraphs
    ]


def _rows(episode: Episode) -> list[_Piece]:
    heading = episode.words(episode.sheet) if episode.sheet else ""
    return [
        (term.definition, heading, None, episode.words(term.cell), (term.definition,))
        for term in episode.terms
    ]


def _words(episode: Episode, paragraph: Span, quote: Span) -> Iterator[Words]:
    """Yield a paragraph's words, the quote's apart from those around it."""
    start, end = max(paragraph.start, quote.start), min(paragraph.end, quote.end)
    if start >= end:
        yield Words(episode.words(paragraph), quoted=False)
        return
    pieces = (Span(paragraph.start, start), Span(start, end), Span(end, paragraph.end))
    for number, span in enumerate(pieces):
        if words := episode.words(span).strip():
            yield Words(words, quoted=number == 1)


def _meets(span: Span, quote: Span) -> bool:
    return span.start <= quote.start < span.end
