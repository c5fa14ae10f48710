from http.client import IncompleteRead

import pytest
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from bot.slack.sending.retries import READS, ReadRetryHandler, ShortWaitRetryHandler

REQUEST = HttpRequest(method="POST", url="https://slack.com/api/chat.postMessage", headers={})


def tries_again(status: int, request: HttpRequest = REQUEST, **headers: str) -> bool:
    given: dict[str, str | list[str]] = {k.replace("_", "-"): [v] for k, v in headers.items()}
    response = HttpResponse(status_code=status, headers=given)
    return ShortWaitRetryHandler().can_retry(state=RetryState(), request=request, response=response)


@pytest.mark.parametrize("wait", ["0", "1", "30"])
def test_a_short_wait_is_waited_for(wait: str) -> None:
    assert tries_again(429, Retry_After=wait)
    assert tries_again(429, retry_after=wait)


@pytest.mark.parametrize(("wait", "again"), [("1", True), ("3", True), ("4", False), ("30", False)])
def test_nobody_waits_long_for_a_thread_to_be_read(wait: str, *, again: bool) -> None:
    url = "https://slack.com/api/conversations.replies"
    request = HttpRequest(method="POST", url=url, headers={})
    assert tries_again(429, request, Retry_After=wait) == again


def test_no_wait_at_all_counts_as_a_short_one() -> None:
    assert tries_again(429)


@pytest.mark.parametrize("wait", ["31", "3600", "9" * 5_000, "-1", "soon", ""])
def test_a_wait_that_is_long_or_no_number_is_not_waited_for(wait: str) -> None:
    assert not tries_again(429, Retry_After=wait)


@pytest.mark.parametrize("status", [200, 404, 500, 503])
def test_nothing_else_is_tried_again(status: int) -> None:
    assert not tries_again(status, Retry_After="1")


def test_a_cut_connection_is_not_tried_again() -> None:
    handler, cut = ShortWaitRetryHandler(), ConnectionResetError()
    assert not handler.can_retry(state=RetryState(), request=REQUEST, error=cut)


def reads_again(method: str, status: int | None = None, error: Exception | None = None) -> bool:
    request = HttpRequest(method="POST", url=f"https://slack.com/api/{method}?x=1", headers={})
    response = HttpResponse(status_code=status, headers={}) if status else None
    handler, state = ReadRetryHandler(), RetryState()
    return handler.can_retry(state=state, request=request, response=response, error=error)


@pytest.mark.parametrize("method", sorted(READS))
@pytest.mark.parametrize("error", [TimeoutError(), ConnectionResetError(), IncompleteRead(b"")])
def test_a_read_that_was_cut_or_failed_at_slack_is_made_again(
    method: str, error: Exception
) -> None:
    assert reads_again(method, error=error)
    assert reads_again(method, status=500)
    assert reads_again(method, status=503)


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.postEphemeral", "views.open"])
def test_what_may_have_been_done_is_not_done_again(method: str) -> None:
    assert not reads_again(method, error=TimeoutError())
    assert not reads_again(method, status=500)


def test_what_slack_refuses_to_tell_is_not_asked_again() -> None:
    assert not reads_again("conversations.replies", status=404)
    assert not reads_again("conversations.replies", error=ValueError())
