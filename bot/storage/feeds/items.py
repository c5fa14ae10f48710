"""The episodes of the feeds that are followed, and what of each is kept in the knowledge folder."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import RowMapping, delete, select, update

from bot.storage.database import Database
from bot.storage.feeds.model import FeedItem, FollowedFeed
from bot.storage.tables import feed_items, feeds

_KNOWN_BY = ("feed_id", "key")


class FeedItems:
    """One row an episode, known by its guid within a feed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        insert = database.insert(feed_items)
        changed = {
            one.name: insert.excluded[one.name] for one in feed_items.c if one.name not in _KNOWN_BY
        }
        self._upsert = insert.on_conflict_do_update(index_elements=_KNOWN_BY, set_=changed)

    def of(self, feed: FollowedFeed) -> dict[str, FeedItem]:
        """Return a feed's episodes by their guids, in the order in which they were first seen."""
        query = select(feed_items).where(feed_items.c.feed_id == feed.id)
        with self._database.reading() as connection:
            ordered = query.order_by(feed_items.c.seen_at, feed_items.c.key)
            found = connection.execute(ordered).mappings().all()
        return {row.guid: _item(row) for row in found}

    def slugs_of_others(self, feed: FollowedFeed) -> frozenset[str]:
        """Return what the episodes of all other feeds are kept as."""
        others = feed_items.c.feed_id != feed.id, feed_items.c.slug.is_not(None)
        with self._database.reading() as connection:
            found = connection.execute(select(feed_items.c.slug).where(*others)).scalars()
            return frozenset(found)

    def titles_of(self, slugs: Collection[str]) -> list[str]:
        """Return the titles of the feeds that episodes of the knowledge folder came from."""
        query = (
            select(feeds.c.title)
            .join(feed_items, feed_items.c.feed_id == feeds.c.id)
            .where(feed_items.c.slug.in_(slugs))
            .distinct()
        )
        with self._database.reading() as connection:
            return list(connection.execute(query.order_by(feeds.c.title)).scalars())

    def put(
        self,
        feed: FollowedFeed,
        token: str,
        items: Iterable[FeedItem],
        replaced: Collection[str] = (),
    ) -> bool:
        """Keep episodes in place of what was known of them, and forget guids that were replaced.

        False, and nothing is changed, where the claim on the feed was lost.
        """
        rows = [{**asdict(one), "feed_id": feed.id, "key": _key(one.guid)} for one in items]
        held = (
            update(feeds)
            .where(feeds.c.id == feed.id, feeds.c.claim == token)
            .values(claim=token)  # locks the row, so that nobody takes the claim meanwhile
        )
        with self._database.writing() as connection:
            if not connection.execute(held).rowcount:
                return False
            if replaced:
                old = feed_items.c.key.in_([_key(guid) for guid in replaced])
                gone = delete(feed_items).where(feed_items.c.feed_id == feed.id, old)
                connection.execute(gone)
            if rows:
                connection.execute(self._upsert, rows)
        return True

    def announced(self, feed: FollowedFeed, guid: str) -> None:
        """Say that a new episode was announced."""
        one = feed_items.c.feed_id == feed.id, feed_items.c.key == _key(guid)
        with self._database.writing() as connection:
            connection.execute(update(feed_items).where(*one).values(announce=False))


def _key(guid: str) -> str:
    return hashlib.sha256(guid.encode("utf-8", "replace")).hexdigest()[:32]


def _item(row: RowMapping) -> FeedItem:
    fields: dict[str, Any] = {str(k): v for k, v in row.items() if k not in _KNOWN_BY}
    return FeedItem(**fields)
