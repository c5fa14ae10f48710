"""Ranking: which sentences of which passage answer, by features comparable between questions.

The index proposes passages; every window of theirs gets a weighted sum of features. Coverage
features are shares of the weight of the question's clues, so they lie between 0 and 1 whatever
the question. The weights are fitted by `bot.evaluation.fit`; README.md beside this file shows
what each idea brings.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.answers.clues import Clue
from bot.answers.understanding import Form
from bot.answers.windows import Floats, Ints, Windows
from bot.search.passages import Passage

FEATURES = (
    "literal",
    "meant",
    "kin",
    "topic",
    "main",
    "kin_topic",
    "kin_main",
    "same_topic",
    "same_here",
    "rest",
    "around",
    "asked_literal",
    "asked_meant",
    "asked_kin",
    "asked_likeness",
    "asked_repeated",
    "heading",
    "together",
    "index",
    "asker",
    "short",
    "term",
    "term_defines",
    "number",
    "no_number",
    "reason",
    "example",
    "points_back",
    "opening",
    "length",
    "length_squared",
)
# A follow-up's bonus for the passage of the answer before, and in how many turns it fades.
_NEARNESS = 2.0
_REACH = 4.0
# What the whole question's weight, newly covered, is worth to the next quote of a comparison.
_NEW_SIDE = 2.0
_CONSIDERED = 10


@dataclass(frozen=True, slots=True)
class Ranked:
    """A window of a passage, its features in the order of `FEATURES`, and its score."""

    number: int
    passage: Passage
    first: int
    last: int
    features: tuple[float, ...]
    score: float


class Measure:
    """Measures windows against one question."""

    def __init__(
        self, windows: Windows, clues: Sequence[Clue], form: Form, said: frozenset[str]
    ) -> None:
        """Meet the clues everywhere; `said` are the stems of all words of the question."""
        self._windows, self._clues, self._form, self._said = windows, clues, form, said
        self._literal, self._meant, self._kin = windows.places.met(clues)
        self._any = self._literal | self._meant
        self._share = _shares([clue.weight for clue in clues])
        self._same = windows.places.together(clues) / (sum(clue.weight for clue in clues) or 1.0)

    def _repeats(self, passage: Ints) -> Floats:
        """How far the question repeats the one that led to a passage, function words and all.

        The Jaccard coefficient of their stems: 0 for nothing in common, 1 for the same words.
        """
        shares = np.zeros(len(self._windows.asked))
        for number in set(passage.tolist()):
            asked = self._windows.asked[number]
            both = len(asked & self._said)
            shares[number] = both / (len(asked) + len(self._said) - both) if both else 0.0
        repeated: Floats = shares[passage]
        return repeated

    def features(self, chosen: Ints, index: Floats) -> Floats:
        """One row a window, in the order of `FEATURES`; `index` is its passage's index score."""
        passage = self._windows.passage[chosen]
        found = {
            **self._coverage(self._windows.rows[chosen], passage),
            **self._topics(self._windows.rows[chosen], passage),
            **self._shape({name: values[chosen] for name, values in self._windows.about.items()}),
            "asked_repeated": self._repeats(passage),
            "index": index,
        }
        return np.stack([found[name] for name in FEATURES], axis=1)

    def _coverage(self, rows: Ints, passage: Ints) -> dict[str, Floats]:
        """What share of the question stands in a window, and what share only beside it."""
        share = self._share
        literal = np.bitwise_or.reduce(self._literal[rows], axis=1)
        here = np.bitwise_or.reduce(self._any[rows], axis=1)
        kin = np.bitwise_or.reduce(self._kin[rows], axis=1)
        beyond = here | self._whole()[passage]
        asked_literal = self._side(self._literal, "asked")[passage]
        asked = self._side(self._any, "asked")[passage]
        asked_kin = self._side(self._kin, "asked")[passage]
        together = np.bitwise_count(self._any)[rows].max(axis=1)
        return {
            "literal": share[literal],
            "meant": share[here & ~literal],
            "kin": share[kin & ~here],
            "rest": share[beyond & ~here],
            "around": share[self._side(self._any, "around")[passage] & ~beyond],
            "heading": share[self._side(self._any, "heading")[passage] & ~beyond],
            "asked_literal": share[asked_literal],
            "asked_meant": share[asked & ~asked_literal & ~beyond],
            "asked_kin": share[asked_kin & ~asked & ~beyond & ~kin],
            "asked_likeness": np.bitwise_count(asked_literal)
            / (3 + self._windows.asked_sizes[passage] / 4),
            "together": together / max(2, len(self._clues)),
        }

    def _topics(self, rows: Ints, passage: Ints) -> dict[str, Floats]:
        """What share of the question a passage speaks of at length, and as one concept."""
        share = self._share
        return {
            "topic": share[self._side(self._meant, "topics")[passage]],
            "main": share[self._side(self._meant, "mains")[passage]],
            "kin_topic": share[self._side(self._kin, "topics")[passage]],
            "kin_main": share[self._side(self._kin, "mains")[passage]],
            "same_topic": self._same[self._windows.sides["topics"]][passage],
            "same_here": self._same[rows].max(axis=1),
        }

    def _shape(self, about: dict[str, Floats]) -> dict[str, Floats]:
        """What a window is like, whatever it says, and whether that suits the question's form."""
        form, numbers, length = self._form, about["number"], about["words"] / 50
        return {
            "asker": about["asker"],
            "short": about["short"],
            "term": about["term"],
            "term_defines": about["term"] * (form is Form.DEFINITION),
            "number": numbers * (form is Form.NUMBER),
            "no_number": (1 - numbers) * (form is Form.NUMBER),
            "reason": about["reason"] * (form is Form.REASON),
            "example": about["example"] * (form is Form.EXAMPLE),
            "points_back": about["points_back"],
            "opening": about["opening"],
            "length": length,
            "length_squared": length**2,
        }

    def _side(self, met: Ints, side: str) -> Ints:
        """What is met at one side of each passage."""
        there: Ints = met[self._windows.sides[side]]
        return there

    def met_in(self, number: int, first: int, last: int) -> tuple[list[Clue], list[Clue]]:
        """The clues that sentences of a passage meet word for word, and in other words only."""
        start = int(self._windows.sentence_starts[number])
        here = slice(start + first, start + last + 1)
        literal = int(np.bitwise_or.reduce(self._literal[here]))
        meant = int(np.bitwise_or.reduce(self._meant[here])) & ~literal
        return self._of(literal), self._of(meant)

    def met_by(self, ranked: Ranked) -> set[frozenset[str]]:
        """The stems of the clues that a window meets, in whatever words."""
        literal, meant = self.met_in(ranked.number, ranked.first, ranked.last)
        return {clue.stems for clue in (*literal, *meant)}

    def share(self, stems: set[frozenset[str]]) -> float:
        """The share of the question's weight that clues with these stems have."""
        total = sum(clue.weight for clue in self._clues) or 1.0
        return sum(clue.weight for clue in self._clues if clue.stems in stems) / total

    def unmet(self, number: int) -> list[Clue]:
        """The clues that neither a passage nor what stands around it meets."""
        met = int(self._whole()[number])
        for side in ("asked", "around", "heading"):
            met |= int(self._any[self._windows.sides[side]][number])
        return self._of(~met)

    def _of(self, bits: int) -> list[Clue]:
        return [clue for position, clue in enumerate(self._clues) if bits >> position & 1]

    def _whole(self) -> Ints:
        """What each passage meets as a whole."""
        starts = self._windows.sentence_starts
        found: Ints = np.bitwise_or.reduceat(self._any[: starts[-1]], starts[:-1])
        return found


