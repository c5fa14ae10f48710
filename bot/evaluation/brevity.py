"""What it costs to show one quote instead of three, and what it saves in reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from bot.answers import as_text
from bot.evaluation.metrics import Outcome, share

# From these confidences on one quote is shown; 1 shows three to all but the surest.
CONFIDENCES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Brevity:
    """What people see if one quote is shown from a confidence on, and up to three below it.

    `one_from` is that confidence, None for three quotes always. `visible` is the share of
    answerable questions with a right quote among those shown, None without such questions.
    `characters` is the mean length of an answer's text, None without answers.
    """

    one_from: float | None
    visible: float | None
    characters: float | None


def brevity(outcomes: Sequence[Outcome]) -> Iterator[Brevity]:
    """Measure three quotes always, then one from each confidence on."""
    for one_from in (None, *CONFIDENCES):
        visible = share(
            any(map(one.question.answered_by, one.quotes[: _count(one, one_from)]))
            for one in outcomes
            if one.question.answerable
        )
        lengths = [
            len(as_text(one.answer, _count(one, one_from))) for one in outcomes if one.answer
        ]
        yield Brevity(one_from, visible, mean(lengths) if lengths else None)


def _count(outcome: Outcome, one_from: float | None) -> int:
    """Return how many quotes are shown."""
    if outcome.answer is None or one_from is None:
        return len(outcome.quotes)
    return len(outcome.answer.shown_from(one_from))
