from collections.abc import Callable

import pytest

from bot.answers import Quote
from bot.answers.episode.quiz import quiz
from bot.slack.quiz.form import asks_for_quiz
from bot.slack.quiz.views import State, edition_of, first_view, judged_view, question_view, state_of
from tests.fakes.hostile import HOSTILE, HOSTILE_LONG
from tests.fakes.limits import view_faults

Make = Callable[..., Quote]


@pytest.mark.parametrize("text", ["quiz", "Quiz", "quiz me", "QUIZ!", "quiz?"])
def test_the_word_alone_asks_for_it(text: str) -> None:
    assert asks_for_quiz(text)


@pytest.mark.parametrize("text", ["", "quizzes", "what is a quiz?", "quiz on RAG"])
def test_a_question_about_quizzes_is_a_question(text: str) -> None:
    assert not asks_for_quiz(text)


def test_too_short_a_sheet_has_no_first_question(make_quote: Make) -> None:
    assert first_view((), "a") is None
    assert first_view((make_quote("A grinder", label="Mill"),), "a") is None


def test_a_form_carries_its_state_and_no_answers(make_quote: Make) -> None:
    rows = (
        make_quote("Turns beans into powder", label="Mill", start=1),
        make_quote("Keeps water hot", label="Kettle", start=2),
    )
    view = first_view(rows, "a")
    assert view is not None
    assert state_of(view) == State(edition_of(rows), "a")


@pytest.mark.parametrize("words", HOSTILE + HOSTILE_LONG)
def test_whatever_the_sheet_holds_slack_takes_it(make_quote: Make, words: str) -> None:
    rows = (
        make_quote(f"Turns beans into powder {words}", label=f"Mill {words}", start=1),
        make_quote(f"Keeps water hot {words}", label=f"Kettle {words}", start=2),
        make_quote("Somebody who drinks", label="Guest", start=3),
    )
    questions = quiz(rows, "a")
    state = State(edition_of(rows), "a", (0,) * (len(questions) - 1))
    assert view_faults(question_view(questions, state)) == []
    for choice in (0, 1):
        for count in range(1, len(questions) + 1):
            judged = State(edition_of(rows), "a", (choice,) * count, judged=True)
            assert view_faults(judged_view(questions, judged)) == []
