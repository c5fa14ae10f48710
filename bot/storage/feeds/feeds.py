"""The podcasts that are followed: one process at a time looks at each, for as long as its lease.

A process that dies leaves its claim, which ends with the lease; the look is due as before, and
whoever takes it goes on where the rows of the episodes say.
"""

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, exists, or_, select, update

from bot.storage.cipher import Cipher
from bot.storage.database import Database
from bot.storage.feeds.items import FeedItems
from bot.storage.feeds.model import FollowedFeed
from bot.storage.tables import feeds, news_channels

_OF_CLAIMS = ("claim", "lease_until")


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking at a feed, and when the next look is due; None where there is none.

    `first_read_at` is kept once it is set. `etag`, `modified` and `digest` are None where the feed
    is to be read again whatever its server says.
    """

    looked_at: datetime
    due_at: datetime | None
    title: str
    stopped: str | None = None
    failed: str | None = None
    first_read_at: datetime | None = None
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None


class Feeds:
    """One row a feed, known by its address; its episodes in `items`."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher
        self.items = FeedItems(database)

    def follow(
        self, address: str, title: str, *, newest: int | None, language: str | None, now: datetime
    ) -> FollowedFeed:
        """Follow a feed, or change how; it is due at once, and what is known of it stays.

        Another number or language has it read again whatever its server says.
        """
        wanted = {"title": title, "newest": newest, "language": language}
        changed = {**wanted, "due_at": now, "stopped": None, "failed": None}
        row = {
            **changed,
            "id": feed_id(address),
            "address": self._cipher.encrypt(address),
            "followed_at": now,
        }
        insert = self._database.insert(feeds).values(row)
        upsert = insert.on_conflict_do_update(index_elements=("id",), set_=changed)
        unread = {"etag": None, "modified": None, "digest": None}
        differs = or_(
            feeds.c.newest.is_distinct_from(newest), feeds.c.language.is_distinct_from(language)
        )
        with self._database.writing() as connection:
            same = feeds.c.id == row["id"]
            before = connection.execute(select(feeds.c.title).where(same)).scalar()
            connection.execute(update(feeds).where(same, differs).values(unread))
            found = connection.execute(upsert.returning(feeds)).mappings().one()
            _rename(connection, before, title, now)
        return self._feed(found)

    def at(self, address: str) -> FollowedFeed | None:
        """Return the feed at an address, where it is followed."""
        query = select(feeds).where(feeds.c.id == feed_id(address))
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else self._feed(row)

    def all(self) -> list[FollowedFeed]:
        """Return every feed that is followed, those that were stopped too, by title."""
        query = select(feeds).order_by(feeds.c.title, feeds.c.id)
        with self._database.reading() as connection:
            found = connection.execute(query).mappings().all()
        return [self._feed(row) for row in found]

    def unfollow(self, address: str) -> bool:
        """Forget a feed and what is known of its episodes; whether it was followed."""
        with self._database.writing() as connection:
            gone = delete(feeds).where(feeds.c.id == feed_id(address))
            return bool(connection.execute(gone).rowcount)

    def due(self, now: datetime) -> list[FollowedFeed]:
        """Return those that nobody is looking at, the longest overdue first."""
        free = or_(feeds.c.lease_until.is_(None), feeds.c.lease_until <= now)
        query = select(feeds).where(feeds.c.due_at <= now, free).order_by(feeds.c.due_at)
        with self._database.reading() as connection:
            found = connection.execute(query).mappings().all()
        return [self._feed(row) for row in found]

    def claim(self, feed: FollowedFeed, *, now: datetime, until: datetime) -> str | None:
        """Return the token of the right to look at a feed until a moment.

        None where another has it, or has looked since the feed was read from the store.
        """
        token = secrets.token_hex(8)
        claimed = (
            update(feeds)
            .where(
                feeds.c.id == feed.id,
                feeds.c.due_at.is_not_distinct_from(feed.due_at),
                or_(feeds.c.lease_until.is_(None), feeds.c.lease_until <= now),
            )
            .values(claim=token, lease_until=until)
        )
        with self._database.writing() as connection:
            return token if connection.execute(claimed).rowcount else None

    def renew_claim(self, feed: FollowedFeed, token: str, until: datetime) -> bool:
        """Hold a claim for longer; False where it was lost."""
        return self._held(feed, token, lease_until=until)

    def release(self, feed: FollowedFeed, token: str) -> None:
        """Give a claim back before its look is over; it stays due."""
        self._held(feed, token, claim=None, lease_until=None)

    def end(self, feed: FollowedFeed, token: str, look: Look) -> bool:
        """Keep what came of a look, and give the claim back; False where it was lost.

        Channels that are told of a podcast stay so where it has taken another name.
        """
        fields = asdict(look)
        if look.first_read_at is None:
            del fields["first_read_at"]
        with self._database.writing() as connection:
            ended = self._change(connection, feed, token, **fields, claim=None, lease_until=None)
            if ended:
                _rename(connection, feed.title, look.title, look.looked_at)
        return ended

    def renew(self) -> int:
        """Encrypt every address anew, with the newest key; says how many there were."""
        with self._database.writing() as connection:
            stored = connection.execute(select(feeds.c.id, feeds.c.address)).all()
            for row, address in stored:
                renewed = self._cipher.renew(address)
                connection.execute(update(feeds).where(feeds.c.id == row).values(address=renewed))
        return len(stored)

    def _held(self, feed: FollowedFeed, token: str, **fields: Any) -> bool:
        """Change a feed's row while a claim on it holds; whether it does."""
        with self._database.writing() as connection:
            return self._change(connection, feed, token, **fields)

    def _change(
        self, connection: Connection, feed: FollowedFeed, token: str, **fields: Any
    ) -> bool:
        held = feeds.c.id == feed.id, feeds.c.claim == token
        return bool(connection.execute(update(feeds).where(*held).values(fields)).rowcount)

    def _feed(self, row: RowMapping) -> FollowedFeed:
        fields = {str(name): value for name, value in row.items() if name not in _OF_CLAIMS}
        return FollowedFeed(**fields | {"address": self._cipher.decrypt(fields["address"])})


def _rename(connection: Connection, old: str | None, new: str, now: datetime) -> None:
    """Have channels that are told of a show look for it under its new name, at once.

    Not where another feed bears the old name.
    """
    if not old or old == new:
        return
    columns = news_channels.c
    told = columns.show == old, columns.since.is_not(None)
    borne = exists().where(feeds.c.title == old)
    connection.execute(
        update(news_channels).where(*told, ~borne).values(show=new, due_at=now, wake_at=now)
    )


def feed_id(address: str) -> str:
    """Return the id of the feed at an address: a digest, for the address may hold a key."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:32]
