"""What became of the questions that a language model was asked about. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from bot.storage import Question


@dataclass(frozen=True, slots=True)
class Consultations:
    """How often a language model was of what use, by `Consulted.outcome`, and what that cost.

    `mean_seconds` is how long a question waited for it.
    """

    agreed: int
    pointed: int
    declined: int
    failed: int
    tokens: int
    mean_seconds: float

    @property
    def asked(self) -> int:
        """Return how many questions it was asked about."""
        return self.agreed + self.pointed + self.declined + self.failed

    @property
    def figures(self) -> Mapping[str, float]:
        """Return how often it was asked, then each of its figures, by name."""
        return {"asked": self.asked, **asdict(self)}


def consultations(questions: Iterable[Question]) -> Consultations | None:
    """Return the figures of questions; None if no model was asked about any."""
    asked = [one for one in questions if one.pointing]
    if not asked:
        return None
    counts = Counter(one.pointing for one in asked)
    return Consultations(
        agreed=counts["agreed"],
        pointed=counts["pointed"],
        declined=counts["declined"],
        failed=counts["failed"],
        tokens=sum(one.tokens for one in asked),
        mean_seconds=round(sum(one.pointing_seconds for one in asked) / len(asked), 2),
    )
