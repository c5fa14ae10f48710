"""What an episode's page shows, part by part, for its template."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.episodes.listening import clock
from bot.web.pages.marking import Words


class Heard(NamedTuple):
    """When something is said, and the address that plays it, if there is one."""

    since: float
    address: str | None

    @property
    def time(self) -> str:
        """Return the time, such as `12:34`."""
        return clock(self.since)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words in order; `heard` and its name on the page where its time is shown.

    `quoted` is when the quote is said, in the paragraph that it ends in.
    """

    words: tuple[Words, ...]
    name: str = ""
    heard: Heard | None = None
    quoted: Heard | None = None

    @property
    def has_mark(self) -> bool:
        """Return whether some of it is marked."""
        return any(words.marked for words in self.words)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn under its name on the page; `speaker` is None where the transcript names nobody."""

    name: str
    speaker: str | None
    heard: Heard | None
    paragraphs: tuple[Paragraph, ...]

    @property
    def has_mark(self) -> bool:
        """Return whether some of it is marked."""
        return any(one.has_mark for one in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Part:
    """A segment: its heading as words, none where the transcript heads nothing, and its turns."""

    name: str
    heading: tuple[Words, ...]
    turns: tuple[Spoken, ...]

    @property
    def has_mark(self) -> bool:
        """Return whether its heading is marked."""
        return any(words.marked for words in self.heading)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list that stays in view: where it leads, its words, and its time."""

    name: str
    words: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A takeaway and the name of the turn that says it; `lead` is its emphasised opening."""

    number: int
    lead: str
    rest: str
    turn: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the reference sheet."""

    term: tuple[Words, ...]
    definition: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that an episode's page shows, in its order.

    `title` is what it is called, `facts` what its header says as words, `people` names and roles.
    """

    title: tuple[Words, ...]
    subtitle: tuple[Words, ...]
    facts: tuple[tuple[Words, ...], ...]
    people: tuple[tuple[str, str], ...]
    contents: tuple[Entry, ...]
    parts: tuple[Part, ...]
    takeaways: tuple[Takeaway, ...]
    sheet: tuple[Words, ...]
    rows: tuple[Row, ...]
    closing: tuple[Words, ...]
    is_timed: bool
