"""What an episode's page shows, from the episode. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bot.answers.quoting.items import takeaway_item
from bot.episodes import Episode, Segment, Span, Term, Turn
from bot.episodes.listening import listen
from bot.web.pages.marking import Words, shown
from bot.web.pages.model import Entry, Heard, Paragraph, Part, Reading, Row, Spoken, Takeaway

# Seconds between two times in a long turn, and between two entries of a list without chapters;
# chosen by hand: about a paragraph, and what fits on a screen for an hour and a half.
_EVERY, _STEP = 60, 600
_FEWEST_ENTRIES = 2  # a list of one leads to what is in view anyway


def reading(episode: Episode, headings: Mapping[str, str], mark: Span | None = None) -> Reading:
    """Return what the page of an episode shows, `mark` marked in it.

    `headings` are the titles for display of its segments, by the segments.
    """
    return _Reader(episode, headings, mark).reading()


class _Reader:
    """Reads an episode part by part, with one mark in it."""

    def __init__(self, episode: Episode, headings: Mapping[str, str], mark: Span | None) -> None:
        self._episode, self._headings, self._mark = episode, headings, mark

    def reading(self) -> Reading:
        episode = self._episode
        parts = tuple(self._parts())
        contents = tuple(self._contents(parts))
        title, *more = episode.titles or (None,)
        facts = filter(None, (episode.hosts_line, episode.duration))
        return Reading(
            title=self._shown(title) if title else (Words(episode.title),),
            subtitle=self._shown(*more[:1]),
            facts=tuple(self._shown(span) for span in facts),
            people=() if episode.hosts_line else tuple((h.name, h.role) for h in episode.hosts),
            contents=contents if len(contents) >= _FEWEST_ENTRIES else (),
            parts=parts,
            takeaways=tuple(self._takeaways()),
            sheet=self._shown(episode.sheet),
            rows=tuple(map(self._row, episode.terms)),
            closing=self._shown(episode.closing),
            is_timed=any(turn.heard for part in parts for turn in part.turns),
        )

    def _parts(self) -> Iterator[Part]:
        """Yield the segments with what is said in each; one in which nothing is said stays."""
        turns = {
            at: list(found)
            for at, found in groupby(enumerate(self._episode.turns), key=lambda one: one[1].segment)
        }
        for at, segment in enumerate(self._episode.segments):
            said = tuple(self._spoken(number, turn) for number, turn in turns.get(at, ()))
            heading = self._heading(segment)
            if said or heading:
                yield Part(f"part-{at + 1}", heading, said)

    def _heading(self, segment: Segment) -> tuple[Words, ...]:
        """Return a heading for display; as the transcript prints it where the mark is in it."""
        if not segment.title:
            return ()
        printed = self._shown(segment.span)
        if any(words.marked for words in printed):
            return printed
        return (Words(self._headings.get(segment.title, segment.title)),)

    def _spoken(self, number: int, turn: Turn) -> Spoken:
        spans = turn.paragraphs
        whole = self._heard(Span(spans[0].start, spans[-1].end)) if spans else None
        name = _name(number)
        return Spoken(name, turn.speaker, whole, tuple(self._paragraphs(name, whole, spans)))

    def _paragraphs(
        self, turn: str, whole: Heard | None, spans: Sequence[Span]
    ) -> Iterator[Paragraph]:
        """Yield the paragraphs of a turn; in a long one, a time is shown now and then."""
        last = whole.since if whole else 0.0
        for number, span in enumerate(spans):
            heard = self._heard(span) if whole and number else None
            heard = heard if heard and heard.since >= last + _EVERY else None
            last = heard.since if heard else last
            yield Paragraph(
                words=self._shown(span),
                name=f"{turn}-{number + 1}" if heard else "",
                heard=heard,
                quoted=self._quoted(span),
            )

    def _quoted(self, span: Span) -> Heard | None:
        """Return when the quote is said, if it ends in a span."""
        mark = self._mark
        return self._heard(mark) if mark and span.start < mark.end <= span.end else None

    def _heard(self, span: Span) -> Heard | None:
        moment = self._episode.timeline.at(span)
        if moment is None or moment.since is None:
            return None
        since = moment.since / 1000
        until = None if moment.until is None else moment.until / 1000
        return Heard(since, listen(self._episode.audio, since, until))

    def _contents(self, parts: Sequence[Part]) -> Iterator[Entry]:
        """Yield the chapters; without any, a place every ten minutes; then what stands below."""
        headed = [part for part in parts if part.heading]
        yield from map(self._chapter, headed) if headed else _steps(parts)
        if self._episode.takeaways:
            yield Entry("takeaways", "Takeaways")
        if self._episode.terms:
            yield Entry("sheet", "Reference sheet")

    def _chapter(self, part: Part) -> Entry:
        heard = next((turn.heard for turn in part.turns), None)
        words = "".join(words.text for words in part.heading)
        return Entry(part.name, words, heard.time if heard else "")

    def _takeaways(self) -> Iterator[Takeaway]:
        at = {
            span: number
            for number, turn in enumerate(self._episode.turns)
            for span in turn.paragraphs
        }
        for takeaway in self._episode.takeaways:
            item = takeaway_item(self._episode, takeaway, self._episode.words(takeaway.span))
            rest = item.text.removeprefix(item.lead).strip()
            yield Takeaway(takeaway.number, item.lead, rest, _name(at[takeaway.span]))

    def _row(self, term: Term) -> Row:
        return Row(self._shown(term.cell), self._shown(term.definition))

    def _shown(self, span: Span | None = None) -> tuple[Words, ...]:
        return shown(self._episode, span, self._mark) if span else ()


def _steps(parts: Sequence[Part]) -> Iterator[Entry]:
    """Yield a place every ten minutes."""
    due = 0.0
    for turn in (turn for part in parts for turn in part.turns):
        places = [(turn.name, turn.heard), *((one.name, one.heard) for one in turn.paragraphs)]
        for name, heard in places:
            if heard and heard.since >= due:
                due = (heard.since // _STEP + 1) * _STEP
                yield Entry(name, heard.time)


def _name(number: int) -> str:
    return f"turn-{number + 1}"
