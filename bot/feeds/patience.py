"""For how long a run may go on: until it is stopped, or its time is over."""

import time
from threading import Event


class Patience:
    """What a run asks before each step; `seconds` None is without end."""

    def __init__(self, stop: Event, seconds: float | None = None) -> None:
        self._stop = stop
        self._ends = None if seconds is None else time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        """Return whether nothing more is to be begun."""
        return self._stop.is_set() or (self._ends is not None and time.monotonic() >= self._ends)

    def wait(self, seconds: float) -> bool:
        """Wait for so long; return whether there was patience for it."""
        if self._ends is not None and time.monotonic() + seconds >= self._ends:
            return False
        return not self._stop.wait(seconds)
