"""Confidence: the probability that the first quote answers the question.

A logistic model over features that mean the same for every question, and over their products;
never a raw BM25 score. It is fitted by `bot.evaluation.fit`, and `evaluate` prints how well it is
calibrated.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.answers.clues import Clue
from bot.answers.demands import compares, demand, focus
from bot.answers.ranking import FEATURES as RANKED
from bot.answers.ranking import Measure, Ranked
from bot.answers.understanding import Form, Understood
from bot.answers.windows import Floats

# Below this the bot declines.
THRESHOLD = 0.18

FEATURES = (
    "literal",
    "meant",
    "kin",
    "topic",
    "telling",
    "covered",
    "asked_literal",
    "asked_likeness",
    "asked_repeated",
    "bold",
    "together",
    "score",
    "margin",
    "lead",
    "unmet",
    "unmet_rarest",
    "unknown",
    "names_missing",
    "demand",
    "number_unmet",
    "name_unmet",
    "focus",
    "focus_unmet",
    "focus_meant",
    "compares",
    "compares_unmet",
    "few_clues",
    "keywords",
    "definition",
    "reason",
    "method",
    "closed",
    "short",
)
_NAMES = frozenset({"name", "place", "date"})


def features(
    question: Understood, clues: Sequence[Clue], measure: Measure, ranked: Sequence[Ranked]
) -> tuple[float, ...]:
    """What `FEATURES` names, of the best window among the ranked ones."""
    best = ranked[0]
    seen = dict(zip(RANKED, best.features, strict=True))
    total = _weight(clues) or 1.0
    unmet = measure.unmet(best.number)
    literal, meant = measure.met_in(best.number, best.first, best.last)
    missing = _weight(unmet)
    wanted = demand(question.core)
    failed = wanted is not None and not any(map(wanted.met_by, _sentences(best)))
    compared = compares(question.core)
    named = focus(question.core)
    focused = [clue for clue in clues if clue.stems & named]
    weight = _weight(focused) or 1.0
    foreign = [
        clue.weight for clue in clues if clue.foreign and clue not in literal and clue not in meant
    ]
    return (
        seen["literal"],
        seen["meant"],
        seen["kin"],
        seen["topic"],
        seen["telling"],
        1 - missing / total,
        seen["asked_literal"],
        seen["asked_likeness"],
        seen["asked_repeated"],
        seen["bold"],
        seen["together"],
        best.score / 10,
        min(2.0, best.score - ranked[1].score) if len(ranked) > 1 else 2.0,
        1 / sum(math.exp(one.score - best.score) for one in ranked),
        missing,
        max((clue.weight for clue in unmet), default=0.0),
        sum(clue.weight for clue in clues if not clue.known) / total,
        max(foreign, default=0.0),
        float(wanted is not None),
        float(failed and wanted is not None and wanted.kind not in _NAMES),
        float(failed and wanted is not None and wanted.kind in _NAMES),
        float(bool(focused)),
        1 - _weight([clue for clue in focused if clue in literal or clue in meant]) / weight
        if focused
        else 0.0,
        _weight([clue for clue in focused if clue in meant]) / weight if focused else 0.0,
        float(compared),
        missing if compared else 0.0,
        1 / max(1, len(clues)),
        float(question.form is Form.KEYWORDS),
        float(question.form is Form.DEFINITION),
        float(question.form is Form.REASON),
        float(question.form is Form.METHOD),
        float(question.form is Form.CLOSED),
        seen["short"],
    )


def _weight(clues: Sequence[Clue]) -> float:
    return sum(clue.weight for clue in clues)


def _sentences(ranked: Ranked) -> Iterator[str]:
    passage = ranked.passage
    for span in passage.sentences[ranked.first : ranked.last + 1]:
        yield passage.episode.words(span)


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
        """The probability that the first quote is right, 0 to 1."""
        scaled = np.concatenate(([1.0], (np.array(measured) - self.center) / self.scale))
        score = self.slope * float(scaled @ self.form @ scaled) + self.offset
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
