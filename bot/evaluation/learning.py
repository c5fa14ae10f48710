"""Learning weights from judged windows and judged first quotes; numpy alone."""

from collections.abc import Callable, Sequence

import numpy as np

from bot.answers.confidence.model import Model
from bot.answers.retrieval.windows import Floats

_RANKING_DECAY = 0.004  # chosen by hand
# Of .03, .1, .3 and .8 the one that tells best what each file learns from all others.
_CONFIDENCE_DECAY = 0.1
_SMALLEST_SCALE = 1e-3  # keeps a feature that never changes from dividing by zero


def learn_ranking(questions: Sequence[tuple[Floats, Floats]]) -> Floats:
    """Weights that put the softmax over a question's windows on those that answer it.

    Each question is the features of its windows, one row a window, and for each row 1 if it
    answers, else 0. The loss is listwise: minus the logarithm of the mass on right windows.
    """
    taught = [(features, right) for features, right in questions if right.any()]

    def slope(weights: Floats) -> Floats:
        total = np.zeros_like(weights)
        for features, right in taught:
            scores = features @ weights
            mass = np.exp(scores - scores.max())
            mass /= mass.sum()
            wanted = mass * right
            total += features.T @ (mass - wanted / wanted.sum())
        return total / len(taught) + _RANKING_DECAY * weights

    return _descend(slope, taught[0][0].shape[1], steps=300, rate=0.1)


def learn_confidence(features: Floats, wanted: Floats, right: Floats) -> Model:
    """Return a model of graded targets `wanted`, 0 to 1, calibrated on the flags `right`.

    `features` has one row a question. Features and their products are scaled to unit variance
    while learning, so that one decay suits all.
    """
    center, scale = features.mean(axis=0), _spread(features)
    scaled = np.hstack((np.ones((len(features), 1)), (features - center) / scale))
    first, second = np.triu_indices(scaled.shape[1])
    products = scaled[:, first] * scaled[:, second]
    spread = _spread(products)
    weights = _logistic(products / spread, wanted, decay=_CONFIDENCE_DECAY)
    form = np.zeros((scaled.shape[1], scaled.shape[1]))
    form[first, second] = weights / spread
    score = products @ (weights / spread)
    offset, slope = _logistic(np.stack((np.ones_like(score), score), axis=1), right, decay=0.0)
    return Model(center, scale, form, float(slope), float(offset))


def _spread(columns: Floats) -> Floats:
    """Return the standard deviation of each column; 1 for one that never changes."""
    spread: Floats = columns.std(axis=0)
    return np.where(spread > _SMALLEST_SCALE, spread, 1.0)


def _logistic(features: Floats, wanted: Floats, *, decay: float) -> Floats:
    """Logistic regression with L2 decay on all weights but that of the constant first column."""
    free = np.ones(features.shape[1])
    free[0] = 0.0

    def slope(weights: Floats) -> Floats:
        promised = 1 / (1 + np.exp(-features @ weights))
        gradient: Floats = features.T @ (promised - wanted) / len(wanted)
        return gradient + decay * free * weights

    return _descend(slope, features.shape[1], steps=1_500, rate=0.03)


def _descend(slope: Callable[[Floats], Floats], size: int, *, steps: int, rate: float) -> Floats:
    """Adam (Kingma and Ba, 2015) with a rate that falls to a tenth."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        gradient = slope(weights)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        corrected = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        fall = 0.1 ** (step / steps)
        weights = weights - fall * rate * (mean / (1 - 0.9**step)) / corrected
    return weights
