"""The Markdown transcript: header, segments of turns, reference sheet, closing line.

Every line is accounted for: what is not understood is a fault with its line, and a file with a
fault yields no episode, since half an episode would be quoted as if it were the whole.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from bot.episodes.checks import inconsistencies
from bot.episodes.header import Header
from bot.episodes.lines import Kind, Line, lines
from bot.episodes.metadata import Metadata
from bot.episodes.model import Episode, Segment, Span, Takeaway, Turn
from bot.episodes.sheet import Sheet
from bot.errors import Fault, UnreadableError

_NUMBERED = re.compile(r"\*\*(?P<number>\d+)\. ")
# Control characters, and U+FFFD, which some program wrote where it could not read a character.
_DAMAGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")


def parse(text: str, path: str, source: str, metadata: Metadata | None) -> Episode:
    """The episode in a transcript.

    Args:
        text: the file, decoded without newline translation.
        path: what faults call the file.
        source: its path below the knowledge folder; its first part is the episode's slug.
        metadata: what `episode.yaml` says; without it the header alone speaks.

    Raises:
        UnreadableError: with every line that could not be read, in order.
    """
    parser = _Parser(text, metadata)
    starts = []
    for line in lines(text):
        parser.take(line)
        starts.append(line.start)
    faults = parser.faults + [(starts[-1], what) for what in parser.missing()]
    if not faults:
        episode = parser.episode(source)
        faults = list(inconsistencies(episode))
    if faults:
        raise UnreadableError(
            *(Fault(path, bisect_right(starts, at), what) for at, what in sorted(faults))
        )
    return episode


class _Parser:
    """Reads line after line; `_part` is the part of the file that it is in.

    `faults` are offsets in the text and what is wrong there.
    """

    def __init__(self, text: str, metadata: Metadata | None) -> None:
        self._text, self._metadata = text, metadata
        self._header = Header()
        self._sheet = Sheet(metadata.aliases if metadata else {})
        self._segments: list[Segment] = []
        self._turns: list[tuple[Span, str, int, list[Span]]] = []
        self._directions: list[Span] = []
        self._takeaways: list[Takeaway] = []
        self._closing: Span | None = None
        self._part: Callable[[Line], str | None] = self._take_header
        self._paragraph_open = False
        self.faults: list[tuple[int, str]] = []

    def take(self, line: Line) -> None:
        """Reads a line; what is wrong with it goes to `faults`."""
        damage = _DAMAGE.search(self._text, line.start, line.end)
        if line.kind in (Kind.BLANK, Kind.RULE):
            self._paragraph_open = False
        elif what := self._part(line):
            self.faults.append((line.start, what))
        if damage:
            what = f"damaged character U+{ord(damage.group()):04X}"
            self.faults.append((line.start, what))

    def missing(self) -> Iterator[str]:
        """What a whole file has and this one has not."""
        yield from self._header.missing()
        if self._metadata:
            yield from self._header.disagreements(self._metadata)
            terms = {term.name for term in self._sheet.terms}
            for term in self._metadata.aliases.keys() - terms:
                yield f"episode.yaml has aliases of {term!r}, which is not in the reference sheet"
        if not self._segments:
            yield "there is no segment `### SEGMENT 1: TITLE (15 minutes)`"
        if self._closing is None:
            yield "the closing line `*Next Episode: …*` is missing: is the file cut short?"

    def episode(self, source: str) -> Episode:
        """What was read. Call it only where nothing is missing."""
        head = self._header
        return Episode(
            slug=source.split("/", maxsplit=1)[0],
            number=head.number,
            title=head.title,
            show=self._metadata.show if self._metadata else "",
            source=source,
            text=self._text,
            digest=hashlib.sha256(self._text.encode()).hexdigest()[:12],
            titles=tuple(head.titles),
            hosts=head.hosts,
            hosts_line=head.facts["Hosts"],
            duration=head.facts["Duration"],
            segments=tuple(self._segments),
            turns=tuple(
                Turn(label, who, segment, tuple(said)) for label, who, segment, said in self._turns
            ),
            directions=tuple(self._directions),
            takeaways=tuple(self._takeaways),
            sheet=self._sheet.heading,
            terms=tuple(self._sheet.terms),
            closing=self._closing,
        )

    def _take_header(self, line: Line) -> str | None:
        if line.kind not in (Kind.SEGMENT, Kind.LABEL, Kind.SHEET, Kind.CLOSING):
            return self._header.take(line)
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
            case Kind.SHEET:
                self._sheet.heading = Span(*line.match.span("sheet"))
                self._part = self._take_sheet
            case Kind.CLOSING:
                self._take_closing(line)
            case _:
                return "is not understood inside a segment"
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
        return "stands after the closing line"

    def _take_segment(self, line: Line) -> None:
        minutes = line.match["minutes"]
        span = Span(*line.match.span("heading"))
        self._segments.append(Segment(line.match["title"], int(minutes) if minutes else None, span))
        self._paragraph_open = False

    def _take_label(self, line: Line) -> str | None:
        """A label opens a turn if it names a host; else it is a bold phrase such as `**Note:**`."""
        label = line.match["label"]
        speaker = self._speakers().get(label.casefold())
        if speaker is None and label.isupper():
            return f"{label} is none of the hosts ({', '.join(self._speakers().values())})"
        if speaker is None:
            return self._take_words(line, line.start)
        if not self._segments:
            return "a turn stands before the first segment"
        span = Span(*line.match.span("label"))
        self._turns.append((span, speaker, len(self._segments) - 1, []))
        self._paragraph_open = False
        return self._take_words(line, line.match.start("words"))

    def _take_words(self, line: Line, start: int) -> str | None:
        """A paragraph of the turn above, or one more line of the paragraph above."""
        words = self._text[start : line.end]
        if not words.strip():
            return None
        if not self._turns or self._turns[-1][2] != len(self._segments) - 1:
            return "belongs to no speaker; a turn is written `**NAME:** words`"
        start, end = line.end - len(words.lstrip()), start + len(words.rstrip())
        paragraphs = self._turns[-1][3]
        if self._paragraph_open:
            paragraphs[-1] = Span(paragraphs[-1].start, end)
        else:
            paragraphs.append(Span(start, end))
            self._take_takeaway(Span(start, end))
        self._paragraph_open = True
        return None

    def _take_takeaway(self, span: Span) -> None:
        if found := _NUMBERED.match(self._text, span.start, span.end):
            _, speaker, segment, _ = self._turns[-1]
            self._takeaways.append(Takeaway(int(found["number"]), span, speaker, segment))

    def _speakers(self) -> dict[str, str]:
        """Labels that open a turn: a host's first or full name, whatever its case."""
        hosts = self._metadata.hosts if self._metadata else self._header.hosts
        names = [host.name for host in hosts]
        return {name.casefold(): name for name in names} | {
            name.split()[0].casefold(): name for name in reversed(names)
        }
