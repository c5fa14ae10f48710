"""New episodes and who is told of them, on both databases; claims are those of the daily posts."""

from dataclasses import replace
from typing import Any

import pytest

from bot.storage import Claim, NewsChannel, PostState, Store
from tests.storage.samples import (
    DAY,
    MINUTE,
    NOW,
    a_new_episode,
    a_news_channel,
    at_once,
)


@pytest.fixture
def channel(store: Store) -> NewsChannel:
    return store.announcements.save(a_news_channel(due_at=NOW))


def claimed(store: Store, channel: NewsChannel, number: int = 1, item: str = '"a"') -> Claim:
    claim = store.news_posts.claim(channel, number, item, now=NOW, until=NOW + MINUTE)
    assert claim is not None
    return claim


def test_turning_it_on_again_changes_what_is_kept_under_its_id(
    store: Store, channel: NewsChannel
) -> None:
    changed = store.announcements.save(a_news_channel(show="Kitchen Talks", made_by="U2"))
    assert (changed.id, changed.show, changed.made_by) == (channel.id, "Kitchen Talks", "U2")
    assert store.announcements.of_channel("T1", "C1") == changed
    assert store.announcements.of_team("T1") == [changed]
    assert store.announcements.of_channel("T2", "C1") is None


def test_an_episode_is_recorded_once_over_all_processes(store: Store, other_process: Store) -> None:
    takers = [store, other_process] * 4
    episode = a_new_episode()
    first = at_once(8, lambda: takers.pop().announcements.record(episode, NOW))
    assert sorted(first) == [False] * 7 + [True]
    [found] = store.announcements.recorded(None, NOW - DAY)
    assert (found.episode, found.recorded_at) == (episode, NOW)


def test_episodes_at_once_are_all_recorded_while_channels_move_on(
    store: Store, other_process: Store
) -> None:
    """Each of them changes every channel's row, for which PostgreSQL could end one: a deadlock."""
    kept = [store.announcements.save(a_news_channel(channel_id=f"C{one}")) for one in range(200)]
    stores, slugs = [store, other_process] * 4, [f"e{number}" for number in range(32)]

    def record() -> None:
        announcements = stores.pop().announcements
        for number in range(4):
            assert announcements.record(a_new_episode(slugs.pop()), NOW)
            for one in kept[number::40]:
                announcements.move_on(replace(one, due_at=NOW), NOW)

    at_once(8, record)
    assert len(store.announcements.recorded(None, NOW - DAY)) == 32


def test_an_episode_makes_those_due_that_want_to_be_told(store: Store) -> None:
    fields: dict[str, dict[str, Any]] = {
        "every": {},
        "kitchen": {"show": "Kitchen Talks"},
        "garden": {"show": "Garden Talks"},
        "off": {"since": None},
    }
    kept = {
        name: store.announcements.save(a_news_channel(channel_id=name, **given))
        for name, given in fields.items()
    }
    assert store.announcements.due(NOW, 10) == []
    assert store.announcements.next_wake() is None
    store.announcements.record(a_new_episode(), NOW)
    due = {one.channel_id: one.due_at for one in store.announcements.due(NOW, 10)}
    assert due == {"every": NOW, "kitchen": NOW}
    assert store.announcements.get(kept["off"].id) == kept["off"]


def test_episodes_come_in_the_order_in_which_the_bot_heard_of_them(store: Store) -> None:
    for slug, show in (("z", "A"), ("b", "B"), ("a", "A")):
        store.announcements.record(a_new_episode(slug, show=show), NOW)
    store.announcements.record(a_new_episode("late", show="A", published=None), NOW + MINUTE)

    def slugs(show: str | None, since: int) -> list[str]:
        found = store.announcements.recorded(show, NOW + since * MINUTE)
        return [one.episode.slug for one in found]

    assert slugs(None, -1) == ["a", "b", "z", "late"]
    assert slugs("A", -1) == ["a", "z", "late"]
    assert slugs(None, 0) == ["late"]
    assert slugs("C", -1) == []


def test_what_is_recorded_while_a_post_is_under_way_keeps_the_channel_due(
    store: Store, channel: NewsChannel
) -> None:
    claim = claimed(store, channel)
    store.announcements.record(a_new_episode(), NOW + MINUTE)
    assert store.news_posts.end(claim, PostState.POSTED, now=NOW, due_at=None, ts="1.5")
    assert store.announcements.next_wake() == NOW + MINUTE


def test_without_more_to_tell_a_channel_waits_for_nothing(
    store: Store, channel: NewsChannel
) -> None:
    claim = claimed(store, channel)
    assert store.announcements.next_wake() == NOW + MINUTE
    assert store.news_posts.end(claim, PostState.POSTED, now=NOW, due_at=None, ts="1.5")
    assert store.announcements.next_wake() is None
    assert store.announcements.get(channel.id) is not None


def test_one_that_was_changed_meanwhile_does_not_move_on(
    store: Store, channel: NewsChannel
) -> None:
    store.announcements.record(a_new_episode(), NOW + MINUTE)
    store.announcements.move_on(channel, None)
    assert store.announcements.next_wake() == NOW + MINUTE


def test_off_is_kept_with_its_reason_and_wakes_nobody(store: Store, channel: NewsChannel) -> None:
    assert store.announcements.stop(channel.id, "is_archived")
    assert not store.announcements.stop(channel.id)
    found = store.announcements.get(channel.id)
    assert found is not None
    assert (found.since, found.due_at, found.stopped) == (None, None, "is_archived")
    store.announcements.record(a_new_episode(), NOW)
    assert store.announcements.due(NOW, 10) == []


def test_of_many_threads_in_two_processes_one_has_the_claim(
    store: Store, other_process: Store, channel: NewsChannel
) -> None:
    takers = [store, other_process] * 8

    def take() -> Claim | None:
        posts = takers.pop().news_posts
        return posts.claim(channel, 1, '"a"', now=NOW, until=NOW + MINUTE)

    assert len(list(filter(None, at_once(16, take)))) == 1


def test_posts_come_the_latest_first_and_are_found_by_their_timestamp(
    store: Store, channel: NewsChannel
) -> None:
    for number in (1, 2):
        claim = claimed(store, channel, number, f'"{number}"')
        store.news_posts.end(claim, PostState.POSTED, now=NOW, due_at=NOW, ts=f"{number}.5")
    claimed(store, channel, 3)
    latest = store.news_posts.latest(channel.id, 2)
    assert [(one.number, one.state) for one in latest] == [
        (3, PostState.CLAIMED),
        (2, PostState.POSTED),
    ]
    found = store.news_posts.at("T1", "C1", "2.5")
    assert found is not None
    assert (found.number, found.item, found.ended_at) == (2, '"2"', NOW)
    for elsewhere in (("T2", "C1", "2.5"), ("T1", "C2", "2.5"), ("T1", "C1", "3.5")):
        assert store.news_posts.at(*elsewhere) is None
    assert store.news_posts.state(channel.id, 2) is PostState.POSTED
    assert store.news_posts.state(channel.id, 4) is None


def test_names_of_any_letters_are_kept(store: Store) -> None:
    episode = a_new_episode(show="A\0B", title="<script> \u202e ..")
    store.announcements.record(episode, NOW)
    [found] = store.announcements.recorded("A\0B", NOW - DAY)
    assert (found.episode.show, found.episode.title) == ("AB", episode.title)
