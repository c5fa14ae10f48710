"""What the pane suggests on a day, and what a conversation is called."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.answers import Answer, Answerer
from bot.episodes import Library, load
from bot.slack.asking.threads.titles import thread_title
from bot.slack.home.prompts import prompts

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(load(KNOWLEDGE))


@pytest.mark.parametrize("day", [NEW_YEAR + timedelta(days=n) for n in range(365)], ids=str)
def test_on_every_day_of_a_year_all_four_questions_are_answered(
    answerer: Answerer, day: date
) -> None:
    chosen = prompts(answerer, day)
    assert len(set(chosen)) == 4
    assert all(isinstance(answerer.ask(question), Answer) for question in chosen)


def test_in_a_week_most_questions_come_once(answerer: Answerer) -> None:
    week = [q for n in range(7) for q in prompts(answerer, NEW_YEAR + timedelta(days=n))]
    assert len(set(week)) >= 26


def test_without_an_episode_nothing_is_suggested() -> None:
    assert prompts(Answerer(Library((), ())), NEW_YEAR) == []


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("what is RAG?", "what is RAG?"),
        ("what\n is  RAG?", "what is RAG?"),
        ("is a < b & c?", "is a &lt; b &amp; c?"),
        ("why " * 40, "why " * 13 + "why…"),
    ],
)
def test_a_title_is_a_line_in_which_nothing_acts(question: str, title: str) -> None:
    assert thread_title(question) == title
    assert len(title) <= 60
