"""Confidence: the probability that the first quote answers the question.

A logistic model over `FEATURES`, one for windows that the reader has read, one for those among
windows of many episodes, and one for those that only the search has seen, each with its own
threshold. `weights.json` says what both were fitted
on; `tests/training/fit.py` writes it.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from bot.answers.confidence.features import FEATURES, features
from bot.answers.retrieval.topic import Topic


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A logistic model with a weight for each of `FEATURES`; one that it has none for weighs 0.

    Below `threshold` the bot declines: so that of the first windows that are right, 16.5 % are
    withheld (measured on an author of questions whom training leaves out).
    """

    weights: dict[str, float]
    constant: float
    threshold: float

    def probability(self, measured: Sequence[float]) -> float:
        """Return the probability that the first quote is right, 0 to 1."""
        pairs = zip(FEATURES, measured, strict=True)
        score = self.constant + sum(self.weights.get(name, 0.0) * value for name, value in pairs)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


class Models(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The models with the reader, with it among many episodes, and without it.

    `fitted_on` says on what they were fitted.
    """

    fitted_on: str
    read: Model
    read_of_many: Model
    searched: Model


WEIGHTS: Final = Path(__file__).with_name("weights.json")
MODELS = msgspec.json.decode(WEIGHTS.read_bytes(), type=Models)


def model(topic: Topic) -> Model:
    """Return the model for what was read, or only searched."""
    if not topic.read:
        return MODELS.searched
    return MODELS.read_of_many if topic.of_many else MODELS.read


def probability(topic: Topic) -> float:
    """Return the probability, 0 to 1, that the best passage answers; 0 if there is none."""
    return model(topic).probability(features(topic)) if topic.ranked else 0.0
