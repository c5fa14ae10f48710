"""A run over a question file, for people and for programs."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.answers import Answer, Answerer, Pointer, Quote
from bot.evaluation.brevity import Brevity, brevity
from bot.evaluation.metrics import (
    Figures,
    Outcome,
    calibration_error,
    figures,
    reliability,
)
from bot.evaluation.questions import NOTHING, Question, Shown, read_questions


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of a run, in the order of the file."""

    outcomes: tuple[Outcome, ...]

    def as_json(self) -> dict[str, Any]:
        """Return all figures, with every question's outcome."""
        bins = reliability(self.outcomes)
        return {
            **asdict(figures(self.outcomes)),
            "calibration_error": calibration_error(bins),
            "reliability": [asdict(one) for one in bins],
            "one_quote": [asdict(one) for one in brevity(self.outcomes)],
            "kinds": {kind: asdict(found) for kind, found in self._kinds()},
            "questions": [_as_row(outcome) for outcome in self.outcomes],
        }

    def as_text(self) -> str:
        """Return tables of the figures, then what went wrong."""
        parts = (self._table(), self._calibration(), self._brevity(), self._misses())
        return "\n\n".join("\n".join(part) for part in parts)

    def _kinds(self) -> Iterator[tuple[str, Figures]]:
        for kind in dict.fromkeys(outcome.question.kind for outcome in self.outcomes):
            of_kind = [outcome for outcome in self.outcomes if outcome.question.kind == kind]
            yield kind, figures(of_kind)

    def _table(self) -> Iterator[str]:
        names = ("first", "three", "declined", "wrongly declined", "words")
        yield f"{'':14}{'questions':>10}" + "".join(f"{name:>18}" for name in names)
        for kind, found in (*self._kinds(), ("all", figures(self.outcomes))):
            shares = (found.first, found.three, found.declined, found.wrongly_declined)
            count = found.answerable + found.unanswerable
            words = "" if found.words is None else f"{found.words:.0f}"
            yield f"{kind:14}{count:>10}" + "".join(map(_percent, shares)) + f"{words:>18}"

    def _calibration(self) -> Iterator[str]:
        bins = reliability(self.outcomes)
        yield f"expected calibration error {calibration_error(bins):.3f}"
        yield f"{'confidence':>12}{'right':>8}{'questions':>11}"
        for one in bins:
            yield f"{one.confidence:>12.2f}{one.right:>8.2f}{one.count:>11}"

    def _brevity(self) -> Iterator[str]:
        yield f"{'one quote from':>14}{'right one visible':>19}{'characters':>12}"
        for one in brevity(self.outcomes):
            characters = "" if one.characters is None else f"{one.characters:.0f}"
            yield f"{_from(one):>14}{_percent(one.visible, 19)}{characters:>12}"

    def _misses(self) -> Iterator[str]:
        for outcome in self.outcomes:
            if what := _what_is_wrong(outcome):
                yield f"{outcome.question.id:6}{what:24}{outcome.question.text}"


def run(
    path: Path, answerer: Answerer, episode: str | None = None, pointer: Pointer | None = None
) -> Report:
    """Ask every question of a file, of all episodes or of one, by its slug.

    `pointer` may be asked where the search is unsure.

    Raises:
        UnreadableError: the file is no question file.
    """
    return Report(tuple(_outcome(one, answerer, episode, pointer) for one in read_questions(path)))


def _outcome(
    question: Question, answerer: Answerer, episode: str | None, pointer: Pointer | None
) -> Outcome:
    answer = answerer.ask(question.text, question.history, episode, pointer=pointer)
    model = answer.consulted
    if isinstance(answer, Answer):
        shown = tuple(map(_shown, answer.quotes))
        return Outcome(question, shown, answer.confidence, answer=answer, consulted=model)
    found = answerer.topic(question.text, question.history, episode)
    best = found.ranked[0] if found and found.ranked else None
    withheld = _shown(answerer.quoted(best)) if best else NOTHING
    return Outcome(question, (), answer.confidence, withheld, consulted=model)


def _shown(quote: Quote) -> Shown:
    return Shown(quote.text, f"{quote.source.rpartition('/')[2]}:{quote.line}")


def _what_is_wrong(outcome: Outcome) -> str | None:
    if not outcome.question.answerable:
        return None if outcome.declined else "answered, should not"
    if outcome.declined:
        return "declined, should not"
    if not outcome.three:
        return "none of three right"
    return None if outcome.first else "second or third right"


def _as_row(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.question.id,
        "first": outcome.first,
        "three": outcome.three,
        "declined": outcome.declined,
        "confidence": outcome.confidence,
    }


def _from(one: Brevity) -> str:
    return "never" if one.one_from is None else f"{one.one_from:.2f}"


def _percent(share: float | None, width: int = 18) -> str:
    return f"{'' if share is None else f'{share:.3f}':>{width}}"
