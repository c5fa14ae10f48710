"""Telling channels of new episodes, whatever Slack, the database and the clock do."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.announcing import GRACE
from bot.announcing.planning import GATHERED
from bot.posting import Gone, Loop, Mark, Outcome, Posted, Skip, Unsure, Wait
from bot.storage import NewsChannel, PostState, Store
from tests.announcing.conftest import LEASE, MakeLoop
from tests.fakes.channels import Away, Clock, FakeChannels, Stop
from tests.storage.samples import (
    DAY,
    MINUTE,
    NOW,
    a_new_episode,
    a_news_channel,
)

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def turn(loop: Loop, clock: Clock) -> int:
    """One tick, and all that comes of it."""
    begun = loop.tick(clock.now)
    assert loop.settle(timeout=10)
    return begun


def run(loop: Loop, clock: Clock, most: int = 20) -> None:
    """Tick while anything is due."""
    for _ in range(most):
        if not turn(loop, clock):
            return
    raise AssertionError("it is never done")


def tell(store: Store, channel: str = "C1", **fields: Any) -> NewsChannel:
    return store.announcements.save(a_news_channel(channel_id=channel, **fields))


def out(store: Store, *slugs: str, clock: Clock, **fields: Any) -> None:
    """Some episodes are out, one after the other."""
    for slug in slugs:
        assert store.announcements.record(a_new_episode(slug, **fields), clock.now)
        clock.move(timedelta(microseconds=1))


def told(channels: FakeChannels, channel: str = "C1") -> list[Any]:
    return [json.loads(item) for item in channels.items(channel)]


def test_a_new_episode_is_told_once_in_each_channel_that_wants_it(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    every, kitchen = tell(store, "C1"), tell(store, "C2", show="Kitchen Talks")
    tell(store, "C3", show="Garden Talks")
    tell(store, "C4", since=None)
    loop = make_loop()
    out(store, "tea-3", clock=clock)
    assert not store.announcements.record(a_new_episode("tea-3"), clock.now)
    run(loop, clock)
    card = '"tea-3"'
    assert channels.posts["C1"] == [(Mark(every.id, 1), card)]
    assert channels.posts["C2"] == [(Mark(kitchen.id, 1), card)]
    assert channels.items("C3") == channels.items("C4") == []
    assert channels.looked == []
    assert store.announcements.next_wake() is None


def test_what_came_out_before_it_was_turned_on_is_not_told(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    out(store, "old", clock=clock)
    tell(store, since=clock.now, due_at=clock.now)
    loop = make_loop()
    run(loop, clock)
    clock.move(MINUTE)
    out(store, "new", clock=clock)
    run(loop, clock)
    assert told(channels) == ["new"]


def test_a_card_waits_until_its_transcript_is_read(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock, unread: set[str]
) -> None:
    tell(store)
    unread |= {"slow"}
    loop = make_loop()
    out(store, "slow", "quick", clock=clock)
    run(loop, clock)
    assert told(channels) == ["quick"]
    clock.move(5 * SECOND)
    run(loop, clock)
    assert told(channels) == ["quick"]
    unread.clear()
    clock.move(5 * SECOND)
    run(loop, clock)
    assert told(channels) == ["quick", "slow"]


def test_what_is_never_read_is_looked_for_ever_less_often_then_no_more(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock, unread: set[str]
) -> None:
    tell(store)
    unread |= {"never"}
    out(store, "never", clock=clock)
    loop, looks = make_loop(), 0
    while (wake_at := store.announcements.next_wake()) and wake_at < NOW + 3 * HOUR:
        clock.now = max(clock.now, wake_at)
        looks += turn(loop, clock)
    assert wake_at
    assert looks < 60  # every five minutes at last
    clock.now = NOW + GRACE + MINUTE
    turn(loop, clock)
    assert store.announcements.next_wake() is None
    assert told(channels) == []


def test_of_many_at_once_three_get_cards_and_the_rest_one_list(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    tell(store)
    loop = make_loop()
    slugs = [f"e{number}" for number in range(8)]
    out(store, *slugs[:6], clock=clock)
    run(loop, clock)
    assert told(channels) == slugs[:3]
    clock.move(MINUTE)
    out(store, *slugs[6:], clock=clock)
    clock.move(GATHERED)
    run(loop, clock)
    assert told(channels) == [*slugs[:3], slugs[3:]]
    out(store, "late", clock=clock)
    run(loop, clock)
    clock.move(50 * MINUTE)
    run(loop, clock)
    assert len(told(channels)) == 4
    clock.move(10 * MINUTE)
    run(loop, clock)
    assert told(channels)[4:] == ["late"]


def test_what_comes_while_a_card_is_under_way_is_told_after_it(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    tell(store)

    def another() -> Outcome:
        out(store, "second", clock=clock)
        return Posted("")

    channels.plans["C1"].append(another)
    out(store, "first", clock=clock)
    loop = make_loop()
    run(loop, clock)
    assert told(channels) == ["first", "second"]


def test_what_comes_while_the_loop_finds_nothing_more_to_tell_is_told(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    """The channel's schedule was read before, and is not ended by it."""
    stale = tell(store, due_at=clock.now)
    clock.move(SECOND)
    out(store, "news", clock=clock)
    store.announcements.move_on(stale, None)
    run(make_loop(), clock)
    assert told(channels) == ["news"]