@dataclass(frozen=True, slots=True)
class Candidates:
    """The windows of the proposed passages: `windows[i]` has `features[i]`.

    Those of passage `passages[p]` are from `starts[p]` up to `starts[p + 1]`.
    """

    passages: Ints
    starts: Ints
    windows: Ints
    features: Floats


def candidates(
    windows: Windows, proposed: Sequence[tuple[int, float]], measure: Measure
) -> Candidates:
    """The windows of proposed passages.

    `proposed` are positions of passages, each with its index score as a share of the best one's.
    """
    numbers = np.array([number for number, _ in proposed], np.int64)
    counts = windows.starts[numbers + 1] - windows.starts[numbers]
    chosen = windows.of(numbers)
    index = np.repeat([share for _, share in proposed], counts)
    starts = np.concatenate(([0], counts.cumsum()))
    return Candidates(numbers, starts, chosen, measure.features(chosen, index))


def rank(
    windows: Windows,
    passages: Sequence[Passage],
    found: Candidates,
    weights: Mapping[str, float],
) -> list[Ranked]:
    """The best window of each proposed passage, best first."""
    scores = found.features @ np.array([weights.get(name, 0.0) for name in FEATURES])
    best = []
    for position, number in enumerate(found.passages.tolist()):
        start, end = found.starts[position : position + 2].tolist()
        if start == end:
            continue
        row = start + int(scores[start:end].argmax())
        window = found.windows[row]
        first, last = int(windows.first[window]), int(windows.last[window])
        seen = tuple(found.features[row].tolist())
        best.append(Ranked(number, passages[number], first, last, seen, float(scores[row])))
    return sorted(best, key=lambda one: -one.score)


def _shares(weights: Sequence[float]) -> Floats:
    """The share of all weight that each set of clues has, by the set's bits."""
    mass = np.zeros(1)
    for weight in weights:
        mass = np.concatenate((mass, mass + weight))
    shares: Floats = mass / (mass[-1] or 1.0)
    return shares


def both_sides(ranked: Sequence[Ranked], measure: Measure, count: int) -> list[Ranked]:
    """The best `count`, each next one preferred for what those before it leave out.

    A comparison wants both of its sides, and one passage seldom speaks of both.
    """
    left, chosen = list(ranked[:_CONSIDERED]), list[Ranked]()
    said: set[frozenset[str]] = set()
    while left and len(chosen) < count:
        new = [measure.share(measure.met_by(one) - said) for one in left]
        best = max(range(len(left)), key=lambda at: left[at].score + _NEW_SIDE * new[at])
        chosen.append(left.pop(best))
        said |= measure.met_by(chosen[-1])
    return chosen


def closest(ranked: Sequence[Ranked], before: Passage) -> list[Ranked]:
    """Ranked anew for a follow-up: what stands near the answer before it is likelier meant."""
    return sorted(
        (replace(one, score=one.score + _closeness(one.passage, before)) for one in ranked),
        key=lambda one: -one.score,
    )


def _closeness(passage: Passage, before: Passage) -> float:
    if passage.episode is not before.episode or passage.turn < 0 or before.turn < 0:
        return 0.0
    return _NEARNESS * math.exp(-abs(passage.turn - before.turn) / _REACH)
