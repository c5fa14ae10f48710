"""What is followed, and how it went, as a person reads it."""

from collections.abc import Iterator
from datetime import datetime

from bot.feeds.look.getting import address_shown
from bot.feeds.run.report import printable
from bot.storage import FollowedFeed
from bot.storage.feeds.feeds import Feeds


def listed(feeds: Feeds) -> Iterator[str]:
    """Yield what is followed, some lines each: what it is, what is kept of it, and how it went."""
    followed = feeds.all()
    if not followed:
        yield "Nothing is followed."
    for feed in followed:
        address = address_shown(feed.address)
        yield printable(f"{feed.title}: {address}" if feed.title else address)
        yield f"  {', '.join(_state(feed, feeds))}"
        if feed.stopped or feed.failed:
            yield printable(f"  {feed.stopped or feed.failed}")


def _state(feed: FollowedFeed, feeds: Feeds) -> Iterator[str]:
    rows = feeds.items.of(feed).values()
    yield f"{sum(row.slug is not None for row in rows)} kept of {_seen(len(rows))}"
    if failed := sum(row.failed is not None for row in rows):
        yield f"{failed} failed"
    if feed.newest is not None:
        yield f"the newest {feed.newest} wanted"
    if feed.language:
        yield f"in {feed.language}"
    yield f"looked at {_time(feed.looked_at)}" if feed.looked_at else "not looked at yet"
    yield f"next {_time(feed.due_at)}" if feed.due_at else "no more"


def _seen(number: int) -> str:
    """Return how many episodes a feed has had: it may list some of them no more."""
    return f"{number} episode seen" if number == 1 else f"{number} episodes seen"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
