"""Subscriptions of channels: which are due, and when to look again."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import RowMapping, Table, select, update

from bot.storage.database import Database
from bot.storage.posting.claims import Scheduled

_Kind = TypeVar("_Kind", bound=Scheduled)
_OF_CHANNEL = ("team_id", "channel_id")


class Schedule(Generic[_Kind]):
    """One row a channel; turning it on again changes it, turning it off keeps it for `status`.

    `on` is the column that is null where a subscription is off.
    """

    def __init__(
        self, database: Database, table: Table, made: Callable[[RowMapping], _Kind], on: str
    ) -> None:
        self._database, self._table, self._made, self._on = database, table, made, table.c[on]

    def get(self, subscription_id: str) -> _Kind | None:
        """One by its id."""
        return self._one(self._table.c.id == subscription_id)

    def of_channel(self, team_id: str, channel_id: str) -> _Kind | None:
        """Return a channel's, whether it is on or off."""
        columns = self._table.c
        return self._one((columns.team_id == team_id) & (columns.channel_id == channel_id))

    def of_team(self, team_id: str) -> list[_Kind]:
        """Return a workspace's, by channel."""
        columns = self._table.c
        query = select(self._table).where(columns.team_id == team_id)
        with self._database.reading() as connection:
            found = connection.execute(query.order_by(columns.channel_id)).mappings().all()
        return [self._made(row) for row in found]

    def stop(self, subscription_id: str, why: str | None = None) -> bool:
        """Turn one off, for a reason or by a person's wish; whether it was on."""
        off = {self._on.name: None, "due_at": None, "wake_at": None, "stopped": why}
        with self._database.writing() as connection:
            stopped = connection.execute(
                update(self._table)
                .where(self._table.c.id == subscription_id, self._on.is_not(None))
                .values(off)
            )
        return bool(stopped.rowcount)

    def due(self, now: datetime, most: int) -> Sequence[_Kind]:
        """Those that the loop has to look at, the longest overdue first, at most so many."""
        wake_at = self._table.c.wake_at
        query = select(self._table).where(wake_at <= now).order_by(wake_at).limit(most)
        with self._database.reading() as connection:
            return [self._made(row) for row in connection.execute(query).mappings()]

    def next_wake(self) -> datetime | None:
        """When the loop has to look again; None where nothing is to come."""
        wake_at = self._table.c.wake_at
        query = select(wake_at).where(wake_at.is_not(None)).order_by(wake_at).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).scalar()

    def move_on(self, subscription: _Kind, due_at: datetime | None) -> None:
        """Wait for another time, or for none; one that was changed meanwhile stays so."""
        columns = self._table.c
        with self._database.writing() as connection:
            connection.execute(
                update(self._table)
                .where(columns.id == subscription.id, columns.due_at == subscription.due_at)
                .values(due_at=due_at, wake_at=due_at)
            )

    def _save(self, row: dict[str, Any]) -> _Kind:
        """Keep a channel's row in place of the one before, but for its id."""
        changed = {name: value for name, value in row.items() if name != "id"}
        insert = self._database.insert(self._table).values(row)
        upsert = insert.on_conflict_do_update(index_elements=_OF_CHANNEL, set_=changed)
        with self._database.writing() as connection:
            saved = connection.execute(upsert.returning(self._table))
            return self._made(saved.mappings().one())

    def _one(self, which: Any) -> _Kind | None:
        with self._database.reading() as connection:
            row = connection.execute(select(self._table).where(which)).mappings().one_or_none()
        return None if row is None else self._made(row)
