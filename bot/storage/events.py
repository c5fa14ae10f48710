"""What Slack has delivered, so that it is handled once over all processes."""

from datetime import datetime

from sqlalchemy import delete

from bot.storage.database import Database
from bot.storage.tables import events


class Events:
    """The ids of handled events."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Not by the row count, which psycopg's INSERT does not have: it is -1 either way.
        insert = database.insert(events).on_conflict_do_nothing()
        self._insert = insert.returning(events.c.event_id)

    def first_time(self, event_id: str, now: datetime) -> bool:
        """Whether an event comes for the first time, to any process; from now on it does not."""
        row = {"event_id": event_id, "handled_at": now}
        with self._database.at_once() as connection:
            return connection.execute(self._insert, row).first() is not None

    def delete_before(self, moment: datetime) -> int:
        """Forget the events handled before a moment; says how many."""
        with self._database.writing() as connection:
            return connection.execute(delete(events).where(events.c.handled_at < moment)).rowcount
