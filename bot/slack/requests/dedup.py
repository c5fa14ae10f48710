"""Slack delivers an event again until it is acknowledged; it is answered once."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

DAY = 24 * 60 * 60.0  # seconds; workspaces with delayed events redeliver for as long


class Deliveries:
    """The events of the last day, in memory; the oldest go when there are too many.

    `clock` counts seconds. It is safe to ask from several threads.
    """

    def __init__(self, clock: Callable[[], float], *, most: int = 100_000) -> None:
        self._clock = clock
        self._most = most
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def first_time(self, event_id: str) -> bool:
        """Whether this event comes for the first time; from now on it does not."""
        now = self._clock()
        with self._lock:
            self._forget(now - DAY)
            if event_id in self._seen:
                return False
            self._seen[event_id] = now
            if len(self._seen) > self._most:
                self._seen.popitem(last=False)
            return True

    def _forget(self, before: float) -> None:
        """Drop what came at `before` or earlier."""
        while self._seen and next(iter(self._seen.values())) <= before:
            self._seen.popitem(last=False)
