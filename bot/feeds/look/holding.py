"""The claim on a feed, held for as long as somebody looks at it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from bot.errors import BotError
from bot.storage import FeedItem, FollowedFeed, StoreError
from bot.storage.feeds.feeds import Feeds, Look

# A lease is renewed at a third of it, so that one attempt may fail.
_RENEWED = 3


class LostError(BotError):
    """The claim on a feed is another's by now, or the feed is followed no more."""


class Hold:
    """The claim on a feed; what is written through it is written only while it holds."""

    def __init__(self, feeds: Feeds, feed: FollowedFeed, token: str) -> None:
        self.feed = feed
        self._feeds, self._token = feeds, token

    def items(self) -> dict[str, FeedItem]:
        """Return what is known of the feed's episodes, by guid."""
        return self._feeds.items.of(self.feed)

    def slugs_of_others(self) -> frozenset[str]:
        """Return what the episodes of all other feeds are kept as."""
        return self._feeds.items.slugs_of_others(self.feed)

    def put(self, items: Sequence[FeedItem], replaced: Sequence[str] = ()) -> None:
        """Keep episodes, and forget guids that were replaced; raises LostError."""
        if not self._feeds.items.put(self.feed, self._token, items, replaced):
            raise _lost(self.feed)

    def announced(self, guid: str) -> None:
        """Say that an episode was announced."""
        self._feeds.items.announced(self.feed, guid)

    def end(self, look: Look) -> None:
        """Keep what came of the look; raises LostError."""
        if not self._feeds.end(self.feed, self._token, look):
            raise _lost(self.feed)

    def renew(self, until: datetime) -> None:
        """Hold it for longer; one that was lost shows with the next write."""
        self._feeds.renew_claim(self.feed, self._token, until)

    def release(self) -> None:
        """Give it back; one that was ended or lost is not held any more."""
        self._feeds.release(self.feed, self._token)


def utc_now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


@contextmanager
def holding(
    feeds: Feeds,
    feed: FollowedFeed,
    lease: timedelta,
    clock: Callable[[], datetime] = utc_now,
) -> Iterator[Hold | None]:
    """Yield the claim on a feed, renewed beside whatever is done with it; None if another has it.

    Raises StoreError where the database fails at its beginning or end.
    """
    now = clock()
    token = feeds.claim(feed, now=now, until=now + lease)
    if token is None:
        yield None
        return
    hold, over = Hold(feeds, feed, token), Event()

    def keep() -> None:
        while not over.wait(lease.total_seconds() / _RENEWED):
            try:
                hold.renew(clock() + lease)
            except StoreError:  # the next attempt may succeed, and a write that fails tells
                continue

    thread = Thread(target=keep, name="feed-lease", daemon=True)
    thread.start()
    try:
        yield hold
    finally:
        over.set()
        thread.join()
        hold.release()


def _lost(feed: FollowedFeed) -> LostError:
    return LostError(f"{feed.title} is looked at by another process by now, or followed no more")
