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
            handler.close()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
