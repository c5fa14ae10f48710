"""Measuring windows against a question, by features that compare between questions.

Coverage features are shares of the weight of the question's clues, so they lie between 0 and 1
whatever the question.
"""

from collections.abc import Sequence

import numpy as np

from bot.answers.question.parse import Form
from bot.answers.question.terms import Clue
from bot.answers.retrieval.windows import Floats, Ints, Windows

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
    "asked_literal",
    "asked_meant",
    "asked_kin",
    "asked_likeness",
    "asked_repeated",
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
        """Return what share of the question stands in a window, and what share only beside it."""
        share = self._share
        literal = np.bitwise_or.reduce(self._literal[rows], axis=1)
        here = np.bitwise_or.reduce(self._any[rows], axis=1)
        kin = np.bitwise_or.reduce(self._kin[rows], axis=1)
        beyond = here | self._whole()[passage]
        asked_literal = self._side(self._literal, "asked")[passage]
        asked = self._side(self._any, "asked")[passage]
        asked_kin = self._side(self._kin, "asked")[passage]
        return {
            "literal": share[literal],
            "meant": share[here & ~literal],
            "kin": share[kin & ~here],
            "asked_literal": share[asked_literal],
            "asked_meant": share[asked & ~asked_literal & ~beyond],
            "asked_kin": share[asked_kin & ~asked & ~beyond & ~kin],
            "asked_likeness": np.bitwise_count(asked_literal)
            / (3 + self._windows.asked_sizes[passage] / 4),
        }

    def _topics(self, rows: Ints, passage: Ints) -> dict[str, Floats]:
        """Return what share of the question a passage speaks of at length, and as one concept."""
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
        """Return what a window is like, and whether that suits the question's form."""
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
        """Return what is met at one side of each passage."""
        there: Ints = met[self._windows.sides[side]]
        return there

    def met_in(self, number: int, first: int, last: int) -> tuple[list[Clue], list[Clue]]:
        """Return the clues that sentences meet word for word, and in other words only."""
        start = int(self._windows.sentence_starts[number])
        here = slice(start + first, start + last + 1)
        literal = int(np.bitwise_or.reduce(self._literal[here]))
        meant = int(np.bitwise_or.reduce(self._meant[here])) & ~literal
        return self._of(literal), self._of(meant)

    def unmet(self, number: int) -> list[Clue]:
        """Return the clues that neither a passage nor the turn that led to it meets."""
        met = int(self._whole()[number])
        met |= int(self._side(self._any, "asked")[number])
        return self._of(~met)

    def _of(self, bits: int) -> list[Clue]:
        return [clue for position, clue in enumerate(self._clues) if bits >> position & 1]

    def _whole(self) -> Ints:
        """Return what each passage meets as a whole."""
        starts = self._windows.sentence_starts
        found: Ints = np.bitwise_or.reduceat(self._any[: starts[-1]], starts[:-1])
        return found


def _shares(weights: Sequence[float]) -> Floats:
    """Return the share of all weight that each set of clues has, by the set's bits."""
    mass = np.zeros(1)
    for weight in weights:
        mass = np.concatenate((mass, mass + weight))
    shares: Floats = mass / (mass[-1] or 1.0)
    return shares
