"""From the source of an episode to the episode, whatever its format."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.episodes.formats import read as read_transcript
from bot.episodes.formats.chapters import read_chapters
from bot.episodes.formats.detect import is_house_markdown
from bot.episodes.formats.model import Chapter, Known, Row, Speech, Transcript
from bot.episodes.house.markdown import parse
from bot.episodes.knowledge.folder import LARGEST
from bot.episodes.metadata import Metadata, read_metadata
from bot.episodes.model import Episode, Host, Segment, Span, Turn
from bot.episodes.source import Source
from bot.episodes.timeline import Moment, Timeline
from bot.errors import Fault, UnreadableError
from bot.files.text import read

_NOWHERE = Span(0, 0)
_DATED = re.compile(r"(?P<date>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[-_ ]*")
_NUMBERED = re.compile(
    r"(?:^|[-_ ])(?:(?:episode|ep)[-_ ]?)?(?P<number>(?!(?:19|20)\d\d$)\d{1,4})$", re.IGNORECASE
)
Warnings = tuple[Fault, ...]


def read_episode(source: Source) -> tuple[Episode, Warnings]:
    """Return the episode of a source, and what of it was read otherwise than it is written.

    Raises:
        UnreadableError: with everything that could not be read, in order.
    """
    faults: list[Fault] = []
    metadata: Metadata | None = None
    chapters: Sequence[Chapter] = ()
    try:
        metadata = read_metadata(source.metadata) if source.metadata else None
        if source.chapters:
            chapters = read_chapters(_bytes(source.chapters), str(source.chapters))
    except UnreadableError as error:
        faults += error.faults
    try:
        episode, warnings = _read(source, metadata, chapters)
    except UnreadableError as error:
        raise UnreadableError(*error.faults, *faults) from error
    if faults:
        raise UnreadableError(*faults)
    return episode, warnings


def _read(
    source: Source, metadata: Metadata | None, chapters: Sequence[Chapter]
) -> tuple[Episode, Warnings]:
    raw = _bytes(source.path)
    if is_house_markdown(raw.decode("utf-8", "replace")):
        return parse(read(source.path), str(source.path), source, metadata), ()
    found = read_transcript(raw, source.path, _known(metadata))
    return _episode(found, source, metadata or Metadata(), chapters), found.warnings


def _bytes(path: Path) -> bytes:
    """Return the bytes of a file that is not too large."""
    try:
        if path.stat().st_size > LARGEST:
            what = f"is larger than {LARGEST // 1_000_000} MB"
            raise UnreadableError(Fault(str(path), 0, what))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(Fault(str(path), 1, f"cannot be read: {error.strerror}")) from error


def _known(metadata: Metadata | None) -> Known:
    if metadata is None:
        return Known()
    people = tuple(host.name for host in metadata.hosts)
    return Known(people, metadata.speakers, metadata.encoding)


def _episode(
    found: Transcript, source: Source, metadata: Metadata, chapters: Sequence[Chapter]
) -> Episode:
    said, named = found.said, _of_name(source.slug)
    number = next(
        (one for one in (metadata.number, said.number, named[0]) if one is not None), None
    )
    timeline = Timeline.of(_moments(found.rows))
    segments, of = _segments(found, timeline, chapters)
    return Episode(
        slug=source.slug,
        number=number,
        title=metadata.title or said.title or named[1],
        show=metadata.show or said.show or "",
        source=source.name,
        text=found.text,
        digest=hashlib.sha256(found.text.encode()).hexdigest()[:12],
        titles=(),
        hosts=_hosts(found.speeches, metadata),
        hosts_line=None,
        duration=None,
        segments=segments,
        turns=tuple(_turns(found.speeches, of)),
        date=metadata.date or said.date or named[2],
        language=metadata.language or said.language,
        format=found.format,
        marked=found.format in ("Markdown", "plain text"),
        timeline=timeline,
        link=metadata.link,
        audio=metadata.audio,
    )


def _moments(rows: Sequence[Row]) -> Iterator[Moment]:
    for row in rows:
        yield Moment(row.span.start, row.span.end, row.start, row.end, row.line)


def _hosts(speeches: Sequence[Speech], metadata: Metadata) -> tuple[Host, ...]:
    """Return those who speak, whom `episode.yaml` names first."""
    roles = {host.name: host.role for host in metadata.hosts}
    names = dict.fromkeys((*roles, *(one.speaker for one in speeches if one.speaker)))
    return tuple(Host(name, roles.get(name, "")) for name in names)


def _segments(
    found: Transcript, timeline: Timeline, chapters: Sequence[Chapter]
) -> tuple[tuple[Segment, ...], Sequence[int]]:
    """Return the segments, and where each begins in the text: chapters, else headings, else one."""
    begun = [(one.title, _begins(timeline, one), _NOWHERE) for one in chapters]
    begun = begun or [(one.title, one.span.start, one.span) for one in found.headings]
    if not begun or begun[0][1] > 0:
        begun.insert(0, ("", 0, _NOWHERE))
    begun.sort(key=lambda one: one[1])
    return tuple(Segment(title, None, span) for title, _, span in begun), [one[1] for one in begun]


def _begins(timeline: Timeline, chapter: Chapter) -> int:
    """Return where in the text a chapter begins: with the first row at its time or after it."""
    starts = (row.start for row in timeline if row.since is not None and row.since >= chapter.start)
    return next(starts, 1 << 30)


def _turns(speeches: Sequence[Speech], starts: Sequence[int]) -> Iterator[Turn]:
    """Yield the turns; one that goes on in another segment is another turn there."""
    for speech in speeches:
        label = speech.label
        parts: dict[int, list[Span]] = {}
        for span in speech.paragraphs:
            parts.setdefault(bisect_right(starts, span.start) - 1, []).append(span)
        for segment, spans in parts.items():
            yield Turn(label, speech.speaker, segment, tuple(spans))
            label = None


def _of_name(slug: str) -> tuple[int | None, str, str | None]:
    """Return what a file's name says: number, title and date."""
    name = slug.rpartition("/")[2]
    dated = _DATED.search(name)
    rest = _DATED.sub("", name, count=1) or name
    numbered = _NUMBERED.search(rest)
    title = (rest[: numbered.start()] if numbered else rest).strip("-_ ") or name
    words = re.sub(r"[-_ ]+", " ", title)
    return (
        int(numbered["number"]) if numbered else None,
        words[:1].upper() + words[1:],
        dated["date"] if dated else None,
    )
