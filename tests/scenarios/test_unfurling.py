"""A link to a page of ours is pasted or typed: it is shown as its quote."""

import logging
import time
from typing import Any

import pytest

from bot.answers import Answer, Answerer, Quote
from bot.links import PAGE_SECONDS, Links
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, USER, Workspace, event_payload

ROOT = "https://pages.example.com"
DOMAIN = "pages.example.com"
KEY = "0123456789abcdef"
LINKS = Links(ROOT, "signed", [KEY])
COMPOSED = "U0000ALEXA-909b5454-75f8-4ac4-b325-1b40e230bbd8-gryl3kb80b3wm49ihzoo35fyqoq08n2y"


@pytest.fixture
def links() -> Links:
    return LINKS


@pytest.fixture
def quote(answerer: Answerer) -> Quote:
    answer = answerer.ask("how do hallucinations happen?")
    assert isinstance(answer, Answer)
    return answer.quotes[0]


def pasted(*urls: str, **fields: Any) -> dict[str, Any]:
    """`link_shared` for a message that is posted."""
    return {
        "type": "link_shared",
        "channel": CHANNEL,
        "is_bot_user_member": False,
        "user": USER,
        "message_ts": "1700000000.000100",
        "links": [{"domain": DOMAIN, "url": url} for url in urls],
        "event_ts": "1700000000.000100",
        **fields,
    }


def typed(*urls: str) -> dict[str, Any]:
    """`link_shared` for a message that is not sent yet."""
    place = {"channel": "COMPOSER", "message_ts": COMPOSED}
    return pasted(*urls, unfurl_id=COMPOSED, source="composer", **place)


def shown(people: Workspace, event: dict[str, Any]) -> dict[str, Any]:
    """What Slack is asked to show for an event; empty if it is asked for nothing."""
    assert people.send_json(event_payload(people.slack, event)).status == 200
    people.settle()
    assert {call.method for call in people.slack.calls} <= {"auth.test", "chat.unfurl"}
    calls = [call.body for call in people.slack.calls if call.method == "chat.unfurl"]
    assert len(calls) <= 1
    return calls[0] if calls else {}


def words(card: dict[str, Any]) -> list[str]:
    """The quotes of a card."""
    return [
        part["elements"][0]["text"]
        for block in card["blocks"]
        if block["type"] == "rich_text"
        for part in block["elements"]
        if part["type"] == "rich_text_quote"
    ]


def address(quote: Quote, links: Links = LINKS) -> str:
    """The address of a quote's page."""
    found = links.to(quote)
    assert found is not None
    return found


def test_a_posted_link_is_shown_as_its_quote(workspace: Workspace, quote: Quote) -> None:
    url = address(quote)
    call = shown(workspace, pasted(url))
    assert (call["channel"], call["ts"]) == (CHANNEL, "1700000000.000100")
    assert "unfurl_id" not in call
    assert "source" not in call
    [(under, card)] = call["unfurls"].items()
    assert under == url
    assert words(card) == [quote.text]
    assert "Alex Chen" in card["preview"]["title"]["text"]


def test_a_posted_link_with_an_id_of_its_own_is_found_by_it(
    workspace: Workspace, quote: Quote
) -> None:
    event = pasted(address(quote), unfurl_id="C1.1.abc", source="conversations_history")
    call = shown(workspace, event)
    assert (call["unfurl_id"], call["source"]) == ("C1.1.abc", "conversations_history")
    assert "channel" not in call
    assert "ts" not in call


def test_a_link_that_is_typed_and_not_sent_is_shown_by_its_id(
    workspace: Workspace, quote: Quote
) -> None:
    call = shown(workspace, typed(address(quote)))
    assert (call["unfurl_id"], call["source"]) == (COMPOSED, "composer")
    assert "COMPOSER" not in call.values()
    [card] = call["unfurls"].values()
    assert words(card) == [quote.text]


def test_an_address_keeps_the_form_that_slack_gives_it(workspace: Workspace, quote: Quote) -> None:
    url = address(quote).replace("&", "&amp;")
    assert list(shown(workspace, pasted(url))["unfurls"]) == [url]


