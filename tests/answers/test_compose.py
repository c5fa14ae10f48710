"""What a decline says: one sentence, and in a log its reason."""

import logging
from collections.abc import Callable

import pytest

from bot.answers import Answerer, NoAnswer

Decline = Callable[..., NoAnswer]


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("define quantum tunneling", "The episode doesn't define “quantum tunneling”."),
        ("DEFINE Quantum Tunneling?", "The episode doesn't define “Quantum Tunneling”."),
        ("What is Docker?", "The episode doesn't define “Docker”."),
        ("what's a blockchain", "The episode doesn't define “blockchain”."),
        ("define C++", "The episode doesn't define “C++”."),
    ],
)
def test_an_unknown_term_is_named_as_it_was_written(
    declined: Decline, question: str, reply: str
) -> None:
    assert declined(question).reply == reply


@pytest.mark.parametrize(
    "question",
    [
        "define evil.example/login",
        "define <https://evil.example|portal>",
        "define *bold* claims",
        "define " + "x" * 60,
        "define one two three four five six seven",
        "define \u202egnilennut",
    ],
)
def test_what_is_no_plain_term_is_not_repeated(declined: Decline, question: str) -> None:
    assert declined(question).reply in {
        "The episode doesn't define that term.",
        "The episode doesn't define “gnilennut”.",
    }


@pytest.mark.parametrize(
    "question", ["what is the capital of Mongolia?", "what does a Copilot seat cost?"]
)
def test_any_other_question_gets_a_short_plain_sentence(declined: Decline, question: str) -> None:
    assert declined(question).reply == "The episode doesn't say."


def test_a_decline_is_logged_with_its_reason_and_without_the_question(
    answerer: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "bot.answers"):
        for question in ("what does a Netflix seat cost?", "define RAG", "hi"):
            answerer.ask(question)
    [line] = caplog.messages
    assert line.startswith("Declined: missing_name, probability 0.")
    assert "Netflix" not in line
