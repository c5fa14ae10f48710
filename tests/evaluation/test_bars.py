"""The floor below which no change may bring the answers."""

from pathlib import Path

import pytest

from bot.answers import Answerer
from bot.episodes import load
from bot.evaluation import Report, run
from bot.evaluation.questions import Shown
from tests.evaluation.conftest import KNOWLEDGE

pytestmark = pytest.mark.slow

EPISODES = load(KNOWLEDGE).episodes
DEV = Path(__file__).with_name("dev.yaml")
THREADS = Path(__file__).with_name("threads.yaml")


@pytest.fixture(scope="module")
def report(answerer: Answerer) -> Report:
    return run(DEV, answerer)


def test_the_first_quote_is_right_for_most_questions(report: Report) -> None:
    assert report.as_json()["first"] >= 0.90


def test_one_of_three_quotes_is_right_for_nearly_all_questions(report: Report) -> None:
    assert report.as_json()["three"] >= 0.95


def test_what_the_episode_does_not_say_is_declined_and_little_else(report: Report) -> None:
    assert report.as_json()["declined"] >= 0.88
    assert report.as_json()["wrongly_declined"] <= 0.03


def test_first_quotes_are_short(report: Report) -> None:
    assert report.as_json()["words"] <= 45


def test_the_last_question_of_a_thread_is_answered_from_its_thread(answerer: Answerer) -> None:
    figures = run(THREADS, answerer).as_json()
    assert figures["first"] >= 0.65
    assert figures["declined"] >= 0.80


def test_every_definition_of_a_sheet_term_is_right(report: Report) -> None:
    rows = [Shown(episode.words(term.definition)) for episode in EPISODES for term in episode.terms]
    asked = [
        one
        for one in report.outcomes
        if one.question.kind == "define" and any(map(one.question.answered_by, rows))
    ]
    assert len(asked) >= 13
    assert [one.question.text for one in asked if not one.first] == []
