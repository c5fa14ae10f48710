"""Questions over time, and what of them is about which show."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.reports import Day, Share, about, by_day, shares, shows_about
from bot.storage import Passage, Question
from tests.storage.samples import NOW, TODAY, a_question

DAY = timedelta(days=1)


def quoting(*slugs: str, **fields: Any) -> Question:
    return a_question(passages=tuple(Passage(slug, "S", 0, 1) for slug in slugs), **fields)


def declined(episode: str = "", **fields: Any) -> Question:
    return a_question(answered=False, passages=(), episode=episode, **fields)


def test_every_day_counts_its_own_questions_and_none_is_left_out() -> None:
    asked = [
        quoting("a"),
        quoting("a", asked_at=NOW - DAY),
        declined(asked_at=NOW - DAY),
        declined(asked_at=NOW - DAY),
    ]
    assert by_day(asked, TODAY - 3 * DAY, TODAY) == (
        Day(date(2026, 11, 21), 0, 0),
        Day(date(2026, 11, 22), 0, 0),
        Day(date(2026, 11, 23), 1, 2),
        Day(date(2026, 11, 24), 1, 0),
    )


def test_a_day_begins_at_midnight_in_utc_wherever_it_was_asked() -> None:
    late = datetime(
        2026, 11, 24, 0, 30, tzinfo=timezone(timedelta(hours=1))
    )  # 23:30 the day before
    early = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    days = by_day([quoting("a", asked_at=late), quoting("a", asked_at=early)], TODAY - DAY, TODAY)
    assert [day.answered for day in days] == [1, 1]


def test_what_lies_outside_the_days_is_not_counted() -> None:
    [day] = by_day([quoting("a", asked_at=NOW - DAY), quoting("a")], TODAY, TODAY)
    assert (day.asked, day.answered) == (1, 1)


def test_a_question_is_about_what_it_quotes_and_what_it_was_narrowed_to() -> None:
    assert about(quoting("a", "b", "a")) == {"a", "b"}
    assert about(declined("c")) == {"c"}
    assert about(declined()) == frozenset()


SHOWS = {"a1": "A", "a2": "A", "b1": "B"}


def by_show(question: Question) -> frozenset[str]:
    return shows_about(question, SHOWS)


def test_shares_count_a_question_once_for_each_show_it_is_about() -> None:
    asked = [quoting("a1", "a2"), quoting("a1", "b1"), declined("b1"), declined(), quoting("gone")]
    assert shares(asked, by_show) == (Share("A", 2, 0), Share("B", 1, 1))


def test_what_was_declined_counts_for_the_show_that_its_channel_prefers() -> None:
    assert by_show(declined(show="B")) == {"B"}
    assert by_show(quoting("a1", show="B")) == {"A"}
    assert by_show(declined("a1", show="B")) == {"A"}


def test_shares_begin_with_the_most_asked_then_the_most_answered_then_by_name() -> None:
    asked = [quoting("b"), quoting("a"), declined("c"), quoting("d"), quoting("d")]
    assert [share.name for share in shares(asked, about)] == ["d", "a", "b", "c"]


def test_a_show_without_a_name_is_counted_too() -> None:
    assert shares([quoting("a")], lambda _: [""]) == (Share("", 1, 0),)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=50))
def test_days_sum_up_to_all_that_was_asked(asked: list[tuple[bool, int]]) -> None:
    questions = [
        quoting("a", asked_at=NOW - ago * DAY) if answered else declined(asked_at=NOW - ago * DAY)
        for answered, ago in asked
    ]
    days = by_day(questions, TODAY - 9 * DAY, TODAY)
    assert len(days) == 10
    assert sum(day.asked for day in days) == len(asked)
    assert sum(day.answered for day in days) == sum(answered for answered, _ in asked)
