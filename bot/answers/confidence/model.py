"""Confidence: the probability that the first quote answers the question.

A logistic model over features that mean the same for every question, and over their products;
never a raw BM25 score. It is fitted by `bot.evaluation.fit`, and `evaluate` prints how well it is
calibrated.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.answers.confidence.features import features
from bot.answers.retrieval.retriever import Topic
from bot.answers.retrieval.windows import Floats
from bot.answers.weights import CONFIDENCE as WEIGHTS

# Below this the bot declines. Chosen by hand with tests/evaluation/dev.yaml in view: .10 declines
# 87 % instead of 89 % of what the episode does not say, .20 wrongly declines 4 % instead of 2 %.
THRESHOLD = 0.14


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model over features and their products, as a quadratic form.

    With z the features less `center`, over `scale`, and a one before them, the score is
    z' `form` z; `slope` and `offset` turn it into a probability (Platt scaling: Platt,
    Probabilistic Outputs for Support Vector Machines, 1999).
    """

    center: Floats
    scale: Floats
    form: Floats
    slope: float
    offset: float

    def probability(self, measured: Sequence[float]) -> float:
        """Return the probability that the first quote is right, 0 to 1."""
        scaled = np.concatenate(([1.0], (np.array(measured) - self.center) / self.scale))
        score = self.slope * float(scaled @ self.form @ scaled) + self.offset
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


CONFIDENCE = Model(
    center=np.array(WEIGHTS["center"]),
    scale=np.array(WEIGHTS["scale"]),
    form=np.array(WEIGHTS["form"]),
    slope=WEIGHTS["slope"],
    offset=WEIGHTS["offset"],
)


def probability(retrieval: Topic) -> float:
    """Return the probability, 0 to 1, that the best passage answers; 0 if there is none."""
    return CONFIDENCE.probability(features(retrieval)) if retrieval.ranked else 0.0
