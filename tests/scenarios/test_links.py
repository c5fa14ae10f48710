"""Ways from a quote to its page and into its recording, wherever quotes are shown."""

import html
import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.answers import Answerer, ready
from bot.episodes import load
from bot.links import NO_LINKS, Links
from bot.slack import Policy
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, USER, Workspace, timestamp
from tests.web.pages.conftest import site_of

ROOT = "https://pages.example.com"
HUMANS = "C0ELSEWHERE"
ASKED = "why is tea better than coffee?"
METADATA = """\
show: Kitchen Talks
title: Tea for Managers
audio: https://audio.example.com/tea.mp3?a=1&b=2
"""
SPEAKERS = ("Sam Rivera", "Ada Park")
SAID = (
    "Welcome back to the kitchen, today we talk about what to drink at work.",
    "Tea is better than coffee because it wakes you up gently and keeps you awake for longer.",
    "Coffee is a habit, and tea is a ceremony that a whole team can share.",
    "Pour the water at eighty degrees, or the leaves turn bitter.",
    "For meetings tea is better than coffee too, since nobody leaves for a second cup.",
    "A doctor told me that tea is better than coffee for people who sleep badly.",
)


def transcript() -> str:
    """An hour's first cues, a minute apart."""
    cues = (
        f"00:{at + 12:02}:34.000 --> 00:{at + 12:02}:44.500\n<v {SPEAKERS[at % 2]}>{words}"
        for at, words in enumerate(SAID)
    )
    return "\n\n".join(["WEBVTT", *cues, ""])


@pytest.fixture(scope="session")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """What answers from one episode with times and a recording."""
    folder = tmp_path_factory.mktemp("knowledge")
    (folder / "tea").mkdir()
    (folder / "tea" / "talk.vtt").write_text(transcript(), "utf-8")
    (folder / "tea" / "episode.yaml").write_text(METADATA, "utf-8")
    return ready(load(folder), folder)


@pytest.fixture
def answerer(tea: Answerer) -> Answerer:
    return tea


@pytest.fixture
def links() -> Links:
    return Links(ROOT, "signed", ["0123456789abcdef"])


@pytest.fixture
def policy() -> Policy:
    return Policy(human_channel=HUMANS)


def quotes(shown: dict[str, Any]) -> list[str]:
    """The words of each quote in a message or a view."""
    return [
        "".join(element["text"] for element in part["elements"])
        for block in shown["blocks"]
        if block["type"] == "rich_text"
        for part in block["elements"]
        if part["type"] == "rich_text_quote"
    ]


def ways(shown: dict[str, Any]) -> list[str]:
    """The links below each quote."""
    return [
        element["text"]
        for block in shown["blocks"]
        if block["type"] == "context"
        for element in block["elements"]
        if element["type"] == "mrkdwn" and "<https://" in element["text"]
    ]


def check(shown: dict[str, Any]) -> None:
    """Every quote leads to its page and to its time, and every time is its quote's cue's."""
    assert len(quotes(shown)) == len(ways(shown)) > 0
    for words, way in zip(quotes(shown), ways(shown), strict=True):
        minute = 12 + next(at for at, said in enumerate(SAID) if said.split(".")[0] in words)
        assert re.fullmatch(
            rf"<{ROOT}/e/tea\?[^<>|]+&amp;s=[^<>|]+#quote\|Read in context>"
            rf" · <https://audio\.example\.com/tea\.mp3\?a=1&amp;b=2#t={60 * minute + 34},\d+(\.5)?"
            rf"\|▶ {minute}:34>",
            way,
        ), way


