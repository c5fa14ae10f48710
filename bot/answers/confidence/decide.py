"""Decides whether what was found answers, and keeps the reason why not. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.answers.confidence.model import model, probability
from bot.answers.question.follow_up import Reference
from bot.answers.question.this_episode import asks_of_itself
from bot.answers.retrieval.retriever import MERE_NAMES
from bot.answers.retrieval.topic import Ranked, Topic
from bot.search.tokens import stem, words

# A passage that the thread has shown is shown again if it answers with this probability, and none
# that it has not shown does. What is asked of an episode itself is seldom said in it, and takes as
# much, as does a term whose words stand apart. Chosen by hand, with tests/evaluation/threads.yaml
# in view.
_LIKELY = 0.5
# A list that the episode announces in the words of the question. Chosen by hand: sure enough to be
# shown, less so than a definition of the sheet.
_ANNOUNCED = 0.9
# Within so many words for each of its own, a term stands together. Chosen by hand: `the window of
# context` does.
_TOGETHER = 3
# What parts words, hyphens too: a text may write `few shot` for `few-shot`.
_PARTS = re.compile(r"[^\w+#]+")


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


def decide(topic: Topic, estimate: Callable[[Topic], float] = probability) -> Decision:
    """Decide from a question and its ranked passages.

    Args:
        topic: the question, and the passages for it, best first.
        estimate: returns the probability that the best of them answers.
    """
    decision = _decide(topic, estimate)
    if topic.whole is None or _is_new(topic.whole.ranked[0], topic):
        return decision
    best = _decide(topic.whole, estimate)
    if not best.answers:
        return best
    if topic.reference is Reference.MORE:  # asked for, what is less likely will do
        return decision if decision.answers else replace(decision, reason="nothing_new")
    fresh = decision.answers and decision.probability >= _LIKELY
    return decision if fresh or best.probability < _LIKELY else replace(best, repeats=True)


def _decide(topic: Topic, estimate: Callable[[Topic], float]) -> Decision:
    sure = 0.0 if _speaks_of_nothing_known(topic) else estimate(topic)
    sure = max(sure, _ANNOUNCED if topic.announced else 0.0)
    return Decision(sure, _reason(topic, sure))


def _reason(topic: Topic, sure: float) -> str:
    """Return why not to answer; empty if the best passage is likely to."""
    if not topic.ranked or not topic.terms:
        return "nothing_found"
    doubtful = asks_of_itself(topic.question) or (topic.question.defines and _apart(topic))
    least = _LIKELY if doubtful else 0.0
    likely = sure >= max(least, model(topic).threshold)
    if topic.question.defines and (topic.unmet or _other_compounds(topic) or not likely):
        return "unknown_term"
    if likely:
        return ""
    named = any(one.named or one.strange for one in topic.unmet)
    return "missing_name" if named else "below_threshold"


def _is_new(best: Ranked, topic: Topic) -> bool:
    """Return whether the best window is one that the thread has not shown."""
    return any((one.number, one.first) == (best.number, best.first) for one in topic.ranked)


def _speaks_of_nothing_known(topic: Topic) -> bool:
    """Return whether most terms are no words, or a mere name is asked for and stands nowhere near.

    A reader finds something in everything; what it cannot know, it should not be asked: a question
    in another language, or in none.
    """
    strange = 2 * sum(one.strange for one in topic.terms) > len(topic.terms)
    names = topic.question.form in MERE_NAMES and topic.reference is Reference.NONE
    return not topic.terms or strange or (names and len(topic.unmet) == len(topic.terms))


def _other_compounds(topic: Topic) -> bool:
    """Return whether the best passage lacks a word with an affix, or a single letter, as written.

    `post-training` is not `pre-training`, and `x` is not whatever has an x somewhere.
    """
    passage = topic.ranked[0].passage
    spaced = _spaced(f"{passage.scored} {' '.join(passage.names)}")
    asked = topic.question.core.split()[1:]
    compounds = (one for one in asked if "-" in one.strip("-") or len(one) == 1)
    return any(_spaced(one) not in spaced for one in compounds)


def _apart(topic: Topic) -> bool:
    """Return whether the words of a term stand far from each other in the best passage, or not all.

    Whatever speaks of databases and of a risk vector defines no vector database.
    """
    term = {one.stem for one in topic.terms}
    said = list(map(stem, words(topic.ranked[0].passage.scored)))
    return not any(term <= set(said[at : at + _TOGETHER * len(term)]) for at in range(len(said)))


def _spaced(text: str) -> str:
    """Return the words of a text with spaces around each."""
    return f" {' '.join(_PARTS.sub(' ', text.lower()).split())} "
