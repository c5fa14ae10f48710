"""The daily takeaway of one due subscription: which day it is for, and which comes next."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfoNotFoundError

from bot.daily.rotation import next_item
from bot.daily.schedule import local_date, next_due
from bot.posting import Channels, Planned, Poster, Terms, utc_now
from bot.storage import Claim, Store, Subscription


class Posting(Poster[Subscription]):
    """Posts a takeaway a day. `keys` returns what there is to be posted by now."""

    def __init__(
        self,
        store: Store,
        channels: Channels[Subscription],
        keys: Callable[[], Sequence[str]],
        terms: Terms,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(store.posts, channels, terms, clock, monotonic)
        self._store, self._keys = store, keys

    def _plan(self, subscription: Subscription) -> Planned | None:
        if subscription.due_at is None:
            return None
        keys = self._keys()
        try:
            day = local_date(subscription, subscription.due_at)
        except ZoneInfoNotFoundError:
            self._turn_off(subscription, "unknown_zone")
            return None
        used = self._store.posts.used(subscription.id)
        return Planned(day, next_item(keys, used, subscription.id) if keys else "", keys)

    def _move_on(self, subscription: Subscription, now: datetime) -> None:
        self._store.subscriptions.move_on(subscription, self._after(subscription, now))

    def _is_late(self, claim: Claim, now: datetime) -> bool:
        return now - claim.due_at > self._terms.grace

    def _next(self, subscription: Subscription, claim: Claim, now: datetime) -> datetime:
        del claim
        return self._after(subscription, now)

    def _stop(self, subscription_id: str, why: str) -> bool:
        return self._store.subscriptions.stop(subscription_id, why)

    def _after(self, subscription: Subscription, now: datetime) -> datetime:
        """When it is due again; what is no more overdue than the grace allows is posted late."""
        after = now - self._terms.grace
        return next_due(subscription, max(after, subscription.due_at or after))
