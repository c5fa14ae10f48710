"""What an installation carries from its first page to its last, signed: nothing is kept meanwhile.

https://docs.slack.dev/authentication/installing-with-oauth asks for a state that ties both pages to
one browser.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe

from itsdangerous import BadData, URLSafeTimedSerializer
from slack_sdk.oauth.state_store import OAuthStateStore
from slack_sdk.oauth.state_utils import OAuthStateUtils

SECONDS = 600  # within which an installation has to be finished
_NAME = re.compile(r"[\w-]{22}", re.ASCII)  # as `token_urlsafe(16)` makes it
_Headers = Mapping[str, str | Sequence[str]]


class InstallStates(OAuthStateStore):
    """Issues states without a row, and takes each back once.

    A state names the browser that it was issued to, so that several tabs of one can all finish.
    """

    def __init__(
        self, secret: str, is_new: Callable[[str, datetime], bool], *, seconds: int = SECONDS
    ) -> None:
        """Sign with `secret`; `is_new` tells whether an id comes for the first time anywhere."""
        self._signer = URLSafeTimedSerializer(secret, salt="slack-install")
        self._is_new, self._seconds = is_new, seconds

    def issue(self, browser: str | None = None) -> str:
        """Return a new state for a browser, which gets a name if it has none."""
        return self._signer.dumps([browser or token_urlsafe(16), token_urlsafe(8)])

    def browser(self, state: str | None) -> str | None:
        """Return the browser that a state was issued to; None for a state that is forged or old."""
        try:
            browser, _ = self._signer.loads(state or "", max_age=self._seconds)
        except (BadData, ValueError, TypeError):
            return None
        return str(browser)

    def consume(self, state: str) -> bool:
        """Return whether a state is genuine and not used before; it is used now."""
        known = self.browser(state) is not None
        used = hashlib.sha256(state.encode()).hexdigest()
        return known and self._is_new(f"install {used}", datetime.now(UTC))


class BrowserCookie(OAuthStateUtils):
    """Ties a state to a browser by a cookie with the browser's name."""

    def __init__(self, states: InstallStates) -> None:
        super().__init__(expiration_seconds=SECONDS)
        self._states = states

    def build_set_cookie_for_new_state(self, state: str) -> str:
        """Return the cookie that names the browser of a state."""
        return super().build_set_cookie_for_new_state(self._states.browser(state) or "")

    def is_valid_browser(self, state: str | None, request_headers: _Headers) -> bool:
        """Return whether a state comes back from the browser that it was issued to."""
        browser = self._states.browser(state)
        return browser is not None and browser == self.name_in(request_headers)

    def name_in(self, headers: _Headers) -> str | None:
        """Return the name that a browser was given before; None if it has none."""
        sent = headers.get("cookie") or ""
        try:
            cookies = SimpleCookie(sent if isinstance(sent, str) else "; ".join(sent))
        except CookieError:
            return None
        found = cookies.get(self.cookie_name)
        return found.value if found and _NAME.fullmatch(found.value) else None
