"""Confidence: the probability that the first quote answers the question.

A logistic model over features that mean the same for every question; never a raw BM25 score.
Its weights are fitted by `bot.evaluation.fit`, and `evaluate` prints how well it is calibrated.
"""

import math
from collections.abc import Mapping, Sequence

from bot.answers.clues import Clue
from bot.answers.ranking import FEATURES as RANKED
from bot.answers.ranking import Ranked
from bot.answers.understanding import Form

# Below this the bot declines.
THRESHOLD = 0.5

FEATURES = (
    "always",
    "literal",
    "meant",
    "covered",
    "asked_likeness",
    "bold",
    "together",
    "score",
    "margin",
    "unmet",
    "unknown",
    "unknown_rarest",
    "no_number",
    "form_number",
    "form_person",
    "form_time",
    "form_choice",
    "form_definition",
    "few_clues",
)


def features(clues: Sequence[Clue], form: Form, ranked: Sequence[Ranked]) -> tuple[float, ...]:
    """What `FEATURES` names, of the best window among the ranked ones."""
    best = ranked[0]
    seen = dict(zip(RANKED, best.features, strict=True))
    total = sum(clue.weight for clue in clues) or 1.0
    covered = min(
        1.0,
        sum(seen[name] for name in ("literal", "meant", "rest", "around", "heading")),
    )
    return (
        1.0,
        seen["literal"],
        seen["meant"],
        covered,
        seen["asked_likeness"],
        seen["bold"],
        seen["together"],
        best.score / 10,
        min(1.0, best.score - ranked[1].score) if len(ranked) > 1 else 1.0,
        max((clue.weight for clue in clues), default=0.0) * (1 - covered),
        sum(clue.weight for clue in clues if not clue.known) / total,
        max((clue.weight for clue in clues if not clue.known), default=0.0),
        seen["no_number"],
        float(form is Form.NUMBER),
        float(form is Form.PERSON),
        float(form is Form.TIME),
        float(form is Form.CHOICE),
        float(form is Form.DEFINITION),
        1 / max(1, len(clues)),
    )


def probability(measured: Sequence[float], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted features, 0 to 1."""
    score = sum(weights[name] * value for name, value in zip(FEATURES, measured, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
