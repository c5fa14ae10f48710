"""Errands, which no podcast can run; and what only reads like one."""

from collections.abc import Callable

import pytest

from bot.answers import NoAnswer
from bot.answers.question.small_talk.errands import is_errand


@pytest.mark.parametrize(
    "message",
    [
        "reset my password",
        "Please could you book us a table for eight?",
        "hey, can someone unlock my badge",
        "write a limerick on deadlines",
        "translate 'see you soon' into Danish",
        "convert 12 miles to kilometres",
        "remind me to stretch at four",
        "remind us on Friday",
        "remind me mon 8am",
        "Could you please book the small room for Monday?",
        "would you mind translating this sentence?",
        "pls cancel my 3pm",
        "set a timer for ten minutes",
        "can u summarise my unread mail",
    ],
)
def test_an_errand_is_declined_as_what_the_bot_is_not_for(
    message: str, declined: Callable[..., NoAnswer]
) -> None:
    answer = declined(message)
    assert answer.kind == "smalltalk"
    assert "quoting the episode" in answer.reply


@pytest.mark.parametrize(
    "message",
    [
        "could you remind me what RAG is?",
        "remind me of takeaway 4",
        "send me the takeaways",
        "show me my options",
        "how do I reset my expectations of AI?",
        "write prompts or fine-tune?",
        "order of the segments",
        "can you fix hallucinations?",
        "fix our hallucinations",
        "close our model or open it?",
        "write a prompt or fine-tune first?",
        "can anyone write a prompt?",
        "would you write a prompt for every task?",
        "can you book a flight with an agent?",
        "can you translate a whole codebase with an LLM?",
        "fix my prompts",
        "turn my notes into a RAG?",
        "write my own eval harness or use one?",
        "draw some conclusions",
        "write me the takeaways",
        "write a summary of this episode",
        "book recommendations?",
        "could you please explain how to write prompts?",
        "please turn to costs",
        "please delete the confusion: what is RAG?",
        "please send-off talk explained",
        "remind me Monica's point on privacy",
        "can you summarize our privacy risks",
        "please send me what they said on RAG",
        "set the temperature?",
        "can you order models by cost?",
        "",
    ],
)
def test_what_asks_about_the_episode_is_no_errand(message: str) -> None:
    assert not is_errand(message)


def test_putting_in_other_words_is_still_told_as_such(declined: Callable[..., NoAnswer]) -> None:
    assert declined("translate that to German").reason == "cannot_reword"
