from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone

from bot.storage import PostState, Store
from tests.storage.samples import DAY, MINUTE, NOW, TODAY, a_subscription


def test_what_is_saved_comes_back(store: Store) -> None:
    given = a_subscription(
        local_time=time(7, 5), enterprise_id="E1", is_enterprise_install=True, weekdays=False
    )
    assert store.subscriptions.save(given) == given
    assert store.subscriptions.get(given.id) == given
    assert store.subscriptions.of_channel("T1", "C1") == given
    assert store.subscriptions.get("nobody's") is None
    assert store.subscriptions.of_channel("T1", "C2") is None


def test_an_instant_is_the_same_in_every_zone(store: Store) -> None:
    there = NOW.astimezone(timezone(timedelta(hours=-5)))
    saved = store.subscriptions.save(a_subscription(due_at=there))
    assert saved.due_at == NOW
    assert saved.due_at.tzinfo is UTC


def test_a_channel_turned_on_again_keeps_its_id_and_its_posts(store: Store) -> None:
    first = store.subscriptions.save(a_subscription())
    claim = store.posts.claim(first, TODAY, "takeaway 1", now=NOW, until=NOW + MINUTE)
    assert claim is not None
    store.posts.end(claim, PostState.POSTED, now=NOW, due_at=NOW + DAY, ts="1.0")
    store.subscriptions.stop(first.id, "archived")

    again = store.subscriptions.save(a_subscription(local_time=time(8, 0), due_at=NOW + 2 * DAY))
    assert again.id == first.id
    assert (again.local_time, again.due_at, again.stopped) == (time(8, 0), NOW + 2 * DAY, None)
    assert store.posts.used(first.id) == {"takeaway 1": 1}
    assert store.subscriptions.of_team("T1") == [again]


def test_one_that_is_stopped_says_why_and_is_never_due(store: Store) -> None:
    saved = store.subscriptions.save(a_subscription())
    assert store.subscriptions.stop(saved.id, "archived")
    stopped = store.subscriptions.get(saved.id)
    assert stopped == replace(saved, due_at=None, stopped="archived")
    assert store.subscriptions.due(NOW + DAY, 10) == []
    assert store.subscriptions.next_wake() is None


def test_one_is_stopped_once_and_the_first_reason_stays(store: Store) -> None:
    saved = store.subscriptions.save(a_subscription())
    assert store.subscriptions.stop(saved.id)
    assert not store.subscriptions.stop(saved.id, "archived")
    assert not store.subscriptions.stop("nobody's")
    stopped = store.subscriptions.get(saved.id)
    assert stopped is not None
    assert stopped.stopped is None


def test_the_longest_overdue_come_first_and_no_more_than_asked_for(store: Store) -> None:
    for late in (3, 1, 2, 0, -1):
        channel = f"C{late}"
        store.subscriptions.save(a_subscription(channel_id=channel, due_at=NOW - late * MINUTE))
    due = store.subscriptions.due(NOW, 3)
    assert [one.channel_id for one in due] == ["C3", "C2", "C1"]
    assert [one.channel_id for one in store.subscriptions.due(NOW, 9)] == ["C3", "C2", "C1", "C0"]


def test_the_loop_knows_when_to_wake(store: Store) -> None:
    assert store.subscriptions.next_wake() is None
    store.subscriptions.save(a_subscription(channel_id="C1", due_at=NOW + DAY))
    store.subscriptions.save(a_subscription(channel_id="C2", due_at=NOW + MINUTE))
    assert store.subscriptions.next_wake() == NOW + MINUTE


def test_one_moves_on_to_another_day(store: Store) -> None:
    saved = store.subscriptions.save(a_subscription())
    store.subscriptions.move_on(saved, NOW + DAY)
    assert store.subscriptions.get(saved.id) == replace(saved, due_at=NOW + DAY)
    assert store.subscriptions.next_wake() == NOW + DAY


def test_one_that_was_changed_meanwhile_stays_as_it_was_changed(store: Store) -> None:
    seen = store.subscriptions.save(a_subscription())
    changed = store.subscriptions.save(a_subscription(due_at=NOW + MINUTE))
    store.subscriptions.move_on(seen, NOW + DAY)
    assert store.subscriptions.get(seen.id) == changed
    store.subscriptions.stop(seen.id)
    store.subscriptions.move_on(changed, NOW + DAY)
    assert store.subscriptions.next_wake() is None


def test_a_workspace_sees_its_own_by_channel(store: Store) -> None:
    for team, channel in (("T1", "C2"), ("T2", "C1"), ("T1", "C1")):
        store.subscriptions.save(a_subscription(team_id=team, channel_id=channel))
    assert [one.channel_id for one in store.subscriptions.of_team("T1")] == ["C1", "C2"]
    assert [one.team_id for one in store.subscriptions.of_team("T2")] == ["T2"]
    assert store.subscriptions.of_channel("T2", "C2") is None


def test_years_later_it_is_still_due(store: Store) -> None:
    far = datetime(2099, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert store.subscriptions.save(a_subscription(due_at=far)).due_at == far
    assert store.subscriptions.due(far - timedelta(microseconds=1), 1) == []
    assert len(store.subscriptions.due(far, 1)) == 1
