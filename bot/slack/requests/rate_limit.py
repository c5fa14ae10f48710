"""How often a person may ask: the operator's rate, counted in the memory of this process."""

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from slack_bolt import BoltContext

from bot.slack.blocks.message import Message, notice

OFF = "off"
_MINUTE, _HOUR = 60, 3_600


class Pacing:
    """Counts what each person of each workspace has asked, over all surfaces together.

    `rate` is a number per time, such as `20/minute`, or `off`. It holds in each process by itself,
    so that no question waits for a count that is kept elsewhere.
    """

    def __init__(self, rate: str) -> None:
        self._rate = None if rate == OFF else parse(rate)
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, team_id: str, user_id: str) -> int | None:
        """The seconds until a person may ask again; None where they may now, which counts."""
        if self._rate is None or self._window.hit(self._rate, team_id, user_id):
            return None
        free_at = self._window.get_window_stats(self._rate, team_id, user_id).reset_time
        return max(1, math.ceil(free_at - time.time()))

    def refusal(self, context: BoltContext) -> Message | None:
        """What a person who has asked too much is told alone; None where they may ask."""
        seconds = self.wait(context.team_id or "", context.user_id or "")
        return None if seconds is None else too_fast(seconds)


def too_fast(seconds: int) -> Message:
    """A friendly refusal that says when to come back. Pure."""
    return notice(
        "That was a lot of questions at once, and I take turns with everybody. Please ask again "
        f"in {_duration(seconds)}; nothing else is wrong."
    )


def _duration(seconds: int) -> str:
    """Seconds as people say them, never too short."""
    for unit, name in ((_HOUR, "hour"), (_MINUTE, "minute")):
        if seconds > unit:
            return f"{math.ceil(seconds / unit)} {name}s"
    return "1 second" if seconds == 1 else f"{seconds} seconds"
