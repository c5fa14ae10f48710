"""Ranking: which sentences of which passage answer.

The index proposes passages; every window of theirs gets a weighted sum of the features of
`measure`. The weights are fitted by `bot.evaluation.fit`; README.md beside this file shows what
each idea brings.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.answers.model import Quote
from bot.answers.quoting.quotes import holds
from bot.answers.retrieval.features import FEATURES, Measure
from bot.answers.retrieval.windows import Floats, Ints, Windows
from bot.episodes import Span
from bot.search.passages import Passage

# A follow-up's bonus for the passage of the answer before, and in how many turns it fades. Chosen
# by hand: without it, 67 % instead of 83 % of what is unanswerable on tests/evaluation/threads.yaml
# is declined; a reach of 2 or 8 changes one answer of 34.
_NEARNESS = 2.0
_REACH = 4.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A window of a passage, its features in the order of `FEATURES`, and its score."""

    number: int
    passage: Passage
    first: int
    last: int
    features: Floats
    score: float

    @property
    def text(self) -> str:
        """Return the words of the window."""
        sentences = self.passage.sentences
        span = Span(sentences[self.first].start, sentences[self.last].end)
        return self.passage.episode.words(span)

    def meets(self, quote: Quote) -> bool:
        """Return whether a quote has words of the window."""
        sentences = self.passage.sentences
        return (
            holds(self.passage, quote)
            and quote.start < sentences[self.last].end
            and sentences[self.first].start < quote.end
        )


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
    """Return the windows of proposed passages.

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
    shown: Collection[Quote] = (),
) -> list[Ranked]:
    """Return the best window of each proposed passage, best first, without words of `shown`."""
    scores = (found.features @ np.array([weights.get(name, 0.0) for name in FEATURES])).tolist()
    starts = found.starts.tolist()
    best: list[Ranked] = []
    for number, start, end in zip(found.passages.tolist(), starts, starts[1:], strict=False):
        passage = passages[number]
        old = [quote for quote in shown if holds(passage, quote)]
        rows = list(range(start, end))
        while rows:
            row = max(rows, key=scores.__getitem__)
            window = found.windows[row]
            first, last = int(windows.first[window]), int(windows.last[window])
            one = Ranked(number, passage, first, last, found.features[row], scores[row])
            if not any(map(one.meets, old)):
                best.append(one)
                break
            rows.remove(row)
    return sorted(best, key=lambda one: -one.score)


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
