"""The quiz: whatever the sheet holds, one option is right and the others are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Answer, Answerer, Quote
from bot.answers.episode.quiz import OPTIONS, QUESTIONS, quiz
from bot.episodes import load

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture(scope="module")
def rows() -> tuple[Quote, ...]:
    """The sheet of the real episode."""
    terms = Answerer(load(KNOWLEDGE)).ask("terms")
    assert isinstance(terms, Answer)
    return terms.items


def row(term: str, definition: str) -> Quote:
    return Quote(definition, None, None, "Sheet", "e", "E", "e/t.md", 0, 1, "0" * 12, label=term)


@given(st.text(max_size=12))
def test_five_questions_each_with_one_right_option(rows: tuple[Quote, ...], seed: str) -> None:
    made = quiz(rows, seed)
    assert len(made) == QUESTIONS
    assert len({question.settles.start for question in made}) == QUESTIONS
    for question in made:
        assert len(set(question.options)) == OPTIONS
        assert question.options[question.right] == question.settles.label


def test_the_same_seed_makes_the_same_quiz_and_another_one_another(rows: tuple[Quote, ...]) -> None:
    assert quiz(rows, "a") == quiz(rows, "a")
    assert quiz(rows, "a") != quiz(rows, "b")


def test_a_definition_that_names_its_term_is_not_asked_for(rows: tuple[Quote, ...]) -> None:
    asked = {question.settles.label for question in quiz(rows, "a", count=len(rows))}
    assert "Tokenization" not in asked  # "… into numerical tokens …"


@given(st.text(max_size=12))
def test_no_wrong_option_could_be_right(seed: str) -> None:
    sheet = [
        row("LLM", "A network trained on text to write text"),
        row("LLM (Large Language Model)", "Trained on massive data, it generates language"),
        row("Text Network", "A network trained on lots of text to write text"),
        row("Burr Mill", "A grinder that cuts beans between two rings"),
        row("Extraction", "What water takes out of coffee"),
    ]
    asked = {question.settles.label: question for question in quiz(sheet, seed)}
    # The same term under a longer name, and another one that is defined in nearly its words.
    assert set(asked["LLM"].options) == {"LLM", "Burr Mill", "Extraction"}


@pytest.mark.parametrize("count", [0, 1])
def test_too_short_a_sheet_makes_no_quiz(count: int) -> None:
    assert quiz([row("Burr Mill", "A grinder of rings")] * count, "a") == ()
