"""A database that has just failed is left alone for a moment, so that no answer waits for it."""

import time

_PAUSE = 1.0  # seconds; chosen by hand: a request or two wait for a database that is away


class Breaker:
    """Tells whether the database failed a moment ago."""

    def __init__(self) -> None:
        self._closes_at = 0.0

    @property
    def is_open(self) -> bool:
        """Return whether the database is to be left alone."""
        return time.monotonic() < self._closes_at

    def open(self) -> None:
        """Leave the database alone for a moment."""
        self._closes_at = time.monotonic() + _PAUSE
