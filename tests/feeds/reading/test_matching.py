"""The same episode under a new guid, a guid used twice, and episodes that were withdrawn."""

from datetime import timedelta

from bot.feeds.reading.matching import match
from tests.feeds.samples import AT, feed, item

AUDIO, LINK = "https://example.org/1.mp3", "https://example.org/1"


def test_what_is_known_by_its_guid_is_neither_new_nor_gone() -> None:
    one = item("1", audio=AUDIO, link=LINK)
    found = match(feed([one]), [item("1", audio="https://example.org/other.mp3")])
    assert (found.items, found.renamed, found.withdrawn, found.warnings) == ((one,), {}, (), ())


def test_an_episode_under_a_new_guid_is_known_by_its_recording() -> None:
    found = match(feed([item("new", audio=AUDIO)]), [item("old", audio=AUDIO)])
    assert (found.renamed, found.withdrawn) == ({"new": "old"}, ())


def test_an_episode_under_a_new_guid_is_known_by_its_page_where_the_recording_moved() -> None:
    moved = item("new", audio="https://cdn.example/1.mp3", link=LINK)
    found = match(feed([moved]), [item("old", audio=AUDIO, link=LINK)])
    assert found.renamed == {"new": "old"}


def test_a_recording_counts_without_what_changes_with_every_request() -> None:
    now, before = "http://example.org/1.mp3?token=2#t=1", "https://EXAMPLE.org/1.mp3?token=1"
    assert match(feed([item("new", audio=now)]), [item("old", audio=before)]).renamed
    now, before = "https://example.org/play?id=2", "https://example.org/play?id=1"
    assert not match(feed([item("new", audio=now)]), [item("old", audio=before)]).renamed


def test_a_page_that_all_episodes_share_tells_none() -> None:
    new = [item(f"new {at}", link=LINK) for at in range(2)]
    assert not match(feed(new), [item("old", link=LINK)]).renamed
    assert not match(feed(new[:1]), [item("old", link=LINK), item("older", link=LINK)]).renamed


def test_the_feeds_own_page_tells_no_episode() -> None:
    only = feed([item("new", link=LINK)], link=f"{LINK}/")
    assert not match(only, [item("old", link=LINK)]).renamed


def test_a_recording_that_is_published_again_is_another_episode() -> None:
    both = feed([item("again", audio=AUDIO), item("old", audio=AUDIO)])
    found = match(both, [item("old", audio=AUDIO)])
    assert ([one.guid for one in found.items], found.renamed) == (["again", "old"], {})


def test_no_episode_is_taken_for_two() -> None:
    new = [item("a", audio=AUDIO, link="https://example.org/a"), item("b", link=LINK)]
    found = match(feed(new), [item("old", audio=AUDIO, link=LINK)])
    assert found.renamed == {"a": "old"}


def test_of_a_guid_that_is_used_twice_the_first_counts() -> None:
    first, second = item("1", "Bread", line=5), item("1", "Butter", line=9)
    found = match(feed([first, second, item("2", line=12)]), [])
    assert [one.title for one in found.items] == ["Bread", "Bread"]
    assert found.items[0] is first
    assert found.warnings == (
        "line 9: this guid is that of line 5, which counts; `Butter` is left out",
    )


def test_an_episode_that_the_feed_lists_no_more_is_withdrawn() -> None:
    known = [item("1"), item("2", published=AT + timedelta(days=1)), item("3", published=None)]
    assert match(feed([item("1")]), known).withdrawn == ("2", "3")


def test_an_episode_that_left_the_window_of_the_newest_is_not_withdrawn() -> None:
    old = item("0", published=AT - timedelta(days=1))
    assert match(feed([item("1")]), [old, item("1")]).withdrawn == ()


def test_of_a_feed_that_broke_off_or_is_empty_nothing_is_withdrawn() -> None:
    known = [item("1"), item("2")]
    assert match(feed([item("1")], whole=False), known).withdrawn == ()
    assert match(feed([]), known).withdrawn == ()
