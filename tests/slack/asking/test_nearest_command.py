"""What is said beside an answer."""

from pathlib import Path

import pytest

from bot.answers import READ, Answer, Answerer, NoAnswer
from bot.episodes import load
from bot.slack.answer.message import answer_message
from bot.slack.asking.answering import with_length
from bot.slack.asking.nearest_command import nearest_command, with_nearest
from bot.slack.blocks.message import notice
from bot.slack.help import SUBCOMMANDS

MESSAGE = notice("An answer")


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(load(Path(__file__).parents[3] / "knowledge"))


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("takeawys", "/llm takeaways"),
        ("Takeawy 4", "/llm takeaway 4"),
        ("dayly on", "/llm daily on"),
        ("segmnts", "/llm segments"),
        ("segmnts please", "/llm segments"),
        ("forgt me", "/llm forget me"),
        ("forget", "/llm forget me"),
        ("privcy?", "/llm privacy"),
        ("defin RAG", "/llm define RAG"),
        ("hepl", "/llm help"),
    ],
)
def test_a_misspelt_command_resembles_the_one_that_was_meant(words: str, offered: str) -> None:
    assert nearest_command(words) == offered


def test_a_command_with_what_it_does_not_take_resembles_its_own_usage() -> None:
    usage = next(usage for usage in SUBCOMMANDS if usage.startswith("daily"))
    assert nearest_command("daily foo") == f"/llm {usage}"


@pytest.mark.parametrize("words", ["", "  ", "?!", "sourdough", "takeawys of the day", "x" * 5_000])
def test_what_resembles_no_command_is_no_misspelt_one(words: str) -> None:
    assert nearest_command(words) is None


def test_the_nearest_command_is_offered_where_a_question_is_declined() -> None:
    declined = NoAnswer("takeawys", "unknown", "The episode doesn't say.")
    offered = with_nearest("takeawys", declined)
    assert isinstance(offered, NoAnswer)
    assert offered.suggestions == ("/llm takeaways",)
    assert "/llm takeaways" in answer_message(offered)["text"]


@pytest.mark.parametrize("reason", ["ambiguous_episode", "unknown_episode"])
def test_an_episodes_number_is_no_misspelt_command(reason: str) -> None:
    declined = NoAnswer("episode 2", "unknown", "Which?", suggestions=("q in a",), reason=reason)
    assert with_nearest("episode 2", declined) == declined


@pytest.mark.parametrize("kind", ["smalltalk", "help", "injection"])
def test_it_is_not_offered_where_nothing_was_asked(kind: str) -> None:
    reply = NoAnswer("hepl", kind, "Hi!")
    assert with_nearest("hepl", reply) == reply


def test_it_stands_in_the_place_of_no_answer(answerer: Answerer) -> None:
    answer = answerer.ask("tasks")
    assert isinstance(answer, Answer)
    assert with_nearest("tasks", answer) == answer


def test_a_question_that_is_read_to_its_end_is_answered_without_a_word() -> None:
    answer = NoAnswer("x" * READ, "unknown", "No.")
    assert with_length(answer, MESSAGE) == MESSAGE


def test_a_longer_one_is_told_how_much_was_read() -> None:
    told = with_length(NoAnswer("x" * (READ + 1), "unknown", "No."), MESSAGE)
    assert "1,500 characters" in told["text"]
    assert told["text"].endswith("An answer")
    assert "1,500 characters" in str(told["blocks"])


@pytest.mark.parametrize("length", [READ - 1, READ, READ + 1])
def test_the_answerer_reads_as_much_as_people_are_told(answerer: Answerer, length: int) -> None:
    end = "define RAG?"
    question = ". " * ((length - len(end)) // 2) + " " * ((length - len(end)) % 2) + end
    assert len(question) == length
    read = answerer.ask(question[:READ])
    told = answerer.ask(question)
    assert type(read) is type(told)
    assert read.kind == told.kind
