"""The Markdown transcript: header, segments of turns, reference sheet, closing line.

Every line is accounted for: what is not understood is a fault with its line, and a file with a
fault yields no episode, since half an episode would be quoted as if it were the whole.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from bot.episodes.emphasis import plain
from bot.episodes.house.checks import inconsistencies
from bot.episodes.house.header import Header
from bot.episodes.house.lines import Kind, Line, lines
from bot.episodes.house.sheet import Sheet
from bot.episodes.house.speakers import Speakers
from bot.episodes.metadata import Metadata
from bot.episodes.model import Episode, Segment, Span, Takeaway, Turn
from bot.episodes.source import Source
from bot.episodes.timeline import Moment, Timeline
from bot.errors import Fault, UnreadableError

_NUMBERED = re.compile(r"\*\*(?P<number>[0-9]{1,3})\. ")
_MEANT_AS_NUMBERED = re.compile(r"\*\*\d+[.):](?!\d)")
_NOWHERE = Span(0, 0)


def parse(text: str, path: str, source: Source, metadata: Metadata | None) -> Episode:
    """Return the episode in a transcript.

    Args:
        text: the file, decoded without newline translation.
        path: what faults call the file.
        source: what it is read from.
        metadata: what `episode.yaml` says; without it the header alone speaks.

    Raises:
        UnreadableError: with everything that could not be read, in order.
    """
    parser = _Parser(text, metadata)
    for line in lines(text):
        parser.take(line)
    episode = parser.episode(source)
    faults = [*parser.faults, *parser.missing(), *inconsistencies(episode)]
    if faults:
        told = {(max(1, bisect_right(parser.starts, at)), what) for at, what in faults}
        raise UnreadableError(*(Fault(path, line, what) for line, what in sorted(told)))
    return episode


class _Parser:
    """Reads line after line; `_part` is the part of the file that it is in.

    `faults` are offsets in the text and what is wrong there, `starts` those of its lines.
    """

    def __init__(self, text: str, metadata: Metadata | None) -> None:
        self._text, self._metadata = text, metadata
        self._header = Header()
        self._speakers = Speakers()
        self._sheet = Sheet(metadata.aliases if metadata else {})
        self._segments: list[Segment] = []
        self._turns: list[tuple[Span, str, int, list[Span]]] = []
        self._directions: list[Span] = []
        self._closing: Span | None = None
        self._part: Callable[[Line], str | None] = self._take_header
        self._paragraph_open = False
        self.faults: list[tuple[int, str]] = []
        self.starts: list[int] = []

    def take(self, line: Line) -> None:
        """Read a line; what is wrong with it goes to `faults`."""
        self.starts.append(line.start)
        if line.kind in (Kind.BLANK, Kind.RULE):
            self._paragraph_open = False
        elif what := self._part(line):
            self.faults.append((line.start, what))

    def missing(self) -> Iterator[tuple[int, str]]:
        """Yield what a whole file has and this one has not, and where that is noticed."""
        yield from ((0, what) for what in self._header.missing())
        if self._metadata:
            yield from self._header.disagreements(self._metadata)
        if not self._segments:
            yield 0, "there is no segment `### SEGMENT 1: TITLE (15 minutes)`"
        if self._closing is None:
            what = "the closing line `*Next Episode: …*` is missing: is the file cut short?"
            yield len(self._text), what
        elif unknown := self._sheet.unknown():
            yield (self._sheet.heading or _NOWHERE).start, unknown

    def episode(self, source: Source) -> Episode:
        """Return what was read; it is of use only if there is no fault."""
        head = self._header
        turns = tuple(Turn(label, who, part, tuple(said)) for label, who, part, said in self._turns)
        return Episode(
            slug=source.slug,
            number=head.number,
            title=head.title,
            show=(self._metadata and self._metadata.show) or "",
            source=source.name,
            text=self._text,
            digest=hashlib.sha256(self._text.encode()).hexdigest()[:12],
            titles=tuple(head.titles.values()),
            hosts=head.hosts,
            hosts_line=head.facts.get("Hosts"),
            duration=head.facts.get("Duration"),
            segments=tuple(self._segments),
            turns=turns,
            directions=tuple(self._directions),
            takeaways=tuple(_takeaways(self._text, turns)),
            sheet=self._sheet.heading,
            terms=tuple(self._sheet.terms),
            closing=self._closing,
            date=self._metadata.date if self._metadata else None,
            language=self._metadata.language if self._metadata else None,
            timeline=self._timeline(),
            link=self._metadata.link if self._metadata else None,
            audio=self._metadata.audio if self._metadata else None,
        )

    def _timeline(self) -> Timeline:
        """Return a row for each paragraph and row of the sheet, with its line and no times."""
        spans = [span for *_, said in self._turns for span in said]
        spans += [term.definition for term in self._sheet.terms]
        lines = ((span, bisect_right(self.starts, span.start)) for span in spans)
        return Timeline.of(Moment(span.start, span.end, None, None, line) for span, line in lines)

    def _take_header(self, line: Line) -> str | None:
        if line.kind not in (Kind.SEGMENT, Kind.SHEET, Kind.CLOSING):
            return self._header.take(line)
        hosts = (self._metadata and self._metadata.hosts) or self._header.hosts
        self._speakers = Speakers(host.name for host in hosts)
        self._part = self._take_body
        return self._take_body(line)

    def _take_body(self, line: Line) -> str | None:
        match line.kind:
            case Kind.TEXT | Kind.FACT:
                return self._take_words(line, line.start)
            case Kind.LABEL:
                return self._take_label(line)
            case Kind.SEGMENT:
                self._take_segment(line)
            case Kind.DIRECTION:
                self._directions.append(Span(*line.match.span("direction")))
                self._paragraph_open = False
            case Kind.SHEET:
                self._sheet.heading = Span(*line.match.span("sheet"))
                self._part = self._take_sheet
            case Kind.CLOSING:
                self._take_closing(line)
            case _:
                return (
                    "looks like a list, heading, table, code or HTML; a segment holds turns alone"
                )
        return None

    def _take_sheet(self, line: Line) -> str | None:
        if line.kind is not Kind.CLOSING:
            return self._sheet.take(line)
        self._take_closing(line)
        return None

    def _take_closing(self, line: Line) -> None:
        self._closing = Span(*line.match.span("closing"))
        self._part = self._take_nothing

    def _take_nothing(self, _: Line) -> str | None:
        return "stands after the closing line, which ends a transcript"

    def _take_segment(self, line: Line) -> None:
        title, minutes = plain(line.match["title"]), line.match["minutes"]
        span = Span(*line.match.span("heading"))
        self._segments.append(Segment(title, int(minutes) if minutes else None, span))
        self._paragraph_open = False

    def _take_label(self, line: Line) -> str | None:
        """Open a turn if a label names a host; else it is a bold phrase such as `**Note:**`."""
        label = line.match["label"]
        speaker = self._speakers.named(label)
        if speaker is None and not label.isupper():
            return self._take_words(line, line.start)
        span = Span(*line.match.span("label"))
        self._turns.append((span, speaker or label, len(self._segments) - 1, []))
        self._paragraph_open = False
        what = self._take_words(line, line.match.start("words"))
        if speaker is None and self._speakers.names:
            return f"{label} names none of the hosts ({', '.join(self._speakers.names)})"
        return what

    def _take_words(self, line: Line, start: int) -> str | None:
        """Add a paragraph to the turn above, or one more line to the paragraph above."""
        words = self._text[start : line.end].lstrip()
        if not words:
            return None
        if not self._turns or self._turns[-1][2] != len(self._segments) - 1:
            return "belongs to no speaker; a turn is written `**NAME:** words`"
        span = Span(line.end - len(words), line.end)
        paragraphs = self._turns[-1][3]
        numbered = _NUMBERED.match(words)  # it opens a paragraph even without a blank line above
        if self._paragraph_open and not numbered:
            paragraphs[-1] = Span(paragraphs[-1].start, span.end)
        else:
            paragraphs.append(span)
        self._paragraph_open = True
        if not numbered and _MEANT_AS_NUMBERED.match(words):
            return "a takeaway is written `**1. Words.** More words`"
        if self._speakers.stray_label(words):
            return "looks like a turn; one begins a line and is written `**NAME:** words`"
        return None


def _takeaways(text: str, turns: Iterable[Turn]) -> Iterator[Takeaway]:
    for turn in turns:
        for span in turn.paragraphs:
            if found := _NUMBERED.match(text, span.start, span.end):
                yield Takeaway(int(found["number"]), span, turn.speaker, turn.segment)
