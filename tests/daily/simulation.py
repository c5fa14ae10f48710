"""Days in simulated time, on which the clocks of five zones change."""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update

from bot.daily import Posting, next_due
from bot.posting import Loop, Terms
from bot.storage import Store, Subscription
from bot.storage.tables import subscriptions
from tests.fakes.channels import Clock, FakeChannels
from tests.storage.samples import a_subscription

MOMENT = timedelta(microseconds=1)
KEYS = ["e/takeaway/1", "e/takeaway/2"]
_ROWS = 5_000  # inserted at a time


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which a zone's clock changes: an hour less, more, or half of one."""

    zone: str
    day: date

    @property
    def begins(self) -> datetime:
        """The first moment of the day."""
        return _midnight(self.day, self.zone)

    @property
    def ends(self) -> datetime:
        """The first moment of the next."""
        return _midnight(self.day + timedelta(days=1), self.zone)


# In the order of time.
CHANGES = (
    Change("Europe/Berlin", date(2026, 3, 29)),  # 02:00 → 03:00
    Change("America/Santiago", date(2026, 4, 4)),  # 24:00 → 23:00
    Change("Africa/Cairo", date(2026, 4, 24)),  # 00:00 → 01:00
    Change("Australia/Lord_Howe", date(2026, 10, 4)),  # 02:00 → 02:30
    Change("America/New_York", date(2026, 11, 1)),  # 02:00 → 01:00
)


def subscribe(store: Store, count: int) -> dict[str, Subscription]:
    """As many subscriptions, spread over zones and minutes, each due on its zone's day."""
    made = {}
    for number in range(count):
        change = CHANGES[number % len(CHANGES)]
        minute = number // len(CHANGES) * 7 % 1440
        on = a_subscription(
            channel_id=f"C{number}",
            zone=change.zone,
            local_time=time(minute // 60, minute % 60),
            weekdays=False,
            due_at=None,
        )
        due_at = next_due(on, change.begins - MOMENT)
        made[on.channel_id] = replace(on, due_at=due_at)
    rows = map(_row, made.values())
    with store.database.writing() as connection:
        while some := list(islice(rows, _ROWS)):
            connection.execute(insert(subscriptions), some)
    return made


def run_days(store: Store, channels: FakeChannels, posters: int) -> int:
    """Each zone's day, minute by minute; gives the number of ticks."""
    ticks = 0
    for change in CHANGES:
        clock = Clock(change.begins)
        posting = Posting(store, channels, lambda: KEYS, Terms(), clock, clock.monotonic)
        loop = Loop(store.subscriptions, posting, posters, clock=clock)
        while (wake_at := store.subscriptions.next_wake()) and wake_at < change.ends:
            clock.now = max(clock.now, wake_at)
            loop.tick(clock.now)
            loop.settle()
            ticks += 1
        loop.close()
        _turn_off(store, change.zone)
    return ticks


def wrong(channels: FakeChannels, made: dict[str, Subscription]) -> list[str]:
    """The channels that have not exactly their zone's day's post."""
    days = {change.zone: change.day for change in CHANGES}
    return [
        channel
        for channel, one in made.items()
        if [mark.which for mark, _ in channels.posts[channel]] != [days[one.zone]]
    ]


def _midnight(day: date, zone: str) -> datetime:
    """The first moment of a day, where midnight itself is left out too."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _row(subscription: Subscription) -> dict[str, Any]:
    local_time = subscription.local_time.strftime("%H:%M")
    return asdict(subscription) | {"local_time": local_time, "wake_at": subscription.due_at}


def _turn_off(store: Store, zone: str) -> None:
    off = update(subscriptions).where(subscriptions.c.zone == zone)
    with store.database.writing() as connection:
        connection.execute(off.values(due_at=None, wake_at=None))
