"""How often each place of an episode was quoted. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil

from bot.episodes import Episode, Span
from bot.reports.axis import Axis
from bot.storage import Passage, Question

PARTS = 120  # that a timeline is cut into; chosen by hand: half a minute each of an hour


@dataclass(frozen=True, slots=True)
class Part:
    """One of `PARTS` equal parts of a timeline, and how many answers quote from it.

    `since` and `until` are milliseconds of the recording, None without times.
    """

    since: int | None
    until: int | None
    answers: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A segment, or what lies outside of all, such as the reference sheet; and its answers.

    `segment` is its heading as the transcript and the store have it. `begin` is where it begins,
    from 0 to 1, `since` the same in milliseconds, None without times.
    """

    segment: str
    begin: float
    since: int | None
    answers: int


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of the text that were quoted as they are, when they are said, and how often."""

    span: Span
    since: int | None
    answers: int


@dataclass(frozen=True, slots=True)
class Quoting:
    """How often an episode was quoted, place by place.

    `answers` is how many answers quote it. `milliseconds` is how long its recording is, None where
    the transcript has no times. `parts` and `chapters` stand in the order of the episode, `places`
    begin with the most quoted.
    """

    answers: int
    milliseconds: int | None
    parts: tuple[Part, ...]
    chapters: tuple[Chapter, ...]
    places: tuple[Place, ...]


def quoting(questions: Iterable[Question], episode: Episode) -> Quoting:
    """Return how often each place of an episode was quoted in the answers to questions.

    An answer counts once for a place, however often it quotes it. Places are those of the text as
    it is now; what lies beyond its end was quoted from one that has been replaced, and is left out.
    """
    axis = Axis.of(episode)
    answers = [found for one in questions if (found := tuple(_in(one, episode)))]
    return Quoting(
        answers=len(answers),
        milliseconds=axis.milliseconds,
        parts=tuple(_parts(answers, axis)),
        chapters=tuple(_chapters(answers, axis)),
        places=tuple(_places(answers, axis)),
    )


def _in(question: Question, episode: Episode) -> Iterator[Passage]:
    for one in question.passages:
        if one.episode == episode.slug and 0 <= one.start < one.end <= len(episode.text):
            yield one


def _parts(answers: Iterable[Sequence[Passage]], axis: Axis) -> Iterator[Part]:
    counts = Counter(
        chain.from_iterable(
            {at for one in found for at in _covered(one, axis)} for found in answers
        )
    )
    for at in range(PARTS):
        yield Part(axis.time_at(at / PARTS), axis.time_at((at + 1) / PARTS), counts[at])


def _covered(passage: Passage, axis: Axis) -> range:
    """Return the parts that a passage touches, one at least."""
    # Rounded, or 31 minutes of 60 reach into the part after them.
    begin, end = (round(PARTS * at, 6) for at in axis.share(Span(passage.start, passage.end)))
    first = min(int(begin), PARTS - 1)
    return range(first, max(first + 1, min(ceil(end), PARTS)))


def _chapters(answers: Iterable[Sequence[Passage]], axis: Axis) -> Iterator[Chapter]:
    """Yield the segments, also those that nobody quotes, and what else is quoted, in order."""
    counts = Counter(chain.from_iterable({one.segment for one in found} for found in answers))
    begins = _begins(axis.episode)
    for one in sorted(chain.from_iterable(answers), key=lambda one: one.start):
        begins.setdefault(one.segment, one.start)
    for segment, start in sorted(begins.items(), key=lambda begun: begun[1]):
        span = Span(start, start + 1)
        yield Chapter(segment, axis.share(span)[0], axis.time(span), counts[segment])


def _begins(episode: Episode) -> dict[str, int]:
    """Return where each segment begins to speak, by its heading."""
    begins: dict[str, int] = {}
    for turn in episode.turns:
        for first in turn.paragraphs[:1]:
            begins.setdefault(episode.segments[turn.segment].title, first.start)
    return begins


def _places(answers: Iterable[Sequence[Passage]], axis: Axis) -> Iterator[Place]:
    counts = Counter(
        chain.from_iterable({Span(one.start, one.end) for one in found} for found in answers)
    )
    for span in sorted(counts, key=lambda span: (-counts[span], span.start, span.end)):
        yield Place(span, axis.time(span), counts[span])
