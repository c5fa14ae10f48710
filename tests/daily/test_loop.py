"""The loop, whatever Slack, the database and the clock do."""

from datetime import date, time, timedelta
from threading import Event

import pytest

from bot.posting import Gone, Loop, Mark, Outcome, Posted, Skip, Unsure, Wait
from bot.storage import PostState, Store, Subscription
from tests.daily.conftest import GRACE, KEYS, LEASE, MakeLoop, Subscribe
from tests.fakes.channels import Away, Clock, FakeChannels
from tests.storage.samples import DAY, MINUTE, NOW, TODAY

SECOND = timedelta(seconds=1)
MOMENT = timedelta(microseconds=1)


def turn(loop: Loop, clock: Clock) -> int:
    """One tick, and all that comes of it."""
    begun = loop.tick(clock.now)
    assert loop.settle(timeout=10)
    return begun


def state(store: Store, subscription: Subscription, day: date = TODAY) -> PostState | None:
    post = store.posts.of_day(subscription.id, day)
    return post.state if post else None


def now_of(store: Store, subscription: Subscription) -> Subscription:
    found = store.subscriptions.get(subscription.id)
    assert found is not None
    return found


def test_what_is_due_is_posted_once_and_is_due_again_tomorrow(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    due, later = subscribe(), subscribe("C2", due_at=NOW + SECOND)
    loop = make_loop()
    assert turn(loop, clock) == 1
    assert turn(loop, clock) == 0
    assert channels.posts["C1"] == [(Mark(due.id, TODAY), KEYS[0])]
    assert channels.posts["C2"] == []
    assert state(store, due) is PostState.POSTED
    assert now_of(store, due).due_at == NOW + DAY
    assert now_of(store, later).due_at == NOW + SECOND
    assert channels.looked == []


def test_every_day_has_another_item_until_all_were_there(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels, clock: Clock
) -> None:
    subscribe(weekdays=False)
    loop = make_loop()
    for _ in range(2 * len(KEYS)):
        turn(loop, clock)
        clock.move(DAY)
    items = channels.items("C1")
    assert items[:3] == KEYS[:3]
    assert sorted(items[: len(KEYS)]) == sorted(items[len(KEYS) :]) == sorted(KEYS)


def test_what_is_posted_follows_the_episodes(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels, clock: Clock
) -> None:
    subscribe(weekdays=False)
    keys = ["a/takeaway/1", "a/takeaway/2"]
    loop = make_loop(keys=lambda: keys)
    turn(loop, clock)
    keys[:] = ["b/takeaway/1"]
    clock.move(DAY)
    turn(loop, clock)
    assert channels.items("C1") == ["a/takeaway/1", "b/takeaway/1"]


def test_what_has_gone_before_it_was_posted_is_followed_by_the_next(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels, clock: Clock
) -> None:
    subscribe()
    keys = ["a/takeaway/1"]
    loop = make_loop(keys=lambda: keys)
    channels.plans["C1"].append(Wait(1))
    turn(loop, clock)
    keys[:] = ["b/takeaway/1"]
    clock.move(SECOND)
    turn(loop, clock)
    assert channels.items("C1") == ["b/takeaway/1"]


def test_where_the_episodes_hold_nothing_the_day_is_skipped(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    one = subscribe()
    loop = make_loop(keys=tuple)
    turn(loop, clock)
    assert state(store, one) is PostState.SKIPPED
    assert channels.items("C1") == []
    assert now_of(store, one).due_at == NOW + DAY


@pytest.mark.parametrize("why", ["is_archived", "uninstalled"])
def test_a_channel_that_is_gone_is_turned_off_and_its_maker_told_once(
    why: str,
    make_loop: MakeLoop,
    subscribe: Subscribe,
    store: Store,
    channels: FakeChannels,
    clock: Clock,
) -> None:
    gone = subscribe()
    channels.plans["C1"].append(Gone(why))
    loop = make_loop()
    turn(loop, clock)
    clock.move(2 * DAY)
    assert turn(loop, clock) == 0
    assert channels.told == [("C1", why)]
    found = now_of(store, gone)
    assert (found.due_at, found.stopped) == (None, why)
    assert state(store, gone) is PostState.SKIPPED


def test_a_zone_that_is_not_known_any_more_turns_off(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    lost = subscribe(zone="Atlantis/Capital")
    turn(make_loop(), clock)
    assert now_of(store, lost).stopped == "unknown_zone"
    assert channels.told == [("C1", "unknown_zone")]


def test_what_is_refused_is_skipped_for_the_day(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    refused = subscribe()
    channels.plans["C1"].append(Skip("invalid_auth"))
    loop = make_loop()
    turn(loop, clock)
    assert state(store, refused) is PostState.SKIPPED
    clock.move(DAY)
    turn(loop, clock)
    assert channels.items("C1") == [KEYS[0]]


def test_a_workspace_that_wants_to_be_left_alone_is(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels, clock: Clock
) -> None:
    subscribe()
    channels.plans["C1"].append(Wait(30))
    loop = make_loop()
    turn(loop, clock)
    subscribe("C2", id="same workspace")
    subscribe("C3", id="another", team_id="T2")
    turn(loop, clock)
    assert (channels.items("C2"), channels.items("C3")) == ([], [KEYS[0]])
    clock.move(30 * SECOND)
    turn(loop, clock)
    assert channels.items("C1") == channels.items("C2") == [KEYS[0]]


def test_an_answer_that_is_lost_is_found_in_the_history(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    unsure = subscribe()
    mark = Mark(unsure.id, TODAY)
    channels.plans["C1"].append(channels.arrives_unheard(unsure, KEYS[0], mark))
    loop = make_loop()
    turn(loop, clock)
    clock.move(LEASE - MOMENT)
    assert turn(loop, clock) == 0
    clock.move(MOMENT)
    turn(loop, clock)
    assert channels.posts["C1"] == [(mark, KEYS[0])]
    assert state(store, unsure) is PostState.POSTED
    (_, since), *_ = channels.looked
    assert NOW - 10 * MINUTE <= since < NOW


def test_what_never_arrived_is_posted_when_the_lease_is_over(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels, clock: Clock
) -> None:
    unsure = subscribe()
    channels.plans["C1"].append(Unsure())
    loop = make_loop()
    turn(loop, clock)
    clock.move(LEASE)
    turn(loop, clock)
    assert channels.posts["C1"] == [(Mark(unsure.id, TODAY), KEYS[0])]


@pytest.mark.parametrize("hindrance", [Unsure(), Wait(5), Skip("missing_scope")])
def test_nothing_is_posted_while_the_history_cannot_be_read(
    hindrance: Outcome,
    make_loop: MakeLoop,
    subscribe: Subscribe,
    channels: FakeChannels,
    clock: Clock,
) -> None:
    unsure = subscribe()
    mark = Mark(unsure.id, TODAY)
    channels.plans["C1"].append(channels.arrives_unheard(unsure, KEYS[0], mark))
    channels.unreadable["C1"] += [hindrance, hindrance]
    loop = make_loop()
    for _ in range(4):
        turn(loop, clock)
        clock.move(LEASE)
    assert channels.posts["C1"] == [(mark, KEYS[0])]


def test_a_bot_that_was_down_posts_late_within_the_grace(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    late = subscribe()
    clock.move(GRACE)
    turn(make_loop(), clock)
    assert channels.items("C1") == [KEYS[0]]
    assert now_of(store, late).due_at == NOW + DAY


def test_after_the_grace_the_day_is_skipped_and_the_item_kept_for_the_next(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    late = subscribe()
    clock.move(GRACE + SECOND)
    loop = make_loop()
    turn(loop, clock)
    assert state(store, late) is PostState.SKIPPED
    assert now_of(store, late).due_at == NOW + DAY
    clock.move(DAY - GRACE)
    turn(loop, clock)
    assert channels.items("C1") == [KEYS[0]]


def test_days_down_are_one_skip_and_today_is_still_posted(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    late = subscribe(weekdays=False)
    clock.move(3 * DAY + MINUTE)
    loop = make_loop()
    assert (turn(loop, clock), turn(loop, clock), turn(loop, clock)) == (1, 1, 0)
    assert channels.posts["C1"] == [(Mark(late.id, TODAY + 3 * DAY), KEYS[0])]
    assert state(store, late) is PostState.SKIPPED


def test_a_post_that_arrived_before_the_bot_went_down_counts_however_late_it_is_found(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    unsure = subscribe()
    plan = channels.arrives_unheard(unsure, KEYS[0], Mark(unsure.id, TODAY))
    channels.plans["C1"].append(plan)
    turn(make_loop(), clock)
    clock.move(GRACE + LEASE)
    turn(make_loop(), clock)
    assert state(store, unsure) is PostState.POSTED
    assert len(channels.posts["C1"]) == 1


def test_a_process_that_was_paused_does_not_post_on_a_lease_that_is_nearly_over(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels, clock: Clock
) -> None:
    """The machine slept between the claim and the post, and its clock does not show it."""
    subscribe()
    readings = iter([0.0, LEASE.total_seconds()])
    turn(make_loop(monotonic=lambda: next(readings)), clock)
    assert channels.posts["C1"] == []
    clock.move(LEASE)
    turn(make_loop(), clock)
    assert channels.items("C1") == [KEYS[0]]


def test_a_time_that_is_changed_while_its_post_is_under_way_holds(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    subscribe()

    def changed() -> Outcome:
        subscribe(local_time=time(15, 0), due_at=NOW + 6 * timedelta(hours=1))
        return Posted("")

    channels.plans["C1"].append(changed)
    loop = make_loop()
    turn(loop, clock)
    found = store.subscriptions.of_channel("T1", "C1")
    assert found is not None
    assert found.due_at == NOW + timedelta(hours=6)
    clock.move(timedelta(hours=6))
    turn(loop, clock)
    assert len(channels.posts["C1"]) == 1  # one a day
    assert now_of(store, found).due_at == NOW + DAY + timedelta(hours=6)


def test_what_is_turned_off_while_its_post_is_under_way_stays_off(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    unwanted = subscribe()

    def turned_off() -> Outcome:
        store.subscriptions.stop(unwanted.id)
        return Posted("")

    channels.plans["C1"].append(turned_off)
    turn(make_loop(), clock)
    assert now_of(store, unwanted).due_at is None
    assert state(store, unwanted) is PostState.POSTED
    assert channels.told == []


def test_an_item_of_an_older_edition_is_replaced(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    old = subscribe()
    store.posts.claim(old, TODAY, "e/gone", now=NOW - LEASE, until=NOW)
    turn(make_loop(), clock)
    assert channels.items("C1") == [KEYS[0]]


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_two_loops_post_once(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels, clock: Clock
) -> None:
    for number in range(40):
        subscribe(f"C{number}")
    loops = [make_loop(posters=4), make_loop(posters=4)]
    for _ in range(3):
        for loop in loops:
            loop.tick(clock.now)
        for loop in loops:
            assert loop.settle(timeout=30)
        clock.move(timedelta(seconds=6))
    assert [len(channels.posts[f"C{number}"]) for number in range(40)] == [1] * 40


def test_a_slow_channel_delays_no_other(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels, clock: Clock
) -> None:
    answered = Event()

    def slow() -> Outcome:
        answered.wait(timeout=10)
        return Posted("")

    channels.plans["C0"].append(slow)
    for number in range(10):
        subscribe(f"C{number}")
    loop = make_loop(posters=2)
    loop.tick(clock.now)
    assert not loop.settle(timeout=0)
    while sum(len(channels.posts[f"C{number}"]) for number in range(1, 10)) < 9:
        loop.settle(timeout=0.01)
    assert channels.posts["C0"] == []
    answered.set()
    assert loop.settle(timeout=10)
    assert channels.items("C0") == [KEYS[0]]


def test_an_error_in_one_post_is_its_own_affair(
    make_loop: MakeLoop,
    subscribe: Subscribe,
    channels: FakeChannels,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    channels.plans["C1"].append(RuntimeError("a fault of ours"))
    subscribe()
    subscribe("C2")
    loop = make_loop()
    turn(loop, clock)
    assert channels.items("C2") == [KEYS[0]]
    assert "failed" in caplog.text
    clock.move(LEASE)
    turn(loop, clock)
    assert channels.items("C1") == [KEYS[0]]


@pytest.mark.parametrize("method", ["used", "claim", "end", "state"])
def test_a_database_that_fails_in_between_leaves_it_to_the_history(
    method: str,
    make_loop: MakeLoop,
    subscribe: Subscribe,
    store: Store,
    channels: FakeChannels,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for number in range(4):
        subscribe(f"C{number}")
    away = Away(store)
    away.methods = {method}
    loop = make_loop(away.store)
    turn(loop, clock)
    assert caplog.text.count("wait for the database") <= 1
    away.methods.clear()
    clock.move(LEASE)
    turn(loop, clock)
    assert [channels.items(f"C{number}") for number in range(4)] == [[KEYS[0]]] * 4
    assert store.posts.counts() == {"claimed": 0, "posted": 4, "skipped": 0}
