"""Slack delivers an event again until it is acknowledged; it is handled once."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from bot.slack.requests.breaker import Breaker
from bot.storage import StoreError
from bot.storage.events import Events

DAY = 24 * 60 * 60.0  # seconds; workspaces with delayed events redeliver for as long

log = logging.getLogger(__name__)


class RecentIds:
    """The ids of the last day, in memory; the oldest go when there are too many.

    `clock` counts seconds. It is safe to ask from several threads.
    """

    def __init__(self, clock: Callable[[], float], *, most: int = 100_000) -> None:
        self._clock = clock
        self._most = most
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def is_new(self, one: str) -> bool:
        """Return whether this id comes for the first time; from now on it does not."""
        now = self._clock()
        with self._lock:
            self._forget(now - DAY)
            if one in self._seen:
                return False
            self._seen[one] = now
            if len(self._seen) > self._most:
                self._seen.popitem(last=False)
            return True

    def _forget(self, before: float) -> None:
        """Drop what came at `before` or earlier."""
        while self._seen and next(iter(self._seen.values())) <= before:
            self._seen.popitem(last=False)


class EventDeduplicator:
    """Tells whether any process has seen an event, a press of a button or a form before."""

    def __init__(
        self, events: Events, clock: Callable[[], datetime], breaker: Breaker | None = None
    ) -> None:
        self._events, self._clock = events, clock
        self._breaker = breaker or Breaker()
        self._recent = RecentIds(time.monotonic)

    def is_new(self, one: str) -> bool:
        """Return whether no process has seen this id; without the database, whether this one has.

        The id is an event's, or names a button or a form of which one press counts.
        """
        if not self._recent.is_new(one):
            return False
        if self._breaker.is_open:
            return True
        try:
            return self._events.first_time(one, self._clock())
        except StoreError as error:
            self._breaker.open()
            log.warning("%s is handled without a look at the database: %s", one, error)
            return True
