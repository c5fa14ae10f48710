"""An answer as plain text."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.answers import Answer, Answerer, NoAnswer, Quote, as_text, attribution

QUOTE = Quote(
    text="So it is.",
    speaker="Alex Chen",
    role="Expert",
    segment="One",
    episode="episode-01",
    title="Episode 1: Beginnings",
    source="episode-01/transcript.md",
    start=3,
    end=12,
    digest="0123456789ab",
)
ROW = replace(QUOTE, text="A thing.", speaker=None, role=None, label="Term (Long Term)")


def test_a_quote_is_followed_by_who_says_it_and_where() -> None:
    assert as_text(Answer("Is it?", "quote", "", (QUOTE,))) == (
        "“So it is.”\n— Alex Chen, Expert · One · Episode 1: Beginnings"
    )


def test_quotes_are_parted_by_blank_lines_below_the_lead() -> None:
    text = as_text(Answer("Is it?", "speaker", "Alex Chen said:", (QUOTE, ROW)))
    assert text.split("\n\n") == [
        "Alex Chen said:",
        "“So it is.”\n— Alex Chen, Expert · One · Episode 1: Beginnings",
        "Term (Long Term)\n“A thing.”\n— One · Episode 1: Beginnings",
    ]


def test_the_question_that_a_quote_answers_stands_before_it() -> None:
    asked = replace(QUOTE, speaker="Sam Rivera", text="Is it so?")
    text = as_text(Answer("Is it?", "quote", "", (replace(QUOTE, context=asked),)))
    assert text.splitlines()[:2] == ["Sam Rivera asked: “Is it so?”", "“So it is.”"]


def test_a_list_is_written_item_by_item_and_attributed_once() -> None:
    answer = Answer("All?", "terms", "The terms:", (ROW,), items=(ROW, replace(QUOTE, text="B.")))
    assert as_text(answer) == (
        "The terms:\n\n• Term (Long Term): A thing.\n• B.\n\n— One · Episode 1: Beginnings"
    )


def test_no_answer_says_so_above_what_is_near_and_what_to_ask() -> None:
    answer = NoAnswer("Is it?", "unknown", "It doesn't say.", (QUOTE,), ("terms", "segments"))
    assert as_text(answer).split("\n\n") == [
        "It doesn't say.",
        "Near, but not an answer:",
        "“So it is.”\n— Alex Chen, Expert · One · Episode 1: Beginnings",
        "You could ask: terms · segments",
    ]


def test_a_bare_refusal_is_its_reply() -> None:
    assert as_text(NoAnswer("Hm?", "smalltalk", "Hi!")) == "Hi!"


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (QUOTE, "Alex Chen, Expert · One · Episode 1: Beginnings"),
        (replace(QUOTE, role=None), "Alex Chen · One · Episode 1: Beginnings"),
        (ROW, "One · Episode 1: Beginnings"),
    ],
)
def test_what_is_not_known_of_a_speaker_is_left_out(quote: Quote, expected: str) -> None:
    assert attribution(quote) == expected


def test_a_list_is_credited_with_what_all_its_items_have_in_common(answerer: Answerer) -> None:
    *_, credit = as_text(answerer.ask("segments")).splitlines()
    assert credit == "— Episode 2: Large Language Models Deep Dive"
    *_, credit = as_text(answerer.ask("takeaways")).splitlines()
    assert credit.startswith("— Alex Chen, Technical Expert · SEGMENT 7")


def test_a_quote_says_how_far_in_it_stands(answered: Callable[..., Answer]) -> None:
    row, turn, *_ = answered("define RAG").quotes
    assert attribution(row).endswith(f"· {row.title} · entry 9 of 13")
    assert attribution(turn).endswith(f"· {turn.title} · turn 74 of 142")
