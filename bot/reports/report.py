"""The figures of a span of time, from what the store has kept."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.reports.consulted import Consultations, consultations
from bot.reports.groups import Group, grouped, readable
from bot.storage import Feedback, Passage, Question, Store

_Reason = TypeVar("_Reason", str, str | None)


@dataclass(frozen=True, slots=True)
class Thumbs:
    """What people thought of answers that quote a passage; None is an answer without a quote.

    `reasons` are those of the thumbs down, the commonest first; without one it is None.
    """

    passage: Passage | None
    up: int
    down: int
    reasons: tuple[tuple[str | None, int], ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """In how many answers a segment was quoted."""

    episode: str
    segment: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """What was asked since a moment, and what became of it.

    `asked` is the sum of `answered` and `declined`; small talk is not kept. `up` and `down` count
    thumbs. `unanswered` groups what was declined, the biggest group first; `thumbs` begins with the
    most thumbs down, `quoted` with the most quoted. `comments` are what people added to a thumb
    down, the latest first. `reasons` counts why questions were declined, by `NoAnswer.reason`, the
    commonest first; it is empty for questions kept before reasons were. `model` is what became of
    a language model, None where none was asked.
    """

    since: datetime
    answered: int
    declined: int
    up: int
    down: int
    unanswered: tuple[Group, ...]
    thumbs: tuple[Thumbs, ...]
    quoted: tuple[Quoted, ...]
    comments: tuple[str, ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()
    model: Consultations | None = None

    @property
    def asked(self) -> int:
        """How many questions there were."""
        return self.answered + self.declined


def build(store: Store, since: datetime, team_id: str | None = None) -> Report:
    """Return the report from a moment on: of one workspace, or of all.

    Raises:
        StoreError: the database fails.
    """
    return report_of(
        store.questions.asked(since, team_id), store.questions.judged(since, team_id), since
    )


def report_of(questions: Sequence[Question], judged: Sequence[Feedback], since: datetime) -> Report:
    """Return the report of questions and thumbs."""
    helpful = Counter(one.helpful for one in judged)
    declined = [(one.question, one.asked_at) for one in questions if not one.answered]
    return Report(
        since=since,
        answered=len(questions) - len(declined),
        declined=len(declined),
        up=helpful[True],
        down=helpful[False],
        unanswered=grouped(declined),
        thumbs=_thumbs(judged),
        quoted=_quoted(questions),
        comments=tuple(readable(one.comment) for one in reversed(judged) if one.comment),
        reasons=_ordered(Counter(one.reason for one in questions if not one.answered)),
        model=consultations(questions),
    )


def _thumbs(judged: Iterable[Feedback]) -> tuple[Thumbs, ...]:
    up: Counter[Passage | None] = Counter()
    down: dict[Passage | None, Counter[str | None]] = {}
    for one in judged:
        for passage in set(one.passages) or (None,):
            if one.helpful:
                up[passage] += 1
            else:
                down.setdefault(passage, Counter())[one.reason] += 1
    found = [
        Thumbs(passage, up[passage], reasons.total(), _ordered(reasons))
        for passage in up.keys() | down.keys()
        for reasons in [down.get(passage, Counter())]
    ]
    return tuple(sorted(found, key=lambda one: (-one.down, -one.up, _place(one.passage))))


def _ordered(reasons: Counter[_Reason]) -> tuple[tuple[_Reason, int], ...]:
    """Return reasons with their counts, the commonest first."""
    return tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0] or "")))


def _place(passage: Passage | None) -> tuple[str, int, int]:
    return ("", 0, 0) if passage is None else (passage.episode, passage.start, passage.end)


def _quoted(questions: Iterable[Question]) -> tuple[Quoted, ...]:
    segments = Counter(
        segment
        for one in questions
        for segment in {(passage.episode, passage.segment) for passage in one.passages}
    )
    ordered = sorted(segments.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Quoted(*segment, count) for segment, count in ordered)
