"""An episode as the parser reads it: everything is a span of the file it came from."""

from dataclasses import dataclass

from bot.episodes.emphasis import plain
from bot.episodes.span import Span
from bot.episodes.timeline import NO_TIMELINE, Timeline

__all__ = ["Episode", "Host", "Segment", "Span", "Takeaway", "Term", "Turn"]


@dataclass(frozen=True, slots=True)
class Host:
    """Who speaks, and as what."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the episode; `span` is its heading, `minutes` what was planned for it."""

    title: str
    minutes: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in one go: one span a paragraph, `segment` counts from 0.

    `speaker` is None where the transcript names nobody, `label` where no name stands in the text.
    """

    label: Span | None
    speaker: str | None
    segment: int
    paragraphs: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A numbered takeaway; its span is also a paragraph of the turn that holds it."""

    number: int
    span: Span
    speaker: str | None
    segment: int


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the reference sheet; `names` are the term's spellings, aliases last."""

    names: tuple[str, ...]
    cell: Span
    definition: Span

    @property
    def name(self) -> str:
        """Return the short name, as the sheet prints it."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Episode:
    """One transcript with all that was found in it.

    `source` is the file's path below the knowledge folder, `digest` the first 12 hexadecimal
    digits of the SHA-256 of its text. `number`, `date` (`YYYY-MM-DD`), `hosts_line` and `duration`
    are None where nothing says them, as are `sheet`, the reference sheet's heading, and `closing`,
    the last line. `titles` are the title line and the subtitle. There is one segment at least; the
    title of one that the transcript does not head is empty. `hosts` are those who speak, by name;
    their role is empty where nothing says it. `marked` tells that the text is Markdown, whose marks
    of emphasis a quote leaves out. `timeline` says when and on which line things were said.
    `link` is the address of the episode's page, `audio` that of its recording; None where
    `episode.yaml` names none.
    """

    slug: str
    number: int | None
    title: str
    show: str
    source: str
    text: str
    digest: str
    titles: tuple[Span, ...]
    hosts: tuple[Host, ...]
    hosts_line: Span | None
    duration: Span | None
    segments: tuple[Segment, ...]
    turns: tuple[Turn, ...]
    directions: tuple[Span, ...] = ()
    takeaways: tuple[Takeaway, ...] = ()
    sheet: Span | None = None
    terms: tuple[Term, ...] = ()
    closing: Span | None = None
    date: str | None = None
    language: str | None = None
    format: str = "Markdown"
    marked: bool = True
    timeline: Timeline = NO_TIMELINE
    link: str | None = None
    audio: str | None = None

    @property
    def label(self) -> str:
        """Return what listeners call it: `Episode 2: Large Language Models Deep Dive`."""
        return self.title if self.number is None else f"Episode {self.number}: {self.title}"

    @property
    def seconds(self) -> int | None:
        """Return how long it is by the times of its transcript; None where it has none."""
        last = self.timeline[len(self.timeline) - 1] if len(self.timeline) else None
        return last.until // 1000 if last and last.until is not None else None

    def words(self, span: Span) -> str:
        """Return the words of a span, as a quote shows them."""
        said = self.text[span.start : span.end]
        return plain(said) if self.marked else " ".join(said.split())
