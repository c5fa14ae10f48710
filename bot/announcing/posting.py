"""The next post of one due channel."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.announcing.planning import Told, look_again, next_post, untold
from bot.posting import Channels, Planned, Poster, Terms, utc_now
from bot.storage import Claim, NewsChannel, NewsPost, PostState, Recorded, Store

# How long an episode is news, where the bot was down or could not read it. Chosen by hand: by then
# a weekly show has another one.
GRACE = timedelta(days=7)
# How long a process that has not read an episode leaves its card to others; then it counts as
# withdrawn. Chosen by hand.
_READ_EVERYWHERE = timedelta(hours=1)
# As many posts of a channel's as can be of the last `GRACE`: three cards and a list an hour.
_LATEST = 4 * 24 * GRACE.days


class Posting(Poster[NewsChannel]):
    """Tells of new episodes, one post of a channel after the other.

    `has` returns whether an episode is read by now. The posts of a channel are numbered, and no
    number is claimed before the one below it has ended: so each claim knows what all before it told
    of, and no episode is told of twice.
    """

    def __init__(
        self,
        store: Store,
        channels: Channels[NewsChannel],
        has: Callable[[str], bool],
        terms: Terms,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(store.news_posts, channels, terms, clock, monotonic)
        self._store, self._has = store, has

    def _plan(self, subscription: NewsChannel) -> Planned | None:
        posts, now = self._posts(subscription), self._clock()
        recorded = self._recorded(subscription, now)
        if posts and posts[0].state is PostState.CLAIMED:
            return self._again(subscription, posts[0], recorded, now)
        waiting = untold(recorded, posts)
        read = [one for one in waiting if self._has(one.episode.slug)]
        following = next_post(read, posts, now)
        if isinstance(following, Told):
            return Planned(posts[0].number + 1 if posts else 1, following.item)
        again = look_again([one for one in waiting if one not in read], now)
        due_at = min(filter(None, (following, again)), default=None)
        self._store.announcements.move_on(subscription, due_at)
        return None

    def _again(
        self,
        subscription: NewsChannel,
        post: NewsPost,
        recorded: Sequence[Recorded],
        now: datetime,
    ) -> Planned | None:
        """Return a post that was claimed and may have been sent.

        It waits where an episode of it is read elsewhere and not here, and is only looked for where
        the channel has been turned off since, or put on another show.
        """
        slugs = Told.of(post.item).slugs
        wanted = [one for one in recorded if one.episode.slug in slugs]
        unread = [one for one in wanted if not self._has(one.episode.slug)]
        fresh = [one for one in unread if now - one.recorded_at < _READ_EVERYWHERE]
        if fresh:
            self._store.announcements.move_on(subscription, look_again(fresh, now))
            return None
        return Planned(post.number, "", [post.item] if wanted else [])

    def _move_on(self, subscription: NewsChannel, now: datetime) -> None:
        """Do nothing: it stays due, and the next look sees what was posted meanwhile."""

    def _is_late(self, claim: Claim, now: datetime) -> bool:
        return now - claim.first_at > self._terms.grace

    def _next(self, subscription: NewsChannel, claim: Claim, now: datetime) -> datetime | None:
        """Return the same time where more waits, whatever it waits for: the next look finds out.

        So it stays among what is due now, all of which `Loop.once` posts.
        """
        more = untold(self._recorded(subscription, now), self._posts(subscription))
        return claim.due_at if more else None

    def _stop(self, subscription_id: str, why: str) -> bool:
        return self._store.announcements.stop(subscription_id, why)

    def _posts(self, channel: NewsChannel) -> Sequence[NewsPost]:
        """Return a channel's posts that matter, the latest first."""
        return self._store.news_posts.latest(channel.id, _LATEST)

    def _recorded(self, channel: NewsChannel, now: datetime) -> list[Recorded]:
        """Return what a channel is to be told of, or has been, in order."""
        if channel.since is None:
            return []
        since = max(channel.since, now - self._terms.grace)
        return self._store.announcements.recorded(channel.show, since)