def buttons(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The buttons of a message or a view, by what they say."""
    rows = [block for block in shown["blocks"] if block["type"] == "actions"]
    return {one["text"]["text"]: one for row in rows for one in row["elements"]}


def last(slack: FakeSlack, method: str) -> dict[str, Any]:
    """What Slack got last by a method: the message, or the view in it."""
    body: dict[str, Any] = slack.wait_for(method)[-1].body
    view: dict[str, Any] = body.get("view", body)
    return view


def private(people: Workspace, text: str = ASKED) -> dict[str, Any]:
    """The answer to `/llm text`."""
    people.command(text)
    people.settle()
    return last(people.slack, "response_url")


def test_a_private_and_a_public_answer_lead_there(workspace: Workspace, slack: FakeSlack) -> None:
    check(private(workspace))
    workspace.mention(f"@llm {ASKED}")
    workspace.settle()
    answer = last(slack, "chat.postMessage")
    check(answer)
    assert "In context" in buttons(answer)
    credit = next(block for block in answer["blocks"] if block["type"] == "context")
    assert credit["elements"][0]["text"].startswith(SPEAKERS)
    assert "12:34" not in credit["elements"][0]["text"]
    assert re.search(r"(?:Ada Park|Sam Rivera) · Read in context · ▶ \d+:34", answer["text"])


def test_what_a_quote_leads_to_is_the_page_with_that_quote_marked(
    workspace: Workspace, tea: Answerer, links: Links
) -> None:
    card = private(workspace, "what about tea?")
    with site_of(tea, links) as site:
        for words, way in zip(quotes(card), ways(card), strict=True):
            [url] = re.findall(r"<([^|]+)\|Read in context>", way)
            parts = urlsplit(html.unescape(url))
            page = site.test_client().get(f"{parts.path}?{parts.query}")
            assert page.status_code == 200
            marked = re.findall(r"<mark[^>]*>(.*?)</mark>", page.get_data(as_text=True))
            assert html.unescape(" ".join(marked)) == words


def test_more_and_the_form_that_shares_and_what_is_shared_lead_there(
    workspace: Workspace, slack: FakeSlack
) -> None:
    card = private(workspace, "what about tea?")
    workspace.press(next(one for label, one in buttons(card).items() if " more " in label))
    workspace.settle()
    check(last(slack, "response_url"))
    workspace.press(buttons(card)["Share…"])
    workspace.settle()
    form = last(slack, "views.open")
    check(form)
    workspace.submit(form, channel={"selected_conversation": CHANNEL})
    workspace.settle()
    shared = [call.body for call in slack.calls if call.body.get("response_type") == "in_channel"]
    check(shared[0])


def test_the_nearest_passages_lead_there(workspace: Workspace, slack: FakeSlack) -> None:
    declined = private(workspace, "what does a kilo of tea leaves cost in dollars?")
    assert quotes(declined) == []
    near = next(one for label, one in buttons(declined).items() if "nearest" in label)
    workspace.press(near)
    workspace.settle()
    check(last(slack, "response_url"))


def test_the_turns_around_a_quote_are_led_there_above_them(
    workspace: Workspace, slack: FakeSlack
) -> None:
    workspace.press(buttons(private(workspace))["In context"])
    workspace.settle()
    view = last(slack, "views.open")
    check(view)
    assert ways({"blocks": view["blocks"][:1]}), "above the turns"
    assert "12:34" not in view["blocks"][0]["elements"][0]["text"]


def test_forms_shortcuts_and_home_lead_there(workspace: Workspace, slack: FakeSlack) -> None:
    workspace.shortcut("ask_the_episode")
    workspace.settle()
    response = workspace.submit(last(slack, "views.open"), question={"value": ASKED})
    check(json.loads(response.body)["view"])
    message = {"type": "message", "user": USER, "text": ASKED, "ts": timestamp()}
    workspace.shortcut("episode_says", message)
    workspace.settle()
    says = last(slack, "views.open")
    check(says)
    workspace.press_in_view({"action_id": "share_below", "value": ""}, says)
    workspace.settle()
    check(last(slack, "chat.postMessage"))
    check(last(slack, "views.update"))
    workspace.press_in_view({"action_id": "try_question_1", "value": ASKED}, {"type": "home"})
    workspace.settle()
    check(last(slack, "views.open"))


def test_a_workflow_posts_what_leads_there(workspace: Workspace, slack: FakeSlack) -> None:
    workspace.step("ask_episode", {"question": ASKED, "channel": CHANNEL})
    workspace.settle()
    check(last(slack, "chat.postMessage"))


def test_a_question_for_a_person_has_no_quote_and_no_such_link(
    workspace: Workspace, slack: FakeSlack
) -> None:
    slack.channels[HUMANS]["is_member"] = True
    declined = private(workspace, "what does a kilo of tea leaves cost in dollars?")
    workspace.press(buttons(declined)["Ask a human"])
    workspace.settle()
    workspace.submit(last(slack, "views.open"), question={"value": ASKED})
    workspace.settle()
    assert ROOT not in json.dumps(last(slack, "chat.postMessage"))


def test_no_message_of_the_bots_own_has_its_links_shown_twice(
    workspace: Workspace, slack: FakeSlack
) -> None:
    card = private(workspace)
    workspace.mention(f"@llm {ASKED}")
    workspace.direct(ASKED)
    workspace.press(buttons(card)["Share…"])
    workspace.settle()
    form = last(slack, "views.open")
    for channel in (CHANNEL, "C0ELSEWHERE"):
        slack.channels[channel]["is_member"] = True
        workspace.submit(form | {"id": channel}, channel={"selected_conversation": channel})
        workspace.settle()
    sent = [
        call.body
        for call in slack.calls
        if call.method in {"chat.postMessage", "response_url"} and "blocks" in call.body
    ]
    assert len(sent) >= 5
    for body in sent:
        assert (body["unfurl_links"], body["unfurl_media"]) == (False, False)


class TestWithoutPages:
    """Without PUBLIC_URL there is the recording alone."""

    @pytest.fixture
    def links(self) -> Links:
        return NO_LINKS

    def test_a_quote_leads_into_the_recording_all_the_same(self, workspace: Workspace) -> None:
        card = private(workspace)
        assert len(quotes(card)) == len(ways(card)) > 0
        for way in ways(card):
            assert re.fullmatch(r"<https://audio\.example\.com/[^<>|]+\|▶ \d+:34>", way)
        assert "In context" in buttons(card)