def test_the_button_of_a_card_opens_the_turns_around_it(
    workspace: Workspace, slack: FakeSlack, quote: Quote
) -> None:
    [card] = shown(workspace, pasted(address(quote)))["unfurls"].values()
    [button] = card["blocks"][-1]["elements"]
    container = {
        "type": "message_attachment",
        "message_ts": "1700000000.000100",
        "attachment_id": 1,
        "channel_id": CHANNEL,
        "is_ephemeral": False,
        "is_app_unfurl": True,
        "app_unfurl_url": address(quote),
    }
    workspace.press(button, container=container)
    workspace.settle()
    [opened] = slack.wait_for("views.open")
    assert words(opened.body["view"]) == [quote.text]


def test_of_several_links_ours_are_shown_and_others_left_alone(
    workspace: Workspace, quote: Quote
) -> None:
    ours = address(quote)
    episode = LINKS.episode("episode-02") or ""
    others = (episode, "https://elsewhere.example.com/e/episode-02", "", "no address")
    call = shown(workspace, pasted(*others, ours, ours))
    assert list(call["unfurls"]) == [ours]


def test_a_message_full_of_links_gets_a_few_cards(workspace: Workspace, quote: Quote) -> None:
    urls = [f"{address(quote)}{number}" for number in range(20)]  # differing in the fragment
    assert len(shown(workspace, pasted(*urls))["unfurls"]) == 5


@pytest.mark.parametrize("event", [pasted, typed])
def test_a_forged_a_foreign_and_an_unsigned_link_are_left_alone(
    workspace: Workspace, quote: Quote, event: Any
) -> None:
    url = address(quote)
    bad = (
        url.replace("s=", "s=A"),
        url.replace("/e/episode-02", "/e/episode-03"),
        address(quote, Links(ROOT, "signed", ["another key"])),
        address(quote, Links(ROOT, "public")),
        address(quote, Links("https://elsewhere.example.com", "signed", [KEY])),
        LINKS.insights("T1", USER) or "",
    )
    assert shown(workspace, event(*bad)) == {}


def test_a_link_that_has_ended_is_left_alone(workspace: Workspace, quote: Quote) -> None:
    then = time.time() - PAGE_SECONDS - 60
    ended = address(quote, Links(ROOT, "signed", [KEY], clock=lambda: then))
    lasts = address(quote, Links(ROOT, "signed", [KEY], clock=lambda: then + 120))
    assert list(shown(workspace, pasted(ended, lasts))["unfurls"]) == [lasts]


def test_a_quote_that_is_not_there_any_more_is_left_alone(
    workspace: Workspace, quote: Quote
) -> None:
    url = address(quote)
    changed = url.replace(f"v={quote.digest}", "v=0123456789ab")
    inside = url.replace(f"at={quote.start}-", f"at={quote.start + 1}-")
    gone = LINKS.episode("episode-99") or ""
    assert shown(workspace, pasted(changed, inside, gone)) == {}


def test_one_event_is_shown_once_however_often_it_comes(workspace: Workspace, quote: Quote) -> None:
    payload = event_payload(workspace.slack, pasted(address(quote)))
    for _ in range(3):
        assert workspace.send_json(payload).status == 200
        workspace.settle()
    assert len(workspace.slack.wait_for("chat.unfurl")) == 1


@pytest.mark.parametrize("error", ["cannot_unfurl_url", "missing_scope", "fatal_error"])
def test_nobody_is_told_where_slack_does_not_show_it(
    workspace: Workspace, quote: Quote, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    workspace.slack.fail_next("chat.unfurl", error=error)
    with caplog.at_level(logging.WARNING):
        shown(workspace, pasted(address(quote)))
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    workspace.slack.refused.clear()


@pytest.mark.parametrize(
    "fields",
    [{"links": None}, {"links": []}, {"links": [{}]}, {"links": [{"url": None}]}],
)
def test_an_event_without_links_asks_for_nothing(
    workspace: Workspace, fields: dict[str, Any]
) -> None:
    assert shown(workspace, pasted() | fields) == {}


class TestWherePagesArePublic:
    """Links bear no signature there, and are shown to whoever pastes them."""

    @pytest.fixture
    def links(self) -> Links:
        return Links(ROOT, "public")

    def test_a_link_is_shown_without_a_signature(self, workspace: Workspace, quote: Quote) -> None:
        url = address(quote, Links(ROOT, "public"))
        assert list(shown(workspace, pasted(url))["unfurls"]) == [url]


class TestWithoutPages:
    """Without PUBLIC_URL no link is ours."""

    @pytest.fixture
    def links(self) -> Links:
        return Links()

    def test_no_link_is_shown(self, workspace: Workspace, quote: Quote) -> None:
        assert shown(workspace, pasted(address(quote))) == {}
