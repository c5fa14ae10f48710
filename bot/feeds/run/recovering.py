"""What the knowledge folder says of itself: each fetched episode names the item that it came from.

It is asked where a row was never written: the process was ended right after it kept a transcript,
the database is a new one, or, with `ingest`, nothing is kept of the feed but the folder.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.episodes.metadata import METADATA, Fetched, Metadata, read_metadata
from bot.errors import UnreadableError
from bot.feeds.fetching import shown
from bot.feeds.model import Item
from bot.feeds.run.planning import state_of
from bot.storage import FeedItem

_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """A fetched episode of the folder; `source` is its transcript's address, as it is shown."""

    slug: str
    guid: str
    title: str
    audio: str | None
    link: str | None
    source: str
    at: datetime

    @property
    def published(self) -> datetime | None:
        """Return None: the folder knows the day alone."""
        return None


def in_folder(folder: Path, others: Collection[str]) -> Iterator[Found]:
    """Yield the episodes of the folder that were fetched, but for `others`, which other feeds have.

    Else a feed that names another's recording would have its words in the place of the other's.
    """
    for path in sorted(folder.glob(f"[!.]*/{METADATA}")):
        if path.parent.name in others:
            continue
        try:
            metadata = read_metadata(path)
        except UnreadableError:  # `check` says what is wrong with it
            continue
        if metadata.fetched and metadata.fetched.guid:
            yield _found(path.parent.name, metadata, metadata.fetched)


def recovered(one: Found, item: Item, known: FeedItem) -> FeedItem:
    """Return what is known of an item that lies in the folder, and of which no slug was known.

    It counts as it is where its transcript is one that the item names, and else as changed.
    """
    same = one.title in ("", item.title) and one.source in {
        shown(transcript.url) for transcript in item.transcripts
    }
    state = state_of(item) if same else None
    return replace(known, slug=one.slug, state=state, tried_at=one.at)


def is_of(one: Found, item: Item) -> bool:
    """Return whether an episode of the folder is the item: two feeds may call theirs `1`."""
    ways = [(one.audio, item.audio), (one.link, item.link), (one.title, item.title)]
    return one.guid == item.guid and any(ours and ours == theirs for ours, theirs in ways)


def _found(slug: str, metadata: Metadata, fetched: Fetched) -> Found:
    return Found(
        slug=slug,
        guid=fetched.guid,
        title=metadata.title or "",
        audio=metadata.audio,
        link=metadata.link,
        source=fetched.source,
        at=_moment(fetched.at),
    )


def _moment(at: str) -> datetime:
    """Return when it was fetched; long ago where it does not say."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return _LONG_AGO
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
