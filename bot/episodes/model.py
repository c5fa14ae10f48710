"""An episode as the parser reads it: everything is a span of the file it came from."""

from dataclasses import dataclass

from bot.episodes.emphasis import plain


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of an episode, in characters of the decoded file."""

    start: int
    end: int


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
    """What one speaker says in one go: one span a paragraph, `segment` counts from 0."""

    label: Span
    speaker: str
    segment: int
    paragraphs: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A numbered takeaway; its span is also a paragraph of the turn that holds it."""

    number: int
    span: Span
    speaker: str
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
    digits of the SHA-256 of its text. `titles` are the title line and the subtitle. `sheet` is the
    reference sheet's heading, `closing` the last line; both are None where the file has none.
    """

    slug: str
    number: int
    title: str
    show: str
    source: str
    text: str
    digest: str
    titles: tuple[Span, ...]
    hosts: tuple[Host, ...]
    hosts_line: Span
    duration: Span
    segments: tuple[Segment, ...]
    turns: tuple[Turn, ...]
    directions: tuple[Span, ...]
    takeaways: tuple[Takeaway, ...]
    sheet: Span | None
    terms: tuple[Term, ...]
    closing: Span | None

    @property
    def label(self) -> str:
        """Return what listeners call it: `Episode 2: Large Language Models Deep Dive`."""
        return f"Episode {self.number}: {self.title}"

    def words(self, span: Span) -> str:
        """Return the words of a span, as a quote shows them."""
        return plain(self.text[span.start : span.end])
