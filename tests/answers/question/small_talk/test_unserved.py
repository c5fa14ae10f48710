"""Who wants a person, or was not helped, is not shown one more quote."""

from collections.abc import Callable

import pytest

from bot.answers import Answerer, NoAnswer

Decline = Callable[..., NoAnswer]


@pytest.mark.parametrize("history", [[], ["what is RAG?"]])
@pytest.mark.parametrize(
    "message",
    [
        "can I talk to a human?",
        "I'd like to speak with a real person instead",
        "connect me to support",
        "human, please",
        "is there someone I can ask?",
    ],
)
def test_whoever_wants_a_person_is_told_that_it_is_none(
    declined: Decline, message: str, history: list[str]
) -> None:
    answer = declined(message, history)
    assert answer.reason == "wants_human"
    assert answer.is_question  # so that a person is offered, where there is one
    assert "not a person" in answer.reply
    assert answer.suggestions == ()


@pytest.mark.parametrize("history", [[], ["what is RAG?"]])
@pytest.mark.parametrize(
    "message",
    [
        "that's wrong",
        "No, that’s not what I asked!",
        "not helpful at all",
        "wrong answer",
        "you didn't answer my question",
        "bad bot",
    ],
)
def test_whoever_was_not_helped_is_not_shown_more_of_it(
    declined: Decline, message: str, history: list[str]
) -> None:
    answer = declined(message, history)
    assert answer.reason == "not_helped"
    assert "sorry" in answer.reply
    assert not answer.near


@pytest.mark.parametrize(
    "message",
    [
        "is a human needed?",
        "do they keep humans in the loop?",
        "human oversight",
        "is it wrong to fine-tune first?",
        "agent",
        "why is that wrong?",
        "what's not helpful about benchmarks?",
        "can models talk to a human?",
        "that's not true?",
        "how can we support",
    ],
)
def test_a_question_about_people_and_errors_is_a_question(answerer: Answerer, message: str) -> None:
    assert getattr(answerer.ask(message), "reason", "") not in {"wants_human", "not_helped"}


def test_a_complaint_leaves_the_thread_where_it_was(answerer: Answerer) -> None:
    thread = ["what is RAG?", "that's wrong", "can I talk to a human?"]
    assert answerer.ask("source?", thread) == answerer.ask("source?", thread[:1])
