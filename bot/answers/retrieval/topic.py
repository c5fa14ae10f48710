"""A question with all that was found for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.question.follow_up import Reference
from bot.answers.question.parse import ParsedQuestion
from bot.answers.question.terms import Term
from bot.answers.retrieval.search import Among, Floats
from bot.answers.retrieval.windows import Window
from bot.search.tokens import stem, words

# How much search says beside the reader's logit, where one passage is set against another. Chosen
# on the author that training leaves out: without it, first is .43 there in place of .48.
_SEARCHED = 0.25
# Windows; some twenty episodes have so many. Chosen by hand: what is found among more of them is
# less likely to be right, and is judged by itself.
_MANY = 5_000


@dataclass(frozen=True, slots=True)
class Ranked(Window):
    """A window with what was found out about it.

    `near` is its score in the search, `logit` the reader's, None where it was not read. `score`
    orders windows: the higher, the surer it answers.
    """

    near: float = 0.0
    logit: float | None = None

    @property
    def score(self) -> float:
        """Return what windows are ordered by."""
        if self.logit is None:
            return self.near
        return _SEARCHED * self.near + self.logit


@dataclass(frozen=True, slots=True)
class Topic:
    """A question with all that was found out about it.

    `asked` is what the reader was asked: the question, with what it points at in its place.
    `scores` are how near the windows of the episodes `among` are, None for all. `ranked` are the
    best windows, best first, no two of which share a sentence, and `read` tells whether they were
    read. `announced` is set if an episode announces a list in the words of the question, `whole`
    where quotes of the thread are left out: the same with them.
    """

    question: ParsedQuestion
    asked: str
    terms: list[Term]
    ranked: list[Ranked]
    reference: Reference
    scores: Floats
    among: Among
    announced: bool = False
    whole: "Topic | None" = None
    read: bool = False

    @property
    def of_many(self) -> bool:
        """Return whether the windows of many episodes were looked at."""
        return self.scores.size >= _MANY

    @property
    def unmet(self) -> list[Term]:
        """Return the terms that the best passage lacks, with the question that it answers."""
        return unmet(self.terms, self.ranked[0]) if self.ranked else self.terms


def unmet(terms: Sequence[Term], window: Window) -> list[Term]:
    """Return the terms that neither a window's passage nor the turn before it says."""
    said = set(map(stem, words(f"{window.passage.scored} {' '.join(window.passage.names)}")))
    return [term for term in terms if term.stem not in said]


def best_apart(found: Iterable[Ranked]) -> list[Ranked]:
    """Return windows, best first, without those that share a sentence with a better one."""
    kept: dict[int, list[Ranked]] = {}
    for one in sorted(found, key=lambda one: -one.score):
        others = kept.setdefault(one.number, [])
        if not any(one.first <= other.last and other.first <= one.last for other in others):
            others.append(one)
    return sorted((one for others in kept.values() for one in others), key=lambda one: -one.score)
