"""The pages for installing, from a browser's first look to a workspace whose token is kept."""

import html
import logging
import re
from base64 import b64encode
from hashlib import sha256
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from bot.slack import manifest
from bot.storage import Store
from bot.storage.tables import METADATA
from bot.terminal import Call
from tests.web.granting_slack import PUBLIC_URL, GrantingSlack, Place

ACME, OTHER = Place("T0000ACME0", name="Acme <b>&"), Place("T0000OTHER")
ORGANIZATION = Place(None, "E0000000ORG", name="Org")
REDIRECT = "/slack/oauth_redirect"


def begin(browser: FlaskClient) -> dict[str, str]:
    """Open the first page; what its link hands over to Slack."""
    page = browser.get("/slack/install").get_data(as_text=True)
    [link] = re.findall(r'href="(https://slack\.com/oauth[^"]+)"', page)
    return {
        name: values[0] for name, values in parse_qs(urlsplit(html.unescape(link)).query).items()
    }


def install(browser: FlaskClient, slack: GrantingSlack, place: Place) -> str:
    """Install in a place; the last page."""
    state = begin(browser)["state"]
    done = browser.get(REDIRECT, query_string={"code": slack.offer(place), "state": state})
    assert done.status_code == 200
    return done.get_data(as_text=True)


def refusal(browser: FlaskClient, status: int, **query: str) -> str:
    """The page on which an installation ends early."""
    ended = browser.get(REDIRECT, query_string=query)
    assert ended.status_code == status
    page = ended.get_data(as_text=True)
    assert "was not installed" in page
    return page


def test_the_first_page_says_what_is_installed_and_hands_the_manifests_scopes_over(
    browser: FlaskClient, slack: GrantingSlack
) -> None:
    handed = begin(browser)
    scopes = yaml.safe_load(manifest(PUBLIC_URL))["oauth_config"]["scopes"]["bot"]
    assert handed["scope"].split(",") == scopes
    assert handed["client_id"] == slack.client_id
    assert handed["redirect_uri"] == PUBLIC_URL + REDIRECT
    page = browser.get("/slack/install").get_data(as_text=True)
    assert "automated program" in page
    assert "90" in page


def test_what_stands_in_the_address_never_reaches_slack(browser: FlaskClient) -> None:
    page = browser.get("/slack/install?team=T1%26scope=admin").get_data(as_text=True)
    assert "admin" not in page


@pytest.mark.parametrize("path", ["/slack/install", REDIRECT])
def test_pages_are_neither_framed_nor_kept_and_tell_nobody_their_address(
    browser: FlaskClient, path: str
) -> None:
    headers = browser.get(path).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_the_style_sheet_is_the_one_that_the_page_may_use(browser: FlaskClient) -> None:
    shown = browser.get("/slack/install")
    [style] = re.findall(r"<style>(.*?)</style>", shown.get_data(as_text=True), re.DOTALL)
    named = b64encode(sha256(style.encode()).digest()).decode()
    assert f"'sha256-{named}'" in shown.headers["Content-Security-Policy"]


def test_the_cookie_is_secure_and_ends_soon(browser: FlaskClient) -> None:
    begun = SimpleCookie(browser.get("/slack/install").headers["Set-Cookie"])
    [morsel] = begun.values()
    assert (morsel["secure"], morsel["httponly"], morsel["max-age"]) == (True, True, "600")


def test_looking_at_the_first_page_keeps_nothing(browser: FlaskClient, sealed: Store) -> None:
    def rows() -> int:
        with sealed.database.reading() as connection:
            counts = (select(func.count()).select_from(table) for table in METADATA.sorted_tables)
            return sum(connection.execute(count).scalar_one() for count in counts)

    before = rows()
    for _ in range(3):
        assert browser.get("/slack/install").status_code == 200
        assert browser.head("/slack/install").status_code == 200
    assert rows() == before


def test_looking_at_the_head_of_the_last_page_does_not_finish(
    browser: FlaskClient, slack: GrantingSlack, sealed: Store
) -> None:
    query = {"code": slack.offer(ACME), "state": begin(browser)["state"]}
    assert browser.head(REDIRECT, query_string=query).status_code == 200
    kept = sealed.installations(slack.client_id)
    assert kept.find_bot(enterprise_id=None, team_id=ACME.team_id) is None
    assert browser.get(REDIRECT, query_string=query).status_code == 200


def test_two_tabs_of_one_browser_can_both_finish(
    browser: FlaskClient, slack: GrantingSlack, sealed: Store
) -> None:
    first, second = begin(browser)["state"], begin(browser)["state"]
    for state, workspace in ((first, ACME), (second, OTHER)):
        query = {"code": slack.offer(workspace), "state": state}
        assert browser.get(REDIRECT, query_string=query).status_code == 200
    kept = sealed.installations(slack.client_id)
    for workspace in (ACME, OTHER):
        assert kept.find_bot(enterprise_id=None, team_id=workspace.team_id)


