"""One due subscription: the claim, what Slack says, and what becomes of it."""

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.posting.outcomes import (
    Channels,
    Gone,
    Mark,
    Outcome,
    Posted,
    Skip,
    Subscriber,
    Unsure,
    Wait,
)
from bot.posting.terms import PAUSE, Planned, Rest, Terms, utc_now
from bot.storage import Claim, PostState
from bot.storage.posting.claims import Claims

# The clocks of our machines and of Slack's may differ by so much.
_SKEW = timedelta(minutes=5)

log = logging.getLogger(__name__)

_Subscriber = TypeVar("_Subscriber", bound=Subscriber)


class Poster(ABC, Generic[_Subscriber]):
    """Posts for one subscription at a time; any number of threads and processes may do so.

    Whatever is posted is claimed first, and sent once; where Slack's answer is missing, the
    channel's history decides. `monotonic` counts seconds, and goes on where the machine's clock is
    set.
    """

    def __init__(
        self,
        claims: Claims,
        channels: Channels[_Subscriber],
        terms: Terms,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._claims, self._channels, self._terms = claims, channels, terms
        self._clock, self._monotonic = clock, monotonic

    def post(self, subscription: _Subscriber) -> Rest | None:
        """Do what a due subscription needs; None where there is no more to do for now.

        Raises StoreError where the database fails. A claim that was made stays then, and the
        history decides when its lease is over.
        """
        if subscription.due_at is None:
            return None
        planned = self._plan(subscription)  # takes a while where episodes are new: not on the lease
        if not isinstance(planned, Planned):
            return planned
        begun, now = self._monotonic(), self._clock()
        until = now + self._terms.lease
        claim = self._claims.claim(subscription, planned.which, planned.item, now=now, until=until)
        if claim is None:
            return self._elsewhere(subscription, planned, now)
        outcome = self._outcome(subscription, claim, planned, now, begun)
        return self._settle(subscription, claim, outcome)

    @abstractmethod
    def _plan(self, subscription: _Subscriber) -> Planned | Rest | None:
        """Return what is to be posted next; else what `post` returns in its place."""

    @abstractmethod
    def _move_on(self, subscription: _Subscriber, now: datetime) -> None:
        """Have a subscription wait for another time, since its post is done already."""

    @abstractmethod
    def _is_late(self, claim: Claim, now: datetime) -> bool:
        """Return whether a post is so overdue that it is skipped."""

    @abstractmethod
    def _next(self, subscription: _Subscriber, claim: Claim, now: datetime) -> datetime | None:
        """Return when a subscription is due again after a post; None where nothing is to come."""

    @abstractmethod
    def _stop(self, subscription_id: str, why: str) -> bool:
        """Turn a subscription off; return whether it was on."""

    def _elsewhere(self, subscription: _Subscriber, planned: Planned, now: datetime) -> Rest | None:
        """Report that a post is done already, or that another process is at it."""
        state = self._claims.state(subscription.id, planned.which)
        if state in {None, PostState.CLAIMED}:
            return Rest(now + PAUSE, ours=False)
        self._move_on(subscription, now)
        return None

    def _outcome(
        self, subscription: _Subscriber, claim: Claim, planned: Planned, now: datetime, begun: float
    ) -> Outcome:
        """Return what the history says of a post that may have been sent, else post it."""
        mark = Mark(claim.subscription_id, claim.which)
        late = self._is_late(claim, now)
        if claim.taken_over:
            found = self._channels.find(subscription, mark, claim.first_at - _SKEW)
            if found and not (late and isinstance(found, Wait | Unsure)):
                return found
        if late:
            return Skip("late")
        item = planned.kept(claim.item)
        if not item:
            return Skip("nothing_to_post")
        # A process that was paused must not post on a lease that others soon take for past.
        if self._monotonic() - begun > self._terms.lease.total_seconds() / 2:
            return Unsure()
        return self._channels.post(subscription, item, mark)

    def _settle(self, subscription: _Subscriber, claim: Claim, outcome: Outcome) -> Rest | None:
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
                self._claims.put_off(claim, until)
                return Rest(until, ours=True, quiet=True)
            case Unsure():
                return Rest(claim.lease_until, ours=True)
        return None

    def _end(
        self,
        subscription: _Subscriber,
        claim: Claim,
        state: PostState,
        now: datetime,
        ts: str | None = None,
    ) -> None:
        due_at = self._next(subscription, claim, now)
        self._claims.end(claim, state, now=now, due_at=due_at, ts=ts)

    def _turn_off(self, subscription: _Subscriber, why: str) -> None:
        """Turn a subscription off for good; the process that does so tells whoever made it."""
        if self._stop(subscription.id, why):
            log.warning("The posts of %s are turned off: %s", subscription.id, why)
            self._channels.tell(subscription, why)
