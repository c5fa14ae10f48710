"""When a call to Slack is made again."""

from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.http_retry.handler import RetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse

# Seconds. A wait keeps a worker from other people's questions; of one person's at most two wait at
# a time (`FairExecutor`). Chosen by hand: Slack asks for a second or a few.
LONGEST_WAIT = 30
# For a thread to be read. Where Slack rations it to once a minute, asking for the whole question
# comes sooner. Chosen by hand: within the patience of somebody who looks at the thread.
LONGEST_THREAD_WAIT = 3
_THREADS = "conversations.replies"
# What changes nothing in Slack; of anything else nobody knows whether it was done before it failed.
READS = frozenset(
    """
        auth.test chat.getPermalink conversations.history conversations.info conversations.replies
        users.info
    """.split()
)


def retry_handlers() -> list[RetryHandler]:
    """Return what a client needs: a 429 is waited out twice, a failed read made once more."""
    return [ShortWaitRetryHandler(max_retry_count=2), ReadRetryHandler()]


class ShortWaitRetryHandler(RateLimitErrorRetryHandler):
    """Waits when Slack says 429, unless it asks for too long a wait or for no number."""

    def _can_retry(
        self, *, request: HttpRequest, response: HttpResponse | None = None, **call: Any
    ) -> bool:
        """Return whether it is a 429 with a wait that is worth it; a second without a header."""
        if response is None or not super()._can_retry(request=request, response=response, **call):
            return False
        headers = {name.lower(): values[0] for name, values in response.headers.items()}
        wait = headers.get("retry-after", "1")
        longest = LONGEST_THREAD_WAIT if _method(request) == _THREADS else LONGEST_WAIT
        return wait.isdecimal() and float(wait) <= longest


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
        if _method(request) not in READS:
            return False
        if response is not None:
            return response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        return isinstance(error, OSError | HTTPException)


def _method(request: HttpRequest) -> str:
    """Return the method of Slack's that a request calls."""
    return urlsplit(request.url).path.rpartition("/")[2]
