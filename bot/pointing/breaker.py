"""Whoever fails again and again is left alone for a while, so that no answer waits for them."""

import time
from collections.abc import Callable
from threading import Lock

FAILURES, PAUSE = 5, 60.0  # in a row, and seconds; chosen by hand


class Breaker:
    """Opens after five failures in a row; from a minute later on one try at a time closes it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._failures, self._closed_from = 0, 0.0

    def allows(self) -> bool:
        """Return whether to try; while it is open, one try a minute is."""
        with self._lock:
            now = self._clock()
            if self._failures < FAILURES:
                return True
            if now < self._closed_from:
                return False
            self._closed_from = now + PAUSE
            return True

    def failed(self) -> None:
        """Count a failure; the fifth in a row opens."""
        with self._lock:
            self._failures += 1
            self._closed_from = self._clock() + PAUSE

    def succeeded(self) -> None:
        """Forget all failures."""
        with self._lock:
            self._failures = 0
