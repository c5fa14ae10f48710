"""The app over Socket Mode: no public address is needed, the process connects to Slack."""

import logging
import re
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from http.client import HTTPException
from threading import Event

import yaml
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.errors import BotError, SettingError
from bot.slack.manifest import manifest

# https://docs.slack.dev/reference/methods/auth.test#errors: those that another token mends.
_TOKEN_ERRORS = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)

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
    identity = _call(client, "auth.test", bot_token, partial(refuse, "SLACK_BOT_TOKEN"))
    _check_scopes(identity)
    address = _call(client, "apps.connections.open", app_token, partial(refuse, "SLACK_APP_TOKEN"))[
        "url"
    ]
    with ThreadPoolExecutor(workers, thread_name_prefix="listener") as executor:
        handler = SocketModeHandler(
            build(executor), app_token, web_client=client, concurrency=workers
        )
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


def _call(
    client: WebClient, method: str, token: str, refuse: Callable[[str], SettingError]
) -> SlackResponse:
    """Call Slack with a token; what goes wrong is said in plain words, a bad token by `refuse`."""
    try:
        return client.api_call(method, params={"token": token})
    except SlackApiError as refused:
        error = refused.response.get("error")
        if error in _TOKEN_ERRORS:
            what = f"Slack refuses it ({error}); it may be another app's, or taken back"
            raise refuse(what) from refused
        raise _unwell(client, _what_came(refused.response)) from refused
    except HTTPException as broken:  # its text is whatever came, a page perhaps
        raise _unwell(client, type(broken).__name__) from broken
    except OSError as unreachable:
        raise _unwell(client, str(unreachable)) from unreachable


def _what_came(response: SlackResponse) -> str:
    """Slack's word for its error; the status where a whole page came in its stead."""
    error = str(response.get("error"))
    if re.fullmatch(r"\w{1,80}", error):
        return error
    return f"a page with HTTP status {response.status_code}"


def _unwell(client: WebClient, what: str) -> BotError:
    """No credential is to blame."""
    return BotError(
        f"Slack cannot be reached or is unwell: {what} from {client.base_url}. Check the network, "
        "and SLACK_API_URL and HTTPS_PROXY if they are set; https://slack-status.com says how "
        "Slack is. Then start again."
    )


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