@pytest.mark.parametrize("why", ["is_archived", "uninstalled"])
def test_a_channel_that_is_gone_is_turned_off_and_its_maker_told_once(
    why: str, make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    gone = tell(store)
    channels.plans["C1"].append(Gone(why))
    loop = make_loop()
    out(store, "a", "b", clock=clock)
    run(loop, clock)
    assert channels.told == [("C1", why)]
    found = store.announcements.get(gone.id)
    assert found is not None
    assert (found.since, found.due_at, found.stopped) == (None, None, why)
    out(store, "c", clock=clock)
    assert turn(loop, clock) == 0


def test_what_slack_refuses_is_skipped_and_the_next_one_told(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    one = tell(store)
    channels.plans["C1"].append(Skip("invalid_blocks"))
    out(store, "a", "b", clock=clock)
    run(make_loop(), clock)
    assert told(channels) == ["b"]
    states = [post.state for post in store.news_posts.latest(one.id, 9)]
    assert states == [PostState.POSTED, PostState.SKIPPED]


def test_an_answer_that_is_lost_is_found_in_the_history(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    unsure = tell(store)
    mark = Mark(unsure.id, 1)
    channels.plans["C1"].append(channels.arrives_unheard(unsure, '"a"', mark))
    loop = make_loop()
    out(store, "a", "b", clock=clock)
    turn(loop, clock)
    turn(loop, clock)
    assert channels.posts["C1"] == [(mark, '"a"')]  # the next one waits for what became of it
    clock.move(LEASE)
    run(loop, clock)
    assert channels.posts["C1"] == [(mark, '"a"'), (Mark(unsure.id, 2), '"b"')]
    post = store.news_posts.latest(unsure.id, 9)[-1]
    assert (post.state, post.ts) == (PostState.POSTED, "1.000000")


def test_what_never_arrived_is_posted_when_the_lease_is_over_by_another_process(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    tell(store)
    channels.plans["C1"].append(Unsure())
    out(store, "a", clock=clock)
    turn(make_loop(), clock)
    clock.move(LEASE)
    run(make_loop(), clock)
    assert told(channels) == ["a"]


def test_a_workspace_that_wants_to_be_left_alone_is(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    tell(store)
    channels.plans["C1"].append(Wait(30))
    loop = make_loop()
    out(store, "a", clock=clock)
    run(loop, clock)
    assert told(channels) == []
    clock.move(30 * SECOND)
    run(loop, clock)
    assert told(channels) == ["a"]


def test_what_was_under_way_when_it_was_turned_off_is_settled_when_it_is_on_again(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    one = tell(store)
    channels.plans["C1"].append(channels.arrives_unheard(one, '"a"', Mark(one.id, 1)))
    out(store, "a", clock=clock)
    turn(make_loop(), clock)
    store.announcements.stop(one.id)
    clock.move(HOUR)
    assert turn(make_loop(), clock) == 0
    tell(store, since=clock.now, due_at=clock.now)
    clock.move(SECOND)
    out(store, "b", clock=clock)
    run(make_loop(), clock)
    assert told(channels) == ["a", "b"]


def test_a_process_that_has_not_read_it_leaves_the_card_of_one_that_died_to_others(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock, unread: set[str]
) -> None:
    tell(store)
    channels.plans["C1"].append(Unsure())
    out(store, "a", clock=clock)
    turn(make_loop(), clock)
    unread |= {"a"}
    clock.move(LEASE)
    run(make_loop(), clock)
    assert told(channels) == []
    unread.clear()
    clock.move(LEASE)
    run(make_loop(), clock)
    assert told(channels) == ["a"]


def test_the_card_of_an_episode_that_was_withdrawn_hinders_the_next_for_an_hour_at_most(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock, unread: set[str]
) -> None:
    tell(store)
    channels.plans["C1"] += [Unsure(), Skip("episode_gone")]
    out(store, "a", "b", clock=clock)
    turn(make_loop(), clock)
    unread |= {"a"}
    for _ in range(14):
        clock.move(5 * MINUTE)
        run(make_loop(), clock)
    assert told(channels) == ["b"]


@pytest.mark.parametrize("show", ["Kitchen Talks", "Garden Talks"])
def test_what_never_arrived_before_it_was_turned_off_is_not_posted_when_it_is_on_again(
    show: str, make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    one = tell(store, show="Kitchen Talks")
    channels.plans["C1"].append(Unsure())
    out(store, "a", clock=clock)
    turn(make_loop(), clock)
    store.announcements.stop(one.id)
    clock.move(HOUR)
    tell(store, show=show, since=clock.now, due_at=clock.now)
    clock.move(SECOND)
    out(store, "b", clock=clock, show=show)
    run(make_loop(), clock)
    assert told(channels) == ["b"]
    assert [channel for channel, _ in channels.looked] == ["C1"]


def test_news_of_a_week_ago_are_no_news(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    """The bot was down."""
    tell(store)
    out(store, "old", clock=clock)
    clock.move(GRACE - DAY)
    out(store, "fresh", clock=clock)
    clock.move(DAY + MINUTE)
    run(make_loop(), clock)
    assert told(channels) == ["fresh"]
    assert store.announcements.next_wake() is None


def test_a_claim_of_a_week_ago_is_looked_for_and_not_posted(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    one = tell(store)
    channels.plans["C1"].append(Unsure())
    out(store, "a", clock=clock)
    turn(make_loop(), clock)
    clock.move(GRACE + MINUTE)
    run(make_loop(), clock)
    assert told(channels) == []
    [post] = store.news_posts.latest(one.id, 9)
    assert post.state is PostState.SKIPPED
    assert [channel for channel, _ in channels.looked] == ["C1"]


def test_a_process_that_was_paused_posts_nothing_that_another_has_posted(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    one = tell(store)
    out(store, "a", clock=clock)
    seen = store.announcements.get(one.id)
    assert seen is not None
    run(make_loop(), clock)
    clock.move(SECOND)
    claim = store.news_posts.claim(seen, 1, '"a"', now=clock.now, until=clock.now + LEASE)
    assert claim is None
    assert told(channels) == ["a"]


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_many_loops_tell_each_channel_once(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    for number in range(40):
        tell(store, f"C{number}")
    loops = [make_loop(posters=4), make_loop(posters=4)]
    for slug in ("a", "b"):
        out(store, slug, clock=clock)
        for _ in range(3):
            for loop in loops:
                loop.tick(clock.now)
            for loop in loops:
                assert loop.settle(timeout=30)
            clock.move(6 * SECOND)
    assert [told(channels, f"C{number}") for number in range(40)] == [["a", "b"]] * 40


@pytest.mark.parametrize("method", ["latest", "recorded", "claim", "state", "end"])
def test_a_database_that_fails_in_between_leaves_it_to_the_history(
    method: str, make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    for number in range(4):
        tell(store, f"C{number}")
    out(store, "a", clock=clock)
    away = Away(store)
    away.methods = {method}
    loop = make_loop(away.store)
    turn(loop, clock)
    away.methods.clear()
    clock.move(LEASE)
    run(loop, clock)
    assert [told(channels, f"C{number}") for number in range(4)] == [["a"]] * 4
    assert store.news_posts.counts() == {"claimed": 0, "posted": 4, "skipped": 0}


def test_once_tells_what_is_read_by_now_and_ends(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock, unread: set[str]
) -> None:
    tell(store)
    unread |= {"later"}
    out(store, "later", "now", clock=clock)
    make_loop().once(Stop(clock))
    assert told(channels) == ["now"]
    assert clock.now < NOW + MINUTE


def test_once_tells_of_all_that_may_be_told_now(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    tell(store)
    out(store, *"abcde", clock=clock)
    make_loop().once(Stop(clock))
    assert told(channels) == ["a", "b", "c"]
    clock.move(GATHERED)
    make_loop().once(Stop(clock))
    assert told(channels) == ["a", "b", "c", ["d", "e"]]
