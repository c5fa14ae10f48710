"""The daily posts: one a subscription and local date."""

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from bot.storage.database import Database
from bot.storage.posting.claims import Claims
from bot.storage.posting.model import Post, PostState
from bot.storage.tables import posts, subscriptions


class Posts(Claims):
    """Claims of days, and what became of them."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, subscriptions, posts, "local_date")

    def of_day(self, subscription_id: str, local_date: date) -> Post | None:
        """Return a day's post."""
        query = select(posts).where(*self._one(subscription_id, local_date))
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _post(row)

    def last(self, subscription_id: str) -> Post | None:
        """Return the latest day's."""
        query = (
            select(posts)
            .where(posts.c.subscription_id == subscription_id)
            .order_by(posts.c.local_date.desc())
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _post(row)

    def used(self, subscription_id: str) -> Counter[str]:
        """How often each item was posted, or is just being posted."""
        query = (
            select(posts.c.item, func.count())
            .where(
                posts.c.subscription_id == subscription_id,
                posts.c.state != PostState.SKIPPED,
            )
            .group_by(posts.c.item)
        )
        with self._database.reading() as connection:
            return Counter(dict(map(tuple, connection.execute(query))))


def _post(row: Row[Any]) -> Post:
    return Post(
        subscription_id=row.subscription_id,
        local_date=row.local_date,
        state=PostState(row.state),
        item=row.item,
        ts=row.ts,
        ended_at=row.ended_at,
    )
