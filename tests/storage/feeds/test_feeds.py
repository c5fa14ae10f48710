"""Feeds and their episodes, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.storage import FeedItem, FollowedFeed, Store
from bot.storage.feeds.feeds import Look
from tests.storage.samples import DAY, MINUTE, NOW, a_news_channel, at_once

ADDRESS = "https://example.com/feed?key=secret"


def follow(store: Store, address: str = ADDRESS, **fields: Any) -> FollowedFeed:
    """Follow a feed, from now on."""
    given: dict[str, Any] = {"newest": None, "language": None, "now": NOW}
    return store.feeds.follow(address, "Kitchen Talks", **(given | fields))


def claimed(store: Store, feed: FollowedFeed, now: datetime = NOW) -> str:
    token = store.feeds.claim(feed, now=now, until=now + MINUTE)
    assert token is not None
    return token


def an_item(guid: str = "1", **fields: Any) -> FeedItem:
    given: dict[str, Any] = {
        "title": "Tea",
        "published": NOW - DAY,
        "audio": "https://example.com/1.mp3",
        "link": None,
        "seen_at": NOW,
    }
    return FeedItem(guid=guid, **(given | fields))


def a_look(**fields: Any) -> Look:
    given: dict[str, Any] = {
        "looked_at": NOW,
        "due_at": NOW + DAY,
        "title": "Kitchen Talks",
        "first_read_at": NOW,
        "etag": '"1"',
    }
    return Look(**(given | fields))


def test_what_is_followed_comes_back_and_is_due_at_once(store: Store) -> None:
    feed = follow(store, newest=5, language="en")
    assert (feed.newest, feed.language, feed.due_at) == (5, "en", NOW)
    assert store.feeds.at(ADDRESS) == feed
    assert store.feeds.all() == store.feeds.due(NOW) == [feed]
    assert store.feeds.due(NOW - MINUTE) == []
    assert store.feeds.at("https://example.com/feed") is None


def test_following_again_keeps_what_is_known(store: Store) -> None:
    feed = follow(store)
    token = claimed(store, feed)
    assert store.feeds.items.put(feed, token, [an_item()])
    assert store.feeds.end(feed, token, a_look(stopped="gone", due_at=None))
    again = follow(store, now=NOW + DAY)
    assert (again.due_at, again.stopped, again.etag) == (NOW + DAY, None, '"1"')
    assert (again.followed_at, again.first_read_at) == (NOW, NOW)
    assert store.feeds.items.of(again) == {"1": an_item()}


@pytest.mark.parametrize("wanted", [{"newest": 7}, {"language": "de"}])
def test_another_choice_has_the_feed_read_again(store: Store, wanted: dict[str, Any]) -> None:
    feed = follow(store)
    store.feeds.end(feed, claimed(store, feed), a_look())
    assert follow(store, **wanted).etag is None


def test_of_many_that_claim_a_feed_one_gets_it(store: Store) -> None:
    feed = follow(store)
    tokens = at_once(8, lambda: store.feeds.claim(feed, now=NOW, until=NOW + MINUTE))
    assert len([token for token in tokens if token]) == 1
    assert store.feeds.due(NOW) == []


def test_a_claim_is_taken_over_when_its_lease_is_past(store: Store) -> None:
    feed = follow(store)
    lost = claimed(store, feed)
    later = NOW + MINUTE
    assert store.feeds.due(later) == [feed]
    token = claimed(store, feed, later)
    assert not store.feeds.renew_claim(feed, lost, later + DAY)
    assert not store.feeds.end(feed, lost, a_look())
    assert not store.feeds.items.put(feed, lost, [an_item()])
    assert store.feeds.items.of(feed) == {}
    assert store.feeds.renew_claim(feed, token, later + DAY)
    assert store.feeds.due(later + MINUTE) == []


def test_whoever_read_a_feed_before_it_was_looked_at_gets_no_claim(store: Store) -> None:
    feed = follow(store)
    store.feeds.end(feed, claimed(store, feed), a_look())
    assert store.feeds.claim(feed, now=NOW, until=NOW + MINUTE) is None
    now = store.feeds.at(ADDRESS)
    assert now is not None
    assert store.feeds.claim(now, now=NOW, until=NOW + MINUTE)


def test_a_claim_that_is_given_back_leaves_the_look_due(store: Store) -> None:
    feed = follow(store)
    store.feeds.release(feed, claimed(store, feed))
    assert store.feeds.due(NOW) == [feed]


def test_the_first_reading_is_kept_when_a_later_look_fails(store: Store) -> None:
    feed = follow(store)
    store.feeds.end(feed, claimed(store, feed), a_look())
    [feed] = store.feeds.all()
    failed = a_look(first_read_at=None, failed="404", etag=None)
    assert store.feeds.end(feed, claimed(store, feed), failed)
    [feed] = store.feeds.all()
    assert (feed.first_read_at, feed.failed, feed.etag) == (NOW, "404", None)


def test_one_that_was_stopped_is_never_due(store: Store) -> None:
    feed = follow(store)
    store.feeds.end(feed, claimed(store, feed), a_look(due_at=None, stopped="gone"))
    assert store.feeds.due(NOW + 100 * DAY) == []
    assert [one.stopped for one in store.feeds.all()] == ["gone"]


def test_an_episode_that_is_put_again_replaces_itself(store: Store) -> None:
    feed = follow(store)
    token = claimed(store, feed)
    store.feeds.items.put(feed, token, [an_item("1"), an_item("2" * 10_000, title="Tee\0")])
    kept = an_item("1", slug="tea", digests={"transcript": "abc"}, new=True, announce=True)
    store.feeds.items.put(feed, token, [kept])
    assert store.feeds.items.of(feed)["1"] == kept
    assert store.feeds.items.of(feed)["2" * 10_000].title == "Tee"
    store.feeds.items.announced(feed, "1")
    assert store.feeds.items.of(feed)["1"] == replace(kept, announce=False)


def test_of_other_feeds_it_is_known_what_their_episodes_are_kept_as(store: Store) -> None:
    feed, other = follow(store), follow(store, "https://example.org/feed")
    store.feeds.items.put(feed, claimed(store, feed), [an_item("1", slug="tea")])
    kept = [an_item("1", slug="bread"), an_item("2")]
    store.feeds.items.put(other, claimed(store, other), kept)
    assert store.feeds.items.slugs_of_others(feed) == {"bread"}
    assert store.feeds.items.slugs_of_others(other) == {"tea"}


def test_what_is_unfollowed_is_forgotten_with_its_episodes(store: Store) -> None:
    feed, other = follow(store), follow(store, "https://example.org/feed")
    token = claimed(store, feed)
    store.feeds.items.put(feed, token, [an_item()])
    assert store.feeds.unfollow(ADDRESS)
    assert not store.feeds.unfollow(ADDRESS)
    assert store.feeds.all() == [other]
    assert store.feeds.items.of(feed) == {}
    assert not store.feeds.items.put(feed, token, [an_item()])  # a look that was under way


def test_an_address_is_kept_encrypted_and_renewed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.sqlite3'}"
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    with_old = Store.open(url, keys=[old])
    assert follow(with_old).address == ADDRESS
    with_old.close()
    assert b"secret" not in (tmp_path / "bot.sqlite3").read_bytes()
    with_both = Store.open(url, keys=[new, old])
    assert with_both.feeds.renew() == 1
    with_both.close()
    with_new = Store.open(url, keys=[new])
    assert with_new.feeds.at(ADDRESS) is not None
    with_new.close()


def test_the_longest_overdue_comes_first(store: Store) -> None:
    late = follow(store, "https://example.com/late", now=NOW - timedelta(hours=2))
    later = follow(store, "https://example.com/later", now=NOW - timedelta(hours=1))
    assert store.feeds.due(NOW) == [late, later]


def test_channels_go_on_with_a_podcast_that_takes_another_name(store: Store) -> None:
    for channel, fields in (
        ("C1", {"show": "Kitchen Talks"}),
        ("C2", {"show": "Garden Talks"}),
        ("C3", {"show": "Kitchen Talks", "since": None}),
    ):
        store.announcements.save(a_news_channel(channel_id=channel, **fields))

    def shows() -> list[str | None]:
        return [one.show for one in store.announcements.of_team("T1")]

    feed = follow(store)
    assert store.feeds.end(feed, claimed(store, feed), a_look())
    assert store.announcements.next_wake() is None
    [feed] = store.feeds.all()
    assert store.feeds.end(feed, claimed(store, feed), a_look(title="Cook"))
    assert shows() == ["Cook", "Garden Talks", "Kitchen Talks"]
    assert [one.channel_id for one in store.announcements.due(NOW, 9)] == ["C1"]
    store.feeds.follow(ADDRESS, "Bake", newest=None, language=None, now=NOW)
    assert shows() == ["Bake", "Garden Talks", "Kitchen Talks"]


def test_a_name_that_another_feed_bears_stays_its_channels(store: Store) -> None:
    told = store.announcements.save(a_news_channel(show="Kitchen Talks"))
    feed = follow(store)
    follow(store, "https://example.com/other")
    assert store.feeds.end(feed, claimed(store, feed), a_look(title="Cook"))
    assert store.announcements.get(told.id) == told


def test_the_feeds_of_episodes_are_known_by_their_slugs(store: Store) -> None:
    feed = follow(store)
    assert store.feeds.items.put(
        feed, claimed(store, feed), [an_item("1", slug="tea-1"), an_item("2")]
    )
    assert store.feeds.items.titles_of(["tea-1", "tea-2"]) == ["Kitchen Talks"]
    assert store.feeds.items.titles_of(["tea-2"]) == store.feeds.items.titles_of([]) == []
