"""Which item of a feed is which episode that is known already."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from bot.feeds.model import Feed, Item

_MEDIA = (".mp3", ".m4a", ".mp4", ".m4b", ".aac", ".ogg", ".opus", ".wav", ".flac", ".webm", ".mov")


class Known(Protocol):
    """What is known of an episode from when its feed was last read."""

    @property
    def guid(self) -> str:
        """Return what the feed called it."""

    @property
    def audio(self) -> str | None:
        """Return the address of the recording."""

    @property
    def link(self) -> str | None:
        """Return the address of its page."""

    @property
    def published(self) -> datetime | None:
        """Return when it was published, in UTC."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What a feed comes to beside what is known of it.

    `items` has each guid once. `renamed` gives the guid that an item of a new one is known by;
    `withdrawn` are the guids of known episodes that the feed has taken back. `warnings` are such
    as `line 12: …`.
    """

    items: tuple[Item, ...]
    renamed: Mapping[str, str]
    withdrawn: tuple[str, ...]
    warnings: tuple[str, ...]


def match(feed: Feed, known: Collection[Known]) -> Matched:
    """Return which items are known by another guid, and which known episodes are withdrawn.

    An episode has a new guid where the recording or, failing that, the page is that of one whose
    guid is gone from the feed, and of no other. Of items with one guid the first counts.
    """
    first: dict[str, Item] = {}
    warnings = []
    for item in feed.items:
        if first.setdefault(item.guid, item) is not item:
            line = first[item.guid].line
            what = f"this guid is that of line {line}, which counts; {_shown(item)} is left out"
            warnings.append(f"line {item.line}: {what}")
    items = tuple(first.values())
    gone = [one for one in known if one.guid not in first]
    renamed = _renamed(items, known, gone, home=_bare(feed.link))
    back = set(renamed.values())
    withdrawn = (one.guid for one in gone if one.guid not in back and _is_withdrawn(one, feed))
    return Matched(items, renamed, tuple(withdrawn), tuple(warnings))


def _renamed(
    items: Sequence[Item], known: Collection[Known], gone: Sequence[Known], *, home: str | None
) -> dict[str, str]:
    """Return the new guids of episodes, each with the old one; the podcast's `home` tells none."""
    old = {one.guid for one in known}
    renamed: dict[str, str] = {}
    for address_of in (_recording, _page):
        now = Counter(address_of(item) for item in items)
        before = Counter(map(address_of, gone))
        back = set(renamed.values())
        left = {address_of(one): one.guid for one in gone if one.guid not in back}
        for item in items:
            address = address_of(item)
            alone = address not in (None, home) and now[address] == before[address] == 1
            if alone and address in left and item.guid not in old | renamed.keys():
                renamed[item.guid] = left[address]
    return renamed


def _is_withdrawn(one: Known, feed: Feed) -> bool:
    """Return whether an episode that is gone was taken back.

    One that is older than all that the feed lists has only left its window; of a feed that broke
    off or is empty nothing can be said.
    """
    dates = [item.published for item in feed.items if item.published]
    left = one.published is not None and bool(dates) and one.published < min(dates)
    return feed.whole and bool(feed.items) and not left


def _recording(one: Known) -> str | None:
    return _bare(one.audio)


def _page(one: Known) -> str | None:
    return _bare(one.link)


def _bare(url: str | None) -> str | None:
    """Return an address without what changes while it leads to the same file.

    A query counts unless it follows the name of a recording: there it only tells who asks.
    """
    if not url:
        return None
    parts = urlsplit(url)
    query = "" if parts.path.lower().endswith(_MEDIA) else parts.query
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{query}"


def _shown(item: Item) -> str:
    return f"`{item.title[:60]}`"
