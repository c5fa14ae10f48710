"""A feed beside what is known of it: its episodes, each with its row. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.feeds.model import Feed, Item
from bot.feeds.reading.matching import match
from bot.feeds.run.recovering import Found, is_of, recovered
from bot.storage import FeedItem


@dataclass(frozen=True, slots=True)
class Seen:
    """A feed's items, each guid once, and the row of each by its guid.

    `changed` are the rows that are not kept as they are here, `replaced` guids that were known by
    and are no more, `withdrawn` the rows of kept episodes that the feed has taken back.
    """

    items: tuple[Item, ...]
    rows: Mapping[str, FeedItem]
    changed: tuple[FeedItem, ...]
    replaced: tuple[str, ...]
    withdrawn: tuple[FeedItem, ...]
    warnings: tuple[str, ...]


def see(
    feed: Feed,
    known: Mapping[str, FeedItem],
    found: Iterable[Found],
    *,
    new: bool,
    now: datetime,
) -> Seen:
    """Return what a feed comes to; `found` is what lies in the folder.

    `new`: what is seen for the first time has come since the feed was first read.
    """
    taken = {one.slug for one in known.values()}
    lying: dict[str, list[Found]] = {}
    for each in found:
        if each.slug not in taken:
            lying.setdefault(each.guid, []).append(each)
    strangers = [ones[0] for guid, ones in lying.items() if guid not in known]
    matched = match(feed, [*known.values(), *strangers])
    rows = {}
    for item in matched.items:
        before = matched.renamed.get(item.guid, item.guid)
        row = _row(item, known.get(before), new=new, now=now)
        if row.slug is None and (one := _lying(lying.get(before, ()), item, before)):
            row = recovered(one, item, row)
        rows[item.guid] = row
    withdrawn = (known[guid] for guid in matched.withdrawn if guid in known)
    return Seen(
        items=matched.items,
        rows=rows,
        changed=tuple(row for guid, row in rows.items() if row != known.get(guid)),
        replaced=tuple(guid for guid in matched.renamed.values() if guid in known),
        withdrawn=tuple(row for row in withdrawn if row.slug),
        warnings=(*feed.warnings, *matched.warnings),
    )


def _row(item: Item, before: FeedItem | None, *, new: bool, now: datetime) -> FeedItem:
    """Return what is known of an item, by the words that its feed has for it now."""
    if before is None:
        return FeedItem(
            item.guid, item.title, item.published, item.audio, item.link, seen_at=now, new=new
        )
    return replace(
        before,
        guid=item.guid,
        title=item.title,
        published=item.published,
        audio=item.audio,
        link=item.link,
    )


def _lying(found: Sequence[Found], item: Item, guid: str) -> Found | None:
    """Return which of the folder's episodes of a guid is the item; one of another was matched."""
    if guid != item.guid:
        return found[0] if found else None
    return next((one for one in found if is_of(one, item)), None)