def test_an_app_that_rotates_its_tokens_is_refused_with_what_to_do(
    browser: FlaskClient, slack: GrantingSlack, sealed: Store
) -> None:
    granting = slack.handlers["oauth.v2.access"]
    rotating = {"refresh_token": "xoxe-1-r", "expires_in": 43_200}
    slack.handlers["oauth.v2.access"] = lambda call: granting(call) | rotating
    page = refusal(browser, 409, code=slack.offer(ACME), state=begin(browser)["state"])
    assert "Create the app anew from the bot" in page
    kept = sealed.installations(slack.client_id)
    assert kept.find_bot(enterprise_id=None, team_id=ACME.team_id) is None


def test_an_installation_is_kept_and_its_page_leads_to_slack(
    browser: FlaskClient, slack: GrantingSlack, sealed: Store
) -> None:
    page = install(browser, slack, ACME)
    assert "Acme &lt;b&gt;&amp;" in page
    assert f"https://slack.com/app_redirect?app=A0000000001&amp;team={ACME.team_id}" in page
    bot = sealed.installations(slack.client_id).find_bot(
        enterprise_id=None, team_id=ACME.team_id, is_enterprise_install=False
    )
    assert bot is not None
    assert bot.bot_token == ACME.token
    with sealed.database.reading() as connection:
        stored = connection.execute(text("SELECT * FROM slack_bots")).mappings().one()
    assert ACME.token not in repr(dict(stored))


def test_an_organization_installs_it_as_a_whole(
    browser: FlaskClient, slack: GrantingSlack, sealed: Store
) -> None:
    page = install(browser, slack, ORGANIZATION)
    assert "manage/organization/apps/profile/A0000000001/workspaces/add" in page
    bot = sealed.installations(slack.client_id).find_bot(
        enterprise_id=ORGANIZATION.enterprise_id, team_id=None, is_enterprise_install=True
    )
    assert bot is not None
    assert bot.bot_token == ORGANIZATION.token


def test_a_state_serves_once(browser: FlaskClient, slack: GrantingSlack) -> None:
    state = begin(browser)["state"]
    cookie = browser.get_cookie("slack-app-oauth-state")
    assert cookie is not None
    browser.get(REDIRECT, query_string={"code": slack.offer(ACME), "state": state})
    browser.set_cookie("slack-app-oauth-state", cookie.value)
    refusal(browser, 400, code=slack.offer(OTHER), state=state)
    assert len(slack.tokens_used("oauth.v2.access")) == 1


def test_a_forged_state_is_refused(browser: FlaskClient, slack: GrantingSlack) -> None:
    browser.set_cookie("slack-app-oauth-state", "forged")
    refusal(browser, 400, code=slack.offer(ACME), state="forged")
    assert slack.calls == []


def test_a_state_of_another_browser_is_refused(
    browser: FlaskClient, site: Flask, slack: GrantingSlack
) -> None:
    state = begin(browser)["state"]
    begin(other := site.test_client())
    refusal(other, 400, code=slack.offer(ACME), state=state)
    refusal(site.test_client(), 400, code=slack.offer(ACME), state=state)
    assert slack.calls == []


def test_a_code_that_slack_refuses_is_not_logged(
    browser: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    refusal(browser, 502, code="stolen-code", state=begin(browser)["state"])
    assert "Slack refuses an installation: invalid_code" in caplog.text
    assert "stolen-code" not in caplog.text


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        ("access_denied", 200, "cancelled"),
        ("<script>alert(1)</script>", 400, "did not accept"),
        ('"><img src=x onerror=alert(1)>', 400, "did not accept"),
        ("{{7*7}}", 400, "did not accept"),
    ],
)
def test_nobody_elses_words_are_shown(
    browser: FlaskClient,
    caplog: pytest.LogCaptureFixture,
    error: str,
    status: int,
    words: str,
) -> None:
    caplog.set_level(logging.INFO)
    page = refusal(browser, status, error=error)
    assert words in page
    assert error not in page + caplog.text or error == "access_denied"
    assert "49" not in page


def test_an_address_that_is_no_text_is_refused(browser: FlaskClient) -> None:
    assert browser.get(f"{REDIRECT}?code=%ff%fe&state=%00").status_code == 400


def test_when_slack_is_away_the_page_says_so(browser: FlaskClient, slack: GrantingSlack) -> None:
    def hang_up(_call: Call) -> dict[str, Any]:
        raise ConnectionResetError

    slack.handlers["oauth.v2.access"] = hang_up
    page = refusal(browser, 502, code=slack.offer(ACME), state=begin(browser)["state"])
    assert "cannot be reached" in page


def test_when_the_database_is_away_the_page_says_so(
    browser: FlaskClient, slack: GrantingSlack, sealed: Store
) -> None:
    state = begin(browser)["state"]
    with sealed.database.writing() as connection:
        connection.execute(text("ALTER TABLE events RENAME TO away"))
    try:
        page = refusal(browser, 503, code=slack.offer(ACME), state=state)
        assert "cannot keep it" in page
    finally:
        with sealed.database.writing() as connection:
            connection.execute(text("ALTER TABLE away RENAME TO events"))
