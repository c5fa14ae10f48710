from datetime import datetime

import pytest

from bot.storage import Claim, PostState, Store, Subscription
from tests.storage.samples import DAY, MINUTE, NOW, TODAY, a_subscription, at_once


@pytest.fixture
def subscription(store: Store) -> Subscription:
    return store.subscriptions.save(a_subscription())


def claimed(
    store: Store, subscription: Subscription, item: str = "takeaway 1", now: datetime = NOW
) -> Claim:
    claim = store.posts.claim(subscription, TODAY, item, now=now, until=now + MINUTE)
    assert claim is not None
    return claim


def test_a_claim_says_what_it_is_for(store: Store, subscription: Subscription) -> None:
    claim = claimed(store, subscription)
    assert (claim.subscription_id, claim.which) == (subscription.id, TODAY)
    assert (claim.item, claim.taken_over) == ("takeaway 1", False)
    assert (claim.first_at, claim.lease_until, claim.due_at) == (NOW, NOW + MINUTE, NOW)
    post = store.posts.of_day(subscription.id, TODAY)
    assert post is not None
    assert (post.state, post.ts, post.ended_at) == (PostState.CLAIMED, None, None)


def test_nobody_claims_what_is_claimed_and_the_loop_waits_for_the_lease(
    store: Store, other_process: Store, subscription: Subscription
) -> None:
    claimed(store, subscription)
    half = NOW + MINUTE / 2
    assert store.subscriptions.due(half, 10) == []
    assert store.subscriptions.next_wake() == NOW + MINUTE
    again = other_process.posts.claim(subscription, TODAY, "x", now=half, until=NOW + DAY)
    assert again is None
    assert store.subscriptions.next_wake() == NOW + MINUTE


def test_of_many_threads_in_two_processes_one_has_the_claim(
    store: Store, other_process: Store, subscription: Subscription
) -> None:
    takers = [store, other_process] * 8

    def take() -> Claim | None:
        posts = takers.pop().posts
        return posts.claim(subscription, TODAY, "takeaway 1", now=NOW, until=NOW + MINUTE)

    assert len(list(filter(None, at_once(16, take)))) == 1


def test_of_many_threads_in_two_processes_one_takes_a_past_lease_over(
    store: Store, other_process: Store, subscription: Subscription
) -> None:
    first = claimed(store, subscription)
    later = NOW + 2 * MINUTE
    takers = [store, other_process] * 8

    def take() -> Claim | None:
        posts = takers.pop().posts
        return posts.claim(subscription, TODAY, "takeaway 2", now=later, until=later + MINUTE)

    (taken,) = filter(None, at_once(16, take))
    assert taken.taken_over
    assert taken.token != first.token
    assert (taken.item, taken.first_at) == ("takeaway 1", NOW)
    assert store.subscriptions.next_wake() == later + MINUTE


def test_a_post_is_recorded_and_the_next_day_due(store: Store, subscription: Subscription) -> None:
    claim = claimed(store, subscription)
    assert store.posts.end(claim, PostState.POSTED, now=NOW + MINUTE, due_at=NOW + DAY, ts="1.5")
    post = store.posts.of_day(subscription.id, TODAY)
    assert post is not None
    assert (post.state, post.ts, post.ended_at) == (PostState.POSTED, "1.5", NOW + MINUTE)
    moved = store.subscriptions.get(subscription.id)
    assert moved is not None
    assert moved.due_at == store.subscriptions.next_wake() == NOW + DAY


def test_a_day_that_is_done_is_never_claimed_again(
    store: Store, subscription: Subscription
) -> None:
    claim = claimed(store, subscription)
    store.posts.end(claim, PostState.SKIPPED, now=NOW, due_at=NOW + DAY)
    later = NOW + DAY
    assert store.posts.claim(subscription, TODAY, "x", now=later, until=later + DAY) is None
    assert not store.posts.end(claim, PostState.POSTED, now=later, due_at=later, ts="1.5")
    assert store.subscriptions.next_wake() == NOW + DAY


def test_who_lost_the_claim_can_neither_end_it_nor_put_it_off(
    store: Store, subscription: Subscription
) -> None:
    stale = claimed(store, subscription)
    later = NOW + 2 * MINUTE
    held = claimed(store, subscription, now=later)
    assert not store.posts.end(stale, PostState.SKIPPED, now=later, due_at=NOW + DAY)
    store.posts.put_off(stale, NOW + DAY)
    assert store.subscriptions.next_wake() == held.lease_until
    assert store.posts.end(held, PostState.POSTED, now=later, due_at=NOW + DAY, ts="1.5")


def test_a_claim_that_is_put_off_rests_until_then(store: Store, subscription: Subscription) -> None:
    claim = claimed(store, subscription)
    store.posts.put_off(claim, NOW + 5 * MINUTE)
    assert store.subscriptions.next_wake() == NOW + 5 * MINUTE
    soon = NOW + 2 * MINUTE
    assert store.posts.claim(subscription, TODAY, "x", now=soon, until=NOW + DAY) is None
    assert claimed(store, subscription, now=NOW + 5 * MINUTE).taken_over


