"""Cards and lists: within Slack's limits, in which nothing acts that is not the bot's."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.episodes import Entry
from bot.links import Links
from bot.slack.announcing.card import Card, Chapter
from bot.slack.announcing.message import card_message, list_message
from bot.slack.blocks.ways import NO_WAYS, Ways
from tests.fakes.limits import block_faults
from tests.slack.conftest import MakeQuote

ENTRY = Entry("kitchen-3", "kitchen-3/t.vtt", 3, "Tea & Bread", "Kitchen Talks", "2026-11-22")
HOSTILE = "<!channel> <script>alert(1)</script> \u202eevil\u202c ../../etc <@U1> `{}`"


def texts(message: Any) -> str:
    return json.dumps(message["blocks"], ensure_ascii=False)


def test_a_card_names_show_episode_day_length_and_people() -> None:
    card = Card(ENTRY, "26 min", ("Ada Park (Roaster)", "Sam Rivera"), (Chapter("Tea", "0:00"),))
    message = card_message(card, NO_WAYS, "U1")
    assert message["text"].splitlines() == [
        "New episode of Kitchen Talks",
        "Episode 3: Tea &amp; Bread",
        "22\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}2026 · 26 min · Ada Park (Roaster), Sam Rivera",
        "• 0:00 Tea",
        "Posted automatically, set up by <@U1>",
    ]
    assert block_faults(message["blocks"]) == []


def test_what_is_not_known_is_left_out() -> None:
    bare = Entry("x", "x.txt", None, "Talk", "")
    message = card_message(Card(bare, "", ()), NO_WAYS)
    assert message["text"] == "New episode\nTalk\nPosted automatically"
    assert block_faults(message["blocks"]) == []


def test_a_card_without_chapters_shows_its_quotes(make_quote: MakeQuote) -> None:
    message = card_message(Card(ENTRY, "", (), quotes=(make_quote(),) * 3), NO_WAYS)
    assert message["text"].count("RAG is your friend.") == 3
    assert block_faults(message["blocks"]) == []


def test_with_pages_and_a_recording_it_links_to_both() -> None:
    entry = replace(ENTRY, audio="https://cdn.example/3.mp3?a=1&b=<2>")
    links = Links("https://bot.example", "public")
    message = card_message(Card(entry, "", ()), Ways(links))
    assert "<https://bot.example/e/kitchen-3|Read it>" in texts(message)
    assert "<https://cdn.example/3.mp3?a=1&amp;b=%3C2%3E|▶ Listen>" in texts(message)


@pytest.mark.parametrize(
    "audio", ["javascript:alert(1)", "file:///etc/passwd", "https://" + "a" * 9_000]
)
def test_what_is_no_address_of_a_recording_is_no_link(audio: str) -> None:
    message = card_message(Card(replace(ENTRY, audio=audio), "", ()), NO_WAYS)
    assert "Listen" not in texts(message)


def test_hostile_names_are_text() -> None:
    entry = replace(ENTRY, title=HOSTILE, show=HOSTILE)
    card = Card(entry, "", (HOSTILE,), (Chapter(HOSTILE, "0:00"),))
    others = [replace(entry, slug=f"../{number}") for number in range(3)]
    for message in (card_message(card, NO_WAYS), list_message(others)):
        assert block_faults(message["blocks"]) == []
        for active in ("<!channel>", "<script>", "<@U1>"):
            assert active not in message["text"]
        for block in message["blocks"]:
            for element in block["elements"]:
                assert element.get("type") != "mrkdwn" or "<" not in element["text"]


def test_long_names_and_many_parts_stay_within_slacks_limits() -> None:
    entry = replace(ENTRY, title="long " * 500, show="show " * 500)
    chapters = tuple(Chapter("chapter " * 90, "1:02:03") for _ in range(300))
    card = Card(entry, "1 h 2 min", ("A Name That Is Long" * 9,) * 50, chapters)
    message = card_message(card, NO_WAYS, "U1")
    assert block_faults(message["blocks"]) == []
    assert "… and 288 more" in message["text"]
    assert len(message["text"]) <= 4_000


def test_a_list_names_each_and_offers_all() -> None:
    entries = [replace(ENTRY, slug=f"k-{n}", number=n, title=f"T{n}") for n in range(1, 31)]
    message = list_message(entries, "U1")
    assert message["text"].startswith(
        "30 more new episodes of Kitchen Talks:\n• Episode 1: T1 · 22"
    )
    assert "… and 20 more" in message["text"]
    [row] = [block for block in message["blocks"] if block["type"] == "actions"]
    assert len(row["elements"][0]["options"]) == 30
    assert block_faults(message["blocks"]) == []


def test_a_list_of_several_shows_names_each_with_its_own() -> None:
    message = list_message([ENTRY, replace(ENTRY, slug="g-7", show="Garden Talks")])
    assert message["text"].startswith("2 more new episodes:")
    assert "Episode 3: Tea &amp; Bread · Kitchen Talks" in message["text"]
    assert "· Garden Talks" in message["text"]


def test_a_list_of_one_says_so() -> None:
    assert list_message([ENTRY])["text"].startswith("1 more new episode of Kitchen Talks:")
