"""What is shown below a pasted link."""

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Quote
from bot.slack.answer.buttons import CONTEXT
from bot.slack.unfurling.card import quote_card
from tests.fakes.hostile import hostile_texts
from tests.fakes.limits import MOST_TEXT, block_faults, text_length

Make = Callable[..., Quote]


def check(card: dict[str, Any]) -> None:
    """Slack would take it."""
    assert block_faults(card["blocks"]) == []
    assert text_length(card["blocks"]) <= MOST_TEXT
    assert card["preview"]["title"]["type"] == "plain_text"
    assert 1 <= len(card["preview"]["title"]["text"]) <= 150


def test_it_is_the_quote_with_where_it_is_from_and_what_stands_around_it(make_quote: Make) -> None:
    quote = make_quote(heading="Three", position="turn 3 of 9", since=754.0, audio="https://a.b/c")
    card = quote_card(quote)
    check(card)
    said, line, buttons = card["blocks"]
    assert said["elements"][-1]["elements"][0]["text"] == "RAG is your friend."
    assert [one["text"] for one in line["elements"]] == [
        "Alex Chen · Three",
        "<https://a.b/c#t=754|▶ 12:34>",
    ]
    assert [one["action_id"] for one in buttons["elements"]] == [CONTEXT]
    assert card["preview"]["title"]["text"] == "Alex Chen · Three · 12:34"


def test_a_heading_has_nothing_around_it(make_quote: Make) -> None:
    card = quote_card(make_quote(speaker=None))
    check(card)
    assert [block["type"] for block in card["blocks"]] == ["rich_text"]
    assert card["preview"]["title"]["text"] == "Episode 2: Large Language Models"


@given(hostile_texts(), hostile_texts(), st.none() | hostile_texts())
def test_any_quote_is_a_card_that_slack_takes(words: str, name: str, speaker: str | None) -> None:
    check(quote_card(Quote(words, speaker, None, name, "e", name, "s", 0, 1, "d", heading=name)))
