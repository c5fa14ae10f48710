"""Fits the weights of ranking and confidence: `python -m bot.evaluation.fit FILE...`.

It prints, for every file, what all other files teach about it; then it fits on all of them and
writes the weights.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.answers import Answerer, ready
from bot.answers.confidence import features as confidence
from bot.answers.confidence.model import THRESHOLD, Model
from bot.answers.retrieval import features as measure
from bot.answers.retrieval import ranking
from bot.answers.retrieval.retriever import Topic
from bot.answers.retrieval.windows import Floats
from bot.answers.weights import PATH
from bot.episodes import Span, load
from bot.evaluation.learning import learn_confidence, learn_ranking
from bot.evaluation.questions import Question, read_questions

# Between 1 for a first quote that is right and 0 for a question without an answer: showing the
# wrong passage of an episode that does answer is the lesser fault. Chosen by hand.
_WRONG_PASSAGE = 0.7


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the ranking sees: its candidates, and which of them answer it (1 or 0)."""

    question: Question
    topic: Topic
    found: ranking.Candidates
    right: Floats


@dataclass(frozen=True, slots=True)
class First:
    """The first quote of an example under some weights: its features, and whether it is right."""

    answerable: bool
    features: tuple[float, ...]
    right: bool


def examples(answerer: Answerer, questions: Iterable[Question]) -> list[Example]:
    """Return the questions for which passages are ranked."""
    made = []
    for question in questions:
        topic = answerer.topic(question.text, question.history)
        found = topic and answerer.finder.candidates(topic.clues, topic.measure)
        if topic and found:
            words = _words(answerer, found)
            right = np.array([question.answered_by(text) for text in words], float)
            made.append(Example(question, topic, found, right))
    return made


def fit(
    answerer: Answerer, known: Sequence[Example], blank: frozenset[str] = frozenset()
) -> tuple[dict[str, float], Model]:
    """Return the weights of the ranking by feature, and the model of the confidence.

    The features of the confidence that `blank` names are kept at zero.
    """
    weights = learn_ranking([(example.found.features, example.right) for example in known])
    named = dict(zip(measure.FEATURES, weights.round(3).tolist(), strict=True))
    firsts = [first(answerer, example, named) for example in known]
    kept = np.array([float(name not in blank) for name in confidence.FEATURES])
    features = np.array([one.features for one in firsts]) * kept
    right = np.array([float(one.right) for one in firsts])
    answerable = np.array([float(one.answerable) for one in firsts])
    wanted = np.maximum(right, _WRONG_PASSAGE * answerable)
    return named, learn_confidence(features, wanted, right)


def first(answerer: Answerer, example: Example, weights: dict[str, float]) -> First:
    """Return what the ranking puts first for an example."""
    finder, topic = answerer.finder, example.topic
    ranked = ranking.rank(finder.windows, finder.passages, example.found, weights)
    measured = confidence.features(replace(topic, ranked=ranked))
    right = example.question.answered_by(ranked[0].text)
    return First(example.question.answerable, measured, right)


def taught_on(
    answerer: Answerer,
    taught: Sequence[Example],
    others: Sequence[Example],
    blank: frozenset[str] = frozenset(),
) -> dict[str, float]:
    """Return what some questions teach about others: shares of those that the ranking sees."""
    weights, model = fit(answerer, taught, blank)
    firsts = [first(answerer, example, weights) for example in others]
    kept = [float(name not in blank) for name in confidence.FEATURES]
    declined = [
        model.probability(np.multiply(one.features, kept).tolist()) < THRESHOLD for one in firsts
    ]
    pairs = list(zip(firsts, declined, strict=True))
    return {
        "first": _share(one.right for one, _ in pairs if one.answerable),
        "first, answered": _share(one.right and not no for one, no in pairs if one.answerable),
        "declined": _share(no for one, no in pairs if not one.answerable),
        "wrongly declined": _share(no for one, no in pairs if one.answerable),
    }


def _words(answerer: Answerer, found: ranking.Candidates) -> list[str]:
    windows, passages = answerer.finder.windows, answerer.finder.passages
    texts = []
    for window in found.windows.tolist():
        passage = passages[windows.passage[window]]
        begins = passage.sentences[windows.first[window]]
        ends = passage.sentences[windows.last[window]]
        texts.append(passage.episode.words(Span(begins.start, ends.end)))
    return texts


def _share(flags: Iterable[bool]) -> float:
    known = list(flags)
    return round(sum(known) / max(1, len(known)), 3)


def _as_json(weights: dict[str, float], model: Model) -> dict[str, Any]:
    return {
        "ranking": weights,
        "confidence": {
            "features": confidence.FEATURES,
            "center": model.center.round(4).tolist(),
            "scale": model.scale.round(4).tolist(),
            "form": model.form.round(5).tolist(),
            "slope": round(model.slope, 4),
            "offset": round(model.offset, 4),
        },
    }


def main(paths: Sequence[str]) -> None:
    """Fit on the questions of some files, and write the weights."""
    knowledge = Path(__file__).parents[2] / "knowledge"
    answerer = ready(load(knowledge), knowledge)
    known = {path: examples(answerer, read_questions(Path(path))) for path in paths}
    for path, held_out in known.items():
        others = [one for other, some in known.items() if other != path for one in some]
        if others:
            print(path, taught_on(answerer, others, held_out))  # noqa: T201 - its output
    weights, model = fit(answerer, [one for some in known.values() for one in some])
    PATH.write_text(json.dumps(_as_json(weights, model)) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
