"""Slack for many workspaces: it grants installations and knows each bot by its token."""

import base64
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.terminal import Call, RefusedError
from tests.fakes.slack import FakeSlack

PUBLIC_URL = "https://bot.example.com"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an app is installed: a workspace, or an organization as a whole (no `team_id`)."""

    team_id: str | None
    enterprise_id: str | None = None
    name: str = "Example"

    @property
    def token(self) -> str:
        """The token of the bot there."""
        return f"xoxb-of-{self.team_id or self.enterprise_id}"


class GrantingSlack(FakeSlack):
    """Slack with the app's credentials; `offer` gives the code with which a browser comes back."""

    client_id = "111.222"
    client_secret = "fedcba9876543210fedcba9876543210"

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, Place] = {}
        self._places: dict[str, Place] = {}
        self._numbers_of_codes = count(1)
        self.handlers |= {"oauth.v2.access": self._grant, "auth.test": self._identify}

    def offer(self, place: Place) -> str:
        """A code that is good for one installation."""
        code = f"code-{next(self._numbers_of_codes)}-fake"
        self._codes[code] = place
        return code

    def tokens_used(self, method: str) -> list[str]:
        """The token of each call of a method."""
        return [
            call.headers["authorization"].removeprefix("Bearer ")
            for call in self.calls
            if call.method == method
        ]

    def _check_token(self, call: Call) -> None:
        """The app shows its credentials, a bot its own token."""
        given = call.headers.get("authorization", "")
        if call.method == "oauth.v2.access":
            pair = f"{self.client_id}:{self.client_secret}".encode()
            if given != f"Basic {base64.b64encode(pair).decode()}":
                raise RefusedError("bad_client_secret")
        elif given.removeprefix("Bearer ") not in self._places:
            raise RefusedError("invalid_auth")

    def _grant(self, call: Call) -> dict[str, Any]:
        place = self._codes.pop(call.body["code"], None)
        if place is None:
            raise RefusedError("invalid_code")
        if call.body["redirect_uri"] != f"{PUBLIC_URL}/slack/oauth_redirect":
            raise RefusedError("bad_redirect_uri")
        self._places[place.token] = place
        return {
            "access_token": place.token,
            "token_type": "bot",
            "scope": "commands,chat:write",
            "bot_user_id": self.bot_user_id,
            "app_id": "A0000000001",
            "team": place.team_id and {"id": place.team_id, "name": place.name},
            "enterprise": place.enterprise_id and {"id": place.enterprise_id, "name": place.name},
            "is_enterprise_install": place.team_id is None,
            "authed_user": {"id": "U0000ALEXA"},
        }

    def _identify(self, call: Call) -> dict[str, Any]:
        place = self._places[call.headers["authorization"].removeprefix("Bearer ")]
        return {
            "url": "https://example.slack.com/",
            "team": place.name,
            "team_id": place.team_id or place.enterprise_id,
            "enterprise_id": place.enterprise_id,
            "user": "llm",
            "user_id": self.bot_user_id,
            "bot_id": self.bot_id,
        }
