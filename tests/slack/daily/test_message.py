"""The daily post as Slack gets it."""

import json

import pytest

from bot.answers import Answerer, Highlight, ready
from bot.episodes import load
from bot.slack.answer.thumbs import THUMBS, decode_thumb
from bot.slack.blocks.quote_refs import to_refs
from bot.slack.daily.message import ASK_ABOUT, daily_message
from tests.answers.conftest import KNOWLEDGE
from tests.fakes.limits import MOST_TEXT, block_faults, text_length
from tests.slack.conftest import MakeQuote

ANSWER_ID = "0123456789abcdef0123456789abcdef:2026-11-24"


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return ready(load(KNOWLEDGE), KNOWLEDGE)


def elements(highlight: Highlight) -> dict[str, dict[str, object]]:
    """The interactive elements, by their action."""
    blocks = daily_message(highlight, ANSWER_ID)["blocks"]
    return {
        element["action_id"]: element
        for block in blocks
        for element in block.get("elements", [])
        if "action_id" in element
    }


def test_slack_takes_every_highlight(answerer: Answerer) -> None:
    for highlight in answerer.highlights:
        message = daily_message(highlight, ANSWER_ID)
        assert block_faults(message["blocks"]) == []
        assert text_length(message["blocks"]) < MOST_TEXT
        assert len(message["text"]) <= 4_000


def test_the_takeaway_its_explanation_and_where_both_stand_are_shown(
    make_quote: MakeQuote,
) -> None:
    takeaway = make_quote("4. RAG is your friend.", segment="SEGMENT 7")
    explained = make_quote("Retrieval is huge.", start=10, end=20)
    message = daily_message(Highlight("k", takeaway, explained), ANSWER_ID)
    shown = json.dumps(message["blocks"])
    for words in ("4. RAG is your friend.", "SEGMENT 7", "Retrieval is huge.", "SEGMENT 3"):
        assert words in shown
        assert words in message["text"]
    assert "automatically" in message["text"]


def test_without_an_explanation_none_is_promised(make_quote: MakeQuote) -> None:
    message = daily_message(Highlight("k", make_quote()), ANSWER_ID)
    assert "What the episode says" not in json.dumps(message)


def test_thumbs_bear_the_post_and_its_quotes(answerer: Answerer) -> None:
    highlight = answerer.highlights[3]
    thumb = elements(highlight)[THUMBS]["positive_button"]
    assert isinstance(thumb, dict)
    quotes = [highlight.quote, highlight.explained]
    assert decode_thumb(thumb["value"], answerer.quote) == (ANSWER_ID, True, quotes)


def test_the_button_carries_coordinates_and_no_words(answerer: Answerer) -> None:
    for highlight in answerer.highlights:
        value = str(elements(highlight)[ASK_ABOUT]["value"])
        assert json.loads(value) == json.loads(json.dumps(to_refs([highlight.quote])))
        assert highlight.quote.text[:10] not in value


@pytest.mark.parametrize(
    "words", ["<!channel> & <@U1>", "x" * 5_000, "\ud800\x00", "*bold* `code`"]
)
def test_any_words_stay_words_and_within_the_limits(words: str, make_quote: MakeQuote) -> None:
    message = daily_message(Highlight("k", make_quote(words), make_quote(words)), ANSWER_ID)
    assert block_faults(message["blocks"]) == []
    assert "<!channel>" not in message["text"]
    assert len(message["text"]) <= 4_000
