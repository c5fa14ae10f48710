"""Windows: runs of whole sentences that cover every passage; what is searched, read and quoted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.answers.model import Quote
from bot.answers.quoting.quotes import holds
from bot.answers.reader.said import Said
from bot.episodes import Span
from bot.search.passages import Kind, Passage

# A window has at most four sentences and, unless one is longer, 60 words: most answers fit in
# one, and reading costs time for each word.
MOST_SENTENCES, MOST_WORDS = 4, 60


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences `first` to `last` of passage `number`, all counted from 0.

    `asked` is the question that the turn before ends with, or empty.
    """

    number: int
    passage: Passage
    first: int
    last: int
    asked: str = ""

    @property
    def span(self) -> Span:
        """Return where it stands."""
        sentences = self.passage.sentences
        return Span(sentences[self.first].start, sentences[self.last].end)

    @property
    def text(self) -> str:
        """Return its words; a row of the sheet begins with its term."""
        if self.passage.kind is Kind.TERM:
            return self.passage.own
        return self.passage.episode.words(self.span)

    @property
    def said(self) -> Said:
        """Return what the reader reads: its words, who says them, and the question before."""
        return Said(self.text, self.passage.speaker or "", self.asked)

    @property
    def in_context(self) -> str:
        """Return what the encoder sees: its words after those that tell what "it" is.

        These are the words before it in its turn, or the question that led to the turn.
        """
        context = self.passage.before(self.span.start) or self.asked
        return f"{context} | {self.text}" if context else self.text

    def meets(self, quote: Quote) -> bool:
        """Return whether a quote has words of the window."""
        there = holds(self.passage, quote)
        return there and quote.start < self.span.end and self.span.start < quote.end


AnyWindow = TypeVar("AnyWindow", bound=Window)


def lengthened(window: AnyWindow, most_words: int) -> AnyWindow:
    """Return a window with the sentences after it in its passage, up to so many words."""
    while window.last + 1 < len(window.passage.sentences):
        longer = replace(window, last=window.last + 1)
        if len(longer.text.split()) > most_words:
            return window
        window = longer
    return window


def windows(passages: Sequence[Passage]) -> list[Window]:
    """Return the windows of what is told; questions of hosts are no answers."""
    return [
        Window(number, passage, first, last, asked)
        for number, passage in enumerate(passages)
        if passage.kind is not Kind.ASKED
        for asked in [asked_before(passage)]
        for first, last in _runs(passage)
    ]


def _runs(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield runs that cover a passage; each begins with the last sentence of the one before."""
    lengths = [len(passage.episode.words(one).split()) for one in passage.sentences]
    first = 0
    while first < len(lengths):
        last = first
        while (
            last + 1 < min(first + MOST_SENTENCES, len(lengths))
            and sum(lengths[first : last + 2]) <= MOST_WORDS
        ):
            last += 1
        yield first, last
        if last + 1 == len(lengths):
            return
        first = last if last > first else last + 1


def asked_before(passage: Passage) -> str:
    """Return the last sentence of the turn before, if it asks."""
    if passage.asked is None:
        return ""
    said = passage.episode.words(passage.asked.paragraphs[-1])
    if not said.rstrip("\"')”’ ").endswith("?"):
        return ""
    ends = max(said.rfind(mark, 0, len(said) - 2) for mark in (". ", "? ", "! ", "… "))
    return said[ends + 1 :].strip()
