"""One episode that a person names: its file, or what it is called in the knowledge folder."""

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from bot.episodes.knowledge.folder import Scan, episode_folder
from bot.episodes.knowledge.loading import load
from bot.episodes.knowledge.near import no_such
from bot.episodes.knowledge.reading import read_episode
from bot.episodes.model import Episode
from bot.episodes.source import Source
from bot.errors import BotError, UnreadableError

_MOST = 3  # names in a message
_HEAD = ("start", "end", "from", "until", "speaker", "line")


def find(name: str, knowledge: Path, cache: Path | None = None) -> Episode:
    """Return the episode of a file or folder, or that of a knowledge folder by source or slug.

    Raises:
        BotError: there is none, it cannot be read, or the folder holds several.
    """
    path = Path(name)
    if path.exists():
        return read_one(source_at(path))
    library = load(knowledge, cache)
    at = next((at for at, one in enumerate(library.entries) if name in (one.slug, one.source)), -1)
    if at < 0:
        raise BotError(no_such(library, name))
    return library.episodes[at]


def read_one(source: Source) -> Episode:
    """Return the episode of a source.

    Raises:
        BotError: it cannot be read; says why in one line.
    """
    try:
        return read_episode(source)[0]
    except UnreadableError as error:
        rest = len(error.faults) - 1
        more = f" (and {rest} more; `check --verbose` shows them)" if rest else ""
        raise BotError(f"{error.faults[0]}{more}") from error


def source_at(path: Path) -> Source:
    """Return the source of the one episode that a file or a folder holds.

    Raises:
        BotError: it holds none, or several.
    """
    if not path.is_dir():
        beside = episode_folder(path.parent) if path.parent.is_dir() else None
        if beside and beside.path == path:
            return beside
        return Source(path.stem, path.name, path)
    if whole := episode_folder(path):
        return whole
    scan = Scan(path)
    if len(scan.sources) == 1:
        return scan.sources[0]
    if not scan.sources:
        raise BotError(str(scan.faults[0]))
    named = ", ".join(source.name for source in scan.sources[:_MOST])
    more = len(scan.sources) - _MOST
    raise BotError(
        f"{path} holds {len(scan.sources)} episodes; name one: {named}"
        + (f" and {more} more" if more > 0 else "")
    )


def table(episode: Episode) -> str:
    """Return an episode's rows with their times, tab-separated below a head."""
    return "".join("\t".join(row) + "\n" for row in (_HEAD, *_rows(episode)))


def _rows(episode: Episode) -> Iterator[tuple[str, ...]]:
    said = sorted(
        (span.start, span.end, turn.speaker or "")
        for turn in episode.turns
        for span in turn.paragraphs
    )
    starts = [start for start, *_ in said]
    for row in episode.timeline:
        at = bisect_right(starts, max(row.start, row.end - 1)) - 1
        speaker = said[at][2] if at >= 0 and said[at][1] > row.start else ""
        times = _seconds(row.since), _seconds(row.until)
        yield str(row.start), str(row.end), *times, " ".join(speaker.split()), str(row.line)


def _seconds(time: int | None) -> str:
    return "" if time is None else f"{time // 1000}.{time % 1000:03}"
