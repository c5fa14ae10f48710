import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.slack.blocks.message import notice
from bot.slack.sending.channels import post_or_reason, was_refused
from tests.fakes.slack import FakeSlack

GENERAL = "C0GENERAL"


def failure(client: WebClient) -> SlackApiError:
    """What posting ends with."""
    with pytest.raises(SlackApiError) as caught:
        post_or_reason(client, GENERAL, notice("Hello"))
    return caught.value


@pytest.mark.parametrize(
    ("error", "status"), [("invalid_blocks", 200), ("ratelimited", 429), ("not_authed", 200)]
)
def test_what_slack_refused_has_not_arrived(
    client: WebClient, slack: FakeSlack, error: str, status: int
) -> None:
    slack.fail_next("chat.postMessage", error=error, status=status)
    assert was_refused(failure(client))


@pytest.mark.parametrize(
    ("error", "status"),
    [("internal_error", 200), ("whatever", 500), ("A page in the place of an answer " * 3, 200)],
)
def test_after_a_failure_of_slacks_a_post_may_have_arrived(
    client: WebClient, slack: FakeSlack, error: str, status: int
) -> None:
    slack.fail_next("chat.postMessage", error=error, status=status)
    assert not was_refused(failure(client))


@pytest.mark.parametrize("broken", [TimeoutError(), ConnectionResetError(), SlackRequestError("")])
def test_without_slacks_word_a_post_may_have_arrived(broken: Exception) -> None:
    assert not was_refused(broken)


def test_a_public_channel_is_joined_and_nothing_hinders(
    client: WebClient, slack: FakeSlack
) -> None:
    assert post_or_reason(client, "C0ELSEWHERE", notice("Hello"), "1.1") is None
    [message] = slack.channels["C0ELSEWHERE"]["messages"]
    assert (message["text"], message["thread_ts"]) == ("Hello", "1.1")


def test_an_archived_channel_hinders(client: WebClient, slack: FakeSlack) -> None:
    slack.channels[GENERAL]["is_archived"] = True
    assert post_or_reason(client, GENERAL, notice("Hello")) == "it is archived"
