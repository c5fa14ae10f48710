"""When a call to Slack is made again."""

from typing import Any

from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.http_retry.response import HttpResponse

LONGEST_WAIT = 30  # seconds: the wait keeps a worker from everybody else's questions


class ShortWaitRetryHandler(RateLimitErrorRetryHandler):
    """Waits when Slack says 429, unless it asks for more than `LONGEST_WAIT` or for no number."""

    def _can_retry(self, *, response: HttpResponse | None = None, **call: Any) -> bool:
        """Whether it is a 429 with a wait that is worth it; without a header it is a second."""
        if response is None or not super()._can_retry(response=response, **call):
            return False
        headers = {name.lower(): values[0] for name, values in response.headers.items()}
        wait = headers.get("retry-after", "1")
        return wait.isdecimal() and float(wait) <= LONGEST_WAIT
