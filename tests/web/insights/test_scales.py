"""Numbers, days and times along an axis."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports import Day, Part
from bot.web.insights.scales import LEVELS, clock, labelled_days, levels, steps, times


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (37, [0, 10, 20, 30, 40]),
        (41, [0, 20, 40, 60]),
        (10_000, [0, 5_000, 10_000]),
    ],
)
def test_lines_go_in_ones_twos_or_fives(most: int, lines: list[int]) -> None:
    assert steps(most) == lines


@given(st.integers(0, 10**9))
def test_lines_reach_beyond_what_is_drawn_and_are_few(most: int) -> None:
    lines = steps(most)
    assert lines[0] == 0
    assert lines[-1] >= most
    assert 2 <= len(lines) <= 5


@given(st.integers(1, 90), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_labels_of_days_are_few_and_evenly_apart(count: int, first: date) -> None:
    days = [Day(first + timedelta(at), 0, 0) for at in range(count)]
    labels = list(labelled_days(days))
    assert len(labels) <= 7
    assert len({later[0] - one[0] for one, later in pairwise(labels)}) <= 1
    if count > 14:
        assert all(days[at].date.weekday() == 0 for at, _, _ in labels)
    assert all(words == f"{days[at].date.day} {days[at].date:%b}" for at, words, _ in labels)


@pytest.mark.parametrize(
    ("minutes", "labels"),
    [
        (3, ["0:00", "1:00", "2:00", "3:00"]),
        (25, ["0:00", "5:00", "10:00", "15:00", "20:00", "25:00"]),
        (62, ["0:00", "10:00", "20:00", "30:00", "40:00", "50:00", "1:00:00"]),
        (200, ["0:00", "30:00", "1:00:00", "1:30:00", "2:00:00", "2:30:00", "3:00:00"]),
    ],
)
def test_times_are_round(minutes: int, labels: list[str]) -> None:
    found = list(times(minutes * 60_000))
    assert [words for _, words, _ in found] == labels
    assert all(0 <= at <= 1 for at, _, _ in found)


@given(st.integers(1, 10**9))
def test_times_are_few_however_long_it_is(milliseconds: int) -> None:
    found = [at for at, _, _ in times(milliseconds)]
    assert found[0] == 0
    assert found == sorted(found)
    assert len(found) <= 8
    assert found[-1] <= 1


def test_without_times_the_beginning_the_middle_and_the_end_are_named() -> None:
    assert [words for _, words, _ in times(None)] == ["Beginning", "Middle", "End"]


def test_a_time_is_read_like_a_clock() -> None:
    assert [clock(at) for at in (None, 0, 754_900, 3_723_000)] == ["", "0:00", "12:34", "1:02:03"]


@given(st.lists(st.integers(0, 1_000), max_size=200))
def test_only_what_was_never_quoted_has_no_colour_and_the_most_quoted_the_last(
    counts: list[int],
) -> None:
    found = levels([Part(None, None, count) for count in counts])
    assert [level == 0 for level in found] == [count == 0 for count in counts]
    assert all(level <= LEVELS for level in found)
    if any(counts):
        assert found[counts.index(max(counts))] == LEVELS
    ordered = sorted(zip(counts, found, strict=True))
    assert all(one <= other for (_, one), (_, other) in pairwise(ordered))
