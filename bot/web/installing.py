"""The pages on which a workspace, or a whole organization, installs the app."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

import yaml
from flask import Blueprint, Response, render_template, request
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.adapter.flask.handler import to_flask_response
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web import SlackResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import BotError
from bot.slack import manifest
from bot.slack.manifest import REDIRECT
from bot.storage import Store, StoreError
from bot.web.install_state import BrowserCookie, InstallStates
from bot.web.look import HEADERS

INSTALL = "/slack/install"

_HEADERS = {"Cache-Control": "no-store", **HEADERS}
_REFUSED = ("Slack did not accept it.", HTTPStatus.BAD_REQUEST)
# Why an installation ended early, by Slack's or Bolt's word for it. Nobody else's words are shown.
_FAILURES = {
    "access_denied": ("It was cancelled at Slack.", HTTPStatus.OK),
    "invalid_browser": ("It was begun in another browser or window.", HTTPStatus.BAD_REQUEST),
    "invalid_state": ("It took too long, or was finished already.", HTTPStatus.BAD_REQUEST),
    "invalid_code": (_REFUSED[0], HTTPStatus.BAD_GATEWAY),
}
_SLACK_IS_AWAY = ("Slack cannot be reached at the moment.", HTTPStatus.BAD_GATEWAY)
# https://docs.slack.dev/authentication/using-token-rotation: it cannot be turned off again.
_ROTATES = (
    "This app rotates its tokens, which the bot does not support and Slack does not let anybody "
    "turn off. Create the app anew from the bot's manifest, which leaves it off."
)
_STORE_IS_AWAY = ("The bot cannot keep it at the moment.", HTTPStatus.SERVICE_UNAVAILABLE)

log = logging.getLogger(__name__)


class RotatingTokenError(BotError):
    """Slack grants a token that ends after 12 hours."""


@dataclass(frozen=True, slots=True)
class AppCredentials:
    """What tells Slack which app it is, and the address to which Slack sends browsers back."""

    client_id: str
    client_secret: str = field(repr=False)
    public_url: str


def installing(
    credentials: AppCredentials,
    store: Store,
    client: WebClient,
    *,
    retention_days: int,
    has_pages: bool = True,
) -> Blueprint:
    """Return the two pages; `client` calls Slack and carries no token.

    If the bot `has_pages`, the app asks for what showing pasted links to them takes.
    """
    app = yaml.safe_load(manifest(credentials.public_url, pages=None if has_pages else ""))
    flow = _Flow(credentials, store, client, app, retention_days)
    pages = Blueprint("installing", __name__)

    @pages.get(INSTALL)
    def install() -> Response:
        """Say what the app does, and lead to Slack; what stands in the address is left out."""
        return flow.step(flow.handle_installation, query="")

    @pages.get(REDIRECT)
    def oauth_redirect() -> Response:
        """Take the code that Slack sends along, and say how it ended."""
        if request.method == "HEAD":  # a scanner that looks at the link must not use it up
            return Response(headers=_HEADERS)
        query = request.query_string.decode(errors="replace")
        return flow.step(flow.handle_callback, query=query)

    return pages


class _Flow(OAuthFlow):
    """Bolt's, with pages of our own; no log names a code or a secret."""

    def __init__(
        self,
        credentials: AppCredentials,
        store: Store,
        client: WebClient,
        app: dict[str, Any],
        retention_days: int,
    ) -> None:
        self._shown = {"app": app["display_information"], "retention_days": retention_days}
        states = InstallStates(credentials.client_secret, store.events.first_time)
        self._states, self._cookie = states, BrowserCookie(states)
        settings = OAuthSettings(
            client_id=credentials.client_id,
            client_secret=credentials.client_secret,
            scopes=app["oauth_config"]["scopes"]["bot"],
            user_scopes=[],
            redirect_uri=credentials.public_url + REDIRECT,
            installation_store=store.installations(credentials.client_id),
            state_store=states,
            callback_options=CallbackOptions(success=self._succeed, failure=self._fail),
        )
        settings.state_utils = self._cookie
        super().__init__(client=client, settings=settings)

    def step(self, handle: Callable[[BoltRequest], BoltResponse], *, query: str) -> Response:
        """Return what a step of Bolt's flow answers, or a page that says what is away."""
        try:
            done = handle(BoltRequest(body="", query=query, headers=dict(request.headers)))
        except (SQLAlchemyError, StoreError) as error:
            log.warning("An installation is not kept: %s", type(error).__name__)
            done = self._failed(*_STORE_IS_AWAY)
        except RotatingTokenError:
            log.warning("An installation is refused: %s", _ROTATES)
            done = self._failed(_ROTATES, HTTPStatus.CONFLICT)
        except (SlackClientError, OSError, HTTPException) as error:
            log.warning("Slack cannot be reached to install: %s", type(error).__name__)
            done = self._failed(*_SLACK_IS_AWAY)
        response = to_flask_response(done)
        response.headers.update(_HEADERS)
        return response

    def issue_new_state(self, request: BoltRequest) -> str:
        """Return a state for the browser that asks, by the name it has if it has one."""
        return self._states.issue(self._cookie.name_in(request.headers))

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        """Return the page that leads to Slack."""
        del request
        return render_template("install.html", url=url, **self._shown)

    def run_installation(self, code: str) -> Installation | None:
        """Return what Slack grants for a code; None if it refuses. Bolt would log the code."""
        try:
            granted = self.client.oauth_v2_access(
                client_id=self.settings.client_id,
                client_secret=self.settings.client_secret,
                code=code,
                redirect_uri=self.settings.redirect_uri,
            )
            if granted.get("refresh_token") or granted.get("expires_in"):
                raise RotatingTokenError
            tested = self.client.auth_test(token=granted["access_token"])
        except SlackApiError as refused:
            log.warning("Slack refuses an installation: %s", _word(refused.response["error"]))
            return None
        return _installation(granted, tested)

    def _succeed(self, done: SuccessArgs) -> BoltResponse:
        installation = done.installation
        log.info("Installed in %s", installation.team_id or installation.enterprise_id)
        return self._page("installed.html", HTTPStatus.OK, installation=installation)

    def _fail(self, failed: FailureArgs) -> BoltResponse:
        log.info("An installation ended early: %s", _word(failed.reason))
        return self._failed(*_FAILURES.get(failed.reason, _REFUSED))

    def _failed(self, why: str, status: HTTPStatus) -> BoltResponse:
        return self._page("failed.html", status, why=why, again=INSTALL)

    def _page(self, template: str, status: HTTPStatus, **shown: object) -> BoltResponse:
        """Return a last page. The cookie stays for its ten minutes: another tab may need it."""
        return BoltResponse(
            status=status,
            body=render_template(template, **shown, **self._shown),
            headers={"Content-Type": "text/html; charset=utf-8"},
        )


def _installation(granted: SlackResponse, tested: SlackResponse) -> Installation:
    """Return what is kept: the bot's part alone, for this app asks nobody for a token of their own.

    https://docs.slack.dev/reference/methods/oauth.v2.access
    """
    team, enterprise = granted.get("team") or {}, granted.get("enterprise") or {}
    return Installation(
        app_id=granted["app_id"],
        enterprise_id=enterprise.get("id"),
        enterprise_name=enterprise.get("name"),
        enterprise_url=tested.get("url") if granted.get("is_enterprise_install") else None,
        team_id=team.get("id"),
        team_name=team.get("name"),
        bot_token=granted["access_token"],
        bot_id=tested["bot_id"],
        bot_user_id=granted["bot_user_id"],
        bot_scopes=granted["scope"],
        user_id=granted["authed_user"]["id"],
        is_enterprise_install=bool(granted.get("is_enterprise_install")),
        token_type=granted.get("token_type"),
    )


def _word(error: object) -> str:
    """Slack's or Bolt's word for an error; what else may have come is not for a log."""
    return error if isinstance(error, str) and re.fullmatch(r"\w{1,40}", error) else "other"
