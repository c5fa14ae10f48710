"""Questions over time: each day's, and what of them is about a show or an episode. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from bot.storage import Question


@dataclass(frozen=True, slots=True)
class Day:
    """How many questions of a day, in UTC, were answered and declined."""

    date: date
    answered: int
    declined: int

    @property
    def asked(self) -> int:
        """Return how many questions there were."""
        return self.answered + self.declined


@dataclass(frozen=True, slots=True)
class Share:
    """How many questions were about something: a show, or the episode of a slug.

    `answered` counts the answers that quote it, `declined` what was declined about it.
    """

    name: str
    answered: int
    declined: int

    @property
    def asked(self) -> int:
        """Return how many questions there were."""
        return self.answered + self.declined


def by_day(questions: Iterable[Question], first: date, last: date) -> tuple[Day, ...]:
    """Return every day from the first to the last, also those without a question."""
    counts = Counter((one.asked_at.astimezone(UTC).date(), one.answered) for one in questions)
    return tuple(Day(day, counts[day, True], counts[day, False]) for day in _days(first, last))


def about(question: Question) -> frozenset[str]:
    """Return the slugs of the episodes that a question is about.

    They are those that its answer quotes, and the one that it was narrowed to. Of a declined
    question that named none, nobody can tell.
    """
    quoted = (passage.episode for passage in question.passages)
    return frozenset(filter(None, (question.episode, *quoted)))


def shows_about(question: Question, shows: Mapping[str, str]) -> frozenset[str]:
    """Return the names of the shows that a question is about; `shows` are those of the slugs.

    Where it is about no episode, it is the show that it was looked for in first.
    """
    slugs = about(question)
    if not slugs:
        return frozenset(filter(None, [question.show]))
    return frozenset(shows[slug] for slug in slugs if slug in shows)


def shares(
    questions: Iterable[Question], names: Callable[[Question], Iterable[str]]
) -> tuple[Share, ...]:
    """Return the questions about each of what `names` makes of a question, the most asked first.

    A question with two names counts for both.
    """
    answered, declined = Counter[str](), Counter[str]()
    for one in questions:
        (answered if one.answered else declined).update(names(one))
    found = (Share(name, answered[name], declined[name]) for name in answered | declined)
    return tuple(sorted(found, key=lambda one: (-one.asked, -one.answered, one.name)))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days) for days in range((last - first).days + 1))
