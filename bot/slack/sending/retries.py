"""When a call to Slack is made again."""

from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.http_retry.handler import RetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse

LONGEST_WAIT = 30  # seconds: the wait keeps a worker from everybody else's questions
# What changes nothing in Slack; of anything else nobody knows whether it was done before it failed.
READS = frozenset(
    """
        auth.test chat.getPermalink conversations.history conversations.info conversations.replies
        users.info
    """.split()
)


def retry_handlers() -> list[RetryHandler]:
    """What a client needs: a 429 is waited out twice, a read that fails is made once more."""
    return [ShortWaitRetryHandler(max_retry_count=2), ReadRetryHandler()]


class ShortWaitRetryHandler(RateLimitErrorRetryHandler):
    """Waits when Slack says 429, unless it asks for more than `LONGEST_WAIT` or for no number."""

    def _can_retry(self, *, response: HttpResponse | None = None, **call: Any) -> bool:
        """Whether it is a 429 with a wait that is worth it; without a header it is a second."""
        if response is None or not super()._can_retry(response=response, **call):
            return False
        headers = {name.lower(): values[0] for name, values in response.headers.items()}
        wait = headers.get("retry-after", "1")
        return wait.isdecimal() and float(wait) <= LONGEST_WAIT


class ReadRetryHandler(RetryHandler):
    """Reads again after a 5xx, a time-out or a cut connection; a post is never sent twice."""

    def _can_retry(
        self,
        *,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
        **_state: Any,
    ) -> bool:
        if urlsplit(request.url).path.rpartition("/")[2] not in READS:
            return False
        if response is not None:
            return response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        return isinstance(error, OSError | HTTPException)
