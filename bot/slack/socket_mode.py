"""The app over Socket Mode: no public address is needed, the process connects to Slack."""

import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from urllib.error import URLError

import yaml
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.answers import Answerer
from bot.errors import BotError, SettingError
from bot.slack.app import build_app
from bot.slack.manifest import manifest

log = logging.getLogger(__name__)


def serve(
    answerer: Answerer, *, bot_token: str, app_token: str, client: WebClient, workers: int
) -> None:
    """Answer requests, `workers` at once, until SIGTERM or SIGINT; running answers are finished.

    `client` carries no token. Raises SettingError for a token that Slack refuses, BotError where
    Slack cannot be reached or the app lacks a scope.
    """
    stop = _stop_signal()
    identity = _call(client, "auth.test", "SLACK_BOT_TOKEN", bot_token)
    _check_scopes(identity)
    address = _call(client, "apps.connections.open", "SLACK_APP_TOKEN", app_token)["url"]
    with ThreadPoolExecutor(workers, thread_name_prefix="listener") as executor:
        app = build_app(
            answerer, token=bot_token, signing_secret="", client=client, executor=executor
        )
        handler = SocketModeHandler(app, app_token, web_client=client, concurrency=workers)
        handler.client.wss_uri = address
        try:
            handler.connect()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
            log.info("Connected as @%s in %s", identity["user"], identity["team"])
            stop.wait()
            log.info("Stopping; running answers are finished first")
        except (OSError, SlackClientError) as error:
            raise BotError(f"Slack's socket cannot be reached: {error}") from error
        finally:
            handler.close()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped


def _call(client: WebClient, method: str, key: str, token: str) -> SlackResponse:
    """Call Slack with the token that stands under `key`; what goes wrong is said in plain words."""
    try:
        return client.api_call(method, params={"token": token})
    except SlackApiError as refused:
        raise SettingError(
            key,
            f"Slack refuses it ({refused.response.get('error')}). Copy it anew from your app's "
            "page at https://api.slack.com/apps; it may be another app's, or taken back.",
        ) from refused
    except (OSError, URLError) as error:
        raise BotError(
            f"Slack cannot be reached at {client.base_url}: {error}. Check the network, and "
            "SLACK_API_URL and HTTPS_PROXY if they are set."
        ) from error


def _check_scopes(identity: SlackResponse) -> None:
    """Compare what the token may do, which Slack says in a header, with the manifest."""
    headers = {name.lower(): value for name, value in identity.headers.items()}
    granted = headers.get("x-oauth-scopes")
    wanted = set(yaml.safe_load(manifest())["oauth_config"]["scopes"]["bot"])
    if granted is not None and (missing := wanted - {s.strip() for s in granted.split(",")}):
        raise BotError(
            f"The app lacks the scopes {', '.join(sorted(missing))}. Put the manifest "
            "(`python -m bot manifest`) into it at https://api.slack.com/apps and install it again."
        )


def _stop_signal() -> Event:
    """Set by the first SIGTERM or SIGINT; a second one ends the process at once."""
    stop = Event()

    def handle(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)
    return stop
