"""What is said when Slack lets the bot not even start; nothing is connected."""

from concurrent.futures import Executor
from threading import Event
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState

from bot.errors import BotError, SettingError
from bot.settings import setting_error
from bot.slack.connection.socket_mode import close, serve
from bot.terminal import Call, RefusedError
from tests.fakes.slack import FakeSlack

if TYPE_CHECKING:
    from slack_bolt.adapter.socket_mode import SocketModeHandler

KEYS = {"auth.test": "SLACK_BOT_TOKEN", "apps.connections.open": "SLACK_APP_TOKEN"}
PAGE = "<html><body>Bad gateway</body></html>"


def never_built(_executor: Executor) -> App:
    pytest.fail("the app is built once Slack has taken both tokens")


def failure(slack: FakeSlack, client: WebClient) -> BotError:
    """What starting ends with."""
    with pytest.raises(BotError) as caught:
        serve(
            never_built,
            bot_token=slack.token,
            app_token=slack.app_token,
            client=client,
            workers=1,
            stop=Event(),
            refuse=setting_error,
        )
    assert slack.token not in str(caught.value)
    assert slack.app_token not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("method", KEYS)
@pytest.mark.parametrize(
    "error",
    [
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    ],
)
def test_a_token_that_slack_refuses_is_named_and_where_to_find_another(
    method: str, error: str
) -> None:
    with FakeSlack() as slack:
        slack.fail_next(method, error=error)
        refused = failure(slack, WebClient(base_url=slack.url))
    assert isinstance(refused, SettingError)
    assert refused.key == KEYS[method]
    assert f"Slack refuses it ({error})" in str(refused)
    assert "https://api.slack.com/apps" in str(refused)


@pytest.mark.parametrize("method", KEYS)
@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        ("internal_error", 200, "internal_error"),
        ("service_unavailable", 503, "service_unavailable"),
        ("ratelimited", 429, "ratelimited"),
        (PAGE, 200, "a page with HTTP status 200"),
        (PAGE, 502, "a page with HTTP status 502"),
    ],
)
def test_for_a_slack_that_is_unwell_no_token_is_blamed(
    method: str, error: str, status: int, said: str
) -> None:
    with FakeSlack() as slack:
        slack.fail_next(method, error=error, status=status)
        unwell = failure(slack, WebClient(base_url=slack.url))
        assert str(unwell).startswith(
            f"Slack cannot be reached or is unwell: {said} from {slack.url}. "
        )
    assert not isinstance(unwell, SettingError)
    assert "<" not in str(unwell)
    assert "https://slack-status.com" in str(unwell)


def test_an_answer_that_is_cut_off_is_said_so() -> None:
    def cut_off(_call: Call) -> dict[str, Any]:
        raise RefusedError("cut_off", Transfer_Encoding="chunked")  # and then no chunk follows

    with FakeSlack() as slack:
        slack.handlers["auth.test"] = cut_off
        assert "is unwell: IncompleteRead" in str(failure(slack, WebClient(base_url=slack.url)))


def test_a_session_that_begins_just_as_it_is_closed_ends_all_the_same() -> None:
    """slack_sdk's own thread says at its beginning that the session has not ended."""
    begun = ConnectionState()  # type: ignore[no-untyped-call]  # slack_sdk's class

    class Closing:
        client = SimpleNamespace(current_session_state=begun)

        def close(self) -> None:
            self.client.current_session_state.terminated = False
            assert self.client.current_session_state.terminated

    close(cast("SocketModeHandler", Closing()))
    assert begun.terminated
