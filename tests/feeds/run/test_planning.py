"""When an episode is tried: by what the feed says, what is kept, and how long ago."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.feeds.model import Item, Transcript
from bot.feeds.run.planning import (
    YOUNG,
    is_due,
    is_news,
    is_settled,
    is_young,
    newest_first,
    state_of,
)
from bot.storage import FeedItem

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
VTT = Transcript("https://example.com/1.vtt?key=1", "text/vtt")


def an_item(guid: str = "1", **fields: Any) -> Item:
    given: dict[str, Any] = {"title": "Tea", "published": NOW - DAY, "transcripts": (VTT,)}
    return Item(guid, **given | fields)


def a_row(**fields: Any) -> FeedItem:
    given: dict[str, Any] = {"published": NOW - DAY, "audio": None, "link": None, "seen_at": NOW}
    return FeedItem("1", "Tea", **given | fields)


def kept(item: Item, **fields: Any) -> FeedItem:
    """A row of an episode that is kept as the feed has it."""
    given: dict[str, Any] = {"slug": "tea", "state": state_of(item), "tried_at": NOW}
    return a_row(**given | fields)


def test_the_newest_that_have_a_transcript_are_chosen() -> None:
    items = [
        an_item("old", published=NOW - 9 * DAY),
        an_item("dateless", published=None),
        an_item("none", published=NOW, transcripts=()),
        an_item("new", published=NOW - DAY),
    ]
    assert [one.guid for one in newest_first(items, 2)] == ["new", "old"]
    assert [one.guid for one in newest_first(items, None)] == ["new", "old", "dateless"]


def test_what_was_never_tried_is_due_and_what_is_kept_is_not() -> None:
    item = an_item()
    assert is_due(item, a_row(), NOW, there=False)
    assert not is_due(item, kept(item), NOW, there=True)


def test_what_is_kept_and_gone_from_the_folder_is_due() -> None:
    item = an_item()
    assert is_due(item, kept(item), NOW, there=False)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Coffee"},
        {"number": 2},
        {"chapters": "https://example.com/chapters.json"},
        {"transcripts": (replace(VTT, url="https://example.com/2.vtt"),)},
        {"audio": "https://example.com/2.mp3"},
    ],
)
def test_what_the_feed_says_otherwise_is_due(change: dict[str, Any]) -> None:
    item = an_item(published=NOW - 99 * DAY)
    row = kept(item, published=item.published)
    assert is_due(replace(item, **change), row, NOW, there=True)


def test_an_address_that_is_signed_anew_is_no_change() -> None:
    item = an_item()
    other = replace(item, transcripts=(replace(VTT, url="https://example.com/1.vtt?key=2"),))
    assert state_of(item) == state_of(other)


def test_a_young_episode_is_looked_at_again_once_a_day() -> None:
    item = an_item()
    row = kept(item)
    assert not is_due(item, row, NOW + DAY - HOUR, there=True)
    assert is_due(item, row, NOW + DAY, there=True)
    late = NOW - DAY + YOUNG
    assert not is_due(item, row, late, there=True)


def test_what_failed_is_tried_again_at_waits_that_double_up_to_a_day() -> None:
    tried = [NOW]
    row = a_row(failed="404", tried_at=NOW, seen_at=NOW - HOUR)
    for hours in range(24 * 30):
        now = NOW + hours * HOUR
        if not is_settled(row, now, there=False):
            tried.append(now)
            row = replace(row, tried_at=now)
    waits = [(then - before) / HOUR for before, then in itertools.pairwise(tried)]
    assert waits[:6] == [1, 2, 4, 8, 16, 24]
    assert set(waits[5:]) == {24}
    assert tried[-1] < row.seen_at + YOUNG


def test_what_failed_of_an_old_episode_has_two_weeks_too() -> None:
    row = a_row(failed="500", published=NOW - 999 * DAY, tried_at=NOW)
    assert not is_settled(row, NOW + HOUR, there=False)
    assert is_settled(row, NOW + YOUNG, there=False)


def test_what_is_gone_for_good_is_never_tried_again() -> None:
    item = an_item()
    row = a_row(failed="410", gone=True, state=state_of(item), tried_at=NOW)
    assert not is_due(item, row, NOW + 3 * DAY, there=False)
    assert is_due(replace(item, title="Coffee"), row, NOW + 3 * DAY, there=False)


def test_without_anything_to_try_there_is_nothing_to_do() -> None:
    assert is_settled(a_row(), NOW + 3 * DAY, there=False)


def test_a_date_in_the_future_keeps_no_episode_young() -> None:
    row = a_row(published=datetime(9999, 1, 1, tzinfo=UTC))
    assert is_young(row, NOW + YOUNG - HOUR)
    assert not is_young(row, NOW + YOUNG)


def test_news_is_what_came_lately_and_after_the_first_reading() -> None:
    assert is_news(a_row(new=True), NOW)
    assert not is_news(a_row(new=False), NOW)
    assert not is_news(a_row(new=True, published=NOW - YOUNG), NOW)
    assert is_news(a_row(new=True, published=None), NOW)
