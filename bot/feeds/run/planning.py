"""Which episodes of a feed are tried now: decided from what the feed says and what is kept."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.feeds.fetching import shown
from bot.feeds.model import Item
from bot.storage import FeedItem

# For so long an episode is new: its transcript may still come, or be mended. Chosen by hand.
YOUNG = timedelta(weeks=2)
# The longest wait until what failed is tried again, and until a kept transcript is looked at again
# while its episode is young. Chosen by hand: most hosts mend a transcript within days.
_AGAIN = timedelta(days=1)
_EARLIEST = datetime(1, 1, 1, tzinfo=UTC)


def newest_first(items: Sequence[Item], newest: int | None) -> list[Item]:
    """Return the episodes that have a transcript, the newest first, at most so many.

    Those without a date come last, in the feed's order.
    """
    ordered = sorted(items, key=lambda one: one.published or _EARLIEST, reverse=True)
    return [one for one in ordered if one.transcripts][:newest]


def state_of(item: Item) -> str:
    """Return a digest of what a feed says of an episode, as far as it reaches the folder.

    Of addresses the query does not count: many hosts sign theirs anew every time.
    """
    said = (
        item.title,
        item.number,
        item.season,
        item.published,
        item.people,
        _bare(item.link),
        _bare(item.audio),
        _bare(item.chapters),
        item.language,
        [(_bare(one.url), one.type, one.language, one.rel) for one in item.transcripts],
    )
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:32]


def is_due(item: Item, known: FeedItem, now: datetime, *, there: bool) -> bool:
    """Return whether an episode that is wanted is to be tried: it has changed, or is not settled.

    `there`: what is kept of it lies in the folder.
    """
    return known.state != state_of(item) or not is_settled(known, now, there=there)


def is_settled(known: FeedItem, now: datetime, *, there: bool) -> bool:
    """Return whether there is nothing to do for an episode while its feed says the same.

    What failed is tried again while the episode is young, at waits that double up to a day; after
    that, and where it is gone for good, no more. One that was never tried has nothing to be tried.
    """
    if known.slug is not None and not there:
        return False
    if known.tried_at is None or known.gone or not is_young(known, now):
        return True
    kept = known.slug is not None and known.failed is None
    wait = _AGAIN if kept else min(_AGAIN, known.tried_at - known.seen_at)
    return now - known.tried_at < wait


def is_young(known: FeedItem, now: datetime) -> bool:
    """Return whether an episode is new: two weeks from when it was published, or seen before that.

    One whose transcript could not be fetched has them from when it was first seen: a server's bad
    day costs no old episode its transcript.
    """
    published = known.published or known.seen_at
    since = known.seen_at if known.failed is not None else min(published, known.seen_at)
    return now - since < YOUNG


def is_news(known: FeedItem, now: datetime) -> bool:
    """Return whether an episode is to be announced once its transcript is kept."""
    return known.new and now - (known.published or known.seen_at) < YOUNG


def _bare(url: str | None) -> str | None:
    return url and shown(url)
