"""Decides whether what was found answers, and keeps the reason why not. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.answers.confidence.model import THRESHOLD, probability
from bot.answers.question.follow_up import Reference
from bot.answers.retrieval.retriever import Topic

# A passage that the thread has not shown is shown instead of a better one that it has shown, if it
# answers with this probability. Chosen by hand: .5 to .9 differ by one question of 34 in
# `python -m bot evaluate tests/evaluation/threads.yaml`.
_LIKELY = 0.6
# A list that the episode announces in the words of the question. Chosen by hand: sure enough to be
# shown, less so than a definition of the sheet.
_ANNOUNCED = 0.9


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer: `reason` says why not, and is empty if the bot answers.

    `probability` is that of the best passage answering, 0 to 1. The reasons are those of
    `NoAnswer`. `repeats` is set if only a quote answers that the thread has shown.
    """

    probability: float
    reason: str = ""
    repeats: bool = False

    @property
    def answers(self) -> bool:
        """Return whether the best passage is shown as an answer."""
        return not self.reason


def decide(retrieval: Topic, estimate: Callable[[Topic], float] = probability) -> Decision:
    """Decide from a question and its ranked passages.

    Args:
        retrieval: the question, and the passages for it, best first.
        estimate: returns the probability that the best of them answers.
    """
    decision = _decide(retrieval, estimate)
    if retrieval.whole is None:
        return decision
    best = _decide(retrieval.whole, estimate)
    if not best.answers:
        return best
    if retrieval.reference is Reference.MORE:  # asked for, what is less likely will do
        return decision if decision.answers else replace(decision, reason="nothing_new")
    fresh = decision.answers and decision.probability >= min(_LIKELY, best.probability)
    return decision if fresh else replace(best, repeats=True)


def _decide(retrieval: Topic, estimate: Callable[[Topic], float]) -> Decision:
    sure = max(estimate(retrieval), _ANNOUNCED if retrieval.announced else 0.0)
    return Decision(sure, _reason(retrieval, sure))


def _reason(retrieval: Topic, sure: float) -> str:
    """Return why not to answer; empty if the best passage is likely to."""
    likely = bool(retrieval.ranked) and sure >= THRESHOLD
    missing = [clue for clue in retrieval.clues if not clue.heard]
    if retrieval.question.defines and (missing or retrieval.missing or not likely):
        return "unknown_term"
    if likely and (retrieval.announced or not retrieval.missing):
        return ""
    if retrieval.missing or any(clue.foreign and not clue.known for clue in missing):
        return "missing_name"
    return "below_threshold" if retrieval.ranked else "nothing_found"
