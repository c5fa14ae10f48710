"""What a run over questions is worth, in figures that mean the same for every file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from bot.answers import Answer, Consulted
from bot.evaluation.questions import NOTHING, Question, Shown

_BINS = 10  # of equal width, as is usual for reliability diagrams


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, and the quotes that came back; none where the bot declined.

    `withheld` is then the best quote that it found and did not trust; empty if it found none.
    `answer` is the whole answer, None where the bot declined; `consulted` is what became of a
    language model, None where none was asked.
    """

    question: Question
    quotes: tuple[Shown, ...]
    confidence: float
    withheld: Shown = NOTHING
    answer: Answer | None = None
    consulted: Consulted | None = None

    @property
    def declined(self) -> bool:
        """Return whether the bot gave no answer."""
        return not self.quotes

    @property
    def first(self) -> bool:
        """Return whether the first quote answers."""
        return any(map(self.question.answered_by, self.quotes[:1]))

    @property
    def best(self) -> bool:
        """Return whether the best quote found answers, shown or withheld."""
        return self.first or self.question.answered_by(self.withheld)

    @property
    def three(self) -> bool:
        """Return whether one of the first three quotes answers."""
        return any(map(self.question.answered_by, self.quotes[:3]))


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like confidence: how many, what was promised, what was kept."""

    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares, 0 to 1, of the questions of a group.

    `first` and `three`: answerable ones whose first quote, or one of whose first three, holds a
    gold span. `declined`: unanswerable ones without an answer. `wrongly_declined`: answerable
    ones without an answer. `words`: median length of the first quote. A share of no questions
    is None.
    """

    answerable: int
    unanswerable: int
    first: float | None
    three: float | None
    declined: float | None
    wrongly_declined: float | None
    words: float | None


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures of some outcomes."""
    can = [outcome for outcome in outcomes if outcome.question.answerable]
    cannot = [outcome for outcome in outcomes if not outcome.question.answerable]
    lengths = [len(outcome.quotes[0].text.split()) for outcome in can if outcome.quotes]
    return Figures(
        answerable=len(can),
        unanswerable=len(cannot),
        first=share(outcome.first for outcome in can),
        three=share(outcome.three for outcome in can),
        declined=share(outcome.declined for outcome in cannot),
        wrongly_declined=share(outcome.declined for outcome in can),
        words=median(lengths) if lengths else None,
    )


def reliability(outcomes: Iterable[Outcome]) -> tuple[Bin, ...]:
    """Sort outcomes into ten bins of confidence; `right` is the share whose best quote answers.

    Declined questions count as well, by the quote that was withheld.
    """
    bins: list[list[Outcome]] = [[] for _ in range(_BINS)]
    for outcome in outcomes:
        bins[min(_BINS - 1, int(outcome.confidence * _BINS))].append(outcome)
    return tuple(
        Bin(
            len(held),
            sum(outcome.confidence for outcome in held) / len(held),
            sum(outcome.best for outcome in held) / len(held),
        )
        for held in bins
        if held
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean distance of promise and outcome.

    Naeini, Cooper, Hauskrecht: Obtaining Well Calibrated Probabilities Using Bayesian Binning,
    AAAI 2015.
    """
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.confidence - one.right) for one in bins) / total


def share(flags: Iterable[bool]) -> float | None:
    """Return the share that is true, 0 to 1; None of nothing."""
    known = list(flags)
    return sum(known) / len(known) if known else None
