"""What an installation carries from its first page to its last."""

from datetime import datetime

from bot.web.install_state import BrowserCookie, InstallStates


class Seen:
    """Knows what came before, as the store does."""

    def __init__(self) -> None:
        self.ids: set[str] = set()

    def is_new(self, one: str, _now: datetime) -> bool:
        new = one not in self.ids
        self.ids.add(one)
        return new


def test_a_state_is_good_for_one_use() -> None:
    states = InstallStates("secret", Seen().is_new)
    state = states.issue()
    assert not states.consume("forged")
    assert not states.consume(InstallStates("other", Seen().is_new).issue())
    assert states.consume(state)
    assert not states.consume(state)


def test_a_state_that_outlived_its_time_is_refused() -> None:
    state = InstallStates("secret", Seen().is_new).issue()
    assert not InstallStates("secret", Seen().is_new, seconds=-1).consume(state)


def test_a_browser_keeps_its_name_from_tab_to_tab() -> None:
    states = InstallStates("secret", Seen().is_new)
    cookie = BrowserCookie(states)
    first = states.issue()
    headers = {"cookie": cookie.build_set_cookie_for_new_state(first).partition(";")[0]}
    second = states.issue(cookie.name_in(headers))
    assert first != second
    assert cookie.is_valid_browser(first, headers)
    assert cookie.is_valid_browser(second, headers)
    assert not cookie.is_valid_browser(states.issue(), headers)
    assert not cookie.is_valid_browser(None, headers)
    assert cookie.name_in({"cookie": r'slack-app-oauth-state="a\015\012X-Evil: y"'}) is None
    assert not cookie.is_valid_browser(first, {"cookie": 'slack-app-oauth-state="'})
