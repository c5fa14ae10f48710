"""Answers about an episode itself, each from the words of its header, headings and sheet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.answers.episode.recording import duration, hosts
from bot.answers.model import MOST_QUOTES, Answer, NoAnswer, Quote
from bot.answers.question.intents import Intent
from bot.answers.quoting.quotes import Quotes
from bot.episodes import Episode, Span
from bot.search.passages import Kind, Passage


class Facts:
    """Answers intents from one episode."""

    def __init__(self, episode: Episode, passages: Sequence[Passage], quotes: Quotes) -> None:
        self._episode, self._passages, self._quotes = episode, passages, quotes
        self._facts = {(quote.start, quote.end): quote for quote in quotes.facts(self._episode)}

    def answer(self, question: str, intent: Intent) -> Answer | NoAnswer | None:
        """Return the answer; None if this episode has nothing of the kind."""
        makers: dict[str, Callable[[str, int | None], Answer | NoAnswer | None]] = {
            "takeaway": self._takeaway,
            "outline": self._outline,
            "terms": self._terms,
            "hosts": self._hosts,
            "duration": self._duration,
            "about": self._about,
            "previous": self._previous,
            "next": self._next,
        }
        answer = makers[intent.kind](question, intent.number)
        if intent.counted and isinstance(answer, Answer):
            return replace(answer, lead=f"{self._episode.label} has {self._count(intent.kind)}:")
        return answer

    def _count(self, kind: str) -> str:
        """Return how many of a kind there are, in words that end a sentence."""
        episode = self._episode
        if kind == "outline":
            return self._count_segments()
        counts = {
            "takeaway": (len(episode.takeaways), "takeaway"),
            "terms": (len(episode.terms), "term"),
            "hosts": (len(episode.hosts), "host"),
        }
        return _counted(*counts[kind])

    def _headings(self) -> list[Quote]:
        titled = (part.span for part in self._episode.segments if part.title)
        return [self._facts[(span.start, span.end)] for span in titled]

    def _count_segments(self) -> str:
        """Return how many segments there are; an intro without a number is told apart."""
        headings = self._headings()
        numbered = sum(
            heading.item is not None and bool(heading.item.number) for heading in headings
        )
        others = len(headings) - numbered
        if not numbered or not others:
            return _counted(len(headings), "segment")
        return f"{_counted(numbered, 'numbered segment')} and {_counted(others, 'other part')}"

    def _takeaway(self, question: str, number: int | None) -> Answer | NoAnswer | None:
        found = [self._whole(takeaway.span.start) for takeaway in self._episode.takeaways]
        lead = f"The {len(found)} takeaways of {self._episode.label}:"
        return self._one_or_all(question, "takeaway", found, number, lead)

    def _outline(self, question: str, number: int | None) -> Answer | NoAnswer | None:
        headings = self._headings()
        if number is not None and len(headings) > 1 and "1" not in headings[0].segment:
            headings = headings[1:]
        return self._one_or_all(question, "outline", headings, number, "The episode in segments:")

    def _terms(self, question: str, _: int | None) -> Answer | None:
        rows = [passage for passage in self._passages if passage.kind is Kind.TERM]
        found = [self._quotes.window(row, 0, 0) for row in rows]
        return _list(question, "terms", "The terms of the reference sheet:", found)

    def _hosts(self, question: str, _: int | None) -> Answer | None:
        spoken = question, self._episode, self._passages, self._quotes
        return self._header(question, "hosts", self._episode.hosts_line) or hosts(*spoken)

    def _duration(self, question: str, _: int | None) -> Answer | None:
        spoken = question, self._episode, self._passages, self._quotes
        return self._header(question, "duration", self._episode.duration) or duration(*spoken)

    def _about(self, question: str, _: int | None) -> Answer | None:
        found = tuple(self._facts[(span.start, span.end)] for span in self._episode.titles)
        lead = f"{self._episode.show}:" if self._episode.show else ""
        return Answer(question, "about", lead, found[:MOST_QUOTES]) if found else None

    def _previous(self, question: str, _: int | None) -> Answer | None:
        return self._mentioned(question, "previous", ("wrapped up", "last episode", "previous"))

    def _next(self, question: str, _: int | None) -> Answer | None:
        closing = self._episode.closing
        answer = self._mentioned(question, "next", ("next episode", "next week"))
        fact = self._facts.get((closing.start, closing.end)) if closing else None
        said = answer.quotes if answer else ()
        quotes = (*((fact,) if fact else ()), *said)
        return Answer(question, "next", "", quotes[:MOST_QUOTES]) if quotes else None

    def _mentioned(self, question: str, kind: str, marks: Sequence[str]) -> Answer | None:
        """Answer with the sentences of the dialogue that use one of these phrases."""
        found = tuple(self._sentences(marks))
        return Answer(question, kind, "", found[:MOST_QUOTES]) if found else None

    def _sentences(self, marks: Sequence[str]) -> Iterator[Quote]:
        for passage in self._passages:
            for position, span in enumerate(passage.sentences):
                said = passage.episode.words(span).lower()
                if passage.speaker and any(mark in said for mark in marks):
                    yield self._quotes.window(passage, position, position)

    def _header(self, question: str, kind: str, line: Span | None) -> Answer | None:
        quote = self._facts.get((line.start, line.end)) if line else None
        return Answer(question, kind, "", (quote,)) if quote else None

    def _whole(self, start: int) -> Quote:
        """Return the paragraph that begins at an offset."""
        passage = next(one for one in self._passages if one.span.start == start)
        return self._quotes.opening(passage)

    def _one_or_all(
        self, question: str, kind: str, found: Sequence[Quote], number: int | None, lead: str
    ) -> Answer | NoAnswer | None:
        if number is None or not found:
            return _list(question, f"{kind}s" if kind == "takeaway" else kind, lead, found)
        if number > len(found) or number < -1 or number == 0:
            what = "segment" if kind == "outline" else kind
            reply = f"There is no {what} {number}: the episode has {len(found)}."
            return NoAnswer(
                question,
                "unknown",
                reply,
                suggestions=(f"{what} {len(found)}",),
                reason="no_such_item",
            )
        return Answer(question, kind, "", (found[number - 1 if number > 0 else -1],))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _list(question: str, kind: str, lead: str, found: Sequence[Quote]) -> Answer | None:
    if not found:
        return None
    return Answer(question, kind, lead, tuple(found[:MOST_QUOTES]), items=tuple(found))
