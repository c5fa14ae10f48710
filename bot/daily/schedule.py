"""When the next daily post is due. Pure, of the subscription and `now`."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.storage import Subscription

_DAY = timedelta(days=1)
_SATURDAY = 5


def next_due(subscription: Subscription, now: datetime) -> datetime:
    """Return the first time after `now` that the subscription is due at, in UTC.

    A wall-clock time that the zone leaves out is due at the next one that exists; one that comes
    twice is due the first time; a day that the zone leaves out altogether has none.
    Raises ZoneInfoNotFoundError for a zone that is not known.
    """
    zone = ZoneInfo(subscription.zone)
    day = now.astimezone(zone).date() - _DAY
    while True:
        due_at = _due_on(subscription, day, zone)
        if due_at is not None and due_at > now:
            return due_at
        day += _DAY


def local_date(subscription: Subscription, due_at: datetime) -> date:
    """Return the day of the subscription's zone that `due_at` is the post of.

    That is not always the day on the clock: where midnight is skipped to, the time that is left
    out belongs to the day before. Raises ZoneInfoNotFoundError for a zone that is not known.
    """
    zone = ZoneInfo(subscription.zone)
    day = due_at.astimezone(zone).date()
    return day - _DAY if _instant(day - _DAY, subscription.local_time, zone) == due_at else day


def _due_on(subscription: Subscription, day: date, zone: ZoneInfo) -> datetime | None:
    if subscription.weekdays and day.weekday() >= _SATURDAY:
        return None
    return _instant(day, subscription.local_time, zone)


def _instant(day: date, local_time: time, zone: ZoneInfo) -> datetime | None:
    """Return the moment of a wall-clock time: the first of two, the end of a gap."""
    wall = datetime.combine(day, local_time)
    # In a gap, PEP 495 reads the clock as if it had not changed yet (fold 0), or had (fold 1).
    late, early = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if late.astimezone(zone).replace(tzinfo=None) == wall:
        return late
    return None if late - early >= _DAY else _change(early, late, zone)


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the second in which a zone's offset changes, after `before`, by `after` at latest."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
