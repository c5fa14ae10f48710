"""Who a token makes the bot, asked when a process starts, so that a wrong one is named at once."""

import re
from collections.abc import Callable
from http.client import HTTPException

import yaml
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.errors import BotError, SettingError
from bot.slack.manifest import manifest

# Those that another token mends: https://docs.slack.dev/reference/methods/auth.test#errors.
TOKEN_ERRORS = frozenset(
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


class UnwellError(BotError):
    """Slack cannot be reached, or answers what it should not; no credential is to blame."""


def identify(client: WebClient, token: str, refuse: Callable[[str], SettingError]) -> SlackResponse:
    """Return what `auth.test` says of a bot token: `user`, `team` and their ids.

    Raises what `refuse` words for a token that Slack refuses, UnwellError where Slack cannot be
    reached or is unwell, BotError where the app lacks a scope.
    """
    identity = call(client, "auth.test", token, refuse)
    _check_scopes(identity)
    return identity


def call(
    client: WebClient, method: str, token: str, refuse: Callable[[str], SettingError]
) -> SlackResponse:
    """Call Slack with a token; what goes wrong is said in plain words, a bad token by `refuse`."""
    try:
        return client.api_call(method, params={"token": token})
    except SlackApiError as refused:
        error = refused.response.get("error")
        if error in TOKEN_ERRORS:
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


def _unwell(client: WebClient, what: str) -> UnwellError:
    """No credential is to blame."""
    return UnwellError(
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
