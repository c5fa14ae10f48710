"""The daily post as Slack gets it."""

import json
from dataclasses import replace

import pytest

from bot.answers import Answerer, Highlight, ready
from bot.episodes import load
from bot.slack.answer.buttons import CONTEXT, InContext
from bot.slack.answer.thumbs import THUMBS, decode_thumb
from bot.slack.blocks.button_value import decode_value
from bot.slack.blocks.quote_refs import resolve, to_refs
from bot.slack.blocks.ways import Way
from bot.slack.daily.message import ASK_ABOUT, daily_message
from bot.slack.quiz.views import QUIZ
from tests.answers.conftest import KNOWLEDGE
from tests.fakes.limits import MOST_TEXT, block_faults, text_length
from tests.slack.conftest import MakeQuote

ANSWER_ID = "0123456789abcdef0123456789abcdef:2026-11-24"


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return ready(load(KNOWLEDGE), KNOWLEDGE)


def elements(highlight: Highlight) -> dict[str, dict[str, object]]:
    """The interactive elements, by their action."""
    blocks = daily_message(highlight, ANSWER_ID, quiz=True)["blocks"]
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


def test_it_shows_the_takeaway_under_its_number_and_says_who_set_it_up(
    answerer: Answerer,
) -> None:
    message = daily_message(answerer.highlights[3], ANSWER_ID, "U0000ALEXA")
    said, credit = (message["blocks"][at]["elements"] for at in (0, 1))
    assert said[0]["elements"][0]["text"] == "Takeaway 4 of 8"
    assert said[1]["elements"][0]["text"].startswith("RAG is your friend")
    [line] = credit
    assert line["text"] == (
        "Alex Chen · Practical takeaways · posted automatically, set up by <@U0000ALEXA>"
    )
    for words in ("Takeaway 4 of 8", "“RAG is your friend", line["text"]):
        assert words in message["text"]


def test_it_leads_to_its_page_and_its_recording(answerer: Answerer) -> None:
    highlight = answerer.highlights[3]
    heard = replace(highlight.quote, since=754.0, audio="https://a.example/2.mp3")
    way = Way("https://pages.example.com/e/episode-02")
    message = daily_message(replace(highlight, quote=heard), ANSWER_ID, way=way)
    assert block_faults(message["blocks"]) == []
    [line] = [block for block in message["blocks"] if block["type"] == "context"]
    words, links = (element["text"] for element in line["elements"])
    assert words == "Alex Chen · Practical takeaways · posted automatically"
    assert links == (
        "<https://pages.example.com/e/episode-02|Read in context>"
        " · <https://a.example/2.mp3#t=754|▶ 12:34>"
    )
    assert message["text"].endswith("posted automatically · Read in context · ▶ 12:34")


def test_who_had_themselves_forgotten_is_not_named(answerer: Answerer) -> None:
    message = daily_message(answerer.highlights[3], ANSWER_ID)
    assert message["text"].endswith("— Alex Chen · Practical takeaways · posted automatically")
    assert "set up by" not in json.dumps(message)


def test_its_buttons_lead_to_the_context_a_question_and_the_quiz(answerer: Answerer) -> None:
    highlight = answerer.highlights[3]
    assert list(elements(highlight)) == [CONTEXT, ASK_ABOUT, QUIZ, THUMBS]
    around = decode_value(str(elements(highlight)[CONTEXT]["value"]), InContext)
    assert around is not None
    assert resolve(around.quotes, answerer.quote) == [highlight.quote, highlight.explained]


def test_without_a_quiz_there_is_no_button_to_it(answerer: Answerer) -> None:
    blocks = daily_message(answerer.highlights[0], ANSWER_ID)["blocks"]
    assert "Quiz me" not in json.dumps(blocks)


def test_thumbs_bear_the_post_and_its_quote(answerer: Answerer) -> None:
    highlight = answerer.highlights[3]
    thumb = elements(highlight)[THUMBS]["positive_button"]
    assert isinstance(thumb, dict)
    assert decode_thumb(thumb["value"], answerer.quote) == (ANSWER_ID, True, [highlight.quote])


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
