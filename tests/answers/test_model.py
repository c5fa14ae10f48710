"""What of an answer is shown at first, and what counts as a question."""

from dataclasses import replace

import pytest

from bot.answers import Answer, NoAnswer, Quote
from bot.answers.model import ONE_IS_ENOUGH, Item

QUOTE = Quote(
    text="4. So it is.",
    speaker="Alex Chen",
    role="Expert",
    segment="One",
    episode="episode-01",
    title="Episode 1",
    source="episode-01/transcript.md",
    start=3,
    end=15,
    digest="0123456789ab",
)
LONG = replace(QUOTE, text="word " * 89 + "end.")


def answer(*quotes: Quote, kind: str = "quote", confidence: float = 0.5) -> Answer:
    return Answer("Is it?", kind, "", quotes, confidence=confidence)


def test_one_quote_is_shown_when_it_is_sure() -> None:
    assert len(answer(QUOTE, QUOTE, QUOTE, confidence=ONE_IS_ENOUGH).shown) == 1
    assert len(answer(QUOTE, QUOTE, QUOTE, confidence=ONE_IS_ENOUGH - 0.01).shown) == 3


def test_long_quotes_are_shown_only_as_there_is_room_but_always_one() -> None:
    assert answer(LONG, QUOTE, LONG, LONG).shown == (LONG, QUOTE)
    longest = replace(QUOTE, text="x" * 5_000)
    assert answer(longest, QUOTE).shown == (longest,)


def test_a_definition_shows_the_row_and_one_explanation() -> None:
    assert len(answer(QUOTE, QUOTE, QUOTE, kind="definition", confidence=0.99).shown) == 2


def test_the_quotes_of_a_fact_belong_together() -> None:
    assert len(answer(QUOTE, QUOTE, kind="about", confidence=1.0).shown) == 2


def test_an_item_is_shown_without_its_number_below_its_label() -> None:
    item = replace(QUOTE, item=Item(4, "Takeaway 4 of 8", "So it is."))
    assert (item.caption, item.shown) == ("Takeaway 4 of 8", "So it is.")
    assert (QUOTE.caption, QUOTE.shown) == (None, "4. So it is.")
    assert replace(QUOTE, label="Term").caption == "Term"


@pytest.mark.parametrize(
    ("kind", "asked"),
    [("unknown", True), ("term", True), ("smalltalk", False), ("help", False)],
)
def test_small_talk_and_help_are_no_questions(kind: str, asked: bool) -> None:  # noqa: FBT001 - parameters of a test
    assert NoAnswer("Is it?", kind, "No.").is_question is asked
    assert answer(QUOTE).is_question
