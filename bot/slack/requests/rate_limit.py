"""How often a person may ask: the operator's rate, counted in the memory of this process."""

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.slack.blocks.message import Message, notice
from bot.storage import Asker

OFF = "off"
_MINUTE, _HOUR = 60, 3_600


class RateLimiter:
    """Counts what each person of each workspace does, over all surfaces together.

    `rate` is a number per time, such as `20/minute`, or `off`. It holds in each process by itself,
    so that no question waits for a count that is kept elsewhere.
    """

    def __init__(self, rate: str) -> None:
        self._rate = None if rate == OFF else parse(rate)
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def limited(self, asker: Asker | None) -> Message | None:
        """Count a request; return what a person who has made too many is told, or None."""
        if self._rate is None or self._window.hit(self._rate, *_key(asker)):
            return None
        free_at = self._window.get_window_stats(self._rate, *_key(asker)).reset_time
        return limit_message(max(1, math.ceil(free_at - time.time())))

    def is_used_up(self, asker: Asker | None) -> bool:
        """Return whether the next request would be refused; this does not count."""
        return self._rate is not None and not self._window.test(self._rate, *_key(asker))


def limit_message(seconds: int) -> Message:
    """Refuse kindly, and say when to come back. Pure."""
    return notice(
        "That was a lot at once, and I take turns with everybody. Please try again in "
        f"{_duration(seconds)}."
    )


def _key(asker: Asker | None) -> tuple[str, str]:
    """Name a person; those of no known workspace share one count."""
    return (asker.team_id, asker.user_id) if asker else ("", "")


def _duration(seconds: int) -> str:
    """Say seconds as people do, never too short."""
    for unit, name in ((_HOUR, "hour"), (_MINUTE, "minute")):
        if seconds > unit:
            return f"{math.ceil(seconds / unit)} {name}s"
    return "1 second" if seconds == 1 else f"{seconds} seconds"
