"""Quotes from spans, and the same quotes again from their coordinates."""

import re
from collections.abc import Iterable, Iterator

from bot.answers.model import Quote
from bot.episodes import Episode, Span
from bot.search.passages import Kind, Passage

MOST_WORDS = 90
# Openings that point back: such a sentence says little without the one before it.
_POINTS_BACK = re.compile(
    r"(?:it|its|it's|that|that's|this|these|those|they|they're|them|he|she|there|both|yes|no|not"
    r"|exactly|right|sure|because|depends|through|essentially|absolutely|precisely|very|eventually"
    r"|also|now|so|and|but|or|then|same|again|more|here's)\b",
    re.IGNORECASE,
)
_SHORT = 5


class Quotes:
    """Makes every quote of a library: of passages, and of its headings and header lines."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._passages: dict[str, list[Passage]] = {}
        for passage in passages:
            self._passages.setdefault(passage.episode.slug, []).append(passage)

    def window(self, passage: Passage, first: int, last: int) -> Quote:
        """Sentences `first` to `last` of a passage, with the question before where needed."""
        span = Span(passage.sentences[first].start, passage.sentences[last].end)
        return _quote(
            passage.episode,
            span,
            passage.segment,
            speaker=passage.speaker,
            label=_cell(passage) if passage.kind is Kind.TERM else None,
            context=_question(passage) if not first and _needs_question(passage) else None,
            position=_position(passage),
        )

    def opening(self, passage: Passage) -> Quote:
        """A passage from its first sentence on, as far as whole sentences fit a quote."""
        last = 0
        while last + 1 < len(passage.sentences):
            span = Span(passage.sentences[0].start, passage.sentences[last + 1].end)
            if len(passage.episode.words(span).split()) > MOST_WORDS:
                break
            last += 1
        return self.window(passage, 0, last)

    def again(self, episode: str, digest: str, start: int, end: int) -> Quote | None:
        """The quote with these coordinates; None if the bot could not have made it.

        A digest of another edition of the transcript, a span that is no run of whole sentences,
        or one that is too long: all are refused.
        """
        passages = self._passages.get(episode)
        if not passages or passages[0].episode.digest != digest:
            return None
        for quote in fact_quotes(passages[0].episode):
            if (quote.start, quote.end) == (start, end):
                return quote
        for passage in passages:
            if passage.span.start <= start < end <= passage.span.end:
                return self._inside(passage, start, end)
        return None

    def _inside(self, passage: Passage, start: int, end: int) -> Quote | None:
        starts = [sentence.start for sentence in passage.sentences]
        ends = [sentence.end for sentence in passage.sentences]
        if start not in starts or end not in ends:
            return None
        quote = self.window(passage, starts.index(start), ends.index(end))
        return quote if len(quote.text.split()) <= MOST_WORDS else None


def holds(passage: Passage, quote: Quote) -> bool:
    """Whether a quote is cut from a passage."""
    span = passage.span
    return passage.episode.slug == quote.episode and span.start <= quote.start < span.end


def points_back(sentence: str) -> bool:
    """Whether a sentence leans on the one before it."""
    return _POINTS_BACK.match(sentence.lstrip("\"'“‘(")) is not None


def fact_quotes(episode: Episode) -> Iterator[Quote]:
    """What can be quoted that nobody says: header lines, headings, terms, the closing line."""
    header = "Header"
    for span in episode.titles:
        yield _quote(episode, span, header, label="Title")
    yield _quote(episode, episode.hosts_line, header, label="Hosts")
    yield _quote(episode, episode.duration, header, label="Duration")
    for segment in episode.segments:
        yield _quote(episode, segment.span, segment.title)
    if episode.closing:
        yield _quote(episode, episode.closing, "Closing line")


def _quote(
    episode: Episode,
    span: Span,
    segment: str,
    *,
    speaker: str | None = None,
    label: str | None = None,
    context: Quote | None = None,
    position: str | None = None,
) -> Quote:
    roles = {host.name: host.role for host in episode.hosts}
    return Quote(
        text=episode.words(span),
        speaker=speaker,
        role=roles.get(speaker) if speaker else None,
        segment=segment,
        episode=episode.slug,
        title=episode.label,
        source=episode.source,
        start=span.start,
        end=span.end,
        digest=episode.digest,
        label=label,
        context=context,
        position=position,
    )


def _position(passage: Passage) -> str:
    """How far in a passage stands, counted from 1."""
    if passage.kind is not Kind.TERM:
        return _turn(passage.episode, passage.turn)
    names = [term.name for term in passage.episode.terms]
    return f"entry {names.index(passage.term or '') + 1} of {len(names)}"


def _turn(episode: Episode, index: int) -> str:
    return f"turn {index + 1} of {len(episode.turns)}"


def _cell(passage: Passage) -> str | None:
    """The term as the sheet prints it, its long form in brackets."""
    for term in passage.episode.terms:
        if term.name == passage.term:
            return passage.episode.words(term.cell)
    return passage.term


def _needs_question(passage: Passage) -> bool:
    """Whether the opening of a turn makes no sense without the question that it answers."""
    if passage.paragraph or not passage.asked:
        return False
    opening = passage.episode.words(passage.sentences[0])
    return points_back(opening) or len(opening.split()) <= _SHORT


def _question(passage: Passage) -> Quote | None:
    """The question that led to a passage, if the turn before was one."""
    asked = passage.asked
    if asked is None or not passage.episode.words(asked.paragraphs[-1]).endswith("?"):
        return None
    span = Span(asked.paragraphs[0].start, asked.paragraphs[-1].end)
    return _quote(
        passage.episode,
        span,
        passage.segment,
        speaker=asked.speaker,
        position=_turn(passage.episode, passage.turn - 1),
    )
