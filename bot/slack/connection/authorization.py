"""With what token a request is answered."""

import logging
import time
from collections.abc import Callable
from functools import cache

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import InstallationStore
from slack_sdk.oauth.installation_store import Bot

from bot.errors import BotError

# From the ids of an organization and of a workspace (None where it is installed org-wide).
Authorize = Callable[[str | None, str | None], AuthorizeResult | None]
_FRESH = 10.0  # seconds: after a new installation an old token is used for no longer

log = logging.getLogger(__name__)


def one_workspace(client: WebClient, token: str) -> Authorize:
    """Let every request of the token's workspace act with it, and no other's.

    Bolt's own `token=` does not hold: with SLACK_CLIENT_ID and SLACK_CLIENT_SECRET in the
    environment it sets up OAuth unasked and drops the token.
    """

    @cache
    def identity() -> AuthorizeResult:
        try:
            tested = client.auth_test(token=token)
        except SlackApiError as refused:  # Bolt would acknowledge the request and drop it
            raise BotError(
                f"Slack does not say who the bot is: {refused.response['error']}"
            ) from refused
        return AuthorizeResult.from_auth_test_response(bot_token=token, auth_test_response=tested)

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        ours = identity()
        if team_id is None:
            return ours if enterprise_id and ours.enterprise_id == enterprise_id else None
        return ours if ours.team_id == team_id else None

    return authorize


class ManyWorkspaces:
    """Finds the token of the workspace or organization that a request comes from.

    What was found is kept for `fresh` seconds, and for longer while the database is away.
    """

    def __init__(self, installations: InstallationStore, *, fresh: float = _FRESH) -> None:
        self._installations, self._fresh = installations, fresh
        self._found: dict[tuple[str | None, str | None], tuple[float, Bot]] = {}

    def __call__(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """Return what a request may act with; None if the app is not installed."""
        bot = self.bot(enterprise_id, team_id)
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=bot.enterprise_id,
            team_id=bot.team_id,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
            bot_token=bot.bot_token,
            bot_scopes=bot.bot_scopes,
        )

    def bot(self, enterprise_id: str | None, team_id: str | None) -> Bot | None:
        """Return the bot of a workspace, or of an organization where `team_id` is None.

        Raises what the database raises where it is away and the bot was never found.
        """
        wanted = enterprise_id, team_id
        at, known = self._found.get(wanted, (float("-inf"), None))
        if known is not None and time.monotonic() - at < self._fresh:
            return known
        try:
            latest = self._installations.find_bot(
                enterprise_id=enterprise_id,
                team_id=team_id,
                is_enterprise_install=team_id is None,
            )
        except Exception:
            if known is None:
                raise
            log.warning("The database is away; a token found earlier is used")
            return known
        if latest is None:
            self._found.pop(wanted, None)
        else:
            self._found[wanted] = (time.monotonic(), latest)
        return latest
