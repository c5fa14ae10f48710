"""The same questions with and without language models that point, side by side."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from statistics import mean
from typing import Any

from bot.evaluation.metrics import Figures, Outcome, figures
from bot.evaluation.report import Report

_LOCAL = "no model"
_SHARES = {
    "first": "first",
    "three": "three",
    "declined": "declined",
    "wrongly_declined": "wrongly declined",
}
# What a model declined is no share of what was rightly declined.
_ROWS = {"declined": "it chose none", "seconds": "mean seconds"}


@dataclass(frozen=True, slots=True)
class Cost:
    """How many questions a model was asked, what became of them, and what that took.

    `seconds` is the mean of one question; None where none was asked.
    """

    asked: int
    agreed: int
    pointed: int
    declined: int
    failed: int
    tokens: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run without a model, and one with each, by its name."""

    local: Report
    models: Mapping[str, Report]

    def as_json(self) -> dict[str, Any]:
        """Return the run without a model as ever, and beside it what each model makes of it."""
        models = {
            name: {**asdict(figures(run.outcomes)), "model": asdict(cost(run.outcomes))}
            for name, run in self.models.items()
        }
        return {**self.local.as_json(), "models": models}

    def as_text(self) -> str:
        """Return the run without a model as ever, and a column for each below it."""
        return "\n".join([self.local.as_text(), "", *self.table()])

    def table(self) -> Iterator[str]:
        """Yield the shares of each run, then what each model cost, line by line."""
        runs = {_LOCAL: self.local, **self.models}
        width = 2 + max(len("wrongly declined"), *map(len, runs))
        yield f"{'':18}" + "".join(f"{name:>{width}}" for name in runs)
        found = [figures(run.outcomes) for run in runs.values()]
        for field, name in _SHARES.items():
            yield f"{name:18}" + "".join(_share(one, field, width) for one in found)
        costs = [cost(run.outcomes) for run in self.models.values()]
        for one in fields(Cost):
            cells = "".join(_cell(getattr(spent, one.name), width) for spent in costs)
            yield f"{_ROWS.get(one.name, one.name):18}{'':{width}}{cells}"


def cost(outcomes: Sequence[Outcome]) -> Cost:
    """Return what a model that was asked in a run made of it."""
    asked = [one.consulted for one in outcomes if one.consulted]
    count = Counter(one.outcome for one in asked)
    return Cost(
        asked=len(asked),
        agreed=count["agreed"],
        pointed=count["pointed"],
        declined=count["declined"],
        failed=count["failed"],
        tokens=sum(one.tokens for one in asked),
        seconds=mean(one.seconds for one in asked) if asked else None,
    )


def _share(found: Figures, field: str, width: int) -> str:
    share = getattr(found, field)
    return f"{'' if share is None else f'{share:.3f}':>{width}}"


def _cell(value: float | None, width: int) -> str:
    if value is None:
        return f"{'':{width}}"
    return f"{value:>{width},}" if isinstance(value, int) else f"{value:>{width}.2f}"
