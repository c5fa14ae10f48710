"""Answering or declining, whatever is asked."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.answers import Answer, Answerer, NoAnswer
from bot.answers.confidence.features import FEATURES
from bot.answers.confidence.model import MODELS, Model
from bot.evaluation.questions import Question, read_questions
from tests.fakes.hostile import HOSTILE_LONG, hostile_texts

RANKED = {"quote", "list", "speaker"}
DEV = read_questions(Path(__file__).parents[2] / "evaluation" / "dev.yaml")
THREADS = read_questions(Path(__file__).parents[2] / "evaluation" / "threads.yaml")
WORDS = (
    "what why how is RAG model cost it and the who said more takeaway next 4 define 🎉 ?".split()
)
MODEL = Model(dict.fromkeys(FEATURES, 1.0), 0.0, 0.5)
THRESHOLD = MODELS.read.threshold


def check(answer: Answer | NoAnswer) -> None:
    """What holds for every answer, whatever was asked."""
    assert 0.0 <= answer.confidence <= 1.0
    if isinstance(answer, NoAnswer):
        assert answer.reply
        assert len(answer.near) <= 2
        assert not hasattr(answer, "quotes")
    else:
        assert 1 <= len(answer.quotes) <= 3
        assert answer.kind not in RANKED or answer.confidence >= THRESHOLD


@pytest.mark.parametrize("question", [*DEV[::3], *THREADS], ids=lambda question: question.id)
def test_what_is_ranked_is_answered_only_with_enough_confidence(
    answerer: Answerer, question: Question
) -> None:
    answer = answerer.ask(question.text, question.history)
    check(answer)
    if answer.kind == "unknown":
        assert answer.confidence < THRESHOLD


@settings(deadline=None)
@given(hostile_texts())
@example("?" * 5_000)
@example("🎉" * 5_000)
@example("ما هو النموذج اللغوي؟ " * 200)
@example("\ud800\x00 define \udfff")
@example("define " * 700)
@example("takeaway " + "9" * 4_000)
@example("(" * 5_000)
def test_any_text_is_answered_or_declined(answerer: Answerer, text: str) -> None:
    check(answerer.ask(text))


@settings(deadline=None, max_examples=50)
@given(hostile_texts(), st.lists(hostile_texts(), max_size=6))
def test_any_thread_is_answered_or_declined(
    answerer: Answerer, text: str, history: list[str]
) -> None:
    check(answerer.ask(text, history))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=3),
)
def test_any_question_of_known_words_is_answered_or_declined(
    answerer: Answerer, text: str, history: list[str]
) -> None:
    check(answerer.ask(text, history))


@pytest.mark.parametrize("text", HOSTILE_LONG)
def test_the_answer_to_a_long_message_is_no_longer_than_any_other(
    answerer: Answerer, text: str
) -> None:
    answer = answerer.ask(f"what is RAG? {text}")
    check(answer)
    assert answer.question == f"what is RAG? {text}"


@pytest.mark.parametrize(
    "question",
    [
        "what is the capital of Mongolia?",
        "how do I bake sourdough?",
        "asdf qwer zxcv",
        "ما هو الطقس اليوم؟",
    ],
)
def test_what_the_episode_never_speaks_of_is_declined(answerer: Answerer, question: str) -> None:
    answer = answerer.ask(question)
    assert isinstance(answer, NoAnswer)
    assert "doesn't say" in answer.reply


def test_the_weights_that_ship_fit_the_features() -> None:
    for model in (MODELS.read, MODELS.searched):
        assert set(model.weights) == set(FEATURES)
        assert 0 < model.threshold < 1


@given(st.lists(st.floats(-1e6, 1e6), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_a_probability_lies_between_none_and_one(measured: list[float]) -> None:
    assert 0.0 <= MODEL.probability(measured) <= 1.0


def test_a_probability_grows_with_its_score() -> None:
    none = (0.0,) * len(FEATURES)
    assert MODEL.probability(none) == 0.5
    assert 0.5 < MODEL.probability((1.0, *none[1:])) < MODEL.probability((1.0, 1.0, *none[2:])) < 1
