import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reports.groups import Group, grouped
from tests.storage.samples import DAY, MINUTE, NOW


def groups_of(*questions: str) -> list[tuple[int, str]]:
    """Counts and examples of questions that were asked a minute apart."""
    asked = [(words, NOW + minute * MINUTE) for minute, words in enumerate(questions)]
    return [(group.count, group.example) for group in grouped(asked)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What does fine-tuning cost?", "how much does fine tuning cost"),
        ("who is the CEO of OpenAI", "OpenAI's CEO?"),
        ("what is a hallucination in a model", "what is a halucination in a model"),
        ("hallucinations", "halucinations?"),
        ("pre-training budget", "pretraining budget"),
        ("price per seat of the Copilot", "price per seat of the Copilot monthly"),
        ("will there be a video", "will there be a vidoe"),
        ("Wie lange dauert das?", "wie lange dauert das"),
        ("🎉🎉", "🎉!"),
    ],
)
def test_near_duplicates_are_one_group(one: str, other: str) -> None:
    assert len(groups_of(one, one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("price of GPT-4", "price of GPT-5"),
        ("takeaway", "takeaway 9"),
        ("who is the CEO of OpenAI", "who is the CEO of Anthropic"),
        ("how do we test it at work", "how do we test it with a word"),
        ("does it train a brain", "does it brain a train station"),
        ("what is it", "who are they"),
        ("voice", "video"),
        ("", "cost"),
    ],
)
def test_different_questions_stay_apart(one: str, other: str) -> None:
    assert len(groups_of(one, other)) == 2


def test_the_biggest_group_comes_first_in_the_wording_of_most() -> None:
    found = groups_of("Any jobs?", "cost of RAG", "What does RAG cost?", "What does RAG cost?")
    assert found == [(3, "What does RAG cost?"), (1, "Any jobs?")]


def test_a_group_knows_when_it_was_asked_last() -> None:
    asked = [("RAG cost", NOW), ("cost of RAG", NOW + DAY), ("RAG cost", NOW - DAY)]
    assert grouped(asked) == (Group(3, "RAG cost", NOW + DAY),)


def test_an_example_is_one_line_that_a_terminal_only_shows() -> None:
    (group,) = grouped([("cost\n of\x1b[2J\u202e\tRAG \x07", NOW)])
    assert group.example == "cost of [2J RAG"


def test_nothing_has_no_groups() -> None:
    assert grouped([]) == ()


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), max_size=12), st.randoms(use_true_random=False))
def test_every_question_is_counted_once_whatever_the_order(
    questions: list[str], order: random.Random
) -> None:
    asked = [(words, NOW) for words in questions]
    found = grouped(asked)
    assert sum(group.count for group in found) == len(questions)
    assert [group.count for group in found] == sorted((g.count for g in found), reverse=True)
    order.shuffle(asked)
    assert grouped(asked) == found


def test_many_different_questions_with_a_word_in_common_are_grouped_all() -> None:
    asked = [(f"episode about {chr(97 + n % 26)}x{chr(97 + n // 26)}", NOW) for n in range(600)]
    assert sum(group.count for group in grouped(asked)) == 600
