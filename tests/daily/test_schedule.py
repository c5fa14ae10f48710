"""When a post is due, in every zone and through every change of its clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily import local_date, next_due
from bot.storage import Subscription
from tests.storage.samples import a_subscription

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# "localtime" is this machine's; the others are no places.
ZONES = sorted(zone for zone in available_timezones() if "/" in zone)

zones = st.sampled_from(ZONES)
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
# Before 1975 some clocks differed from UTC by odd seconds.
moments = st.datetimes(datetime(1975, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def at(zone: str, local_time: time, *, weekdays: bool = False) -> Subscription:
    return a_subscription(zone=zone, local_time=local_time, weekdays=weekdays)


def due_days(subscription: Subscription, after: datetime, count: int) -> list[datetime]:
    found = [next_due(subscription, after)]
    while len(found) < count:
        found.append(next_due(subscription, found[-1]))
    return found


def clock_reaches(zone: str, wall: datetime) -> datetime:
    """The first minute in which a zone's clock shows `wall` or later, found by looking at each."""
    moment = wall.replace(tzinfo=UTC) - timedelta(hours=27)
    while moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < wall:
        moment += MINUTE
    return moment


@given(zones, times, moments, st.sampled_from(["weekdays", "every day"]))
def test_it_is_due_when_the_clock_first_reaches_its_time(
    zone: str, local_time: time, now: datetime, days: str
) -> None:
    weekdays = days == "weekdays"
    subscription = at(zone, local_time, weekdays=weekdays)
    due_at = next_due(subscription, now)
    day = local_date(subscription, due_at)
    assert due_at == clock_reaches(zone, datetime.combine(day, local_time))
    assert now < due_at < now + 4 * DAY
    assert due_at.tzinfo is UTC
    assert not weekdays or day.weekday() < 5


@given(zones, times, moments)
def test_each_day_has_one_time(zone: str, local_time: time, now: datetime) -> None:
    subscription = at(zone, local_time)
    dues = due_days(subscription, now, 5)
    days = [local_date(subscription, due_at) for due_at in dues]
    assert days == sorted(set(days))
    assert dues == sorted(set(dues))


@given(zones, times, moments, st.timedeltas(timedelta(0), 2 * DAY))
def test_nothing_is_due_between_two_neighbours(
    zone: str, local_time: time, now: datetime, later: timedelta
) -> None:
    subscription = at(zone, local_time)
    due_at = next_due(subscription, now)
    assert next_due(subscription, min(now + later, due_at - timedelta(microseconds=1))) == due_at


# The zone, the day, the time that is left out, and when the post comes instead, in UTC.
GAPS = [
    ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T01:00"),
    ("America/New_York", date(2026, 3, 8), time(2, 0), "2026-03-08T07:00"),
    ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:30"),
    ("Africa/Cairo", date(2026, 4, 24), time(0, 30), "2026-04-23T22:00"),
    ("America/Santiago", date(2026, 9, 6), time(0, 0), "2026-09-06T04:00"),
    # The clock jumps to midnight: what is left out is the end of the day before.
    ("America/Nuuk", date(2024, 3, 30), time(23, 30), "2024-03-31T01:00"),
]


@pytest.mark.parametrize(("zone", "day", "local_time", "instead"), GAPS)
def test_a_time_that_is_left_out_comes_at_the_next_that_exists(
    zone: str, day: date, local_time: time, instead: str
) -> None:
    subscription = at(zone, local_time)
    before = datetime.fromisoformat(instead).replace(tzinfo=UTC) - timedelta(hours=12)
    due_at = next_due(subscription, before)
    assert due_at == datetime.fromisoformat(instead).replace(tzinfo=UTC)
    assert local_date(subscription, due_at) == day
    after = next_due(subscription, due_at)
    assert local_date(subscription, after) == day + DAY
    assert after.astimezone(ZoneInfo(zone)).time() == local_time


FOLDS = [
    ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),
    ("America/New_York", "2026-11-01T01:00", "2026-11-01T05:00"),
    ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),
    ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30"),
    ("America/Havana", "2026-11-01T00:30", "2026-11-01T04:30"),
]


@pytest.mark.parametrize(("zone", "wall", "first"), FOLDS)
def test_a_time_that_comes_twice_counts_the_first_time(zone: str, wall: str, first: str) -> None:
    local = datetime.fromisoformat(wall)
    subscription = at(zone, local.time())
    due_at = datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert next_due(subscription, due_at - MINUTE) == due_at
    assert next_due(subscription, due_at) > due_at + timedelta(hours=22)


def test_a_day_that_a_zone_leaves_out_has_no_post() -> None:
    subscription = at("Pacific/Apia", time(9))
    dues = due_days(subscription, datetime(2011, 12, 29, 0, tzinfo=UTC), 3)
    days = [local_date(subscription, due_at) for due_at in dues]
    assert days == [date(2011, 12, 29), date(2011, 12, 31), date(2012, 1, 1)]


def test_weekends_are_the_zones_own() -> None:
    """Friday evening in New York is Saturday in UTC, and Monday morning in Tokyo is Sunday."""
    friday = at("America/New_York", time(21), weekdays=True)
    due_at = next_due(friday, datetime(2026, 11, 27, 12, tzinfo=UTC))
    assert due_at == datetime(2026, 11, 28, 2, tzinfo=UTC)
    monday = at("Asia/Tokyo", time(6), weekdays=True)
    assert next_due(monday, due_at) == datetime(2026, 11, 29, 21, tzinfo=UTC)
