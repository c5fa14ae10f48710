"""Which channels get a daily takeaway, and when the next one is due."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, time
from typing import Any

from sqlalchemy import RowMapping, select, update

from bot.storage.database import Database
from bot.storage.model import Subscription
from bot.storage.tables import subscriptions

_TIME = "%H:%M"


class Subscriptions:
    """One a channel; turning it on again changes it, turning it off keeps it for `status`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, subscription: Subscription) -> Subscription:
        """Turn a channel's on, or change it; gives what is kept, under the id it had before."""
        row = {
            **asdict(subscription),
            "local_time": subscription.local_time.strftime(_TIME),
            "wake_at": subscription.due_at,
        }
        changed = {name: value for name, value in row.items() if name != "id"}
        insert = self._database.insert(subscriptions).values(row)
        upsert = insert.on_conflict_do_update(
            index_elements=("team_id", "channel_id"), set_=changed
        ).returning(subscriptions)
        with self._database.writing() as connection:
            return _subscription(connection.execute(upsert).mappings().one())

    def get(self, subscription_id: str) -> Subscription | None:
        """One by its id."""
        return self._one(subscriptions.c.id == subscription_id)

    def of_channel(self, team_id: str, channel_id: str) -> Subscription | None:
        """Return a channel's, whether it is on or off."""
        return self._one(
            (subscriptions.c.team_id == team_id) & (subscriptions.c.channel_id == channel_id)
        )

    def of_team(self, team_id: str) -> list[Subscription]:
        """Return a workspace's, by channel."""
        query = select(subscriptions).where(subscriptions.c.team_id == team_id)
        with self._database.reading() as connection:
            found = connection.execute(query.order_by(subscriptions.c.channel_id)).mappings().all()
        return [_subscription(row) for row in found]

    def stop(self, subscription_id: str, why: str | None = None) -> bool:
        """Turn one off, for a reason or by a person's wish; whether it was on."""
        with self._database.writing() as connection:
            stopped = connection.execute(
                update(subscriptions)
                .where(subscriptions.c.id == subscription_id, subscriptions.c.due_at.is_not(None))
                .values(due_at=None, wake_at=None, stopped=why)
            )
        return bool(stopped.rowcount)

    def due(self, now: datetime, most: int) -> Sequence[Subscription]:
        """Those that the loop has to look at, the longest overdue first, at most so many."""
        wake_at = subscriptions.c.wake_at
        query = select(subscriptions).where(wake_at <= now).order_by(wake_at).limit(most)
        with self._database.reading() as connection:
            return [_subscription(row) for row in connection.execute(query).mappings()]

    def next_wake(self) -> datetime | None:
        """When the loop has to look again; None where nothing is on."""
        wake_at = subscriptions.c.wake_at
        query = select(wake_at).where(wake_at.is_not(None)).order_by(wake_at).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).scalar()

    def move_on(self, subscription: Subscription, due_at: datetime) -> None:
        """Wait for another day; one that was changed meanwhile stays as it was changed."""
        with self._database.writing() as connection:
            connection.execute(
                update(subscriptions)
                .where(
                    subscriptions.c.id == subscription.id,
                    subscriptions.c.due_at == subscription.due_at,
                )
                .values(due_at=due_at, wake_at=due_at)
            )

    def _one(self, which: Any) -> Subscription | None:
        with self._database.reading() as connection:
            row = connection.execute(select(subscriptions).where(which)).mappings().one_or_none()
        return None if row is None else _subscription(row)


def _subscription(row: RowMapping) -> Subscription:
    fields = {str(name): value for name, value in row.items() if name != "wake_at"}
    fields["local_time"] = time.fromisoformat(fields["local_time"])
    return Subscription(**fields)
