"""Which channels get a daily takeaway, and when the next one is due."""

from dataclasses import asdict
from datetime import time

from sqlalchemy import RowMapping

from bot.storage.database import Database
from bot.storage.posting.model import Subscription
from bot.storage.posting.schedule import Schedule
from bot.storage.tables import subscriptions

_TIME = "%H:%M"


class Subscriptions(Schedule[Subscription]):
    """The daily takeaways of channels."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, subscriptions, _subscription, on="due_at")

    def save(self, subscription: Subscription) -> Subscription:
        """Turn a channel's on, or change it; gives what is kept, under the id it had before."""
        local_time = subscription.local_time.strftime(_TIME)
        schedule = {"local_time": local_time, "wake_at": subscription.due_at}
        return self._save(asdict(subscription) | schedule)


def _subscription(row: RowMapping) -> Subscription:
    fields = {str(name): value for name, value in row.items() if name != "wake_at"}
    fields["local_time"] = time.fromisoformat(fields["local_time"])
    return Subscription(**fields)
