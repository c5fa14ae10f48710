"""Whether to answer, and the reason why not, whatever estimates the probability."""

from dataclasses import replace

import pytest

from bot.answers import Answerer
from bot.answers.confidence.decide import Decision, decide
from bot.answers.confidence.model import MODELS
from bot.answers.question.follow_up import Reference
from bot.answers.retrieval.topic import Topic

THRESHOLD = MODELS.read.threshold


def found(answerer: Answerer, question: str) -> Topic:
    topic = answerer.topic(question)
    assert topic
    return topic


@pytest.fixture
def topic(answerer: Answerer) -> Topic:
    return found(answerer, "why do models hallucinate?")


def test_what_is_likely_enough_is_answered(topic: Topic) -> None:
    assert decide(topic, lambda _: THRESHOLD) == Decision(THRESHOLD)
    assert decide(topic, lambda _: THRESHOLD).answers
    declined = decide(topic, lambda _: THRESHOLD - 0.01)
    assert declined == Decision(THRESHOLD - 0.01, "below_threshold")
    assert not declined.answers


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("asdf qwer zxcv", "missing_name"),
        ("what does Netflix cost?", "missing_name"),
        ("what does the sandwich cost?", "below_threshold"),
        ("why do the what?", "nothing_found"),
        ("define blockchain", "unknown_term"),
        ("define vector database", "unknown_term"),  # it speaks of databases, and of a risk vector
    ],
)
def test_a_decline_keeps_its_reason(answerer: Answerer, question: str, reason: str) -> None:
    assert decide(found(answerer, question), lambda _: 0.0).reason == reason


def test_a_term_that_is_not_on_the_sheet_is_never_defined(answerer: Answerer) -> None:
    topic = found(answerer, "define blockchain models")
    assert decide(topic, lambda _: 1.0).reason == "unknown_term"


@pytest.mark.parametrize(
    ("new", "best", "reference", "decision"),
    [
        (0.9, 0.95, Reference.TOPIC, Decision(0.9)),
        (0.3, 0.28, Reference.TOPIC, Decision(0.3)),
        (0.3, 0.49, Reference.TOPIC, Decision(0.3)),
        (0.0, 0.49, Reference.TOPIC, Decision(0.0, "below_threshold")),
        (0.3, 0.5, Reference.TOPIC, Decision(0.5, repeats=True)),
        (0.3, 0.5, Reference.MORE, Decision(0.3)),
        (0.0, 0.5, Reference.TOPIC, Decision(0.5, repeats=True)),
        (0.0, 0.5, Reference.MORE, Decision(0.0, "nothing_new")),
        (0.9, 0.0, Reference.TOPIC, Decision(0.0, "below_threshold")),
    ],
)
def test_beside_a_quote_shown_above_something_new_has_to_answer_as_well(
    topic: Topic, new: float, best: float, reference: Reference, decision: Decision
) -> None:
    rest = replace(topic, ranked=topic.ranked[1:], reference=reference, whole=topic)
    assert decide(rest, lambda one: best if one is topic else new) == decision
