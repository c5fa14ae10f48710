"""Answering unasked, whatever people, Slack, the database and the clock do."""

from contextlib import ExitStack, closing
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from bot.listening import GRACE, MOST_A_DAY
from bot.posting import Gone, Loop, Mark, Outcome, Posted, Skip, Unsure, Wait
from bot.storage import ListeningChannel, PostState, Store
from tests.fakes.channels import Away, Clock, FakeChannels, Stop
from tests.listening.conftest import LEASE, UNSURE, MakeLoop
from tests.storage.samples import (
    ASKER,
    MINUTE,
    a_listening_channel,
    an_open_question,
)

DAY = timedelta(days=1)


def run(loop: Loop, clock: Clock, most: int = 30) -> None:
    """Tick while anything is due."""
    for _ in range(most):
        if not loop.tick(clock.now):
            return
        assert loop.settle(timeout=10)
    raise AssertionError("it is never done")


def listen(store: Store, channel: str = "C1", **fields: object) -> ListeningChannel:
    return store.listening.save(a_listening_channel(channel_id=channel, **fields))


def ask(
    store: Store, clock: Clock, *messages: str, words: str = "What is RAG?", channel: str = "C1"
) -> None:
    """Some questions are asked, each due in ten minutes."""
    for ts in messages:
        question = an_open_question(ts, question=words, due_at=clock.now + 10 * MINUTE)
        assert store.listening.put(ASKER, channel, question, clock.now)


def waiting(store: Store, channel: ListeningChannel) -> list[str]:
    return [one.ts for one in store.listening.waiting(channel.id)]


