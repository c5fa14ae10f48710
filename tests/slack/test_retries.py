import pytest
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from bot.slack.retries import ShortWaitRetryHandler

REQUEST = HttpRequest(method="POST", url="https://slack.com/api/chat.postMessage", headers={})


def tries_again(status: int, **headers: str) -> bool:
    given: dict[str, str | list[str]] = {k.replace("_", "-"): [v] for k, v in headers.items()}
    response = HttpResponse(status_code=status, headers=given)
    return ShortWaitRetryHandler().can_retry(state=RetryState(), request=REQUEST, response=response)


@pytest.mark.parametrize("wait", ["0", "1", "30"])
def test_a_short_wait_is_waited_for(wait: str) -> None:
    assert tries_again(429, Retry_After=wait)
    assert tries_again(429, retry_after=wait)


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
