"""The grey line below a quote: its credit, and the ways to where it stands."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Quote
from bot.links import Links
from bot.slack.blocks.elements import Block, link
from bot.slack.blocks.fallback import fallback_text
from bot.slack.blocks.quotes import credit, listed, quoted
from bot.slack.blocks.ways import Way, Ways
from tests.fakes.hostile import hostile_texts
from tests.fakes.limits import block_faults

Make = Callable[..., Quote]
AUDIO = "https://audio.example.com/2.mp3"
PAGES = Links("https://pages.example.com", "signed", ["0123456789abcdef"])


@pytest.fixture
def heard(make_quote: Make) -> Quote:
    """A quote of a recording."""
    return make_quote(heading="Three", since=754.2, until=760.0, audio=AUDIO, line=179)


def line(blocks: list[Block]) -> list[dict[str, Any]]:
    """The elements of the one grey line."""
    assert block_faults(blocks) == []
    [elements] = [block["elements"] for block in blocks if block["type"] == "context"]
    found: list[dict[str, Any]] = elements
    return found


def test_without_pages_and_audio_there_is_the_credit_alone(make_quote: Make) -> None:
    quote = make_quote(heading="Three", since=754.0)
    [element] = line(quoted([quote], Ways().to([quote])))
    assert (element["type"], element["text"]) == ("plain_text", "Alex Chen · Three · 12:34")


def test_without_pages_the_recording_is_linked_all_the_same(heard: Quote) -> None:
    words, links = line(credit(heard))
    assert words["text"] == "Alex Chen · Three", "the link says the time"
    assert links == {"type": "mrkdwn", "text": f"<{AUDIO}#t=754.2,760|▶ 12:34>"}


def test_a_page_and_a_recording_stand_in_one_line(heard: Quote) -> None:
    [way] = Ways(PAGES).to([heard])
    words, links = line(quoted([heard], [way]))
    assert words["text"] == "Alex Chen · Three"
    page, listen = links["text"].split(" · ")
    assert re.fullmatch(
        r"<https://pages\.example\.com/e/episode-02\?v=0123456789ab&amp;at=100-120\S+"
        r"\|Read in context>",
        page,
    )
    assert listen.endswith("|▶ 12:34>")


@pytest.mark.parametrize("fields", [{"audio": None}, {"since": None}])
def test_without_audio_or_a_time_there_is_nothing_to_hear(
    heard: Quote, fields: dict[str, Any]
) -> None:
    [words] = line(credit(replace(heard, **fields)))
    assert "▶" not in words["text"]


def test_a_terminal_reads_file_and_line(heard: Quote) -> None:
    [way] = Ways(files=True).to([replace(heard, audio=None)])
    words, file = line(credit(replace(heard, audio=None), way=way))
    assert words["text"] == "Alex Chen · Three · 12:34"
    assert file == {"type": "plain_text", "text": "episode-02/transcript.md:179", "emoji": False}


def test_a_list_leads_to_where_it_begins_and_is_not_heard(heard: Quote) -> None:
    items = [heard, replace(heard, start=200, end=240, since=790.0)]
    ways = Ways(PAGES).to(items[:1])
    words, links = line(listed(items, *ways))
    assert words["text"] == "Alex Chen · Three"
    assert "at=100-120" in links["text"]
    assert "▶" not in links["text"]


def test_a_list_of_several_episodes_leads_nowhere(heard: Quote) -> None:
    items = [heard, replace(heard, episode="episode-03")]
    [words] = line(listed(items, Way("https://pages.example.com/e/episode-02")))
    assert words["type"] == "plain_text"


def test_a_line_without_a_credit_still_leads_there(make_quote: Make) -> None:
    quote = make_quote(speaker=None, heading="")
    assert credit(quote) == []
    [links] = line(credit(quote, way=Way("https://pages.example.com/e/a")))
    assert links["text"] == "<https://pages.example.com/e/a|Read in context>"


def test_a_notification_reads_the_words_of_links(heard: Quote) -> None:
    text = fallback_text(credit(heard, way=Way("https://pages.example.com/e/a?b=1&c=2")), 300)
    assert text == "Alex Chen · Three · Read in context · ▶ 12:34"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "//example.com",
        "!channel",
        "https://example.com/" + "x" * 400,
        "https://example.com/?" + "&" * 100,
    ],
)
def test_what_is_no_address_of_the_web_or_too_long_is_no_link(url: str) -> None:
    assert link(url, "here") is None


def test_what_would_end_a_link_or_act_in_it_is_written_otherwise() -> None:
    assert link("https://e.com/a|b>c <@U1>\n\u202e?x=1&y=ü#t=1,2", "a <b> & c") == (
        "<https://e.com/a%7Cb%3Ec%20%3C@U1%3E%0A%E2%80%AE?x=1&amp;y=%C3%BC#t=1,2"
        "|a &lt;b&gt; &amp; c>"
    )


@given(hostile_texts(), hostile_texts(), st.floats(0, 10**9))
def test_no_address_acts_but_as_a_link(page: str, audio: str, since: float) -> None:
    quote = Quote(
        "So it is.", None, None, "", "e", "E", "e/t.vtt", 0, 9, "0" * 12, since=since,
        audio=f"https://a.example/{audio}",
    )  # fmt: skip
    elements = credit(quote, way=Way(f"https://p.example/{page}"))
    for element in elements[0]["elements"] if elements else []:
        assert element["type"] in {"plain_text", "mrkdwn"}
        if element["type"] == "mrkdwn":
            for one in element["text"].split(" · "):
                assert re.fullmatch(r"<https://[ap]\.example/[!-~]*\|[^<>|]+>", one)
                assert not re.search(r"[<>|`\\\s]", one[1:-1].partition("|")[0])
    assert block_faults(elements) == []


def test_every_quote_has_its_own_way(heard: Quote) -> None:
    quotes = [heard, replace(heard, start=200, end=240), replace(heard, start=300, end=340)]
    shown = [
        block for block in quoted(quotes, Ways(PAGES).to(quotes)) if block["type"] == "context"
    ]
    spans = [re.findall(r"at=([\d-]+)", block["elements"][1]["text"]) for block in shown]
    assert spans == [["100-120"], ["200-240"], ["300-340"]]
