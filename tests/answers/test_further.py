"""What comes after the best quotes, and asking again for the same."""

from collections.abc import Callable

import pytest

from bot.answers import Answer, Answerer

Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    "question", ["define RAG", "how does fine-tuning work?", "why do models hallucinate?"]
)
def test_further_quotes_are_others_and_can_be_made_again(
    answered: Ask, answerer: Answerer, question: str
) -> None:
    answer = answered(question)
    assert 1 <= len(answer.further) <= 6
    everything = [*answer.quotes, *answer.further]
    assert len({(quote.start, quote.end) for quote in everything}) == len(everything)
    for quote in answer.further:
        assert answerer.quote(quote.episode, quote.digest, quote.start, quote.end) == quote


@pytest.mark.parametrize("question", ["takeaways", "segments", "takeaway 4", "who are the hosts?"])
def test_lists_and_facts_have_none(answered: Ask, question: str) -> None:
    assert answered(question).further == ()


def test_with_its_history_a_follow_up_gets_the_same_answer_again(answered: Ask) -> None:
    history = ("what is RAG?", "why do models hallucinate?")
    answer = answered("how do you prevent that?", history)
    assert answer.history == history
    assert answered(answer.question, answer.history) == answer


def test_what_leans_on_nothing_has_no_history(answered: Ask) -> None:
    assert answered("why do models hallucinate?", ["what is RAG?"]).history == ()


def test_around_a_quote_stand_its_turns_and_around_a_heading_nothing(
    answered: Ask, answerer: Answerer
) -> None:
    quote = answered("why do models hallucinate?").quotes[0]
    found = answerer.excerpt(quote)
    assert found
    assert quote.text in {
        words.text for one in found.spoken for said in one.paragraphs for words in said
    }
    assert answerer.excerpt(answered("segments").quotes[0]) is None
