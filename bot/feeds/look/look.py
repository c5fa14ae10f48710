"""A look at a feed that is followed: whether it has changed, what is due, when the next look is."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import BotError
from bot.feeds.fetching import FetchError, Validators
from bot.feeds.look.getting import Got, Version, get
from bot.feeds.look.holding import Hold, LostError
from bot.feeds.means import Means, Wanted
from bot.feeds.model import Feed
from bot.feeds.run.planning import is_settled
from bot.feeds.run.report import Report
from bot.feeds.run.run import is_there, run, tell_news
from bot.storage import FollowedFeed, StoreError
from bot.storage.feeds.feeds import Look

_ANY = Version(Validators())


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a look: a report, or why there is none; neither where nothing has changed."""

    report: Report | None = None
    failed: BotError | None = None


def look(
    hold: Hold,
    means: Means,
    every: timedelta,
    *,
    got: tuple[Got, Feed] | None = None,
    delete: bool = False,
    again: bool = False,
) -> Looked:
    """Look at a feed and write down what came of it; `got` is what was read of it just now.

    With `delete` it is read whatever its server says, and with `again` where something has failed.
    What goes wrong with the feed is written down and returned.

    Raises:
        StoreError: the database fails. LostError: another process has taken over.
    """
    feed, now = hold.feed, means.clock()
    due_at = next_look(feed.id, now, every)
    try:
        tell_news(feed.title, hold, means)
        read = got or _read(hold, means, now, delete=delete, again=again)
        if read is None:
            hold.end(_look(feed, now, due_at, _version(feed)))
            return Looked()
        new = feed.first_read_at is not None
        wanted = Wanted(feed.newest, feed.language, new, delete, again)
        report = run(read[1], wanted, hold, means)
    except (StoreError, LostError):
        raise
    except BotError as error:
        hold.end(_failure(feed, now, due_at, error))
        return Looked(failed=error)
    except Exception as error:
        # Else it would stay due, and its server be asked again and again.
        fault = BotError(f"a fault of the bot's: {type(error).__name__}")
        hold.end(_failure(feed, now, due_at, fault))
        raise
    hold.end(_success(feed, report, read[0].version, means.clock(), due_at))
    return Looked(report)


def next_look(feed_id: str, now: datetime, every: timedelta) -> datetime:
    """Return when a feed is looked at next: at its own time within each interval.

    Its id decides on that time, so that many feeds are spread over the interval. It is at least
    half an interval ahead, and at most one and a half.
    """
    period = every.total_seconds()
    own = int(hashlib.sha256(feed_id.encode()).hexdigest()[:12], 16) % period
    earliest = now.timestamp() + period / 2
    return now + timedelta(seconds=period / 2 + (own - earliest) % period)


def _read(
    hold: Hold, means: Means, now: datetime, *, delete: bool, again: bool
) -> tuple[Got, Feed] | None:
    """Return the feed, or None where it is as it was and nothing of it is left to do."""
    feed = hold.feed
    rows = hold.items().values()
    settled = feed.first_read_at is not None and all(
        is_settled(row, now, there=is_there(means.folder, row)) for row in rows
    )
    asked = delete or (again and any(row.failed is not None for row in rows))
    known = _version(feed) if settled and not asked else _ANY
    got = get(feed.address, means.fetcher, known)
    return None if got is None else (got, got.read())


def _success(
    feed: FollowedFeed, report: Report, version: Version, now: datetime, due_at: datetime
) -> Look:
    """Return what is written down of a run; one that was not finished is soon gone on with."""
    if report.put_off:
        soon = now + timedelta(seconds=report.wait)
        return _look(replace(feed, title=report.title), now, soon, _ANY)
    first = feed.first_read_at or now
    return replace(
        _look(replace(feed, title=report.title), now, due_at, version), first_read_at=first
    )


def _failure(feed: FollowedFeed, now: datetime, due_at: datetime, error: BotError) -> Look:
    """Return what is written down of a look that failed; what is gone for good is given up."""
    if isinstance(error, FetchError) and error.gone:
        return replace(_look(feed, now, None, _ANY), failed=str(error), stopped=str(error))
    wait = (isinstance(error, FetchError) and error.wait) or 0.0
    later = max(due_at, now + timedelta(seconds=wait))
    return replace(_look(feed, now, later, _version(feed)), failed=str(error))


def _look(feed: FollowedFeed, now: datetime, due_at: datetime | None, version: Version) -> Look:
    return Look(
        looked_at=now,
        due_at=due_at,
        title=feed.title,
        etag=version.validators.etag,
        modified=version.validators.modified,
        digest=version.digest,
    )


def _version(feed: FollowedFeed) -> Version:
    return Version(Validators(feed.etag, feed.modified), feed.digest)
