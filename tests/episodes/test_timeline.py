"""When things are said, kept as packed rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.episodes import Episode, Span
from bot.episodes.timeline import Moment, Timeline

ROWS = [
    Moment(0, 10, 1_000, 4_000, 3),
    Moment(11, 20, 4_000, 4_500, 7),
    Moment(22, 30, None, None, 11),
    Moment(31, 40, 9_000, None, 15),
]
TIMELINE = Timeline.of(ROWS)
NUMBERS = st.integers(0, 2**31 - 1)
TIMES = st.none() | NUMBERS


@given(st.lists(st.builds(Moment, NUMBERS, NUMBERS, TIMES, TIMES, NUMBERS)))
def test_rows_come_back_as_they_were(rows: list[Moment]) -> None:
    timeline = Timeline.of(rows)
    assert list(timeline) == rows
    assert len(timeline) == len(rows)
    assert len(timeline.packed) == 20 * len(rows)


@pytest.mark.parametrize(
    ("span", "since", "until", "line"),
    [
        (Span(0, 10), 1_000, 4_000, 3),
        (Span(2, 5), 1_000, 4_000, 3),
        (Span(5, 15), 1_000, 4_500, 3),
        (Span(11, 20), 4_000, 4_500, 7),
        (Span(9, 11), 1_000, 4_000, 3),  # the last character is the blank line between two rows
        (Span(12, 25), 4_000, None, 7),
        (Span(22, 30), None, None, 11),
        (Span(25, 35), None, None, 11),
        (Span(35, 99), 9_000, None, 15),
    ],
)
def test_a_span_begins_with_its_first_row_and_ends_with_its_last(
    span: Span, since: int | None, until: int | None, line: int
) -> None:
    assert TIMELINE.at(span) == Moment(span.start, span.end, since, until, line)


def test_before_the_first_row_and_without_rows_nothing_is_said() -> None:
    assert Timeline().at(Span(0, 1)) is None
    assert Timeline.of(ROWS[1:]).at(Span(0, 5)) is None
    assert list(Timeline()) == []


def test_time_0_is_a_time() -> None:
    assert Timeline.of([Moment(0, 1, 0, 0, 1)]).at(Span(0, 1)) == Moment(0, 1, 0, 0, 1)


def test_a_transcript_without_times_tells_the_line_of_all_that_can_be_quoted(
    episode: Episode,
) -> None:
    spans = [span for turn in episode.turns for span in turn.paragraphs]
    spans += [term.definition for term in episode.terms]
    for span in spans:
        moment = episode.timeline.at(span)
        assert moment
        assert (moment.since, moment.until) == (None, None)
        assert moment.line == episode.text.count("\n", 0, span.start) + 1
