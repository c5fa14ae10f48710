"""What a transcript file comes to, whatever its format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.episodes.model import Span
from bot.errors import Fault

# Ten hours of talk, in pieces of a word each; reading so many takes some seconds.
MOST_CUES = 100_000


@dataclass(frozen=True, slots=True)
class Known:
    """What `episode.yaml` says that helps to read a transcript.

    `people` are full names; `speakers` gives the people behind labels such as `SPEAKER_1`;
    `encoding` is the file's, where it is not UTF-8.
    """

    people: tuple[str, ...] = ()
    speakers: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of speech as its format divides it, before speakers are settled and text is made.

    `words` is what is said: entities and escapes decoded, tags gone. `speaker` is the label of who
    says it, None where the piece names nobody: whoever spoke goes on. `certain` tells that the
    format itself says so (`<v>`, `speaker`, `cite`); else the label stood in the words, before a
    colon, and `words` lacks it. `start` and `end` are milliseconds, None where they are not known.
    `line` is the line of the file that it begins on, in JSON the number of its segment, from 1.
    `apart` tells that a paragraph begins with it.
    """

    words: str
    speaker: str | None = None
    certain: bool = False
    start: int | None = None
    end: int | None = None
    line: int = 0
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table beside a text, a cue each: what is said there, when, and by whom.

    `span` are characters of the text. `start` and `end` are milliseconds, None where the file has
    none. `line` is the line of the file, in JSON the number of the segment, from 1.
    """

    span: Span
    start: int | None
    end: int | None
    line: int
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """What one speaker says in one go: a span of the text for each paragraph.

    `speaker` is None where nobody is named. `label` is where the name stands, None where it stands
    nowhere in the text.
    """

    speaker: str | None
    paragraphs: tuple[Span, ...]
    label: Span | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text, which opens a part of the episode."""

    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its title, and where it begins, in milliseconds."""

    title: str
    start: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of itself, in front matter or header; None or empty where it does not.

    `date` is `YYYY-MM-DD`, `language` a tag such as `en`.
    """

    title: str | None = None
    show: str | None = None
    number: int | None = None
    date: str | None = None
    people: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser hands over: the cues of a file in its order, under the format's name.

    `warnings` are what was read otherwise than it is written.
    """

    format: str
    cues: Sequence[Cue]
    warnings: tuple[Fault, ...] = ()
    said: Said = Said()


@dataclass(frozen=True, slots=True)
class Transcript:
    """One text with all that was found in it; every span counts its characters.

    `format` is its name as people know it, such as `WebVTT`. `rows` are in the order of the text.
    `warnings` are what was read otherwise than it is written, by line.
    """

    format: str
    text: str
    speeches: tuple[Speech, ...]
    rows: tuple[Row, ...]
    said: Said = Said()
    headings: tuple[Heading, ...] = ()
    warnings: tuple[Fault, ...] = ()