def test_a_schedule_that_was_changed_while_a_post_was_under_way_stays(
    store: Store, subscription: Subscription
) -> None:
    claim = claimed(store, subscription)
    changed = store.subscriptions.save(a_subscription(due_at=NOW + 3 * DAY))
    assert store.posts.end(claim, PostState.POSTED, now=NOW, due_at=NOW + DAY, ts="1.5")
    assert store.subscriptions.get(subscription.id) == changed
    assert store.subscriptions.next_wake() == NOW + 3 * DAY


def test_one_that_was_stopped_while_a_post_was_under_way_stays_off(
    store: Store, subscription: Subscription
) -> None:
    claim = claimed(store, subscription)
    store.subscriptions.stop(subscription.id)
    store.posts.put_off(claim, NOW + 5 * MINUTE)
    assert store.posts.end(claim, PostState.POSTED, now=NOW, due_at=NOW + DAY, ts="1.5")
    assert store.subscriptions.next_wake() is None


def test_one_that_was_stopped_or_deleted_meanwhile_is_not_claimed(
    store: Store, subscription: Subscription
) -> None:
    store.subscriptions.stop(subscription.id)
    assert store.posts.claim(subscription, TODAY, "x", now=NOW, until=NOW + MINUTE) is None
    store.workspaces.delete("T1")
    assert store.posts.claim(subscription, TODAY, "x", now=NOW, until=NOW + MINUTE) is None
    assert store.posts.counts() == {"claimed": 0, "posted": 0, "skipped": 0}


def test_one_that_was_put_on_another_time_meanwhile_is_not_claimed_and_not_woken_before(
    store: Store, subscription: Subscription
) -> None:
    changed = store.subscriptions.save(a_subscription(due_at=NOW + 3 * DAY))
    assert store.posts.claim(subscription, TODAY, "x", now=NOW, until=NOW + MINUTE) is None
    assert store.posts.of_day(subscription.id, TODAY) is None
    assert store.subscriptions.get(subscription.id) == changed
    assert store.subscriptions.next_wake() == NOW + 3 * DAY


def test_a_post_that_is_put_off_wakes_no_schedule_that_was_changed_meanwhile(
    store: Store, subscription: Subscription
) -> None:
    claim = claimed(store, subscription)
    store.subscriptions.save(a_subscription(due_at=NOW + 3 * DAY))
    store.posts.put_off(claim, NOW + 5 * MINUTE)
    assert store.subscriptions.next_wake() == NOW + 3 * DAY


@pytest.mark.parametrize("due_at", [None, NOW + DAY])
def test_one_that_was_stopped_or_changed_meanwhile_is_not_taken_over(
    store: Store, subscription: Subscription, due_at: datetime | None
) -> None:
    claimed(store, subscription)
    store.subscriptions.save(a_subscription(due_at=due_at))
    later = NOW + 2 * MINUTE
    assert store.posts.claim(subscription, TODAY, "x", now=later, until=later + MINUTE) is None


def test_what_was_posted_or_is_being_posted_counts_as_used(
    store: Store, subscription: Subscription
) -> None:
    ends = (("a", PostState.POSTED), ("b", PostState.SKIPPED), ("a", PostState.POSTED))
    for days, (item, state) in enumerate(ends):
        claim = store.posts.claim(
            subscription, TODAY + days * DAY, item, now=NOW, until=NOW + MINUTE
        )
        assert claim is not None
        store.posts.end(claim, state, now=NOW, due_at=NOW)
    store.posts.claim(subscription, TODAY + 3 * DAY, "c", now=NOW, until=NOW + MINUTE)
    assert store.posts.used(subscription.id) == {"a": 2, "c": 1}
    assert store.posts.counts() == {"claimed": 1, "posted": 2, "skipped": 1}
    last = store.posts.last(subscription.id)
    assert last is not None
    assert (last.local_date, last.item) == (TODAY + 3 * DAY, "c")


def test_a_channel_without_posts_has_none(store: Store, subscription: Subscription) -> None:
    assert store.posts.last(subscription.id) is None
    assert store.posts.of_day(subscription.id, TODAY) is None
    assert store.posts.used(subscription.id) == {}
    assert store.posts.counts() == {"claimed": 0, "posted": 0, "skipped": 0}


def test_channels_do_not_share_what_was_used(store: Store, subscription: Subscription) -> None:
    other = store.subscriptions.save(a_subscription(team_id="T2"))
    claimed(store, subscription, "a")
    claimed(store, other, "b")
    assert store.posts.used(subscription.id) == {"a": 1}
    assert store.posts.used(other.id) == {"b": 1}
