"""From what was measured to one probability that the first window answers, and its threshold."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def fit(rows: Floats, wanted: Floats, penalty: float = 1e-2) -> Floats:
    """Return weights of a logistic regression, the constant last (Newton's method)."""
    full = np.c_[rows, np.ones(len(rows))]
    weights = np.zeros(full.shape[1])
    ridge = penalty * np.eye(full.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-full @ weights))
        gradient = full.T @ (chance - wanted) + ridge @ weights
        curvature = (full * (chance * (1 - chance))[:, None]).T @ full + ridge
        weights -= np.linalg.solve(curvature, gradient)
    return weights


def chances(rows: Floats, weights: Floats) -> Floats:
    """Return the calibrated probability of each row."""
    found: Floats = 1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1])))
    return found


def threshold(chance: Floats, right: NDArray[np.bool_], most: float) -> float:
    """Return the highest threshold below which at most a share `most` of what is right lies."""
    return float(np.quantile(chance[right], most, method="lower"))


def reliability(chance: Floats, right: Floats, bins: int = 10) -> list[tuple[int, float, float]]:
    """Return count, mean probability and share that was right of each bin that has any."""
    which = np.minimum((chance * bins).astype(int), bins - 1)
    return [
        (int((which == one).sum()), float(chance[which == one].mean()),
         float(right[which == one].mean()))
        for one in range(bins)
        if (which == one).any()
    ]  # fmt: skip


def calibration_error(chance: Floats, right: Floats) -> float:
    """Return the expected calibration error over ten bins."""
    rows = reliability(chance, right)
    return sum(count * abs(said - was) for count, said, was in rows) / len(chance)


def auroc(scores: Floats, positive: NDArray[np.bool_]) -> float:
    """Return how often a positive scores above a negative; ties count half."""
    good, bad = scores[positive], scores[~positive]
    wins = (good[:, None] > bad[None]).mean() + 0.5 * (good[:, None] == bad[None]).mean()
    return float(wins)
