"""The quotes of one episode."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from bot.answers.model import Quote
from bot.answers.quoting.items import segment_item, takeaway_item
from bot.answers.quoting.openings import needs_question
from bot.episodes import Episode, Span
from bot.episodes.titles import body_text, display_title, display_titles
from bot.search.passages import Kind, Passage


class EpisodeQuotes:
    """Makes the quotes of one episode."""

    def __init__(self, episode: Episode, *, one_of_several: bool) -> None:
        self._episode, self._one_of_several = episode, one_of_several
        self.headings = display_titles(episode)
        if episode.sheet:
            sheet = episode.words(episode.sheet)
            self.headings[sheet] = display_title(sheet, body_text(episode))
        self._roles = {host.name: host.role for host in episode.hosts}
        self._takeaways = {takeaway.span: takeaway for takeaway in episode.takeaways}

    @cached_property
    def facts(self) -> tuple[Quote, ...]:
        """Make the quotes of header lines, headings and the closing line."""
        return tuple(self._facts())

    def window(self, passage: Passage, first: int, last: int) -> Quote:
        """Make a quote of sentences `first` to `last`, with the question before where needed."""
        span = Span(passage.sentences[first].start, passage.sentences[last].end)
        takeaway = None if first else self._takeaways.get(passage.span)
        quote = self._quote(
            span,
            passage.segment,
            speaker=passage.speaker,
            label=_cell(passage) if passage.kind is Kind.TERM else None,
            context=self._question(passage) if not first and needs_question(passage) else None,
            position=_position(passage),
        )
        if takeaway is None:
            return quote
        return replace(quote, item=takeaway_item(self._episode, takeaway, quote.text))

    def _facts(self) -> Iterator[Quote]:
        header = "Header"
        for span in self._episode.titles:
            yield self._quote(span, header, label="Title")
        if self._episode.hosts_line:
            yield self._quote(self._episode.hosts_line, header, label="Hosts")
        if self._episode.duration:
            yield self._quote(self._episode.duration, header, label="Duration")
        for segment in self._episode.segments:
            if not segment.title:
                continue
            quote = self._quote(segment.span, segment.title)
            item = segment_item(self._episode, segment, quote.heading)
            yield replace(quote, heading="", item=item)
        if self._episode.closing:
            yield self._quote(self._episode.closing, "Closing line")

    def _question(self, passage: Passage) -> Quote | None:
        """Quote the question that led to a passage, if the turn before was one."""
        asked = passage.asked
        if asked is None or not self._episode.words(asked.paragraphs[-1]).endswith("?"):
            return None
        span = Span(asked.paragraphs[0].start, asked.paragraphs[-1].end)
        return self._quote(
            span,
            passage.segment,
            speaker=asked.speaker,
            position=_turn(self._episode, passage.turn - 1),
        )

    def _quote(
        self,
        span: Span,
        segment: str,
        *,
        speaker: str | None = None,
        label: str | None = None,
        context: Quote | None = None,
        position: str | None = None,
    ) -> Quote:
        moment = self._episode.timeline.at(span)
        return Quote(
            text=self._episode.words(span),
            speaker=speaker,
            role=self._roles.get(speaker) if speaker else None,
            segment=segment,
            episode=self._episode.slug,
            title=self._episode.label,
            source=self._episode.source,
            start=span.start,
            end=span.end,
            digest=self._episode.digest,
            label=label,
            context=context,
            position=position,
            heading=self.headings.get(segment, ""),
            one_of_several=self._one_of_several,
            show=self._episode.show if self._one_of_several else "",
            since=_seconds(moment and moment.since),
            until=_seconds(moment and moment.until),
            line=moment and moment.line,
            audio=self._episode.audio,
        )


def _seconds(milliseconds: int | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000


def _position(passage: Passage) -> str:
    """Return how far in a passage stands, counted from 1."""
    if passage.kind is not Kind.TERM:
        return _turn(passage.episode, passage.turn)
    return f"entry {passage.paragraph + 1} of {len(passage.episode.terms)}"


def _turn(episode: Episode, index: int) -> str:
    return f"turn {index + 1} of {len(episode.turns)}"


def _cell(passage: Passage) -> str | None:
    """Return the term as the sheet prints it, its long form in brackets."""
    for term in passage.episode.terms:
        if term.name == passage.term:
            return passage.episode.words(term.cell)
    return passage.term
