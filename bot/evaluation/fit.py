"""Fits the weights of ranking and confidence: `python -m bot.evaluation.fit FILE... `.

Ranking: the softmax over all windows proposed for a question should put its mass on windows that
hold a gold span (listwise, marginal likelihood). Confidence: logistic regression on whether the
first quote is right. Both with L2 regularisation, by Adam (Kingma and Ba, 2015). It prints what
half of the questions teach about the other half, then fits on all and writes the weights.
"""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.answers import Answerer, confidence, ranking, ready
from bot.answers.finder import Topic
from bot.answers.windows import Floats
from bot.episodes import Span, load
from bot.evaluation.questions import Question, read_questions

WEIGHTS = Path(ranking.__file__).with_name("weights.json")
_RANKING_DECAY = 0.004
_CONFIDENCE_DECAY = 0.003


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the ranking sees: its candidates, and which of them answer it."""

    question: Question
    topic: Topic
    found: ranking.Candidates
    right: Floats


def examples(answerer: Answerer, questions: Sequence[Question]) -> list[Example]:
    """The questions for which passages are ranked."""
    made = []
    for question in questions:
        topic = answerer.topic(question.text, question.history)
        found = topic and answerer.finder.candidates(topic.clues, topic.measure)
        if topic and found:
            words = _words(answerer, found)
            right = np.array([question.answered_by(text) for text in words], float)
            made.append(Example(question, topic, found, right))
    return made


def fit_ranking(known: Sequence[Example]) -> Floats:
    """Weights for `ranking.FEATURES`."""
    taught = [example for example in known if example.right.any()]

    def slope(weights: Floats) -> Floats:
        total = np.zeros_like(weights)
        for example in taught:
            scores = example.found.features @ weights
            mass = np.exp(scores - scores.max())
            mass /= mass.sum()
            wanted = mass * example.right
            total += example.found.features.T @ (mass - wanted / wanted.sum())
        return total / len(taught) + _RANKING_DECAY * weights

    return _descend(slope, len(ranking.FEATURES), steps=300, rate=0.1)


def fit_confidence(answerer: Answerer, known: Sequence[Example], weights: Floats) -> Floats:
    """Weights for `confidence.FEATURES`, given those of the ranking."""
    rows = [_first(answerer, example, weights) for example in known]
    features = np.array([row for row, _ in rows])
    right = np.array([float(is_right) for _, is_right in rows])

    def slope(weights: Floats) -> Floats:
        promised = 1 / (1 + np.exp(-features @ weights))
        gradient: Floats = features.T @ (promised - right) / len(right)
        return gradient + _CONFIDENCE_DECAY * weights

    return _descend(slope, len(confidence.FEATURES), steps=2_000, rate=0.05)


def _first(answerer: Answerer, example: Example, weights: Floats) -> tuple[Sequence[float], bool]:
    """The confidence features of the first quote, and whether it is right."""
    named = dict(zip(ranking.FEATURES, weights.tolist(), strict=True))
    finder, topic = answerer.finder, example.topic
    ranked = ranking.rank(finder.windows, finder.passages, example.found, named)
    best = ranked[0]
    span = Span(best.passage.sentences[best.first].start, best.passage.sentences[best.last].end)
    right = example.question.answered_by(best.passage.episode.words(span))
    return confidence.features(topic.question, topic.clues, topic.measure, ranked), right


def _words(answerer: Answerer, found: ranking.Candidates) -> list[str]:
    windows, passages = answerer.finder.windows, answerer.finder.passages
    texts = []
    for window in found.windows.tolist():
        passage = passages[windows.passage[window]]
        first = passage.sentences[windows.first[window]]
        last = passage.sentences[windows.last[window]]
        texts.append(passage.episode.words(Span(first.start, last.end)))
    return texts


def _descend(slope: Callable[[Floats], Floats], size: int, *, steps: int, rate: float) -> Floats:
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        gradient = slope(weights)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights = weights - rate * (mean / (1 - 0.9**step)) / (
            np.sqrt(square / (1 - 0.999**step)) + 1e-8
        )
    return weights


def _tested(
    answerer: Answerer, taught: Sequence[Example], tested: Sequence[Example]
) -> dict[str, float]:
    """What weights from some questions are worth on others that the ranking sees."""
    weights = fit_ranking(taught)
    sure = fit_confidence(answerer, taught, weights)
    rows = [(example, *_first(answerer, example, weights)) for example in tested]
    promised = [float(1 / (1 + np.exp(-np.dot(row, sure)))) for _, row, _ in rows]
    can = [example.question.answerable for example, *_ in rows]
    declined = [one < confidence.THRESHOLD for one in promised]
    return {
        "first": _share(right for (_, _, right), ok in zip(rows, can, strict=True) if ok),
        "declined": _share(no for no, ok in zip(declined, can, strict=True) if not ok),
        "wrongly declined": _share(no for no, ok in zip(declined, can, strict=True) if ok),
    }


def _share(flags: Iterable[bool]) -> float:
    known = list(flags)
    return round(sum(known) / max(1, len(known)), 3)


def main(paths: Sequence[str]) -> None:
    """Fit on the questions of some files, and write the weights."""
    knowledge = Path(__file__).parents[2] / "knowledge"
    answerer = ready(load(knowledge), knowledge)
    known = [
        example for path in paths for example in examples(answerer, read_questions(Path(path)))
    ]
    halves = known[::2], known[1::2]
    for taught, tested in (halves, halves[::-1]):
        print(_tested(answerer, taught, tested))  # noqa: T201 - its output
    weights = fit_ranking(known)
    sure = fit_confidence(answerer, known, weights)
    content = {
        "ranking": dict(zip(ranking.FEATURES, weights.round(3).tolist(), strict=True)),
        "confidence": dict(zip(confidence.FEATURES, sure.round(3).tolist(), strict=True)),
    }
    WEIGHTS.write_text(json.dumps(content, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
