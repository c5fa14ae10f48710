"""One due subscription: the claim, what Slack says, and what becomes of it."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfoNotFoundError

from bot.daily.outcomes import Channels, Gone, Mark, Outcome, Posted, Skip, Unsure, Wait
from bot.daily.rotation import next_item
from bot.daily.schedule import local_date, next_due
from bot.storage import Claim, PostState, Store, Subscription

# The clocks of our machines and of Slack's may differ by so much.
_SKEW = timedelta(minutes=5)
# How long a subscription rests that another process is just posting for.
PAUSE = timedelta(seconds=5)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules of posting.

    `lease` is longer than a request to Slack can stay under way, and than clocks differ; no post is
    sent in its second half. One that is overdue by more than `grace` is skipped.
    """

    lease: timedelta = timedelta(minutes=1)
    grace: timedelta = timedelta(hours=2)


class Rest(NamedTuple):
    """A subscription that is not to be looked at until a moment.

    `ours`: this process has begun its post. `quiet`: its whole workspace wants to be left alone.
    """

    until: datetime
    ours: bool
    quiet: bool = False


def utc_now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


class Posting:
    """Posts for one subscription at a time; any number of threads and processes may do so.

    `keys` returns what there is to be posted by now. `monotonic` counts seconds, and goes on where
    the machine's clock is set.
    """

    def __init__(
        self,
        store: Store,
        channels: Channels,
        keys: Callable[[], Sequence[str]],
        terms: Terms,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._channels, self._keys, self._terms = store, channels, keys, terms
        self._clock, self._monotonic = clock, monotonic

    def post(self, subscription: Subscription) -> Rest | None:
        """Do what a due subscription needs; None where it is done for the day.

        Raises StoreError where the database fails. A claim that was made stays then, and the
        history decides when its lease is over.
        """
        if subscription.due_at is None:
            return None
        keys = self._keys()  # before the clocks are read: where episodes are new, it takes a while
        begun, now = self._monotonic(), self._clock()
        try:
            day = local_date(subscription, subscription.due_at)
        except ZoneInfoNotFoundError:
            self._turn_off(subscription, "unknown_zone")
            return None
        item = self._next_item(keys, subscription)
        until = now + self._terms.lease
        claim = self._store.posts.claim(subscription, day, item, now=now, until=until)
        if claim is None:
            return self._elsewhere(subscription, day, now)
        kept = claim.item if claim.item in keys else item
        outcome = self._outcome(subscription, claim, kept, now, begun)
        return self._settle(subscription, claim, outcome)

    def _next_item(self, keys: Sequence[str], subscription: Subscription) -> str:
        """Return what is to be posted; nothing where the episodes hold nothing for a post."""
        used = self._store.posts.used(subscription.id)
        return next_item(keys, used, subscription.id) if keys else ""

    def _elsewhere(self, subscription: Subscription, day: date, now: datetime) -> Rest | None:
        """Report that the day is done already, or that another process is at it."""
        post = self._store.posts.of_day(subscription.id, day)
        if post is None or post.state is PostState.CLAIMED:
            return Rest(now + PAUSE, ours=False)
        self._store.subscriptions.move_on(subscription, self._next(subscription, now))
        return None

    def _outcome(
        self, subscription: Subscription, claim: Claim, item: str, now: datetime, begun: float
    ) -> Outcome:
        """Return what the history says of a post that may have been sent, else post it."""
        mark = Mark(claim.subscription_id, claim.local_date)
        late = now - claim.due_at > self._terms.grace
        if claim.taken_over:
            found = self._channels.find(subscription, mark, claim.first_at - _SKEW)
            if found and not (late and isinstance(found, Wait | Unsure)):
                return found
        if late:
            return Skip("late")
        if not item:
            return Skip("nothing_to_post")
        # A process that was paused must not post on a lease that others soon take for past.
        if self._monotonic() - begun > self._terms.lease.total_seconds() / 2:
            return Unsure()
        return self._channels.post(subscription, item, mark)

    def _settle(self, subscription: Subscription, claim: Claim, outcome: Outcome) -> Rest | None:
        """Write down what became of a claim."""
        now = self._clock()
        match outcome:
            case Posted(ts):
                self._end(subscription, claim, PostState.POSTED, now, ts)
            case Skip(why):
                log.warning("The post of %s is skipped: %s", subscription.id, why)
                self._end(subscription, claim, PostState.SKIPPED, now)
            case Gone(why):
                self._end(subscription, claim, PostState.SKIPPED, now)
                self._turn_off(subscription, why)
            case Wait(seconds):
                until = now + timedelta(seconds=seconds)
                self._store.posts.put_off(claim, until)
                return Rest(until, ours=True, quiet=True)
            case Unsure():
                return Rest(claim.lease_until, ours=True)
        return None

    def _end(
        self,
        subscription: Subscription,
        claim: Claim,
        state: PostState,
        now: datetime,
        ts: str | None = None,
    ) -> None:
        due_at = self._next(subscription, now)
        self._store.posts.end(claim, state, now=now, due_at=due_at, ts=ts)

    def _next(self, subscription: Subscription, now: datetime) -> datetime:
        """When it is due again; what is no more overdue than the grace allows is posted late."""
        after = now - self._terms.grace
        return next_due(subscription, max(after, subscription.due_at or after))

    def _turn_off(self, subscription: Subscription, why: str) -> None:
        """Turn a subscription off for good; the process that does so tells whoever made it."""
        if self._store.subscriptions.stop(subscription.id, why):
            log.warning("The daily post of %s is turned off: %s", subscription.id, why)
            self._channels.tell(subscription, why)
