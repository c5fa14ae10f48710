"""The app over Socket Mode: no public address is needed, the process connects to Slack."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from threading import Event

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.builtin.connection import ConnectionState

from bot.errors import BotError, SettingError
from bot.slack.connection.token_check import call, identify

log = logging.getLogger(__name__)


def serve(
    build: Callable[[Executor], App],
    *,
    bot_token: str,
    app_token: str,
    client: WebClient,
    workers: int,
    stop: Event,
    refuse: Callable[[str, str], SettingError] = SettingError,
) -> None:
    """Answer requests, `workers` at once, until `stop` is set; running answers are finished.

    `build` makes the app, whose listeners run on the executor that it is given. `client` carries
    no token; `refuse` words what is wrong with a key. Raises SettingError for a
    token that Slack refuses, BotError where Slack cannot be reached, is unwell, or the app lacks a
    scope.
    """
    identity = identify(client, bot_token, partial(refuse, "SLACK_BOT_TOKEN"))
    opened = call(client, "apps.connections.open", app_token, partial(refuse, "SLACK_APP_TOKEN"))
    with ThreadPoolExecutor(workers, thread_name_prefix="listener") as executor:
        handler = SocketModeHandler(
            build(executor), app_token, web_client=client, concurrency=workers
        )
        handler.client.wss_uri = opened["url"]
        try:
            handler.connect()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
            log.info("Connected as @%s in %s", identity["user"], identity["team"])
            stop.wait()
            log.info("Stopping; running answers are finished first")
        except (OSError, SlackClientError) as error:
            raise BotError(f"Slack's socket cannot be reached: {error}") from error
        finally:
            close(handler)


class _Ended(ConnectionState):
    """The state of a session that stays ended, whatever it is set to."""

    @property
    def terminated(self) -> bool:
        """Return that it has ended."""
        return True

    @terminated.setter
    def terminated(self, value: bool) -> None:
        pass


def close(handler: SocketModeHandler) -> None:
    """Close the connection.

    Within .1 s of connecting, slack_sdk's thread may begin to receive just as it is told to end:
    it then takes the end back, and would be waited for without end.
    """
    client = handler.client
    begun = client.current_session_state
    client.current_session_state = _Ended()  # type: ignore[no-untyped-call]  # slack_sdk's class
    begun.terminated = True
    handler.close()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
