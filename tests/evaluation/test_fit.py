"""Learning weights from judged questions."""

from pathlib import Path

import numpy as np
import pytest

from bot.answers import Answerer
from bot.answers.confidence.features import FEATURES
from bot.answers.retrieval.features import FEATURES as RANKED
from bot.answers.retrieval.windows import Floats
from bot.evaluation.fit import Example, examples, fit
from bot.evaluation.learning import learn_confidence, learn_ranking
from bot.evaluation.questions import read_questions

DEV = Path(__file__).with_name("dev.yaml")
RANDOM = np.random.default_rng(7)


@pytest.fixture(scope="module")
def handful(answerer: Answerer) -> list[Example]:
    return examples(answerer, read_questions(DEV)[::4])


def loss(questions: list[tuple[Floats, Floats]], weights: Floats) -> float:
    """The mean of minus the logarithm of the softmax mass on right windows."""
    total = 0.0
    for features, right in questions:
        mass = np.exp(features @ weights - (features @ weights).max())
        total -= float(np.log((mass * right).sum() / mass.sum()))
    return total / len(questions)


def test_examples_are_judged_window_by_window(handful: list[Example]) -> None:
    assert handful
    for example in handful:
        assert example.found.features.shape == (len(example.right), len(RANKED))
        assert set(example.right.tolist()) <= {0.0, 1.0}
        assert example.question.answerable or not example.right.any()


def test_learning_the_ranking_lowers_its_loss(handful: list[Example]) -> None:
    judged = [(one.found.features, one.right) for one in handful if one.right.any()]
    learned = learn_ranking(judged)
    assert np.isfinite(learned).all()
    assert loss(judged, learned) < loss(judged, np.zeros_like(learned)) / 2


def test_learning_finds_the_feature_that_tells_right_from_wrong() -> None:
    right = np.zeros((20, 8))
    right[np.arange(20), RANDOM.integers(0, 8, 20)] = 1.0
    questions = [
        (np.stack((RANDOM.random(8), one + RANDOM.normal(0, 0.1, 8)), axis=1), one) for one in right
    ]
    noise, telling = learn_ranking(questions)
    assert telling > 1.0
    assert abs(noise) < telling / 3


def test_learned_confidence_is_calibrated_on_what_it_learned() -> None:
    features = RANDOM.normal(0, 1, (400, 3))
    chance = 1 / (1 + np.exp(-2 * features[:, 0]))
    right = (RANDOM.random(400) < chance).astype(float)
    model = learn_confidence(features, right, right)
    promised = np.array([model.probability(one) for one in features])
    assert promised.mean() == pytest.approx(right.mean(), abs=0.03)
    likely, unlikely = promised > 0.7, promised < 0.3
    assert right[likely].mean() > 0.7
    assert right[unlikely].mean() < 0.3


def test_a_feature_that_never_changes_does_no_harm() -> None:
    features = np.stack((np.ones(50), RANDOM.normal(0, 1, 50)), axis=1)
    right = (features[:, 1] > 0).astype(float)
    model = learn_confidence(features, right, right)
    assert model.probability([1.0, 2.0]) > 0.5 > model.probability([1.0, -2.0])


def test_fitting_gives_finite_weights_for_every_feature(
    answerer: Answerer, handful: list[Example]
) -> None:
    weights, model = fit(answerer, handful)
    assert list(weights) == list(RANKED)
    assert np.isfinite(list(weights.values())).all()
    assert np.isfinite(model.form).all()
    assert model.form.shape == (len(FEATURES) + 1,) * 2
    for measured in (np.zeros(len(FEATURES)), np.ones(len(FEATURES)) * 1e3):
        assert 0.0 <= model.probability(measured.tolist()) <= 1.0