def test_a_question_is_answered_once_after_ten_minutes_and_then_forgotten(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    channel = listen(store)
    ask(store, clock, "1.1")
    loop = make_loop()
    run(loop, clock)
    clock.move(10 * MINUTE - timedelta(seconds=1))
    run(loop, clock)
    assert channels.items("C1") == []
    clock.move(timedelta(seconds=1))
    run(loop, clock)
    assert channels.posts["C1"] == [(Mark(channel.id, 1), "1.1")]
    assert waiting(store, channel) == []
    assert store.listening.next_wake() is None
    assert channels.looked == []


def test_what_is_not_sure_is_forgotten_when_it_is_due_and_hinders_nothing(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    channel = listen(store)
    ask(store, clock, "1.1", words=f"{UNSURE}: what is RAG?")
    ask(store, clock, "1.2")
    clock.move(10 * MINUTE)
    run(make_loop(), clock)
    assert channels.items("C1") == ["1.2"]
    assert waiting(store, channel) == []
    assert store.unasked_answers.counts() == {"claimed": 0, "posted": 1, "skipped": 0}


def test_what_somebody_replied_to_is_not_answered(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    listen(store)
    ask(store, clock, "1.1", "1.2")
    store.listening.withdraw("T1", "C1", "1.1")
    clock.move(10 * MINUTE)
    run(make_loop(), clock)
    assert channels.items("C1") == ["1.2"]


def test_the_sixth_of_a_day_is_forgotten_and_the_next_day_begins_anew(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    channel = listen(store)
    loop = make_loop()
    ask(store, clock, *(f"1.{n}" for n in range(MOST_A_DAY + 2)))
    clock.move(10 * MINUTE)
    run(loop, clock)
    assert len(channels.items("C1")) == MOST_A_DAY
    assert waiting(store, channel) == []
    ask(store, clock, "2.1")
    run(loop, clock)
    assert waiting(store, channel) == []  # its words are not kept for ten minutes in vain
    clock.move(DAY)
    ask(store, clock, "3.1")
    clock.move(10 * MINUTE)
    run(loop, clock)
    assert channels.items("C1")[MOST_A_DAY:] == ["3.1"]


def test_a_bot_that_was_down_answers_nothing_late(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    channel = listen(store)
    ask(store, clock, "1.1")
    clock.move(10 * MINUTE + GRACE + MINUTE)
    run(make_loop(), clock)
    assert channels.items("C1") == waiting(store, channel) == []


def test_a_channel_that_was_turned_off_gets_nothing(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    channel = listen(store)
    ask(store, clock, "1.1")
    store.listening.stop(channel.id)
    clock.move(10 * MINUTE)
    run(make_loop(), clock)
    assert channels.items("C1") == waiting(store, channel) == []


@pytest.mark.parametrize("why", ["is_archived", "uninstalled"])
def test_a_channel_that_is_gone_is_turned_off_and_its_maker_told_once(
    why: str, make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    channel = listen(store)
    channels.plans["C1"].append(Gone(why))
    ask(store, clock, "1.1", "1.2")
    clock.move(10 * MINUTE)
    run(make_loop(), clock)
    assert channels.told == [("C1", why)]
    found = store.listening.get(channel.id)
    assert found is not None
    assert (found.since, found.due_at, found.stopped) == (None, None, why)
    assert waiting(store, channel) == channels.items("C1") == []


def test_what_is_skipped_is_not_tried_again_and_takes_no_place_of_the_day(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    listen(store)
    channels.plans["C1"].extend([Skip("replied")] * 3)
    ask(store, clock, *(f"1.{n}" for n in range(3 + MOST_A_DAY)))
    clock.move(10 * MINUTE)
    run(make_loop(), clock)
    assert channels.items("C1") == [f"1.{n}" for n in range(3, 3 + MOST_A_DAY)]


def test_an_answer_whose_arrival_is_unsure_is_found_in_the_thread(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    channel = listen(store)
    mark = Mark(channel.id, 1)
    channels.plans["C1"].append(channels.arrives_unheard(channel, "1.1", mark))
    ask(store, clock, "1.1", "1.2")
    clock.move(10 * MINUTE)
    loop = make_loop()
    for _ in range(2):
        loop.tick(clock.now)
        assert loop.settle(timeout=10)
    assert channels.items("C1") == ["1.1"]  # the next one waits for what became of it
    store.listening.withdraw("T1", "C1", "1.1")  # by the bot's own answer, which Slack brings
    clock.move(LEASE)
    run(make_loop(), clock)
    assert channels.posts["C1"] == [(mark, "1.1"), (Mark(channel.id, 2), "1.2")]
    assert store.unasked_answers.counts() == {"claimed": 0, "posted": 2, "skipped": 0}


def test_what_never_arrived_is_answered_when_the_lease_is_over_by_another_process(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    listen(store)
    channels.plans["C1"].append(Unsure())
    ask(store, clock, "1.1")
    clock.move(10 * MINUTE)
    run(make_loop(), clock)
    assert channels.items("C1") == []
    clock.move(LEASE)
    run(make_loop(), clock)
    assert channels.items("C1") == ["1.1"]


def test_what_never_arrived_and_was_replied_to_meanwhile_is_skipped(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    listen(store)
    channels.plans["C1"].append(Unsure())
    ask(store, clock, "1.1")
    clock.move(10 * MINUTE)
    run(make_loop(), clock)
    store.listening.withdraw("T1", "C1", "1.1")
    clock.move(LEASE)
    run(make_loop(), clock)
    assert channels.items("C1") == []
    assert store.unasked_answers.counts()["skipped"] == 1


def test_a_workspace_that_wants_to_be_left_alone_is_and_then_answered(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    listen(store)
    channels.plans["C1"].append(Wait(60))
    ask(store, clock, "1.1")
    clock.move(10 * MINUTE)
    loop = make_loop()
    run(loop, clock)
    assert channels.items("C1") == []
    clock.move(MINUTE)
    run(loop, clock)
    assert channels.items("C1") == ["1.1"]


def test_what_is_asked_while_an_answer_is_under_way_is_answered_in_its_turn(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    listen(store)

    def another() -> Outcome:
        ask(store, clock, "2.1")
        return Posted("")

    channels.plans["C1"].append(another)
    ask(store, clock, "1.1")
    clock.move(10 * MINUTE)
    loop = make_loop()
    run(loop, clock)
    clock.move(10 * MINUTE)
    run(loop, clock)
    assert channels.items("C1") == ["1.1", "2.1"]


def test_what_is_asked_while_the_loop_finds_nothing_that_waits_is_answered(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    """The channel's schedule was read before, and is not ended by it."""
    stale = listen(store, due_at=clock.now)
    clock.move(MINUTE)
    ask(store, clock, "1.1")
    store.listening.move_on(stale, None)
    clock.move(10 * MINUTE)
    run(make_loop(), clock)
    assert channels.items("C1") == ["1.1"]


def test_a_process_that_was_paused_answers_nothing_that_another_has_answered(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    channel = listen(store)
    ask(store, clock, "1.1")
    clock.move(10 * MINUTE)
    seen = store.listening.get(channel.id)
    assert seen is not None
    run(make_loop(), clock)
    claim = store.unasked_answers.claim(seen, 1, "1.1", now=clock.now, until=clock.now + LEASE)
    assert claim is None
    assert channels.items("C1") == ["1.1"]


@pytest.mark.parametrize("method", ["latest", "waiting", "claim", "drop", "state", "end"])
def test_a_database_that_fails_in_between_leaves_it_to_the_thread(
    method: str, make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    for number in range(4):
        listen(store, f"C{number}")
        ask(store, clock, "1.1", channel=f"C{number}")
    clock.move(10 * MINUTE)
    away = Away(store)
    away.methods = {method}
    loop = make_loop(away.store)
    loop.tick(clock.now)
    assert loop.settle(timeout=10)
    away.methods.clear()
    clock.move(LEASE)
    run(loop, clock)
    assert [channels.items(f"C{number}") for number in range(4)] == [["1.1"]] * 4
    assert store.unasked_answers.counts() == {"claimed": 0, "posted": 4, "skipped": 0}


def test_once_answers_what_is_due_now_and_ends(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    listen(store)
    ask(store, clock, "1.1", "1.2")
    clock.move(10 * MINUTE)
    ask(store, clock, "2.1")
    make_loop().once(Stop(clock))
    assert channels.items("C1") == ["1.1", "1.2"]


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_twenty_loops_with_connections_of_their_own_answer_a_question_once(
    make_loop: MakeLoop,
    store: Store,
    database_url: str,
    channels: FakeChannels,
    clock: Clock,
) -> None:
    """Five rounds, in each of which all loops look at the same moment."""
    listen(store)
    start = Barrier(20)

    def look(loop: Loop) -> None:
        start.wait(timeout=30)
        for _ in range(3):
            loop.tick(clock.now)
            assert loop.settle(timeout=30)

    with ExitStack() as stores:
        opened = [
            stores.enter_context(closing(Store.open(database_url, connections=3)))
            for _ in range(20)
        ]
        loops = [make_loop(one, posters=1) for one in opened]
        for number in range(5):
            ask(store, clock, f"{number}.1")
            clock.move(10 * MINUTE)
            threads = [Thread(target=look, args=(loop,)) for loop in loops]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=60)
        for loop in loops:
            loop.close()
    assert channels.items("C1") == [f"{number}.1" for number in range(5)]


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_many_loops_never_answer_more_than_five_of_a_day(
    make_loop: MakeLoop, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    channel = listen(store)
    loops = [make_loop() for _ in range(4)]
    ask(store, clock, *(f"1.{number:02}" for number in range(12)))
    clock.move(10 * MINUTE)
    for _ in range(10):
        for loop in loops:
            loop.tick(clock.now)
        for loop in loops:
            assert loop.settle(timeout=30)
        clock.move(timedelta(seconds=6))
    assert channels.items("C1") == [f"1.{number:02}" for number in range(MOST_A_DAY)]
    states = [one.state for one in store.unasked_answers.latest(channel.id, 50)]
    assert states == [PostState.POSTED] * MOST_A_DAY
    assert waiting(store, channel) == []
