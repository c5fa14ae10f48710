"""Lists are answered with the list: its items in their order, each opening with its phrase."""

from collections.abc import Callable

import pytest

from bot.answers import Answer, Answerer
from bot.answers.language.thesaurus import Thesaurus
from bot.answers.question.terms import Clue
from bot.answers.retrieval.lists import asks_for_several, enumerations, opened_by
from bot.answers.retrieval.windows import reader
from bot.search.passages import Passage

Ask = Callable[..., Answer]

PROMPTS = ["Be specific.", "Give examples.", "Use structured output formats.", "System prompts"]
TRENDS = ["Continued scaling", "Multimodality", "Longer context", "Domain-specific", "Reasoning"]


@pytest.mark.parametrize(
    ("question", "openings"),
    [
        ("what makes a good prompt?", PROMPTS),
        ("what are the big trends?", TRENDS),
        ("what are LLMs genuinely good at?", ["Natural language", "Code generation", "Knowledge"]),
        ("what are the limitations of LLMs?", ["Hallucinations", "Reasoning failures", "No real"]),
    ],
)
def test_a_question_for_several_things_is_answered_with_all_of_them(
    answered: Ask, question: str, openings: list[str]
) -> None:
    answer = answered(question)
    assert answer.kind == "list"
    assert answer.quotes == answer.items[:3]
    for item, opening in zip(answer.items, openings, strict=False):
        assert item.text.startswith(opening)


def test_the_items_of_a_list_keep_the_order_of_the_episode(answered: Ask) -> None:
    starts = [item.start for item in answered("what makes a good prompt?").items]
    assert starts == sorted(starts)


def test_the_lists_of_the_episode_are_found(pieces: tuple[Passage, ...]) -> None:
    found = list(enumerations(pieces))
    assert [len(one.items) for one in found] == [4, 4, 4, 4, 4, 5, 6, 8]
    for one in found:
        for number, first in one.items:
            span = pieces[number].sentences[first]
            assert "**" in pieces[number].episode.text[span.start : span.end]


def test_a_list_is_opened_by_the_question_that_leads_to_it(pieces: tuple[Passage, ...]) -> None:
    [prompts] = [one for one in enumerations(pieces) if "good prompt" in one.opening]
    assert "What makes a good prompt?" in prompts.opening


def test_no_passages_have_no_lists() -> None:
    assert list(enumerations([])) == []


def test_two_items_are_no_list(both: Answerer) -> None:
    answer = both.ask("why does the crust need steam?")
    assert answer.kind == "quote"


@pytest.mark.parametrize(
    "core",
    [
        "what are the risks",
        "list the trends",
        "which things should we worry about",
        "what makes a good prompt",
        "what were the reasons",
    ],
)
def test_a_plural_asks_for_several(core: str) -> None:
    assert asks_for_several(core)


@pytest.mark.parametrize("core", ["how does it work", "why", "define rag", "is it safe", ""])
def test_a_question_for_one_thing_asks_for_one(core: str) -> None:
    assert not asks_for_several(core)


def clue(word: str, weight: float) -> Clue:
    return Clue(
        (word,), frozenset({word}), frozenset(), weight, known=True, heard=True, foreign=False
    )


def test_an_opening_that_meets_little_of_a_question_opens_no_list_for_it() -> None:
    opening = reader(Thesaurus({}))("good prompt")
    assert opened_by(opening, [clue("good", 0.5), clue("prompt", 0.5)]) == 1.0
    assert opened_by(opening, [clue("prompt", 0.2), clue("giraff", 0.8)]) == 0.0
    assert opened_by(opening, []) == 0.0
